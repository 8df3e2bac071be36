"""The exact crisis: what a crisis leads to, solved and not sampled.

One set of planning tables and one compiled tree serve all stakes. Public stakes
are averaged over a Fibonacci lattice (233 points; the same for all policies),
private resolve over 5 x 5 types, the opener over both sides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from escalade.crisis.forces import Forces, new_forces
from escalade.crisis.forward import WAR_BY, Flow, flow_forward, new_flow, outcome_width
from escalade.crisis.ladder import (
    IF_STRIKING_FIRST,
    IF_STRUCK_FIRST,
    NOBODY,
    OPEN,
    Game,
    Scratch,
    State,
    code,
    compile_ladder,
    new_tree,
)
from escalade.crisis.soil import PAIR_AT, lent, owner_of
from escalade.crisis.solve import TYPES, Solution, new_solution, solve
from escalade.crisis.tables import Plan, Root, fill_outlook, new_plan, planning_tables
from escalade.crisis.tree import Tree
from escalade.jit import kernel, kernel_allocating
from escalade.worlds import Reals, Records, Wholes, World, Worlds

LATTICE_POINTS = 233
"""Fibonacci number of stake points; 377 is the check."""
BLOCK = 16
"""Stake points solved side by side: few enough for the second-level cache, enough for full vectors."""
RESOLVE_QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Probabilities whose normal quantiles are the five types of private resolve."""


def resolve_deviates() -> Reals:
    """Normal deviates of the five types [type]."""
    from statistics import NormalDist

    return np.array([NormalDist().inv_cdf(p) for p in RESOLVE_QUANTILES])


def stake_lattice(points: int) -> Reals:
    """Normal deviates of the two sides' public stakes on a Fibonacci lattice [uid, point].

    points : a Fibonacci number above 2 (each axis takes every (k + 1/2)/points once)
    Source: Niederreiter (1992), Random Number Generation and Quasi-Monte Carlo Methods, section 5.
    """
    from scipy.special import ndtri

    below, number = 1, 2
    while number < points:
        below, number = number, below + number
    if number != points:
        raise ValueError(f"{points} stake points: allowed are the Fibonacci numbers 3, 5, 8, 13, ... 233, 377")
    k = np.arange(points)
    across = np.stack([k, (k * below) % points])
    deviates: Reals = ndtri((across + 0.5) / points)
    return deviates


def quantities(sides: list[str], rungs: list[str], hosted: Sequence[str] = ()) -> list[str]:
    """Names of the columns that ``exact_crises`` returns, for these side and rung ids.

    hosted : sides of the pair of which a strike may kill people of hosts
    """

    def by(name: str, ids: list[str]) -> list[str]:
        return [f"{name}.{each}" for each in ids]

    names = [*by("war_by", sides), "war_foreseen", "war_misjudged", "war_tremble", "war_accident"]
    names += by("first_strike", sides) + by("yield", sides) + by("conceded", sides) + ["stand_off"]
    for name in ("struck", "restrained", "restraint_bought", "strikes"):
        names += by(name, sides)
    names += [f"{'deaths_with_hosts' if side in hosted else 'deaths'}.{side}" for side in sides]
    names += by("reach", rungs) + by("first_strike_rung", rungs)
    yields = [f"end_yield.{side}.{rung}" for side in sides for rung in rungs]
    return ["war", *names, *yields, *by("end_stand_off", rungs), *by("end_settled", rungs)]


class Workspace(NamedTuple):
    """Memory for solving crises of one shape."""

    plan: Plan
    calm_plan: Plan
    tree: Tree
    scratch: Scratch
    solution: Solution
    flow: Flow
    today: Forces
    stakes: Reals  # [side, V or L, lane]


def new_workspace(worlds: Worlds, points: int) -> Workspace:
    """Memory for crises of worlds of this shape, with that many stake points side by side."""
    arms, layers, classes = worlds.arms.shape[2], worlds.layers.shape[2], worlds.kill.shape[3]
    rungs, waves, soils = worlds.steps.shape[2], int(worlds.rules["waves"].max()), worlds.soils.shape[3]
    tree, scratch = new_tree(rungs, waves)
    return Workspace(
        new_plan(arms, layers, classes, rungs, waves, soils),
        new_plan(arms, layers, classes, rungs, waves, soils),
        tree,
        scratch,
        new_solution(len(tree.nodes), len(tree.edges), points),
        new_flow(len(tree.nodes), points),
        new_forces(arms, layers, soils),
        np.zeros((2, 2, TYPES * points)),
    )


@kernel
def load_forces(world: World, ids: Wholes, today: Forces) -> None:
    """The forces with which a world's first year begins, first deliveries included."""
    for s in range(2):
        for k in range(world.arms.shape[1]):
            stock = world.arms[ids[s], k].stock + world.arm_deliveries[ids[s], k, 0]
            today.stock[s, k] = min(stock, world.arm_caps[ids[s], k, 0])
            today.launch[s, k] = world.arms[ids[s], k].launch
        today.left[s] = 1.0
    for place in range(today.interceptors.shape[0]):
        owner = owner_of(world, ids, place)
        for l in range(world.layers.shape[1]):
            if owner >= 0:
                stock = world.layers[owner, l].stock + world.layer_deliveries[owner, l, 0]
                today.interceptors[place, l] = min(stock, world.layer_caps[owner, l, 0])


@kernel
def place_stakes(
    world: World, ids: Wholes, z_low: float, z_high: float, n: int, deviates: Reals, stakes: Reals
) -> None:
    """Stakes of both sides at point n from the normal deviates of the sides with the lower and the higher uid."""
    rules, points = world.rules, stakes.shape[2] // TYPES
    z_high = rules.correlation * z_low + math.sqrt(1.0 - rules.correlation * rules.correlation) * z_high
    for s in range(2):
        low = world.sides[ids[s]].uid < world.sides[ids[1 - s]].uid
        own = world.sides[ids[s]].value * math.exp(rules.stake_spread * (z_low if low else z_high))
        other = world.sides[ids[s]].loss * math.exp(rules.stake_spread * (z_high if low else z_low))
        for t in range(TYPES):
            resolve = math.exp(rules.resolve_spread * deviates[t])
            stakes[s, 0, t * points + n] = own * resolve
            stakes[s, 1, t * points + n] = other * resolve


@kernel
def spread_stakes(world: World, ids: Wholes, lattice: Reals, begin: int, deviates: Reals, stakes: Reals) -> None:
    """Stakes of both sides, v = l' = exp(s z), times each type's resolve, at lattice points from ``begin`` on.

    stakes : [side, V or L, lane]; points beyond the lattice repeat its last one
    """
    points = stakes.shape[2] // TYPES
    for n in range(points):
        at = min(begin + n, lattice.shape[1] - 1)
        place_stakes(world, ids, lattice[0, at], lattice[1, at], n, deviates, stakes)


@kernel
def who_matters(world: World, ids: Wholes, committed: Reals, interceptors: Reals, helped: Wholes) -> tuple[int, int]:
    """Does it matter who struck first? (tables by first striker: 1 or 2; states kept apart: 0 or 1)

    committed : -1 unknown, 0 or 1 [place, l]; interceptors : today's stock [place, l]
    Fills ``helped`` [side]: whose partner layers could still fire if the other side strikes first
    (``IF_STRUCK_FIRST``), if the side itself does (``IF_STRIKING_FIRST``), or both.
    """
    firsts, apart = 1, 0
    helped[0], helped[1] = 0, 0
    for place in range(interceptors.shape[0]):
        owner, s = owner_of(world, ids, place), place % 2
        if owner < 0:
            continue
        for l in range(world.layers.shape[1]):
            layer, ready = world.layers[owner, l], interceptors[place, l]
            if lent(layer, ids[s]) and committed[place, l] != 0.0 and ready - layer.reserve >= layer.shots:
                known = committed[place, l] > 0.0
                helped[s] |= IF_STRUCK_FIRST if known or layer.defends > 0.0 else 0
                helped[s] |= IF_STRIKING_FIRST if known or layer.joins > 0.0 else 0
                if layer.defends != layer.joins and not known:
                    firsts, apart = 2, 1
    for s in range(2):
        if helped[s] and world.sides[ids[s]].leash > 0.0:
            apart = 1
    return firsts, apart


@kernel_allocating
def prior_beliefs(world: World, ids: Wholes) -> Reals:
    """Prior beliefs of all sides about the shields that the pair's strikes meet [world's side index, place]."""
    beliefs = np.zeros((world.sides.shape[0], 2 * world.soils.shape[2]))
    for place in range(beliefs.shape[1]):
        owner = owner_of(world, ids, place)
        if owner >= 0:
            beliefs[:, place] = world.beliefs[:, owner]
    return beliefs


@kernel_allocating
def nothing_known(world: World) -> Reals:
    """Memory for commitments [place, l]; see ``forget_commitment``."""
    return np.ones((2 * world.soils.shape[2], world.layers.shape[1]))


@kernel
def forget_commitment(world: World, ids: Wholes, committed: Reals) -> None:
    """Commitment of layers before the first strike: -1 (unknown) for partners', 1 for one's own [place, l]."""
    for place in range(committed.shape[0]):
        owner = owner_of(world, ids, place)
        for l in range(world.layers.shape[1]):
            committed[place, l] = -1.0 if owner >= 0 and lent(world.layers[owner, l], ids[place % 2]) else 1.0


@kernel_allocating
def prepare(world: World, ids: Wholes, today: Forces, committed: Reals, firsts: int, plan: Plan) -> None:
    """Planning tables of a crisis that has not begun."""
    fill_outlook(world, ids, prior_beliefs(world, ids), committed, today.interceptors, plan.outlook)
    planning_tables(world, ids, Root(0, np.zeros(2, np.int64)), today, firsts, plan)


@kernel_allocating
def opening_weights(world: World, ids: Wholes) -> Reals:
    """Probability that each side of the pair opens [2]; even where the rules name a side that is not of the pair."""
    opener = world.rules.opener
    weights = np.full(2, 0.5)
    for s in range(2):
        if world.sides[ids[s]].uid == opener:
            weights[s], weights[1 - s] = 1.0, 0.0
    return weights


@kernel_allocating
def solve_over_stakes(world: World, ids: Wholes, lattice: Reals, deviates: Reals, space: Workspace, out: Reals) -> None:
    """Average the outcomes of the compiled game over the lattice of public stakes, into ``out``."""
    weights = opening_weights(world, ids)
    out[:] = 0.0
    points = space.stakes.shape[2] // TYPES
    for begin in range(0, lattice.shape[1], points):
        spread_stakes(world, ids, lattice, begin, deviates, space.stakes)
        solve(space.tree, space.stakes, world.rules.precision, space.tree.size[0], space.solution)
        flow_forward(space.tree, weights, space.solution, space.flow, min(points, lattice.shape[1] - begin), out)
    out /= lattice.shape[1]


@kernel_allocating
def first_striker(
    world: World, calm_world: World, ids: Wholes, committed: Reals, today: Forces, helped: Wholes
) -> tuple[int, int]:
    """``who_matters`` in a crisis that has not begun, under the policy's or the baseline's protection.

    Fills ``helped`` under the policy's, and leaves the policy's forces in ``today``.
    """
    load_forces(calm_world, ids, today)
    calm_firsts, calm_apart = who_matters(calm_world, ids, committed, today.interceptors, helped)
    load_forces(world, ids, today)
    firsts, apart = who_matters(world, ids, committed, today.interceptors, helped)
    return max(firsts, calm_firsts), max(apart, calm_apart)


@kernel_allocating
def compile_crisis(
    world: World,
    ids: Wholes,
    tables: tuple[Records, Records],
    helped: Wholes,
    matters: tuple[int, int],
    space: Workspace,
) -> None:
    """The tree of a crisis that has not begun, whoever opens it.

    tables : CELL under the protection at hand and under the baseline's
    helped, matters : see ``who_matters``
    """
    firsts, apart = matters
    game = Game(world, ids, tables[0], tables[1], np.zeros(2, np.int64), helped, np.full(4, -1.0), firsts, apart)
    counts = world.rules.waves + 1
    roots = code(State(0, 0, OPEN, 0, 0, NOBODY), counts), code(State(0, 1, OPEN, 0, 0, NOBODY), counts)
    compile_ladder(space.tree, game, space.scratch, roots)


@kernel_allocating
def set_up(world: World, calm_world: World, ids: Wholes, space: Workspace) -> None:
    """Tables and tree of a crisis between the pair's sides with the forces of the first year.

    ids : see ``crisis.soil``

    world : the world; calm_world : the same with the baseline's protection (for the restraint bought)
    """
    helped, committed = np.zeros(2, np.int64), nothing_known(world)
    forget_commitment(world, ids, committed)
    firsts, apart = first_striker(world, calm_world, ids, committed, space.today, helped)
    prepare(world, ids, space.today, committed, firsts, space.plan)
    load_forces(calm_world, ids, space.today)
    prepare(calm_world, ids, space.today, committed, firsts, space.calm_plan)
    compile_crisis(world, ids, (space.plan.table, space.calm_plan.table), helped, (firsts, apart), space)


@kernel_allocating
def _exact_crises(
    worlds: Worlds,
    calm: Worlds,
    index: Wholes,
    pair: int,
    lattice: Reals,
    deviates: Reals,
    space: Workspace,
    out: Reals,
) -> None:
    ids = np.zeros(4, np.int64)
    for n in range(index.shape[0]):
        w = index[n]
        ids[0], ids[1], ids[PAIR_AT] = worlds.pairs[w, pair].first, worlds.pairs[w, pair].second, pair
        world = World(
            worlds.sides[w],
            worlds.beliefs[w],
            worlds.arms[w],
            worlds.layers[w],
            worlds.kill[w],
            worlds.serving[w],
            worlds.steps[w],
            worlds.rungs[w],
            worlds.rules[w],
            worlds.pairs[w],
            worlds.soils[w],
            worlds.falls[w],
            worlds.needs[w],
            worlds.arm_deliveries[w],
            worlds.layer_deliveries[w],
            worlds.arm_caps[w],
            worlds.layer_caps[w],
            worlds.objectives[w],
        )
        calm_world = World(
            calm.sides[w],
            calm.beliefs[w],
            calm.arms[w],
            calm.layers[w],
            calm.kill[w],
            calm.serving[w],
            calm.steps[w],
            calm.rungs[w],
            calm.rules[w],
            calm.pairs[w],
            calm.soils[w],
            calm.falls[w],
            calm.needs[w],
            calm.arm_deliveries[w],
            calm.layer_deliveries[w],
            calm.arm_caps[w],
            calm.layer_caps[w],
            calm.objectives[w],
        )
        set_up(world, calm_world, ids, space)
        solve_over_stakes(world, ids, lattice, deviates, space, out[n, 1:])
        out[n, 0] = out[n, 1 + WAR_BY] + out[n, 2 + WAR_BY]


PROTECTION = ("coverage", "effect", "sigma", "truth", "neglect", "adaptation", "build", "decay")
"""Fields of SIDE that belong to a side's protection."""


Protected = TypeVar("Protected", World, Worlds)


def with_protection_of(worlds: Protected, baseline: Protected) -> Protected:
    """``worlds`` (one or many) with the shields, shelters and beliefs about them of ``baseline``."""
    sides = worlds.sides.copy()
    for field in PROTECTION:
        sides[field] = baseline.sides[field]
    return worlds._replace(
        sides=sides,
        layers=baseline.layers,
        kill=baseline.kill,
        beliefs=baseline.beliefs,
        layer_deliveries=baseline.layer_deliveries,
        layer_caps=baseline.layer_caps,
    )


def exact_crises(worlds: Worlds, baseline: Worlds, index: Wholes, points: int = LATTICE_POINTS, pair: int = 0) -> Reals:
    """Exact crises of chosen worlds: one row of outcomes a world.

    worlds : under the policy; baseline : the same worlds under the baseline (its protection decides what
        restraint is bought against)
    index : worlds to solve [n]
    points : stake points, a Fibonacci number; pair : whose crisis
    Returns float64 [n, q] with the columns named by ``quantities``: probabilities, or expected numbers per crisis.
    """
    rungs = worlds.steps.shape[2]
    out = np.empty((len(index), 1 + outcome_width(rungs)))
    block = min(BLOCK, points)
    space = new_workspace(worlds, block)
    calm = with_protection_of(worlds, baseline)
    numbers, lattice = np.asarray(index, np.int64), stake_lattice(points)
    _exact_crises(worlds, calm, numbers, pair, lattice, resolve_deviates(), space, out)
    return out
