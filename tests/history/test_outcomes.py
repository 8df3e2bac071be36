"""Rows of outcomes: their names, their order, and what is kept of padded rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.crisis.journal import new_journal
from escalade.crisis.play import BY_PAIR, BY_SIDE, COUNTS, Tally
from escalade.history.outcomes import PER_PAIR, PER_SIDE, SINGLE, columns, kept, row_width, write_row
from escalade.rivalry.standing import new_standing, new_works
from escalade.worlds import World
from tests.history.cases import histories
from tests.verification import worlds_by_hand as by_hand
from tests.verification.worlds_by_hand import pair_of_worlds

SIDES = ("north", "south")
ARMS = {"north": ["aircraft", "drones"], "south": ["missiles"]}
LAYERS = {"north": ["upper"], "south": []}


def test_names_stand_in_the_order_of_the_tally() -> None:
    """Single numbers, then all numbers of one side after the other, then arms and layers side by side."""
    names = columns(SIDES, ARMS, LAYERS)
    assert names[: len(SINGLE)] == list(SINGLE)
    assert names[len(SINGLE)] == "war_by.north"
    assert names[len(SINGLE) + len(PER_SIDE)] == "war_by.south"
    assert names[len(SINGLE) + 2 * len(PER_SIDE) :] == [
        "fired.north.aircraft",
        "fired.north.drones",
        "fired.south.missiles",
        "interceptors.north.upper",
        "stock_end.north.aircraft",
        "stock_end.north.drones",
        "stock_end.south.missiles",
        "interceptors_end.north.upper",
        "spending.north",
        "spending.south",
    ]


def test_there_is_a_name_for_everything_that_is_tallied() -> None:
    assert len(SINGLE) == COUNTS
    assert len(PER_SIDE) == BY_SIDE
    assert len(PER_PAIR) == BY_PAIR


shapes = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=3)


@given(shapes, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_what_is_kept_has_a_name_and_what_is_padding_has_none(
    shape: list[tuple[int, int]], spare_arms: int, spare_layers: int, pairs: int
) -> None:
    """As many positions as names, in rising order; of each side just as many as it has arms and layers."""
    arms, layers = [count for count, _ in shape], [count for _, count in shape]
    widest = max(arms) + spare_arms, max(layers) + spare_layers
    sides = [str(i) for i in range(len(shape))]
    labels = columns(
        sides,
        {side: [f"arm{k}" for k in range(n)] for side, n in zip(sides, arms, strict=True)},
        {side: [f"layer{l}" for l in range(n)] for side, n in zip(sides, layers, strict=True)},
        [str(p) for p in range(pairs)],
    )
    positions = kept(arms, layers, *widest, pairs)
    assert len(positions) == len(labels) == len(set(labels))
    assert (np.diff(positions) > 0).all()
    assert positions[-1] < row_width(len(shape), *widest, pairs)


@given(shapes)
def test_without_padding_everything_is_kept(shape: list[tuple[int, int]]) -> None:
    longest_arms, longest_layers = (max(counts) for counts in zip(*shape, strict=True))
    full = [longest_arms] * len(shape), [longest_layers] * len(shape)
    width = row_width(len(shape), longest_arms, longest_layers, 2)
    assert kept(*full, longest_arms, longest_layers, 2).tolist() == list(range(width))


def test_a_row_says_under_each_name_what_was_tallied() -> None:
    """Every cell of the tally and of the final forces gets a number of its own, and is found under its name."""
    standing, works = new_standing(2, 2, 1), new_works(2, 2, 1, 1)
    tally = Tally(
        np.arange(COUNTS) + 0.5,
        100.0 + np.arange(2.0 * BY_SIDE).reshape(2, -1),
        700.0 + np.arange(1.0 * BY_PAIR).reshape(1, -1),
        *np.zeros((2, 2, 2)),
        new_journal(0),
    )
    tally = tally._replace(fired=np.array([[200.0, 201.0], [210.0, 211.0]]), used=np.array([[300.0], [310.0]]))
    standing.stock[:] = [[400.0, 401.0], [410.0, 411.0]]
    standing.interceptors[:] = [[500.0], [510.0]]
    works.spending[:] = [600.0, 610.0]
    row = np.full(row_width(2, 2, 1, 1), np.nan)
    write_row(tally, standing, works, row)
    said = dict(zip(columns(SIDES, ARMS, LAYERS, ["p"]), row[kept([2, 1], [1, 0], 2, 1, 1)], strict=True))
    assert [said[name] for name in SINGLE] == (np.arange(COUNTS) + 0.5).tolist()
    for i, side in enumerate(SIDES):
        assert [said[f"{name}.{side}"] for name in PER_SIDE] == (100.0 + i * BY_SIDE + np.arange(BY_SIDE)).tolist()
    assert (said["fired.north.drones"], said["fired.south.missiles"]) == (201, 210)
    assert (said["interceptors.north.upper"], said["interceptors_end.north.upper"]) == (300, 500)
    assert (said["stock_end.north.aircraft"], said["stock_end.south.missiles"]) == (400, 410)
    assert (said["spending.north"], said["spending.south"]) == (600, 610)
    assert [said[f"{name}.p"] for name in PER_PAIR] == [700.0, 701.0]
    assert not np.isnan(row).any()


def padded(world: World, arms: int, layers: int) -> World:
    """The world with that many absent arms and layers behind those that there are."""
    no_arm = by_hand.records(world.arms.dtype, [by_hand.ARM_DEFAULTS | by_hand.ABSENT_ARM])[0]
    no_layer = by_hand.records(world.layers.dtype, [by_hand.LAYER_DEFAULTS | by_hand.ABSENT_LAYER])[0]
    more_arms, more_layers = np.full((2, arms), no_arm), np.full((2, layers), no_layer)
    years, classes = world.arm_deliveries.shape[2], world.kill.shape[2]
    return world._replace(
        arms=np.concatenate([world.arms, more_arms], axis=1),
        layers=np.concatenate([world.layers, more_layers], axis=1),
        kill=np.concatenate([world.kill, np.zeros((2, layers, classes))], axis=1),
        falls=np.concatenate([world.falls, np.zeros((*world.falls.shape[:3], arms))], axis=3),
        arm_deliveries=np.concatenate([world.arm_deliveries, np.zeros((2, arms, years))], axis=1),
        layer_deliveries=np.concatenate([world.layer_deliveries, np.zeros((2, layers, years))], axis=1),
        arm_caps=np.concatenate([world.arm_caps, np.full((2, arms, years), np.inf)], axis=1),
        layer_caps=np.concatenate([world.layer_caps, np.full((2, layers, years), np.inf)], axis=1),
    )


@pytest.mark.parametrize("name", ["plain", "boost", "partner", "scarce"])
@pytest.mark.parametrize(("arms", "layers"), [(1, 0), (0, 2), (2, 1)])
def test_padding_changes_nothing_that_is_kept(name: str, arms: int, layers: int) -> None:
    """Absent arms and layers neither fire nor draw: what has a name is the same, bit for bit."""
    world, baseline = pair_of_worlds(name)
    full = histories(world, baseline, 8)
    more = histories(padded(world, arms, layers), padded(baseline, arms, layers), 8)
    assert set(full) <= set(more)
    for label, values in more.items():
        assert np.array_equal(values, full.get(label, np.zeros(8))), label
