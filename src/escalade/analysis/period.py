"""Policies over the years: levels and paired differences of simulated outcomes.

The baseline's level and every difference to it have their own control variate;
another policy's level is the baseline's plus the difference, so that tables add
up. Its error is that of the sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from escalade.analysis.clustered import Fit, fit
from escalade.analysis.values import control, known, numerator, period_line
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.quantities import Quantity

RATIO_SHARE, RATIO_CASES = 0.01, 20
"""A ratio of two risks is given only where both are at least this share and rest on this many cases."""


@dataclass(frozen=True)
class Years:
    """The simulated years of a run, with the exact crises that serve as control variates."""

    crisis: CrisisTable
    period: PeriodTable
    quantities: Mapping[str, Quantity]
    baseline: str

    def level(self, name: str, policy: str) -> Fit | None:
        """Mean of a quantity under a policy, or ``None`` where it does not exist."""
        own = self._own(name, policy)
        if own is None or policy == self.baseline:
            return own
        base, gap = self._own(name, self.baseline), self.difference(name, policy)
        return own if base is None or gap is None else base + gap

    def difference(self, name: str, policy: str) -> Fit | None:
        """Paired difference of a quantity to the baseline, or ``None`` where it does not exist under both."""
        both = (policy, self.baseline)
        one, other = (period_line(self.period, self.quantities[name], each) for each in both)
        if one is None or other is None:
            return None
        return fit(one - other, self.period.copies, control(self.crisis, self.period, self.quantities, name, both))

    def ratio(self, name: str, policy: str) -> float | None:
        """Risk under a policy over risk under the baseline, where both are large and rest on enough cases."""
        measure = self.quantities[name].period
        if measure is None or measure.unit != "share" or measure.denominator:
            return None
        if not known(measure, self.period.columns):
            return None
        risks = []
        for each in (policy, self.baseline):
            found = self.level(name, each)
            cases = float(np.dot(numerator(self.period, each, measure), self.period.counts))
            if found is None or found.mean < RATIO_SHARE or cases < RATIO_CASES:
                return None
            risks.append(found.mean)
        return risks[0] / risks[1]

    def _own(self, name: str, policy: str) -> Fit | None:
        line = period_line(self.period, self.quantities[name], policy)
        if line is None:
            return None
        return fit(line, self.period.copies, control(self.crisis, self.period, self.quantities, name, (policy,)))
