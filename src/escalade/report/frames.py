"""Results as polars frames: one row per quantity or input, ids and units beside the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from escalade.analysis.compare import Comparison, CrisisValue, PairAnswer
from escalade.analysis.values import crisis_worlds
from escalade.quantities import Clock, Quantity

if TYPE_CHECKING:
    import polars as pl

    from escalade.analysis.structure import Structure
    from escalade.analysis.why import Why
    from escalade.report.story import ToldTwins
    from escalade.scenario import Scenario
    from escalade.study.points import SolvedPoints
    from escalade.study.single import SingleCrisis

LEVELS = ("quantity", "name", "clock", "unit", "policy", "mean", "low", "high", "se", "prior")
CHANGES = ("quantity", "name", "clock", "unit", "level", "baseline", "change", "low", "high", "se", "prior")
REASONS = ("reason", "words", "mean", "low", "high", "alone", "last", "largest")
STRUCTURES = (
    "group", "value", "level", "baseline", "effect", "low", "high", "raises", "lowers", "sign", "effective",
)  # fmt: skip
INPUTS = (
    "key", "path", "policy", "kind", "unit", "label", "subject", "low", "mode", "high", "source", "assumption", "fact",
)  # fmt: skip


def levels(comparison: Comparison) -> pl.DataFrame:
    """Every outcome under every policy, columns ``LEVELS``.

    On the clock "crisis" ``low`` and ``high`` are the 5 % and 95 % quantiles over
    sets of assumptions and ``prior`` is the mean without the record; on "period"
    they are the ends of the 90 % interval, beside the standard error ``se``.
    Shares run from 0 to 1.
    """
    rows = []
    for policy, answer in comparison.policies.items():
        for quantity in comparison.quantities.values():
            for clock in _clocks(quantity, answer.crisis, answer.period):
                values = _crisis_values(answer.crisis[quantity.id]) if clock == "crisis" else None
                about = {"policy": policy, **(values or _period_values(answer.period[quantity.id]))}
                rows.append({**_named(quantity, clock), **about})
    return _frame(rows, LEVELS)


def changes(comparison: Comparison, pair: PairAnswer) -> pl.DataFrame:
    """Every outcome of a pair of policies and its difference, columns ``CHANGES``; ranges as in ``levels``."""
    one, other = comparison.policies[pair.policy], comparison.policies[pair.baseline]
    rows = []
    for quantity in comparison.quantities.values():
        for clock in _clocks(quantity, pair.crisis, pair.period):
            if clock == "crisis":
                both = [answer.crisis[quantity.id].posterior.mean for answer in (one, other)]
                values = _crisis_values(pair.crisis[quantity.id])
            else:
                both = [answer.period[quantity.id].mean for answer in (one, other)]
                values = _period_values(pair.period[quantity.id])
            values["change"] = values.pop("mean")
            rows.append({**_named(quantity, clock), "level": both[0], "baseline": both[1], **values})
    return _frame(rows, CHANGES)


def crisis(single: SingleCrisis) -> pl.DataFrame:
    """The exact crisis: one row per quantity, one column per policy."""
    rows = [
        {**_named(quantity, "crisis"), **{name: found.values.get(key) for name, found in single.policies.items()}}
        for key, quantity in single.quantities.items()
        if any(key in found.values for found in single.policies.values())
    ]
    return _frame(rows, ("quantity", "name", "clock", "unit", *single.policies)).drop("clock")


def reasons(why: Why) -> pl.DataFrame:
    """The effect of a policy by reasons, columns ``REASONS``; parts add up to the effect."""
    from escalade.report.why import SHORT

    rows = []
    for name, part in why.parts.items():
        ends = (None, None) if part.worlds is None else (part.worlds.low, part.worlds.high)
        values = (part.mean, *ends, part.first, part.last, part.largest)
        rows.append(dict(zip(REASONS, (name, SHORT[name], *values), strict=True)))
    return _frame(rows, REASONS)


def structures(found: Structure) -> pl.DataFrame:
    """The effect of a policy under every structure, the scenario's own first, columns ``STRUCTURES``."""
    rows = []
    for row in (found.base, *found.rows):
        effect, shares = row.effect, row.shares
        ends = (None, None, None) if effect is None else (effect.mean, effect.low, effect.high)
        signs = (None, None) if shares is None else (shares.raises, shares.lowers)
        values = (row.group, row.value, row.level, row.baseline, *ends, *signs, row.sign, row.effective)
        rows.append(dict(zip(STRUCTURES, values, strict=True)))
    return _frame(rows, STRUCTURES)


def story(twins: ToldTwins) -> pl.DataFrame:
    """A told history: one row per step, with its kind, whether the paths part there, and both columns' sentences."""
    rows = [
        {"kind": row.kind, "parts": row.parts, "told": "\n".join(row.left), "twin": "\n".join(row.right)}
        for row in twins.rows
    ]
    return _frame(rows, ("kind", "parts", "told", "twin"))


def solved(found: SolvedPoints) -> pl.DataFrame:
    """Exact crises at chosen points: one row per policy and point, the given columns, one column per quantity.

    Policy by policy, points in the order in which they were given. Shares run from 0 to 1; what is a share of
    nothing is null.
    """
    import polars as pl

    known = {key: quantity for key, quantity in found.quantities.items() if quantity.crisis is not None}
    frames = []
    for policy in found.crisis.values:
        values = {key: crisis_worlds(found.crisis, quantity, policy) for key, quantity in known.items()}
        columns = {key: pl.Series(key, None if one is None else one.each()) for key, one in values.items()}
        points = pl.DataFrame({"point": range(found.crisis.candidates), **found.points}).with_columns(
            policy=pl.lit(policy)
        )
        each = [column.fill_nan(None) for column in columns.values()]
        frames.append(points.select("policy", "point", *found.points).with_columns(each))
    return pl.concat(frames)


def inputs(scenario: Scenario) -> pl.DataFrame:
    """Every number that a scenario or its policies draw or fix, columns ``INPUTS``."""
    from escalade.scenario import inputs as found

    rows = []
    for item in found(scenario):
        numbers = {name: float(getattr(item.spec, name)) for name in ("low", "mode", "high")}
        rows.append({name: numbers[name] if name in numbers else getattr(item, name) for name in INPUTS})
    return _frame(rows, INPUTS)


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pl.DataFrame:
    import polars as pl

    if not rows:
        return pl.DataFrame({name: [] for name in columns})
    return pl.DataFrame(rows, infer_schema_length=None).select(columns)


def _named(quantity: Quantity, clock: Clock) -> dict[str, str | None]:
    measure = quantity.on(clock)
    return {
        "quantity": quantity.id,
        "name": quantity.name,
        "clock": clock,
        "unit": None if measure is None else measure.unit,
    }


def _clocks(quantity: Quantity, crisis: Mapping[str, Any], period: Mapping[str, Any]) -> list[Clock]:
    there: list[tuple[Clock, Mapping[str, Any]]] = [("crisis", crisis), ("period", period)]
    return [clock for clock, values in there if quantity.id in values]


def _crisis_values(value: CrisisValue) -> dict[str, float | None]:
    spread = value.posterior
    return {"mean": spread.mean, "low": spread.low, "high": spread.high, "se": None, "prior": value.prior.mean}


def _period_values(estimate: Any) -> dict[str, float | None]:
    low, high = estimate.interval_90 or (None, None)
    return {"mean": estimate.mean, "low": low, "high": high, "se": estimate.se, "prior": None}
