"""An exchange of strategic forces: one side strikes first, the other answers with what is left.

Both strikes are the planned strikes of a crisis at its highest rung, through both shields. The striker chooses what
share of its hits it aims at the rival's forces; the rest falls on what the rival values, as does the whole answer:
after one strike each there are no forces left worth striking.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from escalade.crisis.exact import forget_commitment, load_forces, pair_beliefs
from escalade.crisis.forces import Forces, new_forces
from escalade.crisis.strike import Effects, carry_on, count_downed, load_salvo, strike_effects
from escalade.crisis.tables import Outlook, fill_outlook, load_today
from escalade.jit import kernel, kernel_allocating, kernel_inline
from escalade.raid.planned import Salvo, new_salvo, planned_raid
from escalade.worlds import STEP, Records, Row, Wholes, World, Worlds, record

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
"""What an exchange comes to. Value is people at risk; both shares are deaths of these."""


class Bench(NamedTuple):
    """Memory for exchanges of one shape."""

    today: Forces
    here: Forces
    outlook: Outlook
    salvo: Salvo
    step: Records  # STEP [1]


def new_bench(worlds: Worlds) -> Bench:
    """Memory for exchanges in worlds of this shape."""
    arms, layers, classes = worlds.arms.shape[2], worlds.layers.shape[2], worlds.kill.shape[3]
    outlook = Outlook(np.zeros((4, layers, classes)), np.zeros((4, layers)), np.ones((2, 2)))
    salvo = new_salvo(arms, classes, layers)
    return Bench(new_forces(arms, layers), new_forces(arms, layers), outlook, salvo, np.zeros(1, STEP))


@kernel_inline
def aim_strike(step: Row, aim: float, aimed: Row) -> None:
    """Write a side's strike into ``aimed``, the share ``aim`` of its hits on forces."""
    aimed.effort, aimed.raids = step.effort, step.raids
    aimed.objective, aimed.need = step.objective, step.need
    aimed.counterforce = aim


@kernel
def strike_once(world: World, ids: Wholes, bench: Bench, o: int, first: int, i: int, t: int, aim: float) -> Effects:
    """A strike of side i of the pair from ``bench.here`` at rung t, as o expects it; ``first`` has struck first."""
    j, step = 1 - i, bench.step[0]
    aim_strike(world.steps[ids[i], t], aim, step)
    load_salvo(step, t, world.arms, ids[i], bench.here.stock, bench.here.launch, i, bench.salvo)
    planned_raid(
        world.arms,
        ids[i],
        world.serving,
        world.layers,
        ids[j],
        bench.outlook.kill,
        2 * o + j,
        bench.outlook.works,
        2 * first + j,
        bench.here.interceptors,
        j,
        step.raids,
        1.0 - bench.outlook.memory[o, j],
        bench.salvo,
    )
    count_downed(world.arms, ids[i], bench.here.stock, i, bench.salvo)
    return strike_effects(step, world.arms, ids[i], world.sides[ids[j]], ids[j], bench.here, i, bench.salvo)


@kernel_inline
def total_hits(salvo: Salvo) -> float:
    """Hits of all arms."""
    hits = 0.0
    for k in range(salvo.flights.shape[0]):
        hits += salvo.flights[k].leakers
    return hits


@kernel
def exchange(world: World, ids: Wholes, bench: Bench, o: int, i: int, t: int, aim: float, out: Row) -> None:
    """Side i strikes first at rung t with the share ``aim`` on forces, the other answers on value; as o expects it.

    out : EXCHANGE
    """
    j = 1 - i
    load_today(bench.here, bench.today, True)
    first = strike_once(world, ids, bench, o, i, i, t, aim)
    out.aim, out.disarmed, out.hits = aim, first.disarmed, total_hits(bench.salvo)
    out.struck = first.deaths / world.sides[ids[j]].people
    carry_on(world.arms, ids[i], ids[j], first, bench.outlook.memory[o, j], bench.salvo, bench.here, i)
    answer = strike_once(world, ids, bench, o, i, j, t, 0.0)
    out.answered = total_hits(bench.salvo)
    out.striker = answer.deaths / world.sides[ids[i]].people


@kernel
def striker_cost(
    world: World,
    ids: Wholes,
    bench: Bench,
    o: int,
    i: int,
    t: int,
    aim: float,
    exponent: float,
    weight: float,
    out: Row,
) -> float:
    """Cost of an exchange to the side that begins it (``escalade.stability.cost``)."""
    exchange(world, ids, bench, o, i, t, aim, out)
    return out.striker**exponent + weight * (1.0 - out.struck**exponent)


@kernel
def best_aim(
    world: World, ids: Wholes, bench: Bench, o: int, i: int, t: int, exponent: float, weight: float, out: Row
) -> float:
    """The aim that costs the striker least; of equal ones that which costs the struck side most: the smallest."""
    at, least = 0, math.inf
    for n in range(AIMS + 1):
        price = striker_cost(world, ids, bench, o, i, t, n / AIMS, exponent, weight, out)
        if price < least:
            at, least = n, price
    low, high = max(0, at - 1) / AIMS, min(AIMS, at + 1) / AIMS
    for _ in range(REFINEMENTS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        one = striker_cost(world, ids, bench, o, i, t, left, exponent, weight, out)
        other = striker_cost(world, ids, bench, o, i, t, right, exponent, weight, out)
        if one <= other:
            high = right
        else:
            low = left
    middle = 0.5 * (low + high)
    price = striker_cost(world, ids, bench, o, i, t, middle, exponent, weight, out)
    return middle if price < least else at / AIMS


@kernel_allocating
def fill_exchanges(
    world: World, ids: Wholes, bench: Bench, t: int, aim: float, exponent: float, weight: float, out: Records
) -> None:
    """All exchanges of a pair: EXCHANGE [observer, who strikes first], with the forces of the first year.

    aim : share of a first strike's hits on forces, or ``BEST_AIM``
    """
    committed = np.ones((2, world.layers.shape[1]))
    forget_commitment(world, ids, committed)
    load_forces(world, ids, bench.today)
    fill_outlook(world, ids, pair_beliefs(world, ids), committed, bench.today.interceptors, bench.outlook)
    for o in range(2):
        for i in range(2):
            chosen = aim
            if aim < 0.0:
                chosen = best_aim(world, ids, bench, o, i, t, exponent, weight, out[o, i])
            exchange(world, ids, bench, o, i, t, chosen, out[o, i])
