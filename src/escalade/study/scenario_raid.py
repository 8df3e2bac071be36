"""One strike of a scenario as a raid: what one side launches at a rung, and the shield that it meets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from escalade.ensemble.build import Names, worlds
from escalade.ensemble.design import modes
from escalade.errors import UsageError, did_you_mean
from escalade.raid.planned import planned_launch
from escalade.raid.shield import Layer, Raid, Threat
from escalade.study.reference import in_year
from escalade.worlds import Worlds

if TYPE_CHECKING:
    from escalade.scenario import Scenario

ARM_NUMBERS = ("reliability", "threatening", "decoys", "deaths", "unit_cost")
"""Numbers of an arm that a raid takes as they are."""

ON_THE_GROUND = ("ground", "tunnel")
"""Classes that no shield meets: a raid is counted without them."""


def scenario_raid(
    scenario: Scenario, striker: str | None, rung: str | None, policy: str | None = None, on: str | None = None
) -> tuple[Raid, str]:
    """The raid that a side's strike at a rung is, every input at its most likely value.

    striker : id of the side that strikes; rung : id of the rung; policy : id, by default the one that the scenario
    compares with its baseline; on : id of the side on whose soil it falls, where it can fall on several (those of
    hosts): by default the first that it reaches.
    A strike of several raids is one raid with so many times the channels. Forces are those of the reference year; the
    shield is the one that stands there, with partners' layers as far as they defend it.
    Returns the raid, and in words what its numbers are.

    Raises ``UsageError`` and ``ScenarioError`` where there is no such side, rung, policy or strike.
    """
    i = _place("side", striker, tuple(scenario.sides), "--from")
    r = _place("rung", rung, scenario.rung_ids, "--rung")
    chosen = policy or scenario.focus
    built, names = worlds(scenario.policy(chosen), scenario.policy(scenario.baseline), modes(scenario))
    here = in_year(built, scenario.reference_year)
    pair, s = _pair(here, names, i)
    h, j = _soil(here, names, (pair, s), (i, r), on)
    threats = _threats(here, names, (pair, s), (i, r), h)
    if not threats:
        title = names.vocabulary.rungs[scenario.rung_ids[r]]
        raise UsageError(f"{names.vocabulary.sides[names.sides[i]]} launches nothing at the rung {title!r}")
    raid = Raid(
        threats,
        _layers(here, names, j),
        sigma=float(here.sides[0, j]["sigma"]),
        shift=float(here.sides[0, j]["truth"]),
        raids=int(here.steps[0, i, r]["raids"]),
    )
    policy_name = scenario.policies[chosen].name
    words = f'Numbers: the most likely values of {scenario.name} under "{policy_name}", with their sources in its file.'
    if len(_soils(here, pair, s)) > 1:
        words = f"The part of the strike that falls on {names.vocabulary.sides[names.sides[j]]}. {words}"
    return raid, words


def _place(what: str, name: str | None, known: tuple[str, ...], option: str) -> int:
    if name is None:
        raise UsageError(f"say which {what}: {option} {' or '.join(known)}")
    if name not in known:
        hint = did_you_mean(name, known, f"known: {', '.join(known)}", cutoff=0.4)
        raise UsageError(f'no {what} is called "{name}"; {hint}')
    return known.index(name)


def _pair(here: Worlds, names: Names, i: int) -> tuple[int, int]:
    """A pair that side i belongs to, that in focus if it can be, and which of its sides the other one is."""
    numbers = [names.focus, *range(len(names.pairs))]
    for p in numbers:
        pair = here.pairs[0, p]
        if i in (pair["first"], pair["second"]):
            return p, int(pair["first"] == i)
    raise UsageError("this side has no crises with another one")


def _soils(here: Worlds, pair: int, s: int) -> list[tuple[int, int]]:
    """Soils on which strikes on side s of a pair fall: number, and index of the side whose soil it is."""
    return [(h, int(soil["side"])) for h, soil in enumerate(here.soils[0, pair, s]) if soil["side"] >= 0]


def _soil(
    here: Worlds, names: Names, where: tuple[int, int], strike: tuple[int, int], on: str | None
) -> tuple[int, int]:
    """The soil that was asked for, or the first on which anything of the strike falls."""
    found = _soils(here, *where)
    ids = [names.sides[j] for _, j in found]
    if on is not None:
        return found[ids.index(ids[_place("soil", on, tuple(ids), "--on")])]
    return next((soil for soil in found if _threats(here, names, where, strike, soil[0])), found[0])


def _falls(here: Worlds, where: tuple[int, int], k: int, out: int, h: int) -> int:
    """Of so many units of arm k launched, those that fall on soil h."""
    rest = out
    for soil, share in enumerate(here.falls[0, where[0], where[1], :, k]):
        part = int(np.floor(rest * share + 0.5))
        if soil == h:
            return part
        rest -= part
    return 0


def _threats(here: Worlds, names: Names, where: tuple[int, int], strike: tuple[int, int], h: int) -> tuple[Threat, ...]:
    (i, r), found = strike, []
    step, words = here.steps[0, i, r], names.vocabulary.arms[names.sides[i]]
    for k, (arm, key) in enumerate(zip(here.arms[0, i], names.arms[i], strict=False)):
        name = names.classes[arm["cls"]]
        allowed = arm["low"] <= r <= arm["high"] and name not in ON_THE_GROUND
        launched = planned_launch(step["effort"], step["raids"], arm["reusable"], arm["stock"], arm["launch"])
        out = _falls(here, where, k, math.floor(launched), h)
        if allowed and out > 0:
            numbers = {
                what: float(arm[what]) for what in ("reliability", "threatening", "decoys", "deaths", "unit_cost")
            }
            found.append(Threat(words[key], name, out, warheads=int(arm["warheads"]), **numbers))
    return tuple(found)


def _layers(here: Worlds, names: Names, j: int) -> tuple[Layer, ...]:
    words, found = names.vocabulary.layers[names.sides[j]], []
    for l, key in enumerate(names.layers[j]):
        layer = here.layers[0, j, l]
        partner = int(layer["partner"])
        found.append(
            Layer(
                words[key],
                {name: float(here.kill[0, j, l, c]) for c, name in enumerate(names.classes)},
                shots=int(layer["shots"]),
                looks=int(layer["looks"]),
                stock=float(np.floor(layer["stock"])),
                reserve=int(layer["reserve"]),
                availability=float(layer["availability"]),
                discrimination=float(layer["discrimination"]),
                unit_cost=float(layer["unit_cost"]),
                channels=float(layer["channels"]),
                partner=names.partners[partner - 1] if partner > 0 else None,
                commitment=float(layer["defends"]) if partner > 0 else 1.0,
                boost=bool(layer["boost"]),
            )
        )
    return tuple(found)
