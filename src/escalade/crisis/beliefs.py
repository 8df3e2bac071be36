"""Beliefs about a shield: one step of learning from the engagements of a raid.

An observer believes that a layer with kill probability p has
``expit(logit(p) + b)``; b has a normal prior. A raid shows e engagements and k
kills per layer and class. The new b is the posterior mode of a logistic
regression in the shift of one shot; since a raid shares one common mode with
variance sigma^2, its information I counts as I / (1 + I sigma^2).
"""

from __future__ import annotations

import math

from escalade.jit import kernel
from escalade.raid.planned import PROBIT_SCALE
from escalade.worlds import Reals, Records

STEPS = 60
"""Newton steps at most; a handful is usual."""
TOLERANCE = 1e-13


@kernel
def evidence(
    shift: float, sigma: float, layers: Records, kill: Reals, j: int, engaged: Reals, kills: Reals
) -> tuple[float, float]:
    """Score and information about the shift from the engagements of one raid.

    layers : LAYER [j, l]; kill : kill probability per shot [j, l, c]; j : owner of the shield
    engaged, kills : engagements and those that destroyed their object [l, c]
    """
    scale = math.sqrt(1.0 + PROBIT_SCALE * sigma * sigma)
    score, information = 0.0, 0.0
    for l in range(kill.shape[1]):
        for c in range(kill.shape[2]):
            p, e, shots = kill[j, l, c], engaged[l, c], layers[j, l].shots
            if e <= 0.0 or p <= 0.0 or p >= 1.0:
                continue
            q = 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + shift) / scale))
            # d log(missed)/db is -steepness * hit: written so, nothing is divided by a number that may vanish.
            hit = -math.expm1(shots * math.log1p(-q))
            steepness = (shots * q / hit if hit > 0.0 else 1.0) / scale
            score += (kills[l, c] - e * hit) * steepness
            information += e * hit * (1.0 - hit) * steepness * steepness
    return score, information


@kernel
def learn(
    prior: float, precision: float, sigma: float, layers: Records, kill: Reals, j: int, engaged: Reals, kills: Reals
) -> tuple[float, float]:
    """Posterior mode and precision of the shift after one raid.

    prior, precision : mode and precision before
    The common mode's discount 1 / (1 + I sigma^2) is that of the prior shift, so that one concave
    function is climbed; Newton steps are halved until the slope falls (one full step overshoots on a saturated logit).
    """
    information = evidence(prior, sigma, layers, kill, j, engaged, kills)[1]
    if information <= 0.0:
        return prior, precision
    discount = 1.0 / (1.0 + information * sigma * sigma)
    shift = prior
    for _ in range(STEPS):
        score, information = evidence(shift, sigma, layers, kill, j, engaged, kills)
        slope = discount * score - precision * (shift - prior)
        step = slope / (discount * information + precision)
        if abs(step) <= TOLERANCE:
            break
        while abs(step) > TOLERANCE:
            score, _ = evidence(shift + step, sigma, layers, kill, j, engaged, kills)
            if abs(discount * score - precision * (shift + step - prior)) < abs(slope):
                break
            step *= 0.5
        shift += step
    information = evidence(shift, sigma, layers, kill, j, engaged, kills)[1]
    return shift, precision + information / (1.0 + information * sigma * sigma)
