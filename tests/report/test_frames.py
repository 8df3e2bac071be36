"""Frames: ids, units, both clocks; empty where nothing is known."""

import numpy as np
import polars as pl

from escalade.analysis.compare import compare
from escalade.report import frames
from escalade.report.story import ToldTwins
from tests.analysis.cases import QUANTITIES, crisis_table, period_table

N = 50


def comparison(period=True):
    war = {"shield": np.linspace(0.1, 0.3, N), "none": np.full(N, 0.1)}
    years = period_table({name: {"war": column, "crises": np.full(N, 2.0)} for name, column in war.items()})
    return compare(
        crisis_table(war), years if period else None, QUANTITIES, policies=["shield", "none"], baseline="none"
    )


def test_levels_have_the_comparison_s_numbers():
    found = comparison()
    table = frames.levels(found)
    assert tuple(table.columns) == frames.LEVELS
    row = table.filter(quantity="war", clock="crisis", policy="shield").to_dicts()[0]
    spread = found.policies["shield"].crisis["war"].posterior
    assert (row["mean"], row["low"], row["high"], row["unit"]) == (spread.mean, spread.low, spread.high, "share")
    row = table.filter(quantity="crises", policy="none").to_dicts()[0]
    assert (row["clock"], row["mean"], row["unit"]) == ("period", 2.0, "count")


def test_changes_have_both_levels_and_the_difference():
    found = comparison()
    table = frames.changes(found, found.pairs[0])
    assert tuple(table.columns) == frames.CHANGES
    gap = (pl.col("level") - pl.col("baseline") - pl.col("change")).abs()
    assert table.filter(quantity="war").select(gap.max()).item() < 1e-12
    assert set(table["clock"]) == {"crisis", "period"}


def test_before_the_years_there_is_the_crisis_only():
    found = comparison(period=False)
    assert set(frames.changes(found, found.pairs[0])["clock"]) == {"crisis"}


def test_a_story_without_steps_is_an_empty_frame():
    assert frames.story(ToldTwins("", "", "", "", (), "", "")).shape == (0, 4)
