"""Every input with its source, or the word assumption."""

from __future__ import annotations

from escalade.report.findings import Findings
from escalade.report.inputs import input_rows
from escalade.report.section import Section


def section(found: Findings) -> Section:
    """All inputs, and how many of them are sourced, assumed, set by a policy, or defaults."""
    rows = input_rows(found.scenario, found.lessons)
    counted = {
        kind: sum(row.standing == kind for row in rows) for kind in ("source", "assumption", "default", "choice")
    }
    return Section("sources", "Every input and where it comes from", {"inputs": rows, "counted": counted})
