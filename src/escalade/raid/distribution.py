"""The distribution of a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escalade.worlds import Reals


@dataclass(frozen=True)
class Distribution:
    """Chances of the counts first, first + step, first + 2 step, ...

    chance : of each count in turn; they add up to 1
    step : distance between counts: 1 for threats, the size of a salvo for interceptors (whole, >= 1)
    first : the first count that ``chance`` speaks of (whole, >= 0)
    """

    chance: Reals
    step: int = 1
    first: int = 0

    @classmethod
    def of(cls, chance: Reals, step: int = 1, first: int = 0) -> Distribution:
        """From chances known up to a factor; what follows the last possible count is left out."""
        there = np.flatnonzero(chance)
        chance = chance[: there[-1] + 1] if there.size else chance[:1]
        return cls(chance / chance.sum(), step, first)

    @property
    def counts(self) -> Reals:
        """The counts that ``chance`` speaks of."""
        return self.first + self.step * np.arange(self.chance.size, dtype=float)

    @property
    def mean(self) -> float:
        """Expected count."""
        return float(self.chance @ self.counts)

    @property
    def variance(self) -> float:
        """Variance of the count."""
        return float(self.chance @ (self.counts - self.mean) ** 2)

    @property
    def cumulative(self) -> Reals:
        """Probability of at most each count, in the order of ``counts``."""
        return np.minimum(1.0, np.cumsum(self.chance))

    def at_most(self, count: float) -> float:
        """Probability that the count is at most this."""
        if count < self.first:
            return 0.0
        return float(self.cumulative[min(self.chance.size - 1, int((count - self.first) // self.step))])

    def quantile(self, share: float) -> int:
        """The smallest count that is not exceeded with probability ``share`` or more."""
        place = int(np.searchsorted(self.cumulative, share - 1e-12))
        return self.first + self.step * min(place, self.chance.size - 1)

    def interval(self, share: float = 0.9) -> tuple[int, int]:
        """The central range: as much probability is left out below as above, ``1 - share`` in all at most."""
        rest = (1.0 - share) / 2.0
        return self.quantile(rest), self.quantile(1.0 - rest)


def total(parts: Sequence[Reals]) -> Reals:
    """Chances of the sum of independent counts of step 1, from the chances of each [0 ..]."""
    if len(parts) == 1:
        return parts[0]
    found = np.ones(1)
    for part in parts:
        first, last = np.flatnonzero(part)[[0, -1]]
        start = np.flatnonzero(found)[0]
        sums = np.convolve(found[start:], part[first : last + 1])
        found = np.concatenate([np.zeros(start + first), sums])
    return found
