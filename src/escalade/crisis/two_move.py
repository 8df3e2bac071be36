"""The two-move kernel: the smallest crisis, four logistic formulas on one page.

Two rungs, one strike each. One side may strike first or leave it; the side that was struck may answer or stand. With
``L(x) = 1 / (1 + exp(-x))`` and precision lambda,

    B answers with probability  p = L(lambda (G_B - C_B + Pi_B))
    A strikes with probability  q = L(lambda (G_A - C_A - p (Z_A + H_A + Pi_A)))

and the same once more with the letters exchanged. G is what a strike wins its side, C what it costs it; Z what it takes
from the side struck and H that side's deaths over its tolerance; Pi the pressure to answer, which a strike discharges:
``Pi = P (H + affront (1 - calm * share stopped))``. Nobody yields, nothing is hidden, nobody may climb further.

The signs of a shield for A can be read off. It lowers H_A, Pi_A and what B's answer wins (G_B, Z_A), so A is struck
back less often and less hard: q rises. What B gains by striking first falls too, but so does A's need to answer; what
B does first may go either way.

Choice is logit quantal response (McKelvey and Palfrey 1998, Experimental Economics 1:9), solved backward.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Strike:
    """What one strike does to both sides, in median stakes of the side concerned.

    gain : won by the striker, G
    cost : cost to the striker, its own soldiers' deaths included, C
    loss : lost by the side struck, as it expects it, Z
    harm : deaths of the side struck over its tolerance, H
    pressure : on the side struck to answer, Pi
    """

    gain: float
    cost: float
    loss: float
    harm: float
    pressure: float


@dataclass(frozen=True)
class TwoMoves:
    """Probabilities of a first strike, and of an answer to it."""

    strikes_first: float
    answers: float


def two_moves(first: Strike, answer: Strike | None, precision: float) -> TwoMoves:
    """Solve the two-move game of one opener.

    first : the opener's strike; answer : the other side's, None where it has nothing left to answer with
    precision : lambda of logit choice, 0 or more; at infinity the better option is taken, ties split equally
    """
    if answer is None:
        return TwoMoves(logistic(first.gain - first.cost, precision), 0.0)
    answers = logistic(answer.gain - answer.cost + first.pressure, precision)
    struck_back = answer.loss + answer.harm + answer.pressure
    return TwoMoves(logistic(first.gain - first.cost - answers * struck_back, precision), answers)


def logistic(advantage: float, precision: float) -> float:
    """Probability of choosing an option that is better by ``advantage``: ``1 / (1 + exp(-precision * advantage))``."""
    if advantage == 0.0 or precision == 0.0:
        return 0.5
    if math.isinf(precision):
        return 1.0 if advantage > 0.0 else 0.0
    # exp of a negative number only: it may vanish, but not overflow.
    small = math.exp(-abs(precision * advantage))
    return 1.0 / (1.0 + small) if advantage > 0.0 else small / (1.0 + small)
