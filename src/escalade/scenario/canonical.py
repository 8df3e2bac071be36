"""Canonical text of a scenario: whole, stable, and read back as the same scenario.

The text does not depend on how the file was laid out, on comments, or on whether the scenario extends another; it is
what a run keeps and what its hash is taken of. Keys stand in the order of the schema, ids in the order of the file, and
what the scenario leaves out is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from escalade.scenario.reading import plain_scalar
from escalade.scenario.schema import Scenario
from escalade.scenario.written import plain

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_./()-]*(?: [A-Za-z0-9_./()-]+)*")
_PRINTABLE = re.compile(r"[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_LINE = 400
"""Characters of a quoted text in a line; longer texts are folded, as lines have a limit."""


def canonical_yaml(scenario: Scenario) -> str:
    """The scenario as it was loaded, as text (YAML 1.2) that reads back as an equal scenario."""
    return "\n".join(_mapping(canonical_data(scenario), 0)) + "\n"


def canonical_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as it was loaded, as plain data without what has its default."""
    data: dict[str, Any] = scenario.base.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for side in data["sides"].values():
        side["ladder"] = {rung: step for rung, step in side.get("ladder", {}).items() if step}
    return data


def _mapping(data: dict[str, Any], depth: int) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{'  ' * depth}{_text(key)}:", value, depth)


def _sequence(items: list[Any], depth: int) -> Iterator[str]:
    for value in items:
        if isinstance(value, dict) and value:
            # The first key stands on the line of the dash.
            first, *rest = _mapping(value, depth + 1)
            yield f"{'  ' * depth}- {first.lstrip()}"
            yield from rest
        else:
            yield from _entry(f"{'  ' * depth}-", value, depth)


def _entry(start: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield start
        yield from _mapping(value, depth + 1)
    elif isinstance(value, list) and value:
        yield start
        yield from _sequence(value, depth + 1)
    else:
        yield f"{start} {scalar(value)}"


def scalar(value: Any) -> str:
    """A value that has no parts, as YAML text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(plain(float(value)))
    if isinstance(value, str):
        return _text(value)
    return "{}" if isinstance(value, dict) else "[]"


def _text(text: str) -> str:
    if _BARE.fullmatch(text) and len(text) < _LINE and isinstance(plain_scalar(text), str):
        return text
    escaped = [_ESCAPES.get(char) or (char if _PRINTABLE.fullmatch(char) else _escape(char)) for char in text]
    pieces = ["".join(escaped[start : start + _LINE]) for start in range(0, len(escaped), _LINE)]
    return '"' + "\\\n".join(_folded(pieces)) + '"'


def _folded(pieces: list[str]) -> Iterator[str]:
    # After an escaped line break leading blanks are dropped, so a blank that begins a line is escaped.
    for index, piece in enumerate(pieces):
        yield f"\\{piece}" if index and piece.startswith(" ") else piece


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
