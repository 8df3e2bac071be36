"""What the record of past crises says about the inputs: how far it narrows and moves each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalade.analysis.weighted import Spread, spread
from escalade.ensemble.tables import CrisisTable

LEARNED = 0.3
"""Contraction above which an input counts as learned."""


@dataclass(frozen=True)
class Lesson:
    """One input before and after the record; ``contraction`` is 1 - variance after / variance before."""

    key: str
    prior: Spread
    posterior: Spread
    contraction: float

    @property
    def learned(self) -> bool:
        """Whether the record narrowed it enough to speak of."""
        return self.contraction > LEARNED


def lessons(table: CrisisTable) -> dict[str, Lesson]:
    """Every drawn input before and after the record, by key; those that do not vary are left out."""
    found = {}
    even = np.ones(table.candidates)
    for key, values in table.inputs.items():
        before, after = spread(values, even), spread(values, table.weight)
        variance = float(np.mean((values - before.mean) ** 2))
        if variance > 0:
            rest = float(np.sum(table.weight * (values - after.mean) ** 2) / np.sum(table.weight))
            found[key] = Lesson(key, before, after, 1.0 - rest / variance)
    return found
