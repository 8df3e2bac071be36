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

from escalade.crisis.forces import CELL, Forces, new_forces
from escalade.crisis.strike import Effects, carry_on, count_downed, load_salvo, strike_effects
from escalade.jit import kernel, kernel_inline
from escalade.raid.planned import Salvo, believed_kill, engagement_kill, new_salvo, planned_raid
from escalade.worlds import Reals, Records, Row, Wholes, World


class Outlook(NamedTuple):
    """What the planners of a crisis assume about both shields; constant during one solution."""

    kill: Reals  # engagement kill probability as believed [2 * observer + owner, l, c]
    works: Reals  # probability that a layer works in a raid [2 * first striker + owner, l]
    memory: Reals  # 1 - saturation neglect [observer, owner]


class Root(NamedTuple):
    """The state from which a crisis is solved."""

    rung: int
    strikes: Wholes  # strikes so far at this rung [side]


class Plan(NamedTuple):
    """A table and the scratch that fills it. ``after`` keeps the forces behind every strike."""

    table: Records  # CELL [observer, first striker, mover, rung, own, other]
    after: Forces  # [observer, mover, own, other, side, ...]
    here: Forces  # forces before the strike at hand [side, ...]
    outlook: Outlook
    salvo: Salvo
    start: Wholes  # counts from which the path of a rung starts [side]


def new_plan(world_arms: int, world_layers: int, classes: int, rungs: int, waves: int) -> Plan:
    """Empty tables for that many arms, layers, threat classes, rungs and strikes per rung."""
    counts = waves + 1
    outlook = Outlook(np.zeros((4, world_layers, classes)), np.zeros((4, world_layers)), np.ones((2, 2)))
    return Plan(
        np.zeros((2, 2, 2, rungs, counts, counts), CELL),
        new_forces(world_arms, world_layers, 2, 2, counts, counts),
        new_forces(world_arms, world_layers),
        outlook,
        new_salvo(world_arms, classes, world_layers),
        np.zeros(2, np.int64),
    )


@kernel
def fill_outlook(
    world: World, ids: Wholes, beliefs: Reals, commitment: Reals, interceptors: Reals, outlook: Outlook
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
                outlook.works[2 * first + j, l] = standing * (joins if commitment[j, l] < 0.0 else commitment[j, l])
            for o in range(2):
                for c in range(world.kill.shape[2]):
                    shot = believed_kill(world.kill[ids[j], l, c], beliefs[o, j], side.sigma)
                    outlook.kill[2 * o + j, l, c] = engagement_kill(shot, layer.shots)
        for o in range(2):
            outlook.memory[o, j] = 1.0 - side.neglect if o == j else 1.0


@kernel_inline
def load_here(here: Forces, source: Forces, o: int, i: int, a: int, b: int) -> None:
    """Copy the forces behind the strike of i from (a, b), as o sees them, into ``here``."""
    for s in range(2):
        for k in range(here.stock.shape[1]):
            here.stock[s, k] = source.stock[o, i, a, b, s, k]
            here.launch[s, k] = source.launch[o, i, a, b, s, k]
        for l in range(here.interceptors.shape[1]):
            here.interceptors[s, l] = source.interceptors[o, i, a, b, s, l]
        here.left[s] = source.left[o, i, a, b, s]


@kernel_inline
def keep(plan: Plan, o: int, i: int, a: int, b: int) -> None:
    """Keep ``plan.here`` as the forces behind the strike of i from (a, b)."""
    here, after = plan.here, plan.after
    for s in range(2):
        for k in range(here.stock.shape[1]):
            after.stock[o, i, a, b, s, k] = here.stock[s, k]
            after.launch[o, i, a, b, s, k] = here.launch[s, k]
        for l in range(here.interceptors.shape[1]):
            after.interceptors[o, i, a, b, s, l] = here.interceptors[s, l]
        after.left[o, i, a, b, s] = here.left[s]


@kernel_inline
def load_today(here: Forces, today: Forces, fresh: bool) -> None:
    """Copy today's forces into ``here``; on a rung above the present one (``fresh``) the objective is whole."""
    for s in range(2):
        for k in range(here.stock.shape[1]):
            here.stock[s, k] = today.stock[s, k]
            here.launch[s, k] = today.launch[s, k]
        for l in range(here.interceptors.shape[1]):
            here.interceptors[s, l] = today.interceptors[s, l]
        here.left[s] = 1.0 if fresh else today.left[s]


@kernel_inline
def arrive(plan: Plan, today: Forces, fresh: bool, start: Wholes, o: int, i: int, a: int, b: int) -> None:
    """Load the forces from which i strikes at counts (a, b) along the alternating path, as o sees them."""
    j = 1 - i
    own, other = a - start[i], b - start[j]
    if own == 0 and other == 0:
        load_today(plan.here, today, fresh)
    elif other >= own:
        load_here(plan.here, plan.after, o, j, b - 1, a)
    else:
        load_here(plan.here, plan.after, o, i, a - 1, b)


@kernel_inline
def raid_here(world: World, ids: Wholes, plan: Plan, o: int, first: int, i: int, t: int) -> Effects:
    """Plan the strike of i at rung t from ``plan.here``, as o expects it."""
    j, here = 1 - i, plan.here
    step = world.steps[ids[i], t]
    load_salvo(step, t, world.arms, ids[i], here.stock, here.launch, i, plan.salvo)
    planned_raid(
        world.arms,
        ids[i],
        world.serving,
        world.layers,
        ids[j],
        plan.outlook.kill,
        2 * o + j,
        plan.outlook.works,
        2 * first + j,
        here.interceptors,
        j,
        step.raids,
        1.0 - plan.outlook.memory[o, j],
        plan.salvo,
    )
    count_downed(world.arms, ids[i], here.stock, i, plan.salvo)
    return strike_effects(step, world.arms, ids[i], world.sides[ids[j]], ids[j], here, i, plan.salvo)


@kernel_inline
def able_at(world: World, ids: Wholes, plan: Plan, i: int, t: int) -> bool:
    """Whether i can launch one whole unit at rung t from ``plan.here``."""
    step = world.steps[ids[i], t]
    return step.effort > 0.0 and load_salvo(
        step, t, world.arms, ids[i], plan.here.stock, plan.here.launch, i, plan.salvo
    )


@kernel_inline
def light_rung(world: World, ids: Wholes, plan: Plan, i: int, t: int) -> int:
    """The next rung below t at which i can strike from ``plan.here``; -1 if there is none."""
    if world.rules.light_replies:
        for lower in range(t - 1, -1, -1):
            if able_at(world, ids, plan, i, lower):
                return lower
    return -1


@kernel_inline
def fill_light(cell: Row, effects: Effects) -> None:
    """Write the effects of a light reply."""
    cell.light_gain, cell.light_losses, cell.light_stopped = effects.gain, effects.losses, effects.stopped
    cell.light_deaths = cell.light_felt = effects.deaths


@kernel_inline
def fill_full(cell: Row, effects: Effects) -> None:
    """Write the effects of a full strike."""
    cell.gain, cell.losses, cell.stopped = effects.gain, effects.losses, effects.stopped
    cell.deaths = cell.felt = effects.deaths


@kernel_inline
def fill_cell(world: World, ids: Wholes, plan: Plan, o: int, first: int, i: int, t: int, a: int, b: int) -> None:
    """One cell from ``plan.here``, which then holds the forces behind the full strike.

    The mover's own cell must come first: it decides what is possible for both.
    """
    cell = plan.table[o, first, i, t, a, b]
    cell.left_own, cell.left_other = plan.here.left[i], plan.here.left[1 - i]
    cell.possible, cell.light = 0, -1
    # A strike that cannot happen does nothing; the table may still hold what an earlier world wrote.
    fill_light(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0))
    fill_full(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0))
    if a >= world.rules.waves:
        return
    if o == i:
        cell.light = light_rung(world, ids, plan, i, t)
        cell.possible = able_at(world, ids, plan, i, t)
    else:
        mover = plan.table[i, first, i, t, a, b]
        cell.possible, cell.light = mover.possible, mover.light
    if cell.light >= 0:
        fill_light(cell, raid_here(world, ids, plan, o, first, i, cell.light))
    if cell.possible:
        effects = raid_here(world, ids, plan, o, first, i, t)
        fill_full(cell, effects)
        carry_on(world.arms, ids[i], ids[1 - i], effects, plan.outlook.memory[o, 1 - i], plan.salvo, plan.here, i)


@kernel
def planning_tables(world: World, ids: Wholes, root: Root, today: Forces, firsts: int, plan: Plan) -> None:
    """Fill ``plan.table`` for all rungs from the root's up.

    world : the world; ids : its sides of the pair [2]
    root : present rung and counts; today : forces now
    firsts : 1 if it does not matter who struck first (the table's first striker is then 0), else 2
    plan.outlook must have been filled by ``fill_outlook``.
    """
    waves = world.rules.waves
    start = plan.start
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
