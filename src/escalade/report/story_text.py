"""Told twins for a terminal: in two columns where there is room, one under the other where there is not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from escalade.report.sentences import CONDITIONAL
from escalade.report.story import ToldRow, ToldTwins

ABREAST = 100
"""Columns of a terminal from which on twins stand side by side."""
WIDEST = 140
"""Columns beyond which lines are too long to read."""
BAR = " | "
INDENTS = {"year": 0, "crisis": 0, "move": 2, "end": 0}
"""Columns by which a row's first paragraph is moved in, by its kind."""
MARK = "Here the paths part:"


def as_text(twins: ToldTwins, width: int) -> str:
    """The whole story, no line longer than ``width`` (at least 40)."""
    width = min(max(width, 40), WIDEST)
    abreast = width >= ABREAST and bool(twins.right)
    lines = [*textwrap.wrap(twins.opening, width), *textwrap.wrap(_legend(twins, abreast), width)]
    for row in twins.rows:
        if row.kind != "move":
            lines.append("")
        lines += _side_by_side(row, width) if abreast else _one_below_the_other(row, width)
    lines += ["", *textwrap.wrap(twins.note, width), *textwrap.wrap(CONDITIONAL, width)]
    return "\n".join(line.rstrip() for line in lines)


def _legend(twins: ToldTwins, abreast: bool) -> str:
    """What the columns, or the lines with a bar, are."""
    if not twins.right:
        return f"Told {twins.left}."
    luck = f"the same quarrels and the same luck {twins.right}"
    if abreast:
        return f"Left: {twins.left}. Right: {luck}."
    return f"Told {twins.left}. Lines with a bar are the twin: {luck}."


def _one_below_the_other(row: ToldRow, width: int) -> Iterator[str]:
    yield from _wrapped(row.left, row, width)
    if not row.same:
        yield from (BAR + line for line in _wrapped(row.right, row, width - len(BAR)))


def _side_by_side(row: ToldRow, width: int) -> Iterator[str]:
    if row.same:
        yield from _wrapped(row.left, row, width)
        return
    column = (width - len(BAR)) // 2
    columns = (list(_wrapped(part, row, column)) for part in (row.left, row.right))
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"{left:<{column}}{BAR}{right}"


def _wrapped(paragraphs: tuple[str, ...], row: ToldRow, width: int) -> Iterator[str]:
    """Paragraphs as lines: what came of a move stands further in than the move."""
    for at, paragraph in enumerate(paragraphs):
        marked = paragraph.startswith(MARK)
        text = MARK.upper() + paragraph.removeprefix(MARK) if marked else paragraph
        lead = " " * (INDENTS[row.kind] + (2 if at and not marked else 0))
        # A number and its per cent sign stay together: textwrap breaks at no such space.
        kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
        for line in textwrap.wrap(
            kept, width, initial_indent=lead, subsequent_indent=lead + "  ", break_on_hyphens=False
        ):
            yield line.replace("\N{NO-BREAK SPACE}", " ")
