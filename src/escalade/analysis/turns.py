"""When an effect turns, what matters most for it, and how far it hangs on priors: all from worlds that are solved.

The effect is that of the exact crisis in each candidate world, the margin that of the verdict. A world in which the
outcome is a share of nothing counts as one without a difference, as it does for the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.boxes import Search, search
from escalade.analysis.compare import compared
from escalade.analysis.factors import factors
from escalade.analysis.priors import Judged, Priors, priors
from escalade.analysis.sensitivity import Sensitivity, sensitivity
from escalade.analysis.turning import Turning, turning_points
from escalade.ensemble.execute import require_numbers
from escalade.ensemble.tables import CrisisTable
from escalade.errors import UsageError
from escalade.quantities import Quantity
from escalade.worlds import Reals

if TYPE_CHECKING:
    from escalade.scenario import Scenario

Luck = Callable[[str], np.random.Generator]
"""A generator of its own for each name; the same name gives the same numbers."""


@dataclass(frozen=True)
class Turns:
    """What moves the effect of a policy on one outcome of the crisis, less the baseline.

    outcome : id of the quantity; margin : an effect within it is too close to tell
    candidates, effective : number of worlds, and of equally weighted ones that they are worth
    more, less : searches for conditions under which there is more of the outcome, and less
    inputs : number of inputs that can move the effect
    points : turning points of inputs that matter
    """

    policy: str
    baseline: str
    outcome: str
    margin: float
    candidates: int
    effective: float
    inputs: int
    more: Search
    less: Search
    points: tuple[Turning, ...]
    matters: Sensitivity
    priors: Priors


def turns(
    scenario: Scenario,
    table: CrisisTable,
    quantity: Quantity,
    both: tuple[str, str],
    exact: Mapping[str, Mapping[str, Reals]],
    luck: Luck,
) -> Turns:
    """What moves the effect of the first of two policies, less the second, on a quantity of the crisis.

    ``exact`` holds the crises that the record weighs (policy -> column -> [candidate]). Raises ``UsageError`` for a
    quantity that does not exist per crisis, ``EscaladeError`` with world and policy for a number that is none.
    """
    effects, margin = effect(table, quantity, both, scenario.margin)
    there = factors(scenario, table.inputs, both)
    matters = sensitivity(there, effects, table.weight, luck("what matters most"))
    clear = [matter.key for matter in matters.matters if matter.clear]
    telling = [factor for factor in there if factor.key in clear]
    judged = Judged(effects, table.weight, margin, table.inputs, exact)
    found = priors(scenario, there, judged, clear)
    return Turns(
        *both,
        outcome=quantity.id,
        margin=margin,
        candidates=table.candidates,
        effective=found.base.effective,
        inputs=len(there),
        more=search(there, (effects > margin).astype(np.float64), table.weight, luck("conditions of more")),
        less=search(there, (effects < -margin).astype(np.float64), table.weight, luck("conditions of less")),
        points=turning_points(telling, effects, table.weight, luck("turning points")),
        matters=matters,
        priors=found,
    )


def effect(table: CrisisTable, quantity: Quantity, both: tuple[str, str], margin: float) -> tuple[Reals, float]:
    """Effect on a quantity in every candidate [candidate], and the margin in its own unit.

    Raises as ``turns`` does.
    """
    numbers = np.arange(table.candidates)
    for policy in both:
        require_numbers(table.values[policy], table.columns, policy, numbers)
    pair = compared(table, None, quantity, both, margin) if quantity.crisis is not None else None
    if pair is None or pair.pairs[0].effects is None:
        raise UsageError(f'"{quantity.id}" is not computed per crisis: when it turns cannot be told; try war')
    return np.nan_to_num(pair.pairs[0].effects), pair.margin["crisis"]
