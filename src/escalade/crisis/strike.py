"""A planned or simulated strike: what it wins, whom it kills, what it destroys and costs."""

from __future__ import annotations

import math
from typing import NamedTuple

from escalade.crisis.forces import Forces
from escalade.jit import kernel_inline
from escalade.raid.planned import Salvo, planned_launch
from escalade.worlds import Reals, Records, Row


class Effects(NamedTuple):
    """What one strike does."""

    gain: float  # share of the striker's objective attained
    deaths: float  # of the struck side
    losses: float  # crews of the striker lost with intercepted reusable units
    stopped: float  # share of the threatening objects stopped
    disarmed: float  # z: share of the exposed launchers destroyed


@kernel_inline
def load_salvo(step: Row, rung: int, arms: Records, i: int, stock: Reals, launch: Reals, s: int, salvo: Salvo) -> bool:
    """Write the units that a strike of side i would launch into ``salvo``; True if at least one whole unit can go.

    stock, launch : forces of the pair's sides [side, k]; s : which of the two side i is
    """
    possible = False
    for k in range(arms.shape[1]):
        arm = arms[i, k]
        out = 0.0
        if arm.low <= rung <= arm.high:
            out = planned_launch(step.effort, step.raids, arm.reusable, stock[s, k], launch[s, k])
        salvo.flights[k].launched = out
        possible = possible or out >= 1.0
    return possible


@kernel_inline
def count_downed(arms: Records, i: int, stock: Reals, s: int, salvo: Salvo) -> None:
    """Reusable units expected to be shot down, never more than there are."""
    for k in range(arms.shape[1]):
        arm = arms[i, k]
        down = 0.0
        if arm.reusable:
            down = min(stock[s, k], salvo.flights[k].launched * arm.reliability * (1.0 - salvo.swarms[arm.cls].kept))
        salvo.flights[k].downed = down


@kernel_inline
def fatalities(exposed: float, people: float) -> float:
    """Deaths when ``exposed`` would die if people were endless; never more than ``people`` (count; inf: linear)."""
    if math.isinf(people):
        return exposed
    return people * -math.expm1(-exposed / people)


@kernel_inline
def share_stopped(swarms: Records) -> float:
    """Share of the threatening arrivals that did not get through; 0 if nothing threatening arrived."""
    arrived, through = 0.0, 0.0
    for c in range(swarms.shape[0]):
        arrived += swarms[c].arrived
        through += swarms[c].threatening
    return 1.0 - through / arrived if arrived > 0.0 else 0.0


@kernel_inline
def disarmed_share(hits: float, arms: Records, j: int, launch: Reals, s: int) -> float:
    """Share of the exposed launchers of side j destroyed; ``hits`` in launch units against plentiful targets."""
    exposed = 0.0
    for k in range(arms.shape[1]):
        exposed += launch[s, k] * arms[j, k].exposed_launchers
    return -math.expm1(-hits / exposed) if exposed > 0.0 else 0.0


@kernel_inline
def strike_effects(
    step: Row, arms: Records, i: int, struck: Row, j: int, forces: Forces, s: int, salvo: Salvo
) -> Effects:
    """Effects of the raid in ``salvo``.

    step : STEP of the striker, side i; struck : SIDE of the struck side, j; arms : ARM [i, k]
    forces : of the pair's sides before the strike; s : which of the two side i is
    """
    harm, worth, aimed, losses = 0.0, 0.0, 0.0, 0.0
    for k in range(arms.shape[1]):
        arm, hits = arms[i, k], salvo.flights[k].leakers
        harm += hits * arm.deaths
        worth += hits * arm.value
        aimed += hits * arm.counterforce
        losses += arm.crew * salvo.flights[k].downed
    reached = min(1.0, worth / step.need) if step.need > 0.0 else 0.0
    spared = 1.0 - struck.coverage * struck.effect
    deaths = fatalities(harm * (1.0 - step.counterforce) * spared, struck.people)
    disarmed = disarmed_share(aimed * step.counterforce, arms, j, forces.launch, 1 - s)
    return Effects(step.objective * reached * forces.left[s], deaths, losses, share_stopped(salvo.swarms), disarmed)


@kernel_inline
def carry_on(
    arms: Records, i: int, j: int, effects: Effects, memory: float, salvo: Salvo, after: Forces, s: int
) -> None:
    """Take what the strike of side i on j used and destroyed out of ``after``.

    memory : weight of the interceptors used (1 - saturation neglect of the planner)
    s : which of the pair's sides i is
    """
    for k in range(arms.shape[1]):
        flight = salvo.flights[k]
        spent = flight.downed if arms[i, k].reusable else flight.launched
        after.stock[s, k] = max(0.0, after.stock[s, k] - spent)
        after.launch[1 - s, k] *= 1.0 - effects.disarmed * arms[j, k].exposed_launchers
        after.stock[1 - s, k] *= 1.0 - effects.disarmed * arms[j, k].exposed_stock
    for l in range(salvo.used.shape[0]):
        after.interceptors[1 - s, l] = max(0.0, after.interceptors[1 - s, l] - memory * salvo.used[l])
    after.left[s] -= effects.gain
