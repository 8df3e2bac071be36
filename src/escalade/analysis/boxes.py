"""When it turns: the conditions, at most three, under which an effect has one sign nearly everywhere.

PRIM (``analysis.prim``) is greedy: given enough inputs it finds a box in anything. So a
box is held against chance in four ways, and one that chance makes as well is not shown.

- *chance*: how often worlds whose effects were dealt out anew give a box of the same
  quality (sequential permutation test; Besag and Clifford 1991);
- *limits*: the quasi-p-value of each, the chance that the box without it would show as
  many hits in its place (Bryant and Lempert 2010);
- *reproducibility*: how often a limit comes back in worlds drawn anew, and where;
- *density*: what the box promises of other worlds than those that it was made from, by
  the mean loss of boxes of drawn worlds when these are put to all worlds (Efron 1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escalade.analysis import prim
from escalade.analysis.factors import Factor
from escalade.analysis.prim import Box, Cases, End, measured
from escalade.analysis.sensitivity import between, class_count, classes
from escalade.ensemble.record import effective_sample_size
from escalade.worlds import Reals, Wholes

MOST_LIMITS = 3
"""Inputs that a box may limit."""

SCREENED = 8
"""Inputs that are peeled: those that lead in explaining where the hits lie."""

WORTHLESS = 0.05
"""Quasi-p-value from which a limit is dropped, and chance from which a box is."""

PERMUTATIONS, RESAMPLES = 59, 40
FIRM = 0.5
"""Share of resamples in which a limit has to come back to be firm; of others the box is freed if a firm one is left."""

FEWEST_BACK = 5
"""Resamples with a limit, from which on its span is told."""

FEWEST = 0.02
"""Share of the weight below which hits, or misses, are too few to look for a box."""


@dataclass(frozen=True)
class Limit:
    """One condition of a box: an input is at least ``low``, at most ``high``, or one of ``kept``.

    low, high : the end, in people's units; None where it is the other one, or alternatives
    kept : of alternatives those inside; empty where it is an end
    quasi_p : chance of as many hits without this condition
    again : share of resamples in which the same end of the same input is limited
    span : 5 and 95 % quantile of the end in these; None where it hardly comes back, and for alternatives
    """

    key: str
    low: float | None
    high: float | None
    kept: tuple[float, ...]
    quasi_p: float
    again: float
    span: tuple[float, float] | None


@dataclass(frozen=True)
class Found:
    """A box: its limits, the share of all weight in it, of its weight that are hits, of all hits that it holds.

    promised : density to be expected of other worlds; effective : effective number of worlds inside
    """

    limits: tuple[Limit, ...]
    mass: float
    density: float
    coverage: float
    promised: float
    effective: float


@dataclass(frozen=True)
class Search:
    """What came of a search for one sign.

    base : share of hits in all weight; box : the best box, None where there are too few hits, or chance does as well
    chance : share of permutations with a box as good; None where there was nothing to search
    """

    base: float
    box: Found | None
    chance: float | None


def search(factors: Sequence[Factor], hit: Reals, weight: Reals, luck: np.random.Generator) -> Search:
    """The box in which worlds with ``hit`` 1 (else 0) are dense, held against chance.

    ``hit`` and ``weight`` are [world]; ``luck`` shuffles and resamples.
    """
    base = float((hit * weight).sum() / weight.sum())
    if not factors or not FEWEST <= base <= 1 - FEWEST:
        return Search(base, None, None)
    values = np.array([factor.values for factor in factors])
    cases = Cases(values, tuple(factor.categorical for factor in factors), hit, weight)
    cut = _classes(factors, weight)
    box = best_box(cases, cut)
    if not box.columns:
        return Search(base, None, None)
    chance = _chance(cases, cut, measured(cases, box).quality, luck)
    if chance > WORTHLESS:
        return Search(base, None, chance)
    return Search(base, _tested(factors, cases, cut, box, luck), chance)


def _classes(factors: Sequence[Factor], weight: Reals) -> Wholes:
    count = class_count(effective_sample_size(weight))
    return np.array([classes(factor.values, weight, count, factor.categorical) for factor in factors])


def best_box(cases: Cases, cut: Wholes) -> Box:
    """The best box with at most three inputs limited, each of them for a reason.

    ``cut`` [column, world] are classes of the inputs, by which they are screened.
    """
    columns = leading(cut, cases.hit, cases.weight, SCREENED)
    box = prim.best(cases, prim.peel(cases, prim.ends(cases, columns)))
    while len(box.columns) > MOST_LIMITS:
        fewer = max((box.opened(k) for k in box.columns), key=lambda each: round(measured(cases, each).quality, 12))
        box = prim.best(cases, prim.peel(cases, fewer.ends))
    return _needed(cases, box.ends)


def leading(cut: Wholes, hit: Reals, weight: Reals, count: int) -> list[int]:
    """The columns that explain most of where the hits lie, each beyond what those before it explain.

    ``cut`` [column, world] holds classes. One after another the column is taken that
    explains most of what is left, and what its classes' means explain is taken off
    (a matching pursuit; Mallat and Zhang 1993).
    """
    rest = hit.astype(np.float64)
    chosen: list[int] = []
    for _ in range(min(count, len(cut))):
        share = np.round(between(cut, rest, weight), 12)
        share[chosen] = -1.0
        chosen.append(int(share.argmax()))
        row = cut[chosen[-1]]
        held, total = np.bincount(row, weight), np.bincount(row, weight * rest)
        rest = rest - np.divide(total, held, out=np.zeros_like(held), where=held > 0)[row]
    return sorted(chosen)


def _needed(cases: Cases, allowed: Sequence[End]) -> Box:
    """The box with these ends at most, without those that chance would make as well."""
    while allowed:
        box = prim.paste(cases, prim.best(cases, prim.peel(cases, allowed)))
        doubt = {end: quasi_p(cases, box, end) for end in box.ends}
        if max(doubt.values(), default=0.0) <= WORTHLESS:
            return box
        worst = max(doubt, key=lambda end: (round(doubt[end], 9), end))
        allowed = [end for end in box.ends if end != worst]
    return prim.EVERYTHING


def quasi_p(cases: Cases, box: Box, end: End) -> float:
    """Chance of as many hits in the box's place if one of its ends did not matter.

    The probability that, of as many worlds as the box holds, as many or more are
    hits, were each one with the density of the box without this end (Bryant and
    Lempert 2010). Worlds are counted as effective ones, hence by the beta function.
    """
    from scipy.special import betainc

    inside = box.inside(cases.values)
    count = effective_sample_size(cases.weight[inside])
    hits = measured(cases, box).density * count
    without = measured(cases, box.without(end)).density
    return 1.0 if hits <= 0 else float(betainc(hits, count - hits + 1.0, without))


def _chance(cases: Cases, cut: Wholes, quality: float, luck: np.random.Generator) -> float:
    """Share of permutations with a box as good; stops as soon as it is plain that there are too many."""
    better, enough = 0, int(WORTHLESS * (PERMUTATIONS + 1))
    for done in range(1, PERMUTATIONS + 1):
        order = luck.permutation(cases.hit.size)
        dealt = cases._replace(hit=cases.hit[order], weight=cases.weight[order])
        better += measured(dealt, best_box(dealt, cut)).quality >= quality - prim.ROUNDING
        if better >= enough:
            return better / done
    return (better + 1) / (PERMUTATIONS + 1)


def _tested(factors: Sequence[Factor], cases: Cases, cut: Wholes, box: Box, luck: np.random.Generator) -> Found:
    """The box with its limits in round numbers, and what worlds drawn anew make of it."""
    again: list[Box] = []
    lost = 0.0
    for _ in range(RESAMPLES):
        copies = np.bincount(luck.integers(cases.hit.size, size=cases.hit.size), minlength=cases.hit.size)
        drawn = cases._replace(weight=cases.weight * copies)
        again.append(best_box(drawn, cut))
        lost += measured(drawn, again[-1]).density - measured(cases, again[-1]).density
    box = rounded(cases, _firm(cases, box, again))
    found = measured(cases, box)
    return Found(
        tuple(_limit(factors, cases, box, end, again) for end in box.ends),
        *found,
        promised=float(np.clip(found.density - lost / RESAMPLES, 0.0, 1.0)),
        effective=effective_sample_size(cases.weight[box.inside(cases.values)]),
    )


def _firm(cases: Cases, box: Box, again: Sequence[Box]) -> Box:
    """The box without ends that seldom come back, if any other does often; as it is if none does, or all do."""
    firm = [end for end in box.ends if _back(box, end, again) >= FIRM]
    if not firm or len(firm) == len(box.ends):
        return box
    left = _needed(cases, firm)
    return left if left.columns else box


def _back(box: Box, end: End, again: Sequence[Box]) -> float:
    """Share of resamples in which the same end of the same input is limited."""
    if end.side == prim.AMONG:
        return sum(_left_out(each, end.column) == _left_out(box, end.column) for each in again) / len(again)
    return sum(end in each.ends for each in again) / len(again)


def _limit(factors: Sequence[Factor], cases: Cases, box: Box, end: End, again: Sequence[Box]) -> Limit:
    column, side = end
    low, high = (of.get(column) if side == at else None for of, at in ((box.low, prim.LOW), (box.high, prim.HIGH)))
    out = _left_out(box, column)
    kept = tuple(value for value in np.unique(cases.values[column]).tolist() if value not in out) if out else ()
    ends: list[float] = []
    if side != prim.AMONG:
        ends = [each.low[column] if side == prim.LOW else each.high[column] for each in again if end in each.ends]
    span = tuple(np.quantile(ends, (0.05, 0.95)).tolist()) if len(ends) >= FEWEST_BACK else None
    return Limit(factors[column].key, low, high, kept, quasi_p(cases, box, end), _back(box, end, again), span)


def _left_out(box: Box, column: int) -> set[float]:
    return {value for at, value in box.out if at == column}


def rounded(cases: Cases, box: Box) -> Box:
    """The box with every end at the roundest number that leaves all worlds where they are, or nearly.

    The number of least digits between the outermost world inside and the next one
    outside; where these are close to each other, two digits, and some worlds may
    change sides.
    """
    low = {column: _between(cases.values[column], end, -1) for column, end in box.low.items()}
    high = {column: _between(cases.values[column], end, 1) for column, end in box.high.items()}
    return Box(low, high, box.out)


def _between(values: Reals, end: float, outward: int) -> float:
    beyond = values[outward * values > outward * end]
    if not beyond.size:
        return end
    following = float(beyond.min() if outward > 0 else beyond.max())
    return roundest(min(end, following), max(end, following), including=end)


def roundest(low: float, high: float, including: float) -> float:
    """The number of fewest digits from ``low`` to ``high``, nearest to their middle; at most two digits.

    ``including`` is the end that may itself be the answer, the other may not. Where
    two digits do not suffice, the middle with two digits.
    """
    middle = (low + high) / 2
    for digits in (1, 2):
        number = significant(middle, digits)
        if low < number < high or number == including:
            return number
    return significant(middle, 2)


def significant(value: float, digits: int) -> float:
    """A number with so many significant digits."""
    return float(f"{value:.{digits - 1}e}")
