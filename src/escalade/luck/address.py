"""One moment of one history, from which all its random numbers are drawn."""

from __future__ import annotations

from typing import NamedTuple

from escalade.jit import kernel
from escalade.luck.philox import uniform
from escalade.luck.streams import SOIL_YEARS, place


class Moment(NamedTuple):
    """Everything of an address but what is decided: see ``luck.streams``."""

    seed: int
    world: int
    history: int
    year: int
    pair: int
    crisis: int
    move: int


@kernel
def draw(moment: Moment, purpose: int, slot: int) -> float:
    """The uniform number in (0, 1) that decides ``purpose`` (see ``luck.streams``) at this moment."""
    at = place(moment.year, moment.pair, moment.crisis, moment.move, purpose)
    return uniform(moment.seed, moment.world, moment.history, at, slot)


@kernel
def on_soil(moment: Moment, soil: int) -> Moment:
    """The same moment on another soil of the side that is struck: there each raid has luck of its own.

    soil : 0 for the first, on which the moment itself is; its years lie beyond those of any period
    """
    year = moment.year + SOIL_YEARS * soil
    return Moment(moment.seed, moment.world, moment.history, year, moment.pair, moment.crisis, moment.move)


@kernel
def at_move(moment: Moment, move: int) -> Moment:
    """The same crisis at another move."""
    return Moment(moment.seed, moment.world, moment.history, moment.year, moment.pair, moment.crisis, move)
