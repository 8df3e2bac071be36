"""Variants: a scenario that extends another one and changes a few values.

A variant has a head of its own (name, title, question ...), ``changes`` in the syntax of policies, and ``policies``
that are added to those of the scenario it extends, or replace them. Unlike a policy it may change what the scenario is
about: add a layer, take an arm away (null), name another war rung.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from escalade.errors import Problem
from escalade.scenario.changes import Change, apply_one, tied
from escalade.scenario.lookup import place
from escalade.scenario.paths import Path, PathError, allowed, near
from escalade.scenario.policies import full_data
from escalade.scenario.reading import Document, Mark
from escalade.scenario.schema import Scenario

HEAD = (
    "escalade",
    "name",
    "title",
    "question",
    "summary",
    "as_of",
    "years",
    "reference_year",
    "baseline",
    "focus",
    "margin",
    "headline",
    "facts_from",
)
"""Keys that a variant may give anew beside ``extends``, ``changes`` and ``policies``."""

KEYS = (*HEAD, "extends", "changes", "policies")


def merged(variant: Document, base: Document, scenario: Scenario) -> Document:
    """The whole scenario that a variant stands for, every part with the mark of the file in which it was written.

    ``base`` is the document of the scenario that is extended, ``scenario`` what it was read as.
    """
    whole = Document(variant.file, full_data(scenario), dict(base.values), dict(base.keys), list(variant.problems))
    for marks, own in ((whole.values, variant.values), (whole.keys, variant.keys)):
        marks[()] = own.get((), Mark(variant.file, 1, 1))
    _head(whole, variant)
    whole.problems += _unknown(variant)
    whole.problems += [*_changed(whole, variant)]
    return whole


def _head(whole: Document, variant: Document) -> None:
    # A name is not inherited: two scenarios of one name could not be told apart. The schema reports it missing.
    del whole.data["name"], whole.data["escalade"]
    for key in HEAD:
        if key in variant.data:
            _replace(whole, variant, (key,), (key,), variant.data[key])
    policies = variant.data.get("policies")
    if not isinstance(policies, dict):
        if "policies" in variant.data:
            _replace(whole, variant, ("policies",), ("policies",), policies)
        return
    for name, policy in policies.items():
        _replace(whole, variant, ("policies", name), ("policies", name), policy)
        if policy is None:
            del whole.data["policies"][name]


def _unknown(variant: Document) -> Iterable[Problem]:
    for key in variant.data:
        if key not in KEYS:
            message = f"cannot stand beside extends; {allowed(KEYS)}{near(key, KEYS)}"
            hint = "; to change it write its path under changes" if key in Scenario.model_fields else ""
            yield variant.problem((key,), message + hint, variant.where_key((key,)))


def _changed(whole: Document, variant: Document) -> Iterable[Problem]:
    changes = variant.data.get("changes")
    if changes is None:
        return
    if not isinstance(changes, dict):
        yield variant.problem(("changes",), "is not a mapping; allowed: dotted paths with their new values")
        return
    name = variant.data.get("name")
    for written, value in changes.items():
        above: Path = ("changes", written)
        shared = tied(value, f"{name}: {written}") if "*" in written else value
        try:
            made = apply_one(whole.data, written, shared, may_add=True)
        except PathError as error:
            yield variant.problem(above, str(error), variant.where_key(above))
            continue
        for change in made:
            _settle(whole, variant, change, removed=value is None)


def _settle(whole: Document, variant: Document, change: Change, *, removed: bool) -> None:
    """Move the marks of a change to the place where it landed; take away an entry that was set to null."""
    above: Path = ("changes", change.written)
    if not change.operation:
        copy_marks(whole, variant, above, change.target)
        if removed and _removable(change.target):
            parent = whole.data
            for part in change.target[:-1]:
                parent = parent[part]
            del parent[change.target[-1]]
        return
    whole.values[change.target] = variant.where(above)
    whole.keys[change.target] = variant.where_key(above)
    inside: Path = (*above, change.operation)
    copy_marks(whole, variant, inside, (*change.target, change.operation))


def _removable(path: Path) -> bool:
    found, outer = place(path), place(path[:-1])
    return found is not None and not found.may_be_null and outer is not None and outer.model is None


def _replace(whole: Document, variant: Document, source: Path, target: Path, value: object) -> None:
    parent = whole.data
    for part in target[:-1]:
        parent = parent[part]
    parent[target[-1]] = copy.deepcopy(value)
    copy_marks(whole, variant, source, target)


def copy_marks(whole: Document, variant: Document, source: Path, target: Path) -> None:
    """Give everything at and below ``target`` the marks that the variant has at and below ``source``."""
    whole.forget(target)
    for marks, own in ((whole.values, variant.values), (whole.keys, variant.keys)):
        for path, mark in own.items():
            if path[: len(source)] == source:
                marks[(*target, *path[len(source) :])] = mark
