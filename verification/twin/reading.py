"""Worlds read into plain Python: the only place that touches an array.

A record array becomes a list of named tuples with the fields' own names, so that
the model's pages read ``world.arms[i][k].stock`` and compute with Python floats.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any, NamedTuple

from escalade.worlds import World, Worlds

Record = Any  # a named tuple with the fields of SIDE, ARM, LAYER, STEP, RUNG, RULES, PAIR or SOIL


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
    soils: list[list[list[Record]]]
    falls: list[list[list[list[float]]]]
    needs: list[list[list[float]]]
    arm_deliveries: list[list[list[float]]]
    layer_deliveries: list[list[list[float]]]
    arm_caps: list[list[list[float]]]
    layer_caps: list[list[list[float]]]
    objectives: list[list[list[float]]]


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


def order_of(world: Plain, pair: int) -> list[int]:
    """All sides, the two of the pair first."""
    two = [world.pairs[pair].first, world.pairs[pair].second]
    return two + [side for side in range(len(world.sides)) if side not in two]


def facing(world: Plain, pair: int) -> Plain:
    """The world as a crisis of one pair sees it: its two sides are 0 and 1, it is the only pair; hosts come after."""
    order = order_of(world, pair)
    place = {side: n for n, side in enumerate(order)} | {-1: -1}

    def sorted_(rows: list[Any]) -> list[Any]:
        return [rows[side] for side in order]

    return world._replace(
        sides=sorted_(world.sides),
        beliefs=[sorted_(row) for row in sorted_(world.beliefs)],
        arms=sorted_(world.arms),
        layers=[[layer._replace(sender=place[layer.sender]) for layer in side] for side in sorted_(world.layers)],
        kill=sorted_(world.kill),
        serving=sorted_(world.serving),
        steps=sorted_(world.steps),
        pairs=[world.pairs[pair]._replace(first=0, second=1)],
        soils=[[[soil._replace(side=place[soil.side]) for soil in side] for side in world.soils[pair]]],
        falls=[world.falls[pair]],
        needs=[world.needs[pair]],
        arm_deliveries=sorted_(world.arm_deliveries),
        layer_deliveries=sorted_(world.layer_deliveries),
        arm_caps=sorted_(world.arm_caps),
        layer_caps=sorted_(world.layer_caps),
    )


class Soil(NamedTuple):
    """Where strikes on a side fall: whose soil, what a death there weighs, what share of each rival's arm it gets."""

    place: int
    care: float
    falls: list[float]


def soils_of(world: Plain, side: int) -> list[Soil]:
    """The soils of side 0 or 1 of a world that faces one pair."""
    rows = zip(world.soils[0][side], world.falls[0][side], strict=True)
    return [Soil(record.side, record.care, falls) for record, falls in rows if record.side >= 0]


def defended(world: Plain, place: int) -> int | None:
    """The side, 0 or 1, on whose account strikes fall on this soil; None if on nobody's."""
    return next((side for side in (0, 1) if any(soil.place == place for soil in soils_of(world, side))), None)


def other(side: int) -> int:
    """The other side of a pair: a crisis is between sides 0 and 1."""
    return 1 - side


def by_uid(world: Plain) -> list[int]:
    """The two sides of a pair in the order of their fixed ids, which address luck whatever their place in a file."""
    return sorted((0, 1), key=lambda side: world.sides[side].uid)
