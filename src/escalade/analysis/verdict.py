"""Which of eight verdicts the numbers bear out.

Per crisis the shares of worlds decide: both signs in at least a fifth of them,
*it depends*; one sign in at least three fifths, *more* or *less*; one in at least
a fifth, *mostly too close to tell* but leaning; else *little difference*. Where
the outcome is all but unheard of under both policies it is *too rare to tell*.

Per period the 90 % interval decides. If it holds zero and is wider than what
would matter, there are *not enough runs*, and ``worlds_needed`` says how many
would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil, floor, log10

from escalade.analysis.clustered import Estimate
from escalade.analysis.compare import Comparison, PairAnswer, WorldShares

SOME, MOST = 0.2, 0.6
"""Shares of worlds from which a sign counts, and from which it decides."""

RARE = 0.001
"""A risk below this under both policies is too rare to tell."""


class Verdict(Enum):
    """The eight things that a headline can say."""

    MORE = "more"
    LESS = "less"
    DEPENDS = "depends"
    LEANS_MORE = "leans more"
    LEANS_LESS = "leans less"
    LITTLE = "little difference"
    RARE = "too rare to tell"
    NOT_ENOUGH = "not enough runs"


@dataclass(frozen=True)
class Judgement:
    """Verdicts of one pair on both clocks (``None`` where a clock is silent), and what follows.

    ``opposed``: the period's interval lies wholly on the other side of the
    verdict per crisis. ``worlds_needed``: drawn worlds with which the period
    would tell, where it does not.
    """

    crisis: Verdict | None
    period: Verdict | None
    opposed: bool
    worlds_needed: int | None


def judge(comparison: Comparison, policy: str) -> Judgement:
    """Verdicts on the headline outcome of one policy against the comparison's baseline."""
    pair, outcome = comparison.pair(policy), comparison.outcome.id
    of_crisis = of_period = needed = None
    if pair.worlds is not None:
        of_crisis = by_worlds(pair.worlds, rare=_rare(comparison, pair, "crisis"))
    if outcome in pair.period:
        margin = comparison.margin["period"]
        difference = pair.period[outcome]
        of_period = by_interval(difference, margin, rare=_rare(comparison, pair, "period"))
        if of_period is Verdict.NOT_ENOUGH:
            needed = worlds_needed(difference, margin, comparison.drawn)
    return Judgement(of_crisis, of_period, _opposed(of_crisis, of_period), needed)


def by_worlds(shares: WorldShares, *, rare: bool = False) -> Verdict:
    """Verdict per crisis, from the shares of worlds in which the outcome is raised or lowered."""
    if rare:
        return Verdict.RARE
    if min(shares.raises, shares.lowers) >= SOME:
        return Verdict.DEPENDS
    if shares.raises >= MOST:
        return Verdict.MORE
    if shares.lowers >= MOST:
        return Verdict.LESS
    if shares.raises >= SOME:
        return Verdict.LEANS_MORE
    return Verdict.LEANS_LESS if shares.lowers >= SOME else Verdict.LITTLE


def by_interval(difference: Estimate, margin: float, *, rare: bool = False) -> Verdict:
    """Verdict per period, from the paired difference's 90 % interval."""
    if rare:
        return Verdict.RARE
    interval = difference.interval_90
    if interval is None:
        return Verdict.NOT_ENOUGH
    low, high = interval
    if low > 0:
        return Verdict.MORE
    if high < 0:
        return Verdict.LESS
    return Verdict.LITTLE if max(-low, high) <= margin else Verdict.NOT_ENOUGH


def worlds_needed(difference: Estimate, margin: float, drawn: int) -> int | None:
    """Drawn worlds after which the interval would leave out 0, or lie within the margin, whichever comes first.

    If the difference stayed as it is: the interval shrinks with the square root
    of their number. Rounded up to two digits. ``None`` where the error is
    unknown or zero, or nothing would do.
    """
    half = difference.half_width
    target = max(abs(difference.mean), margin - abs(difference.mean))
    if not half or target <= 0:
        return None
    exact = drawn * (half / target) ** 2
    unit = int(10 ** max(0, floor(log10(exact)) - 1))
    return ceil(exact / unit) * unit


def _rare(comparison: Comparison, pair: PairAnswer, clock: str) -> bool:
    """Whether the headline outcome is a share that stays below one in a thousand under both policies."""
    outcome = comparison.outcome
    measure = outcome.crisis if clock == "crisis" else outcome.period
    if measure is None or measure.unit != "share" or measure.denominator:
        return False
    answers = (comparison.policies[pair.policy], comparison.policies[pair.baseline])
    if clock == "crisis":
        return all(answer.crisis[outcome.id].posterior.mean < RARE for answer in answers)
    return all(answer.period[outcome.id].mean < RARE for answer in answers)


_UP, _DOWN = {Verdict.MORE, Verdict.LEANS_MORE}, {Verdict.LESS, Verdict.LEANS_LESS}


def _opposed(of_crisis: Verdict | None, of_period: Verdict | None) -> bool:
    return (of_crisis in _UP and of_period is Verdict.LESS) or (of_crisis in _DOWN and of_period is Verdict.MORE)
