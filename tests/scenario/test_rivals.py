"""Rival sources: ``facts_from`` re-draws every input that has a figure of that kind, and only those."""

from __future__ import annotations

from typing import Any

import pytest

from escalade import facts
from escalade.scenario import Scenario, bundled_names, load_scenario, rivals
from escalade.scenario.canonical import canonical_yaml
from escalade.scenario.forms import parse_number
from escalade.scenario.inputs import inputs
from escalade.scenario.loading import load, parse_scenario
from escalade.scenario.rivals import READINGS, redrawn_inputs, rival_sources
from escalade.scenario.written import number_data
from tests.scenario.texts import TINY

OFFICIAL_AND_NOT = "iron_dome.stops.rocket"
"""An id that official and independent figures speak of, each in its own way."""

WRITTEN: list[dict[str, Any]] = [
    {"value": 0.7, "fact": OFFICIAL_AND_NOT, "assumption": "judged"},
    {"low": 0.5, "mode": 0.7, "high": 0.9, "fact": OFFICIAL_AND_NOT, "source": "Gazette", "note": "wide"},
    {"uniform": [0.5, 0.9], "fact": OFFICIAL_AND_NOT, "together": "rates"},
    {"one_of": [0.5, 0.9], "fact": OFFICIAL_AND_NOT},
]


def believing(reading: str, text: str = TINY) -> Scenario:
    return parse_scenario(text.replace("facts_from: all", f"facts_from: {reading}"))


@pytest.mark.parametrize("data", WRITTEN, ids=lambda data: next(iter(data)))
def test_rival_figures_stand_in_for_the_number_as_written(data: dict[str, Any]) -> None:
    plain = {key: value for key, value in data.items() if key != "fact"}
    as_written = parse_number(data, {"facts_from": "all"})
    assert as_written.spec == parse_number(plain).spec
    assert (as_written.source, as_written.assumption) == (data.get("source"), data.get("assumption"))
    for reading in READINGS:
        figure = facts.read(OFFICIAL_AND_NOT, reading).fact
        number = parse_number(data, {"facts_from": reading})
        assert (number.low, number.mode, number.high) == (figure.low, figure.mode, figure.high)
        assert number.source == figure.citation
        assert (number.note, number.together) == (data.get("note"), data.get("together"))


@pytest.mark.parametrize("reading", ["all", *READINGS])
@pytest.mark.parametrize("data", [*WRITTEN, {"fact": OFFICIAL_AND_NOT}], ids=lambda data: next(iter(data)))
def test_a_number_is_written_back_as_it_was(data: dict[str, Any], reading: str) -> None:
    assert number_data(parse_number(data, {"facts_from": reading})) == data


@pytest.mark.parametrize("reading", READINGS)
def test_what_has_no_figure_of_the_kind_stays(reading: str) -> None:
    fact = "iran_mrbm.unit_cost"
    assert not facts.read(fact, reading).redrawn
    number = parse_number({"low": 1, "mode": 2, "high": 3, "fact": fact}, {"facts_from": reading})
    assert (number.low, number.mode, number.high) == (1, 2, 3)
    assert number.rivals == fact


@pytest.mark.parametrize("reading", READINGS)
def test_the_bundled_scenario_changes_only_where_it_is_counted(reading: str) -> None:
    before = load("iran-june-2025").scenario
    after = parse_scenario(canonical_yaml(before).replace("facts_from: all", f"facts_from: {reading}", 1))
    if after.facts_from != reading:  # left out where it has its default
        after = parse_scenario(f"{canonical_yaml(before)}facts_from: {reading}\n")
    old, new = ({item.key: item for item in inputs(found)} for found in (before, after))
    changed = {key for key in old if old[key].spec != new[key].spec or old[key].source != new[key].source}
    having = [item for item in old.values() if item.rivals is not None]
    counted = {item.key for item in redrawn_inputs(having, reading)}
    assert changed <= counted
    assert all(new[key].fact == old[key].rivals for key in counted)
    found = rival_sources(after)
    assert (found.facts_from, found.having, found.redrawn[reading]) == (reading, len(having), len(counted))


def test_counts_are_the_same_whoever_is_believed() -> None:
    found = [rival_sources(believing(reading)) for reading in ("all", *READINGS)]
    assert len({(one.having, *one.redrawn.values()) for one in found}) == 1
    assert found[0].having == 1


def test_policies_leave_the_number_as_it_was_written() -> None:
    text = TINY.replace("{fact: thaad.unit_cost}", "{low: 1, mode: 2, high: 3, fact: arrow_3.unit_cost}")
    scenario = believing("independent", text)
    figure = facts.read("arrow_3.unit_cost", "independent").fact
    for name in scenario.policies:
        cost = scenario.policy(name).sides["north"].shield.layers["upper"].unit_cost
        assert (cost.low, cost.high) == (figure.low, figure.high)
    assert parse_scenario(canonical_yaml(scenario)) == scenario


def test_an_unknown_id_is_a_problem_at_its_place() -> None:
    with pytest.raises(Exception, match=r"no fact is called 'arow_3\.unit_cost'; did you mean arrow_3\.unit_cost"):
        parse_number({"value": 3, "fact": "arow_3.unit_cost"})


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", bundled_names())
def test_a_loaded_scenario_can_believe_others(name: str, reading: str) -> None:
    scenario = load_scenario(name)
    other = rivals.believing(scenario, reading)
    assert other.facts_from == reading
    assert set(rivals.changed_inputs(other, scenario)) <= {i.key for i in redrawn_inputs(inputs(scenario), reading)}
    assert rivals.believing(other, "all") == scenario
    assert rivals.believing(scenario, "all") is scenario
    assert rivals.changed_inputs(scenario, scenario) == ()
