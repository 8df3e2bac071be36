"""The library of public figures: what was reported about shields, missiles and wars, with its source.

Figures that conflict stand side by side; nothing is averaged away. ``get`` looks one up by its stable id, ``read``
says what an id stands for if only some kinds are believed, and ``system`` gives a shield with the figures that a raid
needs (which figure stands for which number: ``escalade.facts.systems``).
"""

from escalade.facts.library import KINDS, UNITS, Fact, UnknownFact, all_facts, get, group
from escalade.facts.reading import Reading, figures, read
from escalade.facts.systems import (
    Estimate,
    Shield,
    Threat,
    UnknownSystem,
    all_systems,
    per_shot,
    shield_names,
    system,
    threat,
    threat_names,
)

__all__ = [
    "KINDS",
    "UNITS",
    "Estimate",
    "Fact",
    "Reading",
    "Shield",
    "Threat",
    "UnknownFact",
    "UnknownSystem",
    "all_facts",
    "all_systems",
    "figures",
    "get",
    "group",
    "per_shot",
    "read",
    "shield_names",
    "system",
    "threat",
    "threat_names",
]
