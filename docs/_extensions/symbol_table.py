"""Tables of symbols, from ``reference/symbols.csv`` and the schema.

The file gives every field of a world's records its symbol and its key in a scenario file; meaning, unit and default
are the schema's, unless the file has a meaning of its own (for what is derived).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from scenario_reference import default, table

from escalade.scenario import lookup
from escalade.scenario.paths import schema_path

FILE = Path(__file__).parents[1] / "reference" / "symbols.csv"
HEADS = ("symbol", "meaning", "key", "unit", "default", "field")

PREFIX = {
    "SIDE": "sides.SIDE.",
    "ARM": "sides.SIDE.arms.ARM.",
    "LAYER": "sides.SIDE.shield.layers.LAYER.",
    "STEP": "sides.SIDE.ladder.RUNG.",
    "RUNG": "ladder.rungs[0].",
    "RULES": "crisis.",
    "PAIR": "pairs[0].",
    "SOIL": "pairs[0].hosts.SIDE.HOST.",
}
"""What the keys of a record begin with in a file; tables leave it out."""


@dataclass(frozen=True)
class Symbol:
    """One line of the file: LaTeX, record and field in ``worlds``, key, own meaning and unit (or empty)."""

    record: str
    field: str
    symbol: str
    key: str
    unit: str
    meaning: str


def symbols() -> list[Symbol]:
    """All lines of the file, in order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [Symbol(**{name: text or "" for name, text in row.items()}) for row in csv.DictReader(lines)]


def record(name: str) -> str:
    """The table of one record; of the symbols that belong to none if ``name`` is empty."""
    return table(HEADS, [_row(symbol) for symbol in symbols() if symbol.record == name])


def _row(symbol: Symbol) -> tuple[str, ...]:
    latex = f"${symbol.symbol}$" if symbol.symbol else ""
    code = f"`{symbol.field}`" if symbol.field else ""
    if not symbol.key:
        return latex, symbol.meaning, "", symbol.unit, "", code
    path = schema_path(symbol.key)
    found, outer = lookup.place(path), lookup.place(path[:-1])
    if found is None or outer is None:
        raise KeyError(f"symbols.csv: {symbol.key} is no key of a scenario")
    given = ""
    if outer.model is not None:
        given = next(
            default(info) for name, info in outer.model.model_fields.items() if (info.alias or name) == path[-1]
        )
    key = symbol.key.removeprefix(PREFIX.get(symbol.record, "no prefix"))
    return latex, symbol.meaning or found.meaning, f"`{key}`", symbol.unit or found.unit, given, code
