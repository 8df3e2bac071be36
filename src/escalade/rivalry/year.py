"""The order of a year: planned changes, crises (elsewhere), arming, repair, production, countermeasures, shelter.

In a history units are whole: what is made in parts is finished later. On the
expected path, the years without crises, they are real numbers.
"""

from __future__ import annotations

import math

from escalade.jit import kernel, kernel_inline
from escalade.rivalry.arming import Desk, arm, feared_deaths
from escalade.rivalry.standing import Standing, Works, dress
from escalade.worlds import Reals, World

WHOLE_ENOUGH = 1e-9
"""A unit counts as finished if no more than this of it is missing: cuts and shares leave rounding behind."""


@kernel
def begin_year(world: World, calm: World, year: int, standing: Standing, works: Works) -> None:
    """Planned changes: deliveries arrive, treaty limits come into force. Years after the last planned one have neither.

    year : from 0
    """
    planned = year < world.arm_deliveries.shape[2]
    at = min(year, world.arm_deliveries.shape[2] - 1)
    for i in range(world.sides.shape[0]):
        works.seen[i] = works.spent[i] = 0.0
        for k in range(world.arms.shape[1]):
            if planned:
                standing.stock[i, k] += world.arm_deliveries[i, k, at]
                works.spent[i] += world.arm_deliveries[i, k, at] * world.arms[i, k].unit_cost
            hold_to_limit(world, i, k, world.arm_caps[i, k, at], standing)
        for l in range(world.layers.shape[1]):
            before = standing.interceptors[i, l]
            if planned:
                standing.interceptors[i, l] += world.layer_deliveries[i, l, at]
                standing.shadow[i, l] += calm.layer_deliveries[i, l, at]
                if world.layers[i, l].partner == 0:
                    works.spent[i] += world.layer_deliveries[i, l, at] * world.layers[i, l].unit_cost
            standing.interceptors[i, l] = min(standing.interceptors[i, l], world.layer_caps[i, l, at])
            standing.shadow[i, l] = min(standing.shadow[i, l], calm.layer_caps[i, l, at])
            if standing.interceptors[i, l] > before:
                works.seen[i] = 1.0
    dress(world, calm, standing)


@kernel_inline
def hold_to_limit(world: World, i: int, k: int, cap: float, standing: Standing) -> None:
    """A treaty limit on an arm; where the whole stock can be launched at once it binds launchers too."""
    standing.stock[i, k] = min(standing.stock[i, k], cap)
    if world.arms[i, k].whole_stock:
        standing.limit[i, k] = min(standing.limit[i, k], cap)
        standing.launch[i, k] = min(standing.launch[i, k], cap)


@kernel
def end_year(world: World, calm: World, year: int, whole: bool, standing: Standing, works: Works, desk: Desk) -> None:
    """What follows the crises of a year.

    whole : units are finished one by one (a history), not in real numbers (the expected path)
    """
    arm(world, calm, year, standing, works, desk)
    repair(world, standing)
    produce(world, calm, year, whole, standing, works)
    adapt(world, calm, standing, works)
    build_shelter(world, calm, standing, works, desk)


@kernel
def repair(world: World, standing: Standing) -> None:
    """Lost launchers come back at a constant rate."""
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            missing = standing.limit[i, k] - standing.launch[i, k]
            standing.launch[i, k] += missing * -math.expm1(-world.arms[i, k].repair)


@kernel_inline
def finished(begun: Reals, i: int, n: int, more: float, whole: bool) -> float:
    """Units finished when ``more`` are made, in parts or whole; what is left of a unit stays begun."""
    total = begun[i, n] + more
    if not whole:
        return total
    units = math.floor(total + WHOLE_ENOUGH)
    begun[i, n] = max(0.0, total - units)
    return units


@kernel
def produce(world: World, calm: World, year: int, whole: bool, standing: Standing, works: Works) -> None:
    """Normal production, and the surges that were ordered for this year, up to the treaty limits."""
    at = min(year, world.arm_caps.shape[2] - 1)
    for i in range(world.sides.shape[0]):
        for k in range(world.arms.shape[1]):
            units = finished(works.arms_begun, i, k, works.arms_made[i, k] + works.arms[i, k, year], whole)
            standing.stock[i, k] += units
            if world.arms[i, k].whole_stock:
                standing.limit[i, k] += units
                standing.launch[i, k] += units
            hold_to_limit(world, i, k, world.arm_caps[i, k, at], standing)
        for l in range(world.layers.shape[1]):
            before = standing.interceptors[i, l]
            units = finished(works.layers_begun, i, l, works.layers_made[i, l] + works.layers[i, l, year], whole)
            standing.interceptors[i, l] = min(before + units, world.layer_caps[i, l, at])
            units = finished(works.shadow_begun, i, l, works.shadow_made[i, l] + works.shadow[i, l, year], whole)
            standing.shadow[i, l] = min(standing.shadow[i, l] + units, calm.layer_caps[i, l, at])
            if standing.interceptors[i, l] > before:
                works.seen[i] = 1.0


@kernel
def adapt(world: World, calm: World, standing: Standing, works: Works) -> None:
    """Rivals take from a shield that they have seen grow or at work; they know by how much, its owner does not."""
    for j in range(world.sides.shape[0]):
        if works.seen[j] > 0.0:
            before = standing.truth[j]
            standing.truth[j] = min(0.0, before - world.sides[j].adaptation)
            standing.shadow_truth[j] = min(0.0, standing.shadow_truth[j] - calm.sides[j].adaptation)
            for o in range(world.sides.shape[0]):
                if o != j:
                    standing.beliefs[o, j] += standing.truth[j] - before


@kernel
def build_shelter(world: World, calm: World, standing: Standing, works: Works, desk: Desk) -> None:
    """Shelter grows with the deaths that a side thinks a full strike would cause: the more faith, the less concrete."""
    for j in range(world.sides.shape[0]):
        side, bare = world.sides[j], calm.sides[j]
        worry = 0.0
        if side.build > 0.0 or bare.build > 0.0:
            deaths = feared_deaths(world, j, standing, works, desk)
            worry = max(0.0, 1.0 - side.acceptable / deaths) if deaths > 0.0 else 0.0
        standing.coverage[j] = min(1.0, max(0.0, standing.coverage[j] + side.build * worry - side.decay))
        standing.shadow_coverage[j] = min(1.0, max(0.0, standing.shadow_coverage[j] + bare.build * worry - bare.decay))
