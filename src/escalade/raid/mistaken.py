"""Harmless objects taken for threats: the kernels of the exact raid where they matter.

Of ``n`` objects that a layer takes for threats, ``t`` are. Which of them it engages is random, so every destroyed
object takes one at random of those still live: a threat with chance ``t / n``. The number destroyed does not depend
on ``t``; the mixture follows from it one object at a time.
"""

from __future__ import annotations

from escalade.jit import kernel
from escalade.raid.looks import binomial_row
from escalade.worlds import Reals


@kernel
def mistake(joint: Reals, fooled: float, cut: float, row: Reals, mixed: Reals) -> None:
    """Which harmless objects are taken for threats: from ``joint`` to ``mixed``.

    joint : P(able, spectators, threatening, harmless) [a, s, t, h]
    fooled : chance of a harmless object to be taken for a threat
    row : scratch [most harmless objects + 2]
    mixed : P(able, spectators, recognised, threatening, taken for threats) [a, s, u, t, n], written
    """
    for h in range(joint.shape[3]):
        lo, hi = binomial_row(h, fooled, cut, row)
        for a in range(joint.shape[0]):
            for s in range(joint.shape[1]):
                for t in range(joint.shape[2]):
                    chance = joint[a, s, t, h]
                    if chance >= cut:
                        for m in range(lo, hi + 1):
                            mixed[a, s, h - m, t, t + m] += chance * row[m]


@kernel
def recognise(mixed: Reals, joint: Reals) -> None:
    """The way back from ``mixed`` to ``joint``, when the layer is done."""
    for a in range(mixed.shape[0]):
        for s in range(mixed.shape[1]):
            for u in range(mixed.shape[2]):
                for t in range(mixed.shape[3]):
                    for n in range(t, mixed.shape[4]):
                        joint[a, s, t, u + n - t] += mixed[a, s, u, t, n]


@kernel
def engage_mixed(
    block: Reals, able0: int, p: float, cut: float, row: Reals, mix: Reals, after: Reals, able1: int, spent: Reals
) -> None:
    """One look at a mixture of threats and objects taken for threats.

    block : P(able = able0 + a, spectators, threatening, taken for threats) [a, s, t, n]
    p : chance that an engaged object is destroyed; cut : smallest chance that is followed
    row : scratch [most objects + 2]; mix : scratch [most threatening objects + 1]
    after : the same afterwards, from ``able1`` on, where all were engaged; added to [(a, s), t, n]
    spent : where the layer could not engage all; added to [s, t, n]
    """
    spectators = block.shape[1]
    for n in range(block.shape[3]):
        for a in range(block.shape[0]):
            able = able0 + a
            lo, hi = binomial_row(min(n, able), p, cut, row)
            for s in range(spectators):
                low, high = load_mix(block, a, a + 1, s, n, cut, mix)
                if low <= high and able >= n:
                    destroy(mix, low, high, n, row, lo, hi, after, (able - n - able1) * spectators + s)
                elif low <= high:
                    destroy(mix, low, high, n, row, lo, hi, spent, s)


@kernel
def engage_mixed_last(
    block: Reals, able0: int, p: float, cut: float, row: Reals, mix: Reals, after: Reals, left: Reals, spent: Reals
) -> None:
    """As ``engage_mixed`` where nobody asks for the joint distribution any more.

    after : P(spectators, threatening, taken for threats) where all were engaged; added to [s, t, n]
    left : P(able = a) there; added to [a]
    """
    for n in range(block.shape[3]):
        enough = min(block.shape[0], max(0, n - able0))
        for a in range(enough):
            lo, hi = binomial_row(able0 + a, p, cut, row)
            for s in range(block.shape[1]):
                low, high = load_mix(block, a, a + 1, s, n, cut, mix)
                if low <= high:
                    destroy(mix, low, high, n, row, lo, hi, spent, s)
        lo, hi = binomial_row(n, p, cut, row)
        for s in range(block.shape[1]):
            for a in range(enough, block.shape[0]):
                for t in range(min(n + 1, block.shape[2])):
                    left[able0 + a - n] += block[a, s, t, n]
            low, high = load_mix(block, enough, block.shape[0], s, n, cut, mix)
            if low <= high:
                destroy(mix, low, high, n, row, lo, hi, after, s)


@kernel
def load_mix(block: Reals, first: int, end: int, s: int, n: int, cut: float, mix: Reals) -> tuple[int, int]:
    """The distribution of threats among n objects into ``mix``, rows first .. end - 1 of the block together.

    Returns the first and last t with a chance, the last before the first where the whole has less than ``cut``.
    Places of ``mix`` below the first are set to 0: objects destroyed move chances down.
    """
    low, high, total = block.shape[2], -1, 0.0
    for t in range(min(n + 1, block.shape[2])):
        mix[t] = 0.0
        for a in range(first, end):
            mix[t] += block[a, s, t, n]
        total += mix[t]
        if mix[t] > 0.0:
            low, high = min(low, t), t
    return (low, high) if total >= cut else (1, 0)


@kernel
def destroy(mix: Reals, low: int, high: int, n: int, row: Reals, lo: int, hi: int, out: Reals, place: int) -> None:
    """Add to ``out[place, t, n left]`` what is left of n objects when k = lo .. hi of chance ``row[k]`` are destroyed.

    mix : distribution of threats among the n objects, from ``low`` to ``high``; used up
    """
    for k in range(hi + 1):
        if k > 0:
            low = take_one(mix, low, high, n - k + 1)
        if k >= lo:
            for t in range(low, min(high, n - k) + 1):
                out[place, t, n - k] += row[k] * mix[t]


@kernel
def take_one(mix: Reals, low: int, high: int, n: int) -> int:
    """One of ``n`` objects is destroyed, at random: the distribution ``mix`` [t] of threats among those left.

    low, high : first and last t with a chance; returns the new first one
    """
    low = max(0, low - 1)
    for t in range(low, high + 1):
        gone = mix[t + 1] * (t + 1) / n if t < high else 0.0
        mix[t] = mix[t] * (n - t) / n + gone
    return low
