"""Changes by dotted path, the one syntax of policies and of variants.

    sides.israel.tolerance: 900                       a new value
    sides.*.shield.layers.*.stock: {times: 2}         multiplies what is there
    sides.iran.arms.mrbm.stock: {plus: {low: 0, mode: 200, high: 500}}

Changes apply in the order in which they are written. ``*`` with an uncertain value means one draw for all the places
that it matches.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalade.scenario.forms import form_of
from escalade.scenario.paths import Path, PathError, expand, get, put

OPERATIONS = ("times", "plus")


@dataclass(frozen=True)
class Change:
    """One change at one place: ``written`` as the user wrote the path, ``target`` where it landed.

    ``operation`` is ``times`` or ``plus`` where the change builds on what was there, else empty.
    """

    written: str
    target: Path
    operation: str = ""


def operation(value: Any) -> str:
    """``times`` or ``plus`` if a changed value builds on what is there, else empty."""
    if not isinstance(value, dict) or "of" in value:
        return ""
    return next((name for name in OPERATIONS if name in value), "")


def apply(data: Any, changes: Mapping[str, Any], *, may_add: bool = False) -> tuple[Any, list[Change]]:
    """A changed copy of ``data``, and the changes that were made, in order.

    With ``may_add`` a change may add a key to a mapping, and null takes an entry away that cannot be null itself.
    Raises ``PathError`` for the first path that leads nowhere.
    """
    result = copy.deepcopy(data)
    made: list[Change] = []
    for written, value in changes.items():
        made += apply_one(result, written, value, may_add=may_add)
    return result, made


def apply_one(data: Any, written: str, value: Any, *, may_add: bool = False) -> list[Change]:
    """Change ``data`` in place by one written change; raises ``PathError`` if its path leads nowhere."""
    kind = operation(value)
    made = []
    for target in expand(data, written, may_add=may_add and not kind):
        before = get(data, target)
        if kind and before is None:
            raise PathError(f"there is no number to change by {kind}")
        put(data, target, {"of": before, **copy.deepcopy(value)} if kind else copy.deepcopy(value))
        made.append(Change(written, target, kind))
    return made


def origin(changes: list[Change], path: Path) -> tuple[str | None, Path]:
    """Where what stands at ``path`` after the changes was written.

    The written path of the change and the path inside its value; or None and the path before the changes.
    """
    for change in reversed(changes):
        depth = len(change.target)
        if path[:depth] != change.target:
            continue
        inside = path[depth:]
        if not change.operation or inside[:1] != ("of",):
            return change.written, inside
        path = (*change.target, *inside[1:])
    return None, path


def tied(value: Any, name: str) -> Any:
    """A changed value whose uncertain numbers are drawn together wherever it lands; ``name`` names the draw."""
    if not isinstance(value, dict):
        return value
    nested = [key for key in ("of", *OPERATIONS) if key in value]
    if nested:
        # What stands beside times or plus is said of the factor or term, which then needs no name from here.
        named = OPERATIONS if "together" in value else ()
        return {**value, **{key: tied(value[key], f"{name}, {key}") for key in nested if key not in named}}
    if form_of(value) is None:
        return value
    return {"together": name, **value}
