"""Inputs as factors of an analysis: one column of values for every number that is drawn on its own.

Inputs that are drawn together are one factor, told by the first of them. What only
other policies bring is left out: it cannot move the difference of two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade.scenario.inputs import Input, inputs
from escalade.scenario.numbers import OneOf
from escalade.worlds import Reals

if TYPE_CHECKING:
    from escalade.scenario import Scenario


@dataclass(frozen=True)
class Factor:
    """A number that nobody knows, with its value in every candidate world.

    ``input`` is what people know it by, ``together`` the number of other inputs
    that are drawn with it, ``values`` [candidate] are in people's units, whole
    numbers rounded as the worlds have them.
    """

    input: Input
    together: int
    values: Reals

    @property
    def key(self) -> str:
        """Its name: the key of the input that it is told by."""
        return self.input.key

    @property
    def categorical(self) -> bool:
        """Whether it is a choice among alternatives, without more and less."""
        return isinstance(self.input.spec, OneOf)


def factors(scenario: Scenario, drawn: Mapping[str, Reals], policies: Collection[str]) -> tuple[Factor, ...]:
    """The factors that can move a difference between ``policies``, in canonical order.

    ``drawn`` holds the values of every input by key [candidate]. An input that
    has the same value everywhere is no factor.
    """
    groups: dict[str, list[Input]] = {}
    for item in inputs(scenario):
        if item.uncertain and (item.policy is None or item.policy in policies):
            groups.setdefault(item.drawn_by, []).append(item)
    made = (Factor(group[0], len(group) - 1, _values(group[0], drawn)) for group in groups.values())
    return tuple(factor for factor in made if np.ptp(factor.values) > 0)


def _values(item: Input, drawn: Mapping[str, Reals]) -> Reals:
    values = drawn[item.key]
    return np.floor(values + 0.5) if item.whole else values


def positions(values: Reals, weight: Reals) -> Reals:
    """Place of every value in the weighted distribution, 0 to 1: the weight below it and half of what is equal to it.

    ``values`` and ``weight`` (>= 0, not all zero) are [world]. A world of weight 2
    counts like two worlds.
    """
    distinct, which = np.unique(values, return_inverse=True)
    held = np.bincount(which, weight, distinct.size)
    below = np.cumsum(held) - held
    return np.asarray(((below + held / 2) / held.sum())[which], dtype=np.float64)
