"""What the record of past crises says about the inputs: how far it narrows and moves each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalade.analysis.weighted import Spread, spread
from escalade.ensemble.tables import CrisisTable

LEARNED = 0.3
"""Contraction above which an input counts as learned."""


SHIFTED, CHANCE = 0.25, 3.0
"""A mean that moved by so many standard deviations, and by so many standard errors, counts as moved."""


@dataclass(frozen=True)
class Lesson:
    """One input before and after the record.

    ``contraction`` is 1 - variance after / variance before, ``shift`` how far its
    mean moved, in standard deviations before.
    """

    key: str
    prior: Spread
    posterior: Spread
    contraction: float
    shift: float

    @property
    def learned(self) -> bool:
        """Whether the record narrowed it enough to speak of."""
        return self.contraction > LEARNED


def moved(lesson: Lesson, effective: float) -> bool:
    """Whether the record moved or narrowed an input by more than chance does.

    ``effective`` is the effective number of worlds: chance alone moves a mean by about
    one over its root, and one input of some hundred by thrice that.
    """
    return lesson.learned or abs(lesson.shift) > max(SHIFTED, CHANCE / float(np.sqrt(effective)))


def lessons(table: CrisisTable) -> dict[str, Lesson]:
    """Every drawn input before and after the record, by key; those that do not vary are left out."""
    found = {}
    even = np.ones(table.candidates)
    for key, values in table.inputs.items():
        before, after = spread(values, even), spread(values, table.weight)
        variance = float(np.mean((values - before.mean) ** 2))
        if variance > 0:
            rest = float(np.sum(table.weight * (values - after.mean) ** 2) / np.sum(table.weight))
            shift = (after.mean - before.mean) / float(np.sqrt(variance))
            found[key] = Lesson(key, before, after, 1.0 - rest / variance, shift)
    return found
