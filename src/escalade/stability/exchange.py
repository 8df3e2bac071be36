"""An exchange of strategic forces: one side strikes first, the other answers with what is left.

Both strikes are the planned strikes of a crisis at its highest rung, through both shields. The striker chooses what
share of its hits it aims at the rival's forces; the rest falls on what the rival values, as does the whole answer:
after one strike each there are no forces left worth striking.
"""

from __future__ import annotations

import math

from escalade.crisis.exact import forget_commitment, load_forces, nothing_known, prior_beliefs
from escalade.crisis.forces import Forces, new_forces
from escalade.crisis.soil import Volley
from escalade.crisis.strike import Effects, carry_on
from escalade.crisis.tables import Plan, fill_outlook, load_today, new_plan, raid_here
from escalade.jit import kernel, kernel_allocating, kernel_inline
from escalade.worlds import Records, Row, Wholes, World, Worlds, record

BEST_AIM = -1.0
"""Stands for the aim that costs the striker least."""

AIMS = 20
"""Steps of the grid on which the best aim is looked for first."""

REFINEMENTS = 36
"""Steps of the golden section between neighbours of the best point: the aim is then right to about 1e-8."""

GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0

EXCHANGE = record(
    {
        "aim": "f8",  # share of the first strike's hits aimed at the rival's forces
        "disarmed": "f8",  # share of the struck side's exposed launchers destroyed
        "hits": "f8",  # hits of the first strike, those on forces too
        "answered": "f8",  # hits of the answer
        "struck": "f8",  # share of the struck side's value destroyed
        "striker": "f8",  # share of the striker's value destroyed by the answer
    }
)
"""What an exchange comes to. Value is people at risk; shares are deaths of these, a host's by care."""


def new_bench(worlds: Worlds) -> tuple[Plan, Forces]:
    """Memory for exchanges in worlds of this shape: a planner's, and today's forces."""
    soils, arms, layers = worlds.soils.shape[3], worlds.arms.shape[2], worlds.layers.shape[2]
    plan = new_plan(arms, layers, worlds.kill.shape[3], 1, 0, soils)
    return plan, new_forces(arms, layers, soils)


@kernel_inline
def total_hits(volley: Volley) -> float:
    """Hits of all arms on all soils."""
    hits = 0.0
    for h in range(volley.flights.shape[0]):
        for k in range(volley.flights.shape[1]):
            hits += volley.flights[h, k].leakers
    return hits


@kernel
def strike(world: World, ids: Wholes, plan: Plan, o: int, first: int, i: int, t: int, aim: float) -> Effects:
    """A strike of side i of the pair from ``plan.here`` at rung t, as o expects it; ``first`` has struck first.

    aim : share of its hits on the rival's forces; it is written into the world's ``steps``
    """
    world.steps[ids[i], t].counterforce = aim
    return raid_here(world, ids, plan, o, first, i, t)


@kernel
def exchange(
    world: World, ids: Wholes, plan: Plan, today: Forces, o: int, i: int, t: int, aim: float, out: Row
) -> None:
    """Side i strikes first at rung t with the share ``aim`` on forces, the other answers on value; as o expects it.

    world : its ``steps`` are written to: the aims of both strikes
    out : EXCHANGE
    """
    j = 1 - i
    load_today(plan.here, today, True)
    first = strike(world, ids, plan, o, i, i, t, aim)
    out.aim, out.disarmed, out.hits = aim, first.disarmed, total_hits(plan.volley)
    out.struck = min(1.0, first.toll / world.sides[ids[j]].people)
    carry_on(world, ids, i, first, plan.outlook.memory[o, j], plan.volley, plan.here)
    answer = strike(world, ids, plan, o, i, j, t, 0.0)
    out.answered = total_hits(plan.volley)
    out.striker = min(1.0, answer.toll / world.sides[ids[i]].people)


@kernel
def striker_cost(
    world: World,
    ids: Wholes,
    plan: Plan,
    today: Forces,
    o: int,
    i: int,
    t: int,
    aim: float,
    exponent: float,
    weight: float,
    out: Row,
) -> float:
    """Cost of an exchange to the side that begins it (``escalade.stability.cost``)."""
    exchange(world, ids, plan, today, o, i, t, aim, out)
    return out.striker**exponent + weight * (1.0 - out.struck**exponent)


@kernel
def best_aim(
    world: World,
    ids: Wholes,
    plan: Plan,
    today: Forces,
    o: int,
    i: int,
    t: int,
    exponent: float,
    weight: float,
    out: Row,
) -> float:
    """The aim that costs the striker least; of equal ones that which costs the struck side most: the smallest."""
    at, least = 0, math.inf
    for n in range(AIMS + 1):
        price = striker_cost(world, ids, plan, today, o, i, t, n / AIMS, exponent, weight, out)
        if price < least:
            at, least = n, price
    low, high = max(0, at - 1) / AIMS, min(AIMS, at + 1) / AIMS
    for _ in range(REFINEMENTS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        one = striker_cost(world, ids, plan, today, o, i, t, left, exponent, weight, out)
        other = striker_cost(world, ids, plan, today, o, i, t, right, exponent, weight, out)
        if one <= other:
            high = right
        else:
            low = left
    middle = 0.5 * (low + high)
    price = striker_cost(world, ids, plan, today, o, i, t, middle, exponent, weight, out)
    return middle if price < least else at / AIMS


@kernel_allocating
def fill_exchanges(
    world: World,
    ids: Wholes,
    plan: Plan,
    today: Forces,
    t: int,
    aim: float,
    exponent: float,
    weight: float,
    out: Records,
) -> None:
    """The exchanges of a pair: EXCHANGE [observer, who strikes first], with the forces of the first year.

    out : as many observers as there are rows for

    aim : share of a first strike's hits on forces, or ``BEST_AIM``
    """
    committed = nothing_known(world)
    forget_commitment(world, ids, committed)
    load_forces(world, ids, today)
    fill_outlook(world, ids, prior_beliefs(world, ids), committed, today.interceptors, plan.outlook)
    for o in range(out.shape[0]):
        for i in range(2):
            chosen = aim
            if aim < 0.0:
                chosen = best_aim(world, ids, plan, today, o, i, t, exponent, weight, out[o, i])
            exchange(world, ids, plan, today, o, i, t, chosen, out[o, i])
