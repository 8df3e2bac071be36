"""What leaders learn about a shield from a raid: one step of logistic regression in the shift of one shot.

With shift b, ``q = expit((logit(p) + b) / c)``, ``c = sqrt(1 + 0.346 sigma^2)``, an engagement of s shots
destroys with ``pi = 1 - (1 - q)^s``, and ``dpi/db = s q (1 - q)^s / c``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .raid import averaging, shifted


class Seen(NamedTuple):
    """What a layer did against a class in a raid: kill probability per shot, shots, engagements, kills."""

    kill: float
    shots: float
    engaged: int
    killed: int


def score_and_information(seen: Sequence[Seen], b: float, sigma: float) -> tuple[float, float]:
    """``S = sum (k - e pi) dpi / (pi (1 - pi))`` and ``I = sum e dpi^2 / (pi (1 - pi))`` at shift b.

    Since ``1 - pi = (1 - q)^s``, the factor ``dpi / (1 - pi)`` is ``s q / c``: written so, nothing is
    divided by a number that may vanish (``s q / pi`` tends to 1 where q does to 0). A certain kill teaches nothing.
    """
    c = averaging(sigma)
    score = information = 0.0
    for p, s, e, k in seen:
        if p >= 1.0:
            continue
        q = shifted(p, b, c)
        pi = -math.expm1(s * math.log1p(-q)) if q < 1.0 else 1.0
        steepness = (s * q / pi if pi > 0.0 else 1.0) / c
        score += (k - e * pi) * steepness
        information += e * (1.0 - pi) * pi * steepness * steepness
    return score, information


def step(b: float, tau: float, seen: Sequence[Seen], sigma: float) -> tuple[float, float]:
    """Believed shift and its precision after a raid.

    A raid shares one common mode, so its evidence counts only ``1 / (1 + I sigma^2)`` of itself, with I at the
    prior b for the score. The new b is the posterior mode, the root of ``w S(x) - tau (x - b)``, by Newton's
    method with the step halved until the root comes nearer; the new precision adds ``I / (1 + I sigma^2)``
    with I at the mode.
    """
    if not any(cell.engaged > 0 for cell in seen):
        return b, tau
    weight = 1.0 / (1.0 + score_and_information(seen, b, sigma)[1] * sigma * sigma)

    def slope(x: float) -> tuple[float, float]:
        score, information = score_and_information(seen, x, sigma)
        return weight * score - tau * (x - b), weight * information + tau

    x = newton(slope, b)
    information = score_and_information(seen, x, sigma)[1]
    return x, tau + information / (1.0 + information * sigma * sigma)


def newton(slope: Callable[[float], tuple[float, float]], x: float) -> float:
    """Root of a falling function; ``slope(x)`` gives its value and how steeply it falls."""
    for _ in range(100):
        height, fall = slope(x)
        move = height / fall
        while abs(move) > 1e-15 and abs(slope(x + move)[0]) > abs(height):
            move /= 2.0
        x += move
        if abs(move) <= 1e-14 * (1.0 + abs(x)):
            break
    return x
