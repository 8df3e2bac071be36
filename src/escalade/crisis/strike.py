"""A planned or simulated strike: what it wins, whom it kills, what it destroys and costs."""

from __future__ import annotations

import math
from typing import NamedTuple

from escalade.crisis.forces import Forces
from escalade.crisis.soil import PAIR_AT, Volley, bears, seat
from escalade.jit import kernel_inline
from escalade.raid.planned import planned_launch
from escalade.worlds import Reals, Records, Wholes, World


class Effects(NamedTuple):
    """What one strike does."""

    gain: float  # share of the striker's objective attained
    deaths: float  # on all soils of the struck side
    toll: float  # the same as they count for the struck side: those of a host's people by its care for them
    losses: float  # crews of the striker lost with intercepted reusable units
    stopped: float  # share of the threatening objects stopped
    disarmed: float  # z: share of the exposed launchers destroyed


@kernel_inline
def load_volley(world: World, ids: Wholes, i: int, rung: int, stock: Reals, launch: Reals, volley: Volley) -> bool:
    """Write the units that a strike of side i would launch into ``volley``; True if at least one whole unit can go.

    ids : see ``crisis.soil``; stock, launch : forces of the pair's sides [side, k]
    """
    step, possible = world.steps[ids[i], rung], False
    for k in range(world.arms.shape[1]):
        arm = world.arms[ids[i], k]
        out = 0.0
        if arm.low <= rung <= arm.high and bears(world, ids, i, k):
            out = planned_launch(step.effort, step.raids, arm.reusable, stock[i, k], launch[i, k])
        volley.launched[k] = out
        possible = possible or out >= 1.0
    return possible


@kernel_inline
def count_downed(world: World, ids: Wholes, i: int, stock: Reals, volley: Volley) -> None:
    """Reusable units expected to be shot down, never more than there are."""
    for k in range(world.arms.shape[1]):
        arm = world.arms[ids[i], k]
        volley.downed[k] = 0.0
        for h in range(world.soils.shape[2]):
            flight = volley.flights[h, k]
            flight.downed = 0.0
            if arm.reusable and world.soils[ids[PAIR_AT], seat(ids, 1 - i), h].side >= 0:
                lost = flight.launched * arm.reliability * (1.0 - volley.swarms[h, arm.cls].kept)
                flight.downed = min(stock[i, k] - volley.downed[k], lost)
            volley.downed[k] += flight.downed


@kernel_inline
def fatalities(exposed: float, people: float) -> float:
    """Deaths when ``exposed`` would die if people were endless; never more than ``people`` (count; inf: linear)."""
    if math.isinf(people):
        return exposed
    return people * -math.expm1(-exposed / people)


@kernel_inline
def share_stopped(world: World, ids: Wholes, j: int, volley: Volley) -> float:
    """Share of the threatening arrivals that did not get through; 0 if nothing threatening arrived."""
    arrived, through = 0.0, 0.0
    for h in range(world.soils.shape[2]):
        if world.soils[ids[PAIR_AT], seat(ids, j), h].side >= 0:
            for c in range(volley.swarms.shape[1]):
                arrived += volley.swarms[h, c].arrived
                through += volley.swarms[h, c].threatening
    return 1.0 - through / arrived if arrived > 0.0 else 0.0


@kernel_inline
def disarmed_share(hits: float, arms: Records, j: int, launch: Reals, s: int) -> float:
    """Share of the exposed launchers of side j destroyed; ``hits`` in launch units against plentiful targets."""
    exposed = 0.0
    for k in range(arms.shape[1]):
        exposed += launch[s, k] * arms[j, k].exposed_launchers
    return -math.expm1(-hits / exposed) if exposed > 0.0 else 0.0


@kernel_inline
def deaths_on(world: World, sides: Records, ids: Wholes, i: int, rung: int, h: int, volley: Volley) -> float:
    """Deaths on soil h of the side that side i of the pair strikes. ``sides`` : SIDE whose shelter holds"""
    harm, people = 0.0, sides[world.soils[ids[PAIR_AT], seat(ids, 1 - i), h].side]
    for k in range(world.arms.shape[1]):
        harm += volley.flights[h, k].leakers * world.arms[ids[i], k].deaths
    spared = 1.0 - people.coverage * people.effect
    return fatalities(harm * (1.0 - world.steps[ids[i], rung].counterforce) * spared, people.people)


@kernel_inline
def strike_effects(
    world: World, sides: Records, ids: Wholes, i: int, rung: int, forces: Forces, volley: Volley
) -> Effects:
    """Effects of the raids in ``volley``, a strike of side i of the pair at a rung.

    sides : SIDE whose shelter holds, the world's or those of the baseline's protection
    forces : of the pair's sides before the strike
    Disarming hits are aimed at the struck side's own means, wherever they fall.
    """
    step, need = world.steps[ids[i], rung], world.needs[ids[PAIR_AT], seat(ids, i), rung]
    deaths, toll, worth, aimed, losses = 0.0, 0.0, 0.0, 0.0, 0.0
    for h in range(world.soils.shape[2]):
        soil = world.soils[ids[PAIR_AT], seat(ids, 1 - i), h]
        if soil.side < 0:
            continue
        dead = deaths_on(world, sides, ids, i, rung, h, volley)
        deaths += dead
        toll += soil.care * dead
        for k in range(world.arms.shape[1]):
            arm, hits = world.arms[ids[i], k], volley.flights[h, k].leakers
            worth += hits * arm.value
            aimed += hits * arm.counterforce
            losses += arm.crew * volley.flights[h, k].downed
    reached = min(1.0, worth / need) if need > 0.0 else 0.0
    disarmed = disarmed_share(aimed * step.counterforce, world.arms, ids[1 - i], forces.launch, 1 - i)
    gain = step.objective * reached * forces.left[i]
    return Effects(gain, deaths, toll, losses, share_stopped(world, ids, 1 - i, volley), disarmed)


@kernel_inline
def carry_on(world: World, ids: Wholes, i: int, effects: Effects, memory: float, volley: Volley, after: Forces) -> None:
    """Take what the strike of side i of the pair used and destroyed out of ``after``.

    memory : weight of the interceptors used (1 - saturation neglect of the planner)
    """
    for k in range(world.arms.shape[1]):
        spent = volley.downed[k] if world.arms[ids[i], k].reusable else volley.launched[k]
        after.stock[i, k] = max(0.0, after.stock[i, k] - spent)
        after.launch[1 - i, k] *= 1.0 - effects.disarmed * world.arms[ids[1 - i], k].exposed_launchers
        after.stock[1 - i, k] *= 1.0 - effects.disarmed * world.arms[ids[1 - i], k].exposed_stock
    for h in range(world.soils.shape[2]):
        place = 2 * h + 1 - i
        if world.soils[ids[PAIR_AT], seat(ids, 1 - i), h].side >= 0:
            for l in range(volley.used.shape[1]):
                after.interceptors[place, l] = max(0.0, after.interceptors[place, l] - memory * volley.used[h, l])
    after.left[i] -= effects.gain
