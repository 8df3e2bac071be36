"""What a run knows, as frozen tables: the exact crises of all candidates, and sums over simulated histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CrisisTable:
    """Exact crises of every candidate world.

    ``values[policy]`` is [candidate, column]; ``weight`` (what the record makes
    of each candidate; sums to one) and ``multiplicity`` (how often it is drawn
    for histories) are [candidate]. ``inputs`` holds what was drawn, per input's
    label [candidate].
    """

    columns: tuple[str, ...]
    values: Mapping[str, NDArray[np.float64]]
    weight: NDArray[np.float64]
    multiplicity: NDArray[np.int64]
    inputs: Mapping[str, NDArray[np.float64]]

    @property
    def candidates(self) -> int:
        """Number of candidate worlds."""
        return int(self.weight.size)

    def total(self, policy: str, columns: Sequence[str]) -> NDArray[np.float64]:
        """Sum of some columns in each candidate world [candidate]."""
        return _total(self.values[policy], self.columns, columns)


@dataclass(frozen=True)
class PeriodTable:
    """Sums over the simulated histories of each distinct drawn world.

    ``worlds`` are candidate numbers [n] with ``copies`` drawn copies each and
    ``counts`` histories under every policy; ``sums[policy]`` is [n, column].
    ``parts`` of ``parts_planned`` parts of the run are in it.
    """

    years: int
    columns: tuple[str, ...]
    worlds: NDArray[np.int64]
    copies: NDArray[np.int64]
    counts: NDArray[np.int64]
    sums: Mapping[str, NDArray[np.float64]]
    parts: int
    parts_planned: int

    @property
    def drawn(self) -> int:
        """Number of drawn worlds, copies counted."""
        return int(self.copies.sum())

    @property
    def histories(self) -> int:
        """Histories under each policy, all worlds together."""
        return int(self.counts.sum())

    def total(self, policy: str, columns: Sequence[str]) -> NDArray[np.float64]:
        """Mean over its histories of the sum of some columns, in each distinct drawn world [n]."""
        return _total(self.sums[policy], self.columns, columns) / self.counts


def _total(values: NDArray[np.float64], names: Sequence[str], chosen: Sequence[str]) -> NDArray[np.float64]:
    total = np.zeros(values.shape[0])
    for name in chosen:
        total = total + values[:, names.index(name)]
    return total
