"""The fast kernels against the readable twin: exact crises, and histories one by one.

Discrete outcomes are equal and reals agree to 1e-12 (relative, or absolute below one).
"""

from __future__ import annotations

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, quantities
from escalade.history.outcomes import columns
from escalade.history.simulate import simulate
from escalade.worlds import World
from tests.verification.worlds_by_hand import RACING, SEVERAL, VARIANTS, bundle, pair_of_worlds
from verification import twin

TOLERANCE = 1e-12
YEARS = 4
SIDES = ["0", "1"]


def assert_same(ours: dict[str, float], theirs: dict[str, float], what: str) -> None:
    """Equal keys; equal values up to rounding."""
    for name, expected in theirs.items():
        got = ours[name]
        assert abs(got - expected) <= TOLERANCE * max(1.0, abs(expected)), (
            f"{what}: {name} is {got!r}, the twin has {expected!r}"
        )


def kernel_history(
    world: World, baseline: World, seed: int, candidate: int, history: int, years: int
) -> dict[str, float]:
    """One history by the kernels, named like the twin's."""
    one = np.array([0])
    row = simulate(bundle(world), bundle(baseline), one, np.array([candidate]), np.array([history]), years, seed)[0]
    sides, pairs = [str(i) for i in range(len(world.sides))], [str(p) for p in range(len(world.pairs))]
    arms = {side: [str(k) for k in range(world.arms.shape[1])] for side in sides}
    layers = {side: [str(l) for l in range(world.layers.shape[1])] for side in sides}
    return dict(zip(columns(sides, arms, layers, pairs), row, strict=True))


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_exact_crisis(name: str) -> None:
    world, baseline = pair_of_worlds(name)
    values = exact_crises(bundle(world), bundle(baseline), np.array([0]), points=13)[0]
    ours = dict(zip(quantities(SIDES, [str(r) for r in range(world.steps.shape[1])]), values, strict=True))
    assert_same(ours, twin.exact_crisis(world, baseline, points=13), name)


@pytest.mark.parametrize("name", [*sorted(VARIANTS), *RACING])
def test_histories(name: str) -> None:
    world, baseline = pair_of_worlds(name)
    for history in range(2):
        ours = kernel_history(world, baseline, 7, 3, history, YEARS)
        assert_same(ours, twin.run(world, baseline, 7, 3, history, YEARS), f"{name}, history {history}")
        bare = kernel_history(baseline, baseline, 7, 3, history, YEARS)
        assert_same(
            bare, twin.run(baseline, baseline, 7, 3, history, YEARS), f"{name} under the baseline, history {history}"
        )


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_exact_crises_of_all_pairs(name: str) -> None:
    """Three sides, hosts: every pair's crisis."""
    world, baseline = pair_of_worlds(name)
    for pair in range(len(world.pairs)):
        values = exact_crises(bundle(world), bundle(baseline), np.array([0]), points=5, pair=pair)[0]
        ours = dict(zip(quantities(SIDES, [str(r) for r in range(world.steps.shape[1])]), values, strict=True))
        assert_same(ours, twin.exact_crisis(world, baseline, points=5, pair=pair), f"{name}, pair {pair}")


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_histories_of_several_sides(name: str) -> None:
    """Three sides, hosts: stocks and beliefs are shared by all pairs of a side, over several years."""
    for world in pair_of_worlds(name):
        for history in range(2):
            ours = kernel_history(world, world, 7, 3, history, YEARS)
            assert_same(ours, twin.run(world, world, 7, 3, history, YEARS), f"{name}, history {history}")


def longer(world: World, years: int) -> World:
    """The same world with more years, in which nothing more is planned."""
    more = [(0, 0), (0, 0), (0, years - world.arm_deliveries.shape[2])]
    planned = {name: np.pad(getattr(world, name), more) for name in ("arm_deliveries", "layer_deliveries")}
    limits = {name: np.pad(getattr(world, name), more, mode="edge") for name in ("arm_caps", "layer_caps")}
    worth = np.pad(world.objectives, [(0, years - world.objectives.shape[0]), (0, 0), (0, 0)], mode="edge")
    return world._replace(**planned, **limits, objectives=worth)


@pytest.mark.verify
@pytest.mark.parametrize("name", ["three_sides", "race_of_three"])
def test_twenty_years_of_three_sides(name: str) -> None:
    """Stocks, orders, beliefs and countermeasures of three sides, carried on over twenty years of crises."""
    world, baseline = (longer(each, 20) for each in pair_of_worlds(name))
    ours = kernel_history(world, baseline, 11, 5, 0, 20)
    assert_same(ours, twin.run(world, baseline, 11, 5, 0, 20), name)
