"""Weights of a sample that give back what is known of the whole.

The reasons of an effect are known for the drawn worlds only, the effect itself for all candidates. Weights near those
of the draw, under which the drawn worlds have the means of all candidates, let the parts add up to the effect that the
headline speaks of. They multiply the draw's weights by ``exp(lambda . x)``: the choice that stays closest to them in
the sense of information (Deville & Särndal 1992, Journal of the American Statistical Association 87, 376-382).
"""

from __future__ import annotations

import numpy as np

from escalade.worlds import Reals

STEPS, CLOSE = 50, 1e-12
"""Newton steps at most, and how far, relative to their spread, means may be from their targets."""

MOST = 5.0
"""A weight changed by more than this factor says that the sample is too poor to stand for the whole."""


def calibrated(weight: Reals, known: Reals, targets: Reals) -> Reals | None:
    """Weights [n] near ``weight`` under which the means of ``known`` [n, k] are ``targets`` [k].

    They add up to what ``weight`` does. ``None`` where no such weights exist, or only ones far from those given.
    """
    share = weight / weight.sum()
    centred = known - targets
    scale = np.sqrt(share @ centred**2)
    used = centred[:, scale > 0] / scale[scale > 0]
    tilt = np.zeros(used.shape[1])
    tilted = share
    for _ in range(STEPS):
        gap = tilted @ used
        if np.abs(gap).max(initial=0.0) < CLOSE:
            change = tilted / share
            far = change.max() > MOST or change.min() < 1.0 / MOST
            return None if far else np.asarray(tilted * weight.sum())
        slope = (used * tilted[:, None]).T @ used - np.outer(gap, gap)
        # Means that depend on each other (a whole and its parts) leave directions without a slope.
        tilt = tilt - np.linalg.lstsq(slope, gap, rcond=1e-10)[0]
        raised = share * np.exp(np.clip(used @ tilt, -30.0, 30.0))
        tilted = raised / raised.sum()
    return None
