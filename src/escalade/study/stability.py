"""First-strike stability of a scenario's pairs under its policies: at likely inputs, over drawn ones, by shield."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade.ensemble.build import Names, worlds
from escalade.ensemble.design import Design, draw, modes
from escalade.errors import UsageError, did_you_mean
from escalade.stability.index import TRULY, PairStability, pair_stability
from escalade.stability.postures import interceptors, launching_under_attack, with_shield
from escalade.stability.ragged import Ragged, ragged
from escalade.study.reference import in_year
from escalade.worlds import Worlds

if TYPE_CHECKING:
    from escalade.scenario import Scenario

SETS = 64
"""Sets of assumptions over which ranges are taken."""

SEED = 1
"""Seed of their draw: ranges are the same every time."""

LAND_BASED = ("ballistic", "icbm")
"""Threat classes that may be launched under attack."""

ANY_SHIELD = "shield"
"""In a sweep: the one shield that there is."""


@dataclass(frozen=True)
class PairFigures:
    """First strikes of one pair under one policy.

    sides : ids, in the pair's order
    likely : every input at its most likely value (one world); drawn : over sets of assumptions
    under_attack : likely, if land-based missiles of both leave before they are hit
    ragged : by id of a side with a shield, that shield and its rival's survivability, likely
    """

    sides: tuple[str, str]
    likely: PairStability
    drawn: PairStability
    under_attack: PairStability
    ragged: Mapping[str, Ragged]


@dataclass(frozen=True)
class Curve:
    """The index against the size of a shield, every input at its most likely value.

    policy : under which the rest stands; side : whose shield
    sizes : interceptors; pairs : of sides, by id; index : truly [pair, size]; saves : by striking first, truly
        [pair, size, side of the pair]
    """

    policy: str
    side: str
    sizes: tuple[float, ...]
    pairs: tuple[tuple[str, str], ...]
    index: np.ndarray
    saves: np.ndarray


@dataclass(frozen=True)
class Stability:
    """First-strike stability of a scenario, policies in the scenario's order; ``curve`` where one was asked for."""

    scenario: Scenario
    names: Names
    policies: Mapping[str, tuple[PairFigures, ...]]
    curve: Curve | None


def require_strategic(scenario: Scenario) -> None:
    """Raise ``UsageError`` where a scenario has no strategic exchange to look at, and say what is missing."""
    top = scenario.ladder.rungs[-1]
    if not top.nuclear:
        raise UsageError(
            f"{scenario.name} has no nuclear rung: stability compares first strikes at the highest rung, which must "
            f"bear nuclear: true; here that is {top.id!r}"
        )
    fighting = {side for pair in scenario.pairs for side in pair.sides}
    for name, side in scenario.sides.items():
        if name in fighting and side.people_at_risk is None:
            raise UsageError(
                f"{scenario.name}: sides.{name}.people_at_risk is null; stability needs a number: damage is the share "
                "of these people who die"
            )


def stability(
    scenario: Scenario, policies: Sequence[str] = (), sweep: tuple[str, Sequence[float]] | None = None
) -> Stability:
    """First strikes of every pair at the highest rung, with the forces of the reference year.

    policies : ids; all by default
    sweep : id of a side, or ``shield`` for the only one that has any, and sizes of its shield

    Raises ``ScenarioError`` for an unknown policy and ``UsageError`` for a scenario without strategic forces, or for
    a sweep of a shield that is not there.
    """
    require_strategic(scenario)
    asked = {name: scenario.policy(name) for name in policies or scenario.policies}
    likely, drawn = modes(scenario), draw(scenario, SETS, SEED)
    found = {}
    for name in (name for name in scenario.policies if name in asked):
        here, labels = _worlds(scenario, asked[name], likely)
        many, _ = _worlds(scenario, asked[name], drawn)
        found[name] = tuple(_figures(here, many, labels, p, pair) for p, pair in enumerate(_pairs(here)))
    first = scenario.focus if scenario.focus in asked else next(iter(found))
    curve = _curve(scenario, asked[first], first, likely, *sweep) if sweep else None
    return Stability(scenario, labels, found, curve)


def _worlds(scenario: Scenario, changed: Scenario, design: Design) -> tuple[Worlds, Names]:
    here, labels = worlds(changed, scenario.policy(scenario.baseline), design)
    return in_year(here, scenario.reference_year), labels


def _pairs(here: Worlds) -> list[tuple[int, int]]:
    return [(int(pair["first"]), int(pair["second"])) for pair in here.pairs[0]]


def _figures(here: Worlds, many: Worlds, labels: Names, p: int, pair: tuple[int, int]) -> PairFigures:
    land = [labels.classes.index(name) for name in LAND_BASED if name in labels.classes]
    prompt = here
    for side in pair:
        prompt = launching_under_attack(prompt, side, land)
    shielded = [owner for owner in (0, 1) if interceptors(here, pair[owner])[0] > 0.0]
    return PairFigures(
        (labels.sides[pair[0]], labels.sides[pair[1]]),
        pair_stability(here, p),
        pair_stability(many, p),
        pair_stability(prompt, p),
        {labels.sides[pair[owner]]: ragged(here, p, owner) for owner in shielded},
    )


def _curve(
    scenario: Scenario, changed: Scenario, policy: str, likely: Design, whose: str, sizes: Sequence[float]
) -> Curve:
    here, labels = _worlds(scenario, changed, likely)
    side = _swept(here, labels, policy, whose)
    pairs = {p: pair for p, pair in enumerate(_pairs(here)) if side in pair}
    swept = [[pair_stability(with_shield(here, side, size), p) for size in sizes] for p in pairs]
    return Curve(
        policy,
        labels.sides[side],
        tuple(sizes),
        tuple((labels.sides[first], labels.sides[second]) for first, second in pairs.values()),
        np.array([[each.index[TRULY, 0] for each in row] for row in swept]),
        np.array([[each.incentive[TRULY, 0] for each in row] for row in swept]),
    )


def _swept(here: Worlds, labels: Names, policy: str, whose: str) -> int:
    """The side whose shield is swept."""
    owners = [name for at, name in enumerate(labels.sides) if interceptors(here, at)[0] > 0.0]
    if whose == ANY_SHIELD and len(owners) == 1:
        return labels.sides.index(owners[0])
    if whose in owners:
        return labels.sides.index(whose)
    if not owners:
        raise UsageError(f"under {policy} nobody has interceptors that could be made more or fewer; choose --policy")
    choices = ", ".join(owners)
    if whose == ANY_SHIELD:
        raise UsageError(f"several sides have shields under {policy}; name one of {choices}: --sweep {owners[0]}=...")
    raise UsageError(f'"{whose}" has no shield under {policy}; {did_you_mean(whose, owners, f"allowed: {choices}")}')
