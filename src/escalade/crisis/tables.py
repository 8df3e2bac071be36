"""Planning tables: what every strike of a crisis would do, as each side expects it.

For strikes at rung t from counts (a own, b of the other's) the forces left are
those along the alternating path: what is left after the other's strike from
(b - 1, a) if b >= a, else after one's own from (a - 1, b). The tables do not
depend on what is at stake: one set serves every crisis and every stake until
forces or beliefs change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.forces import CELL, Forces, new_forces
from escalade.crisis.strike import carry_on, count_downed, load_salvo, strike_effects
from escalade.jit import kernel
from escalade.raid.planned import Salvo, believed_kill, engagement_kill, new_salvo, planned_raid
from escalade.worlds import World


class Outlook(NamedTuple):
    """What the planners of a crisis assume about both shields; constant during one solution."""

    kill: NDArray[np.float64]  # engagement kill probability as believed [observer, owner, l, c]
    works: NDArray[np.float64]  # probability that a layer works in a raid [first striker, owner, l]
    memory: NDArray[np.float64]  # 1 - saturation neglect [observer, owner]


class Root(NamedTuple):
    """The state from which a crisis is solved."""

    rung: int
    strikes: NDArray[np.int64]  # strikes so far at this rung [side]


class Plan(NamedTuple):
    """A table and the scratch that fills it. ``after`` keeps the forces behind every strike."""

    table: NDArray[np.void]  # CELL [observer, first striker, mover, rung, own, other]
    after: Forces  # [observer, mover, own, other, side, ...]
    here: Forces  # forces before the strike at hand [side, ...]
    outlook: Outlook
    salvo: Salvo


def new_plan(world_arms: int, world_layers: int, classes: int, rungs: int, waves: int) -> Plan:
    """Empty tables for that many arms, layers, threat classes, rungs and strikes per rung."""
    counts = waves + 1
    outlook = Outlook(np.zeros((2, 2, world_layers, classes)), np.zeros((2, 2, world_layers)), np.ones((2, 2)))
    return Plan(
        np.zeros((2, 2, 2, rungs, counts, counts), CELL),
        new_forces(world_arms, world_layers, 2, 2, counts, counts),
        new_forces(world_arms, world_layers),
        outlook,
        new_salvo(world_arms, classes, world_layers),
    )


@kernel
def fill_outlook(
    world: World, ids: NDArray[np.int64], beliefs: NDArray[np.float64], commitment: NDArray[np.float64],
    interceptors: NDArray[np.float64], outlook: Outlook,
) -> None:
    """Kill probabilities and working probabilities as planners see them today.

    ids : world's side index of the pair's sides [2]
    beliefs : believed logit shift [observer, owner] (pair's sides)
    commitment : per owner and layer: -1 unknown, else 0 or 1 [owner, l]
    interceptors : today's stock [owner, l]; a layer that could not engage once does not exist for planners,
        however much they neglect saturation
    """
    for j in range(2):
        side = world.sides[ids[j]]
        for l in range(world.layers.shape[1]):
            layer = world.layers[ids[j], l]
            standing = layer.availability if interceptors[j, l] - layer.reserve >= layer.shots else 0.0
            for first in range(2):
                joins = layer.joins if first == j else layer.defends
                joins = joins if layer.partner > 0 else 1.0
                outlook.works[first, j, l] = standing * (joins if commitment[j, l] < 0.0 else commitment[j, l])
            for o in range(2):
                for c in range(world.kill.shape[2]):
                    shot = believed_kill(world.kill[ids[j], l, c], beliefs[o, j], side.sigma)
                    outlook.kill[o, j, l, c] = engagement_kill(shot, layer.shots)
        for o in range(2):
            outlook.memory[o, j] = 1.0 - side.neglect if o == j else 1.0


@kernel
def load_here(here: Forces, source: Forces, o: int, i: int, a: int, b: int) -> None:
    """Copy the forces behind the strike of i from (a, b), as o sees them, into ``here``."""
    here.stock[:] = source.stock[o, i, a, b]
    here.launch[:] = source.launch[o, i, a, b]
    here.interceptors[:] = source.interceptors[o, i, a, b]
    here.left[:] = source.left[o, i, a, b]


@kernel
def load_today(here: Forces, today: Forces, fresh: bool) -> None:
    """Copy today's forces into ``here``; on a rung above the present one (``fresh``) the objective is whole."""
    here.stock[:] = today.stock
    here.launch[:] = today.launch
    here.interceptors[:] = today.interceptors
    if fresh:
        here.left[:] = 1.0
    else:
        here.left[:] = today.left


@kernel
def arrive(plan: Plan, today: Forces, fresh: bool, start: NDArray[np.int64], o: int, i: int, a: int, b: int) -> None:
    """Load the forces from which i strikes at counts (a, b) along the alternating path, as o sees them."""
    j = 1 - i
    own, other = a - start[i], b - start[j]
    if own == 0 and other == 0:
        load_today(plan.here, today, fresh)
    elif other >= own:
        load_here(plan.here, plan.after, o, j, b - 1, a)
    else:
        load_here(plan.here, plan.after, o, i, a - 1, b)


@kernel
def raid_here(world: World, ids: NDArray[np.int64], plan: Plan, o: int, first: int, i: int, t: int) -> bool:
    """Plan the strike of i at rung t from ``plan.here`` as o expects it; True if i could launch a whole unit."""
    j = 1 - i
    step, arms, salvo, here = world.steps[ids[i], t], world.arms[ids[i]], plan.salvo, plan.here
    possible = load_salvo(step, t, arms, here.stock[i], here.launch[i], salvo)
    planned_raid(
        arms, world.serving[ids[i]], world.layers[ids[j]], plan.outlook.kill[o, j], plan.outlook.works[first, j],
        here.interceptors[j], step.raids, 1.0 - plan.outlook.memory[o, j], salvo,
    )
    count_downed(arms, here.stock[i], salvo)
    return possible


@kernel
def fill_light(world: World, ids: NDArray[np.int64], plan: Plan, o: int, first: int, i: int, rung: int, t: int, cell: np.void) -> None:
    """Effects of the light reply: the strike of rung t, fought at ``rung``, from ``plan.here``."""
    j = 1 - i
    raid_here(world, ids, plan, o, first, i, t)
    effects = strike_effects(
        world.steps[ids[i], t], world.arms[ids[i]], world.sides[ids[j]], world.arms[ids[j]], plan.here.launch[j], plan.here.left[i], plan.salvo
    )
    cell.light_gain = effects.gain
    cell.light_deaths = effects.deaths
    cell.light_felt = effects.deaths
    cell.light_losses = effects.losses
    cell.light_stopped = effects.stopped


@kernel
def light_rung(world: World, ids: NDArray[np.int64], plan: Plan, i: int, t: int) -> int:
    """The next rung below t at which i can strike from ``plan.here``; -1 if there is none."""
    if not world.rules.light_replies:
        return -1
    for lower in range(t - 1, -1, -1):
        step = world.steps[ids[i], lower]
        if step.effort > 0.0 and load_salvo(step, lower, world.arms[ids[i]], plan.here.stock[i], plan.here.launch[i], plan.salvo):
            return lower
    return -1


@kernel
def fill_full(world: World, ids: NDArray[np.int64], plan: Plan, o: int, first: int, i: int, t: int, cell: np.void) -> None:
    """Effects of the full strike of i at rung t from ``plan.here``; ``plan.here`` then holds the forces behind it."""
    j = 1 - i
    arms, targets = world.arms[ids[i]], world.arms[ids[j]]
    effects = strike_effects(world.steps[ids[i], t], arms, world.sides[ids[j]], targets, plan.here.launch[j], plan.here.left[i], plan.salvo)
    cell.gain = effects.gain
    cell.deaths = effects.deaths
    cell.felt = effects.deaths
    cell.losses = effects.losses
    cell.stopped = effects.stopped
    carry_on(i, j, arms, targets, effects, plan.outlook.memory[o, j], plan.salvo, plan.here)


@kernel
def fill_cell(world: World, ids: NDArray[np.int64], plan: Plan, o: int, first: int, i: int, t: int, a: int, b: int) -> None:
    """One cell from ``plan.here``. The mover's own cell must come first: it decides what is possible for both."""
    cell = plan.table[o, first, i, t, a, b]
    cell.left_own, cell.left_other = plan.here.left[i], plan.here.left[1 - i]
    if a >= world.rules.waves:
        cell.possible, cell.light = 0, -1
        return
    if o == i:
        cell.light = light_rung(world, ids, plan, i, t)
        cell.possible = 0
        if world.steps[ids[i], t].effort > 0.0:
            cell.possible = load_salvo(
                world.steps[ids[i], t], t, world.arms[ids[i]], plan.here.stock[i], plan.here.launch[i], plan.salvo
            )
    else:
        mover = plan.table[i, first, i, t, a, b]
        cell.possible, cell.light = mover.possible, mover.light
    if cell.light >= 0:
        fill_light(world, ids, plan, o, first, i, t, cell.light, cell)
    if cell.possible:
        raid_here(world, ids, plan, o, first, i, t)
        fill_full(world, ids, plan, o, first, i, t, cell)


@kernel
def keep(plan: Plan, o: int, i: int, a: int, b: int) -> None:
    """Keep ``plan.here`` as the forces behind the strike of i from (a, b)."""
    plan.after.stock[o, i, a, b] = plan.here.stock
    plan.after.launch[o, i, a, b] = plan.here.launch
    plan.after.interceptors[o, i, a, b] = plan.here.interceptors
    plan.after.left[o, i, a, b] = plan.here.left


@kernel
def planning_tables(world: World, ids: NDArray[np.int64], root: Root, today: Forces, firsts: int, plan: Plan) -> None:
    """Fill ``plan.table`` for all rungs from the root's up.

    world : the world; ids : its sides of the pair [2]
    root : present rung and counts; today : forces now
    firsts : 1 if it does not matter who struck first (the table's first striker is then 0), else 2
    plan.outlook must have been filled by ``fill_outlook``.
    """
    waves = world.rules.waves
    start = np.zeros(2, np.int64)
    for t in range(root.rung, world.steps.shape[1]):
        fresh = t > root.rung
        for s in range(2):
            start[s] = 0 if fresh else root.strikes[s]
        for first in range(firsts):
            for total in range(start[0] + start[1], 2 * waves + 1):
                for i in range(2):
                    for a in range(max(start[i], total - waves), min(waves, total - start[1 - i]) + 1):
                        for at in range(2):
                            o = i if at == 0 else 1 - i
                            arrive(plan, today, fresh, start, o, i, a, total - a)
                            fill_cell(world, ids, plan, o, first, i, t, a, total - a)
                            keep(plan, o, i, a, total - a)
