"""Tables: one description for terminal and HTML, and their plain-text form of at most 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 80
"""Columns of a terminal that a table may fill."""

GAP = 2


@dataclass(frozen=True)
class Row:
    """Cells as people read them, the first one a name; ``note`` explains the row where there is room for it.

    ``key`` names the note that the row opens in the report; empty: none.
    """

    cells: tuple[str, ...]
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Section:
    """Rows that belong together, under a name (empty: none)."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table: the first column holds names, the others numbers."""

    title: str
    heads: tuple[str, ...]
    sections: tuple[Section, ...]
    caption: str = ""


def text(table: Table, width: int = WIDTH) -> str:
    """The table in plain characters, no line longer than ``width``; names and heads are wrapped to fit."""
    rows = [row.cells for section in table.sections for row in section.rows]
    widths = _widths(table.heads, rows, width)
    lines = [*textwrap.wrap(table.title, width), *_wrapped_row(table.heads, widths, bottom=True)]
    lines.append("-" * (sum(widths) + GAP * (len(widths) - 1)))
    for section in table.sections:
        if section.name:
            lines += textwrap.wrap(section.name, width, subsequent_indent="  ")
        indent = "  " if section.name else ""
        for row in section.rows:
            lines += _wrapped_row(row.cells, widths, indent=indent)
    lines += textwrap.wrap(table.caption, width)
    return "\n".join(line.rstrip() for line in lines)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Width of every column: numbers get what they need, heads are wrapped, names get the rest."""
    numbers = [
        max([*(len(row[k]) for row in rows), *(len(word) for word in heads[k].split()), 1])
        for k in range(1, len(heads))
    ]
    spare = width - sum(numbers) - GAP * len(numbers)
    names = max([len(heads[0]), *(len(row[0]) + 2 for row in rows)])
    first = max(12, min(names, spare))
    if first + sum(numbers) + GAP * len(numbers) > width:  # heads of one long word: cut
        room = max(1, (width - first) // max(1, len(numbers)) - GAP)
        numbers = [min(number, room) for number in numbers]
    return [first, *numbers]


def _wrapped_row(cells: Sequence[str], widths: Sequence[int], *, bottom: bool = False, indent: str = "") -> list[str]:
    """One row as lines. Numbers stand beside the last line of a name; heads of several lines end together."""
    columns = [textwrap.wrap(cells[0], widths[0], initial_indent=indent, subsequent_indent=indent + "  ") or [""]]
    columns += [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells[1:], widths[1:], strict=True)]
    height = max(map(len, columns))
    padded = [[""] * (height - len(column)) + column for column in columns]
    if not bottom:
        padded[0] = columns[0] + [""] * (height - len(columns[0]))
    return [
        (" " * GAP).join(
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in zip(*padded, strict=True)
    ]
