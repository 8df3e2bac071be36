"""Any table of points solved: exact crises for inputs that the user chose, not for inputs that were drawn.

A *point* gives values to some inputs, in people's units and by the keys that ``escalade.scenario.inputs`` gives them.
Inputs that it leaves out keep their most likely value, those too that a scenario draws together with one it gives.
Unlike a drawn set of assumptions a point may lie outside an input's range, as long as the schema allows the value.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from escalade.ensemble.build import names, worlds
from escalade.ensemble.design import Design, modes
from escalade.ensemble.execute import CANDIDATES_PER_CHUNK, require_numbers, run_chunks
from escalade.ensemble.tables import CrisisTable
from escalade.errors import UsageError
from escalade.quantities import Quantity, catalogue
from escalade.scenario.checks import changed_findings
from escalade.scenario.inputs import numbers
from escalade.scenario.lookup import place
from escalade.scenario.paths import Path, dotted, put
from escalade.scenario.policies import full_data
from escalade.scenario.written import shown
from escalade.study.plan import near
from escalade.study.reference import in_year
from escalade.worlds import Reals, Worlds

if TYPE_CHECKING:
    from escalade.scenario import Scenario
    from escalade.scenario.numbers import Number

Points: TypeAlias = Any
"""A frame (polars, pandas), a mapping of keys to columns, or a sequence of mappings of keys to values."""

MOST_POINTS = 1_000_000
"""A limit that a mistaken design runs into before the memory does."""


@dataclass(frozen=True)
class SolvedPoints:
    """Exact crises at chosen points.

    points : the given columns by key, each [point], as given; crisis : one world per point, all of equal weight
    """

    points: Mapping[str, Reals]
    crisis: CrisisTable
    quantities: Mapping[str, Quantity]


def solved(
    scenario: Scenario, points: Points, policies: Sequence[str] = (), *, workers: int | None = None
) -> SolvedPoints:
    """Exact crises of a scenario at every point, with the forces of its reference year.

    Parameters
    ----------
    scenario
        As loaded.
    points
        Values of inputs by key: a frame, columns, or rows (which may differ in their keys).
    policies
        Ids; all by default.
    workers
        Threads; all cores by default.

    Raises ``UsageError`` for a key that is no input, a value that is no number or out of range (row and key are
    named, rows counted from 0), ``ScenarioError`` for an unknown policy.
    """
    asked = {name: scenario.policy(name) for name in policies or scenario.policies}
    design, given = design_at(scenario, points)
    base = scenario.policy(scenario.baseline)
    for name, under in {scenario.baseline: base, **asked}.items():
        _require_allowed(under, name, design, given)
    year = scenario.reference_year
    calm, labels = worlds(base, base, design)
    built = {name: in_year(worlds(under, base, design)[0], year) for name, under in asked.items()}
    columns, values = _exact(scenario, built, in_year(calm, year), workers or os.cpu_count() or 1)
    count = design.candidates
    crisis = CrisisTable(columns, values, np.full(count, 1.0 / count), np.ones(count, np.int64), design.values)
    return SolvedPoints({key: design.values[key] for key in given}, crisis, catalogue(labels.vocabulary))


def design_at(scenario: Scenario, points: Points) -> tuple[Design, tuple[str, ...]]:
    """The design of the points, and the keys that they give. Raises ``UsageError`` for what is no input, or no number.

    What no point gives is certain, and has its most likely value.
    """
    columns, count = _columns(points)
    if not 1 <= count <= MOST_POINTS:
        raise UsageError(f"{count} points: must be from 1 to {MOST_POINTS:,}")
    values = {key: np.full(count, float(value[0])) for key, value in modes(scenario).values.items()}
    for key, column in columns.items():
        if not isinstance(key, str) or key not in values:
            raise UsageError(f'no input "{key}" in {scenario.name}; {near(str(key), list(values))}')
        values[key] = _numbers(key, column, values[key])
    return Design(None, count, MappingProxyType(values), tuple(columns)), tuple(columns)


_ABSENT = object()
"""Stands in a column for a key that a row does not have."""


def _columns(points: Points) -> tuple[dict[Any, list[Any]], int]:
    """The points as columns by key, and how many there are."""
    if isinstance(points, Mapping):
        return _same_length({name: _listed(name, column) for name, column in points.items()})
    if hasattr(points, "columns"):  # a frame of polars or of pandas
        return _same_length({name: list(points[name]) for name in points.columns})
    if isinstance(points, str | bytes) or not isinstance(points, Iterable):
        raise UsageError(
            "points are a frame, a mapping of inputs to columns, or a list of mappings of inputs to values"
        )
    rows = list(points)
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise UsageError(f"row {number} of the points is not a mapping of inputs to values")
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: [row.get(key, _ABSENT) for row in rows] for key in keys}, len(rows)


def _listed(name: Any, column: Any) -> list[Any]:
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise UsageError(f"{name}: one value, where a column of values is needed; for one point give [{column!r}]")
    return list(column)


def _same_length(columns: dict[Any, list[Any]]) -> tuple[dict[Any, list[Any]], int]:
    lengths = {key: len(column) for key, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{key} has {length}" for key, length in list(lengths.items())[:4])
        raise UsageError(f"columns of different length: {told}")
    return columns, next(iter(lengths.values()), 0)


def _numbers(key: str, column: Sequence[Any], default: Reals) -> Reals:
    """A column as numbers, with the most likely value where a row has none of its own."""
    out = default.copy()
    for row, value in enumerate(column):
        if value is _ABSENT:
            continue
        try:
            out[row] = float(value)
        except (TypeError, ValueError):
            told = "nothing" if value is None else repr(value)[:40]
            raise UsageError(f"row {row}, {key}: is {told}; allowed: a number") from None
        if not math.isfinite(out[row]):
            raise UsageError(f"row {row}, {key}: is {value}; allowed: a finite number")
    return out


def _require_allowed(under: Scenario, policy: str, design: Design, given: Sequence[str]) -> None:
    """Raise ``UsageError`` for the first value, given or made of given ones, that the schema does not allow."""
    data = full_data(under)
    touched = {}
    for path, number in numbers(under):
        mine = [leaf.key for leaf in number.leaves() if leaf.key in given]
        if mine:
            touched[path] = mine
            values = _require_within(path, number, policy, design, mine)
            put(data, path, {"uniform": [float(values.min()), float(values.max())]})
    for finding in changed_findings(data):
        keys = next((keys for path, keys in touched.items() if path == finding.path), [dotted(finding.path)])
        raise UsageError(f"{' and '.join(keys)}: {finding.message}")


def _require_within(path: Path, number: Number, policy: str, design: Design, mine: Sequence[str]) -> Reals:
    """Values of a number at every point [point], whole where it counts things; within its limits, or ``UsageError``."""
    found = place(path)
    assert found is not None
    assert found.form is not None
    values = number.draw(design.values)
    values = np.floor(values + 0.5) if found.form.whole else values
    for row, value in enumerate(values.tolist()):
        if not (math.isfinite(value) and found.form.admits(value)):
            made = "" if mine == [number.key] else f" (which makes {dotted(path)} under {policy})"
            raise UsageError(f"row {row}, {' and '.join(mine)}{made}: is {shown(value)}; allowed: {found.form.allowed}")
    return values


def _exact(
    scenario: Scenario, built: Mapping[str, Worlds], calm: Worlds, workers: int
) -> tuple[tuple[str, ...], dict[str, Reals]]:
    """Exact crises under every policy, in chunks on threads: names of the columns, and values [point, column]."""
    from escalade.crisis.exact import exact_crises
    from escalade.ensemble.kernels import crisis_columns

    labels = names(scenario)
    columns = crisis_columns(labels)
    count = len(calm.rules)
    values = {policy: np.empty((count, len(columns))) for policy in built}
    chunks = [np.arange(k, min(k + CANDIDATES_PER_CHUNK, count)) for k in range(0, count, CANDIDATES_PER_CHUNK)]

    def work(number: int) -> None:
        rows = chunks[number]
        for policy, here in built.items():
            values[policy][rows] = exact_crises(here, calm, rows, pair=labels.focus)
            require_numbers(values[policy][rows], columns, policy, rows)

    run_chunks(work, range(len(chunks)), workers, lambda *_: None)
    return columns, values
