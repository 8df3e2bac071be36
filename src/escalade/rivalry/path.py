"""The expected path: the years without crises and without windows, in real numbers, world by world.

It is what everybody can foresee: schedules, normal production, arming, treaty
limits, countermeasures, shelter; beliefs move with countermeasures only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.jit import kernel
from escalade.rivalry.arming import Desk, new_desk
from escalade.rivalry.standing import Standing, Works, empty_works, first_day, new_standing, new_works
from escalade.rivalry.year import begin_year, end_year
from escalade.worlds import Reals, Wholes, World, Worlds, world_at


class Path(NamedTuple):
    """The expected path of some worlds."""

    standing: Standing  # as each year begins, after planned changes, leading axes [n, y]
    arms_made: Reals  # units made in each year, surges that come due included [n, y, i, k]
    layers_made: Reals  # interceptors [n, y, j, l]
    spent: Reals  # US dollars in each year [n, y, i]


@kernel
def copy_standing_of(path: Standing, n: int, y: int, target: Standing) -> None:
    """Copy the standing of world n in year y out of a path [n, y, ...]."""
    for i in range(target.stock.shape[0]):
        for k in range(target.stock.shape[1]):
            target.stock[i, k], target.launch[i, k] = path.stock[n, y, i, k], path.launch[n, y, i, k]
            target.limit[i, k] = path.limit[n, y, i, k]
        for l in range(target.interceptors.shape[1]):
            target.interceptors[i, l], target.shadow[i, l] = path.interceptors[n, y, i, l], path.shadow[n, y, i, l]
        for o in range(target.beliefs.shape[0]):
            target.beliefs[o, i], target.certainty[o, i] = path.beliefs[n, y, o, i], path.certainty[n, y, o, i]
        target.truth[i], target.coverage[i] = path.truth[n, y, i], path.coverage[n, y, i]
        target.shadow_truth[i] = path.shadow_truth[n, y, i]
        target.shadow_coverage[i] = path.shadow_coverage[n, y, i]


@kernel
def keep_standing(source: Standing, target: Standing, y: int) -> None:
    """Copy a standing into place y of a course of years [y, ...]."""
    for i in range(source.stock.shape[0]):
        for k in range(source.stock.shape[1]):
            target.stock[y, i, k], target.launch[y, i, k] = source.stock[i, k], source.launch[i, k]
            target.limit[y, i, k] = source.limit[i, k]
        for l in range(source.interceptors.shape[1]):
            target.interceptors[y, i, l], target.shadow[y, i, l] = source.interceptors[i, l], source.shadow[i, l]
        for o in range(source.beliefs.shape[0]):
            target.beliefs[y, o, i], target.certainty[y, o, i] = source.beliefs[o, i], source.certainty[o, i]
        target.truth[y, i], target.coverage[y, i] = source.truth[i], source.coverage[i]
        target.shadow_truth[y, i], target.shadow_coverage[y, i] = source.shadow_truth[i], source.shadow_coverage[i]


@kernel
def walk(world: World, calm: World, years: int, standing: Standing, works: Works, desk: Desk, path: Path) -> None:
    """The years of one world without crises, into ``path`` (without its axis n).

    ``world.sides`` and ``calm.sides`` must be copies: their shields and shelters change.
    """
    first_day(world, calm, standing)
    empty_works(works)
    for year in range(years):
        begin_year(world, calm, year, standing, works)
        keep_standing(standing, path.standing, year)
        end_year(world, calm, year, False, standing, works, desk)
        for i in range(world.sides.shape[0]):
            path.spent[year, i] = works.spent[i]
            for k in range(world.arms.shape[1]):
                path.arms_made[year, i, k] = works.arms_made[i, k] + works.arms[i, k, year]
            for l in range(world.layers.shape[1]):
                path.layers_made[year, i, l] = works.layers_made[i, l] + works.layers[i, l, year]


def expected_paths(worlds: Worlds, calm: Worlds, index: Wholes, years: int) -> Path:
    """The expected path of chosen worlds over that many years, which may be more than the scenario's.

    worlds : under the policy; calm : the same worlds with the baseline's protection
    index : worlds [n]
    """
    shape = worlds.sides.shape[1], worlds.arms.shape[2], worlds.layers.shape[2]
    sides, arms, layers = shape
    standing, works = new_standing(*shape), new_works(*shape, years)
    desk = new_desk(*shape, worlds.kill.shape[3], worlds.soils.shape[3])
    axes = len(index), years
    path = Path(
        new_standing(*shape, *axes),
        np.zeros((*axes, sides, arms)),
        np.zeros((*axes, sides, layers)),
        np.zeros((*axes, sides)),
    )
    for n, w in enumerate(index):
        here = Path(Standing(*(each[n] for each in path.standing)), *(each[n] for each in path[1:]))
        walk(_own(worlds, w), _own(calm, w), years, standing, works, desk, here)
    return path


def _own(worlds: Worlds, w: int) -> World:
    """One world with sides of its own."""
    return world_at(worlds, w)._replace(sides=worlds.sides[w].copy())


def in_year_of(worlds: Worlds, index: Wholes, path: Path, year: int) -> Worlds:
    """Chosen worlds whose first year is that year (from 0) of their expected path.

    Later deliveries are not moved: the result is for crises of that one year. ``need``,
    the yardstick of success, stays that of the initial forces.
    """
    here = Standing(*(each[:, year] for each in path.standing))
    picked = Worlds._make(part[index] for part in worlds)
    sides, arms, layers = picked.sides.copy(), picked.arms.copy(), picked.layers.copy()
    sides["truth"], sides["coverage"] = here.truth, here.coverage
    arms["stock"], arms["launch"], layers["stock"] = here.stock, here.launch, here.interceptors
    arm_deliveries, layer_deliveries = picked.arm_deliveries.copy(), picked.layer_deliveries.copy()
    arm_deliveries[..., 0] = layer_deliveries[..., 0] = 0.0
    arm_caps, layer_caps = picked.arm_caps.copy(), picked.layer_caps.copy()
    arm_caps[..., 0] = layer_caps[..., 0] = np.inf
    return picked._replace(
        sides=sides,
        beliefs=here.beliefs.copy(),
        arms=arms,
        layers=layers,
        arm_deliveries=arm_deliveries,
        layer_deliveries=layer_deliveries,
        arm_caps=arm_caps,
        layer_caps=layer_caps,
    )
