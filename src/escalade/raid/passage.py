"""Objects pass one layer: the distribution of what is left, of engagements, and of having to refuse.

Given the night, objects of one class that all threaten are alike. What a layer can still do in this raid is one whole
number, the engagements it is *able* to make: the smaller of its channels and of the salvos above its reserve. See
``looks`` for the joint distribution that is carried from look to look.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.raid.joint import Joint
from escalade.raid.looks import binomial_row, engage_all, engage_last, engage_some
from escalade.worlds import Reals

FAR = 32
"""Counts of no chance that part two lumps of a distribution: crossing them costs more than starting anew."""


class Block(NamedTuple):
    """Joint distribution of what a layer is able to engage and what is live, see ``looks``."""

    able: int  # of the first row
    live: int  # of the first column
    chance: Reals  # [able, spectators, live]


class Passed(NamedTuple):
    """What a layer leaves of the last class that it serves."""

    live: Reals  # P(spectators, that many are left) [s, 0 ..]
    able: Reals  # P(layer can make that many more engagements), where it was not spent [0 ..]
    spent: float  # probability that it had to refuse


def lumps(chance: Reals, able: int, cut: float) -> list[Block]:
    """The parts of a distribution over counts [0 ..] that lie far from each other, before a layer able to do so much.

    Chances below ``cut`` at the ends of a part are left out.
    """
    there = np.flatnonzero(chance >= cut)
    if not there.size:
        return []
    ends = np.flatnonzero(np.diff(there) > FAR)
    firsts, lasts = there[np.concatenate([[0], ends + 1])], there[np.concatenate([ends, [-1]])]
    return [
        Block(able, int(first), chance[None, None, first : last + 1]) for first, last in zip(firsts, lasts, strict=True)
    ]


def serve(block: Block, looks: int, kill: float, cut: float) -> tuple[Block, Reals]:
    """All looks of a layer at one class of several.

    looks : tries; kill : probability that an engagement destroys; cut : smallest chance that is followed
    Returns the block afterwards, and P(spectators, that many are left) [s, 0 ..] where the layer was spent.
    """
    most = block.live + block.chance.shape[2] - 1
    row, poly, spent = np.empty(most + 2), np.empty(most + 2), np.zeros((block.chance.shape[1], most + 1))
    for _ in range(looks):
        engage_some(block.chance, block.able, block.live, 1.0 - kill, cut, row, poly, spent, 0)
        block = _look(block, 1.0 - kill, cut, row)
    return block, spent


def serve_last(block: Block, looks: int, kill: float, cut: float) -> Passed:
    """All looks of a layer at the last class that it serves; arguments as ``serve``.

    Probabilities add up to that of the block.
    """
    most = block.live + block.chance.shape[2] - 1
    left = np.zeros(block.able + block.chance.shape[0])
    block, spent = serve(block, looks - 1, kill, cut)
    row, poly = np.empty(most + 2), np.empty(most + 2)
    engage_some(block.chance, block.able, block.live, 1.0 - kill, cut, row, poly, spent, 0)
    refused = float(spent.sum())
    engage_last(block.chance, block.able, block.live, 1.0 - kill, cut, row, spent, 0, left)
    return Passed(spent, left, refused)


def _look(block: Block, q: float, cut: float, row: Reals) -> Block:
    """One look where the layer is able to engage all that is live; the rest of the block is left out.

    q : chance of an engaged object to survive; row : scratch [most live objects + 2]
    """
    rows, spectators, columns = block.chance.shape
    most_able = block.able + rows - 1
    most = min(block.live + columns - 1, most_able)
    if most < block.live:
        return Block(0, 0, np.zeros((1, spectators, 1)))
    first, _ = binomial_row(block.live, q, cut, row)
    _, last = binomial_row(most, q, cut, row)
    able = max(0, block.able - most)
    after = np.zeros((most_able - block.live - able + 1, spectators, last - first + 1))
    engage_all(block.chance, block.able, block.live, q, cut, row, after, able, first)
    return _narrow(Block(able, first, after), cut) if rows > 1 or spectators > 1 else Block(able, first, after)


def _narrow(block: Block, cut: float) -> Block:
    """The block without rows and columns of less than ``cut`` of probability."""
    starts, chance = Joint((block.able, 0, block.live), block.chance).trimmed(cut, (0, 2))
    return Block(starts[0], starts[2], np.ascontiguousarray(chance))
