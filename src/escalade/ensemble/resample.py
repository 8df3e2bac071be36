"""Which candidate worlds get histories: systematic resampling by weight.

Histories are run for worlds drawn from the candidates in proportion to their
weights, and count equally afterwards. Position k of N lies at (k + u)/N along
the cumulated weights, in the order of the design, with one shared u: a world is
drawn the whole part of its expected number of times, or once more (Carpenter,
Clifford and Fearnhead 1999). With equal weights this thins the design evenly,
and ``ensemble.design`` orders worlds so that a thinned design is a good design.

The one random number has an address of its own, outside every world and every
history: world and place 2^32 - 1, history 0, slot 0.

A candidate that is drawn M times is run as M copies. Copy c takes the histories
``c, M + c, 2 M + c, ...``, so that copies never share luck and more histories
extend a run without repeating one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalade.errors import UsageError

NOWHERE = 0xFFFFFFFF
"""World and place of the address of the resampling's random number: no world and no place has it."""

COPY = np.dtype([("world", "i8"), ("copy", "i8"), ("multiplicity", "i8")])
"""One drawn world: candidate number, number of the copy (0 is the first), copies of that candidate."""


def position_shift(seed: int) -> float:
    """Shared offset u in (0, 1) of the resampling positions, from its own address."""
    from escalade.luck.philox import uniform

    return float(uniform(seed, NOWHERE, 0, NOWHERE, 0))


def multiplicities(weight: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.int64]:
    """How often each candidate world is drawn.

    Parameters
    ----------
    weight
        Weights >= 0 of the candidates in design order, not all zero; they need
        not sum to one.
    draws
        Number of worlds to draw, N >= 1.
    seed
        Seed of the run.

    Returns whole numbers [candidate] that sum to ``draws``, each within one of
    N times the candidate's share. Worlds without weight are never drawn.
    """
    if draws < 1:
        raise UsageError(f"at least one world must be drawn, not {draws}")
    if weight.size == 0 or not np.all(np.isfinite(weight)) or np.min(weight) < 0 or np.max(weight) <= 0:
        raise UsageError("weights of candidate worlds must be finite, not negative, and not all zero")
    cumulated = np.cumsum(weight)
    positions = (np.arange(draws) + position_shift(seed)) / draws * cumulated[-1]
    drawn = np.searchsorted(cumulated, positions, side="right")
    # Rounding may put the last position at the very end of the weights: it belongs to the last world that has any.
    drawn = np.minimum(drawn, np.flatnonzero(weight)[-1])
    return np.bincount(drawn, minlength=weight.size).astype(np.int64)


def copies(multiplicity: NDArray[np.int64]) -> NDArray[np.void]:
    """Drawn worlds one by one, as ``COPY`` records in design order."""
    out = np.empty(int(multiplicity.sum()), dtype=COPY)
    out["world"] = np.repeat(np.arange(multiplicity.size), multiplicity)
    out["multiplicity"] = multiplicity[out["world"]]
    out["copy"] = np.arange(out.size) - (np.cumsum(multiplicity) - multiplicity)[out["world"]]
    return out


def history_ids(copy: int, multiplicity: int, histories: int, start: int = 0) -> NDArray[np.int64]:
    """Ids of the histories number ``start`` to ``start + histories - 1`` of one copy of a world."""
    return np.arange(start, start + histories, dtype=np.int64) * multiplicity + copy
