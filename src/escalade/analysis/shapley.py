"""Shapley values: how much each of several switches adds to a whole that they make together.

A *game* gives a value to every combination of n switches. Its values stand in
an array whose first axis is the number of the combination: switch i is on where
bit i of that number is 1. Further axes (worlds, outcomes) are worked through at
once. A switch that never changes anything gets exactly 0.

Sources: Shapley (1953), A value for n-person games; Grabisch and Roubens (1999),
International Journal of Game Theory 28:547 (interactions).
"""

from __future__ import annotations

from math import factorial

import numpy as np

from escalade.worlds import Reals, Wholes


def switches(game: Reals) -> int:
    """Number of switches of a game. Raises ``ValueError`` if its first axis is no power of two."""
    count = int(game.shape[0]).bit_length() - 1
    if game.shape[0] != 2**count:
        raise ValueError(f"{game.shape[0]} combinations: must be a power of two")
    return count


def shapley(game: Reals) -> Reals:
    """Mean of what each switch adds, over all orders of turning them on one by one [switch, ...].

    The values add up to the whole, all on less all off, up to rounding.
    """
    n = switches(game)
    chance = np.array([factorial(size) * factorial(n - size - 1) / factorial(n) for size in range(n)])
    return np.stack([np.tensordot(chance[sizes(off)], added(game, i), axes=1) for i, off in _without_each(n)])


def first_in(game: Reals) -> Reals:
    """What each switch adds alone, all others off [switch, ...]."""
    return np.stack([game[1 << i] - game[0] for i in range(switches(game))])


def last_in(game: Reals) -> Reals:
    """What each switch adds last, all others on [switch, ...]."""
    n = switches(game)
    return np.stack([game[-1] - game[2**n - 1 - (1 << i)] for i in range(n)])


def interactions(game: Reals) -> Reals:
    """What two switches add together beyond what they add apart, over all orders [switch, switch, ...].

    Symmetric; the diagonal is 0. Positive: each adds more where the other is on.
    """
    n = switches(game)
    found = np.zeros((n, n, *game.shape[1:]))
    chance = np.array([factorial(size) * factorial(n - size - 2) / factorial(n - 1) for size in range(n - 1)])
    for i, off in _without_each(n):
        for j in range(i):
            neither = off[(off >> j) & 1 == 0]
            both = game[neither | 1 << i | 1 << j] - game[neither | 1 << i]
            alone = game[neither | 1 << j] - game[neither]
            found[i, j] = found[j, i] = np.tensordot(chance[sizes(neither)], both - alone, axes=1)
    return found


def added(game: Reals, i: int) -> Reals:
    """What switch i adds to each combination without it, in the order of their numbers [combination, ...]."""
    off = np.arange(game.shape[0])
    off = off[(off >> i) & 1 == 0]
    return np.asarray(game[off | 1 << i] - game[off])


def sizes(combinations: Wholes) -> Wholes:
    """How many switches are on in each combination."""
    return np.array([int(number).bit_count() for number in combinations], dtype=np.int64)


def _without_each(n: int) -> list[tuple[int, Wholes]]:
    """Every switch with the numbers of the combinations in which it is off."""
    every = np.arange(2**n)
    return [(i, every[(every >> i) & 1 == 0]) for i in range(n)]
