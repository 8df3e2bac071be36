"""Why: the headline's effect per crisis, reason by reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from escalade.analysis.why import PARTS, Why
from escalade.report.amounts import capital
from escalade.report.figure import Figure, Panel
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.waterfall import Fall, waterfall
from escalade.report.why import LIKE_ALL, MEANING, SHORT, decimals, sentence, tables

READ = "Filled: more; hollow: less. The line does not begin at nothing."
"""How to read the waterfall."""


def section(found: Findings) -> Section | None:
    """The reasons of the effect; nothing where they were not worked out."""
    if found.why is None:
        return None
    why, parts = found.why, shown(found.why, found.words.policies, found.names)
    head = f"{capital(why.outcome.name)}, {parts['per']}: why"
    figure = Figure("why", head, (Panel("", parts["picture"]),), f"{READ} {capital(sentence(why))}.")
    return Section("why", "Why, in a crisis", parts, (figure,))


def shown(why: Why, phrases: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows; ``phrases`` ("with the shield") and ``names`` of the policies by id."""
    form = decimals(why)
    written, total = form.adding_up([why.parts[name].mean for name in PARTS])
    steps = [
        Fall(capital(SHORT[name]), why.parts[name].mean * form.scale, cell)
        for name, cell in zip(PARTS, written, strict=True)
        if cell != "0"
    ]
    ends = [
        Fall(capital(f"{why.outcome.name} {phrases[policy]}"), level * form.scale, form.plain(level))
        for policy, level in ((why.baseline, why.level), (why.policy, why.level + why.whole))
    ]
    title = f"From {ends[0].words} to {ends[1].words} {form.per}: {total}"
    return {
        "picture": waterfall(ends[0], steps, ends[1], title, str(sentence(why))),
        "read": READ,
        "title": capital(why.outcome.name),
        "per": form.per,
        "drawn": f"{why.drawn:,}",
        "like_all": LIKE_ALL if why.calibrated else "",
        "meanings": [(capital(SHORT[name]), name, MEANING[name]) for name in PARTS],
        "tables": tables(why, names),
    }
