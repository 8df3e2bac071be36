"""A mixture of threats and harmless objects passes one layer: as ``passage``, with the kernels of ``mistaken``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.raid.joint import Joint
from escalade.raid.mistaken import engage_mixed, engage_mixed_last, mistake, recognise
from escalade.raid.passage import Passed
from escalade.worlds import Reals


class Mixture(NamedTuple):
    """Joint distribution of what a layer is able to engage and of the objects of one class."""

    able: int  # of the first row
    chance: Reals  # [able, spectators, threatening, harmless], counts from 0


def serve_mixed(mixture: Mixture, looks: int, kill: float, fooled: float, cut: float) -> tuple[Mixture, Reals]:
    """All looks of a layer at one class of several, of whose harmless objects it takes a share ``fooled`` for threats.

    looks : tries; kill : probability that an engagement destroys; cut : smallest chance that is followed
    Returns the mixture afterwards, and P(spectators, threatening, harmless) where the layer was spent.
    """
    shape, now = mixture.chance.shape, _mistaken(mixture, fooled, cut)
    able, now, spent = _looks(mixture.able, now, looks, kill, cut)
    return Mixture(able, _recognised(now, shape)), _recognised(spent[None], shape)[0]


def serve_last_mixed(mixture: Mixture, looks: int, kill: float, fooled: float, cut: float) -> Passed:
    """All looks of a layer at the last class that it serves; arguments as ``serve_mixed``.

    ``live`` of the result is P(spectators, threatening, harmless).
    """
    shape, now = mixture.chance.shape, _mistaken(mixture, fooled, cut)
    left = np.zeros(mixture.able + shape[0])
    able, now, spent = _looks(mixture.able, now, looks - 1, kill, cut)
    after, row, mix = np.zeros_like(spent), np.empty(now.shape[3] + 1), np.empty(now.shape[2])
    engage_mixed_last(now, able, kill, cut, row, mix, after, left, spent)
    return Passed(_recognised((after + spent)[None], shape)[0], left, float(spent.sum()))


def _mistaken(mixture: Mixture, fooled: float, cut: float) -> Reals:
    """[able, (spectators, recognised), threatening, taken for threats]."""
    rows, spectators, threats, harmless = mixture.chance.shape
    recognised = 1 if fooled >= 1.0 else harmless
    mixed = np.zeros((rows, spectators, recognised, threats, threats + harmless - 1))
    mistake(np.ascontiguousarray(mixture.chance), fooled, cut, np.empty(harmless + 1), mixed)
    return mixed.reshape(rows, spectators * recognised, threats, threats + harmless - 1)


def _looks(able: int, now: Reals, looks: int, kill: float, cut: float) -> tuple[int, Reals, Reals]:
    """What the layer is able to do, what is live where it is not spent, and where it is."""
    spent = np.zeros(now.shape[1:])
    for _ in range(looks):
        rows, spectators, threats, most = now.shape[0], now.shape[1], now.shape[2], now.shape[3] - 1
        first = max(0, able - most)
        after = np.zeros(((able + rows - first) * spectators, threats, most + 1))
        engage_mixed(now, able, kill, cut, np.empty(most + 2), np.empty(threats), after, first, spent)
        able, now = _narrow(first, after.reshape(-1, spectators, threats, most + 1), cut)
    return able, now, spent


def _narrow(able: int, now: Reals, cut: float) -> tuple[int, Reals]:
    """Without rows and high counts of less than ``cut`` of probability; first, what the first row is able to do."""
    starts, kept = Joint((able, 0, 0, 0), now).trimmed(cut, (0, 2, 3))
    ends = [start + size for start, size in zip(starts[2:], kept.shape[2:], strict=True)]
    first = starts[0] - able
    return starts[0], np.ascontiguousarray(now[first : first + kept.shape[0], :, : ends[0], : ends[1]])


def _recognised(mixed: Reals, shape: tuple[int, ...]) -> Reals:
    """From [able, (spectators, recognised), threatening, taken] back to [able, spectators, threatening, harmless]."""
    _, spectators, threats, harmless = shape
    joint = np.zeros((mixed.shape[0], spectators, threats, harmless))
    recognise(mixed.reshape(mixed.shape[0], spectators, -1, *mixed.shape[2:]), joint)
    return joint
