"""Figures are found by words, kind, system and day, and none that conflicts is hidden."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade import facts
from escalade.errors import UsageError
from escalade.facts.library import all_statements
from escalade.facts.search import KIND_WORDS, WORD_OF_KIND, by_group, find

FIGURES = facts.all_facts()


def ids(*words: str, **choices: str) -> set[str]:
    figures, statements = find(words, **choices)
    return {entry.id for entry in figures} | {entry.id for entry in statements}


def test_every_figure_and_statement_is_found_without_words() -> None:
    assert ids() == {fact.id for fact in FIGURES} | {said.id for said in all_statements()}


@given(st.sampled_from(FIGURES))
def test_a_figure_is_found_by_its_own_id_with_all_that_stand_beside_it(fact: facts.Fact) -> None:
    assert {other.id for other in facts.group(fact.group_id)} <= ids(*fact.id.split("."))


@given(st.sampled_from(FIGURES), st.sampled_from(sorted(KIND_WORDS)))
def test_a_choice_only_takes_away(fact: facts.Fact, kind: str) -> None:
    everything = ids(system=fact.system)
    try:
        some = ids(system=fact.system, kind=kind)
    except UsageError:
        some = set()
    assert some <= everything
    assert {other.id for other in FIGURES if other.system == fact.system and WORD_OF_KIND[other.kind] == kind} <= some


@pytest.mark.parametrize("words", [("iron", "dome"), ("Iron Dome",), ("IRON", "domes"), ("iron_dome",), ("tamir",)])
def test_case_and_endings_do_not_matter(words: tuple[str, ...]) -> None:
    assert "iron_dome.reported_intercept_rate.2012_11" in ids(*words)


def test_what_a_figure_is_about_goes_before_what_its_note_mentions() -> None:
    assert {name.split(".")[0] for name in ids("thaad")} == {"thaad"}
    assert "iron_dome.contested_destruction_rate.2014_08" in ids("Lloyd")
    assert "arrow_3.stock.2025_06_wsj" in ids("stocks", "of", "Arrow", "are", "low")


@pytest.mark.parametrize(
    ("day", "known"), [("2024", False), ("2025", True), ("2025-05", False), ("2025-06", True), ("2025-06-24", False)]
)
def test_only_what_was_known_by_a_day_is_found(day: str, known: bool) -> None:
    # As of June 2025, without a day: known for certain only at the end of the month.
    assert ("thaad.interceptors_used.2025_06_cnn" in ids("thaad", as_of=day)) == known


def test_the_oldest_figure_of_a_group_comes_first() -> None:
    groups = by_group(find(("iron", "dome", "intercept"))[0])
    dates = [fact.as_of for fact in groups["iron_dome.reported_intercept_rate"]]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("words", "choices", "message"),
    [
        (("irno",), {}, "no figure holds the word 'irno'; did you mean iron"),
        (("qqqqqq",), {}, "no figure holds the word 'qqqqqq'; `escalade facts` lists"),
        (("thaad", "rocket"), {}, "no figure fits all of this; leave out a word"),
        ((), {"kind": "oficial"}, "'oficial' is not a kind of figure; allowed: official, .*did you mean official"),
        ((), {"as_of": "June 2025"}, "'June 2025' is not a date; allowed: 2025, 2025-06 or 2025-06-12"),
        ((), {"as_of": "2025-13"}, "is not a date"),
    ],
)
def test_nothing_is_found_in_a_sentence(words: tuple[str, ...], choices: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find(words, **choices)


def test_an_unknown_system_names_near_ones() -> None:
    with pytest.raises(facts.UnknownSystem, match=r"no system 'arow_3'; allowed: what `escalade facts` lists; did"):
        find(system="arow_3")
    assert ids(system="iran june 2025") == ids(system="israel_iran_june_2025")


@given(st.text(max_size=12))
def test_any_words_give_figures_or_a_sentence(text: str) -> None:
    found: object = ""
    try:
        found = find((text,))
    except UsageError as error:
        found = str(error)
    assert isinstance(found, tuple) or re.match(r"no figure (holds the word|fits all of this)", str(found))
