"""Whom a scenario believes: which of its inputs rival sources would change.

``facts_from: official`` (or ``independent``) re-draws every input that has a figure of that kind in the library of
facts; the others keep what they have: the pooled figures of all kinds, or the number that the scenario gives.
"""

from __future__ import annotations

from dataclasses import dataclass

from escalade import facts
from escalade.scenario.canonical import canonical_data
from escalade.scenario.inputs import Input, inputs
from escalade.scenario.loading import scenario_from_data
from escalade.scenario.schema import Scenario

READINGS = ("official", "independent")
"""Readings under which figures stand in for others."""


@dataclass(frozen=True)
class RivalSources:
    """Counts of inputs by what rival sources say of them.

    ``facts_from`` is the reading in force; ``having`` inputs have figures in the library; ``redrawn`` says for each
    reading how many of these it re-draws. A reading leaves ``having - redrawn[reading]`` as they are.
    """

    facts_from: str
    having: int
    redrawn: dict[str, int]


def rival_sources(scenario: Scenario) -> RivalSources:
    """Counts of the inputs of a scenario and its policies that have figures, and that each reading re-draws."""
    base = scenario.base
    having = [item for item in inputs(base) if item.rivals is not None]
    redrawn = {reading: len(redrawn_inputs(having, reading)) for reading in READINGS}
    return RivalSources(base.facts_from, len(having), redrawn)


def redrawn_inputs(found: list[Input], reading: str) -> list[Input]:
    """Those of the inputs that a reading (``official``, ``independent``, ``all``) re-draws, in their order."""
    return [item for item in found if item.rivals is not None and facts.read(item.rivals, reading).redrawn]


def believing(scenario: Scenario, reading: str) -> Scenario:
    """The scenario as loaded, but believing ``official`` or ``independent`` figures only, or ``all``.

    Raises ``ScenarioError`` if a figure of that kind is none that its input may have.
    """
    if reading == scenario.base.facts_from:
        return scenario.base
    return scenario_from_data({**canonical_data(scenario), "facts_from": reading}, f"{scenario.name} ({reading})")


def changed_inputs(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """Keys of the inputs that two readings of a scenario draw from different ranges, in their order."""
    before = {item.key: item.spec for item in inputs(other)}
    return tuple(item.key for item in inputs(one) if before.get(item.key) != item.spec)
