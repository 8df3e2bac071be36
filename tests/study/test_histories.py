"""Stored histories: rows of parts, lists by condition."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.errors import EscaladeError
from escalade.study.histories import (
    condition_columns,
    matching,
    outcome_columns,
    stored_row,
    stored_rows,
)
from escalade.study.results import StoredRun, stored
from escalade.study.where import condition


def rows_of(run: StoredRun, policy: str, twin: str) -> dict[tuple[int, int], tuple[np.ndarray, np.ndarray]]:
    """Every stored history, read from the Parquet files by another way."""
    import polars as pl

    frame = pl.concat([pl.read_parquet(path) for path in sorted(run.folder.path.glob("part-*.parquet"))])
    outcomes = frame.columns[3:]
    both = []
    for name in (policy, twin):
        mine = frame.filter(pl.col("policy") == name)
        values = mine.select(outcomes).to_numpy()
        both.append(dict(zip(zip(mine["candidate"], mine["history"], strict=True), values, strict=True)))
    return {address: (both[0][address], both[1][address]) for address in both[0]}


def test_rows_are_those_of_the_files(real_run: StoredRun) -> None:
    expected = rows_of(real_run, "as_is", "no_shield")
    seen = 0
    for rows in stored_rows(real_run, "as_is", "no_shield"):
        for n in range(rows.world.size):
            mine, twin = expected[int(rows.world[n]), int(rows.history[n])]
            np.testing.assert_array_equal(rows.mine[n], mine)
            np.testing.assert_array_equal(rows.twin[n], twin)
            seen += 1
    assert seen == len(expected) == 128


def test_one_row_by_its_address(real_run: StoredRun) -> None:
    (world, history), (mine, twin) = next(iter(rows_of(real_run, "deeper_stocks", "as_is").items()))
    found = stored_row(real_run, "deeper_stocks", "as_is", world, history)
    assert found is not None
    np.testing.assert_array_equal(found[0], mine)
    np.testing.assert_array_equal(found[1], twin)
    assert stored_row(real_run, "as_is", "no_shield", world, 10_000) is None


def test_columns_and_totals(real_run: StoredRun) -> None:
    rows = next(stored_rows(real_run, "as_is", "no_shield"))
    np.testing.assert_array_equal(rows.column("world"), rows.world)
    np.testing.assert_array_equal(rows.column("history"), rows.history)
    at = rows.columns.index("war")
    np.testing.assert_array_equal(rows.column("twin.war"), rows.twin[:, at])
    np.testing.assert_array_equal(rows.total("deaths"), rows.column("deaths.north") + rows.column("deaths.south"))
    np.testing.assert_array_equal(rows.total("war"), rows.column("war"))


def test_a_list_counts_all_and_shows_the_first(real_run: StoredRun) -> None:
    where = condition("war = 1 or twin.war = 1", condition_columns(real_run))
    found, met, total = matching(real_run, "as_is", "no_shield", where, 3)
    outcomes = outcome_columns(real_run)
    war = outcomes.index("war")
    expected = rows_of(real_run, "as_is", "no_shield")
    assert total == len(expected)
    assert met == sum(bool(mine[war] or twin[war]) for mine, twin in expected.values()) > 3
    assert len(found) == 3
    for row in found:
        mine, twin = expected[row.world, row.history]
        assert row.values == {"war": mine[war], "twin.war": twin[war]}


def test_a_condition_without_columns_holds_everywhere_or_nowhere(real_run: StoredRun) -> None:
    for text, share in (("1 = 1", 1), ("1 = 2", 0)):
        _, met, total = matching(real_run, "as_is", "no_shield", condition(text, ()), 1)
        assert met == share * total


def test_a_run_without_years_has_no_outcomes(real_run: StoredRun, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import shutil

    folder = tmp_path / "half.run"
    shutil.copytree(real_run.folder.path, folder)
    for path in folder.glob("part-*.parquet"):
        path.unlink()
    with pytest.raises(EscaladeError, match="no simulated years yet"):
        outcome_columns(stored(folder))
