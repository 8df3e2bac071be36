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
from escalade.crisis.soil import Volley, lent, new_volley, owner_of, raid_on, share_out
from escalade.crisis.strike import Effects, carry_on, count_downed, load_volley, strike_effects
from escalade.jit import kernel, kernel_inline
from escalade.raid.planned import believed_kill, engagement_kill, planned_raid
from escalade.worlds import Reals, Records, Row, Wholes, World


class Outlook(NamedTuple):
    """What the planners of a crisis assume about the shields; constant during one solution.

    P is the number of places, two without hosts (``crisis.soil``).
    """

    kill: Reals  # engagement kill probability as believed [P * observer + place, l, c]
    works: Reals  # probability that a layer works in a raid [P * first striker + place, l]
    memory: Reals  # 1 - saturation neglect [observer, struck side]


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
    volley: Volley
    start: Wholes  # counts from which the path of a rung starts [side]


def new_plan(arms: int, layers: int, classes: int, rungs: int, waves: int, soils: int) -> Plan:
    """Empty tables for that many arms, layers, threat classes, rungs, strikes per rung and soils of a side."""
    counts = waves + 1
    outlook = Outlook(np.zeros((4 * soils, layers, classes)), np.zeros((4 * soils, layers)), np.ones((2, 2)))
    return Plan(
        np.zeros((2, 2, 2, rungs, counts, counts), CELL),
        new_forces(arms, layers, soils, 2, 2, counts, counts),
        new_forces(arms, layers, soils),
        outlook,
        new_volley(soils, arms, classes, layers),
        np.zeros(2, np.int64),
    )


@kernel
def fill_outlook(
    world: World, ids: Wholes, beliefs: Reals, commitment: Reals, interceptors: Reals, outlook: Outlook
) -> None:
    """Kill probabilities and working probabilities as planners see them today.

    ids : of the pair, see ``crisis.soil``
    beliefs : believed logit shift of the shield at a place [world's side index of the observer, place]
    commitment : -1 unknown, else 0 or 1 [place, l]
    interceptors : today's stock [place, l]; a layer that could not engage once does not exist for planners,
        however much they neglect saturation
    """
    places = interceptors.shape[0]
    for place in range(places):
        owner, s = owner_of(world, ids, place), place % 2
        if owner < 0:
            continue
        for l in range(world.layers.shape[1]):
            layer = world.layers[owner, l]
            standing = layer.availability if interceptors[place, l] - layer.reserve >= layer.shots else 0.0
            for first in range(2):
                joins = layer.joins if first == s else layer.defends
                joins = joins if lent(layer, ids[s]) else 1.0
                known = commitment[place, l]
                outlook.works[places * first + place, l] = standing * (joins if known < 0.0 else known)
        for o in range(2):
            believe(world, owner, beliefs[ids[o], place], places * o + place, outlook.kill)
    for o in range(2):
        for s in range(2):
            outlook.memory[o, s] = 1.0 - world.sides[ids[s]].neglect if o == s else 1.0


@kernel_inline
def believe(world: World, owner: int, shift: float, row: int, kill: Reals) -> None:
    """Kill probabilities of the layers on the soil of ``owner`` under a believed logit shift, into kill [row, l, c]."""
    for l in range(world.layers.shape[1]):
        for c in range(world.kill.shape[2]):
            shot = believed_kill(world.kill[owner, l, c], shift, world.sides[owner].sigma)
            kill[row, l, c] = engagement_kill(shot, world.layers[owner, l].shots)


@kernel_inline
def load_here(here: Forces, source: Forces, o: int, i: int, a: int, b: int) -> None:
    """Copy the forces behind the strike of i from (a, b), as o sees them, into ``here``."""
    for s in range(2):
        for k in range(here.stock.shape[1]):
            here.stock[s, k] = source.stock[o, i, a, b, s, k]
            here.launch[s, k] = source.launch[o, i, a, b, s, k]
        here.left[s] = source.left[o, i, a, b, s]
    for place in range(here.interceptors.shape[0]):
        for l in range(here.interceptors.shape[1]):
            here.interceptors[place, l] = source.interceptors[o, i, a, b, place, l]


@kernel_inline
def keep(plan: Plan, o: int, i: int, a: int, b: int) -> None:
    """Keep ``plan.here`` as the forces behind the strike of i from (a, b)."""
    here, after = plan.here, plan.after
    for s in range(2):
        for k in range(here.stock.shape[1]):
            after.stock[o, i, a, b, s, k] = here.stock[s, k]
            after.launch[o, i, a, b, s, k] = here.launch[s, k]
        after.left[o, i, a, b, s] = here.left[s]
    for place in range(here.interceptors.shape[0]):
        for l in range(here.interceptors.shape[1]):
            after.interceptors[o, i, a, b, place, l] = here.interceptors[place, l]


@kernel_inline
def load_today(here: Forces, today: Forces, fresh: bool) -> None:
    """Copy today's forces into ``here``; on a rung above the present one (``fresh``) the objective is whole."""
    for s in range(2):
        for k in range(here.stock.shape[1]):
            here.stock[s, k] = today.stock[s, k]
            here.launch[s, k] = today.launch[s, k]
        here.left[s] = 1.0 if fresh else today.left[s]
    for place in range(here.interceptors.shape[0]):
        for l in range(here.interceptors.shape[1]):
            here.interceptors[place, l] = today.interceptors[place, l]


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
    here, places = plan.here, plan.here.interceptors.shape[0]
    load_volley(world, ids, i, t, here.stock, here.launch, plan.volley)
    share_out(world, ids, i, False, plan.volley)
    for h in range(world.soils.shape[2]):
        place = 2 * h + 1 - i
        owner = owner_of(world, ids, place)
        if owner >= 0:
            planned_raid(
                world.arms,
                ids[i],
                world.serving,
                world.layers,
                owner,
                plan.outlook.kill,
                places * o + place,
                plan.outlook.works,
                places * first + place,
                here.interceptors,
                place,
                world.steps[ids[i], t].raids,
                1.0 - plan.outlook.memory[o, 1 - i],
                raid_on(plan.volley, h),
            )
    count_downed(world, ids, i, here.stock, plan.volley)
    return strike_effects(world, world.sides, ids, i, t, here, plan.volley)


@kernel_inline
def able_at(world: World, ids: Wholes, plan: Plan, i: int, t: int) -> bool:
    """Whether i can launch one whole unit at rung t from ``plan.here``."""
    able = load_volley(world, ids, i, t, plan.here.stock, plan.here.launch, plan.volley)
    return able and world.steps[ids[i], t].effort > 0.0


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
    cell.light_deaths = effects.deaths
    cell.light_toll = cell.light_felt = effects.toll


@kernel_inline
def fill_full(cell: Row, effects: Effects) -> None:
    """Write the effects of a full strike."""
    cell.gain, cell.losses, cell.stopped = effects.gain, effects.losses, effects.stopped
    cell.deaths = effects.deaths
    cell.toll = cell.felt = effects.toll


@kernel_inline
def fill_cell(world: World, ids: Wholes, plan: Plan, o: int, first: int, i: int, t: int, a: int, b: int) -> None:
    """One cell from ``plan.here``, which then holds the forces behind the full strike.

    The mover's own cell must come first: it decides what is possible for both.
    """
    cell = plan.table[o, first, i, t, a, b]
    cell.left_own, cell.left_other = plan.here.left[i], plan.here.left[1 - i]
    cell.possible, cell.light = 0, -1
    # A strike that cannot happen does nothing; the table may still hold what an earlier world wrote.
    fill_light(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    fill_full(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
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
        carry_on(world, ids, i, effects, plan.outlook.memory[o, 1 - i], plan.volley, plan.here)


@kernel
def planning_tables(world: World, ids: Wholes, root: Root, today: Forces, firsts: int, plan: Plan) -> None:
    """Fill ``plan.table`` for all rungs from the root's up.

    world : the world; ids : of the pair, see ``crisis.soil``
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
