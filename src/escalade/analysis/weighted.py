"""Means and quantiles over weighted worlds.

A world of weight 2 counts exactly like two worlds of weight 1: quantiles are
therefore those of the weighted empirical distribution, without interpolation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-12
"""Share of the total weight that rounding may move across a quantile's edge."""


@dataclass(frozen=True)
class Spread:
    """A quantity over weighted worlds: its mean, and the values that 5, 50 and 95 of 100 do not exceed."""

    mean: float
    low: float
    median: float
    high: float


def mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Weighted mean of values [world]; weights >= 0 need not sum to one. Equal values give exactly that value."""
    first = float(values[0])
    # Summed as deviations from the first value: a constant comes out to the last digit.
    return first + float(np.dot(weight, values - first) / np.sum(weight))


def quantiles(
    values: NDArray[np.float64], weight: NDArray[np.float64], probabilities: Sequence[float]
) -> NDArray[np.float64]:
    """Smallest values whose cumulated share of the weight reaches each probability.

    ``values`` and ``weight`` (>= 0, not all zero) are [world]; ``probabilities``
    lie in (0, 1]. Worlds without weight are never an answer.
    """
    order = np.argsort(values, kind="stable")
    order = order[weight[order] > 0]
    share = np.cumsum(weight[order])
    share /= share[-1]
    at = np.searchsorted(share, np.asarray(probabilities) - ROUNDING, side="left")
    return np.asarray(values[order[np.minimum(at, order.size - 1)]], dtype=np.float64)


def spread(values: NDArray[np.float64], weight: NDArray[np.float64]) -> Spread:
    """Weighted mean with the 5, 50 and 95 % quantiles over worlds."""
    low, median, high = (float(value) for value in quantiles(values, weight, (0.05, 0.5, 0.95)))
    return Spread(mean(values, weight), low, median, high)
