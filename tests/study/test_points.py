"""Points of one's own: the same numbers as drawn sets and single crises, and errors that name the row."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.crisis.exact import exact_crises
from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw, to_inputs_table
from escalade.errors import ScenarioError, UsageError
from escalade.report.frames import solved as frame
from escalade.scenario import Scenario, load_scenario, scenario_from_data
from escalade.scenario.inputs import inputs, numbers
from escalade.scenario.paths import put
from escalade.scenario.policies import full_data
from escalade.study.points import design_at, solved
from escalade.study.single import single_crisis
from tests.study.fakes import TINY

TOLERANCE = "sides.north.tolerance"


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario(TINY)


def test_a_point_that_gives_nothing_is_the_single_crisis(tiny: Scenario) -> None:
    found, single = frame(solved(tiny, [{}])), single_crisis(tiny)
    assert found["policy"].to_list() == list(tiny.policies)
    for row in found.to_dicts():
        values = single.policies[row["policy"]].values
        assert {key: row[key] for key in values} == dict(values)


def test_drawn_sets_given_back_as_points_are_solved_alike(tiny: Scenario) -> None:
    design = draw(tiny, 8, seed=5)
    base = tiny.policy(tiny.baseline)
    calm, _ = worlds(base, base, design)
    here, _ = worlds(tiny.policy(tiny.focus), base, design)
    found = solved(tiny, to_inputs_table(design), [tiny.focus])
    expected = exact_crises(here, calm, np.arange(8))
    np.testing.assert_array_equal(found.crisis.values[tiny.focus], expected)


def test_the_number_of_threads_changes_nothing(tiny: Scenario) -> None:
    points = {TOLERANCE: np.linspace(50, 5000, 70)}
    one, two = (frame(solved(tiny, points, [tiny.focus], workers=n)) for n in (1, 2))
    assert one.equals(two)


def test_rows_columns_and_frames_say_the_same(tiny: Scenario) -> None:
    columns = {TOLERANCE: [200.0, 900.0], "crisis.choice_precision": [10.0, 40.0]}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    tables = [frame(solved(tiny, points, ["as_is"])) for points in (columns, rows, pl.DataFrame(columns))]
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])
    assert tables[0].columns[:4] == ["policy", "point", *columns]


def test_a_row_that_lacks_a_key_has_the_most_likely_value(tiny: Scenario) -> None:
    design, keys = design_at(tiny, [{TOLERANCE: 7.0}, {}])
    assert keys == (TOLERANCE,)
    assert design.values[TOLERANCE].tolist() == [7.0, tiny.sides["north"].tolerance.mode]


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=5))
def test_what_is_given_comes_back_and_the_rest_is_at_its_mode(values: list[float]) -> None:
    scenario = load_scenario(TINY)
    design, _ = design_at(scenario, {TOLERANCE: values})
    assert design.values[TOLERANCE].tolist() == values
    for item in inputs(scenario):
        if item.key != TOLERANCE:
            assert set(design.values[item.key].tolist()) == {item.spec.mode}


def test_a_scenario_without_uncertain_inputs_is_solved(tiny: Scenario) -> None:
    data = full_data(tiny)
    for path, number in numbers(tiny):
        put(data, path, number.mode)
    data["policies"] = {name: policy for name, policy in data["policies"].items() if name != "deeper_stocks"}
    certain = scenario_from_data(data)
    assert not [item for item in inputs(certain) if item.uncertain]
    found = frame(solved(certain, {TOLERANCE: [100, 1000]}))
    assert found.height == 2 * len(certain.policies)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (
            {"sides.north.tolerence": [1]},
            'no input "sides.north.tolerence" in tiny; did you mean "sides.north.tolerance"?',
        ),
        ({TOLERANCE: [1, math.nan]}, f"row 1, {TOLERANCE}: is nan; allowed: a finite number"),
        ({TOLERANCE: [1, None]}, f"row 1, {TOLERANCE}: is nothing; allowed: a number"),
        ({TOLERANCE: ["many"]}, f"row 0, {TOLERANCE}: is 'many'; allowed: a number"),
        ([{}, {TOLERANCE: -3}], f"row 1, {TOLERANCE}: is -3; allowed: more than 0"),
        ({"crisis.waves_per_rung": [2, 9]}, "row 1, crisis.waves_per_rung: is 9; allowed: 1 to 4"),
        ({TOLERANCE: [1, 2], "war_cost": [0]}, f"columns of different length: {TOLERANCE} has 2, war_cost has 1"),
        ({TOLERANCE: 5}, "for one point give [5]"),
        ({}, "0 points: must be from 1"),
        ([], "0 points: must be from 1"),
        ([3], "row 0 of the points is not a mapping"),
        (3, "points are a frame, a mapping"),
        ({7: [1]}, 'no input "7" in tiny'),
    ],
)
def test_what_cannot_be_solved_is_named(tiny: Scenario, points: Any, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        solved(tiny, points)
    assert words in str(caught.value)


def test_what_a_policy_makes_of_a_value_is_checked_too(tiny: Scenario) -> None:
    factor = "deeper_stocks: sides.north.shield.layers.*.stock"
    words = r"row 1, .*stock \(which makes sides.north.shield.layers.upper.stock under deeper_stocks\): .* at least 0"
    with pytest.raises(UsageError, match=words):
        solved(tiny, {factor: [2.0, -1.0]}, ["deeper_stocks"])
    assert frame(solved(tiny, {factor: [2.0, -1.0]}, ["as_is"])).height == 2  # which knows nothing of the factor


def test_above_the_rung_of_war_a_strike_cannot_be_taken_away() -> None:
    scenario = load_scenario("iran-june-2025")
    with pytest.raises(UsageError, match="above the rung of war"):
        solved(scenario, {"sides.iran.ladder.total_war.effort": [0.0]}, ["as_was"])


def test_an_unknown_policy_is_refused(tiny: Scenario) -> None:
    with pytest.raises(ScenarioError, match="there is no policy 'as_iss'"):
        solved(tiny, [{}], ["as_iss"])
