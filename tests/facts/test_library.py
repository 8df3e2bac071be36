"""The figures are complete and comparable, and are found again by their ids."""

from __future__ import annotations

import dataclasses
import re
import statistics

import pytest

from escalade.errors import ScenarioError
from escalade.facts import KINDS, UNITS, Fact, UnknownFact, all_facts, get, group
from escalade.facts.library import COLUMNS, RIVAL_SOURCES

FIGURES = all_facts()
GROUPS = sorted({fact.group_id for fact in FIGURES})


@pytest.mark.parametrize("fact", FIGURES, ids=lambda fact: fact.id)
def test_every_figure_is_complete(fact: Fact) -> None:
    assert fact.low <= fact.mode <= fact.high
    assert fact.low >= 0
    assert fact.unit in UNITS
    assert fact.kind in KINDS
    assert fact.source
    assert fact.publisher
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", fact.as_of)
    assert re.fullmatch(r"|\d{4}(-\d\d){0,2}", fact.since)
    assert fact.since <= fact.as_of
    assert re.fullmatch(rf"{fact.system}\.{fact.quantity}\.[a-z0-9_]+", fact.id)
    assert fact.is_assumption or fact.url.startswith(("http://", "https://"))


@pytest.mark.parametrize("fact", FIGURES, ids=lambda fact: fact.id)
def test_recalled_and_derived_figures_are_called_assumptions(fact: Fact) -> None:
    unread = fact.publisher in ("general knowledge, unverified", "own derivation")
    assert fact.is_assumption or not unread


@pytest.mark.parametrize("fact", [f for f in FIGURES if f.unit in ("fraction", "probability")], ids=lambda f: f.id)
def test_fractions_lie_in_the_unit_interval_and_say_of_what(fact: Fact) -> None:
    assert fact.high <= 1
    assert fact.denominator


def test_ids_are_unique_and_sorted() -> None:
    ids = [fact.id for fact in FIGURES]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_has_one_unit_and_one_denominator(name: str) -> None:
    assert len({(fact.unit, fact.denominator) for fact in group(name)}) == 1


def test_every_unit_and_column_is_used() -> None:
    assert {fact.unit for fact in FIGURES} == set(UNITS)
    assert set(COLUMNS) == {field.name for field in dataclasses.fields(Fact)}


@pytest.mark.parametrize("fact", FIGURES, ids=lambda fact: fact.id)
def test_a_figure_is_found_by_its_id(fact: Fact) -> None:
    assert get(fact.id) == fact
    assert group(fact.id) == (fact,)


@pytest.mark.parametrize("name", GROUPS)
def test_pooling_keeps_the_whole_range_and_the_median_of_the_modes(name: str) -> None:
    members, pooled = group(name), get(name)
    assert pooled.low == min(fact.low for fact in members)
    assert pooled.mode == statistics.median(fact.mode for fact in members)
    assert pooled.high == max(fact.high for fact in members)
    assert pooled.low <= pooled.mode <= pooled.high
    assert pooled.id == (name if len(members) > 1 else members[0].id)
    assert all(fact.publisher in pooled.publisher for fact in members)


def test_pooled_figures_of_several_kinds_say_so() -> None:
    used = get("thaad.interceptors_used")
    assert used.kind == "mixed"
    assert not used.is_assumption
    assert "thaad.interceptors_used.2025_06_cnn" in used.note


@pytest.mark.parametrize("reading", ["official", "independent"])
@pytest.mark.parametrize("name", GROUPS)
def test_rival_sources_admit_only_their_kinds_where_there_are_any(name: str, reading: str) -> None:
    admitted = [fact for fact in group(name) if fact.kind in RIVAL_SOURCES[reading]]
    expected = admitted or list(group(name))
    assert get(name, reading).low == min(fact.low for fact in expected)
    assert get(name, reading).high == max(fact.high for fact in expected)


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed: official, independent, all"):
        get(GROUPS[0], "rumour")


def test_an_unknown_id_names_near_ones() -> None:
    with pytest.raises(UnknownFact, match=r"did you mean thaad\.unit_cost") as caught:
        get("thad.unit_cost")
    assert isinstance(caught.value, ScenarioError)
    assert caught.value.fact_id == "thad.unit_cost"
    assert "thaad.unit_cost" in caught.value.near


@pytest.mark.parametrize("odd", ["", ".", "thaad", "thaad.", "zzz.qqq.xxx"])
def test_fragments_are_unknown(odd: str) -> None:
    with pytest.raises(UnknownFact):
        group(odd)
