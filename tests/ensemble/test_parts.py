"""Parquet tables of results, and sums over them."""

import numpy as np
import polars as pl
import pytest

from escalade.ensemble.execute import history_parts
from escalade.ensemble.parts import (
    Layout,
    Sums,
    crisis_frame,
    crisis_values,
    layout_of,
    part_frame,
    part_origin,
    read_part,
    read_worlds,
    summed,
    write_worlds,
)
from escalade.ensemble.storage import RunFolder
from escalade.ensemble.tables import CrisisTable

COLUMNS = ("war", "deaths.a", "highest_rung", "crises", "first_strike.a", "first_strike.b")
LAYOUT = Layout(("shield", "none"), COLUMNS, ("talk", "raid", "war"))
ORIGIN = {"seed": 1}
MULTIPLICITY = np.array([2, 0, 1, 1])


def _values(part, seed=0):
    rng = np.random.default_rng([seed, part.number])
    values = rng.random((2, part.candidate.size, len(COLUMNS)))
    for column in range(2, len(COLUMNS)):
        values[:, :, column] = rng.integers(0, 3, values.shape[:2])
    return values


def _store(folder, part):
    folder.write_frame(folder.part(part.number), part_frame(part, LAYOUT, _values(part)), part_origin(ORIGIN, part))


def test_a_part_comes_back_as_it_was(tmp_path):
    folder, part = RunFolder(tmp_path), history_parts(MULTIPLICITY, 16)[0]
    _store(folder, part)
    assert np.array_equal(read_part(folder, part, LAYOUT, ORIGIN), _values(part))


def test_the_schema_is_fixed_and_rows_are_in_order(tmp_path):
    part = history_parts(MULTIPLICITY, 3)[0]
    frame = part_frame(part, LAYOUT, _values(part))
    assert frame.schema == {
        "policy": pl.Enum(["shield", "none"]),
        "candidate": pl.Int32,
        "history": pl.Int32,
        "war": pl.Float64,
        "deaths.a": pl.Float64,
        "highest_rung": pl.Float64,
        "crises": pl.Float64,
        "first_strike.a": pl.Float64,
        "first_strike.b": pl.Float64,
    }
    keys = frame.select(pl.col("policy").to_physical(), "candidate", "history")
    assert keys.equals(keys.sort("policy", "candidate", "history"))


def test_a_shorter_part_of_another_length_of_run_is_made_again(tmp_path):
    folder = RunFolder(tmp_path)
    _store(folder, history_parts(MULTIPLICITY, 10)[0])
    assert read_part(folder, history_parts(MULTIPLICITY, 16)[0], LAYOUT, ORIGIN) is None


def test_a_part_in_the_wrong_place_is_made_again(tmp_path):
    folder, parts = RunFolder(tmp_path), history_parts(MULTIPLICITY, 32)
    _store(folder, parts[0])
    folder.file(folder.part(0)).rename(folder.file(folder.part(1)))
    assert read_part(folder, parts[1], LAYOUT, ORIGIN) is None


def test_sums_over_parts_are_sums_over_histories(tmp_path):
    parts = history_parts(MULTIPLICITY, 20)
    table = summed(parts, Sums(LAYOUT, MULTIPLICITY, 2, len(parts)), _values)
    assert table.worlds.tolist() == [0, 2, 3]
    assert table.copies.tolist() == [2, 1, 1]
    assert table.counts.tolist() == [40, 20, 20]
    assert (table.parts, table.parts_planned, table.drawn, table.histories) == (2, 2, 4, 80)
    rows = np.concatenate([_values(part)[1] for part in parts])[np.concatenate([p.candidate for p in parts]) == 0]
    assert table.total("none", ["war"])[0] == pytest.approx(rows[:, 0].mean())
    assert table.total("none", ["war", "deaths.a"])[0] == pytest.approx(rows[:, :2].sum(axis=1).mean())
    assert table.total("none", ["reach.raid"])[0] == pytest.approx(((rows[:, 2] >= 1) & (rows[:, 3] > 0)).mean())
    assert table.total("none", ["reach.talk"])[0] == pytest.approx((rows[:, 3] > 0).mean())
    assert table.total("none", ["any_strike"])[0] == pytest.approx((rows[:, 4:].sum(axis=1) > 0).mean())


def test_worlds_without_a_history_yet_are_left_out():
    parts = history_parts(np.ones(12, dtype=np.int64), 16)
    table = summed(parts, Sums(LAYOUT, np.ones(12, dtype=np.int64), 2, 2), lambda p: None if p.number else _values(p))
    assert table.worlds.tolist() == list(range(8))
    assert summed(parts, Sums(LAYOUT, np.ones(12, dtype=np.int64), 2, 2), lambda p: None) is None


def test_candidates_come_back_as_they_were(tmp_path):
    rng = np.random.default_rng(5)
    table = CrisisTable(
        ("war", "deaths.a"),
        {"shield": rng.random((4, 2)), "none": rng.random((4, 2))},
        np.array([0.1, 0.2, 0.3, 0.4]),
        MULTIPLICITY,
        {"sides.a.tolerance": rng.random(4), "shield/x": rng.random(4)},
    )
    folder = RunFolder(tmp_path)
    write_worlds(folder, table, ORIGIN)
    back = read_worlds(folder, ["shield", "none"], ORIGIN)
    assert back.columns == table.columns
    for policy in table.values:
        assert np.array_equal(back.values[policy], table.values[policy])
    assert np.array_equal(back.weight, table.weight)
    assert np.array_equal(back.multiplicity, table.multiplicity)
    assert {key: value.tolist() for key, value in back.inputs.items()} == {
        key: value.tolist() for key, value in table.inputs.items()
    }
    assert read_worlds(folder, ["shield", "none"], {"seed": 2}) is None


def test_exact_crises_of_a_chunk_come_back_as_they_were():
    values = {"shield": np.array([[0.1, 2.0]]), "none": np.array([[0.2, 3.0]])}
    frame = crisis_frame(np.array([64]), ("war", "deaths.a"), values)
    assert frame.columns == ["candidate", "shield/war", "shield/deaths.a", "none/war", "none/deaths.a"]
    back = crisis_values(frame, ("shield", "none"), ("war", "deaths.a"))
    assert {policy: table.tolist() for policy, table in back.items()} == {
        policy: table.tolist() for policy, table in values.items()
    }


def test_the_layout_is_read_from_the_first_whole_part(tmp_path):
    folder, parts = RunFolder(tmp_path), history_parts(MULTIPLICITY, 32)
    assert layout_of(folder, LAYOUT.policies, LAYOUT.rungs) is None
    folder.file(folder.part(0)).write_bytes(b"PAR1")
    _store(folder, parts[1])
    assert layout_of(folder, LAYOUT.policies, LAYOUT.rungs) == LAYOUT
