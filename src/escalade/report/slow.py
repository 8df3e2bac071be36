"""What the years add to a policy's effect: one line, a few lines of text, and the same as plain JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from escalade.analysis.clustered import Estimate
from escalade.analysis.slow import FORCES, SlowForces
from escalade.quantities import UNIT_WORDS
from escalade.report.amounts import capital, years
from escalade.report.sentence import Sentence
from escalade.report.tables import WIDTH, Row, Section, Table

SHORT: Mapping[str, str] = {
    "race": "rivals arm (race)",
    "windows": "the change to come (windows)",
    "wear": "stocks run down, leaders learn (wear)",
}
"""Every slow force in a few words."""

ABSENT: Mapping[str, str] = {
    "race": "0: nothing in this scenario races",
    "windows": "0: nobody in this scenario looks ahead",
    "wear": "not known",
}
"""What is said where a force was not turned off, because nothing exerts it."""

HOW_TO_READ = (
    "Each part is the effect with all forces on less the effect with this one off, in the same histories with the same "
    "luck; after +/- half the 90 % interval of the mean. Forces work on each other: the parts need not add up."
)


def _scale(slow: SlowForces) -> tuple[float, str]:
    measure = slow.outcome.period
    if measure is None or measure.unit == "share":
        return 100.0, f"in 100 periods of {years(slow.years)}"
    return 1.0, f"{UNIT_WORDS[measure.unit]} in {years(slow.years)}"


def _signed(value: float, scale: float) -> str:
    size = abs(value * scale)
    written = f"{value * scale:+,.1f}" if size < 100 else f"{value * scale:+,.0f}"
    return "0" if float(written.replace(",", "")) == 0 else written


def part(slow: SlowForces, force: str) -> str:
    """A force's part as it is shown, or why there is none."""
    value = slow.parts[force]
    return ABSENT[force] if value is None else _signed(value.mean, _scale(slow)[0])


def sentence(slow: SlowForces) -> Sentence:
    """All three forces in one line."""
    told = [f"{SHORT[force]} {{{force}}}" for force in FORCES]
    values = {force: part(slow, force) for force in FORCES}
    return Sentence(f"{', '.join(told)}; {_scale(slow)[1]}", values)


def as_text(slow: SlowForces) -> str:
    """The forces in lines of at most 80 columns."""
    scale, per = _scale(slow)
    head = f"Over the years ({capital(slow.outcome.name)}, {per}, {slow.histories:,} histories a policy):"
    lines = [f"  {SHORT[force]:<40}{part(slow, force)}{_error(slow.parts[force], scale)}" for force in FORCES]
    whole = f"  {'effect in these histories':<40}{_signed(slow.whole.mean, scale)}{_error(slow.whole, scale)}"
    return "\n".join([*textwrap.wrap(head, WIDTH), *lines, whole, "", *textwrap.wrap(HOW_TO_READ, WIDTH)])


def table(slow: SlowForces) -> Table:
    """The forces as a table: what each adds, and half its 90 % interval."""
    scale, per = _scale(slow)
    rows = [Row((SHORT[force], part(slow, force), _error(slow.parts[force], scale).strip())) for force in FORCES]
    rows.append(Row(("effect in these histories", _signed(slow.whole.mean, scale), _error(slow.whole, scale).strip())))
    title = f"{capital(slow.outcome.name)}, {per}, {slow.histories:,} histories a policy"
    return Table(title, ("slow force", "part", "+/-"), (Section("", tuple(rows)),))


def _error(value: Estimate | None, scale: float) -> str:
    half = None if value is None else value.half_width
    return "" if half is None else f" +/- {half * scale:,.1f}"


def as_json(slow: SlowForces) -> dict[str, Any]:
    """The same as plain JSON values; a force that nothing exerts is null."""
    return {
        "outcome": slow.outcome.id,
        "years": slow.years,
        "histories": slow.histories,
        "effect": _estimate(slow.whole),
        "parts": {force: None if (found := slow.parts[force]) is None else _estimate(found) for force in FORCES},
    }


def _estimate(value: Estimate) -> dict[str, Any]:
    interval = value.interval_90
    return {"mean": value.mean, "se": value.se, "interval_90": None if interval is None else list(interval)}
