"""Quantities in every world: per crisis in each candidate, per period in each drawn world.

A quantity is a sum of columns or a ratio of two sums. A ratio has no value per
world that averages to it; its *line* does: the ratio of the means plus each
world's influence on it, so that means, standard errors and control variates of
ratios are those of plain sums (delta method).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.analysis import weighted
from escalade.analysis.clustered import Control
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.quantities import Measure, Quantity


@dataclass(frozen=True)
class CrisisWorlds:
    """One quantity per crisis in every candidate world: a sum, or a ratio ``top / bottom``, both [candidate]."""

    top: NDArray[np.float64]
    bottom: NDArray[np.float64] | None

    def mean(self, weight: NDArray[np.float64]) -> float:
        """Mean over weighted worlds; of a ratio, the ratio of the means."""
        if self.bottom is None:
            return weighted.mean(self.top, weight)
        return weighted.mean(self.top, weight) / weighted.mean(self.bottom, weight)

    def each(self) -> NDArray[np.float64]:
        """The value in each world; NaN where a ratio has nothing to be a share of."""
        if self.bottom is None:
            return self.top
        return np.divide(self.top, self.bottom, out=np.full_like(self.top, np.nan), where=self.bottom > 0)


def crisis_worlds(crisis: CrisisTable, quantity: Quantity, policy: str) -> CrisisWorlds | None:
    """A quantity in every candidate, or ``None`` where it does not exist or is a ratio of nothing."""
    measure = quantity.crisis
    if measure is None or not known(measure, crisis.columns):
        return None
    top = numerator(crisis, policy, measure)
    if not measure.denominator:
        return CrisisWorlds(top, None)
    bottom = crisis.total(policy, measure.denominator)
    return CrisisWorlds(top, bottom) if float(crisis.weight[bottom > 0].sum()) > 0 else None


def period_line(period: PeriodTable, quantity: Quantity, policy: str) -> NDArray[np.float64] | None:
    """A quantity's line in each distinct drawn world [n], or ``None`` where it does not exist."""
    measure = quantity.period
    if measure is None or not known(measure, period.columns):
        return None
    bottom = period.total(policy, measure.denominator) if measure.denominator else None
    return line(numerator(period, policy, measure), bottom, period.copies.astype(np.float64))


def numerator(table: CrisisTable | PeriodTable, policy: str, measure: Measure) -> NDArray[np.float64]:
    """What a formula adds up, less what it takes away, in each world of a table."""
    total = table.total(policy, measure.numerator)
    return total - table.total(policy, measure.less) if measure.less else total


def line(
    top: NDArray[np.float64], bottom: NDArray[np.float64] | None, weight: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Values per world whose weighted mean is the quantity: the sum itself, or a ratio and its influence."""
    if bottom is None:
        return top
    scale = weighted.mean(bottom, weight)
    if scale <= 0:
        return None
    ratio = weighted.mean(top, weight) / scale
    return np.asarray(ratio + (top - ratio * bottom) / scale, dtype=np.float64)


def control(
    crisis: CrisisTable,
    period: PeriodTable,
    quantities: Mapping[str, Quantity],
    name: str,
    policies: Sequence[str],
) -> Control | None:
    """The control variate of a quantity per period: its counterpart in the exact crisis.

    Of one policy its value, of two the first less the second. ``None`` where
    there is no counterpart.
    """
    counterpart = quantities[name].control
    if counterpart is None or counterpart not in quantities:
        return None
    lines = []
    for policy in policies:
        worlds = crisis_worlds(crisis, quantities[counterpart], policy)
        values = None if worlds is None else line(worlds.top, worlds.bottom, crisis.weight)
        if values is None:
            return None
        lines.append(values)
    effect = lines[0] if len(lines) == 1 else lines[0] - lines[1]
    return Control(effect[period.worlds], weighted.mean(effect, crisis.weight))


def known(measure: Measure, columns: Sequence[str]) -> bool:
    """Whether all columns of a formula exist."""
    return bool(measure.numerator) and set(measure.columns) <= set(columns)
