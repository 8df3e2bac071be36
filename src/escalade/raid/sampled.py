"""The sampled raid: threats against a shield, one draw at a time.

Order of events: units fail in flight; boost layers meet units; units release
threatening and harmless objects; the other layers follow in order, each serving
the most deadly class first and using all its looks on it; what is left hits.
Three losses stay apart: failed in flight, left alone on purpose, intercepted.
Every number drawn has an address (``luck``), so that the same raid meets two
shields with the same luck.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from escalade.jit import kernel, kernel_inline
from escalade.luck.address import Moment, draw
from escalade.luck.draws import binomial, hypergeometric, normal_quantile
from escalade.luck.streams import (
    ARRIVAL,
    BOOST_SHARE,
    COMMON,
    DECOY,
    ENGAGED,
    KILLED,
    KILLED_HARMLESS,
    MISTAKEN,
    OUTAGE,
    THREAT,
    raid_slot,
)
from escalade.raid.planned import Salvo, engagement_kill
from escalade.worlds import Reals, Records, Row, Wholes

NOTHING, CHANNELS, INTERCEPTORS = 0.0, 1.0, 2.0
"""What a layer lacked that left live objects unengaged; interceptors where it lacked both in one raid."""


class Course(NamedTuple):
    """What happened in a sampled raid, beyond the salvo itself (whole numbers)."""

    flying: Reals  # units that did not fail in flight [k]
    units: Reals  # of which boost layers have not stopped [k]
    objects: Reals  # objects released [k]
    threats: Reals  # threatening objects released [k]
    released: Reals  # threatening objects released [c]
    killed: Reals  # released objects destroyed [c]
    engaged: Reals  # engagements [l, c]
    kills: Reals  # of which successful [l, c]
    refused: Reals  # what a layer lacked that left live objects alone: NOTHING, CHANNELS or INTERCEPTORS [l]


def new_course(arms: int, classes: int, layers: int, *raids: int) -> Course:
    """Empty record for a raid with that many arms, threat classes and layers; ``raids`` : leading axes for several."""
    return Course(
        np.zeros((*raids, arms)),
        np.zeros((*raids, arms)),
        np.zeros((*raids, arms)),
        np.zeros((*raids, arms)),
        np.zeros((*raids, classes)),
        np.zeros((*raids, classes)),
        np.zeros((*raids, layers, classes)),
        np.zeros((*raids, layers, classes)),
        np.zeros((*raids, layers)),
    )


@kernel_inline
def course_of(course: Course, at: int) -> Course:
    """One raid of several that are kept together, arrays [raid, ...]."""
    return Course(
        course.flying[at],
        course.units[at],
        course.objects[at],
        course.threats[at],
        course.released[at],
        course.killed[at],
        course.engaged[at],
        course.kills[at],
        course.refused[at],
    )


@kernel
def shifted_kill(p: float, shift: float) -> float:
    """Kill probability of one shot after a logit shift; 0 and 1 stay."""
    if p <= 0.0 or p >= 1.0:
        return p
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + shift)))


@kernel
def engagements(live: float, channels: float, ready: float, shots: float) -> int:
    """Engagements of one look: as many as there are objects, channels and salvos of interceptors."""
    return int(max(0.0, min(live, min(channels, np.floor(ready / shots)))))


@kernel
def lacking(live: float, channels: float, tried: float) -> float:
    """What a look that engaged ``tried`` of ``live`` objects lacked."""
    if tried >= live:
        return NOTHING
    return INTERCEPTORS if tried < channels else CHANNELS


@kernel
def arrive(arms: Records, moment: Moment, salvo: Salvo, course: Course) -> None:
    """Who does not fail in flight."""
    for k in range(arms.shape[0]):
        course.flying[k] = 0.0
        if salvo.flights[k].launched > 0.0:
            course.flying[k] = binomial(int(salvo.flights[k].launched), arms[k].reliability, draw(moment, ARRIVAL, k))
        course.units[k] = course.flying[k]


@kernel
def release(arms: Records, moment: Moment, salvo: Salvo, course: Course) -> None:
    """What the units that are left carry to the target, by arm and by class."""
    for c in range(salvo.swarms.shape[0]):
        salvo.swarms[c].threatening, salvo.swarms[c].harmless = 0.0, 0.0
    for k in range(arms.shape[0]):
        arm, units = arms[k], course.units[k]
        course.objects[k], course.threats[k] = 0.0, 0.0
        if units <= 0.0:
            continue
        carried = int(units * arm.warheads)
        threats = binomial(carried, arm.threatening, draw(moment, THREAT, k))
        whole = math.floor(arm.decoys)
        decoys = units * whole
        if arm.decoys > whole:
            decoys += binomial(int(units), arm.decoys - whole, draw(moment, DECOY, k))
        course.threats[k], course.objects[k] = threats, carried + decoys
        salvo.swarms[arm.cls].threatening += threats
        salvo.swarms[arm.cls].harmless += carried - threats + decoys
        salvo.swarms[arm.cls].arrived += threats


@kernel
def spread_boost_kills(
    arms: Records, c: int, l: int, look: int, killed: int, moment: Moment, salvo: Salvo, course: Course
) -> None:
    """Share the units of class c that a boost layer stopped among the class's arms, at random."""
    others = 0
    for k in range(arms.shape[0]):
        if arms[k].cls == c:
            others += int(course.units[k])
    for k in range(arms.shape[0]):
        if arms[k].cls != c or killed <= 0:
            continue
        units = int(course.units[k])
        others -= units
        taken = hypergeometric(units, others, killed, draw(moment, BOOST_SHARE, raid_slot(l, k, look)))
        killed -= taken
        course.units[k] -= taken
        salvo.swarms[c].arrived += taken * arms[k].warheads * arms[k].threatening


@kernel
def meet_boost_layer(
    arms: Records,
    layer: Row,
    l: int,
    c: int,
    kill: float,
    channels: float,
    ready: float,
    moment: Moment,
    salvo: Salvo,
    course: Course,
) -> int:
    """A boost layer meets the units of class c. Returns the engagements made."""
    made = 0
    for look in range(int(layer.looks)):
        live = 0.0
        for k in range(arms.shape[0]):
            if arms[k].cls == c:
                live += course.units[k]
        tried = engagements(live, channels - made, ready - made * layer.shots, layer.shots)
        course.refused[l] = max(course.refused[l], lacking(live, channels - made, tried))
        if tried <= 0:
            break
        killed = binomial(tried, kill, draw(moment, KILLED, raid_slot(l, c, look)))
        made += tried
        course.engaged[l, c] += tried
        course.kills[l, c] += killed
        spread_boost_kills(arms, c, l, look, killed, moment, salvo, course)
    return made


@kernel
def meet_layer(
    layer: Row, l: int, c: int, kill: float, channels: float, ready: float, moment: Moment, salvo: Salvo, course: Course
) -> int:
    """A layer meets the objects of class c. Returns the engagements made."""
    made, live = 0, int(salvo.swarms[c].threatening)
    harmless = int(salvo.swarms[c].harmless)
    mistaken = 0
    if harmless > 0:
        mistaken = binomial(harmless, 1.0 - layer.discrimination, draw(moment, MISTAKEN, raid_slot(l, c, 0)))
    for look in range(int(layer.looks)):
        tried = engagements(live + mistaken, channels - made, ready - made * layer.shots, layer.shots)
        course.refused[l] = max(course.refused[l], lacking(live + mistaken, channels - made, tried))
        if tried <= 0:
            break
        slot = raid_slot(l, c, look)
        real = (
            hypergeometric(live, mistaken, tried, draw(moment, ENGAGED, slot))
            if mistaken > 0 and live > 0
            else min(live, tried)
        )
        stopped = binomial(real, kill, draw(moment, KILLED, slot))
        wasted = binomial(tried - real, kill, draw(moment, KILLED_HARMLESS, slot)) if tried > real else 0
        live, mistaken, made = live - stopped, mistaken - wasted, made + tried
        salvo.swarms[c].harmless -= wasted
        course.engaged[l, c] += tried
        course.kills[l, c] += stopped + wasted
        course.killed[c] += stopped + wasted
    salvo.swarms[c].threatening = live
    return made


@kernel
def meet_layers(
    arms: Records,
    serving: Wholes,
    layers: Records,
    kill: Reals,
    shift: float,
    committed: Reals,
    interceptors: Reals,
    raids: float,
    boost: int,
    moment: Moment,
    salvo: Salvo,
    course: Course,
) -> None:
    """The layers of one kind (boost or not) meet the raid, in order."""
    for l in range(layers.shape[0]):
        layer = layers[l]
        if layer.boost != boost:
            continue
        salvo.used[l] = 0.0
        if committed[l] <= 0.0 or draw(moment, OUTAGE, l) >= layer.availability:
            continue
        channels, ready, made = np.floor(layer.channels * raids), interceptors[l] - layer.reserve, 0
        for at in range(serving.shape[0]):
            c = serving[at]
            if kill[l, c] <= 0.0:
                continue
            chance = engagement_kill(shifted_kill(kill[l, c], shift), layer.shots)
            left, stocked = channels - made, ready - made * layer.shots
            if boost:
                made += meet_boost_layer(arms, layer, l, c, chance, left, stocked, moment, salvo, course)
            else:
                made += meet_layer(layer, l, c, chance, left, stocked, moment, salvo, course)
        salvo.used[l] = made * layer.shots


@kernel
def share_outcome(arms: Records, stock: Reals, salvo: Salvo, course: Course) -> None:
    """Leakers and downed units by arm: in proportion to what each arm brought to its class."""
    for k in range(arms.shape[0]):
        c = arms[k].cls
        salvo.flights[k].leakers = (
            course.threats[k] * salvo.swarms[c].threatening / course.released[c] if course.released[c] > 0.0 else 0.0
        )
        salvo.flights[k].downed = 0.0
        if arms[k].reusable:
            down = course.flying[k] - course.units[k]
            if course.killed[c] > 0.0:
                down += course.killed[c] * course.objects[k] / objects_of_class(arms, c, course)
            salvo.flights[k].downed = min(stock[k], math.floor(down + 0.5))


@kernel
def objects_of_class(arms: Records, c: int, course: Course) -> float:
    """Objects of class c released."""
    total = 0.0
    for k in range(arms.shape[0]):
        if arms[k].cls == c:
            total += course.objects[k]
    return total


@kernel
def clear(course: Course) -> None:
    """Nothing has been engaged yet."""
    for l in range(course.refused.shape[0]):
        course.refused[l] = NOTHING
    for c in range(course.killed.shape[0]):
        course.killed[c] = 0.0
        for l in range(course.engaged.shape[0]):
            course.engaged[l, c], course.kills[l, c] = 0.0, 0.0


@kernel
def sampled_raid(
    arms: Records,
    serving: Wholes,
    layers: Records,
    kill: Reals,
    truth: float,
    sigma: float,
    committed: Reals,
    interceptors: Reals,
    raids: float,
    stock: Reals,
    moment: Moment,
    salvo: Salvo,
    course: Course,
) -> None:
    """One raid through a shield.

    arms : ARM [k]; ``salvo.flights`` (whole units launched) say what goes out; stock : units before the raid [k]
    serving : classes in the order in which layers serve them [c]
    layers : LAYER [l]; kill : kill probability per shot [l, c]
    truth, sigma : true logit shift and common mode of the shield
    committed : 1 if the layer takes part in this crisis, else 0 [l]
    interceptors : stock before the raid [l]
    Writes the salvo: leakers and downed by arm, interceptors used, objects
    of the swarms (before and after), and ``course``.
    """
    for c in range(salvo.swarms.shape[0]):
        salvo.swarms[c].arrived = 0.0
    clear(course)
    shift = truth + sigma * normal_quantile(draw(moment, COMMON, 0))
    arrive(arms, moment, salvo, course)
    meet_layers(arms, serving, layers, kill, shift, committed, interceptors, raids, 1, moment, salvo, course)
    release(arms, moment, salvo, course)
    for c in range(salvo.swarms.shape[0]):
        course.released[c] = salvo.swarms[c].threatening
    meet_layers(arms, serving, layers, kill, shift, committed, interceptors, raids, 0, moment, salvo, course)
    share_outcome(arms, stock, salvo, course)
