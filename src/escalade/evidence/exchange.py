"""Strikes of a bundled scenario predicted, one after the other, with the scenario's own inputs.

The strikes are given, not chosen: this looks at what strikes do, not at who decides for them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from escalade.crisis.forces import Forces
from escalade.crisis.soil import meeting, new_volley, share_out
from escalade.crisis.strike import carry_on, load_volley, strike_effects
from escalade.ensemble.build import Names, worlds
from escalade.ensemble.design import draw
from escalade.evidence.counts import Counts
from escalade.evidence.episodes import Exchange
from escalade.luck.address import Moment, at_move
from escalade.raid.drawn import taking_part
from escalade.raid.planned import Salvo
from escalade.raid.sampled import Course, new_course, sampled_raid
from escalade.scenario import load_scenario
from escalade.worlds import Reals, Wholes, World, world_at

WORLDS = 1_024
"""Sets of assumptions that are drawn; a power of two."""


def predicted_exchange(exchange: Exchange, draws: int = WORLDS, seed: int = 0) -> Counts:
    """Counts of an exchange in as many worlds as ``draws`` (a power of two), all worlds alike in weight."""
    scenario = load_scenario(exchange.scenario)
    base = scenario.policy(scenario.baseline)
    built, labels = worlds(scenario.policy(exchange.policy), base, draw(scenario, draws, seed))
    counts = Counts.empty(
        draws,
        len(exchange.strikes),
        weapons=tuple(f"{side}.{arm}" for side, arms in zip(labels.sides, labels.arms, strict=True) for arm in arms),
        layers=tuple(f"{side}.{one}" for side, ids in zip(labels.sides, labels.layers, strict=True) for one in ids),
        sides=labels.sides,
    )
    order = [(labels.sides.index(side), labels.rungs.index(rung)) for side, rung in exchange.strikes]
    for k in range(draws):
        _exchange(world_at(built, k), labels, order, k, seed, counts)
    return counts


def _exchange(world: World, labels: Names, order: list[tuple[int, int]], k: int, seed: int, counts: Counts) -> None:
    """All strikes of one world, into place k of the counts."""
    ids = meeting(world.pairs, 0)
    forces = _at_start(world, ids)
    for number, (i, rung) in enumerate(order):
        moment = Moment(seed, k, 0, 0, 0, 0, number)
        _strike(world, labels, forces, ids, i, rung, moment, counts)


def _at_start(world: World, ids: Wholes) -> Forces:
    """Forces of the pair's sides on the first day, first deliveries included."""
    return Forces(
        np.array([world.arms[i]["stock"] + world.arm_deliveries[i, :, 0] for i in ids[:2]]),
        world.arms["launch"][ids[:2]],
        np.array([world.layers[i]["stock"] + world.layer_deliveries[i, :, 0] for i in ids[:2]]),
        np.ones(2),
    )


def _strike(
    world: World, labels: Names, forces: Forces, ids: Wholes, i: int, rung: int, moment: Moment, counts: Counts
) -> None:
    """One strike of side i: count it and take what it used and destroyed out of the forces."""
    s = list(ids[:2]).index(i)
    j, step = int(ids[1 - s]), world.steps[i, rung]
    shape = world.arms.shape[1], world.kill.shape[2], world.layers.shape[1]
    volley, course = new_volley(1, *shape), new_course(*shape)
    load_volley(world, ids, s, rung, forces.stock, forces.launch, volley)
    volley.launched[:] = np.floor(volley.launched)
    share_out(world, ids, s, True, volley)
    # Not by ``raid_on``: a kernel without reference counts hands whole arrays back to Python, not their rows.
    salvo = Salvo(volley.flights[0], volley.swarms[0], volley.used[0])
    side, joined = world.sides[j], taking_part(world.layers[j], at_move(moment, 0))
    sampled_raid(
        world.arms[i], world.serving[i], world.layers[j], world.kill[j], side["truth"], side["sigma"], joined,
        forces.interceptors[1 - s], step["raids"], forces.stock[s], moment, salvo, course,
    )  # fmt: skip
    volley.downed[:] = salvo.flights["downed"]
    effects = strike_effects(world, world.sides, ids, s, rung, forces, volley)
    hits = salvo.flights["leakers"]
    of_arms = {
        "launched": salvo.flights["launched"],
        "arrived": course.flying,
        "threatening": course.threats,
        "got_through": hits,
        "hit_people": hits * (1.0 - step["counterforce"]),
        "intercepted": _intercepted(world, i, course),
    }
    _count(labels, i, j, of_arms, salvo.used, float(effects.deaths), (moment.world, moment.move), counts)
    carry_on(world, ids, s, effects, 1.0, volley, forces)


def _count(
    labels: Names,
    i: int,
    j: int,
    of_arms: Mapping[str, Reals],
    used: Reals,
    deaths: float,
    place: tuple[int, int],
    counts: Counts,
) -> None:
    """Write a strike of side i on side j into the counts; place : world and number of the strike."""
    arms = slice(sum(map(len, labels.arms[:i])), sum(map(len, labels.arms[: i + 1])))
    layers = slice(sum(map(len, labels.layers[:j])), sum(map(len, labels.layers[: j + 1])))
    for name, values in of_arms.items():
        counts.weapons[name][*place, arms] = values[: len(labels.arms[i])]
    counts.used[*place, layers] = used[: len(labels.layers[j])]
    counts.deaths[*place, j] = deaths


def _intercepted(world: World, i: int, course: Course) -> Reals:
    """Objects destroyed by arm, in proportion to what each arm brought to its class."""
    classes = world.arms[i]["cls"]
    brought = np.array([course.objects[classes == c].sum() for c in classes])
    return np.where(brought > 0.0, course.killed[classes] * course.objects / np.maximum(brought, 1.0), 0.0)
