"""Dotted paths into a scenario: ``sides.israel.shield.layers.*.stock``, ``pairs[0].crises_per_year``.

A path is a tuple of keys and list positions. ``*`` stands for every key of a mapping or every item of a list; an item
of a list may also be named by its ``id`` (``ladder.rungs.covert.concession``).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

Path = tuple[str | int, ...]

_PLAIN = re.compile(r"[A-Za-z0-9_*<-]+")
_POSITION = re.compile(r"[0-9]{1,6}")
_INDEX = re.compile(r"\[(\d{1,6})\]")


class PathError(Exception):
    """A written path leads nowhere; the message says where it ends and what was possible."""


def dotted(path: Path) -> str:
    """The path as people write it; keys that are not plain names stand in brackets, cut and made printable."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f"[{printable(part)}]"
    return text


def printable(text: str, width: int = 120) -> str:
    """The text without control characters, cut to ``width``."""
    shown = clean(text[: width + 1])
    return shown if len(text) <= width else shown[: width - 3] + "..."


def clean(text: str) -> str:
    """The text with characters that a terminal would act on, or could not show, spelled out."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def parts(written: str) -> tuple[str, ...]:
    """Parts of a written path, list positions still as digits; raises ``PathError`` for an empty part."""
    found = tuple(_INDEX.sub(r".\1", written).split("."))
    if not all(found):
        raise PathError("is not a path; allowed: names joined by dots, as in sides.SIDE.tolerance")
    return found


def schema_path(written: str) -> Path:
    """The path at which the schema describes what a written path stands for."""
    return tuple(step(part) for part in parts(written))


def step(part: str) -> str | int:
    """A written part of a path as a part of a path: digits are a position in a list."""
    return int(part) if _POSITION.fullmatch(part) else part


def expand(data: Any, written: str, *, may_add: bool = False) -> list[Path]:
    """The places in ``data`` that a written path stands for.

    With ``may_add`` the last part may be a new key of a mapping. Raises ``PathError`` where it leads nowhere.
    """
    wanted = parts(written)
    places: list[tuple[Path, Any]] = [((), data)]
    for depth, part in enumerate(wanted):
        last = depth == len(wanted) - 1
        places = _all_steps(places, part, may_add and last)
    return [path for path, _ in places]


def _all_steps(places: list[tuple[Path, Any]], part: str, may_add: bool) -> list[tuple[Path, Any]]:
    """One part further from every place; places after a ``*`` that lack it are passed over, if any has it."""
    found: list[tuple[Path, Any]] = []
    first_error: PathError | None = None
    for path, value in places:
        try:
            found += _step(path, value, part, may_add)
        except PathError as error:
            first_error = first_error or error
    if not found:
        raise first_error or PathError("there is nothing here for * to stand for")
    return found


def _step(path: Path, value: Any, part: str, may_add: bool) -> Iterator[tuple[Path, Any]]:
    options = dict(_children(value))
    if part == "*":
        yield from (((*path, key), inner) for key, inner in options.items())
        return
    key = _key(value, part)
    if key in options:
        yield (*path, key), options[key]
    elif may_add and isinstance(value, dict):
        yield (*path, part), None
    else:
        names = keys(value)
        where = dotted(path) or "the scenario"
        end = f"; {allowed(names)}{near(part, names)}" if names else ", which has no parts"
        raise PathError(f"there is no {printable(part, 60)!r} in {where}{end}")


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _key(value: Any, part: str) -> str | int:
    """The key that a written part stands for: an item of a list may be named by its position or its ``id``."""
    if not isinstance(value, list):
        return part
    if _POSITION.fullmatch(part):
        return int(part)
    ids = [item.get("id") if isinstance(item, dict) else None for item in value]
    return ids.index(part) if part in ids else part


def keys(value: Any) -> list[str]:
    """What a written part may be inside a value: keys of a mapping; ids, or positions, of a list."""
    ids = [item.get("id") if isinstance(item, dict) else None for item in value] if isinstance(value, list) else []
    if ids and all(isinstance(name, str) for name in ids):
        return [str(name) for name in ids]
    return [str(key) for key, _ in _children(value)]


def members(value: Any, part: str) -> list[Any]:
    """What a written part stands for inside a value: one thing, every one for ``*``, or nothing."""
    options = dict(_children(value))
    if part == "*":
        return list(options.values())
    key = _key(value, part)
    return [options[key]] if key in options else []


def allowed(names: Iterable[str]) -> str:
    """What is allowed, in words; long lists are cut."""
    listed = list(names)
    shown = ", ".join(listed[:12])
    return f"allowed: {shown}" + (f" and {len(listed) - 12} more" if len(listed) > 12 else "")


def near(word: str, names: Iterable[str]) -> str:
    """A question after the one name that may have been meant; empty if none is near."""
    found = difflib.get_close_matches(word[:80], list(names), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""


def get(data: Any, path: Path) -> Any:
    """What stands at a path; None if nothing does."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def put(data: Any, path: Path, value: Any) -> None:
    """Write a value at a path whose parent exists."""
    get(data, path[:-1])[path[-1]] = value
