"""Shields and threats have every number that a raid needs, each with its figure or its reason."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade import facts
from escalade.errors import ScenarioError
from escalade.facts.systems import UNPRICED
from escalade.worlds import THREAT_CLASSES

READINGS = ("all", "official", "independent")
SHIELDS = facts.shield_names()
PROFILES = list(csv.DictReader((resources.files("escalade.facts") / "profiles.csv").read_text("utf-8").splitlines()))
KEYS = [tuple(row[name] for name in ("system", "quantity", "threat", "reading")) for row in PROFILES]


def estimates(shield: facts.Shield) -> dict[str, facts.Estimate]:
    found = {f"kills {name}": number for name, number in shield.kill_probabilities.items()}
    numbers = {"shots": shield.shots, "stock": shield.stock, "battery": shield.per_battery, "cost": shield.unit_cost}
    return found | {name: number for name, number in numbers.items() if number is not None}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", SHIELDS)
def test_every_shield_is_complete_under_every_reading(name: str, reading: str) -> None:
    shield = facts.system(name, reading)
    assert shield.engages
    assert set(shield.engages) == set(shield.kill_probabilities)
    assert set(shield.engages) <= set(THREAT_CLASSES)
    for number in estimates(shield).values():
        assert 0 <= number.low <= number.mode <= number.high
        assert number.reason.endswith((".", ")"))
    assert all(number.high < 1 for number in shield.kill_probabilities.values())
    assert shield.shots.low >= 1
    assert shield.stock.low >= 1


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: f"{row['system']}-{row['quantity']}-{row['threat']}")
def test_every_row_names_a_figure_or_gives_a_range_with_a_reason(row: dict[str, str]) -> None:
    assert row["system"] in facts.all_systems()
    assert row["reading"] in READINGS
    assert row["per"] in ("", "engagement")
    assert row["reason"]
    if row["fact"]:
        assert facts.get(row["fact"]).low >= 0
        assert not row["mode"]
    if row["per"]:
        assert facts.get(row["fact"]).unit == "fraction"


def test_rows_are_sorted_into_one_choice_each() -> None:
    assert len(set(KEYS)) == len(KEYS)


@pytest.mark.parametrize("name", SHIELDS)
def test_what_has_no_published_figure_is_called_an_assumption(name: str) -> None:
    for number in estimates(facts.system(name)).values():
        published = [fact for fact in number.facts if not fact.is_assumption]
        assert number.is_assumption == (not published)
        assert number.basis.startswith("assumption: ") == number.is_assumption
        assert all(fact.publisher in number.basis for fact in published)


def test_readings_differ_where_sources_do() -> None:
    official, independent = (facts.system("iron_dome", reading) for reading in ("official", "independent"))
    assert official.kill_probability("rocket").low > independent.kill_probability("rocket").high
    assert official.kill_probability("rocket").converted
    assert {fact.kind for fact in independent.kill_probability("rocket").facts} == {"independent_estimate"}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("thaad", "thaad"),
        ("THAAD", "thaad"),
        ("Iron Dome", "iron_dome"),
        ("iron-dome", "iron_dome"),
        ("David's Sling", "davids_sling"),
        ("aegis_sm3", "sm_3"),
        ("s-300", "s300"),
        ("GBI", "gmd"),
    ],
)
def test_names_are_found_however_they_are_written(written: str, found: str) -> None:
    assert facts.system(written).id == found


def test_unknown_names_propose_near_ones() -> None:
    with pytest.raises(facts.UnknownSystem, match=r"no shield 'iron_dom'; allowed: .*did you mean iron_dome") as caught:
        facts.system("iron_dom")
    assert "iron_dome" in caught.value.near
    with pytest.raises(facts.UnknownSystem, match="no shield 'israel_array'"):
        facts.system("israel_array")
    with pytest.raises(facts.UnknownSystem, match=r"no threat 'shahed'; .*did you mean shahed_136"):
        facts.threat("shahed")
    with pytest.raises(ValueError, match="allowed: official, independent, all"):
        facts.system("thaad", "rumour")


def test_a_class_that_a_shield_does_not_engage_is_refused() -> None:
    with pytest.raises(ScenarioError, match="THAAD does not engage the threat class 'drone'; allowed: ballistic"):
        facts.system("thaad").kill_probability("drone")


@pytest.mark.parametrize("threat", THREAT_CLASSES)
def test_every_threat_class_has_a_weapon_that_stands_for_it(threat: str) -> None:
    found = facts.threat(threat)
    assert found.threat == threat
    assert (found.unit_cost is None) == (threat in UNPRICED)


def test_a_weapon_is_found_by_name() -> None:
    shahed = facts.threat("shahed_136")
    assert shahed.threat == "drone"
    assert shahed.unit_cost is not None
    assert shahed.unit_cost.mode == facts.get("shahed_136.unit_cost.2025_csis").mode


@given(st.floats(0, 0.99), st.floats(1, 8))
def test_independent_shots_give_the_rate_of_the_engagement_back(rate: float, shots: float) -> None:
    assert 1 - (1 - facts.per_shot(rate, shots)) ** shots == pytest.approx(rate, abs=1e-12)


def test_no_shot_is_certain() -> None:
    assert facts.per_shot(1.0, 1.0) == pytest.approx(0.99)
