"""The bundled claims with their verdicts: texts from the package, numbers from what was computed and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scenario_reference import cell, table

from escalade.evidence.claims_file import bundled
from escalade.evidence.tried import TriedClaim, TriedTrial
from escalade.report.claims import RULE, evidence, hanging, holds, trials, verdict_sentence
from escalade.study.claims import read_found

KEPT = Path(__file__).parents[1] / "_data" / "claims.json"


def claims() -> str:
    """The table of all claims, then each of them."""
    tried = known()
    rows = [
        (f"[{one.id}](#{one.id})", cell(one.claim.title), one.verdict.value, ", ".join(map(holds, one.counted)) or "-")
        for one in tried
    ]
    return "\n\n".join([table(("", "claim", "verdict", "holds in, of 100 sets"), rows), RULE, *map(_claim, tried)])


def known() -> tuple[TriedClaim, ...]:
    """The bundled claims with what was found when they were tried last."""
    read, kept = bundled(), json.loads(KEPT.read_text("utf-8"))["found"]
    return tuple(
        TriedClaim(name, claim, tuple(_trials(name, kept.get(name, [])))) for name, claim in read.claims.claims.items()
    )


def _trials(name: str, kept: list[dict[str, object] | None]) -> Iterator[TriedTrial]:
    read = bundled()
    for number, trial in enumerate(read.claims.claims[name].trials):
        found = kept[number] if number < len(kept) else None
        yield TriedTrial(trial, read.posed.get((name, number)), None if found is None else read_found(found))


def _claim(one: TriedClaim) -> str:
    found = trials(one)
    parts = [f"({one.id})=\n\n## {one.id}: {one.claim.title}", one.claim.says, f"**{verdict_sentence(one)}**"]
    if found is not None:
        rows = []
        for section in found.sections:
            rows.append((f"*{cell(section.name)}*", *[""] * (len(found.heads) - 1)))
            rows += [tuple(map(cell, row.cells)) for row in section.rows]
        parts += [table(found.heads, rows), found.caption]
    parts += [line for each in one.trials if (line := hanging(each))]
    lines = [f"- {line}" for line in evidence(one.claim.evidence)]
    return "\n\n".join([*parts, "\n".join(lines)])
