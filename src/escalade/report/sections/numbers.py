"""What the numbers mean: every quantity that is shown, with its formula; and what all of this is not."""

from __future__ import annotations

from escalade.quantities import RUN_NUMBERS
from escalade.report.findings import Findings
from escalade.report.screen_lines import NOT_MODELLED
from escalade.report.section import Section


def section(found: Findings) -> Section:
    """The glossary, made of the registry of quantities."""
    comparison = found.comparison
    there = {name for reply in comparison.policies.values() for name in (*reply.crisis, *reply.period)}
    rows = []
    for quantity in comparison.quantities.values():
        if quantity.id in there:
            formulas = dict.fromkeys(m.formula for m in (quantity.crisis, quantity.period) if m is not None)
            rows.append((quantity.id, quantity.name, quantity.sentence, "; ".join(formulas)))
    rows += [(number.id, number.name, number.sentence, number.formula) for number in RUN_NUMBERS]
    shown = {"glossary": rows, "left_out": NOT_MODELLED}
    return Section("numbers", "What the numbers mean, and what this is not", shown)
