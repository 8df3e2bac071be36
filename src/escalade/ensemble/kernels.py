"""The kernels that a run calls, behind plain functions of arrays.

Importing this module compiles nothing and loads nothing heavy; ``compiled``
imports the kernels. Both let other threads run while they work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.build import Names
from escalade.worlds import Worlds

Exact = Callable[[Worlds, Worlds, NDArray[np.int64]], NDArray[np.float64]]
Simulate = Callable[
    [Worlds, Worlds, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int, int], NDArray[np.float64]
]
ByReason = Callable[[Worlds, Worlds, NDArray[np.int64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Kernels:
    """What a run calls.

    ``exact(worlds, baseline, index)`` gives exact crises [row, column] with the
    names ``exact_columns``; ``simulate(worlds, baseline, index, candidate,
    history, years, seed)`` gives histories [row, column] named ``columns``;
    ``by_reason(worlds, baseline, index)`` gives exact crises under every combination
    of the reasons [row, combination, column], and a run does without where it is
    ``None``. All take worlds under a policy and under the baseline, and row numbers
    into them.
    """

    exact: Exact
    exact_columns: tuple[str, ...]
    simulate: Simulate
    columns: tuple[str, ...]
    by_reason: ByReason | None = None


def compiled(names: Names, pair: Sequence[str]) -> Kernels:
    """The real kernels for worlds with these names, whose crises are between the two sides of ``pair``."""
    from escalade.crisis import exact, reasons
    from escalade.history import outcomes
    from escalade.history.simulate import simulate

    arms, layers = [len(ids) for ids in names.arms], [len(ids) for ids in names.layers]

    def histories(worlds: Worlds, baseline: Worlds, *addresses: NDArray[np.int64] | int) -> NDArray[np.float64]:
        rows = simulate(worlds, baseline, *addresses)  # type: ignore[arg-type]  # as ``Simulate`` says
        keep = outcomes.kept(arms, layers, worlds.arms.shape[2], worlds.layers.shape[2])
        return np.asarray(rows[:, keep], dtype=np.float64)

    return Kernels(
        exact=exact.exact_crises,
        exact_columns=tuple(exact.quantities(list(pair), list(names.rungs))),
        simulate=histories,
        columns=kept_columns(names),
        by_reason=reasons.crises_by_reason,
    )


def kept_columns(names: Names) -> tuple[str, ...]:
    """Names of the outcomes that are kept of a history."""
    from escalade.history import outcomes

    arms = dict(zip(names.sides, names.arms, strict=True))
    layers = dict(zip(names.sides, names.layers, strict=True))
    return tuple(outcomes.columns(names.sides, arms, layers))


def made_again(
    names: Names, worlds: Worlds, baseline: Worlds, world: int, history: int, years: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One history once more: its outcomes, named ``Kernels.columns``, and its journal [event, field].

    world, history : its address, ``world`` being the row number in ``worlds`` and ``baseline`` too
    """
    from escalade.history import outcomes
    from escalade.history.simulate import replay

    row, journal = replay(worlds, baseline, world, world, history, years, seed)
    arms, layers = [len(ids) for ids in names.arms], [len(ids) for ids in names.layers]
    keep = outcomes.kept(arms, layers, worlds.arms.shape[2], worlds.layers.shape[2])
    return row[keep], journal
