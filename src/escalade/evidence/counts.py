"""What predictions count, and the values of a reported quantity among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from escalade.evidence.episodes import Reported, What
from escalade.worlds import Reals

OF_WEAPONS = ("launched", "arrived", "threatening", "got_through", "hit_people", "intercepted")
"""Counts of weapons. ``arrived``: units that did not fail in flight; ``intercepted``: harmless objects included."""

SHARES: Mapping[What, tuple[str, str, bool]] = {
    "failed_of_launched": ("arrived", "launched", True),
    "intercepted_of_launched": ("intercepted", "launched", False),
    "stopped_of_arrived": ("got_through", "arrived", True),
    "stopped_of_threatening": ("got_through", "threatening", True),
}
"""Shares: numerator, denominator, and whether the share is what the fraction lacks to one."""


@dataclass(frozen=True)
class Counts:
    """Counts of many predictions of one episode, by day (or strike).

    weapons : by name of ``OF_WEAPONS`` [draw, day, weapon]
    used : interceptors [draw, day, layer]; deaths : [draw, day, side]
    names : of weapons, layers and sides, in the order of the last axes
    """

    weapons: Mapping[str, Reals]
    used: Reals
    deaths: Reals
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

    @classmethod
    def empty(
        cls, draws: int, days: int, *, weapons: tuple[str, ...], layers: tuple[str, ...], sides: tuple[str, ...]
    ) -> Counts:
        """All zero, for these names."""
        return cls(
            {name: np.zeros((draws, days, len(weapons))) for name in OF_WEAPONS},
            np.zeros((draws, days, len(layers))),
            np.zeros((draws, days, len(sides))),
            (weapons, layers, sides),
        )

    def values(self, reported: Reported) -> Reals:
        """Values of a reported quantity [draw]; a share of nothing is not a number.

        Raises ``ValueError`` if it is of something that is not counted.
        """
        if reported.what in SHARES:
            top, bottom, rest = SHARES[reported.what]
            share = self._share(top, bottom, reported)
            return 1.0 - share if rest else share
        if reported.what == "leakage_rose":
            before = reported.model_copy(update={"days": (1, (reported.days or (2, 2))[0] - 1)})
            return self._share("got_through", "arrived", reported) - self._share("got_through", "arrived", before)
        if reported.what == "used":
            return self._sum(self.used, 1, reported)
        if reported.what == "deaths":
            return self._sum(self.deaths, 2, reported)
        return self._sum(self.weapons[reported.what], 0, reported)

    def _share(self, top: str, bottom: str, reported: Reported) -> Reals:
        """One count of the named weapons as a share of another [draw]."""
        with np.errstate(invalid="ignore"):
            return self._sum(self.weapons[top], 0, reported) / self._sum(self.weapons[bottom], 0, reported)

    def _sum(self, counts: Reals, axis: int, reported: Reported) -> Reals:
        """Sum over the days and the named weapons, layers or sides [draw]."""
        places = [self.names[axis].index(name) for name in reported.of]
        first, last = reported.days or (1, counts.shape[1])
        return np.asarray(counts[:, first - 1 : last, places].sum(axis=(1, 2)))
