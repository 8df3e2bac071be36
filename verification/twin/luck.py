"""Addressed luck: every random number has an address, one uniform per decision, always by inverse distribution.

Source of the generator: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
as easy as 1, 2, 3", Philox4x32 with ten rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from statistics import NormalDist

WORD = 2**32


class Purpose(IntEnum):
    """What a random number decides."""

    CRISES = 0
    DATE = 1
    OPENER = 2
    STAKE = 3
    RESOLVE = 4
    COMMIT = 5
    RISK = 6
    MOVE = 7
    ARRIVAL = 8
    COMMON = 9
    OUTAGE = 10
    THREAT = 11
    DECOY = 12
    MISTAKEN = 13
    ENGAGED = 14
    KILLED = 15
    KILLED_HARMLESS = 16
    BOOST_SHARE = 17


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10: ten rounds of multiply, exchange, exclusive-or; the key moves on after each."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c0, WORD)
        high1, low1 = divmod(0xCD9E8D57 * c2, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % WORD, (k1 + 0xBB67AE85) % WORD
    return c0, c1, c2, c3


def uniform(seed: int, world: int, history: int, place: int, slot: int) -> float:
    """``u = (k + 1/2) / 2^52`` with k the first 52 bits at this address: never 0, never 1."""
    x0, x1, _, _ = philox((world, history, place, slot), (seed % WORD, seed // WORD))
    return ((x0 << 20 | x1 >> 12) + 0.5) / 2**52


@dataclass(frozen=True)
class Luck:
    """Where in a run we stand; asks for the number that decides ``purpose`` there."""

    seed: int
    world: int
    history: int
    year: int = 0
    pair: int = 0
    crisis: int = 0
    move: int = 0

    def at(self, **place: int) -> Luck:
        """The same luck at another year, pair, crisis or move."""
        return replace(self, **place)

    def uniform(self, purpose: Purpose, slot: int = 0) -> float:
        """The one uniform number at this place, for this purpose and slot."""
        place = (((self.year * 4 + self.pair) * 128 + self.crisis) * 256 + self.move) * 32 + purpose
        return uniform(self.seed, self.world, self.history, place, slot)

    def normal(self, purpose: Purpose, slot: int = 0) -> float:
        """A standard normal number."""
        return normal_quantile(self.uniform(purpose, slot))

    def binomial(self, n: int, p: float, purpose: Purpose, slot: int) -> int:
        """How many of ``n`` when each has probability ``p``."""
        return binomial(n, p, self.uniform(purpose, slot))


def raid_slot(layer: int, kind: int, look: int) -> int:
    """Slot of a draw at a layer, about a class (or, for BOOST_SHARE, an arm), at a look."""
    return (layer * 16 + kind) * 8 + look


def commitment_slot(uid: int, partner: int) -> int:
    """Slot of the commitment of a partner of the side with this id."""
    return uid * 64 + partner


def normal_quantile(u: float) -> float:
    """Inverse of the standard normal distribution function (Wichura's algorithm AS 241)."""
    return NormalDist().inv_cdf(u)


def binomial(n: int, p: float, u: float) -> int:
    """Smallest k with ``P(Binomial(n, p) <= k) >= u``; above one half, the complement of the failures."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - binomial(n, 1.0 - p, 1.0 - u)
    start = max(0, math.floor(n * p - 9.0 * math.sqrt(n * p)))
    mass = _binomial_mass(n, p, start)
    return _invert(start, n, mass, lambda k: (n - k) / (k + 1) * p / (1.0 - p), u)


def _binomial_mass(n: int, p: float, k: int) -> float:
    if k == 0:
        return math.exp(n * math.log1p(-p))
    return math.exp(_log_choose(n, k) + k * math.log(p) + (n - k) * math.log1p(-p))


def hypergeometric(good: int, bad: int, drawn: int, u: float) -> int:
    """Smallest k with ``P(good ones among drawn <= k) >= u``, drawing without replacement."""
    least, most = max(0, drawn - bad), min(good, drawn)
    if least >= most:
        return most
    total = good + bad
    mean = drawn * good / total
    sd = math.sqrt(mean * bad / total * (total - drawn) / (total - 1))
    start = max(least, math.floor(mean - 9.0 * sd))
    log_mass = _log_choose(good, start) + _log_choose(bad, drawn - start) - _log_choose(total, drawn)
    return _invert(
        start, most, math.exp(log_mass), lambda k: (good - k) / (k + 1) * (drawn - k) / (bad - drawn + k + 1), u
    )


def poisson(mean: float, u: float) -> int:
    """Smallest k with ``P(Poisson(mean) <= k) >= u``."""
    if mean <= 0.0:
        return 0
    start = max(0, math.floor(mean - 9.0 * math.sqrt(mean)))
    mass = math.exp(start * math.log(mean) - mean - math.lgamma(start + 1.0))
    most = math.ceil(mean + 40.0 * math.sqrt(mean) + 40.0)
    return _invert(start, most, mass, lambda k: mean / (k + 1), u)


def _invert(k: int, most: int, mass: float, ratio: Callable[[int], float], u: float) -> int:
    """Walk up the distribution function from k until it reaches u; ``ratio(k)`` is P(k + 1) / P(k)."""
    below = mass
    while below < u and k < most:
        mass *= ratio(k)
        k += 1
        below += mass
    return k


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)
