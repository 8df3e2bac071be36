"""The inputs of a scenario: every number that it draws or fixes, by name, with its reason.

An input's *key* names it. Numbers of the scenario itself are named by their path; numbers that only a policy brings by
the policy and the path as written there, so that ``layers.*.stock: {times: ...}`` is one input for all layers. Inputs
with the same words in ``together`` keep their own ranges, but are drawn by the same uniform number: all high, or all
low.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from escalade.scenario.changes import OPERATIONS
from escalade.scenario.fields import Kind, Part
from escalade.scenario.lookup import Place, parts_of, place
from escalade.scenario.numbers import DEFAULT_REASON, Distribution, Fixed, Number, Plus, Times
from escalade.scenario.paths import Path, dotted, parts, schema_path, step
from escalade.scenario.schema import Scenario


@dataclass(frozen=True)
class Input:
    """One number that a scenario, or one of its policies, draws or fixes.

    ``key`` is its name, ``drawn_by`` the name of the uniform number that it is drawn by (its key, unless it is drawn
    together with others), ``path`` the place where it is used (as written, with ``*``, if a policy brings it),
    ``subject`` the side, layer, arm or rung in words, ``policy`` the policy that brings it (None: the scenario).
    ``source`` or ``assumption`` is the reason given; neither if none is. ``fact`` is the figure of the library that it
    was taken from, ``rivals`` the figures that may stand in for it.
    """

    key: str
    drawn_by: str
    path: str
    spec: Distribution
    kind: Kind
    unit: str
    label: str
    subject: str
    whole: bool
    source: str | None
    assumption: str | None
    url: str | None
    note: str | None
    fact: str | None
    policy: str | None
    rivals: str | None = None

    @property
    def uncertain(self) -> bool:
        """Whether it is drawn."""
        return not isinstance(self.spec, Fixed)

    @property
    def is_default(self) -> bool:
        """Whether the scenario leaves it out and the package's own value stands in."""
        return self.assumption == DEFAULT_REASON

    @property
    def is_assumption(self) -> bool:
        """Whether nothing published stands behind it; a value that a policy merely sets is a choice, not one."""
        return self.source is None and not self.is_default and (self.uncertain or self.policy is None)


def inputs(scenario: Scenario) -> list[Input]:
    """Every input of the scenario and its policies, each once, in canonical order.

    First those of the scenario, sorted by path, then those that only policies bring, sorted by policy and path.
    """
    base = scenario.base
    found = {item.key: item for item in sorted(_inputs(base, None), key=lambda item: item.path)}
    for name in sorted(base.policies):
        brought = sorted(_inputs(base.policy(name), name), key=lambda item: item.path)
        found |= {item.key: item for item in brought if item.key not in found}
    return list(found.values())


def _inputs(scenario: Scenario, policy: str | None) -> Iterator[Input]:
    for path, number in leaves(scenario):
        prefix, _, written = number.key.partition(": ")
        brought = policy is not None and prefix == policy
        shown = written if brought else dotted(named(path, scenario))
        found = place(schema_path(shown) if brought else path)
        assert found is not None  # a number of a valid scenario has a place in the schema
        yield _input(number, shown, found, scenario, policy)


def _input(number: Number, path: str, found: Place, scenario: Scenario, policy: str | None) -> Input:
    assert not isinstance(number.spec, Times | Plus)
    return Input(
        key=number.key,
        drawn_by=f"together: {number.together}" if number.together else number.key,
        path=path,
        spec=number.spec,
        kind=found.kind,
        unit=found.unit,
        label=found.label,
        subject=subject(scenario, path),
        whole=found.form is not None and found.form.whole,
        source=number.source,
        assumption=number.assumption,
        url=number.url,
        note=number.note,
        fact=number.fact,
        policy=policy,
        rivals=number.rivals,
    )


def subject(scenario: Scenario, path: str) -> str:
    """Whose number it is, in words: names of the sides, layers, arms and rungs on the way."""
    value: Any = scenario
    names = []
    for part in parts(path)[:-1]:
        value = _inside(value, part)
        if value is None:
            break
        name = getattr(value, "name", None)
        # On a side's own ladder the rung has no name of its own.
        name = _rung_name(scenario, part) if name is None and part in scenario.rung_ids else name
        names += [name] if name and value is not scenario else []
    return ", ".join(names)


def _rung_name(scenario: Scenario, rung: str) -> str:
    return scenario.ladder.rungs[scenario.rung_ids.index(rung)].name


def _inside(value: Any, part: str) -> Any:
    if isinstance(value, Part):
        return parts_of(value).get(part)
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, tuple):
        position = step(part)
        if isinstance(position, int):
            return value[position] if position < len(value) else None
        return next((item for item in value if getattr(item, "id", None) == part), None)
    return None


def leaves(scenario: Scenario) -> Iterator[tuple[Path, Number]]:
    """Every number that is drawn, with its path, in the order of the schema and the file."""
    for path, number in numbers(scenario):
        yield from _leaves(number, path)


def _leaves(number: Number, path: Path) -> Iterator[tuple[Path, Number]]:
    match number.spec:
        case Times(base, other) | Plus(base, other):
            name = OPERATIONS[isinstance(number.spec, Plus)]
            yield from _leaves(base, (*path, "of"))
            yield from _leaves(other, (*path, name))
        case _:
            yield path, number


def numbers(value: Any, path: Path = ()) -> Iterator[tuple[Path, Number]]:
    """Every number of a scenario (or part of one), with its path; products and sums count as one."""
    if isinstance(value, Number):
        yield path, value
    for part, inner in _items(value):
        yield from numbers(inner, (*path, part))


def _items(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Part):
        # What policies change is data, not numbers of the scenario itself.
        yield from ((name, inner) for name, inner in parts_of(value).items() if name != "policies")
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def named(path: Path, scenario: Scenario) -> Path:
    """The path with rungs by their id instead of their position."""
    if path[:2] == ("ladder", "rungs") and len(path) > 2 and isinstance(path[2], int):
        return (*path[:2], scenario.rung_ids[path[2]], *path[3:])
    return path


KeyOf = Callable[[Path], str]


def with_keys(scenario: Scenario, key_of: KeyOf) -> Scenario:
    """The scenario with the key of every number set to what ``key_of`` says of its path."""
    return _mapped(scenario, (), key_of)  # type: ignore[no-any-return]


def _mapped(value: Any, path: Path, key_of: KeyOf) -> Any:
    if isinstance(value, Number):
        return _keyed(value, path, key_of)
    if isinstance(value, Part):
        fields = {info.alias or name: name for name, info in type(value).model_fields.items()}
        return value.model_copy(
            update={fields[str(part)]: _mapped(inner, (*path, part), key_of) for part, inner in _items(value)}
        )
    if isinstance(value, dict):
        return {part: _mapped(inner, (*path, part), key_of) for part, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_mapped(inner, (*path, part), key_of) for part, inner in enumerate(value))
    return value


def _keyed(number: Number, path: Path, key_of: KeyOf) -> Number:
    match number.spec:
        case Times(base, factor):
            pair = Times(_keyed(base, (*path, "of"), key_of), _keyed(factor, (*path, "times"), key_of))
            return replace(number, spec=pair)
        case Plus(base, term):
            total = Plus(_keyed(base, (*path, "of"), key_of), _keyed(term, (*path, "plus"), key_of))
            return replace(number, spec=total)
        case _:
            return replace(number, key=key_of(path))
