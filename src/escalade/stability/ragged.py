"""Ragged retaliation: a first strike and a thin shield are complements.

A thin shield hardly matters against a whole arsenal, and may stop all of a ragged rest. So its effect hangs on whether
the rival's forces outlive a first strike, and is shown for both: without and with the shield, against a survivable and
a vulnerable rival. It is never one number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.stability.cost import KENT_THALER, CostRule
from escalade.stability.exchange import BEST_AIM
from escalade.stability.index import TRULY, PairStability, pair_stability
from escalade.stability.postures import with_exposure, without_shield
from escalade.worlds import Worlds

Floats = NDArray[np.float64]

VULNERABLE, SURVIVABLE = 1.0, 0.0
"""Share of the rival's forces that a first strike can reach."""


@dataclass(frozen=True)
class Ragged:
    """First strikes by the shield's owner and by its rival, for shield (no, yes) x rival (survivable, vulnerable).

    owner : place of the shield's owner in the pair, 0 or 1
    cells : one ``PairStability`` for each [shield][rival]
    """

    owner: int
    cells: tuple[tuple[PairStability, PairStability], tuple[PairStability, PairStability]]

    def _each(self, values: list[list[Floats]]) -> Floats:
        return np.moveaxis(np.array(values), -1, 0)

    @property
    def harm(self) -> Floats:
        """Share of the owner's value that the answer to its first strike destroys [world, shield, rival]."""
        return self._each([[cell.exchanges["striker"][TRULY, :, self.owner] for cell in row] for row in self.cells])

    @property
    def incentive(self) -> Floats:
        """What striking first saves the owner [world, shield, rival]."""
        return self._each([[cell.incentive[TRULY, :, self.owner] for cell in row] for row in self.cells])

    @property
    def index(self) -> Floats:
        """The index of the pair [world, shield, rival]."""
        return self._each([[cell.index[TRULY] for cell in row] for row in self.cells])


def ragged(worlds: Worlds, pair: int, owner: int, *, aim: float = BEST_AIM, rule: CostRule = KENT_THALER) -> Ragged:
    """The 2 x 2 of a side's shield and its rival's survivability, all else as it is in the worlds.

    pair : its number; owner : place of the shield's owner in it, 0 or 1
    """
    sides = int(worlds.pairs[0, pair]["first"]), int(worlds.pairs[0, pair]["second"])

    def row(these: Worlds) -> tuple[PairStability, PairStability]:
        safe, exposed = (with_exposure(these, sides[1 - owner], share) for share in (SURVIVABLE, VULNERABLE))
        return pair_stability(safe, pair, aim=aim, rule=rule), pair_stability(exposed, pair, aim=aim, rule=rule)

    return Ragged(owner, (row(without_shield(worlds, sides[owner])), row(worlds)))
