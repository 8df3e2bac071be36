"""On what one number a claim hangs most: the input and the value that best part the sets in which it holds from others.

The best single cut of one input, by how much it lowers the weighted Gini impurity (Breiman and others 1984). It is told
only where it parts better than the best cut of shuffled sets does in 19 of 20 shuffles, so that chance is not
taken for a condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.worlds import Reals

SHUFFLES, CERTAIN = 100, 0.95
LEAST = 0.1
"""Share of the weight that either side of a cut has at least."""


@dataclass(frozen=True)
class Condition:
    """A cut of one input: a claim holds in ``above`` of the weight where it is above ``value``, else in ``below``."""

    key: str
    value: float
    above: float
    below: float


def condition(
    inputs: Mapping[str, Reals], holds: NDArray[np.bool_], weight: Reals, *, seed: int = 0
) -> Condition | None:
    """The best cut, or ``None`` if chance would do as well, or the claim holds everywhere or nowhere.

    inputs : values of each by key [world]; holds, weight : [world]
    """
    drawn = {key: values for key, values in inputs.items() if np.ptp(values) > 0}
    share = float(weight[holds].sum() / weight.sum())
    if not drawn or not 0.0 < share < 1.0:
        return None
    orders = {key: np.argsort(values, kind="stable") for key, values in drawn.items()}
    ends = {key: _ends(drawn[key][order]) for key, order in orders.items()}
    best = {key: _best(holds[order], weight[order], ends[key]) for key, order in orders.items()}
    key = max(best, key=lambda name: best[name][0])
    gain, place = best[key]
    luck = np.random.default_rng(seed)
    by_chance = []
    for _ in range(SHUFFLES):
        mixed = luck.permutation(holds.size)
        by_chance.append(max(_best(holds[mixed][o], weight[mixed][o], ends[k])[0] for k, o in orders.items()))
    if gain <= np.quantile(by_chance, CERTAIN):
        return None
    values, order = drawn[key], orders[key]
    value = float((values[order][place] + values[order][place + 1]) / 2)
    return Condition(key, value, _share(holds, weight, values > value), _share(holds, weight, values <= value))


def _ends(values: Reals) -> NDArray[np.bool_]:
    """Where a cut may be in sorted values: not between equal ones."""
    return np.asarray(values[:-1] < values[1:])


def _best(holds: NDArray[np.bool_], weight: Reals, ends: NDArray[np.bool_]) -> tuple[float, int]:
    """Largest fall of the impurity over all cuts of sorted sets, and the set after which it is."""
    total, held = np.cumsum(weight), np.cumsum(weight * holds)
    low, high = total[:-1], total[-1] - total[:-1]
    usable = ends & (low >= LEAST * total[-1]) & (high >= LEAST * total[-1])
    if not usable.any():
        return 0.0, 0
    # The fall of the impurity is the variance between the two sides, up to a factor and a constant.
    between = held[:-1] ** 2 / np.maximum(low, 1e-300) + (held[-1] - held[:-1]) ** 2 / np.maximum(high, 1e-300)
    gains = np.where(usable, between - held[-1] ** 2 / total[-1], -np.inf)
    place = int(np.argmax(gains))
    return float(gains[place]), place


def _share(holds: NDArray[np.bool_], weight: Reals, inside: NDArray[np.bool_]) -> float:
    return float(weight[holds & inside].sum() / weight[inside].sum())
