"""Every policy beside the baseline, and everything that is compared, as tables."""

from __future__ import annotations

from dataclasses import replace

from escalade.quantities import UNIT_WORDS, Clock, Measure
from escalade.report import charts
from escalade.report.amounts import years
from escalade.report.answer import Answer
from escalade.report.charts import Chart, PairRow, Value
from escalade.report.comparison import overview, tables
from escalade.report.drawing import drawn
from escalade.report.figure import of_chart
from escalade.report.findings import Findings
from escalade.report.paired import ends, rounded
from escalade.report.section import Section
from escalade.report.tables import Table


def section(found: Findings) -> Section:
    """The policies, the headline outcome first."""
    chart = by_policy(found)
    first, others = _tables(found.said)
    pictures = [] if chart is None else [(chart, drawn(chart))]
    lines = "90 of 100 sets of assumptions" if found.run.results.period is None else "90 % intervals of the mean"
    marks = ("the policies", f"what they are compared with: {found.names[found.comparison.baseline]}")
    shown = {
        "overview": overview(found.comparison, found.names),
        "chart": pictures[0] if pictures else None,
        "lines": lines,
        "tables": first,
        "others": others,
        "baseline": found.names[found.comparison.baseline],
    }
    figures = tuple(of_chart(*each, f"Lines: {lines}.", marks, name="policies") for each in pictures)
    return Section("policies", "The policies", shown, figures)


def by_policy(found: Findings) -> Chart | None:
    """The headline outcome under every policy: over the years, or per crisis while there are none.

    ``None`` for two policies or fewer: other charts say as much.
    """
    comparison, outcome = found.comparison, found.comparison.outcome
    clock: Clock = "period" if all(outcome.id in each.period for each in comparison.policies.values()) else "crisis"
    measure = outcome.on(clock)
    if measure is None or len(comparison.policies) < 3:
        return None
    rows = [_row(found, clock, measure, policy) for policy in comparison.policies]
    if not all(row.values for row in rows):
        return None
    when = f"over {years(comparison.years)}" if clock == "period" else "in a crisis"
    title = f"{outcome.name[:1].upper()}{outcome.name[1:]} {when}, by policy"
    axis = f"of 100 {measure.of}" if measure.unit == "share" else UNIT_WORDS[measure.unit]
    words = f"{title}, {axis}: " + "; ".join(
        f"{row.name} {value.words}" for row in rows for value in row.values if value is not None
    )
    return Chart(title, f"{words}.", charts.pairs(rows, words, axis), overview(comparison, found.names))


def _row(found: Findings, clock: Clock, measure: Measure, policy: str) -> PairRow:
    """A policy's value; the baseline's is drawn as one without the policy."""
    bounds = ends(found, clock, found.comparison.outcome, policy)
    if bounds is None:
        return PairRow(found.names[policy], ())
    mean, low, high = ((100.0 if measure.unit == "share" else 1.0) * bound for bound in bounds)
    value = Value(mean, low, high, rounded(bounds[0], measure.unit))
    return PairRow(found.names[policy], (None, value) if policy == found.comparison.baseline else (value,))


def _tables(said: Answer) -> tuple[list[Table], list[Table]]:
    """All tables of the comparison: levels and those about the headline's pair, then those about other pairs."""
    about = "" if said.policy is None else f": {said.names[said.policy]}, less"
    found = [_told_apart(table) for table in tables(said.comparison, said.names)]
    pairs = [table for table in found if ", less " in table.title]
    others = [table for table in pairs if about not in table.title]
    return [table for table in found if table not in others], others


def _told_apart(table: Table) -> Table:
    """Levels of many policies come in several tables: each is named by its policies."""
    if ", less " in table.title:
        return table
    return replace(table, title=f"{table.title}: {', '.join(table.heads[1:])}")
