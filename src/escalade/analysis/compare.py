"""Policies compared on two clocks: per crisis (computed) and per period (simulated).

Per crisis every candidate world counts with the weight that the record gives it
(*posterior*); beside it stands the same without the record (*prior*). Per period
the drawn worlds count equally; differences are paired world by world under
common random numbers, and the exact crisis serves as control variate.

A ratio of two sums (restraint: restrained decisions of all decisions of a struck
side) is the ratio of the means; its difference between policies is the
difference of these, with the delta method's standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.analysis import weighted
from escalade.analysis.clustered import Estimate
from escalade.analysis.period import Years
from escalade.analysis.values import CrisisWorlds, crisis_worlds
from escalade.analysis.weighted import Spread
from escalade.ensemble.record import effective_sample_size
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.quantities import Clock, Quantity

HARD_TO_EXPLAIN = 0.1
"""An effective sample below this share of the candidates: the record is hard to explain under these assumptions."""


@dataclass(frozen=True)
class CrisisValue:
    """A quantity per crisis over candidate worlds: weighted by the record, and without it."""

    posterior: Spread
    prior: Spread


@dataclass(frozen=True)
class WorldShares:
    """Shares of the weight of worlds in which a policy raises or lowers the outcome by more than the margin."""

    raises: float
    lowers: float
    neither: float


@dataclass(frozen=True)
class PolicyAnswer:
    """One policy: every quantity that exists, by id, on each clock."""

    policy: str
    crisis: Mapping[str, CrisisValue]
    period: Mapping[str, Estimate]


@dataclass(frozen=True)
class PairAnswer:
    """One policy less the baseline.

    ``worlds`` (and ``worlds_prior`` without the record) count the sign of the
    headline outcome's difference per crisis, world by world; ``None`` where the
    outcome is not known per crisis. ``effects`` [candidate] are these differences.
    ``ratio`` divides the headline outcome's two risks in the period, where both
    are large enough for a ratio to mean something.
    """

    policy: str
    baseline: str
    crisis: Mapping[str, CrisisValue]
    worlds: WorldShares | None
    worlds_prior: WorldShares | None
    effects: NDArray[np.float64] | None
    period: Mapping[str, Estimate]
    ratio: float | None


@dataclass(frozen=True)
class Comparison:
    """Every policy beside the baseline, for one run.

    ``outcome`` is the headline's quantity, ``margin`` the difference that matters,
    in the outcome's own unit per clock. ``effective`` is the effective number of
    candidates under the record's weights.
    """

    outcome: Quantity
    baseline: str
    margin: Mapping[Clock, float]
    quantities: Mapping[str, Quantity]
    policies: Mapping[str, PolicyAnswer]
    pairs: tuple[PairAnswer, ...]
    candidates: int
    effective: float
    weight: NDArray[np.float64]
    years: int
    drawn: int
    histories: int

    @property
    def hard_to_explain(self) -> bool:
        """Whether the record leaves less than a tenth of the candidates' weight."""
        return self.effective < HARD_TO_EXPLAIN * self.candidates

    def pair(self, policy: str) -> PairAnswer:
        """The pair of one policy and the baseline. Raises ``KeyError`` without one."""
        for pair in self.pairs:
            if pair.policy == policy:
                return pair
        raise KeyError(policy)


def compare(
    crisis: CrisisTable,
    period: PeriodTable | None,
    quantities: Mapping[str, Quantity],
    *,
    policies: Sequence[str],
    baseline: str,
    outcome: str = "war",
    margin: float = 0.01,
) -> Comparison:
    """Every policy, and its difference to the baseline, on both clocks.

    Parameters
    ----------
    crisis, period
        What the run knows; ``period`` is ``None`` before the first histories.
    quantities
        The scenario's catalogue by id; only those whose columns exist are answered.
    policies
        Policies to answer for, in the order to show; the baseline among them or not.
    baseline
        What all others are compared with.
    outcome
        Id of the headline quantity.
    margin
        Practical margin: as it is for shares, and times the baseline's level for
        anything else.
    """
    shown = list(dict.fromkeys([*policies, baseline]))
    simulated = None if period is None else Years(crisis, period, quantities, baseline)
    answers = {policy: _policy(crisis, simulated, quantities, policy) for policy in shown}
    margins = _margins(answers[baseline], quantities[outcome], margin)
    pairs = tuple(
        _pair(crisis, simulated, quantities, (policy, baseline), outcome, margins)
        for policy in shown
        if policy != baseline
    )
    return Comparison(
        outcome=quantities[outcome],
        baseline=baseline,
        margin=margins,
        quantities=quantities,
        policies=answers,
        pairs=pairs,
        candidates=crisis.candidates,
        effective=effective_sample_size(crisis.weight),
        weight=crisis.weight,
        years=period.years if period else 0,
        drawn=period.drawn if period else 0,
        histories=period.histories if period else 0,
    )


def compared(
    crisis: CrisisTable, period: PeriodTable | None, quantity: Quantity, both: tuple[str, str], margin: float
) -> Comparison:
    """A policy and a baseline (``both``) compared in one quantity; the rest as for ``compare``."""
    policy, baseline = both
    return compare(
        crisis,
        period,
        {quantity.id: quantity},
        policies=[policy],
        baseline=baseline,
        outcome=quantity.id,
        margin=margin,
    )


def world_shares(effects: NDArray[np.float64], weight: NDArray[np.float64], margin: float) -> WorldShares:
    """Shares of weighted worlds whose effect is above the margin, below its negative, or neither (NaN: neither)."""
    total = float(weight.sum())
    raises = float(weight[effects > margin].sum()) / total
    lowers = float(weight[effects < -margin].sum()) / total
    return WorldShares(raises, lowers, max(0.0, 1.0 - raises - lowers))


def _policy(
    crisis: CrisisTable, simulated: Years | None, quantities: Mapping[str, Quantity], policy: str
) -> PolicyAnswer:
    of_crisis, of_period = {}, {}
    for name, quantity in quantities.items():
        worlds = crisis_worlds(crisis, quantity, policy)
        if worlds is not None:
            of_crisis[name] = _value(worlds, crisis.weight)
        level = simulated.level(name, policy) if simulated else None
        if level is not None:
            of_period[name] = level.estimate()
    return PolicyAnswer(policy, of_crisis, of_period)


def _pair(
    crisis: CrisisTable,
    simulated: Years | None,
    quantities: Mapping[str, Quantity],
    both: tuple[str, str],
    outcome: str,
    margins: Mapping[Clock, float],
) -> PairAnswer:
    of_crisis, of_period = {}, {}
    for name, quantity in quantities.items():
        one, other = (crisis_worlds(crisis, quantity, policy) for policy in both)
        if one is not None and other is not None and not np.isnan(one.each() - other.each()).all():
            of_crisis[name] = _difference(one, other, crisis.weight)
        gap = simulated.difference(name, both[0]) if simulated else None
        if gap is not None:
            of_period[name] = gap.estimate()
    effects = _effects(crisis, quantities[outcome], both)
    shares = prior = None
    if effects is not None:
        shares = world_shares(effects, crisis.weight, margins["crisis"])
        prior = world_shares(effects, np.ones_like(crisis.weight), margins["crisis"])
    ratio = simulated.ratio(outcome, both[0]) if simulated else None
    return PairAnswer(*both, of_crisis, shares, prior, effects, of_period, ratio)


def _value(worlds: CrisisWorlds, weight: NDArray[np.float64]) -> CrisisValue:
    return _spreads(worlds.each(), weight, worlds.mean)


def _difference(one: CrisisWorlds, other: CrisisWorlds, weight: NDArray[np.float64]) -> CrisisValue:
    each = one.each() - other.each()
    if one.bottom is None:
        return _spreads(each, weight, CrisisWorlds(each, None).mean)
    return _spreads(each, weight, lambda weights: one.mean(weights) - other.mean(weights))


def _spreads(
    each: NDArray[np.float64], weight: NDArray[np.float64], mean: Callable[[NDArray[np.float64]], float]
) -> CrisisValue:
    """Mean and quantiles with the record's weights and with equal ones; worlds without a value have no quantile."""
    there = ~np.isnan(each)
    both = []
    for weights in (weight, np.ones_like(weight)):
        # Where only worlds without weight have a value, they stand in for those that have none.
        usable = weights[there] if weights[there].sum() > 0 else np.ones(int(there.sum()))
        low, median, high = (float(x) for x in weighted.quantiles(each[there], usable, (0.05, 0.5, 0.95)))
        both.append(Spread(mean(weights), low, median, high))
    return CrisisValue(*both)


def _effects(crisis: CrisisTable, quantity: Quantity, both: tuple[str, str]) -> NDArray[np.float64] | None:
    one, other = (crisis_worlds(crisis, quantity, policy) for policy in both)
    return None if one is None or other is None else one.each() - other.each()


def _margins(baseline: PolicyAnswer, outcome: Quantity, margin: float) -> dict[Clock, float]:
    """The difference that matters, per clock, in the outcome's own unit."""
    margins: dict[Clock, float] = {}
    levels = {
        "crisis": baseline.crisis[outcome.id].posterior.mean if outcome.id in baseline.crisis else 0.0,
        "period": baseline.period[outcome.id].mean if outcome.id in baseline.period else 0.0,
    }
    for clock in ("crisis", "period"):
        measure = outcome.on(clock)
        share = measure is not None and measure.unit == "share"
        margins[clock] = margin if share else margin * abs(levels[clock])
    return margins
