"""Quantities of one kind under both policies, as a chart with its table."""

from __future__ import annotations

from collections.abc import Sequence

from escalade.quantities import Clock, Quantity, Unit, shown
from escalade.report import charts
from escalade.report.amounts import years
from escalade.report.charts import Chart, PairRow, Value
from escalade.report.findings import Findings
from escalade.report.tables import Row, Section, Table

NOTHING_OF_ALL, NOTHING = 5e-4, 0.05
"""Shares, and numbers of anything, below these under both policies are left out of charts."""


def paired(found: Findings, clock: Clock, ids: Sequence[str], title: str) -> Chart | None:
    """Every quantity whose id is, or begins with, one of ``ids``; ``None`` where nothing is known of any.

    All of them must be counted in the same unit. Intervals are, per crisis, those of 90 of 100 sets of assumptions,
    over the period the 90 % intervals of the mean.
    """
    chosen = [quantity for quantity in found.comparison.quantities.values() if _named(quantity.id, ids)]
    rows = [(quantity, values) for quantity in chosen if (values := _values(found, clock, quantity)) is not None]
    if not rows:
        return None
    unit = _unit(rows[0][0], clock)
    axis = _axis(found, clock, rows[0][0])
    names = _short([quantity.name for quantity, _ in rows])
    pair_rows = [PairRow(name, values) for name, (_, values) in zip(names, rows, strict=True)]
    words = f"{title}, {axis}, {' and '.join(found.words.policies[name] for name in found.both)}: " + "; ".join(
        f"{row.name}: {' and '.join(value.words for value in row.values if value is not None)}" for row in pair_rows
    )
    return Chart(title, f"{words}.", charts.pairs(pair_rows, words, axis), _table(found, clock, title, rows, unit))


def _named(quantity: str, ids: Sequence[str]) -> bool:
    return any(quantity == name or (name.endswith((".", "_")) and quantity.startswith(name)) for name in ids)


def _short(names: Sequence[str]) -> list[str]:
    """Names without the beginning that all of them share ("interceptors used: "), each with a capital letter."""
    heads = {name.partition(": ")[0] for name in names}
    shorter = [name.partition(": ")[2] or name for name in names] if len(heads) == 1 else list(names)
    return [name[:1].upper() + name[1:] for name in shorter]


def _unit(quantity: Quantity, clock: Clock) -> Unit:
    measure = quantity.on(clock)
    return "count" if measure is None else measure.unit


def _values(found: Findings, clock: Clock, quantity: Quantity) -> tuple[Value, ...] | None:
    """A quantity under both policies with its intervals; ``None`` where unknown, or nothing under both."""
    unit = _unit(quantity, clock)
    factor = 100.0 if unit == "share" else 1.0
    values = []
    for policy in found.both:
        bounds = ends(found, clock, quantity, policy)
        if bounds is None:
            return None
        mean, low, high = (factor * bound for bound in bounds)
        values.append(Value(mean, low, high, rounded(bounds[0], unit)))
    least = factor * NOTHING_OF_ALL if unit == "share" else NOTHING
    return tuple(values) if max(value.mean for value in values) > least else None


def ends(found: Findings, clock: Clock, quantity: Quantity, policy: str) -> tuple[float, float, float] | None:
    """Mean of a quantity under a policy and the ends of its interval; ``None`` where it is not known."""
    answer = found.comparison.policies[policy]
    if clock == "crisis":
        value = answer.crisis.get(quantity.id)
        return None if value is None else (value.posterior.mean, value.posterior.low, value.posterior.high)
    estimate = answer.period.get(quantity.id)
    if estimate is None:
        return None
    low, high = estimate.interval_90 or (estimate.mean, estimate.mean)
    return estimate.mean, max(low, 0.0), high


def rounded(value: float, unit: Unit) -> str:
    """A value as it stands beside its mark: whole where it is large enough."""
    scaled = 100.0 * value if unit == "share" else value
    return f"{scaled:,.0f}" if scaled >= 9.5 and unit != "dollars" else shown(value, unit)


def _axis(found: Findings, clock: Clock, quantity: Quantity) -> str:
    """What the axis counts: "of 100 crises", "people in 2 years"."""
    measure = quantity.on(clock)
    if measure is None:
        return ""
    if measure.unit == "share":
        return f"of 100 {measure.of}"
    what = {"deaths": "people", "dollars": "US dollars"}.get(measure.unit, "number")
    return f"{what}, per crisis" if clock == "crisis" else f"{what}, in {years(found.comparison.years)}"


def _table(
    found: Findings, clock: Clock, title: str, rows: Sequence[tuple[Quantity, tuple[Value, ...]]], unit: Unit
) -> Table:
    factor = 100.0 if unit == "share" else 1.0
    cells = [
        Row((quantity.name, *_cells(values, factor, unit)), key=f"{clock}.{quantity.id}") for quantity, values in rows
    ]
    heads = ["", *(head for name in found.both for head in (found.names[name], "from", "to"))]
    caption = (
        _axis(found, clock, rows[0][0]).capitalize()
        + ". "
        + ("From and to hold 90 of 100 sets of assumptions." if clock == "crisis" else "From and to: 90 % interval.")
    )
    return Table(title, tuple(heads), (Section("", tuple(cells)),), caption)


def _cells(values: Sequence[Value], factor: float, unit: Unit) -> list[str]:
    return [shown(x / factor, unit) for value in values for x in (value.mean, value.low, value.high)]
