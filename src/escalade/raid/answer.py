"""The answer to a question about one raid: everything that is shown, in one frozen result."""

from __future__ import annotations

from dataclasses import dataclass

from escalade.raid.count import RaidCount
from escalade.raid.drawn import count_raid
from escalade.raid.named import Given
from escalade.raid.requirements import (
    BreakingPoint,
    CostExchange,
    Goal,
    Requirement,
    Sweep,
    breaking_point,
    cost_exchange,
    interceptors_needed,
    sweep,
)
from escalade.raid.shield import Raid

TOLERANCE = 1e-7
STEPS = 2e10
"""Error of what is shown, and how long an exact count may take: some ten seconds of one processor."""


@dataclass(frozen=True)
class Range:
    """A sweep that was asked for: over what, and the values."""

    what: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class RaidAnswer:
    """What is known of one raid, and the other way round where that was asked for.

    title : what meets what
    given, supposed : figures behind the numbers, and what nobody told
    origin : where all other numbers are from; empty where the user gave them
    exchange : by threat that has a price
    ends : expected number that gets through with the figures' kill probabilities at their low and their high end
    goal : the number that may get through, and how surely
    """

    title: str
    count: RaidCount
    given: tuple[Given, ...]
    supposed: tuple[str, ...]
    origin: str
    exchange: tuple[CostExchange, ...]
    ends: tuple[float, float] | None
    goal: Goal
    needed: Requirement | None = None
    breaks: BreakingPoint | None = None
    swept: Sweep | None = None


def answer(
    raid: Raid,
    goal: Goal,
    *,
    given: tuple[Given, ...] = (),
    supposed: tuple[str, ...] = (),
    origin: str = "",
    ends: tuple[Raid, Raid] | None = None,
    needed: bool = False,
    breaks: bool = False,
    swept: Range | None = None,
    vary: str | None = None,
) -> RaidAnswer:
    """Count a raid and answer what was asked besides.

    needed, breaks, swept : whether the inverse questions are asked, and over what a sweep runs
    vary : name of the layer or threat whose number is asked for; by default the last layer that can run out, and the
        first threat
    """
    return RaidAnswer(
        title=title(raid),
        count=_count(raid),
        given=given,
        supposed=supposed,
        origin=origin,
        exchange=tuple(cost_exchange(raid, threat.name) for threat in raid.threats if threat.unit_cost > 0.0),
        ends=None if ends is None else (_count(ends[0]).total.mean, _count(ends[1]).total.mean),
        goal=goal,
        needed=interceptors_needed(raid, goal, vary, _count) if needed else None,
        breaks=breaking_point(raid, goal, vary, _count) if breaks else None,
        swept=None if swept is None else sweep(raid, swept.what, swept.values, vary, _count),
    )


def title(raid: Raid) -> str:
    """What meets what: "200 ballistic against Arrow 3 and David's Sling"."""
    out = together([f"{threat.launched:,} {threat.name}" for threat in raid.threats])
    return f"{out} against {together([layer.name for layer in raid.layers])}"


def together(names: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _count(raid: Raid) -> RaidCount:
    return count_raid(raid, TOLERANCE, STEPS)
