"""What is kept of a history: one row of numbers, and the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from escalade.crisis.play import BY_PAIR, BY_SIDE, COUNTS, Tally
from escalade.jit import kernel_allocating
from escalade.rivalry.standing import Standing, Works
from escalade.worlds import Reals, Wholes

SINGLE = (
    "war",
    "wars",
    "war_year",
    "war_foreseen",
    "war_misjudged",
    "war_tremble",
    "war_accident",
    "highest_rung",
    "crises",
    "belief_gap",
    "any_strike",
)
"""Columns with one number a history, in the order of the tally."""
PER_SIDE = (
    "war_by",
    "first_strike",
    "yield",
    "conceded",
    "struck",
    "restrained",
    "restraint_bought",
    "deaths",
    "soldiers",
    "strikes",
    "cost",
)
"""Columns with one number a side, in the order of the tally."""


PER_PAIR = ("crises_between", "war_between")
"""Columns with one number a pair, in the order of the tally; only where there are several pairs."""


def columns(
    sides: Sequence[str],
    arms: Mapping[str, Sequence[str]],
    layers: Mapping[str, Sequence[str]],
    pairs: Sequence[str] = (),
) -> list[str]:
    """Names of the columns of ``simulate``'s rows.

    sides : ids in the worlds' order; arms, layers : ids of each side's arms and layers, in the worlds' order
    pairs : ids of the pairs, if there are several
    """
    names = list(SINGLE) + [f"{name}.{side}" for side in sides for name in PER_SIDE]
    names += [f"fired.{side}.{arm}" for side in sides for arm in arms[side]]
    names += [f"interceptors.{side}.{layer}" for side in sides for layer in layers[side]]
    names += [f"stock_end.{side}.{arm}" for side in sides for arm in arms[side]]
    names += [f"interceptors_end.{side}.{layer}" for side in sides for layer in layers[side]]
    names += [f"spending.{side}" for side in sides]
    return names + [f"{name}.{pair}" for pair in pairs for name in PER_PAIR]


def kept(arms: Sequence[int], layers: Sequence[int], widest_arms: int, widest_layers: int, pairs: int = 0) -> Wholes:
    """Positions of the named columns in a padded row, for sides with these numbers of arms and layers.

    pairs : number of pairs that have columns of their own; 0 where there is one pair only
    """
    sides = len(arms)
    at = COUNTS + sides * BY_SIDE
    keep = list(range(at))
    for counts, widest in ((arms, widest_arms), (layers, widest_layers)) * 2:
        for side, count in enumerate(counts):
            keep += range(at + side * widest, at + side * widest + count)
        at += sides * widest
    keep += range(at, at + sides + pairs * BY_PAIR)
    return np.array(keep)


def row_width(sides: int, arms: int, layers: int, pairs: int) -> int:
    """Length of a padded row."""
    return COUNTS + sides * (BY_SIDE + 2 * arms + 2 * layers + 1) + pairs * BY_PAIR


@kernel_allocating
def write_row(tally: Tally, standing: Standing, works: Works, row: Reals) -> None:
    """A history's tally, final forces and spending as one padded row."""
    at = 0
    for block in (
        tally.counts,
        tally.by_side.ravel(),
        tally.fired.ravel(),
        tally.used.ravel(),
        standing.stock.ravel(),
        standing.interceptors.ravel(),
        works.spending,
        tally.by_pair.ravel(),
    ):
        row[at : at + block.shape[0]] = block
        at += block.shape[0]
