"""A run: printed, shown, read back, reported, its tables."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import escalade
from tests.api.conftest import SMALL


def test_it_prints_what_the_command_prints(made: escalade.Run) -> None:
    text = str(made)
    assert text.startswith(made.case.question)
    assert text.endswith("Change: over 2 years, to No shield.")
    assert max(map(len, text.splitlines())) <= 80


def test_it_is_read_back_from_its_folder(made: escalade.Run) -> None:
    again = escalade.open_run(made.folder)
    assert str(again) == str(made)
    assert again.policies == made.policies


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(escalade.UsageError, match="not the folder of a run"):
        escalade.open_run(tmp_path)


def test_its_table_has_every_policy_on_both_clocks(made: escalade.Run) -> None:
    war = made.table().filter(quantity="war")
    assert set(war["policy"]) == set(made.policies)
    assert set(war["clock"]) == {"crisis", "period"}
    assert war.filter(clock="crisis")["se"].null_count() == len(made.policies)
    shares = war.filter((pl.col("low") <= pl.col("mean")) & (pl.col("mean") <= pl.col("high")))
    assert shares.height == war.height


def test_sets_of_assumptions_and_histories(made: escalade.Run) -> None:
    sets = made.sets()
    assert sets.height == SMALL["candidates"]
    assert sets["weight"].sum() == pytest.approx(1)
    counts = made.histories().group_by("policy").len().collect()
    assert set(counts["len"]) == {SMALL["worlds"] * SMALL["histories"]}


def test_a_report_is_written_where_asked(made: escalade.Run, tmp_path: Path) -> None:
    path = made.report(tmp_path / "memo.html")
    assert path.read_text("utf-8").lower().startswith("<!doctype html>")
    with pytest.raises(escalade.EscaladeError, match="cannot be written"):
        made.report(tmp_path / "no" / "memo.html")


def test_an_unfinished_run_says_what_is_missing(made: escalade.Run) -> None:
    for part in made.folder.glob("part-*.parquet"):
        part.unlink()
    again = escalade.open_run(made.folder)
    assert "This run is not finished" in str(again)
    assert "This run is not finished" in again._repr_html_()
    with pytest.raises(escalade.EscaladeError, match="no simulated years yet"):
        again.histories()
    (made.folder / "worlds.parquet").unlink()
    with pytest.raises(escalade.EscaladeError, match="no sets of assumptions yet"):
        escalade.open_run(made.folder).sets()
