"""What nobody knows, narrowed: the solved worlds weighed anew, without solving anything.

Worlds in which every narrowed input lies in its range keep the weight that the
record gives them; the others lose theirs. So an answer under narrower
assumptions costs a sum, as long as enough worlds are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.record import effective_sample_size
from escalade.ensemble.tables import CrisisTable
from escalade.errors import UsageError, did_you_mean

Ranges = Mapping[str, tuple[float, float]]
"""Lowest and highest value that is still held possible, both included, by the key of an input in people's units."""

FEWEST, FEWEST_EFFECTIVE = 100, 30.0
"""Matching worlds, and worlds that they are worth, below which an answer is not to be trusted."""


@dataclass(frozen=True)
class Matching:
    """Worlds that lie in all ranges: how many there are, and how many equally weighted ones they are worth."""

    worlds: int
    effective: float

    @property
    def enough(self) -> bool:
        """Whether an answer can rest on them."""
        return self.worlds >= FEWEST and self.effective >= FEWEST_EFFECTIVE


def inside(table: CrisisTable, ranges: Ranges) -> NDArray[np.bool_]:
    """Which candidates [candidate] lie in all ranges, ends included.

    Raises ``UsageError`` for an input that was not drawn, or a range that begins above its end.
    """
    there = np.ones(table.candidates, dtype=np.bool_)
    for key, (low, high) in ranges.items():
        if key not in table.inputs:
            raise UsageError(f'nothing is called "{key}"; {did_you_mean(key, table.inputs, "no input is near it")}')
        if not low <= high:
            raise UsageError(f"{key} from {low:g} to {high:g}: the lower end comes first")
        there &= (table.inputs[key] >= low) & (table.inputs[key] <= high)
    return there


def reweigh(table: CrisisTable, ranges: Ranges) -> tuple[CrisisTable, Matching]:
    """The table with weight only where all ranges hold, and what matches.

    Weights sum to one again. Raises ``UsageError`` for ranges that no world lies
    in, and as ``inside`` does.
    """
    there = inside(table, ranges)
    weight = np.where(there, table.weight, 0.0)
    total = float(weight.sum())
    if total <= 0.0:
        raise UsageError("no set of assumptions lies in all these ranges; widen one of them")
    weight = weight / total
    return replace(table, weight=weight), Matching(int(there.sum()), effective_sample_size(weight))
