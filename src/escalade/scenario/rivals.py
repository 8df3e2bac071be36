"""Whom a scenario believes: which of its inputs rival sources would change.

``facts_from: official`` (or ``independent``) re-draws every input that has a figure of that kind in the library of
facts; the others keep what they have: the pooled figures of all kinds, or the number that the scenario gives.
"""

from __future__ import annotations

from dataclasses import dataclass

from escalade import facts
from escalade.scenario.inputs import Input, inputs
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
