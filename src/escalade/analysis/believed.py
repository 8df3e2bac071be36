"""Whom you believe: the effect of a policy on a crisis if only one kind of figures is believed.

Each reading has the run's own sets of assumptions with the inputs of which figures of its kind speak drawn anew, at the
same quantile; the exact crises and the record's weights follow. So two readings differ by what is believed alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from escalade.analysis import weighted
from escalade.analysis.values import crisis_worlds
from escalade.analysis.weighted import Spread
from escalade.ensemble.record import effective_sample_size
from escalade.ensemble.tables import CrisisTable
from escalade.quantities import Quantity

READINGS = ("official", "independent", "all")
"""Readings in the order in which they are shown."""


@dataclass(frozen=True)
class ReadCrises:
    """Exact crises under one reading.

    redrawn : keys of the inputs that have figures of the kind; changed : of those whose range differs from the run's
    table : the crises; ``None`` where nothing changes, or nothing that a crisis reads: they are the run's own
    problem : why the reading cannot be drawn; empty if it can
    """

    redrawn: tuple[str, ...]
    changed: tuple[str, ...]
    table: CrisisTable | None
    problem: str = ""


@dataclass(frozen=True)
class Belief:
    """The effect under one reading.

    effect : over sets of assumptions, weighted by the record; ``None`` where the reading cannot be drawn
    levels : means under the policy and under the baseline
    enters : whether what changes enters a crisis at all; own : whether it is the reading of the run
    """

    reading: str
    own: bool
    redrawn: tuple[str, ...]
    changed: tuple[str, ...]
    enters: bool
    levels: tuple[float, float] | None
    effect: Spread | None
    effective: float
    problem: str


@dataclass(frozen=True)
class Believed:
    """The three readings of one effect; ``having`` inputs name figures of the library."""

    policy: str
    baseline: str
    outcome: Quantity
    having: int
    beliefs: tuple[Belief, ...]

    @property
    def matters(self) -> bool:
        """Whether any other reading than the run's changes anything that a crisis reads."""
        return any(belief.enters for belief in self.beliefs if not belief.own)


def compare_beliefs(
    own: str,
    crisis: CrisisTable,
    others: Mapping[str, ReadCrises],
    quantity: Quantity,
    both: Sequence[str],
    having: int,
) -> Believed | None:
    """The effect of the first of two policies on a quantity, under every reading; ``None`` if it has none.

    own, crisis : the reading of the run and its exact crises; others : the other readings
    """
    beliefs = []
    for reading in READINGS:
        if reading != own and reading not in others:
            continue
        read = ReadCrises((), (), None) if reading == own else others[reading]
        table = crisis if read.table is None else read.table
        found = _effect(table, quantity, both)
        if found is None:
            return None
        levels, effect = (None, None) if read.problem else found
        enters = read.table is not None
        effective = effective_sample_size(table.weight)
        beliefs.append(
            Belief(reading, reading == own, read.redrawn, read.changed, enters, levels, effect, effective, read.problem)
        )
    return Believed(both[0], both[1], quantity, having, tuple(beliefs))


def _effect(table: CrisisTable, quantity: Quantity, both: Sequence[str]) -> tuple[tuple[float, float], Spread] | None:
    """Levels and effect; of a ratio, differences of the means' ratios, as everywhere."""
    one, other = (crisis_worlds(table, quantity, policy) for policy in both)
    if one is None or other is None:
        return None
    each = one.each() - other.each()
    there = ~np.isnan(each)
    if not there.any() or table.weight[there].sum() <= 0:
        return None
    low, median, high = (float(x) for x in weighted.quantiles(each[there], table.weight[there], (0.05, 0.5, 0.95)))
    levels = one.mean(table.weight), other.mean(table.weight)
    mean = weighted.mean(each, table.weight) if one.bottom is None else levels[0] - levels[1]
    return levels, Spread(mean, low, median, high)
