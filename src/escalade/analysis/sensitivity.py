r"""What matters most: how much of the spread of an effect over sets of assumptions each input explains by itself.

The share of input i is its first-order index, estimated from the worlds that are
solved anyway (given data; Plischke, Borgonovo and Smith 2013): the worlds are cut
into M classes of equal weight along the input, and

.. math:: S_i = \frac{\sum_m P_m (\bar y_m - \bar y)^2}{\sum_w p_w (y_w - \bar y)^2}

compares the spread of the classes' means with that of all worlds. By chance alone the
means of classes differ too. So a share is shown without the part that the spread
within the classes makes one expect, and only if it exceeds a *floor*: what the
largest share of all inputs exceeds in one of twenty permutations of the worlds
(Westfall and Young 1993). An input below the floor cannot be told from chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escalade.analysis import weighted
from escalade.analysis.factors import Factor, positions
from escalade.ensemble.record import effective_sample_size
from escalade.worlds import Reals, Wholes

LEAST_CLASSES, MOST_CLASSES = 4, 32
PERMUTATIONS = 199
FLOOR = 0.95
"""Quantile of the largest share under chance that a share has to exceed."""

END = 0.2
"""The low and the high end of an input: the fifth of the weight at either end."""


@dataclass(frozen=True)
class Matter:
    """How much one input matters.

    share : of the variance of the effect, without what chance explains; 0 to 1
    clear : whether it can be told from chance
    low, high : mean effect where the input is low, and where it is high (the outer fifths of the weight)
    below, above : up to which value it is called low, and from which high
    """

    key: str
    share: float
    clear: bool
    low: float
    high: float
    below: float
    above: float


@dataclass(frozen=True)
class Sensitivity:
    """All inputs by how much they matter, the most first.

    spread : standard deviation of the effect over weighted worlds
    floor : the share that an input has to exceed to be told from chance, before chance is taken off
    classes : number of classes that an input was cut into
    """

    matters: tuple[Matter, ...]
    spread: float
    floor: float
    classes: int


def sensitivity(factors: Sequence[Factor], effects: Reals, weight: Reals, luck: np.random.Generator) -> Sensitivity:
    """How much of the spread of ``effects`` [world] each factor explains, under weights [world]."""
    effective = effective_sample_size(weight)
    count = class_count(effective)
    cut = np.array([classes(factor.values, weight, count, factor.categorical) for factor in factors]).reshape(
        -1, effects.size
    )
    raw, share = between(cut, effects, weight), explained(cut, effects, weight)
    floor = chance_floor(cut, effects, weight, luck)
    found = [
        _matter(factor, effects, weight, float(share[k]), bool(raw[k] > floor)) for k, factor in enumerate(factors)
    ]
    ranked = sorted(found, key=lambda matter: (not matter.clear, -matter.share, matter.key))
    return Sensitivity(tuple(ranked), float(np.sqrt(_centred(effects, weight)[2])), floor, count)


def class_count(effective: float) -> int:
    """Classes for so many effective worlds: as many as half the root, so that each holds twice that many."""
    return int(np.clip(np.sqrt(effective) / 2, LEAST_CLASSES, MOST_CLASSES))


def classes(values: Reals, weight: Reals, count: int, categorical: bool = False) -> Wholes:
    """Class of every world along one input: equal weight, ties together; one class per alternative or rare value."""
    distinct, which = np.unique(values, return_inverse=True)
    if categorical or distinct.size <= count:
        return which.astype(np.int64)
    return np.minimum((positions(values, weight) * count).astype(np.int64), count - 1)


def between(cut: Wholes, effects: Reals, weight: Reals) -> Reals:
    """Variance between classes as a share of all variance [factor]; a world of weight 2 counts like two.

    ``cut`` [factor, world] holds class numbers.
    """
    share, centred, variance = _centred(effects, weight)
    if variance <= 0 or not len(cut):
        return np.zeros(len(cut))
    held, total = _sums(cut, np.stack([share, share * centred]))
    return np.asarray(np.divide(total**2, held, out=np.zeros_like(held), where=held > 0).sum(axis=1) / variance)


def explained(cut: Wholes, effects: Reals, weight: Reals) -> Reals:
    """Share of all variance that each factor explains, without what chance makes one expect; 0 to 1 [factor].

    How much that is depends on how many worlds there really are: unlike ``between``,
    this tells one world of weight 2 from two.
    """
    share, centred, variance = _centred(effects, weight)
    if variance <= 0 or not len(cut):
        return np.zeros(len(cut))
    held, total, square, squares = _sums(cut, np.stack([share, share * centred, share * centred**2, share**2]))
    unbiased = variance / (1.0 - np.sum(share**2))
    found = np.empty(len(cut))
    for k in range(len(cut)):
        there = held[k] > 0
        means = total[k, there] ** 2 / held[k, there]
        expected = _expected(held[k, there], square[k, there] - means, squares[k, there])
        found[k] = (means.sum() - expected) / unbiased
    return np.clip(found, 0.0, 1.0)


def _centred(effects: Reals, weight: Reals) -> tuple[Reals, Reals, float]:
    """Weights that sum to one, effects less their mean, and their variance."""
    share = weight / weight.sum()
    centred = effects - weighted.mean(effects, weight)
    return share, centred, float(np.sum(share * centred**2))


def _sums(cut: Wholes, parts: Reals) -> Reals:
    """Sums of parts [part, world] over the worlds of each class: [part, factor, class]."""
    count = int(cut.max()) + 1
    number = (cut + count * np.arange(len(cut))[:, None]).ravel()
    size = len(cut) * count
    return np.stack([np.bincount(number, np.tile(part, len(cut)), size).reshape(-1, count) for part in parts])


def _expected(held: Reals, within: Reals, squares: Reals) -> float:
    """Variance between classes that the spread within them makes one expect.

    held : weight of each class; within : weight times variance of each; squares : sum of squared weights of each
    """
    alone = squares / held**2  # 1 for a class of one world, whose spread the others' stands in for
    free = held - squares / held
    pooled = within.sum() / free.sum() if free.sum() > 0 else 0.0
    spread = np.divide(within, free, out=np.full_like(held, pooled), where=alone < 0.5)
    return float(np.sum(held * (1.0 - held) * spread * alone))


def chance_floor(cut: Wholes, effects: Reals, weight: Reals, luck: np.random.Generator) -> float:
    """What the largest share as counted exceeds in one of twenty permutations of effects and their weights."""
    if not len(cut):
        return 1.0
    orders = luck.permuted(np.tile(np.arange(effects.size), (PERMUTATIONS, 1)), axis=1).T
    share, centred, variance = _centred(effects, weight)
    if variance <= 0:
        return 1.0
    shuffled = np.hstack([share[orders], (share * centred)[orders]])
    largest = np.zeros(PERMUTATIONS)
    for row in cut:
        member = np.zeros((row.max() + 1, row.size))
        member[row, np.arange(row.size)] = 1.0
        held, total = np.hsplit(member @ shuffled, 2)
        found = np.divide(total**2, held, out=np.zeros_like(held), where=held > 0).sum(axis=0)
        largest = np.maximum(largest, found / variance)
    return float(np.quantile(largest, FLOOR, method="higher"))


def _matter(factor: Factor, effects: Reals, weight: Reals, share: float, clear: bool) -> Matter:
    values = factor.values
    below, above = (float(end) for end in weighted.quantiles(values, weight, (END, 1.0 - END)))
    if below >= above:  # few values: the two outermost stand for the ends
        below, above = float(values.min()), float(values.max())
    low, high = (weighted.mean(effects[end], weight[end]) for end in (values <= below, values >= above))
    return Matter(factor.key, share, clear, low, high, below, above)
