"""On whose soil the strikes of a crisis fall, and whose layers stand there.

Kernels get the sides of a crisis as ``ids``: the world's indices of its sides 0
and 1, the number of the pair, and whether side 0 is the pair's second (planners
of the years between always sit on side 0). A side that is struck has
soils: its own, or those of its hosts. Each has people, shelter and a shield of
its own. A *place* counts the soils of both sides: place ``2 * h + s`` is soil h
of side s, so that without hosts a place is a side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.jit import kernel_inline
from escalade.raid.planned import FLIGHT, SWARM, Salvo
from escalade.worlds import Reals, Records, Row, Wholes, World

PAIR_AT, TURNED_AT = 2, 3
"""Where ``ids`` holds the number of the pair, and 1 if its sides are exchanged."""


class Volley(NamedTuple):
    """Scratch of a strike: one raid on each soil, and what they come to together."""

    flights: Records  # FLIGHT [h, k]
    swarms: Records  # SWARM [h, c]
    used: Reals  # interceptors used [h, l]
    launched: Reals  # units of the whole strike [k]
    downed: Reals  # reusable units lost, on all soils [k]


def new_volley(soils: int, arms: int, classes: int, layers: int) -> Volley:
    """Empty scratch for strikes that fall on so many soils, with that many arms, threat classes and layers."""
    return Volley(
        np.zeros((soils, arms), FLIGHT),
        np.zeros((soils, classes), SWARM),
        np.zeros((soils, layers)),
        np.zeros(arms),
        np.zeros(arms),
    )


def meeting(pairs: Records, pair: int) -> Wholes:
    """``ids`` of a pair. ``pairs`` : PAIR [p]"""
    return np.array([pairs[pair]["first"], pairs[pair]["second"], pair, 0], np.int64)


@kernel_inline
def seat(ids: Wholes, s: int) -> int:
    """Which side of its pair side s of the crisis is."""
    return 1 - s if ids[TURNED_AT] else s


@kernel_inline
def raid_on(volley: Volley, h: int) -> Salvo:
    """The raid on soil h."""
    return Salvo(volley.flights[h], volley.swarms[h], volley.used[h])


@kernel_inline
def owner_of(world: World, ids: Wholes, place: int) -> int:
    """World's index of the side whose soil a place is; -1 where there is none."""
    return world.soils[ids[PAIR_AT], seat(ids, place % 2), place // 2].side


@kernel_inline
def lent(layer: Row, side: int) -> bool:
    """Whether a layer belongs to a partner that may stay away from the crises of a side; its own layers it sends."""
    return layer.partner > 0 and layer.sender != side


@kernel_inline
def bears(world: World, ids: Wholes, i: int, k: int) -> bool:
    """Whether arm k of side i of the pair can be used against the other at all."""
    reaching = 0
    for h in range(world.soils.shape[2]):
        reaching += world.falls[ids[PAIR_AT], seat(ids, 1 - i), h, k] > 0.0
    return reaching > 0


@kernel_inline
def share_out(world: World, ids: Wholes, i: int, whole: bool, volley: Volley) -> None:
    """Send the units launched by side i of the pair to the soils of the other, if ``whole`` in whole units."""
    for k in range(volley.launched.shape[0]):
        rest = volley.launched[k]
        for h in range(world.soils.shape[2]):
            part = rest * world.falls[ids[PAIR_AT], seat(ids, 1 - i), h, k]
            if whole:
                part = np.floor(part + 0.5)
            volley.flights[h, k].launched = part
            rest -= part
