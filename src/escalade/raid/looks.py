"""One look of a layer, in distributions instead of draws: the kernels of the exact raid.

A layer that may still engage ``able`` objects meets ``live`` of one class and engages the smaller number; each engaged
object survives with chance ``q``, so that among ``e`` engaged the survivors are binomial. The joint distribution of
what is able and what is live is carried from look to look in a block::

    block[a, s, l] = P(able = able0 + a, live = live0 + l, spectators = s)

where the spectators are whatever else is correlated with both (other classes, one after the other in one index). Where
``able >= live`` every object is engaged. Where ``able < live`` the layer is *spent*: it engages ``able`` objects, the
rest are refused, and nothing more happens in this raid.

Two facts keep this fast. The distribution for one object more follows by Pascal's rule, so a binomial distribution is
computed once and then updated. And spent states are a polynomial in ``p + q x`` (generating function of one engaged
object: destroyed or not), summed by Horner's rule over ``able``: one pass in place of a binomial for each.
"""

from __future__ import annotations

import math

from escalade.jit import kernel
from escalade.luck.draws import log_binomial
from escalade.worlds import Reals


@kernel
def binomial_row(n: int, q: float, cut: float, row: Reals) -> tuple[int, int]:
    """Chances of k = lo .. hi survivors among ``n`` objects into ``row[k]``; returns lo, hi.

    q : chance of one object to survive, in [0, 1]
    cut : both tails end where a chance falls below it
    row : [n + 1 or more]; outside lo .. hi it is left as it was
    """
    if q <= 0.0 or q >= 1.0:
        k = 0 if q <= 0.0 else n
        row[k] = 1.0
        return k, k
    mode = min(n, int((n + 1) * q))
    row[mode] = math.exp(log_binomial(mode, n, q)) if n > 0 else 1.0
    odds = q / (1.0 - q)
    hi = mode
    while hi < n and row[hi] >= cut:
        row[hi + 1] = row[hi] * odds * (n - hi) / (hi + 1)
        hi += 1
    lo = mode
    while lo > 0 and row[lo] >= cut:
        row[lo - 1] = row[lo] * lo / (odds * (n - lo + 1))
        lo -= 1
    return lo, hi


@kernel
def next_row(lo: int, hi: int, q: float, cut: float, row: Reals) -> tuple[int, int]:
    """From the row of n objects to that of n + 1 by Pascal's rule, in place; returns the new lo, hi."""
    p, before = 1.0 - q, 0.0
    for k in range(lo, hi + 1):
        here = row[k]
        row[k] = p * here + q * before
        before = here
    hi += 1
    row[hi] = q * before
    while lo < hi and row[lo] < cut:
        lo += 1
    while hi > lo and row[hi] < cut:
        hi -= 1
    return lo, hi


@kernel
def engage_all(
    block: Reals, able0: int, live0: int, q: float, cut: float, row: Reals, after: Reals, able1: int, live1: int
) -> None:
    """One look where every live object can be engaged: adds to ``after`` what is able and live then.

    block, able0, live0 : the joint distribution before the look, see the module
    q : chance of an engaged object to survive; cut : smallest chance that is followed
    row : scratch [most live objects + 2]
    after, able1, live1 : the joint distribution afterwards, in the same form; must be wide enough
    """
    lo, hi = binomial_row(live0, q, cut, row)
    for l in range(block.shape[2]):
        live = live0 + l
        if l > 0:
            lo, hi = next_row(lo, hi, q, cut, row)
        first, last = max(lo, live1), min(hi, live1 + after.shape[2] - 1)
        for a in range(max(0, live - able0), block.shape[0]):
            left = able0 + a - live - able1
            for s in range(block.shape[1]):
                chance = block[a, s, l]
                if chance >= cut:
                    for k in range(first, last + 1):
                        after[left, s, k - live1] += chance * row[k]


@kernel
def engage_last(
    block: Reals, able0: int, live0: int, q: float, cut: float, row: Reals, after: Reals, live1: int, left: Reals
) -> None:
    """As ``engage_all`` where nobody asks for the joint distribution any more.

    after, live1 : P(live = live1 + l, spectators = s) afterwards, added to [s, l]
    left : P(able = a) afterwards, added to [a]
    """
    lo, hi = binomial_row(live0, q, cut, row)
    for l in range(block.shape[2]):
        live = live0 + l
        if l > 0:
            lo, hi = next_row(lo, hi, q, cut, row)
        first, last = max(lo, live1), min(hi, live1 + after.shape[1] - 1)
        for s in range(block.shape[1]):
            total = 0.0
            for a in range(max(0, live - able0), block.shape[0]):
                total += block[a, s, l]
                left[able0 + a - live] += block[a, s, l]
            if total >= cut:
                for k in range(first, last + 1):
                    after[s, k - live1] += total * row[k]


@kernel
def engage_some(
    block: Reals, able0: int, live0: int, q: float, cut: float, row: Reals, poly: Reals, spent: Reals, spent0: int
) -> None:
    """One look where not every live object can be engaged: adds to ``spent``.

    spent, spent0 : P(live = spent0 + l, spectators = s) once the layer is spent [s, l]; must be wide enough
    poly : scratch [numbers of able and of live objects in the block together]
    Other arguments as ``engage_all``.
    """
    most = live0 + block.shape[2] - 1
    top = min(able0 + block.shape[0], most) - 1
    if top < able0:
        return
    lo, hi = binomial_row(able0, q, cut, row)
    for s in range(block.shape[1]):
        for i in range(most - able0 + 1):
            poly[i] = 0.0
        degree = most - top
        for able in range(top, able0 - 1, -1):
            if able < top:
                degree += 1
                times_engaged(poly, degree, q)
            for live in range(max(able + 1, live0), most + 1):
                poly[live - able] += block[able - able0, s, live - live0]
        for i in range(degree + 1):
            if poly[i] >= cut:
                for k in range(max(lo, spent0 - i), min(hi, spent0 + spent.shape[1] - 1 - i) + 1):
                    spent[s, k + i - spent0] += poly[i] * row[k]


@kernel
def times_engaged(poly: Reals, degree: int, q: float) -> None:
    """The polynomial ``poly`` times ``p + q x``, in place; ``degree`` is that of the product."""
    before = 0.0
    for i in range(degree + 1):
        here = poly[i]
        poly[i] = (1.0 - q) * here + q * before
        before = here
