"""Forces of the two sides of a crisis, and the table cell that a planned strike fills."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.worlds import Reals, record


class Forces(NamedTuple):
    """What the two sides of a crisis have left; real numbers in planning, whole in simulation.

    ``side`` is 0 or 1: the pair's first and second side; ``place`` one of the
    soils of both (``crisis.soil``). Tables put more axes in front.
    """

    stock: Reals  # units of an arm [side, k]
    launch: Reals  # units that can be launched in one raid [side, k]
    interceptors: Reals  # of a layer [place, l]
    left: Reals  # what is left of the side's objective at the present rung, 0..1 [side]


def new_forces(arms: int, layers: int, soils: int, *axes: int) -> Forces:
    """Zeroed forces for so many arms, layers and soils a side, with the given leading axes."""
    return Forces(
        np.zeros((*axes, 2, arms)),
        np.zeros((*axes, 2, arms)),
        np.zeros((*axes, 2 * soils, layers)),
        np.ones((*axes, 2)),
    )


CELL = record(
    {
        "possible": "i8",  # 1: the mover can launch one whole unit
        "light": "i8",  # rung whose strike serves as a light reply; -1: none
        "gain": "f8",  # share of the mover's objective won by the full strike
        "deaths": "f8",  # deaths by it
        "toll": "f8",  # the same as they count for the other side: those of a host's people by its care for them
        "losses": "f8",  # crews of the mover lost
        "felt": "f8",  # toll as it enters the other's pressure
        "stopped": "f8",  # share of the threatening objects stopped, as it enters the other's calm
        "light_gain": "f8",  # the same for the light reply
        "light_deaths": "f8",
        "light_toll": "f8",
        "light_losses": "f8",
        "light_felt": "f8",
        "light_stopped": "f8",
        "left_own": "f8",  # what is left of the mover's objective before the strike
        "left_other": "f8",  # what is left of the other's objective
    }
)
"""One cell of a planning table: a strike of one side at one rung, as one observer expects it.

``toll`` and ``felt`` hold the same number; they are kept apart because they
enter two different places of the game (the price of a strike still to come,
and the anger over one just suffered), which the reasons of an effect tell
apart. Tables are CELL arrays [observer, first striker, mover, rung, own
strikes so far, the other's strikes so far].
"""
