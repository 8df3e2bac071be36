"""What the years add to the effect of a policy: three slow forces, each turned off in turn under the same luck.

A part is the effect of the policy over the period with all forces on, less the
effect with one of them off: a paired difference of paired differences, in every
drawn world, with its clustered standard error. The forces work on each other,
so the parts need not add up to anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalade.analysis.clustered import Estimate, Fit, fit
from escalade.analysis.values import period_line
from escalade.ensemble.tables import PeriodTable
from escalade.errors import EscaladeError
from escalade.quantities import Quantity

FORCES = ("race", "windows", "wear")
"""Rivals arm against the shield; the change to come moves today's stakes; stocks run down and observers learn."""


@dataclass(frozen=True)
class SlowForces:
    """The effect of a policy on one outcome over the period, and what each slow force adds to it.

    whole : the effect over the histories that were also made with a force off; parts : by ``FORCES``, ``None`` where
    nothing in the scenario exerts it
    years : length of the period; histories : under each policy and switch
    """

    policy: str
    baseline: str
    outcome: Quantity
    years: int
    histories: int
    whole: Estimate
    parts: Mapping[str, Estimate | None]


def slow_forces(
    on: PeriodTable, off: Mapping[str, PeriodTable | None], quantity: Quantity, *, policy: str, baseline: str
) -> SlowForces:
    """What the slow forces add to a policy's effect on a quantity.

    on : sums over histories with all forces on; off : over the same histories with one off, by force, ``None`` where
    there is nothing to turn off
    Raises ``EscaladeError`` if the quantity does not exist over the years, or is a share of nothing.
    """
    whole = _effect(on, quantity, policy, baseline)
    parts: dict[str, Estimate | None] = {}
    for force in FORCES:
        table = off.get(force)
        parts[force] = None if table is None else _less(whole, _effect(table, quantity, policy, baseline)).estimate()
    return SlowForces(policy, baseline, quantity, on.years, on.histories, whole.estimate(), parts)


def _effect(table: PeriodTable, quantity: Quantity, policy: str, baseline: str) -> Fit:
    """The paired difference in every drawn world."""
    lines = [period_line(table, quantity, name) for name in (policy, baseline)]
    if lines[0] is None or lines[1] is None:
        raise EscaladeError(f"{quantity.name} is not known over the years of this run")
    return fit(lines[0] - lines[1], table.copies)


def _less(one: Fit, other: Fit) -> Fit:
    """The difference of two means over the same draws; each world's own luck cancels before the error is taken."""
    return Fit(one.mean - other.mean, one.rest - other.rest, one.share, one.fitted)
