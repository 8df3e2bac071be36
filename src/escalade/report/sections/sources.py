"""Every input with its source, or the word assumption."""

from __future__ import annotations

from escalade.report.facts import rival_words
from escalade.report.findings import Findings
from escalade.report.inputs import input_rows
from escalade.report.section import Section
from escalade.scenario.rivals import rival_sources


def section(found: Findings) -> Section:
    """All inputs, and how many of them are sourced, assumed, set by a policy, or defaults."""
    rows = input_rows(found.scenario, found.lessons)
    counted = {
        kind: sum(row.standing == kind for row in rows) for kind in ("source", "assumption", "default", "choice")
    }
    shown = {"inputs": rows, "counted": counted, "believed": rival_words(rival_sources(found.scenario))}
    return Section("sources", "Every input and where it comes from", shown)
