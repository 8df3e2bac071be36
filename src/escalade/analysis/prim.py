"""PRIM, the patient rule induction method: boxes of inputs in which cases of one kind are dense.

A box is made by *peeling*: again and again the twentieth of the weight at that end of
an input goes whose loss makes cases denser by most (per weight that is lost, so that
inputs with few values are not favoured: Kwakkel and Jaxa-Rozen 2016). It is finished by
*pasting*: an end moves out again as long as cases get no thinner. Of all boxes on the
way the one is taken whose *quality* is best, a mean of density and coverage in which
density counts twice (the F measure with beta 1/2; van Rijsbergen 1979).

Sources: Friedman and Fisher (1999); for scenarios of policy Bryant and Lempert (2010).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from escalade.worlds import Reals, Wholes

Flags: TypeAlias = NDArray[np.bool_]

PEELED = 0.05
"""Share of a box's weight that one peel takes, or one paste adds."""

LEAST_MASS = 0.05
"""Share of all weight below which no box is made."""

BETA = 0.5
ROUNDING = 1e-12


class Cases(NamedTuple):
    """Worlds as PRIM sees them.

    values : [column, world] of the inputs; categorical : [column], alternatives instead of more and less
    hit : [world], 1 for a case of the kind that is looked for, else 0; weight : [world], >= 0
    """

    values: Reals
    categorical: tuple[bool, ...]
    hit: Reals
    weight: Reals


LOW, AMONG, HIGH = -1, 0, 1
"""Sides of a column at which a box may end; among: of alternatives some are left out."""


class End(NamedTuple):
    """One end that a box may have: the column and its side."""

    column: int
    side: int


@dataclass(frozen=True)
class Box:
    """Limits on columns: ``low <= value <= high`` by column, and alternatives that are left out (column, value)."""

    low: dict[int, float]
    high: dict[int, float]
    out: frozenset[tuple[int, float]] = frozenset()

    @property
    def ends(self) -> tuple[End, ...]:
        """Ends that the box limits, by column."""
        lows, highs = ([End(column, side) for column in of] for of, side in ((self.low, LOW), (self.high, HIGH)))
        return tuple(sorted({*lows, *highs, *(End(column, AMONG) for column, _ in self.out)}))

    @property
    def columns(self) -> tuple[int, ...]:
        """Columns that the box limits, in order."""
        return tuple(sorted({end.column for end in self.ends}))

    def without(self, *ends: End) -> Box:
        """The box with some of its ends open."""
        low = {k: v for k, v in self.low.items() if End(k, LOW) not in ends}
        high = {k: v for k, v in self.high.items() if End(k, HIGH) not in ends}
        return Box(low, high, frozenset(pair for pair in self.out if End(pair[0], AMONG) not in ends))

    def opened(self, column: int) -> Box:
        """The box without any limit on one column."""
        return self.without(*(end for end in self.ends if end.column == column))

    def inside(self, values: Reals) -> Flags:
        """Which worlds lie in it [world]; ``values`` are [column, world]."""
        held = np.ones(values.shape[1], dtype=bool)
        for column, end in self.low.items():
            held &= values[column] >= end
        for column, end in self.high.items():
            held &= values[column] <= end
        for column, value in self.out:
            held &= values[column] != value
        return held


class Measured(NamedTuple):
    """What a box holds: its share of all weight, the share of hits inside, its share of all hits."""

    mass: float
    density: float
    coverage: float

    @property
    def quality(self) -> float:
        """The F measure of density and coverage, 0 to 1."""
        below = BETA**2 * self.density + self.coverage
        return (1.0 + BETA**2) * self.density * self.coverage / below if below > 0 else 0.0


EVERYTHING = Box({}, {})


def measured(cases: Cases, box: Box) -> Measured:
    """Mass, density and coverage of a box."""
    held = box.inside(cases.values)
    weight, hits = cases.weight[held].sum(), (cases.weight * cases.hit)[held].sum()
    every = (cases.weight * cases.hit).sum()
    return Measured(
        float(weight / cases.weight.sum()),
        float(hits / weight) if weight > 0 else 0.0,
        float(hits / every) if every > 0 else 0.0,
    )


class _Cut(NamedTuple):
    """One way to make a box smaller: its worth, at which end, and the value that is then the outermost, or goes."""

    worth: float
    end: End
    value: float


def ends(cases: Cases, columns: Sequence[int]) -> tuple[End, ...]:
    """Every end that a box may have on some columns."""
    return tuple(
        End(column, side)
        for column in sorted(columns)
        for side in ((AMONG,) if cases.categorical[column] else (LOW, HIGH))
    )


def peel(cases: Cases, allowed: Sequence[End]) -> list[Box]:
    """Boxes from everything down, each with one more twentieth peeled off at one of the ends; density always rises."""
    boxes = [EVERYTHING]
    inside = np.ones(cases.hit.size, dtype=bool)
    columns = sorted({end.column for end in allowed})
    sides = {side: [k for k, column in enumerate(columns) if (column, side) in allowed] for side in (LOW, AMONG, HIGH)}
    order = np.argsort(cases.values[columns], axis=1, kind="stable")
    least = LEAST_MASS * cases.weight.sum()
    while (cut := _best_peel(cases, columns, sides, order, least)) is not None:
        boxes.append(_smaller(boxes[-1], cut))
        inside &= _kept(cases.values[cut.end.column], cut)
        order = order[inside[order]].reshape(len(columns), -1)
    return boxes


def _kept(values: Reals, cut: _Cut) -> Flags:
    if cut.end.side == AMONG:
        return np.asarray(values != cut.value)
    return np.asarray(values >= cut.value if cut.end.side == LOW else values <= cut.value)


def _smaller(box: Box, cut: _Cut) -> Box:
    column, side = cut.end
    if side == AMONG:
        return Box(box.low, box.high, box.out | {(column, cut.value)})
    if side == LOW:
        return Box({**box.low, column: cut.value}, box.high, box.out)
    return Box(box.low, {**box.high, column: cut.value}, box.out)


def _best_peel(
    cases: Cases, columns: Sequence[int], sides: Mapping[int, Sequence[int]], order: Wholes, least: float
) -> _Cut | None:
    """The peel after which cases get denser by most per weight lost; None where no peel helps or too little is left."""
    if order.shape[1] < 2:
        return None
    weight, hits = cases.weight[order], (cases.weight * cases.hit)[order]
    values = np.take_along_axis(cases.values[list(columns)], order, axis=1)
    cuts: list[_Cut] = []
    for side in (LOW, HIGH):
        of = sides[side]
        found = _tails(values[of, ::-side], weight[of, ::-side], hits[of, ::-side], least)
        cuts += [_Cut(worth, End(columns[of[k]], side), edge) for k, worth, edge in found]
    for k in sides[AMONG]:
        cuts += _alternatives(values[k], weight[k], hits[k], columns[k], least)
    # Equal worth: the first column, its low end first, whatever the last digit of a sum.
    best = max(cuts, key=lambda cut: (round(cut.worth, 9), -cut.end.column, -cut.end.side, -cut.value), default=None)
    return best if best is not None and best.worth > ROUNDING else None


def _tails(values: Reals, weight: Reals, hits: Reals, least: float) -> list[tuple[int, float, float]]:
    """For each row the worth of peeling its first twentieth, and the first value that stays; rows are sorted."""
    if not len(values):
        return []
    rows, last = np.arange(len(values)), values.shape[1] - 1
    held, hit = np.cumsum(weight, axis=1), np.cumsum(hits, axis=1)
    whole, every = held[:, -1], hit[:, -1]
    reach = np.minimum((held < PEELED * whole[:, None] * (1 - ROUNDING)).sum(axis=1), last)
    edge = values[rows, reach]
    gone = (values == edge[:, None]).cumsum(axis=1).argmax(axis=1)  # where the last tie stands
    lost, left = held[rows, gone], whole - held[rows, gone]
    fine = (gone < last) & (left >= least * (1 - ROUNDING)) & (lost > 0) & (left > 0)
    stays = values[rows, np.minimum(gone + 1, last)]
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = ((every - hit[rows, gone]) / left - every / whole) / (lost / whole)
    return [(int(k), float(worth[k]), float(stays[k])) for k in rows[fine]]


def _alternatives(values: Reals, weight: Reals, hits: Reals, column: int, least: float) -> list[_Cut]:
    """The worth of leaving out each alternative that is still in."""
    cuts, whole, every = [], weight.sum(), hits.sum()
    for value in np.unique(values):
        gone = values == value
        lost, left = weight[gone].sum(), weight[~gone].sum()
        if lost > 0 and left > 0 and left >= least * (1 - ROUNDING):
            worth = (hits[~gone].sum() / left - every / whole) / (lost / whole)
            cuts.append(_Cut(float(worth), End(column, AMONG), float(value)))
    return cuts


def paste(cases: Cases, box: Box) -> Box:
    """The box with its ends moved out again, best first, as long as cases get no thinner."""
    now = measured(cases, box)
    while True:
        wider = [(measured(cases, each), each) for each in _wider(cases, box)]
        wider = [(found, each) for found, each in wider if found.density >= now.density - ROUNDING]
        if not wider:
            return box
        now, box = max(wider, key=lambda pair: (round(pair[0].density, 9), round(pair[0].mass, 9)))


def _wider(cases: Cases, box: Box) -> list[Box]:
    """The box with one end moved out by a twentieth of its weight, or one alternative taken in again."""
    held = box.inside(cases.values)
    more = PEELED * cases.weight[held].sum()
    made = []
    for end in box.ends:
        beyond = box.without(end).inside(cases.values) & ~held & (cases.weight > 0)
        values = cases.values[end.column]
        if end.side == AMONG:
            made += [
                Box(box.low, box.high, box.out - {(end.column, value)}) for value in np.unique(values[beyond]).tolist()
            ]
        elif beyond.any():
            limit = _reach(values[beyond], cases.weight[beyond], more, outward=end.side)
            made.append(_smaller(box, _Cut(0.0, end, limit)))
    return made


def _reach(values: Reals, weight: Reals, more: float, outward: int) -> float:
    """How far an end moves until it takes in ``more`` weight, or all there is."""
    order = np.argsort(outward * values, kind="stable")
    held = np.cumsum(weight[order])
    at = min(int((held < more * (1 - ROUNDING)).sum()), order.size - 1)
    return float(values[order[at]])


def best(cases: Cases, boxes: Sequence[Box]) -> Box:
    """The box of the highest quality; the larger one in a tie."""
    return max(boxes, key=lambda box: (round((found := measured(cases, box)).quality, 12), round(found.mass, 12)))
