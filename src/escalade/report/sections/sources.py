"""Every input with its source, or the word assumption; levers and assumptions apart."""

from __future__ import annotations

from escalade.report.facts import rival_words
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.scenario.rivals import rival_sources

TABLES = (
    ("lever", "What governments choose"),
    ("assumption", "What nobody knows"),
)
"""Kinds of inputs and the titles of their tables."""


def section(found: Findings) -> Section:
    """All inputs, and how many of them are sourced, assumed, set by a policy, or defaults."""
    tables = [(title, [row for row in found.inputs if row.kind == kind]) for kind, title in TABLES]
    others = [row for row in found.inputs if row.kind not in {kind for kind, _ in TABLES}]
    tables += [("What the scenario is about", others)] if others else []
    believed = rival_words(rival_sources(found.scenario))
    shown = {"tables": tables, "total": len(found.inputs), "counted": found.standings, "believed": believed}
    return Section("sources", "Every input and where it comes from", shown)
