"""The index of first-strike stability of pairs of sides, as truly is and as each side believes.

Kent and Thaler's index is the product over both sides of ``C_first / C_second``: what an exchange costs a side that
strikes first, over what it costs the same side if it is struck first. 1 means no incentive to go first; the smaller,
the more there is to gain by not waiting (Kent and Thaler 1989, pages 26 and 29).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.soil import meeting
from escalade.stability.cost import KENT_THALER, CostRule, cost
from escalade.stability.exchange import BEST_AIM, EXCHANGE, fill_exchanges, new_bench
from escalade.worlds import Records, World, Worlds, world_at

Floats = NDArray[np.float64]

TRULY = 0
"""View of what truly is; view 1 + s is what side s of the pair believes."""


@dataclass(frozen=True)
class PairStability:
    """First strikes of a pair of sides in many worlds.

    sides : indices of the pair's sides in the worlds
    exchanges : EXCHANGE [view, world, who strikes first]; views are what truly is, what the first side believes, and
        what the second believes
    rule : how damage becomes cost
    """

    sides: tuple[int, int]
    exchanges: Records
    rule: CostRule

    @property
    def first(self) -> Floats:
        """Cost to each side if it strikes first [view, world, side]."""
        return cost(self.exchanges["striker"], self.exchanges["struck"], self.rule)

    @property
    def second(self) -> Floats:
        """Cost to each side if it is struck first [view, world, side]."""
        return cost(self.exchanges["struck"], self.exchanges["striker"], self.rule)[..., ::-1]

    @property
    def ratio(self) -> Floats:
        """Cost of striking first over cost of being struck first [view, world, side]; 1 where nothing costs."""
        second = self.second
        return np.divide(self.first, second, out=np.ones_like(second), where=second > 0.0)

    @property
    def incentive(self) -> Floats:
        """What striking first saves, as a share of the cost of being struck first [view, world, side].

        Below 0 where striking first costs more. 1 less this is the side's part of the index.
        """
        return 1.0 - self.ratio

    @property
    def index(self) -> Floats:
        """Kent and Thaler's index [view, world]: both sides' parts as one view has them."""
        return np.asarray(self.ratio.prod(axis=-1), dtype=np.float64)

    @property
    def believed(self) -> Floats:
        """What striking first saves each side as it believes itself [world, side]."""
        incentive = self.incentive
        return np.stack([incentive[1, :, 0], incentive[2, :, 1]], axis=-1)

    @property
    def believed_index(self) -> Floats:
        """The index of what each side believes of its own costs [world]: what decisions would rest on."""
        return np.asarray((1.0 - self.believed).prod(axis=-1), dtype=np.float64)


def as_truly_is(worlds: Worlds) -> Worlds:
    """Worlds in which everybody knows what every shield is worth, and that shots run out."""
    sides, beliefs = worlds.sides.copy(), worlds.beliefs.copy()
    sides["neglect"] = 0.0
    beliefs[:] = sides["truth"][:, None, :]
    return worlds._replace(sides=sides, beliefs=beliefs)


def pair_stability(
    worlds: Worlds, pair: int = 0, *, aim: float = BEST_AIM, rule: CostRule = KENT_THALER
) -> PairStability:
    """First strikes of a pair at the highest rung, with the forces of the first year, in all worlds.

    pair : number of the pair; the ``people`` of its sides must be finite: what they value
    aim : share of a first strike's hits aimed at the rival's forces; by default each striker takes what costs it least
    """
    count, top = worlds.sides.shape[0], worlds.steps.shape[2] - 1
    out = np.zeros((3, count, 2), EXCHANGE).view(np.recarray)
    plan, today = new_bench(worlds)
    one, both = np.zeros((1, 2), EXCHANGE), np.zeros((2, 2), EXCHANGE)
    truth = as_truly_is(worlds)
    ids = meeting(worlds.pairs[0], pair)
    for w in range(count):
        ids[:2] = worlds.pairs[w, pair]["first"], worlds.pairs[w, pair]["second"]
        fill_exchanges(_one(truth, w), ids, plan, today, top, aim, rule.exponent, rule.weight, one)
        out[TRULY, w] = one[0]  # where nobody is mistaken both sides see the same
        fill_exchanges(_one(worlds, w), ids, plan, today, top, aim, rule.exponent, rule.weight, both)
        out[1:, w] = both
    return PairStability((int(ids[0]), int(ids[1])), out, rule)


def _one(worlds: Worlds, w: int) -> World:
    """One world of many, with strikes of its own: exchanges write their aims there."""
    world = world_at(worlds, w)
    return world._replace(steps=world.steps.copy())


def overall(pairs: list[PairStability]) -> Floats:
    """The index over all pairs of three sides [view, world]: pair by pair, as Best and Bracken (1995) look at them.

    As truly is only: views of single sides belong to one pair.
    """
    return np.asarray(np.prod([pair.index[TRULY] for pair in pairs], axis=0), dtype=np.float64)
