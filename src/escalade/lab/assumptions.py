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

from escalade.analysis.sensitivity import class_count, classes, explained
from escalade.ensemble.record import effective_sample_size
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
    matters : share of the effect's spread over the sets of assumptions that it explains by itself, 0 to 1
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
    """Every uncertain input of a scenario, those first that explain most of the effect's spread [candidate]."""
    names = {name: policy.name for name, policy in scenario.policies.items()}
    drawn = [item for item in inputs(scenario) if item.uncertain and np.ptp(table.inputs[item.key]) > 0]
    explain = shares([table.inputs[item.key] for item in drawn], effects, table.weight)
    found = [
        _assumption(item, table.inputs[item.key], names.get(item.policy or "", ""), share)
        for item, share in zip(drawn, explain, strict=True)
    ]
    return sorted(found, key=lambda one: -one.matters)


def _assumption(item: Input, values: NDArray[np.float64], policy: str, matters: float) -> Assumption:
    steps, there = edges(item), place(schema_path(item.path))
    return Assumption(
        key=item.key,
        label=item.label,
        subject=item.subject,
        unit=item.unit,
        meaning="" if there is None else there.meaning,
        policy=policy,
        edges=steps,
        places=places(values, steps),
        matters=matters,
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


def shares(values: list[NDArray[np.float64]], effects: NDArray[np.float64], weight: NDArray[np.float64]) -> list[float]:
    """Share of the effect's spread that each input [candidate] explains by itself, of worlds that have an effect."""
    there = ~np.isnan(effects)
    count = class_count(effective_sample_size(weight[there]))
    cut = [classes(one[there], weight[there], count) for one in values]
    if not cut:
        return []
    return [float(share) for share in explained(np.array(cut), effects[there], weight[there])]
