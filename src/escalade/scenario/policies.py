"""A scenario under one of its policies, and what can be wrong with a policy.

A policy changes values that governments choose or that nobody knows. It never changes what the scenario is about: its
sides, arms, layers, rungs and pairs, names, and what counts as war.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from escalade.errors import Problem, ScenarioError
from escalade.scenario import wording
from escalade.scenario.changes import OPERATIONS, Change, apply, apply_one, operation, origin
from escalade.scenario.checks import changed_findings
from escalade.scenario.forms import parse_number
from escalade.scenario.inputs import named, with_keys
from escalade.scenario.lookup import SCENARIO, Place, place
from escalade.scenario.paths import (
    Path,
    PathError,
    allowed,
    dotted,
    get,
    keys,
    members,
    near,
    parts,
    printable,
    schema_path,
    step,
)
from escalade.scenario.reading import Document
from escalade.scenario.schema import Scenario, Step

CHANGEABLE = ("sides", "crisis", "ladder", "pairs", "war_cost")
"""Keys of a scenario inside which a policy may change values."""


def full_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data, defaults included; it reads back as the same scenario."""
    return scenario.model_dump(mode="json", by_alias=True)


def reading_context(data: Any) -> dict[str, Any]:
    """What reading a number needs to know of the whole: whose facts to believe."""
    facts_from = data.get("facts_from") if isinstance(data, dict) else None
    return {"facts_from": facts_from if facts_from in ("official", "independent", "all") else "all"}


def completed(scenario: Scenario) -> Scenario:
    """The scenario with a step for every rung, in order, and with the keys of its numbers."""
    sides = {}
    for name, side in scenario.sides.items():
        ladder = {rung: side.ladder.get(rung, Step()) for rung in scenario.rung_ids}
        sides[name] = side.model_copy(update={"ladder": ladder})
    whole = scenario.model_copy(update={"sides": sides})
    return with_keys(whole, lambda path: dotted(named(path, whole)))


def under_policy(scenario: Scenario, name: str) -> Scenario:
    """The scenario under the policy ``name``; numbers that the policy leaves alone keep their draws.

    Raises ``ScenarioError`` if there is no such policy.
    """
    base = scenario.base
    if name not in base.policies:
        raise ScenarioError(f"there is no policy {name!r}; {allowed(base.policies)}{near(name, base.policies)}")
    data = full_data(base)
    changed, changes = apply(data, base.policies[name].changes)
    result = Scenario.model_validate(changed, context=reading_context(data))

    def key_of(path: Path) -> str:
        written, inside = origin(changes, path)
        if written is None:
            return dotted(named(inside, base))
        rest = dotted(inside[1:] if inside[:1] in [(op,) for op in OPERATIONS] else inside)
        between = "" if not rest or rest.startswith("[") else "."  # a position in a list follows without a dot
        return f"{name}: {written}{between}{rest}"

    keyed = with_keys(result, key_of)
    keyed._policy_name, keyed._base = name, base
    return keyed


def policy_problems(document: Document, base: Scenario | None) -> Iterator[Problem]:
    """What is wrong with the changes of every policy; ``base`` is the scenario if the rest of it is right."""
    policies = document.data.get("policies")
    for name, policy in policies.items() if isinstance(policies, dict) else ():
        changes = policy.get("changes") if isinstance(policy, dict) else None
        if isinstance(changes, dict):
            found = [*_alone(document, name, changes)]
            yield from found
            if base is not None and not found:
                yield from _applied(document, name, changes, base)


def _alone(document: Document, name: str, changes: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with each change by itself: its path, or its value."""
    for written, value in changes.items():
        above: Path = ("policies", name, "changes", written)
        try:
            found = _resolved(written, document.data)
            _check_value(found, value, reading_context(document.data))
        except PathError as error:
            yield document.problem(above, str(error), document.where_key(above))
        except ValidationError as error:
            yield from wording.problems(error, document, above, schema_path(written))


def _check_value(found: Place, value: Any, context: dict[str, Any]) -> None:
    kind = operation(value)
    if not kind:
        found.check(value, context)
    elif found.form is None:
        raise PathError(f"is not a number, so it cannot be changed by {kind}")
    else:
        # Whether the product keeps within the limits is judged when the policy is applied.
        parse_number({"of": 1, **value}, context)


def _resolved(written: str, data: Any) -> Place:
    """What the schema says about the place that a policy changes; raises ``PathError`` if it may not change it.

    The schema is walked beside the data, which may have problems of its own elsewhere.
    """
    wanted = parts(written)
    if wanted[0] not in CHANGEABLE:
        hint = "" if wanted[0] in Scenario.model_fields else near(wanted[0], CHANGEABLE)
        raise PathError(f"a policy cannot change {printable(wanted[0], 60)!r}; {allowed(CHANGEABLE)}{hint}")
    found, values = SCENARIO, [data]
    path: tuple[str, ...] = ()
    for part in wanted:
        names = _names(found, values, path, data)
        if part != "*" and part not in names:
            where = dotted(path) or "the scenario"
            raise PathError(f"there is no {printable(part, 60)!r} in {where}; {allowed(names)}{near(part, names)}")
        inner = place((*path, step(part)))
        if inner is None:
            raise PathError(f"{dotted(path)} has no such part" if part != "*" else "* stands for the keys of a mapping")
        values = [item for value in values for item in members(value, part)]
        found, path = inner, (*path, part)
    if found.kind == "text":
        raise PathError("a policy cannot change this: it is part of what the scenario is about")
    return found


def _names(found: Place, values: list[Any], path: tuple[str, ...], data: Any) -> list[str]:
    """Keys that a part of a path may be: fields of a model, or what the scenario's mappings and lists hold."""
    if found.model is not None:
        return list(found.names)
    if len(path) == 3 and path[0] == "sides" and path[2] == "ladder":
        # A rung that a side leaves out is a threat, and may be changed all the same.
        return [str(rung["id"]) for rung in members(get(data, ("ladder", "rungs")), "*") if isinstance(rung, dict)]
    return list(dict.fromkeys(name for value in values for name in keys(value)))


def _applied(document: Document, name: str, changes: Mapping[str, Any], base: Scenario) -> Iterator[Problem]:
    """What is wrong with the scenario that the changes of a policy make together."""
    data, made = full_data(base), []
    for written, value in changes.items():
        try:
            made += apply_one(data, written, value)
        except PathError as error:
            above: Path = ("policies", name, "changes", written)
            yield document.problem(above, str(error), document.where_key(above))
    try:
        Scenario.model_validate(data, context=reading_context(data))
    except ValidationError as error:
        for details in error.errors(include_url=False):
            path, _ = wording.located(details)
            yield _blamed(document, name, made, path, wording.word(details, path))
    # The scenario itself has no findings, or no policy would be applied to it.
    for finding in changed_findings(data):
        yield _blamed(document, name, made, finding.path, finding.message)


def _blamed(document: Document, name: str, made: list[Change], path: Path, message: str) -> Problem:
    """A problem of the changed scenario, put where the policy wrote what made it."""
    written, inside = origin(made, path)
    if written is None:
        return document.problem(("policies", name), f"makes {dotted(path)} wrong: {message}")
    starred = f" (for {dotted(path)})" if "*" in written else ""
    return document.problem(("policies", name, "changes", written, *inside), message + starred)
