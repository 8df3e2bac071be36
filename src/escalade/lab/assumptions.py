"""What nobody knows, as controls of a page: steps that a handle stops at, and where every world lies among them.

A world's place in an input is one small number. With edges e_0 < e_1 < ... it is 2k on edge k and 2k + 1 between
edges k and k + 1, so that a range from edge i to edge j, both included, holds the worlds with 2i <= place <= 2j:
exactly those that ``escalade.analysis.reweigh`` keeps for the same two values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from escalade.analysis import weighted
from escalade.ensemble.tables import CrisisTable
from escalade.scenario import Scenario, inputs
from escalade.scenario.inputs import Input
from escalade.scenario.lookup import place
from escalade.scenario.numbers import OneOf
from escalade.scenario.paths import schema_path

MOST_STEPS = 100
"""Steps between the ends of a range: places must fit into one byte."""


@dataclass(frozen=True)
class Assumption:
    """One uncertain input as a control.

    key : its name; label, subject, unit, meaning : in words; policy : name of the policy that brings it, or empty
    edges : values at which a handle stops, ascending, the ends first and last
    places : where every candidate lies [candidate], see above
    matters : how closely the effect follows it over the sets of assumptions, 0 to 1
    """

    key: str
    label: str
    subject: str
    unit: str
    meaning: str
    policy: str
    edges: tuple[float, ...]
    places: NDArray[np.uint8]
    matters: float


def assumptions(scenario: Scenario, table: CrisisTable, effects: NDArray[np.float64]) -> list[Assumption]:
    """Every uncertain input of a scenario, those first that the effect [candidate] follows most closely."""
    names = {name: policy.name for name, policy in scenario.policies.items()}
    found = [
        _assumption(item, table, names.get(item.policy or "", ""), effects)
        for item in inputs(scenario)
        if item.uncertain and np.ptp(table.inputs[item.key]) > 0
    ]
    return sorted(found, key=lambda one: -one.matters)


def _assumption(item: Input, table: CrisisTable, policy: str, effects: NDArray[np.float64]) -> Assumption:
    values, steps = table.inputs[item.key], edges(item)
    there = place(schema_path(item.path))
    return Assumption(
        key=item.key,
        label=item.label,
        subject=item.subject,
        unit=item.unit,
        meaning="" if there is None else there.meaning,
        policy=policy,
        edges=steps,
        places=places(values, steps),
        matters=follows(values, effects, table.weight),
    )


def edges(item: Input) -> tuple[float, ...]:
    """Values at which a handle stops: the alternatives, or round numbers between the ends of the range."""
    if isinstance(item.spec, OneOf):
        return tuple(sorted(set(item.spec.values)))
    low, high = item.spec.low, item.spec.high
    return (low, *_round_numbers(low, high), high)


def _round_numbers(low: float, high: float) -> Iterator[float]:
    """Multiples of 1, 2 or 5 times a power of ten strictly between two values, fewer than ``MOST_STEPS``."""
    power = 10.0 ** floor(log10((high - low) / MOST_STEPS))
    step = next(size * power for size in (1, 2, 5, 10, 20) if (high - low) / (size * power) <= MOST_STEPS - 1)
    digits = max(0, -floor(log10(step)))
    for number in range(floor(low / step) + 1, ceil(high / step)):
        value = round(number * step, digits)
        if low < value < high:
            yield value


def places(values: NDArray[np.float64], steps: tuple[float, ...]) -> NDArray[np.uint8]:
    """Where every value [candidate] lies among the edges: 2k on edge k, 2k + 1 between edges k and k + 1."""
    grid = np.asarray(steps)
    below, up_to = np.searchsorted(grid, values, "left"), np.searchsorted(grid, values, "right")
    return np.asarray(below + up_to - 1, dtype=np.uint8)


def follows(values: NDArray[np.float64], effects: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """How closely the effect follows an input: the weighted correlation of their ranks, without its sign."""
    there = ~np.isnan(effects)
    ranks = [_ranks(each[there]) for each in (values, effects)]
    share = weight[there] / weight[there].sum()
    one, other = (each - weighted.mean(each, share) for each in ranks)
    spread = float(np.dot(share, one * one) * np.dot(share, other * other))
    return abs(float(np.dot(share, one * other))) / spread**0.5 if spread > 0 else 0.0


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 0; equal values share the mean of theirs."""
    ordered = np.sort(values)
    below, up_to = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return np.asarray((below + up_to - 1) / 2.0)
