"""What came of trying a claim: a verdict for each trial, and one for the claim.

The share of the sets of assumptions, weighed by the record, in which the claim holds decides: at least three fifths,
and fewer than a fifth the other way round, *supported*; fewer than a fifth, *contradicted*; else it *turns*. What is
true by construction is said to be so whatever its trials find, and never counts as support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from escalade.analysis.verdict import MOST, SOME
from escalade.evidence.claims import Claim, Expects, Trial
from escalade.evidence.claims_file import Posed
from escalade.evidence.condition import Condition


class Verdict(Enum):
    """The five things that can be said of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    TURNS = "turns"
    CONSTRUCTION = "true by construction"
    NOT_TESTABLE = "not testable here"


@dataclass(frozen=True)
class Found:
    """What a trial found, per crisis.

    level, baseline : weighted means; effect, low, high : mean difference, and what 5 and 95 of 100 sets do not exceed
    raises, lowers, neither : shares of the weight, beyond the margin; rare : too rare under both policies to tell
    Over the years ``low`` and ``high`` are the ends of the 90 % interval, one of the shares is 1 as it tells, and
    ``rare`` says also that there are not enough histories to tell.
    worlds, effective : sets solved, and how many equal ones they weigh as much as
    condition : the one number that it hangs on most, where there is one
    """

    level: float
    baseline: float
    effect: float
    low: float
    high: float
    raises: float
    lowers: float
    neither: float
    rare: bool
    worlds: int
    effective: float
    condition: Condition | None = None

    @property
    def sign(self) -> str:
        """The sign found: "more", "less", "both" or "neither", from a fifth of the sets on."""
        more, less = self.raises >= SOME, self.lowers >= SOME
        return "both" if more and less else "more" if more else "less" if less else "neither"


@dataclass(frozen=True)
class TriedTrial:
    """A trial with what it found; nothing where it waits for something."""

    trial: Trial
    posed: Posed | None
    found: Found | None

    @property
    def holds(self) -> float | None:
        """Share of the weight in which the claim holds."""
        return None if self.found is None else shares(self.trial.expects, self.found)[0]

    @property
    def verdict(self) -> Verdict:
        """Verdict of the trial alone."""
        if self.found is None or self.found.rare:
            return Verdict.NOT_TESTABLE
        holds, against = shares(self.trial.expects, self.found)
        if holds < SOME:
            return Verdict.CONTRADICTED
        return Verdict.SUPPORTED if holds >= MOST and against < SOME else Verdict.TURNS


@dataclass(frozen=True)
class TriedClaim:
    """A claim with its trials."""

    id: str
    claim: Claim
    trials: tuple[TriedTrial, ...]

    @property
    def counted(self) -> tuple[TriedTrial, ...]:
        """The trials that decide: those that could be tried and are not only shown beside it."""
        return tuple(one for one in self.trials if not one.trial.beside and one.verdict is not Verdict.NOT_TESTABLE)

    @property
    def verdict(self) -> Verdict:
        """Verdict of the claim: that of its trials if they agree, else it turns."""
        if self.claim.by_construction is not None:
            return Verdict.CONSTRUCTION
        if self.claim.not_testable is not None:
            return Verdict.NOT_TESTABLE
        return together([one.verdict for one in self.counted])


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict for several: theirs if they agree, *turns* if not, *not testable here* for none."""
    distinct = set(verdicts)
    if not distinct:
        return Verdict.NOT_TESTABLE
    return distinct.pop() if len(distinct) == 1 else Verdict.TURNS


def shares(expects: Expects, found: Found) -> tuple[float, float]:
    """Shares of the weight in which a claim holds, and in which its contrary does (of "same": the larger sign)."""
    if expects == "same":
        return found.neither, max(found.raises, found.lowers)
    both = (found.raises, found.lowers)
    return both if expects == "more" else both[::-1]
