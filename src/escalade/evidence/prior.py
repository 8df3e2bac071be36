"""What a scenario expects of its crises beside what its record says: the prior predictive check.

Each policy of the record is solved exactly with the forces of the first year, in candidate worlds that are first all
alike (*prior*) and then weighed by the record (*posterior*). A scenario in which everybody always strikes, or nobody
ever does, or whose wars are all foreseen, says so here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade import facts
from escalade.crisis.exact import exact_crises
from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.ensemble.kernels import crisis_columns
from escalade.ensemble.record import effective_sample_size, log_weights, weights
from escalade.evidence.episodes import series, unanswered
from escalade.worlds import Reals

if TYPE_CHECKING:
    from escalade.scenario.schema import PastCrises, Scenario

CANDIDATES = 256
"""Sets of assumptions, a power of two."""


@dataclass(frozen=True)
class Expected:
    """One quantity of a crisis: its mean over sets of assumptions, and what the record says.

    what : in words; prior, posterior : shares (nan: of nothing)
    recorded : in words; empty if the record does not say
    """

    what: str
    prior: float
    posterior: float
    recorded: str


@dataclass(frozen=True)
class PriorCheck:
    """What one policy of a scenario's record expects of a crisis.

    period : of the record; crises : how many it has; effective : effective number of the ``candidates``
    """

    scenario: str
    policy: str
    period: str
    crises: int
    candidates: int
    effective: float
    expected: tuple[Expected, ...]


def prior_check(scenario: Scenario, candidates: int = CANDIDATES, seed: int = 0) -> tuple[PriorCheck, ...]:
    """The check for every entry of a scenario's record; empty if it has none.

    candidates : a power of two
    """
    if scenario.record is None:
        return ()
    base, design = scenario.policy(scenario.baseline), draw(scenario, candidates, seed)
    calm, labels = worlds(base, base, design)
    columns = crisis_columns(labels)
    exact: dict[str, Mapping[str, Reals]] = {}
    for policy in dict.fromkeys(entry.policy for entry in scenario.record.crises):
        here, _ = worlds(scenario.policy(policy), base, design)
        values = exact_crises(here, calm, np.arange(candidates), pair=labels.focus)
        exact[policy] = dict(zip(columns, values.T, strict=True))
    weight = weights(log_weights(scenario, exact))
    return tuple(_entry(scenario, entry, exact[entry.policy], weight) for entry in scenario.record.crises)


def _entry(scenario: Scenario, entry: PastCrises, found: Mapping[str, Reals], weight: Reals) -> PriorCheck:
    return PriorCheck(
        scenario=scenario.name,
        policy=scenario.policies[entry.policy].name,
        period=entry.period,
        crises=entry.crises.reading,
        candidates=weight.size,
        effective=effective_sample_size(weight),
        expected=tuple(_expected(scenario, entry, found, weight)),
    )


def _expected(scenario: Scenario, entry: PastCrises, found: Mapping[str, Reals], weight: Reals) -> Iterator[Expected]:
    """War, strikes, who strikes first, restraint, concessions, and whether wars were foreseen."""
    n, wars = entry.crises.reading, entry.wars
    alike = np.full(weight.size, 1.0 / weight.size)

    def share(what: str, top: Reals, bottom: Reals | float = 1.0, recorded: str = "") -> Expected:
        return Expected(what, _ratio(top, bottom, alike), _ratio(top, bottom, weight), recorded)

    spread = "" if wars.low == wars.high else f" ({wars.low} to {wars.high})"
    yield share("war", found["war"], recorded=f"{wars.reading} of {n}{spread}")
    struck = sum((found[f"first_strike.{side}"] for side in entry.sides), np.zeros(weight.size))
    yield share("a first strike by anybody", struck, recorded=_of(entry.with_any_strike, n))
    first = entry.first_strikes or {}
    left = {one.side: f"{one.unanswered} of {one.of}" for one in unanswered(scenario.name)}
    for side in entry.sides:
        name = scenario.sides[side].name
        yield share(f"{name} strikes first", found[f"first_strike.{side}"], recorded=_of(first.get(side), n))
    restrained, decisions = (
        np.sum([found[f"{what}.{side}"] for side in entry.sides], axis=0) for what in ("restrained", "struck")
    )
    yield share("a struck side stands down or replies lightly", restrained, decisions, _series(scenario.name))
    for side in entry.sides:
        told = f"{scenario.sides[side].name}, just struck, stands down or replies lightly"
        yield share(told, found[f"restrained.{side}"], found[f"struck.{side}"], left.get(side, ""))
    for side in entry.sides:
        yield share(f"{scenario.sides[side].name} backs down", found[f"yield.{side}"])
    for kind in ("foreseen", "misjudged", "tremble"):
        yield share(f"{kind}, of all wars", found[f"war_{kind}"], found["war"])


def _series(scenario: str) -> str:
    """Share of small rounds that a published series counts as unanswered, in words; empty without one."""
    found = series(scenario)
    return "" if found is None else f"{100 * facts.get(found.fact).mode:.0f} of 100 {found.of}"


def _ratio(top: Reals, bottom: Reals | float, weight: Reals) -> float:
    """Ratio of the weighted means; nan where there is nothing to take a share of."""
    total = float(np.sum(weight * bottom))
    return float(np.sum(weight * top)) / total if total > 0.0 else float("nan")


def _of(count: int | None, crises: int) -> str:
    return "" if count is None else f"{count} of {crises}"
