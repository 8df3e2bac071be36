"""Which worlds are drawn: evenly, repeatably, and the same whatever policies there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.ensemble.design import Design, draw, modes, sobol, strata, to_inputs_table
from escalade.errors import UsageError
from escalade.scenario import inputs
from escalade.scenario.numbers import Pert
from tests.ensemble.cases import tiny, tiny_with

SEEDS = st.integers(0, 2**63 - 1)
FACTOR = "deeper_stocks: sides.north.shield.layers.*.stock"


def strata_hit(points: np.ndarray) -> np.ndarray:
    """How many of as many equal strata as there are points each coordinate has a point in."""
    return np.array([np.unique(np.floor(column * len(points))).size for column in points.T])


def same(one: Design, other: Design) -> bool:
    """Whether two designs agree bit for bit on every input that both have."""
    shared = one.values.keys() & other.values.keys()
    return all(np.array_equal(one.values[key], other.values[key]) for key in shared)


# --- points -------------------------------------------------------------------------------------------------------


@given(power=st.integers(0, 9), coordinates=st.integers(1, 60), seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_every_stratum_of_every_coordinate_has_one_point(power: int, coordinates: int, seed: int) -> None:
    points = sobol(2**power, coordinates, seed)
    assert points.shape == (2**power, coordinates)
    assert points.min() > 0
    assert points.max() < 1
    assert np.all(strata_hit(points) == 2**power)


@given(seed=SEEDS, stride=st.sampled_from([2, 4, 8, 16]), data=st.data())
@settings(max_examples=20, deadline=None)
def test_an_evenly_thinned_design_is_as_even(seed: int, stride: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, stride - 1))
    thinned = sobol(512, 40, seed)[start::stride]
    assert np.all(strata_hit(thinned) == len(thinned))


def test_pairs_of_coordinates_fill_the_square_when_thinned() -> None:
    from scipy.stats import qmc

    thinned = sobol(1024, 6, seed=3)[3::8]
    at_random = np.random.default_rng(0).random(thinned.shape)
    assert qmc.discrepancy(thinned) < 0.2 * qmc.discrepancy(at_random)


def test_no_coordinates_are_an_empty_design() -> None:
    assert sobol(8, 0, seed=0).shape == (8, 0)


@given(power=st.integers(0, 9), seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_strata_have_one_point_each(power: int, seed: int) -> None:
    points = strata(2**power, seed, "a")
    assert strata_hit(points[:, None])[0] == 2**power
    assert points.min() >= 0
    assert points.max() < 1


def test_strata_of_two_names_or_seeds_are_strangers() -> None:
    points = np.stack([strata(1024, 0, "a"), strata(1024, 0, "b"), strata(1024, 1, "a"), strata(1024, 2**32, "a")])
    correlation = np.corrcoef(points) - np.eye(4)
    assert np.abs(correlation).max() < 4 / np.sqrt(1024)


# --- designs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("candidates", [0, -4, 3, 1000, 2**21])
def test_candidates_must_be_a_power_of_two(candidates: int) -> None:
    with pytest.raises(UsageError, match="power of two"):
        draw(tiny(), candidates, seed=0)


def test_the_error_names_powers_of_two_nearby() -> None:
    with pytest.raises(UsageError, match="512 or 1024"):
        draw(tiny(), 1000, seed=0)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(UsageError, match="seed"):
        draw(tiny(), 4, seed)


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_a_seed_gives_the_same_worlds_again_and_another_gives_others(seed: int) -> None:
    design = draw(tiny(), 16, seed)
    again = draw(tiny(), 16, seed)
    assert same(design, again)
    assert not same(design, draw(tiny(), 16, seed ^ 2))


def test_every_input_has_a_value_within_its_limits_in_every_world() -> None:
    design = draw(tiny(), 256, seed=1)
    for item in inputs(tiny()):
        values = design.values[item.key]
        assert values.shape == (256,)
        assert values.min() >= item.spec.low
        assert values.max() <= item.spec.high
        assert (item.key in design.uncertain) == (np.unique(values).size > 1)


def test_means_are_those_of_the_distributions() -> None:
    """A stratified sample of n points of a monotone function errs by less than its range over n."""
    design = draw(tiny(), 1024, seed=2)
    for item in inputs(tiny()):
        if isinstance(item.spec, Pert):
            expected = (item.spec.low + 4 * item.spec.mode + item.spec.high) / 6
            assert abs(design.values[item.key].mean() - expected) < (item.spec.high - item.spec.low) / 1024, item.key


def test_inputs_are_drawn_apart() -> None:
    design = draw(tiny(), 1024, seed=4)
    table = np.stack(list(to_inputs_table(design).values()))
    ranks = table.argsort(axis=1).argsort(axis=1)
    correlation = np.corrcoef(ranks) - np.eye(len(ranks))
    assert np.abs(correlation).max() < 5 / np.sqrt(1024)


def test_one_change_of_many_places_is_one_draw() -> None:
    assert [key for key in draw(tiny(), 4, seed=0).uncertain if key.startswith("deeper_stocks")] == [FACTOR]


def tie(data: dict[str, Any]) -> None:
    """Draw both tolerances together, and two changes of two policies."""
    for side in data["sides"].values():
        side["tolerance"]["together"] = "tolerance"
    for policy, high in (("deeper_stocks", 4), ("more_shelter", 2)):
        change = {"times": {"low": 1, "mode": 1.5, "high": high, "together": "growth"}}
        data["policies"][policy]["changes"]["sides.south.arms.missiles.stock"] = change


def test_what_is_drawn_together_has_one_rank_in_ranges_of_its_own() -> None:
    design = draw(tiny_with(tie), 64, seed=9)
    for one, other in (
        ("sides.north.tolerance", "sides.south.tolerance"),
        ("deeper_stocks: sides.south.arms.missiles.stock", "more_shelter: sides.south.arms.missiles.stock"),
    ):
        assert np.array_equal(design.values[one].argsort(), design.values[other].argsort())
        assert not np.array_equal(design.values[one], design.values[other])


def test_what_policies_draw_together_does_not_depend_on_who_else_does() -> None:
    def tie_without_one(data: dict[str, Any]) -> None:
        tie(data)
        del data["policies"]["deeper_stocks"]

    assert same(draw(tiny_with(tie), 64, seed=9), draw(tiny_with(tie_without_one), 64, seed=9))


def reorder(data: dict[str, Any]) -> None:
    data["policies"] = dict(reversed(data["policies"].items()))


def remove(data: dict[str, Any]) -> None:
    del data["policies"]["deeper_stocks"]
    del data["policies"]["more_shelter"]


def add(data: dict[str, Any]) -> None:
    changes = {"sides.south.arms.missiles.stock": {"times": {"low": 0.5, "mode": 1, "high": 2}}}
    data["policies"]["arms_race"] = {"name": "Arms race", "changes": changes}


@pytest.mark.parametrize("edit", [reorder, remove, add])
def test_other_policies_change_no_draw(edit: Callable[[dict[str, Any]], None]) -> None:
    design, edited = draw(tiny(), 64, seed=5), draw(tiny_with(edit), 64, seed=5)
    assert same(design, edited)
    assert set(design.uncertain) - set(edited.uncertain) == ({FACTOR} if edit is remove else set())
    base = [key for key in design.uncertain if ": " not in key]
    assert [key for key in edited.uncertain if ": " not in key] == base


def test_the_order_of_the_sides_changes_no_draw() -> None:
    mirrored = tiny_with(lambda data: data.update(sides=dict(reversed(data["sides"].items()))))
    assert same(draw(tiny(), 64, seed=6), draw(mirrored, 64, seed=6))


def test_a_scenario_under_a_policy_has_the_design_of_the_whole() -> None:
    assert same(draw(tiny(), 16, seed=7), draw(tiny().policy("deeper_stocks"), 16, seed=7))


def test_modes_are_one_world_of_most_likely_values() -> None:
    design = modes(tiny())
    assert design.candidates == 1
    assert design.seed is None
    assert design.values["sides.north.tolerance"] == [400]
    assert design.values["sides.north.calm"] == [0.3]  # the middle of an even range
    assert design.values["sides.north.saturation_neglect"] == [0.2]  # the first of the alternatives
    assert design.values[FACTOR] == [2]
    assert design.uncertain == draw(tiny(), 1, seed=0).uncertain


def test_table_has_what_was_drawn_and_nothing_else() -> None:
    design = draw(tiny(), 8, seed=8)
    table = to_inputs_table(design)
    assert tuple(table) == design.uncertain
    assert "sides.north.tolerance" in table
    assert "sides.north.leash" not in table  # certain
    assert table["sides.north.tolerance"] is design.values["sides.north.tolerance"]


def test_like_itself_a_design_is_itself() -> None:
    assert same(draw(tiny(), 32, 5), draw(tiny(), 32, 5, like=tiny()))
