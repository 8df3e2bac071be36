"""What a year does to the forces of a side: deliveries at its start, repair and production at its end.

``forces`` arrays are indexed by the world's sides, whatever the pairs.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from escalade.jit import kernel
from escalade.worlds import Reals, World


class Standing(NamedTuple):
    """Forces and beliefs of all sides over the years."""

    stock: Reals  # [i, k]
    launch: Reals  # [i, k]
    interceptors: Reals  # [j, l]
    shadow: Reals  # interceptors of the baseline's protection [j, l]
    beliefs: Reals  # [o, j]
    certainty: Reals  # [o, j]


def new_standing(sides: int, arms: int, layers: int) -> Standing:
    """Empty forces and beliefs for that many sides, arms and layers."""
    return Standing(
        np.zeros((sides, arms)),
        np.zeros((sides, arms)),
        np.zeros((sides, layers)),
        np.zeros((sides, layers)),
        np.zeros((sides, sides)),
        np.zeros((sides, sides)),
    )


@kernel
def first_day(world: World, calm: World, standing: Standing) -> None:
    """Forces and beliefs with which a history begins."""
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            standing.stock[i, k] = world.arms[i, k].stock
            standing.launch[i, k] = world.arms[i, k].launch
        for l in range(world.layers.shape[1]):
            standing.interceptors[i, l] = world.layers[i, l].stock
            standing.shadow[i, l] = calm.layers[i, l].stock
        for o in range(world.sides.shape[0]):
            standing.beliefs[o, i] = world.beliefs[o, i]
            standing.certainty[o, i] = world.sides[o].conviction


@kernel
def begin_year(world: World, calm: World, year: int, standing: Standing) -> None:
    """Deliveries that were planned for a year arrive before its crises."""
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            standing.stock[i, k] += world.arm_deliveries[i, k, year]
        for l in range(world.layers.shape[1]):
            standing.interceptors[i, l] += world.layer_deliveries[i, l, year]
            standing.shadow[i, l] += calm.layer_deliveries[i, l, year]


@kernel
def end_year(world: World, calm: World, standing: Standing) -> None:
    """Lost launchers are repaired toward the initial number at a constant rate; normal production is added."""
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            arm = world.arms[i, k]
            standing.launch[i, k] += (arm.launch - standing.launch[i, k]) * -math.expm1(-arm.repair)
            standing.stock[i, k] += arm.production
        for l in range(world.layers.shape[1]):
            standing.interceptors[i, l] += world.layers[i, l].production
            standing.shadow[i, l] += calm.layers[i, l].production
