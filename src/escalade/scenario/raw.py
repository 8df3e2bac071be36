"""A scenario as plain data of any shape, read for checks: what is not there, or of the wrong type, is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from escalade.scenario.paths import Path, allowed, near


class Finding(NamedTuple):
    """Something that does not fit: where, what, and whether the key is to blame rather than the value."""

    path: Path
    message: str
    at_key: bool = False


Check = Callable[[dict[str, Any]], Iterator[Finding]]
"""Finds what does not fit in a scenario's plain data."""


def mapping(value: Any, *keys: str) -> dict[str, Any]:
    """The mapping below ``keys``; empty if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listing(value: Any, *keys: str) -> list[Any]:
    """The list below ``keys``; empty if there is none."""
    found = mapping(value, *keys[:-1]).get(keys[-1])
    return list(found) if isinstance(found, list | tuple) else []


def whole(value: Any) -> int | None:
    """The value if it is a whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def each_side(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and data of each side."""
    yield from ((name, side) for name, side in mapping(data, "sides").items() if isinstance(side, dict))


def known(name: Any, names: list[str], what: str) -> str | None:
    """What is wrong with a name that should be one of ``names``; None if nothing is, or the schema says it."""
    if not isinstance(name, str) or not names or name in names:
        return None
    return f"there is no {what} {name[:60]!r}; {allowed(names)}{near(name, names)}"
