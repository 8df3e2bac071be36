"""The planned raid: what leaders expect of a strike, in expected numbers.

The mean field of the sampled raid (``raid.sampled``): expected numbers instead
of draws and no floors. A layer's outage and a partner's doubt multiply its
kills, harmless objects are an expected load, and kill probabilities are
averaged over the common mode with the probit approximation
``expit((logit(p) + b) / sqrt(1 + 0.346 sigma^2))``: planning with the median
night instead would delude planners for no reason, since leakage is convex in
the logit.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.jit import kernel

PROBIT_SCALE = 0.346
"""pi/8 to three digits, from the logistic-normal integral (MacKay 1992, Neural Computation 4:720)."""


class Salvo(NamedTuple):
    """Scratch of one raid, by threat class ``[c]`` or by arm ``[k]`` (expected numbers)."""

    launched: NDArray[np.float64]  # units launched [k]
    units: NDArray[np.float64]  # units that have not failed in flight [c]
    threatening: NDArray[np.float64]  # objects that would hit something that matters [c]
    harmless: NDArray[np.float64]  # other objects [c]
    arrived: NDArray[np.float64]  # threatening objects before any layer [c]
    lost: NDArray[np.float64]  # share of the class's objects destroyed [c]
    leakers: NDArray[np.float64]  # hits [k]
    downed: NDArray[np.float64]  # reusable units lost [k]
    used: NDArray[np.float64]  # interceptors used [l]


def new_salvo(arms: int, classes: int, layers: int) -> Salvo:
    """Empty scratch for raids with that many arms, threat classes and layers."""
    by_class = [np.zeros(classes) for _ in range(5)]
    return Salvo(np.zeros(arms), *by_class, np.zeros(arms), np.zeros(arms), np.zeros(layers))


@kernel
def believed_kill(p: float, shift: float, sigma: float) -> float:
    """Kill probability of one shot, averaged over the common mode.

    p : kill probability per shot, in [0, 1]; 0 stays 0 and 1 stays 1
    shift : believed (or true) logit shift of the shield
    sigma : standard deviation of the common mode, in logits, >= 0
    """
    if p <= 0.0 or p >= 1.0:
        return p
    scale = math.sqrt(1.0 + PROBIT_SCALE * sigma * sigma)
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + shift) / scale))


@kernel
def engagement_kill(p: float, shots: float) -> float:
    """Probability that ``shots`` independent shots of kill probability ``p`` destroy one object."""
    return 1.0 - (1.0 - p) ** shots


@kernel
def planned_launch(effort: float, raids: float, reusable: int, stock: float, launch: float) -> float:
    """Units that go out in one strike of ``raids`` raids, not rounded.

    Expendable arms draw on stock and on launchers in every raid. Reusable arms
    send the same units again, so that only the smaller of stock and launch
    limit counts, once a raid.
    """
    if reusable:
        return effort * raids * min(stock, launch)
    return effort * min(stock, raids * launch)


@kernel
def engage(
    threatening: float, mistaken: float, kill: float, shots: float, looks: float, channels: float, ready: float, nu: float
) -> tuple[float, float, float]:
    """One class before one working layer: survivors and what was spent.

    threatening, mistaken : objects before the layer (mistaken: harmless ones taken for threats)
    kill : probability that one engagement destroys its object
    shots, looks : interceptors per engagement; tries
    channels : engagements that are left; inf allowed
    ready : interceptors that may be used
    nu : saturation neglect: share of the impossible engagements counted as possible
    Returns surviving threatening objects, surviving mistaken objects, engagements made.
    """
    made = 0.0
    for _ in range(int(looks)):
        live = threatening + mistaken
        if live <= 0.0:
            break
        able = max(0.0, min(live, min(channels - made, ready / shots - made)))
        killed = kill * (able + nu * (live - able)) / live
        threatening -= threatening * killed
        mistaken -= mistaken * killed
        made += able
    return threatening, mistaken, made


@kernel
def release(arms: NDArray[np.void], salvo: Salvo) -> None:
    """Fill ``salvo`` by class from the units launched: who arrives, what they carry."""
    salvo.units[:] = 0.0
    salvo.threatening[:] = 0.0
    salvo.harmless[:] = 0.0
    salvo.lost[:] = 0.0
    for k in range(arms.shape[0]):
        arm = arms[k]
        units = salvo.launched[k] * arm.reliability
        objects = units * arm.warheads
        salvo.units[arm.cls] += units
        salvo.threatening[arm.cls] += objects * arm.threatening
        salvo.harmless[arm.cls] += objects * (1.0 - arm.threatening) + units * arm.decoys
    salvo.arrived[:] = salvo.threatening


@kernel
def meet_boost_layer(salvo: Salvo, c: int, kill: float, works: float, layer: np.void, channels: float, ready: float, nu: float) -> float:
    """A boost layer meets the units of class ``c`` before they release. Returns the engagements made if it works."""
    units = salvo.units[c]
    if units <= 0.0:
        return 0.0
    alive, _, made = engage(units, 0.0, kill, layer.shots, layer.looks, channels, ready, nu)
    kept = 1.0 - works * (1.0 - alive / units)
    salvo.units[c] *= kept
    salvo.threatening[c] *= kept
    salvo.harmless[c] *= kept
    salvo.lost[c] = 1.0 - (1.0 - salvo.lost[c]) * kept
    return made


@kernel
def meet_layer(salvo: Salvo, c: int, kill: float, works: float, layer: np.void, channels: float, ready: float, nu: float) -> float:
    """A layer meets the objects of class ``c``. Returns the engagements made if it works."""
    threatening, harmless = salvo.threatening[c], salvo.harmless[c]
    mistaken = harmless * (1.0 - layer.discrimination)
    before = threatening + harmless
    if threatening + mistaken <= 0.0:
        return 0.0
    alive, fooled, made = engage(threatening, mistaken, kill, layer.shots, layer.looks, channels, ready, nu)
    salvo.threatening[c] -= works * (threatening - alive)
    salvo.harmless[c] -= works * (mistaken - fooled)
    after = salvo.threatening[c] + salvo.harmless[c]
    salvo.lost[c] = 1.0 - (1.0 - salvo.lost[c]) * after / before
    return made


@kernel
def planned_raid(
    arms: NDArray[np.void],
    serving: NDArray[np.int64],
    layers: NDArray[np.void],
    kill: NDArray[np.float64],
    works: NDArray[np.float64],
    interceptors: NDArray[np.float64],
    raids: float,
    nu: float,
    salvo: Salvo,
) -> None:
    """Expected course of one strike through a shield, into ``salvo``.

    arms : ARM [k] of the attacker; ``salvo.launched`` [k] says what goes out
    serving : classes in the order in which layers serve them [c]
    layers : LAYER [l]; kill : engagement kill probabilities as believed [l, c]
    works : probability that a layer works in this raid (availability x commitment) [l]
    interceptors : stock before the raid [l]
    raids : raids of which the strike consists; channels grow with it
    nu : saturation neglect of the planner about this shield, in [0, 1]
    Writes ``salvo.leakers`` [k], ``salvo.used`` [l] (expected), ``salvo.lost`` [c].
    """
    release(arms, salvo)
    for l in range(layers.shape[0]):
        layer = layers[l]
        ready = max(0.0, interceptors[l] - layer.reserve)
        channels = layer.channels * raids
        made = 0.0
        for at in range(serving.shape[0]):
            c = serving[at]
            if kill[l, c] <= 0.0 or works[l] <= 0.0:
                continue
            left, stocked = channels - made, ready - made * layer.shots
            if layer.boost:
                made += meet_boost_layer(salvo, c, kill[l, c], works[l], layer, left, stocked, nu)
            else:
                made += meet_layer(salvo, c, kill[l, c], works[l], layer, left, stocked, nu)
        salvo.used[l] = works[l] * made * layer.shots
    share_leakers(arms, salvo)


@kernel
def share_leakers(arms: NDArray[np.void], salvo: Salvo) -> None:
    """Leakers of a class are shared among its arms in proportion to their threatening arrivals."""
    for k in range(arms.shape[0]):
        arm = arms[k]
        arrived = salvo.launched[k] * arm.reliability * arm.warheads * arm.threatening
        total = salvo.arrived[arm.cls]
        salvo.leakers[k] = arrived * salvo.threatening[arm.cls] / total if total > 0.0 else 0.0
