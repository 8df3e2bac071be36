"""The figures are complete and comparable, and are found again by their ids."""

from __future__ import annotations

import dataclasses
import re
import statistics
from pathlib import Path

import pytest

from escalade.errors import ScenarioError
from escalade.facts import KINDS, UNITS, Fact, UnknownFact, all_facts, all_systems, get, group
from escalade.facts.library import COLUMNS, RIVAL_SOURCES, TOPICS, Statement, all_statements, read_table

FIGURES = all_facts()
STATEMENTS = all_statements()
ENTRIES: tuple[Fact | Statement, ...] = (*FIGURES, *STATEMENTS)
GROUPS = sorted({fact.group_id for fact in FIGURES})
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def failing(check: object, entries: tuple[Fact | Statement, ...] = ENTRIES) -> list[str]:
    """Ids of the entries that fail a check: all at once, by name."""
    assert callable(check)
    return [entry.id for entry in entries if not check(entry)]


def test_every_figure_has_its_numbers_in_order() -> None:
    assert failing(lambda fact: 0 <= fact.low <= fact.mode <= fact.high, FIGURES) == []
    assert failing(lambda fact: fact.unit in UNITS, FIGURES) == []
    assert failing(lambda fact: fact.unit != "yes or no" or fact.mode in (0, 1), FIGURES) == []


def test_every_entry_has_a_complete_source() -> None:
    assert failing(lambda entry: entry.kind in KINDS) == []
    assert failing(lambda entry: entry.source and entry.publisher) == []
    assert failing(lambda entry: entry.is_assumption or entry.url.startswith(("http://", "https://"))) == []
    assert failing(lambda said: said.text.endswith((".", '"')), STATEMENTS) == []


def test_every_entry_has_its_day() -> None:
    assert failing(lambda entry: DAY.fullmatch(entry.as_of)) == []
    assert failing(lambda fact: not fact.since or DAY.fullmatch(fact.since), FIGURES) == []
    assert failing(lambda fact: fact.since <= fact.as_of, FIGURES) == []


def test_recalled_and_derived_entries_are_called_assumptions() -> None:
    unread = ("general knowledge, unverified", "own derivation")
    assert failing(lambda entry: entry.is_assumption or (entry.publisher not in unread and entry.url)) == []


def test_no_entry_speaks_of_how_it_was_collected() -> None:
    words = re.compile(r"GitHub file|this file|row above|previous row|this project|DERIVED|SUSPECT")
    assert failing(lambda entry: not words.search(entry.note + entry.source + entry.publisher)) == []


def test_fractions_lie_in_the_unit_interval_and_say_of_what() -> None:
    shares = tuple(fact for fact in FIGURES if fact.unit in ("fraction", "probability"))
    assert failing(lambda fact: fact.high <= 1 and fact.denominator, shares) == []


def test_ids_are_unique_sorted_and_made_of_system_and_quantity() -> None:
    assert [fact.id for fact in FIGURES] == sorted({fact.id for fact in FIGURES})
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert failing(lambda entry: re.fullmatch(rf"{entry.system}\.{entry.quantity}\.[a-z0-9_]+", entry.id)) == []
    assert failing(lambda entry: re.fullmatch(r"[a-z0-9_]+", entry.quantity)) == []


def test_ids_are_stable() -> None:
    """Scenarios and readers cite ids: one that is taken away or renamed is taken from ids.txt on purpose."""
    listed = (Path(__file__).with_name("ids.txt")).read_text("utf-8").split()
    assert listed == sorted(listed)
    assert set(listed) == {entry.id for entry in ENTRIES}


@pytest.mark.parametrize("topic", TOPICS)
def test_tables_are_sorted_and_hold_the_systems_of_their_topic(topic: str) -> None:
    ids = [row["id"] for row in read_table(topic)]
    assert ids == sorted(ids)
    assert {all_systems()[name.split(".")[0]].topic for name in ids} == {topic}


def test_every_system_has_a_name_and_something_said_of_it() -> None:
    assert {entry.system for entry in ENTRIES} == set(all_systems())
    assert all(system.name and system.topic in TOPICS for system in all_systems().values())


def test_a_group_has_one_unit_and_one_denominator() -> None:
    assert [name for name in GROUPS if len({(fact.unit, fact.denominator) for fact in group(name)}) > 1] == []


def test_every_unit_and_column_is_used() -> None:
    assert {fact.unit for fact in FIGURES} == set(UNITS)
    assert list(UNITS) == sorted(UNITS)
    assert set(COLUMNS) == {field.name for field in dataclasses.fields(Fact)}


def test_a_figure_is_found_by_its_id() -> None:
    assert failing(lambda fact: get(fact.id) == fact and group(fact.id) == (fact,), FIGURES) == []


def test_pooling_keeps_the_whole_range_and_the_median_of_the_modes() -> None:
    for name in GROUPS:
        members, whole = group(name), get(name)
        assert whole.low == min(fact.low for fact in members)
        assert whole.mode == statistics.median(fact.mode for fact in members)
        assert whole.high == max(fact.high for fact in members)
        assert whole.low <= whole.mode <= whole.high
        assert whole.id == (name if len(members) > 1 else members[0].id)
        assert all(fact.publisher in whole.publisher for fact in members)


def test_pooled_figures_of_several_kinds_say_so() -> None:
    used = get("thaad.interceptors_used")
    assert used.kind == "mixed"
    assert not used.is_assumption
    assert "thaad.interceptors_used.2025_06_cnn" in used.note


@pytest.mark.parametrize("reading", ["official", "independent"])
def test_rival_sources_admit_only_their_kinds_where_there_are_any(reading: str) -> None:
    for name in GROUPS:
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
