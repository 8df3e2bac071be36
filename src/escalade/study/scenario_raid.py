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
    scenario: Scenario, striker: str | None, rung: str | None, policy: str | None = None
) -> tuple[Raid, str]:
    """The raid that a side's strike at a rung is, every input at its most likely value.

    striker : id of the side that strikes; rung : id of the rung; policy : id, by default the one that the scenario
    compares with its baseline. A strike of several raids is one raid with so many times the channels. Forces are those
    of the reference year; the shield is the struck side's own, and its partners' as far as they defend it.
    Returns the raid, and in words what its numbers are.

    Raises ``UsageError`` and ``ScenarioError`` where there is no such side, rung, policy or strike.
    """
    i = _place("side", striker, tuple(scenario.sides), "--from")
    r = _place("rung", rung, scenario.rung_ids, "--rung")
    chosen = policy or scenario.focus
    built, names = worlds(scenario.policy(chosen), scenario.policy(scenario.baseline), modes(scenario))
    here = in_year(built, scenario.reference_year)
    j = _rival(here, i)
    threats = _threats(here, names, i, r)
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
    return raid, words


def _place(what: str, name: str | None, known: tuple[str, ...], option: str) -> int:
    if name is None:
        raise UsageError(f"say which {what}: {option} {' or '.join(known)}")
    if name not in known:
        hint = did_you_mean(name, known, f"known: {', '.join(known)}", cutoff=0.4)
        raise UsageError(f'no {what} is called "{name}"; {hint}')
    return known.index(name)


def _rival(here: Worlds, i: int) -> int:
    """The other side of the first pair that side i belongs to."""
    for pair in here.pairs[0]:
        if i in (pair["first"], pair["second"]):
            return int(pair["second"] if pair["first"] == i else pair["first"])
    raise UsageError("this side has no crises with another one")


def _threats(here: Worlds, names: Names, i: int, r: int) -> tuple[Threat, ...]:
    step, words, found = here.steps[0, i, r], names.vocabulary.arms[names.sides[i]], []
    for arm, key in zip(here.arms[0, i], names.arms[i], strict=False):
        name = names.classes[arm["cls"]]
        allowed = arm["low"] <= r <= arm["high"] and name not in ON_THE_GROUND
        out = math.floor(planned_launch(step["effort"], step["raids"], arm["reusable"], arm["stock"], arm["launch"]))
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
