"""Planning tables in which a strike meets one protection and destroys what another lets through.

A strike does two kinds of things. It wins, kills and loses crews: that is what
the striker and the struck side count. And it destroys means on the ground: that
decides what the struck side can still do. To tell the two apart, every strike
of these tables is flown twice from the same forces, through two protections
that each use up their own interceptors. Where both are the same, the tables
are those of ``crisis.tables``.
"""

from __future__ import annotations

from typing import NamedTuple

from escalade.crisis.exact import (
    Workspace,
    compile_crisis,
    first_striker,
    forget_commitment,
    load_forces,
    new_workspace,
    nothing_known,
    prepare,
    prior_beliefs,
    solve_over_stakes,
)
from escalade.crisis.forces import Forces, new_forces
from escalade.crisis.forward import WAR_BY
from escalade.crisis.strike import Effects, carry_on
from escalade.crisis.tables import Plan, arrive, fill_full, fill_light, fill_outlook, keep, new_plan, raid_here
from escalade.jit import kernel, kernel_allocating, kernel_inline
from escalade.worlds import Reals, Records, Wholes, World, Worlds


class Bench(NamedTuple):
    """Memory for tables that part what strikes meet from what they destroy.

    ``space.plan`` and ``space.today`` belong to the protection that strikes meet,
    ``ground`` and ``today`` to the one that decides what they destroy.
    """

    space: Workspace
    ground: Plan
    today: Forces


def new_bench(worlds: Worlds, points: int) -> Bench:
    """Memory for worlds of this shape, with that many stake points side by side."""
    arms, layers, classes = worlds.arms.shape[2], worlds.layers.shape[2], worlds.kill.shape[3]
    rungs, waves, soils = worlds.steps.shape[2], int(worlds.rules["waves"].max()), worlds.soils.shape[3]
    plan, forces = new_plan(arms, layers, classes, rungs, waves, soils), new_forces(arms, layers, soils)
    return Bench(new_workspace(worlds, points), plan, forces)


@kernel_inline
def fill_parted(
    met: World, ground: World, ids: Wholes, bench: Bench, o: int, first: int, i: int, t: int, a: int, b: int
) -> None:
    """One cell and the forces behind it; what is possible stands in the table of ``bench.ground`` already."""
    plan, j = bench.space.plan, 1 - i
    cell, known = plan.table[o, first, i, t, a, b], bench.ground.table[o, first, i, t, a, b]
    cell.left_own, cell.left_other = plan.here.left[i], plan.here.left[j]
    cell.possible, cell.light = known.possible, known.light
    fill_light(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    fill_full(cell, Effects(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    if cell.light >= 0:
        fill_light(cell, raid_here(met, ids, plan, o, first, i, cell.light))
    if cell.possible:
        effects = raid_here(met, ids, plan, o, first, i, t)
        fill_full(cell, effects)
        destroyed = raid_here(ground, ids, bench.ground, o, first, i, t).disarmed
        both = Effects(effects.gain, effects.deaths, effects.toll, effects.losses, effects.stopped, destroyed)
        for k in range(met.arms.shape[1]):  # the same units fly: lost are those that the protection met shoots down
            bench.ground.volley.downed[k] = plan.volley.downed[k]
        carry_on(met, ids, i, both, plan.outlook.memory[o, j], plan.volley, plan.here)
        carry_on(met, ids, i, both, bench.ground.outlook.memory[o, j], bench.ground.volley, bench.ground.here)


@kernel
def parted_tables(met: World, ground: World, ids: Wholes, firsts: int, bench: Bench) -> None:
    """Fill the table of ``bench.space.plan`` for a crisis that has not begun.

    met, ground : the world with the protection that strikes meet, and with the one that decides what they destroy
    firsts : 1 if it does not matter who struck first, else 2
    Both outlooks, today's forces and the table of ``bench.ground`` must have been filled.
    """
    plan, waves = bench.space.plan, met.rules.waves
    start = plan.start
    start[0], start[1] = 0, 0
    for t in range(met.steps.shape[1]):
        for first in range(firsts):
            for total in range(2 * waves + 1):
                for i in range(2):
                    for a in range(max(0, total - waves), min(waves, total) + 1):
                        for o in range(2):
                            b = total - a
                            arrive(plan, bench.space.today, t > 0, start, o, i, a, b)
                            arrive(bench.ground, bench.today, t > 0, start, o, i, a, b)
                            fill_parted(met, ground, ids, bench, o, first, i, t, a, b)
                            keep(plan, o, i, a, b)
                            keep(bench.ground, o, i, a, b)


@kernel_allocating
def matters_under_both(world: World, calm_world: World, ids: Wholes, helped: Wholes, bench: Bench) -> tuple[int, int]:
    """``first_striker`` of a world, and of the same world with the baseline's protection."""
    committed = nothing_known(world)
    forget_commitment(world, ids, committed)
    return first_striker(world, calm_world, ids, committed, bench.today, helped)


@kernel_allocating
def fill_tables(met: World, ground: World, ids: Wholes, firsts: int, bench: Bench) -> None:
    """Two tables: with the protection of ``ground`` for everything, and with strikes that meet that of ``met``.

    The first is left in ``bench.ground.table``, the second in ``bench.space.plan.table``.
    """
    plan, today = bench.space.plan, bench.space.today
    committed = nothing_known(met)
    forget_commitment(ground, ids, committed)
    load_forces(ground, ids, bench.today)
    prepare(ground, ids, bench.today, committed, firsts, bench.ground)
    forget_commitment(met, ids, committed)
    load_forces(met, ids, today)
    fill_outlook(met, ids, prior_beliefs(met, ids), committed, today.interceptors, plan.outlook)
    parted_tables(met, ground, ids, firsts, bench)


@kernel_allocating
def solve_table(
    world: World,
    ids: Wholes,
    tables: tuple[Records, Records],
    helped: Wholes,
    matters: tuple[int, int],
    lattice: Reals,
    deviates: Reals,
    space: Workspace,
    out: Reals,
) -> None:
    """The exact crisis of a world with given tables (its own, and the baseline's), into ``out`` (``quantities``)."""
    compile_crisis(world, ids, tables, helped, matters, space)
    solve_over_stakes(world, ids, lattice, deviates, space, out[1:])
    out[0] = out[1 + WAR_BY] + out[2 + WAR_BY]
