"""Mixing nights: one table, or ever finer trapezoid rules over a normal common mode."""

from __future__ import annotations

import math

import numpy as np

from escalade.errors import EscaladeError
from escalade.raid.distribution import total
from escalade.raid.exact_classes import Night, count_classes, start_classes
from escalade.raid.exact_one_class import count_one_class, start_one_class
from escalade.raid.joint import Joint
from escalade.raid.mixing import Mixing, engagement_kills
from escalade.raid.shield import Raid
from escalade.raid.tally import Tally, empty_tally
from escalade.raid.task import Task, commitments, most_objects, tasks
from escalade.worlds import Reals

EXPECTED_NIGHTS = 65
"""Nights that a normal common mode is expected to take, to judge in time whether a raid is too large."""

FOLLOWED = 1e-8
"""Chances below this share of the tolerance are not followed."""

FINEST = 2.0**-11
"""Distance of nights, in standard deviations, at which the trapezoid rule is given up."""


class Counter:
    """Counts a raid night by night; what all nights have in common is prepared once.

    raid, tolerance : what is counted, and the error of every distribution function that is allowed
    steps : elementary steps allowed in one night of several classes, see ``exact_classes``
    """

    def __init__(self, raid: Raid, tolerance: float, steps: float):
        self.raid, self.tolerance, self.steps = raid, tolerance, steps
        self.tasks = tasks(raid)
        self._cases = commitments(raid)
        self._night = self.empty()
        cut = tolerance * FOLLOWED
        self._starts = [start_one_class(t, cut) if t.plain else start_classes(t, cut) for t in self.tasks]

    def empty(self) -> Tally:
        """A tally of no night."""
        return empty_tally(self.raid, self.tasks)

    def add(self, kill: Reals, weight: float, tally: Tally) -> None:
        """Add a night to a tally.

        kill : probability that an engagement destroys its object, by layer and class of the raid [l, c]
        """
        if weight <= self.tolerance * FOLLOWED:
            return
        for chance, works in self._cases:
            night, cut = self._night, min(1e-6, self.tolerance * FOLLOWED / (weight * chance))
            night.flat[:] = 0.0
            night.weight[0] = 1.0
            parts = [
                self._count(task, start, kill, works, cut) for task, start in zip(self.tasks, self._starts, strict=True)
            ]
            together = total(parts)
            night.total[: together.size] = together
            tally.add(night, weight * chance)

    def _count(self, task: Task, start: Reals | Joint, kill: Reals, works: Reals, cut: float) -> Reals:
        """Count one task into the night at hand; P(that many of its threatening objects get through)."""
        if not isinstance(start, Joint):
            return count_one_class(task, start, kill, works, cut, self._night)
        found = np.zeros(sum(self._night.leakers[c].size - 1 for c in task.classes) + 1)
        count_classes(Night(task, kill, works, cut, self._night, found, self.steps), start)
        return found


def table_of_nights(raid: Raid, mixing: Mixing, tolerance: float, steps: float) -> tuple[Tally, int]:
    """All nights of a mixing table, and how many; ``steps`` elementary steps are allowed in all."""
    counter = Counter(raid, tolerance, steps / mixing.weight.size)
    tally = counter.empty()
    for weight, kill in zip(mixing.weight, mixing.kill, strict=True):
        counter.add(kill, float(weight), tally)
    return tally, mixing.weight.size


def normal_nights(raid: Raid, tolerance: float, steps: float) -> tuple[Tally, int]:
    """The normal common mode by the trapezoid rule, and how many nights that took.

    The distance of nights is halved until that changes no distribution function by more than the square root of the
    tolerance: for analytic integrands the error of the finer rule is the square of the coarser one's, or less
    (Trefethen and Weideman 2014, SIAM Review 56:385).

    Raises ``EscaladeError`` where that takes too many nights.
    """
    from scipy.special import ndtri

    reach = float(-ndtri(tolerance / 200.0))
    counter = Counter(raid, tolerance, steps / EXPECTED_NIGHTS)
    tally, before = counter.empty(), counter.empty()
    nights, distance = 0, first_distance(raid, tolerance)
    places = distance * np.arange(-math.floor(reach / distance), math.floor(reach / distance) + 1.0)
    while distance >= FINEST:
        for z, kill in zip(places, engagement_kills(raid, places), strict=True):
            counter.add(kill, float(np.exp(-z * z / 2.0)), tally)
        nights += places.size
        if before.weight[0] > 0.0 and tally.distance(before) <= 0.3 * math.sqrt(tolerance):
            return tally, nights
        before.flat[:] = tally.flat
        distance /= 2.0
        half = np.arange(distance, reach, 2.0 * distance)
        places = np.concatenate([-half[::-1], half])
    raise EscaladeError(f"the common mode needs more than {nights:,} nights; allow a larger tolerance")


def normal_table(raid: Raid, tolerance: float) -> Mixing:
    """The normal common mode as one table, as fine as such a tolerance usually asks for."""
    from scipy.special import ndtri

    distance, reach = first_distance(raid, tolerance) / 2.0, float(-ndtri(tolerance / 200.0))
    z = distance * np.arange(-math.floor(reach / distance), math.floor(reach / distance) + 1.0)
    weight = np.exp(-z * z / 2.0)
    return Mixing(weight / weight.sum(), engagement_kills(raid, z))


def first_distance(raid: Raid, tolerance: float) -> float:
    """Distance of nights to begin with, such that halving it once is usually enough.

    Given the night leakers are spread by about the square root of their number, so that the chance of one number of
    leakers is a bell over the nights, the narrower the larger the raid; the trapezoid rule errs by
    ``exp(-2 pi^2 w^2 / d^2)`` on a bell of width w.
    """
    objects = max(1, *(most_objects(raid.of_class(name), harmless=False) for name in raid.classes))
    width = 1.8 / (raid.sigma * math.sqrt(objects))
    return min(1.0, 2.0 * math.pi * width / math.sqrt(-math.log(tolerance)))
