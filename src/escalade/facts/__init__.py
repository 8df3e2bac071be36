"""The library of public figures: what was reported about shields, missiles and wars, with its source.

Figures that conflict stand side by side; nothing is averaged away. ``get`` looks one up by its stable id.
"""

from escalade.facts.library import KINDS, UNITS, Fact, UnknownFact, all_facts, get, group

__all__ = ["KINDS", "UNITS", "Fact", "UnknownFact", "all_facts", "get", "group"]
