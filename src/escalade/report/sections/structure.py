"""How far the answer hangs on the structure of the model: the effect under each structure that was tried."""

from __future__ import annotations

from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.structure import sentence, table


def section(found: Findings) -> Section | None:
    """The structures; nothing where none was tried."""
    tried = found.structure
    if tried is None:
        return None
    sides = found.words.sides
    shown = {"sentence": sentence(tried, sides), "table": table(tried, found.names, sides)}
    return Section("structure", "How far it hangs on structure", shown)
