"""The kernels that a run calls, behind plain functions of arrays.

Importing this module compiles nothing and loads nothing heavy; ``compiled``
imports the kernels. Both let other threads run while they work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.build import Names
from escalade.ensemble.foresight import Foresight, with_foresight, without_wear
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
    ``None``; ``unworn`` is ``simulate`` with every crisis begun from the expected path of
    its year, or ``None``. All take worlds under a policy and under the baseline, and row numbers
    into them.
    """

    exact: Exact
    exact_columns: tuple[str, ...]
    simulate: Simulate
    columns: tuple[str, ...]
    by_reason: ByReason | None = None
    unworn: Simulate | None = None


def compiled(names: Names) -> Kernels:
    """The real kernels for worlds with these names; crises are those of the pair in focus, histories have all."""
    from escalade.crisis import exact, reasons
    from escalade.history.simulate import simulate

    def kept(histories: Simulate) -> Simulate:
        def run(worlds: Worlds, baseline: Worlds, *addresses: NDArray[np.int64] | int) -> NDArray[np.float64]:
            rows = histories(worlds, baseline, *addresses)  # type: ignore[arg-type]  # as ``Simulate`` says
            return np.asarray(rows[:, _kept(names, worlds)], dtype=np.float64)

        return with_foresight(run)

    return Kernels(
        exact=partial(exact.exact_crises, pair=names.focus),
        exact_columns=crisis_columns(names),
        simulate=kept(simulate),
        columns=kept_columns(names),
        by_reason=partial(reasons.crises_by_reason, pair=names.focus),
        unworn=kept(without_wear),
    )


def crisis_columns(names: Names, rungs: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of the exact crises of the pair in focus; ``rungs`` : ids of another ladder than the scenario's."""
    from escalade.crisis import exact

    return tuple(exact.quantities(list(names.matches[names.focus]), list(rungs or names.rungs), names.hosted))


def _kept(names: Names, worlds: Worlds) -> NDArray[np.int64]:
    """Positions in a padded row of the outcomes that are kept of a history."""
    from escalade.history import outcomes

    arms, layers = [len(ids) for ids in names.arms], [len(ids) for ids in names.layers]
    pairs = len(names.pairs) if len(names.pairs) > 1 else 0
    return outcomes.kept(arms, layers, worlds.arms.shape[2], worlds.layers.shape[2], pairs)


def kept_columns(names: Names) -> tuple[str, ...]:
    """Names of the outcomes that are kept of a history."""
    from escalade.history import outcomes

    arms = dict(zip(names.sides, names.arms, strict=True))
    layers = dict(zip(names.sides, names.layers, strict=True))
    pairs = names.pairs if len(names.pairs) > 1 else ()
    return tuple(outcomes.columns(names.sides, arms, layers, pairs))


def made_again(
    names: Names, worlds: Worlds, baseline: Worlds, world: int, history: int, years: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One history once more: its outcomes, named ``Kernels.columns``, and its journal [event, field].

    world, history : its address, ``world`` being the row number in ``worlds`` and ``baseline`` too
    """
    from escalade.history.simulate import replay

    weighed = Foresight().weighed(worlds, np.array([world]))
    row, journal = replay(weighed, baseline, world, world, history, years, seed)
    return row[_kept(names, worlds)], journal
