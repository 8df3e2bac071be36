"""A comparison: which policies, what it says, its table, its data."""

from __future__ import annotations

import json

import polars as pl
import pytest

import escalade


def test_focus_and_baseline_are_compared_unless_others_are_named(made: escalade.Run) -> None:
    comparison = made.compare()
    assert (comparison.policy, comparison.baseline, comparison.outcome) == ("as_is", "no_shield", "war")
    other = made.compare("deeper_stocks", "as_is", outcome="deaths.north")
    assert (other.policy, other.baseline, other.outcome) == ("deeper_stocks", "as_is", "deaths.north")
    assert made.compare(baseline="as_is").policy == "no_shield"


def test_it_prints_its_sentences_and_both_policies(made: escalade.Run) -> None:
    text = str(made.compare("more_shelter"))
    assert "Shelter for nearly all" in text
    assert "Twice the interceptors" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_verdict_and_sentences(made: escalade.Run) -> None:
    comparison = made.compare()
    assert comparison.verdict in ("more", "less", "depends", "leans more", "leans less", "little difference")
    assert comparison.sentences[1].startswith("Of 100 crises: war in")


def test_its_table_agrees_with_the_two_levels(made: escalade.Run) -> None:
    table = made.compare().table()
    assert table["quantity"].n_unique() > 10
    gap = (pl.col("level") - pl.col("baseline") - pl.col("change")).abs()
    exact = table.filter((pl.col("clock") == "crisis") & (pl.col("unit") == "share"))
    assert exact.select(gap.max()).item() < 1e-12


def test_its_data_are_json(made: escalade.Run) -> None:
    data = json.loads(json.dumps(made.compare().data(), allow_nan=False))
    assert [pair["policy"] for pair in data["pairs"]] == ["as_is"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("as_iss",), 'did you mean "as_is"'),
        (("as_is", "no_sheld"), 'did you mean "no_shield"'),
        (("as_is", "as_is"), "compared with itself"),
    ],
)
def test_unknown_policies_are_refused(made: escalade.Run, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(escalade.UsageError, match=words):
        made.compare(*arguments)


def test_an_unknown_outcome_is_refused(made: escalade.Run) -> None:
    with pytest.raises(escalade.UsageError, match='did you mean "restraint"'):
        made.compare(outcome="restrain")
