"""Lists of stored histories, and what the columns that they are chosen by mean."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from escalade.quantities import Quantity
from escalade.report.tables import WIDTH
from escalade.study.histories import HISTORY, WORLD, Found, outcome_columns

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

ADDRESS = {
    WORLD: "number of the set of assumptions",
    HISTORY: "number of the history in it",
}
PLAIN = {
    "highest_rung": "number of the highest rung reached; 0 is the lowest",
    "any_strike": "whether anybody struck: 0 or 1",
}
"""Columns that are no quantity of a comparison by themselves."""
LISTING = 'Conditions may name these; with "twin." before it, an outcome of the same history under the other policy.'


def columns_told(run: StoredRun) -> dict[str, str]:
    """What every column of a history means, by its name in conditions."""
    return ADDRESS | {name: _meaning(name, run.quantities.values()) for name in outcome_columns(run)}


def _meaning(column: str, quantities: Any) -> str:
    """A column in the words of the quantity that it is the numerator of, the one of its own name first."""
    if column in PLAIN:
        return PLAIN[column]
    counted = [each for each in quantities if each.period is not None and each.period.numerator == (column,)]
    named: list[Quantity] = sorted(counted, key=lambda each: each.id != column)
    return named[0].name if named else column


def columns_text(told: dict[str, str]) -> str:
    """The columns as lines of at most 80 columns."""
    widest = min(40, max(map(len, told)))
    lines = [*textwrap.wrap(LISTING, WIDTH), ""]
    for name, words in told.items():
        lead = f"{name:<{widest}}  "
        lines += textwrap.wrap(lead + words, WIDTH, subsequent_indent=" " * (widest + 2), break_on_hyphens=False)
    return "\n".join(lines)


def listing_text(folder: str, policy: str, where: str, found: tuple[Sequence[Found], int, int]) -> str:
    """Histories that meet a condition, each with its address and the columns that the condition names."""
    rows, met, total = found
    verb = "meets" if met == 1 else "meet"
    more = f"; the first {len(rows)} are" if len(rows) < met else ""
    lines = textwrap.wrap(f'{met:,} of {total:,} histories under policy "{policy}" {verb} {where}{more}:', WIDTH)
    for row in rows:
        lines += textwrap.wrap(_line(row), WIDTH, initial_indent="  ", subsequent_indent="      ")
    if not rows:
        return lines[0].removesuffix(":") + "."
    first = f"escalade replay {folder} --policy {policy} --world {rows[0].world} --history {rows[0].history}"
    return "\n".join([*lines, "The first one, told:", f"  {first}"])


def _line(row: Found) -> str:
    values = [f"{name} = {value:,.6g}" for name, value in row.values.items() if name not in ADDRESS]
    return ", ".join([f"--world {row.world} --history {row.history}", *values])


def listing_data(policy: str, twin: str | None, where: str, found: tuple[Sequence[Found], int, int]) -> dict[str, Any]:
    """The same as plain JSON values."""
    rows, met, total = found
    return {
        "policy": policy,
        "twin": twin,
        "where": where,
        "met": met,
        "of": total,
        "histories": [{WORLD: row.world, HISTORY: row.history, "values": dict(row.values)} for row in rows],
    }
