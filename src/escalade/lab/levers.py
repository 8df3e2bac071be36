"""What governments choose, as controls: generated from the schema, written as the changes of a variant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import inf

import numpy as np
from numpy.typing import NDArray

from escalade.errors import UsageError, did_you_mean
from escalade.lab.setting import Lever
from escalade.scenario import Scenario, inputs
from escalade.scenario.forms import Form
from escalade.scenario.inputs import Input
from escalade.scenario.lookup import place
from escalade.scenario.paths import parts, schema_path

FIRST = ("shield.layers.*.stock", "shelter.coverage", "commitment.if_struck_first", "commitment.if_striking_first")
"""Ends of the paths of levers that stand first; a ``*`` moves all layers of a shield together."""

MANY: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Multiples of what is there that a lever for a number of things offers."""

SECOND = (".times", ".plus")
"""Ends of the keys of inputs that multiply, or are added to, another one to make a number."""

SHARES = 20
"""Steps of a lever for a share."""


@dataclass(frozen=True)
class Control:
    """One lever.

    path : as a variant writes it under ``changes``; label, subject, unit, meaning : in words
    times : whether its steps are multiples of what is there (and not values)
    steps : what can be chosen; today : the value as the scenario has it, most likely (1 for multiples)
    first : whether it stands among the first
    """

    path: str
    label: str
    subject: str
    unit: str
    meaning: str
    times: bool
    steps: tuple[float, ...]
    today: float
    first: bool


def controls(scenario: Scenario) -> list[Control]:
    """The levers of a scenario: those of whole shields and of shelter first."""
    single = [item for item in inputs(scenario) if item.kind == "lever" and item.policy is None]
    found = [*_of_shields(scenario, single), *(one for item in single if (one := _control(scenario, item)) is not None)]
    sides = list(scenario.sides)
    return sorted(found, key=lambda one: (not one.first, *(sides.index(side) for side in _side(one.path))))


def _side(path: str) -> tuple[str, ...]:
    """The side that a path belongs to, if it belongs to one."""
    first, *rest = path.split(".")
    return (rest[0],) if first == "sides" else ()


def _of_shields(scenario: Scenario, single: list[Input]) -> Iterator[Control]:
    """One lever for the stocks of all layers of a side."""
    for side, about in scenario.sides.items():
        path = f"sides.{side}.shield.layers.*.stock"
        stocks = [item for item in single if _matches(path, _whole(item.key))]
        if len(stocks) > 1 and any(item.spec.mode > 0 for item in stocks):
            one = stocks[0]
            meaning = "Interceptors at the start, in every layer."
            subject = f"{about.name}, all layers"
            yield Control(path, one.label, subject, "times today's", meaning, True, MANY, 1.0, True)


def _control(scenario: Scenario, item: Input) -> Control | None:
    """The lever of one input; none where there is nothing to choose (a number of things that is nothing)."""
    if item.key.endswith(SECOND):
        return None
    found = place(schema_path(item.path))
    form = None if found is None else found.form
    if found is None or form is None or (".commitment." in item.key and not _is_partners(scenario, item.key)):
        return None
    today, path = item.spec.mode, _whole(item.key)
    multiples = form.high == inf and form.low == 0
    if path != item.key and not multiples:
        return None  # of a product only multiples are offered
    if multiples:
        if today <= 0:
            return None
        times, steps, now = True, MANY, 1.0
    else:
        times, steps, now = False, _values(form, item), today
    unit = "times today's" if times else item.unit
    first = any(fnmatchcase(item.key, f"sides.*.{end}") for end in FIRST if "*" not in end)
    return Control(path, item.label, item.subject, unit, found.meaning, times, steps, now, first)


def _is_partners(scenario: Scenario, key: str) -> bool:
    """Whether the layer at a path belongs to a partner, who alone can be more or less committed."""
    _, side, _, _, layer, *_ = parts(key)
    return scenario.sides[side].shield.layers[layer].partner is not None


def _values(form: Form, item: Input) -> tuple[float, ...]:
    """Values that can be chosen: whole numbers up to twice today's, or shares from end to end, today's among them."""
    if form.whole:
        most = min(form.high, max(form.low + 3, 2 * item.spec.high))
        return tuple(float(value) for value in range(int(form.low), int(most) + 1))
    grid = {round(form.low + (form.high - form.low) * k / SHARES, 6) for k in range(SHARES + 1)}
    return tuple(sorted(grid | {item.spec.mode}))


def known_levers(scenario: Scenario) -> dict[str, Input]:
    """Every number that a lever can move, by its path; of a product or sum its first part stands for it."""
    levered = [item for item in inputs(scenario) if item.kind == "lever" and item.policy is None]
    return {_whole(item.key): item for item in levered if not item.key.endswith(SECOND)}


def require_levers(known: Mapping[str, Input], levers: Mapping[str, Lever]) -> None:
    """Raise ``UsageError`` for a path that is none of the known levers, or a value that is not allowed there."""
    for path, value in levers.items():
        targets = [item for key, item in known.items() if _matches(path, key)]
        if not targets:
            raise UsageError(f'no lever "{path[:120]}"; {did_you_mean(path[:120], known, "the lab lists them")}')
        for item in targets:
            _require_allowed(path, value, item)


def _require_allowed(path: str, value: Lever, item: Input) -> None:
    found = place(schema_path(item.path))
    form = found.form if found is not None and found.form is not None else Form()
    low, high = item.spec.low, item.spec.high
    reached = (low * value["times"], high * value["times"]) if isinstance(value, Mapping) else (value,)
    for end in reached:
        if not form.admits(end):
            raise UsageError(f"{path[:120]}: {end:g} is not allowed; allowed: {form.allowed}")


def _matches(path: str, key: str) -> bool:
    """Whether a key lies at a path in which ``*`` stands for one name."""
    wanted, have = path.split("."), key.split(".")
    return len(wanted) == len(have) and all(one in ("*", other) for one, other in zip(wanted, have, strict=True))


def _whole(key: str) -> str:
    """The path of the number that an input is, or is the first part of."""
    return key.removesuffix(".of")


def moved(drawn: Mapping[str, NDArray[np.float64]], levers: Mapping[str, Lever]) -> dict[str, NDArray[np.float64]]:
    """Values of all inputs [candidate], by key, with the levers moved, in their order.

    A number that is made of two inputs (``of`` and ``times``, or ``plus``) takes a new value whole.
    """
    values = dict(drawn)
    for path, lever in levers.items():
        for key in [key for key in values if _matches(path, _whole(key))]:
            others = [other for end in SECOND if (other := _whole(key) + end) in values and key.endswith(".of")]
            if isinstance(lever, Mapping):
                times = lever["times"]
                values |= {one: values[one] * times for one in (key, *others) if not one.endswith(".times")}
            else:
                values[key] = np.full_like(values[key], lever)
                values |= {other: np.full_like(values[other], float(other.endswith(".times"))) for other in others}
    return values
