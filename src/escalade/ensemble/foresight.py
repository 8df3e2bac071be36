"""Histories of leaders who look ahead, and histories without wear: what is prepared for worlds before their years.

Both need the expected path of the worlds at hand, which is computed once for
all histories of a world and not once for each.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from escalade.worlds import Worlds

Wholes = NDArray[np.int64]
Histories = Callable[[Worlds, Worlds, Wholes, Wholes, Wholes, int, int], NDArray[np.float64]]


class Foresight:
    """Worlds in which each year is weighed against those to come; remembers those that it has weighed."""

    def __init__(self) -> None:
        # The worlds are kept beside the answer, so that their identity cannot be given to others.
        self._known: dict[tuple[int, bytes], tuple[Worlds, Worlds]] = {}

    def weighed(self, worlds: Worlds, index: Wholes) -> Worlds:
        """The worlds with their windows, for the chosen ones; themselves where nobody looks ahead."""
        if not (worlds.sides["horizon"][index] > 0).any():
            return worlds
        from escalade.rivalry.windows import with_windows

        few = np.unique(index)
        key = id(worlds), few.tobytes()
        if key not in self._known:
            self._known[key] = worlds, with_windows(worlds, few)
        return self._known[key][1]


def with_foresight(histories: Histories) -> Histories:
    """The same histories, of leaders who look ahead where the worlds say so."""
    foresight = Foresight()

    def run(
        worlds: Worlds, baseline: Worlds, index: Wholes, candidate: Wholes, history: Wholes, years: int, seed: int
    ) -> NDArray[np.float64]:
        return histories(foresight.weighed(worlds, index), baseline, index, candidate, history, years, seed)

    return run


def without_wear(
    worlds: Worlds, baseline: Worlds, index: Wholes, candidate: Wholes, history: Wholes, years: int, seed: int
) -> NDArray[np.float64]:
    """Padded rows of histories in which every crisis begins from the expected path's forces and beliefs of its year."""
    from escalade.crisis.exact import with_protection_of
    from escalade.history.simulate import simulate
    from escalade.rivalry.path import expected_paths

    few, at = np.unique(index, return_inverse=True)
    here, calm = (Worlds._make(part[few] for part in each) for each in (worlds, baseline))
    everyone = np.arange(few.size)
    fresh = expected_paths(here, with_protection_of(here, calm), everyone, years)
    return simulate(here, calm, at, candidate, history, years, seed, fresh)
