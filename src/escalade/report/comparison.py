"""A comparison as tables and as plain JSON values, driven by the registry of quantities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from escalade.analysis.clustered import Estimate
from escalade.analysis.compare import Comparison, CrisisValue, PairAnswer, WorldShares
from escalade.analysis.weighted import Spread
from escalade.quantities import UNIT_WORDS, Clock, Quantity, shown
from escalade.report.amounts import capital, years
from escalade.report.tables import Row, Section, Table

NOTHING = "-"
"""Shown where a quantity does not exist."""

ROUNDING = 1e-12
"""Values that are smaller come from rounding alone."""

LEFT_OUT = "What is nothing under every policy is left out."
UNCHANGED = "What does not change is left out."

ABREAST = 5
"""Policies that stand side by side in one table."""


def overview(comparison: Comparison, names: Mapping[str, str]) -> Table:
    """The headline outcome of every policy on both clocks, and its difference to the baseline over the period."""
    outcome = comparison.outcome
    rows = []
    for policy, answer in comparison.policies.items():
        crisis, period = answer.crisis.get(outcome.id), answer.period.get(outcome.id)
        cells = [names[policy]]
        cells.append(_level(outcome, "crisis", crisis.posterior.mean if crisis else None))
        cells.append(_level(outcome, "period", period.mean if period else None))
        difference = None if policy == comparison.baseline else comparison.pair(policy).period.get(outcome.id)
        key = f"{'crisis' if period is None else 'period'}.{outcome.id}"
        rows.append(Row((*cells, *_difference_cells(outcome, difference)), names[policy], key))
    head = capital(outcome.name)
    span = years(comparison.years) if comparison.years else "the years"
    return Table(
        title=f"{head}, by policy",
        heads=(
            "policy",
            _head(outcome, "crisis", "per crisis"),
            _head(outcome, "period", f"in {span}"),
            "change",
            "90 % from",
            "to",
        ),
        sections=(Section("", tuple(rows)),),
        caption=f"Change: over {span}, to {names[comparison.baseline]}.",
    )


def tables(comparison: Comparison, names: Mapping[str, str]) -> list[Table]:
    """Everything: levels per policy on each clock, then each pair's differences on each clock."""
    result = []
    for clock in ("crisis", "period"):
        for chosen in _abreast(list(comparison.policies)):
            result += _levels(comparison, clock, chosen, names)
    for pair in comparison.pairs:
        result += [*_pair_crisis(comparison, pair, names), *_pair_period(comparison, pair, names)]
    return result


def _levels(comparison: Comparison, clock: Clock, policies: Sequence[str], names: Mapping[str, str]) -> list[Table]:
    def row(quantity: Quantity) -> Row | None:
        values = [_mean(comparison, clock, policy, quantity.id) for policy in policies]
        if _is_nothing(values):
            return None
        return _row(quantity, clock, [_level(quantity, clock, value) for value in values])

    title = "Per crisis, exact" if clock == "crisis" else f"Over {years(comparison.years)}, simulated"
    heads = ("", *(names[policy] for policy in policies))
    return _table(comparison, title, heads, row, f"Mean over sets of assumptions. {LEFT_OUT}")


def _pair_crisis(comparison: Comparison, pair: PairAnswer, names: Mapping[str, str]) -> list[Table]:
    def row(quantity: Quantity) -> Row | None:
        value = pair.crisis.get(quantity.id)
        if value is None or quantity.crisis is None:
            return None
        post, unit = value.posterior, quantity.crisis.unit
        if _is_nothing([post.mean, post.low, post.high, value.prior.mean]):
            return None
        cells = [shown(x, unit, signed=True) for x in (post.mean, post.low, post.median, post.high, value.prior.mean)]
        return _row(quantity, "crisis", cells)

    caption = "Quantiles over sets of assumptions, weighted by the record; last: mean without the record. " + UNCHANGED
    if pair.worlds is not None and pair.worlds_prior is not None:
        caption += " " + _shares(comparison, pair.worlds, pair.worlds_prior)
    title = f"Per crisis: {names[pair.policy]}, less {names[pair.baseline]}"
    return _table(comparison, title, ("", "change", "5 %", "50 %", "95 %", "no record"), row, caption)


def _pair_period(comparison: Comparison, pair: PairAnswer, names: Mapping[str, str]) -> list[Table]:
    def row(quantity: Quantity) -> Row | None:
        estimate = pair.period.get(quantity.id)
        if estimate is None or quantity.period is None:
            return None
        if _is_nothing([estimate.mean, estimate.se]):
            return None
        unit = quantity.period.unit
        error = NOTHING if estimate.se is None else shown(estimate.se, unit)
        difference, low, high = _difference_cells(quantity, estimate)
        return _row(quantity, "period", [difference, error, low, high])

    title = f"Over {years(comparison.years)}: {names[pair.policy]}, less {names[pair.baseline]}"
    caption = f"Paired by set of assumptions and luck; standard error clustered by set of assumptions. {UNCHANGED}"
    return _table(comparison, title, ("", "change", "standard error", "90 % from", "to"), row, caption)


def _table(
    comparison: Comparison,
    title: str,
    heads: tuple[str, ...],
    row: Callable[[Quantity], Row | None],
    caption: str,
) -> list[Table]:
    """A table with a section for each group of quantities; none if nothing is known."""
    sections: dict[str, list[Row]] = {}
    for quantity in comparison.quantities.values():
        made = row(quantity)
        if made is not None:
            sections.setdefault(quantity.group, []).append(made)
    if not sections:
        return []
    return [Table(title, heads, tuple(Section(name, tuple(rows)) for name, rows in sections.items()), caption)]


def _is_nothing(values: Sequence[float | None]) -> bool:
    """Whether whatever is known is nothing, but for rounding."""
    return all(value is None or abs(value) < ROUNDING for value in values)


def _row(quantity: Quantity, clock: Clock, cells: Sequence[str]) -> Row | None:
    measure = quantity.on(clock)
    if measure is None:
        return None
    unit = {"share": " (of 100)", "dollars": " (US dollars)"}.get(measure.unit, "")
    of = (
        f"Of 100 {measure.of}."
        if measure.unit == "share"
        else f"{capital(UNIT_WORDS[measure.unit])}, mean of {measure.of}."
    )
    return Row((quantity.name + unit, *cells), f"{quantity.sentence} {of}", f"{clock}.{quantity.id}")


def _difference_cells(quantity: Quantity, estimate: Estimate | None) -> tuple[str, str, str]:
    measure = quantity.period
    if estimate is None or measure is None:
        return NOTHING, NOTHING, NOTHING
    bounds = estimate.interval_90
    ends = (NOTHING, NOTHING) if bounds is None else tuple(shown(x, measure.unit, signed=True) for x in bounds)
    return shown(estimate.mean, measure.unit, signed=True), ends[0], ends[1]


def _level(quantity: Quantity, clock: Clock, value: float | None) -> str:
    measure = quantity.on(clock)
    return NOTHING if value is None or measure is None else shown(value, measure.unit)


def _mean(comparison: Comparison, clock: Clock, policy: str, quantity: str) -> float | None:
    answer = comparison.policies[policy]
    if clock == "crisis":
        value = answer.crisis.get(quantity)
        return None if value is None else value.posterior.mean
    estimate = answer.period.get(quantity)
    return None if estimate is None else estimate.mean


def _head(quantity: Quantity, clock: Clock, words: str) -> str:
    measure = quantity.on(clock)
    return f"{words}, of 100" if measure is not None and measure.unit == "share" else words


def _shares(comparison: Comparison, worlds: WorldShares, prior: WorldShares) -> str:
    parts = ", ".join(
        f"{name} in {100 * value:.0f} ({100 * before:.0f} without the record)"
        for name, value, before in (
            ("higher", worlds.raises, prior.raises),
            ("lower", worlds.lowers, prior.lowers),
            ("neither", worlds.neither, prior.neither),
        )
    )
    return f"{capital(comparison.outcome.name)}, of 100 sets of assumptions: {parts}."


def _abreast(policies: list[str]) -> list[list[str]]:
    return [policies[start : start + ABREAST] for start in range(0, len(policies), ABREAST)]


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON values, with the registry's ids as keys.

    ``policies.NAME.QUANTITY`` has ``mean`` and ``se`` over the period and, under
    ``crisis``, mean and quantiles per crisis. ``pairs`` list the differences to
    the baseline on both clocks. What does not exist is left out; a standard
    error that is not known is null.
    """
    return {
        "outcome": comparison.outcome.id,
        "baseline": comparison.baseline,
        "years": comparison.years,
        "candidates": comparison.candidates,
        "ess": comparison.effective,
        "hard_to_explain": comparison.hard_to_explain,
        "worlds": comparison.drawn,
        "histories": comparison.histories,
        "margin": dict(comparison.margin),
        "policies": {
            name: {
                quantity: _policy_json(answer.crisis.get(quantity), answer.period.get(quantity))
                for quantity in comparison.quantities
                if quantity in answer.crisis or quantity in answer.period
            }
            for name, answer in comparison.policies.items()
        },
        "pairs": [_pair_json(comparison, pair) for pair in comparison.pairs],
    }


def _policy_json(crisis: CrisisValue | None, period: Estimate | None) -> dict[str, Any]:
    result: dict[str, Any] = {} if period is None else {"mean": period.mean, "se": period.se}
    return result if crisis is None else {**result, "crisis": _crisis_json(crisis)}


def _pair_json(comparison: Comparison, pair: PairAnswer) -> dict[str, Any]:
    crisis: dict[str, Any] = {quantity: _crisis_json(value) for quantity, value in pair.crisis.items()}
    crisis["worlds"] = _shares_json(pair.worlds)
    crisis["worlds_prior"] = _shares_json(pair.worlds_prior)
    crisis["ess"] = comparison.effective
    return {
        "policy": pair.policy,
        "baseline": pair.baseline,
        "crisis": crisis,
        "period": {quantity: _difference_json(estimate) for quantity, estimate in pair.period.items()},
        "ratio": pair.ratio,
    }


def _difference_json(estimate: Estimate) -> dict[str, Any]:
    bounds = estimate.interval_90
    return {
        "difference": estimate.mean,
        "se": estimate.se,
        "interval_90": None if bounds is None else list(bounds),
    }


def _crisis_json(value: CrisisValue) -> dict[str, Any]:
    return {**_spread_json(value.posterior), "prior": _spread_json(value.prior)}


def _spread_json(spread: Spread) -> dict[str, Any]:
    return {"mean": spread.mean, "quantiles": {"5": spread.low, "50": spread.median, "95": spread.high}}


def _shares_json(shares: WorldShares | None) -> dict[str, float] | None:
    if shares is None:
        return None
    return {"raises": shares.raises, "lowers": shares.lowers, "neither": shares.neither}
