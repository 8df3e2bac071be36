"""The exact raid of one class without harmless objects: fast, to 10,000 threats.

Given the night, layers meet one after the other and only the number of live objects matters, so that a layer's outage
mixes two distributions of one count, and nothing has to be remembered. The distribution is kept as lumps (with the
layer, without it), each of which is narrow.
"""

from __future__ import annotations

import numpy as np

from escalade.raid.arrivals import arriving, flying, threatening
from escalade.raid.passage import lumps, serve_last
from escalade.raid.tally import Tally
from escalade.raid.task import Task
from escalade.worlds import Reals


def start_one_class(task: Task, cut: float) -> Reals:
    """What the first layer meets: P(that many units, or threatening objects) [0 ..]."""
    return flying(task.threats[0], cut) if task.boosts else arriving(task.threats[0], cut)


def count_one_class(task: Task, start: Reals, kill: Reals, works: Reals, cut: float, tally: Tally) -> Reals:
    """Add one night to a tally. Returns P(that many threatening objects get through).

    start : from ``start_one_class``
    kill : probability that an engagement destroys, by layer and class of the raid [l, c]
    works : probability that the layer takes part, by layer of the raid [l]
    cut : smallest chance that is followed
    """
    c, live = task.classes[0], start
    for at, l in enumerate(task.layers):
        before, live = live, _pass(task, at, live, float(kill[l, c]), float(works[l]), cut, tally)
        tally.stopped[l] += _mean(before) - _mean(live)
        if at == task.boosts - 1:
            tally.units[c] += _mean(start) - _mean(live)
            live = threatening(task.threats[0][0], live, cut)
    tally.leakers[c][: live.size] += live
    return live


def _mean(chance: Reals) -> float:
    """Expected count. No ``@``: BLAS would wake its threads for a sum of some thousand products."""
    return float((chance * np.arange(chance.size)).sum())


def _pass(task: Task, at: int, live: Reals, kill: float, works: float, cut: float, tally: Tally) -> Reals:
    """What layer number ``at`` of the task leaves."""
    l, able = task.layers[at], task.able[at]
    after = (1.0 - works) * live
    tally.used[l][0] += 1.0 - works
    if works <= 0.0:
        return after
    for lump in lumps(live, able, cut):
        left = serve_last(lump, task.shield[at].looks, kill, cut)
        after[: left.live.shape[1]] += works * left.live[0]
        tally.used[l][able::-1] += works * left.able
        tally.used[l][able] += works * left.spent
        tally.refused[l] += works * left.spent
    return after
