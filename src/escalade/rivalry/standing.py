"""What changes over the years: forces, beliefs, the condition of shields, shelter, and what is being made.

Arrays are indexed by the world's sides, whatever the pairs. ``shadow`` arrays
belong to the baseline's protection, which meets every salvo of a history on
paper: its interceptors are made under the same decisions, at its own rates.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.jit import kernel
from escalade.worlds import Reals, World


class Standing(NamedTuple):
    """Forces, beliefs, shields and shelter of all sides at a moment."""

    stock: Reals  # [i, k]
    launch: Reals  # [i, k]
    limit: Reals  # launch limits toward which lost launchers are repaired [i, k]
    interceptors: Reals  # [j, l]
    shadow: Reals  # interceptors of the baseline's protection [j, l]
    beliefs: Reals  # [o, j]
    certainty: Reals  # [o, j]
    truth: Reals  # true logit shift of a side's shield [j]
    coverage: Reals  # share of a side's people with shelter [j]
    shadow_truth: Reals  # the same of the baseline's protection
    shadow_coverage: Reals


class Works(NamedTuple):
    """What is being made, and what it costs."""

    arms: Reals  # units ordered by surges, by the year of arrival [i, k, y]
    layers: Reals  # interceptors [j, l, y]
    shadow: Reals
    arms_begun: Reals  # parts of a unit that are under way [i, k]
    layers_begun: Reals
    shadow_begun: Reals
    arms_made: Reals  # of the year at hand, normal production after cuts [i, k]
    layers_made: Reals
    shadow_made: Reals
    seen: Reals  # 1: the shield has grown or has been used in the year at hand [j]
    spent: Reals  # US dollars in the year at hand [i]
    spending: Reals  # US dollars since the beginning [i]


def new_standing(sides: int, arms: int, layers: int, *axes: int) -> Standing:
    """Empty forces and beliefs for that many sides, arms and layers, with the given leading axes."""
    of_arms, of_layers, of_minds, of_sides = (sides, arms), (sides, layers), (sides, sides), (sides,)
    shapes = (of_arms,) * 3 + (of_layers,) * 2 + (of_minds,) * 2 + (of_sides,) * 4
    return Standing(*(np.zeros((*axes, *shape)) for shape in shapes))


def new_works(sides: int, arms: int, layers: int, years: int) -> Works:
    """Nothing on order, for that many years."""
    of_arms, of_layers = (sides, arms), (sides, layers)
    ordered = [np.zeros((*shape, years)) for shape in (of_arms, of_layers, of_layers)]
    begun = [np.zeros(shape) for shape in (of_arms, of_layers, of_layers) * 2]
    return Works(*ordered, *begun, *(np.zeros(sides) for _ in range(3)))


@kernel
def first_day(world: World, calm: World, standing: Standing) -> None:
    """Forces and beliefs with which a history begins."""
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            standing.stock[i, k] = world.arms[i, k].stock
            standing.launch[i, k] = standing.limit[i, k] = world.arms[i, k].launch
        for l in range(world.layers.shape[1]):
            standing.interceptors[i, l] = world.layers[i, l].stock
            standing.shadow[i, l] = calm.layers[i, l].stock
        for o in range(world.sides.shape[0]):
            standing.beliefs[o, i] = world.beliefs[o, i]
            standing.certainty[o, i] = world.sides[o].conviction
        standing.truth[i], standing.coverage[i] = world.sides[i].truth, world.sides[i].coverage
        standing.shadow_truth[i], standing.shadow_coverage[i] = calm.sides[i].truth, calm.sides[i].coverage


@kernel
def empty_works(works: Works) -> None:
    """Nothing is on order yet, and nothing has been spent."""
    for i in range(works.arms.shape[0]):
        for k in range(works.arms.shape[1]):
            works.arms_begun[i, k] = 0.0
            for y in range(works.arms.shape[2]):
                works.arms[i, k, y] = 0.0
        for l in range(works.layers.shape[1]):
            works.layers_begun[i, l] = works.shadow_begun[i, l] = 0.0
            for y in range(works.layers.shape[2]):
                works.layers[i, l, y] = works.shadow[i, l, y] = 0.0
        works.spending[i] = 0.0


@kernel
def dress(world: World, calm: World, standing: Standing) -> None:
    """Show the crises of the year the shields and shelters as they now are.

    ``world.sides`` and ``calm.sides`` must be a history's own copies.
    """
    for i in range(world.sides.shape[0]):
        world.sides[i].truth, world.sides[i].coverage = standing.truth[i], standing.coverage[i]
        calm.sides[i].truth, calm.sides[i].coverage = standing.shadow_truth[i], standing.shadow_coverage[i]
