"""What the exact raid counts: everything it knows of nights, weighted and added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalade.raid.shield import Raid
from escalade.raid.task import Task, most_objects
from escalade.worlds import Reals


@dataclass(frozen=True)
class Tally:
    """Chances and expected numbers, added up over nights; every field is a view of one flat array.

    leakers : P(that many threatening objects of the class get through), by class [c][n]
    total : the same of all classes together [n]
    used : P(that many engagements), by layer [l][e]
    refused : P(the layer left a live object alone for want of stock or channels) [l]
    stopped : expected number of objects (before release: of units) that the layer destroyed [l]
    harmless : expected number of harmless objects that nobody destroyed, by class [c]
    units : expected number of units that boost layers destroyed, by class [c]
    weight : of what has been added up [1]
    """

    flat: Reals
    leakers: tuple[Reals, ...]
    total: Reals
    used: tuple[Reals, ...]
    refused: Reals
    stopped: Reals
    harmless: Reals
    units: Reals
    weight: Reals

    def add(self, other: Tally, weight: float = 1.0) -> None:
        """Add another tally of the same shape, times its weight."""
        self.flat[:] += weight * other.flat

    def distance(self, other: Tally) -> float:
        """Largest difference of two tallies in a distribution function or a probability."""
        theirs = (*other.leakers, other.total, *other.used)
        pairs = zip((*self.leakers, self.total, *self.used), theirs, strict=True)
        gaps = [np.abs(np.cumsum(a) / self.weight - np.cumsum(b) / other.weight).max() for a, b in pairs]
        return float(max([*gaps, *np.abs(self.refused / self.weight - other.refused / other.weight)]))


def empty_tally(raid: Raid, tasks: tuple[Task, ...]) -> Tally:
    """A tally of nothing, wide enough for the raid."""
    classes, layers = len(raid.classes), len(raid.layers)
    most = [most_objects(raid.of_class(name), harmless=False) for name in raid.classes]
    able = [0] * layers
    for task in tasks:
        for l, engagements in zip(task.layers, task.able, strict=True):
            able[l] = engagements
    sizes = [*(n + 1 for n in most), sum(most) + 1, *(n + 1 for n in able), layers, layers, classes, classes, 1]
    flat = np.zeros(sum(sizes))
    views = np.split(flat, np.cumsum(sizes)[:-1])
    used = tuple(views[classes + 1 : classes + 1 + layers])
    return Tally(flat, tuple(views[:classes]), views[classes], used, *views[classes + 1 + layers :])
