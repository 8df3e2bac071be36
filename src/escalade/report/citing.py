"""Citations as text for people, and as plain values for programs."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

from escalade.report.citations import Citations, Source
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH

INDENT = "   "


def as_text(found: Citations) -> str:
    """Software, run, and every source with what it is used for; no line but an address longer than 80 columns."""
    parts = [
        "Software\n" + _filled(f"{found.software}."),
        "Run\n" + _filled(f"Computed with escalade {found.version}: {found.run}. {CONDITIONAL}"),
        f"Sources ({len(found.sources)})",
        *(_source(number, source) for number, source in enumerate(found.sources, 1)),
        textwrap.fill(
            f"{found.assumptions} of the {found.inputs} numbers that the run rests on are assumptions: nothing "
            "published stands behind them alone. The report lists each with its reason. A source read at second hand "
            "should be cited as such.",
            WIDTH,
        ),
    ]
    return "\n\n".join(parts)


def _filled(text: str, start: str = INDENT) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=start, subsequent_indent=INDENT, break_on_hyphens=False, break_long_words=False
    )


def _source(number: int, source: Source) -> str:
    lines = [_filled(f"{source.words}.", f"{number}. ".ljust(len(INDENT)))]
    if source.url:
        lines.append(INDENT + source.url)  # an address stays whole, however long
    if source.facts:
        lines.append(_filled(f"Figures: {', '.join(source.facts)}."))
    lines.append(_filled(f"For: {'; '.join(source.uses)}."))
    return "\n".join(lines)


def as_data(found: Citations) -> dict[str, Any]:
    """All citations as plain JSON values."""
    return {
        "software": {"citation": found.software, "version": found.version},
        "run": {
            "citation": found.run,
            "scenario": found.scenario,
            "scenario_hash": found.hash,
            "seed": found.seed,
        },
        "sources": [asdict(source) for source in found.sources],
        "assumptions": found.assumptions,
        "inputs": found.inputs,
    }
