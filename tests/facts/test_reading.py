"""What an id stands for, whoever is believed."""

from __future__ import annotations

import pytest

from escalade import facts
from escalade.facts.library import RIVAL_SOURCES

FIGURES = facts.all_facts()
STOPS = [f"{name}.stops.{threat}" for name in facts.shield_names() for threat in facts.system(name).engages]


@pytest.mark.parametrize("reading", ["official", "independent"])
def test_figures_of_the_kind_stand_in_wherever_there_are_any(reading: str) -> None:
    for fact in FIGURES:
        rivals = [other for other in facts.group(fact.group_id) if other.kind in RIVAL_SOURCES[reading]]
        found = facts.read(fact.id, reading)
        assert found.redrawn == bool(rivals)
        assert found.fact == (facts.get(fact.group_id, reading) if rivals else fact)


def test_if_all_are_believed_nothing_is_redrawn() -> None:
    assert all(facts.read(fact.id) == facts.Reading(fact, False) for fact in FIGURES)
    assert facts.read("thaad.unit_cost") == facts.Reading(facts.get("thaad.unit_cost"), False)


@pytest.mark.parametrize("reading", ["all", "official", "independent"])
@pytest.mark.parametrize("name", STOPS)
def test_a_kill_probability_has_an_id_of_its_own(name: str, reading: str) -> None:
    shield, _, threat = name.split(".")
    found, estimate = facts.read(name, reading), facts.system(shield, reading).kill_probability(threat)
    assert (found.fact.low, found.fact.mode, found.fact.high) == (estimate.low, estimate.mode, estimate.high)
    assert found.fact.id == name
    assert found.fact.is_assumption == estimate.is_assumption
    assert not (found.redrawn and reading == "all")
    assert found.fact.citation.endswith(")")
    assert ", )" not in found.fact.citation


def test_critics_and_officials_make_different_shields() -> None:
    official, independent = (facts.read("iron_dome.stops.rocket", reading) for reading in ("official", "independent"))
    assert official.redrawn
    assert independent.redrawn
    assert independent.fact.high < official.fact.low
    assert independent.fact.kind == "independent_estimate"


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("iron_dom.stops.rocket", "iron_dome.stops.rocket"),
        ("iron_dome.stops.ballistic", "iron_dome.stops.rocket"),
        ("thad.unit_cost", "thaad.unit_cost"),
    ],
)
def test_an_unknown_id_names_near_ones(written: str, near: str) -> None:
    with pytest.raises(facts.UnknownFact) as caught:
        facts.read(written)
    assert near in caught.value.near


def test_an_unknown_reading_is_refused() -> None:
    for name in ("thaad.unit_cost", "iron_dome.stops.rocket"):
        with pytest.raises(ValueError, match="allowed: official, independent, all"):
            facts.read(name, "rumour")


@pytest.mark.parametrize("reading", ["all", "official", "independent"])
@pytest.mark.parametrize("name", [*STOPS, "thaad.unit_cost", "arrow_3.unit_cost"])
def test_the_figures_behind_a_reading_are_those_that_it_pools(name: str, reading: str) -> None:
    members, found = facts.figures(name, reading), facts.read(name, reading).fact
    if not found.is_assumption:
        assert members
        assert {fact.url for fact in members if not fact.is_assumption} >= ({found.url} if found.url else set())
    if ".stops." not in name:
        assert found.low == min(fact.low for fact in members)
        assert found.high == max(fact.high for fact in members)
