"""Past crises beside the model, and what they taught about the inputs."""

from __future__ import annotations

from escalade.analysis.past import PastCount, past
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.tables import Row, Table
from escalade.report.tables import Section as Rows
from escalade.study.plan import FIRST_YEAR


def section(found: Findings) -> Section:
    """What past crises say; where none are on record, that all sets of assumptions count the same."""
    record = found.scenario.record
    shown = {"crises": record.crises if record else (), "counts": _counts(found)}
    return Section("past", "What past crises say", shown)


def _counts(found: Findings) -> Table | None:
    """Past crises beside the model before and after it saw them."""
    scenario, crisis = found.scenario, found.crisis
    if scenario.record is None:
        return None
    keys = {
        entry.policy: entry.policy + FIRST_YEAR if entry.policy + FIRST_YEAR in crisis.values else entry.policy
        for entry in scenario.record.crises
    }
    rows = []
    for count in past(crisis, scenario.record.crises, keys):
        side = f", {scenario.sides[count.side].name}" if count.side else ""
        recorded = str(count.recorded)
        if count.recorded_high > count.recorded:
            recorded += f" to {count.recorded_high}"
        name = f"{scenario.policies[count.policy].name}, {count.period}: {count.what}{side}"
        cells = (f"{recorded} of {count.crises}", f"{count.prior:.1f}", f"{count.posterior:.1f}")
        rows.append(Row((name, *cells, _weighing(count))))
    caption = "Expected numbers of the same crises under the model, before and after it is weighed by the record."
    heads = ("past crises", "recorded", "expected without", "expected with", "")
    return Table("What past crises say", heads, (Rows("", tuple(rows)),), caption)


def _weighing(count: PastCount) -> str:
    words = ["weighs the sets of assumptions" if count.weighs else "compared only"]
    return "; ".join([*words, "DOES NOT FIT"] if count.misfit else words)
