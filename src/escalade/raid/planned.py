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

from escalade.jit import kernel, kernel_inline
from escalade.worlds import Reals, Records, Row, Wholes, record

PROBIT_SCALE = 0.346
"""(16 sqrt(3) / (15 pi))^2: logit of a logistic-normal mean (Zeger, Liang and Albert 1988, Biometrics 44:1049)."""


FLIGHT = record(
    {
        "launched": "f8",  # units launched
        "leakers": "f8",  # hits
        "downed": "f8",  # reusable units lost
    }
)
"""What becomes of one arm's units in a raid."""

SWARM = record(
    {
        "units": "f8",  # units that have not failed in flight
        "threatening": "f8",  # objects that would hit something that matters
        "harmless": "f8",  # other objects
        "arrived": "f8",  # threatening objects before any layer
        "kept": "f8",  # share of the class's objects not destroyed
    }
)
"""What becomes of one threat class in a raid."""


class Salvo(NamedTuple):
    """Scratch of one raid: expected numbers in planning, whole numbers in simulation."""

    flights: Records  # FLIGHT [k]
    swarms: Records  # SWARM [c]
    used: Reals  # interceptors used [l]


def new_salvo(arms: int, classes: int, layers: int) -> Salvo:
    """Empty scratch for raids with that many arms, threat classes and layers."""
    return Salvo(np.zeros(arms, FLIGHT), np.zeros(classes, SWARM), np.zeros(layers))


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


@kernel_inline
def planned_launch(effort: float, raids: float, reusable: int, stock: float, launch: float) -> float:
    """Units that go out in one strike of ``raids`` raids, not rounded.

    Expendable arms draw on stock and on launchers in every raid. Reusable arms
    send the same units again, so that only the smaller of stock and launch
    limit counts, once a raid.
    """
    if reusable:
        return effort * raids * min(stock, launch)
    return effort * min(stock, raids * launch)


@kernel_inline
def engage(
    threatening: float,
    mistaken: float,
    kill: float,
    shots: float,
    looks: float,
    channels: float,
    ready: float,
    nu: float,
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


@kernel_inline
def release(arms: Records, i: int, flights: Records, swarms: Records) -> None:
    """Fill the swarms from the units launched: who arrives, what they carry."""
    for c in range(swarms.shape[0]):
        swarm = swarms[c]
        swarm.units, swarm.threatening, swarm.harmless, swarm.kept = 0.0, 0.0, 0.0, 1.0
    for k in range(arms.shape[1]):
        arm, units = arms[i, k], flights[k].launched * arms[i, k].reliability
        swarm, objects = swarms[arm.cls], units * arm.warheads
        swarm.units += units
        swarm.threatening += objects * arm.threatening
        swarm.harmless += objects * (1.0 - arm.threatening) + units * arm.decoys
    for c in range(swarms.shape[0]):
        swarms[c].arrived = swarms[c].threatening


@kernel_inline
def meet_boost_layer(
    swarm: Row, kill: float, works: float, layer: Row, channels: float, ready: float, nu: float
) -> float:
    """A boost layer meets the units of a class before they release. Returns the engagements made if it works."""
    if swarm.units <= 0.0:
        return 0.0
    alive, _, made = engage(swarm.units, 0.0, kill, layer.shots, layer.looks, channels, ready, nu)
    kept = 1.0 - works * (1.0 - alive / swarm.units)
    swarm.units *= kept
    swarm.threatening *= kept
    swarm.harmless *= kept
    swarm.kept *= kept
    return made


@kernel_inline
def meet_layer(swarm: Row, kill: float, works: float, layer: Row, channels: float, ready: float, nu: float) -> float:
    """A layer meets the objects of a class. Returns the engagements made if it works."""
    before = swarm.threatening + swarm.harmless
    mistaken = swarm.harmless * (1.0 - layer.discrimination)
    if swarm.threatening + mistaken <= 0.0:
        return 0.0
    alive, fooled, made = engage(swarm.threatening, mistaken, kill, layer.shots, layer.looks, channels, ready, nu)
    swarm.threatening -= works * (swarm.threatening - alive)
    swarm.harmless -= works * (mistaken - fooled)
    swarm.kept *= (swarm.threatening + swarm.harmless) / before
    return made


@kernel_inline
def planned_raid(
    arms: Records,
    i: int,
    serving: Wholes,
    layers: Records,
    j: int,
    kill: Reals,
    view: int,
    works: Reals,
    case: int,
    interceptors: Reals,
    s: int,
    raids: float,
    nu: float,
    salvo: Salvo,
) -> None:
    """Expected course of one strike of side i through the shield of side j, into ``salvo``.

    arms : ARM [i, k]; ``salvo.flights`` says what goes out
    serving : classes in the order in which layers serve them, by attacker [i, c]
    layers : LAYER [j, l]; kill : engagement kill probabilities as believed [view, l, c]
    works : probability that a layer works in this raid (availability x commitment) [case, l]
    interceptors : stock before the raid [s, l]
    raids : raids of which the strike consists; channels grow with it
    nu : saturation neglect of the planner about this shield, in [0, 1]
    Writes leakers by arm, interceptors used (expected) and what is left of each class.
    """
    release(arms, i, salvo.flights, salvo.swarms)
    for l in range(layers.shape[1]):
        layer, made = layers[j, l], 0.0
        if works[case, l] > 0.0:
            channels, ready = layer.channels * raids, max(0.0, interceptors[s, l] - layer.reserve)
            for at in range(serving.shape[1]):
                c = serving[i, at]
                if kill[view, l, c] <= 0.0:
                    continue
                left, stocked = channels - made, ready - made * layer.shots
                if layer.boost:
                    made += meet_boost_layer(
                        salvo.swarms[c], kill[view, l, c], works[case, l], layer, left, stocked, nu
                    )
                else:
                    made += meet_layer(salvo.swarms[c], kill[view, l, c], works[case, l], layer, left, stocked, nu)
        salvo.used[l] = works[case, l] * made * layer.shots
    share_leakers(arms, i, salvo.flights, salvo.swarms)


@kernel_inline
def share_leakers(arms: Records, i: int, flights: Records, swarms: Records) -> None:
    """Leakers of a class are shared among its arms in proportion to their threatening arrivals."""
    for k in range(arms.shape[1]):
        arm = arms[i, k]
        swarm = swarms[arm.cls]
        arrived = flights[k].launched * arm.reliability * arm.warheads * arm.threatening
        flights[k].leakers = arrived * swarm.threatening / swarm.arrived if swarm.arrived > 0.0 else 0.0
