"""An arms race for readers: curves in the terminal, plain JSON values, charts."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from escalade.report.amounts import capital, years
from escalade.report.charts import Chart
from escalade.report.race_chart import courses
from escalade.report.tables import WIDTH, Row, Section, Table, text
from escalade.study.race import FORESEEN_SETS, Curve, Race

if TYPE_CHECKING:
    from numpy.typing import NDArray

BARS = "▁▂▃▄▅▆▇█"
LONGEST_CURVE = 20
"""Letters of a curve in the terminal; a longer course is thinned."""

TITLES: Mapping[str, str] = {
    "arms": "Arms in stock",
    "interceptors": "Interceptors in stock",
    "production": "Made in a year",
    "spending": "Spent in a year, US dollars",
    "per threat": "Interceptors for each threat in the rivals' stocks",
    "shield": "What is left of a shield: of what was built to stop 90 %, it stops so many per cent",
    "shelter": "People with shelter, per cent",
    "objective": "What its objective is worth: above 1, a side would rather act now than later",
}
"""Groups of numbers, in order."""

HOW_TO_READ = (
    "The years without crises, at the most likely value of every input: as the first and the last year begin (made, "
    "spent: in the year); the curve runs from the lowest to the highest value of its row. In the last year 90 of 100 "
    "sets of assumptions lie between from and to."
)
HOW_TO_READ_CHARTS = (
    "The years without crises, as each begins (made, spent: in the year). Line: every input at its most likely value; "
    "band: 90 of 100 sets of assumptions."
)
NOTHING = "Nothing changes over these years: nobody makes, orders, adapts or builds anything."


def shown(race: Race) -> list[Curve]:
    """The curves worth showing: those that move; production and spending where there is any."""
    return [curve for curve in race.curves if curve.moves or (curve.group in _FLOWS and curve.high.any())]


_FLOWS = ("production", "spending")


def sparkline(values: NDArray[np.float64]) -> str:
    """A course as a line of bars, from its lowest to its highest value; one that stands still is flat."""
    if len(values) > LONGEST_CURVE:
        values = values[np.linspace(0, len(values) - 1, LONGEST_CURVE).round().astype(int)]
    low, span = float(values.min()), float(np.ptp(values))
    if span == 0.0:
        return BARS[0] * len(values)
    return "".join(BARS[min(len(BARS) - 1, int(len(BARS) * (value - low) / span))] for value in values)


def number(value: float) -> str:
    """Three significant digits; millions and billions in words of one letter."""
    size = abs(value)
    for limit, letter in ((1e9, "bn"), (1e6, "m")):
        if size >= limit:
            return f"{value / limit:,.1f} {letter}"
    if size >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def tables(race: Race) -> list[Table]:
    """One table a group, one row a curve."""
    names = {side: each.name for side, each in race.scenario.sides.items()}
    made = []
    for group, title in TITLES.items():
        rows = [curve for curve in shown(race) if curve.group == group]
        if rows:
            sections = [Section(names[side], _rows(own)) for side, own in groupby(rows, key=lambda curve: curve.side)]
            made.append(Table(title, ("", "first", "last", "from", "to", "course"), tuple(sections)))
    return made


def _rows(curves: Any) -> tuple[Row, ...]:
    return tuple(
        Row(
            (
                capital(curve.name),
                number(float(curve.likely[0])),
                number(float(curve.likely[-1])),
                number(float(curve.low[-1])),
                number(float(curve.high[-1])),
                sparkline(curve.likely),
            )
        )
        for curve in curves
    )


def as_text(race: Race) -> str:
    """Tables with curves, no line longer than 80 columns."""
    policy = race.scenario.policies[race.policy].name
    head = f"{race.scenario.title}: {years(race.years)} under the policy {policy}."
    parts = [textwrap.fill(head, WIDTH), *(text(table) for table in tables(race))]
    if len(parts) == 1:
        return "\n\n".join([*parts, NOTHING])
    note = f" Worth of objectives: {FORESEEN_SETS} sets." if any(c.group == "objective" for c in race.curves) else ""
    return "\n\n".join([*parts, textwrap.fill(f"{HOW_TO_READ}{note} Conditional on assumptions.", WIDTH)])


def as_data(race: Race) -> dict[str, Any]:
    """All curves as plain JSON values, those that stand still too."""
    return {
        "scenario": race.scenario.name,
        "policy": race.policy,
        "years": race.years,
        "sets": race.sets,
        "curves": [
            {
                "group": curve.group,
                "side": curve.side,
                "name": curve.name,
                "unit": curve.unit,
                "likely": curve.likely.tolist(),
                "low": curve.low.tolist(),
                "high": curve.high.tolist(),
            }
            for curve in race.curves
        ],
    }


def charts(race: Race) -> list[Chart]:
    """One chart a group with its range, for the report and for files."""
    made = []
    for table in tables(race):
        group = next(key for key, title in TITLES.items() if title == table.title)
        made.append(_chart(race, group, table, [curve for curve in shown(race) if curve.group == group]))
    return made


def _chart(race: Race, group: str, table: Table, curves: Sequence[Curve]) -> Chart:
    names = {side: each.name for side, each in race.scenario.sides.items()}
    lines = [(f"{names[curve.side]}: {curve.name}", curve) for curve in curves]
    words = "; ".join(
        f"{name} from {number(float(curve.likely[0]))} to {number(float(curve.likely[-1]))}" for name, curve in lines
    )
    return Chart(
        TITLES[group], f"Over {years(race.years)}: {words}.", courses(lines, f"{TITLES[group]}: {words}"), table
    )
