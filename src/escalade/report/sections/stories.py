"""Told pairs of twins: the same quarrels and the same luck under two policies, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalade.errors import EscaladeError
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.story import ToldRow, ToldTwins, told_twins

NUMBERS = (
    ("in brackets", "how likely the step was for this side, as determined as it is"),
    ("had expected", "how likely the other side had thought it, over all that its rival might have been"),
    ("a usual stake", "what a typical quarrel is worth to a side; costs and gains are shares of it"),
    ("dead", "the model's mean for this raid, as launched and intercepted here; under one half is nobody"),
    ("left alone", "reckoned to hit nothing that matters, so that no interceptor was spent"),
    ("stops ... of 100", "of threats where the shield was built to stop 90; before and after: what leaders believe"),
    ("would have died", "by the same salvo behind the other policy's shield and shelter"),
)
"""Numbers of a told history, and what each of them is."""

SHORT = 24
"""A story of so many rows is told whole at once."""


@dataclass(frozen=True)
class Story:
    """A pair of twins: the quarrel in which their paths part, how it ended, and all of it.

    whole : everything in order; empty where the rest of it says as much
    """

    twins: ToldTwins
    parting: tuple[ToldRow, ...]
    end: ToldRow
    whole: tuple[ToldRow, ...]


def section(found: Findings) -> Section | None:
    """Up to three pairs; ``None`` where none can be told yet, and why where this version cannot tell them."""
    why = ""
    try:
        twins = [pair for pair in told_twins(found.run) if pair.right and pair.rows]
    except EscaladeError as error:
        twins, why = [], str(error).replace(str(found.run.folder.path), "this run")  # no report names a folder
    if not twins and not why:
        return None
    shown = {"stories": [story(pair) for pair in twins], "why": why, "numbers": NUMBERS}
    return Section("stories", "How some years went, and how their twins went", shown)


def story(twins: ToldTwins) -> Story:
    """A pair of twins as the report shows it: what matters first, the whole on request."""
    *before, end = twins.rows
    if len(twins.rows) <= SHORT:
        return Story(twins, tuple(before), end, ())
    return Story(twins, tuple(quarrel(before)), end, tuple(twins.rows))


def quarrel(rows: Sequence[ToldRow]) -> list[ToldRow]:
    """The quarrel in which the paths first part, from its beginning; nothing if they never do."""
    at = next((k for k, row in enumerate(rows) if row.parts), None)
    if at is None:
        return []
    begins = max(k for k in range(at + 1) if rows[k].kind == "crisis" or k == 0)
    ends = next((k for k in range(at + 1, len(rows)) if rows[k].kind in ("crisis", "year", "end")), len(rows))
    return list(rows[begins:ends])
