"""Worlds read into plain Python: the only place that touches an array.

A record array becomes a list of named tuples with the fields' own names, so that
the model's pages read ``world.arms[i][k].stock`` and compute with Python floats.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any, NamedTuple

from escalade.worlds import World, Worlds

Record = Any  # a named tuple with the fields of SIDE, ARM, LAYER, STEP, RUNG, RULES or PAIR


PROTECTION = ("coverage", "effect", "sigma", "truth", "neglect", "adaptation", "build", "decay")
"""Fields of a side that belong to its protection."""


class Plain(NamedTuple):
    """One world, as lists: same names and the same index order as ``escalade.worlds.World``."""

    sides: list[Record]
    beliefs: list[list[float]]
    arms: list[list[Record]]
    layers: list[list[Record]]
    kill: list[list[list[float]]]
    serving: list[list[int]]
    steps: list[list[Record]]
    rungs: list[Record]
    rules: Record
    pairs: list[Record]
    arm_deliveries: list[list[list[float]]]
    layer_deliveries: list[list[list[float]]]
    arm_caps: list[list[list[float]]]
    layer_caps: list[list[list[float]]]


def take(worlds: Worlds, w: int) -> World:
    """World ``w`` of many: the same arrays without the leading axis."""
    return World(*(array[w] for array in worlds))


def read(world: World | Plain) -> Plain:
    """The world in plain Python; a world that is plain already is returned as it is."""
    if isinstance(world, Plain):
        return world
    return Plain(*(_plain(name, array) for name, array in world._asdict().items()))


def under_protection(world: Plain, baseline: Plain) -> Plain:
    """The world with the protection of the baseline: its layers and their schedule, its shelter, the true condition
    of its shields and the beliefs about them. All else, the salvos above all, stays the world's own.
    """
    sides = [
        side._replace(**{name: getattr(base, name) for name in PROTECTION})
        for side, base in zip(world.sides, baseline.sides, strict=True)
    ]
    return world._replace(
        sides=sides,
        beliefs=baseline.beliefs,
        layers=baseline.layers,
        kill=baseline.kill,
        layer_deliveries=baseline.layer_deliveries,
        layer_caps=baseline.layer_caps,
    )


def _plain(name: str, array: Any) -> Any:
    """Lists of named tuples for a record array, nested lists of numbers for any other."""
    if array.dtype.names is None:
        return array.tolist()
    record = namedtuple(name, array.dtype.names)  # type: ignore[misc]
    return _records(record, array.tolist())


def _records(record: Any, rows: Any) -> Any:
    if isinstance(rows, tuple):
        return record._make(rows)
    return [_records(record, row) for row in rows]


def other(side: int) -> int:
    """The other side of a pair: the twin plays two sides, 0 and 1."""
    return 1 - side


def by_uid(world: Plain) -> list[int]:
    """The two sides in the order of their fixed ids, which address luck whatever their place in a file."""
    return sorted((0, 1), key=lambda side: world.sides[side].uid)
