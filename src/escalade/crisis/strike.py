"""A planned strike: what it wins, whom it kills, what it destroys and costs."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.forces import Forces
from escalade.jit import kernel
from escalade.raid.planned import Salvo, planned_launch


class Effects(NamedTuple):
    """What one strike does."""

    gain: float  # share of the striker's objective attained
    deaths: float  # of the struck side
    losses: float  # crews of the striker lost with intercepted reusable units
    stopped: float  # share of the threatening objects stopped
    disarmed: float  # z: share of the exposed launchers destroyed


@kernel
def load_salvo(
    step: np.void, rung: int, arms: NDArray[np.void], stock: NDArray[np.float64], launch: NDArray[np.float64], salvo: Salvo
) -> bool:
    """Write the units that a strike would launch into ``salvo.launched``; True if at least one whole unit can go."""
    possible = False
    for k in range(arms.shape[0]):
        arm = arms[k]
        out = 0.0
        if arm.low <= rung <= arm.high:
            out = planned_launch(step.effort, step.raids, arm.reusable, stock[k], launch[k])
        salvo.launched[k] = out
        possible = possible or out >= 1.0
    return possible


@kernel
def count_downed(arms: NDArray[np.void], stock: NDArray[np.float64], salvo: Salvo) -> None:
    """Reusable units shot down, never more than there are, into ``salvo.downed``."""
    for k in range(arms.shape[0]):
        arm = arms[k]
        down = salvo.launched[k] * arm.reliability * salvo.lost[arm.cls]
        salvo.downed[k] = min(stock[k], down) if arm.reusable else 0.0


@kernel
def fatalities(exposed: float, people: float) -> float:
    """Deaths when ``exposed`` would die if people were endless; never more than ``people`` (count; inf: linear)."""
    if math.isinf(people):
        return exposed
    return people * -math.expm1(-exposed / people)


@kernel
def share_stopped(salvo: Salvo) -> float:
    """Share of the threatening arrivals that did not get through; 0 if nothing threatening arrived."""
    arrived = salvo.arrived.sum()
    return 1.0 - salvo.threatening.sum() / arrived if arrived > 0.0 else 0.0


@kernel
def disarmed_share(hits: float, arms: NDArray[np.void], launch: NDArray[np.float64]) -> float:
    """Share of the exposed launchers destroyed by hits worth ``hits`` launch units against plentiful targets."""
    exposed = 0.0
    for k in range(arms.shape[0]):
        exposed += launch[k] * arms[k].exposed_launchers
    return -math.expm1(-hits / exposed) if exposed > 0.0 else 0.0


@kernel
def strike_effects(
    step: np.void, arms: NDArray[np.void], struck: np.void, targets: NDArray[np.void], target_launch: NDArray[np.float64],
    left: float, salvo: Salvo,
) -> Effects:
    """Effects of the raid in ``salvo`` (leakers, lost shares).

    step : STEP of the striker; arms : its ARM [k]
    struck : SIDE of the struck side; targets : its ARM [k]; target_launch : its launch limits [k]
    left : what is left of the striker's objective, 0..1
    """
    harm, worth, aimed, losses = 0.0, 0.0, 0.0, 0.0
    for k in range(arms.shape[0]):
        arm = arms[k]
        hits = salvo.leakers[k]
        harm += hits * arm.deaths
        worth += hits * arm.value
        aimed += hits * arm.counterforce
        losses += arm.crew * salvo.downed[k]
    reached = min(1.0, worth / step.need) if step.need > 0.0 else 0.0
    spared = 1.0 - struck.coverage * struck.effect
    deaths = fatalities(harm * (1.0 - step.counterforce) * spared, struck.people)
    disarmed = disarmed_share(aimed * step.counterforce, targets, target_launch)
    return Effects(step.objective * reached * left, deaths, losses, share_stopped(salvo), disarmed)


@kernel
def carry_on(
    i: int, j: int, arms: NDArray[np.void], targets: NDArray[np.void], effects: Effects, memory: float, salvo: Salvo, after: Forces
) -> None:
    """Take what the strike of i on j used and destroyed out of ``after``.

    memory : weight of the interceptors used (1 - saturation neglect of the planner)
    """
    for k in range(arms.shape[0]):
        spent = salvo.downed[k] if arms[k].reusable else salvo.launched[k]
        after.stock[i, k] = max(0.0, after.stock[i, k] - spent)
    for k in range(targets.shape[0]):
        after.launch[j, k] *= 1.0 - effects.disarmed * targets[k].exposed_launchers
        after.stock[j, k] *= 1.0 - effects.disarmed * targets[k].exposed_stock
    for l in range(salvo.used.shape[0]):
        after.interceptors[j, l] = max(0.0, after.interceptors[j, l] - memory * salvo.used[l])
    after.left[i] -= effects.gain
