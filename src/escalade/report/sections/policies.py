"""Every policy beside the baseline, and everything that is compared, as tables."""

from __future__ import annotations

from escalade.report.answer import Answer
from escalade.report.comparison import overview, tables
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.tables import Table


def section(found: Findings) -> Section:
    """The policies, the headline outcome first."""
    shown = {"overview": overview(found.comparison, found.names), "tables": _tables(found.said)}
    return Section("policies", "The policies", shown)


def _tables(said: Answer) -> list[Table]:
    """All tables of the comparison, those about the headline's pair before those of other pairs."""
    about = "" if said.policy is None else f": {said.names[said.policy]}, less"
    found = tables(said.comparison, said.names)
    return sorted(found, key=lambda table: ": " in table.title and about not in table.title)
