"""Joint distributions of several counts as arrays that stay where the chances are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalade.worlds import Reals


class Joint(NamedTuple):
    """Joint distribution of counts, one axis each; ``starts`` says which count the first place of an axis is."""

    starts: tuple[int, ...]
    chance: Reals

    def along(self, axis: int) -> Reals:
        """Chances of the count on one axis, from its first place on."""
        others = tuple(other for other in range(self.chance.ndim) if other != axis)
        return np.asarray(self.chance.sum(axis=others))

    def mean(self, axis: int) -> float:
        """Expected count on one axis, times the probability of the whole."""
        chance = self.along(axis)
        return float((chance * (self.starts[axis] + np.arange(chance.size))).sum())

    def trimmed(self, cut: float, axes: Sequence[int] | None = None) -> Joint:
        """Without the ends of axes (all by default) that have less than ``cut`` of probability a place."""
        starts, found = list(self.starts), self.chance
        for axis in range(found.ndim) if axes is None else axes:
            there = np.flatnonzero(Joint(self.starts, found).along(axis) >= cut)
            first, last = (int(there[0]), int(there[-1]) + 1) if there.size else (0, 1)
            starts[axis] += first
            found = found[(slice(None),) * axis + (slice(first, last),)]
        return Joint(tuple(starts), found)

    def from_zero(self, axes: Sequence[int]) -> Joint:
        """The same with some axes beginning at count 0."""
        before = [(self.starts[axis] if axis in axes else 0, 0) for axis in range(self.chance.ndim)]
        starts = tuple(0 if axis in axes else start for axis, start in enumerate(self.starts))
        return Joint(starts, np.pad(self.chance, before))


def independent(parts: Sequence[Joint]) -> Joint:
    """Joint distribution of independent ones, their axes one after the other."""
    found = np.ones(())
    for part in parts:
        found = np.multiply.outer(found, part.chance)
    return Joint(tuple(start for part in parts for start in part.starts), found)


def either(parts: Sequence[Joint]) -> Joint:
    """Sum of distributions over the same counts: what holds in one case or another."""
    starts = tuple(min(part.starts[axis] for part in parts) for axis in range(parts[0].chance.ndim))
    ends = [max(part.starts[axis] + part.chance.shape[axis] for part in parts) for axis in range(len(starts))]
    found = np.zeros([end - start for start, end in zip(starts, ends, strict=True)])
    for part in parts:
        place = tuple(
            slice(own - start, own - start + size)
            for own, start, size in zip(part.starts, starts, part.chance.shape, strict=True)
        )
        found[place] += part.chance
    return Joint(starts, found)
