"""Reasons of an effect: parts add up, ratios are divided like everywhere, worlds are counted by their copies."""

import numpy as np
import pytest

from escalade.analysis.shapley import shapley
from escalade.analysis.why import OTHER, PARTS, REASONS, Combinations, explain
from escalade.errors import EscaladeError
from tests.analysis.cases import CRISIS_COLUMNS, QUANTITIES

WORLDS = 6


def combinations(seed=0, copies=(1, 2, 1, 3, 1, 1), **columns):
    """Random values between 0.1 and 0.9; columns may be given whole [world, combination]."""
    luck = np.random.default_rng(seed)
    combined = luck.uniform(0.1, 0.9, (WORLDS, 2 ** len(REASONS), len(CRISIS_COLUMNS)))
    for name, values in columns.items():
        combined[:, :, CRISIS_COLUMNS.index(name.replace("_", "."))] = values
    base = luck.uniform(0.1, 0.9, (WORLDS, len(CRISIS_COLUMNS)))
    return Combinations(CRISIS_COLUMNS, np.arange(WORLDS) * 7, np.array(copies), combined, base)


def explained(found, name="war", **options):
    return explain(found, QUANTITIES[name], policy="shield", baseline="none", **options)


@pytest.mark.parametrize("name", ["war", "deaths.a", "restraint", "restraint.a"])
def test_parts_add_up_to_the_whole(name):
    found = combinations()
    why = explained(found, name)
    assert sum(part.mean for part in why.parts.values()) == pytest.approx(why.whole, abs=1e-12)
    values = QUANTITIES[name].crisis
    top = found.combined[:, -1, [CRISIS_COLUMNS.index(c) for c in values.numerator]].sum(axis=1)
    if not values.denominator:
        base = found.baseline[:, [CRISIS_COLUMNS.index(c) for c in values.numerator]].sum(axis=1)
        assert why.by_world.sum(axis=0) == pytest.approx(top - base, abs=1e-12)


def test_of_a_sum_the_mean_part_is_the_mean_of_the_parts():
    found = combinations()
    why = explained(found)
    for k, name in enumerate(PARTS):
        assert why.parts[name].mean == pytest.approx(np.average(why.by_world[k], weights=found.copies), abs=1e-12)


def test_of_a_ratio_the_ratio_of_the_means_is_divided():
    found = combinations()
    why = explained(found, "restraint")
    top, bottom = (
        sum(np.average(found.combined[:, :, CRISIS_COLUMNS.index(f"{name}.{side}")], axis=0, weights=found.copies)
            for side in "ab")
        for name in ("restrained", "struck")
    )  # fmt: skip
    assert [why.parts[name].mean for name in REASONS] == pytest.approx(shapley(top / bottom), abs=1e-12)


def test_a_doubled_world_weighs_as_two():
    found = combinations(copies=(2, 1, 1, 1, 1, 1))
    rows = [0, 0, 1, 2, 3, 4, 5]
    listed = Combinations(
        found.columns, found.worlds[rows], np.ones(7, dtype=int), found.combined[rows], found.baseline[rows]
    )
    one, other = explained(found), explained(listed)
    for name in PARTS:
        assert one.parts[name].mean == pytest.approx(other.parts[name].mean, abs=1e-14)
        assert one.parts[name].worlds.low == other.parts[name].worlds.low
        assert one.parts[name].largest == pytest.approx(other.parts[name].largest, abs=1e-14)
    assert one.drawn == other.drawn == 7


def test_the_largest_part_of_each_world_is_counted():
    """One reason works in each world, twice as much in the second; in the last it stays below the margin."""
    war = np.zeros((WORLDS, 32))
    sizes = [0.1, -0.2, 0.1, 0.1, 0.1, 0.001]
    for w, size in enumerate(sizes):
        war[w] = size * (np.arange(32) >> min(w, 4) & 1)
    found = combinations(copies=(1, 1, 1, 1, 1, 5), war=war)
    found.baseline[:, CRISIS_COLUMNS.index("war")] = 0.0
    why = explained(found, margin=0.01)
    assert [why.parts[name].largest for name in REASONS] == [0.1] * 5
    assert why.none_largest == 0.5
    assert why.parts[OTHER].mean == why.parts[OTHER].largest == 0.0
    assert why.parts["impunity"].worlds.low == pytest.approx(-0.2)


def test_worlds_without_a_value_are_left_out_of_the_spread():
    struck = np.full((WORLDS, 32), 0.5)
    struck[2] = 0.0
    found = combinations(struck_a=struck, restrained_a=np.where(struck > 0, 0.25, 0.0))
    why = explained(found, "restraint.a")
    assert np.isnan(why.by_world[:, 2]).all()
    assert why.parts["denial"].worlds.high == 0.0
    assert np.isfinite(why.whole)


@pytest.mark.parametrize("name", ["wars", "stand_off"])
def test_what_is_not_known_per_crisis_is_refused(name):
    with pytest.raises(EscaladeError, match="not computed per crisis"):
        explained(combinations(), name)
