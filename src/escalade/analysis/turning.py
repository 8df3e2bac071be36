"""Turning points: the value of one input, all others left as they are, at which the expected effect changes its sign.

The expected effect along an input is a parabola in the input's place among the sets of assumptions (0 lowest,
1 highest), fitted by weighted least squares. It turns where the fit has one sign in the lower reaches and the other in
the upper ones, and does so in nearly all samples that are drawn anew from the worlds (bootstrap; Efron and Tibshirani
1993, chapter 13). The interval holds the middle 90 of 100 points of these samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escalade.analysis import weighted
from escalade.analysis.factors import Factor, positions
from escalade.worlds import Reals

LOW, HIGH = 0.1, 0.9
"""Places between which a sign has to change; nearer the ends a fit tells little."""

RESAMPLES = 200
CERTAIN = 0.9
"""Share of resamples that have to turn the same way."""

GRID = np.linspace(LOW, HIGH, 161)


@dataclass(frozen=True)
class Turning:
    """One turning point.

    at : value of the input, in people's units; low, high : ends of its 90 % interval
    below, above : expected effect where the input is low (a tenth of the weight below it), and where it is high
    again : share of resamples that turn the same way
    """

    key: str
    at: float
    low: float
    high: float
    below: float
    above: float
    again: float


def turning_points(
    factors: Sequence[Factor], effects: Reals, weight: Reals, luck: np.random.Generator
) -> tuple[Turning, ...]:
    """Turning points of the expected effect along each numeric factor, in their order; ``effects`` are [world]."""
    size = effects.size
    copies = np.stack([np.bincount(luck.integers(size, size=size), minlength=size) for _ in range(RESAMPLES)])
    weights = np.vstack([weight, copies * weight])  # the first row is the worlds as they are
    weights = weights[weights.sum(axis=1) > 0]
    found = (_turning(factor, effects, weight, weights) for factor in factors if not factor.categorical)
    return tuple(point for point in found if point is not None)


def _turning(factor: Factor, effects: Reals, weight: Reals, weights: Reals) -> Turning | None:
    places = positions(factor.values, weight)
    along = fitted(places, effects, weights)
    signs = np.sign(along[:, [0, -1]])
    if signs[0].prod() >= 0:
        return None
    same = (signs[1:] == signs[0]).all(axis=1)
    again = float(same.mean()) if same.size else 0.0
    if again < CERTAIN:
        return None
    points = np.array([_crossing(row) for row in along[np.r_[True, same]]])
    ends = np.quantile(points[1:], (0.05, 0.95))
    at, low, high = weighted.quantiles(factor.values, weight, (points[0], *ends)).tolist()
    below, above = along[0, [0, -1]].tolist()
    return Turning(factor.key, at, low, high, below, above, again)


def fitted(places: Reals, effects: Reals, weights: Reals) -> Reals:
    """Expected effect on the grid of places, by a parabola, one row for each row of ``weights`` [sample, world]."""
    powers = np.vander(places - 0.5, 3, increasing=True)
    products = (powers[:, :, None] * powers[:, None, :]).reshape(places.size, 9)
    left = (weights @ products).reshape(-1, 3, 3)
    right = weights @ (powers * effects[:, None])
    # An input of two values leaves the parabola open: the smallest of all that fit.
    coefficients = np.einsum("sij,sj->si", np.linalg.pinv(left, rcond=1e-10, hermitian=True), right)
    return np.asarray(coefficients @ np.vander(GRID - 0.5, 3, increasing=True).T)


def _crossing(along: Reals) -> float:
    """The place at which a row that changes its sign once passes zero."""
    k = int(np.flatnonzero(np.sign(along) != np.sign(along[0]))[0])
    before, after = along[k - 1], along[k]
    return float(GRID[k - 1] + (GRID[k] - GRID[k - 1]) * before / (before - after))
