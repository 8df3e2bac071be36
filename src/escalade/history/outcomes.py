"""What is kept of a history: one row of numbers, and the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from escalade.crisis.play import BY_SIDE, COUNTS, Tally
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


def columns(sides: Sequence[str], arms: Mapping[str, Sequence[str]], layers: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of the columns of ``simulate``'s rows.

    sides : ids in the worlds' order; arms, layers : ids of each side's arms and layers, in the worlds' order
    """
    names = list(SINGLE) + [f"{name}.{side}" for side in sides for name in PER_SIDE]
    names += [f"fired.{side}.{arm}" for side in sides for arm in arms[side]]
    names += [f"interceptors.{side}.{layer}" for side in sides for layer in layers[side]]
    names += [f"stock_end.{side}.{arm}" for side in sides for arm in arms[side]]
    names += [f"interceptors_end.{side}.{layer}" for side in sides for layer in layers[side]]
    return names + [f"spending.{side}" for side in sides]


def kept(arms: Sequence[int], layers: Sequence[int], widest_arms: int, widest_layers: int) -> Wholes:
    """Positions of the named columns in a padded row, for sides with these numbers of arms and layers."""
    sides = len(arms)
    at = COUNTS + sides * BY_SIDE
    keep = list(range(at))
    for counts, widest in ((arms, widest_arms), (layers, widest_layers)) * 2:
        for side, count in enumerate(counts):
            keep += range(at + side * widest, at + side * widest + count)
        at += sides * widest
    return np.array(keep + list(range(at, at + sides)))


def row_width(sides: int, arms: int, layers: int) -> int:
    """Length of a padded row."""
    return COUNTS + sides * (BY_SIDE + 2 * arms + 2 * layers + 1)


@kernel_allocating
def write_row(tally: Tally, standing: Standing, works: Works, row: Reals) -> None:
    """A history's tally, final forces and spending as one padded row."""
    at = 0
    for block in (tally.counts, tally.by_side.ravel(), tally.fired.ravel(), tally.used.ravel(), standing.stock.ravel()):
        row[at : at + block.shape[0]] = block
        at += block.shape[0]
    row[at : at + standing.interceptors.size] = standing.interceptors.ravel()
    row[at + standing.interceptors.size :] = works.spending
