"""Why a policy changes an outcome of the crisis: the effect divided among the five reasons and what is left.

The parts are Shapley values of the exact crises under all combinations of the
reasons (``crisis.reasons``), world by world: nothing is sampled, and they add
up to the whole. *Other* is what is left when all five are turned off: what the
policy changes besides protection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from escalade.analysis import weighted
from escalade.analysis.shapley import first_in, interactions, last_in, shapley
from escalade.analysis.values import CrisisWorlds
from escalade.analysis.weighted import Spread
from escalade.errors import EscaladeError
from escalade.quantities import Quantity
from escalade.worlds import Reals, Wholes

REASONS = ("denial", "impunity", "restraint", "survival", "delusion")
"""Bits of a combination's number, the lowest first, as in ``crisis.reasons``."""

OTHER = "other"
PARTS = (*REASONS, OTHER)


@dataclass(frozen=True)
class Combinations:
    """Exact crises of drawn worlds under a policy, its baseline, and every combination of the reasons.

    columns : names of the values; worlds : candidate numbers [n]; copies : how often each was drawn [n]
    combined : [n, combination, column]; baseline : [n, column]
    """

    columns: tuple[str, ...]
    worlds: Wholes
    copies: Wholes
    combined: Reals
    baseline: Reals


@dataclass(frozen=True)
class Part:
    """What one reason adds to the effect.

    mean : over the drawn worlds; worlds : its spread over them (None where no world has a value)
    first, last : what it adds alone, and last of all, on average; None for what is left over
    largest : share of the drawn worlds in which it is the largest part of all
    """

    mean: float
    worlds: Spread | None
    first: float | None
    last: float | None
    largest: float


@dataclass(frozen=True)
class Why:
    """The effect of a policy on one outcome of the crisis, by reasons.

    level : mean under the baseline; whole : mean effect over the drawn worlds; parts : by ``PARTS``, they add up to it
    together : what pairs of reasons add beyond what each adds apart; Shapley values halve it between the two
    none_largest : share of the drawn worlds in which no part is larger than the margin
    by_world : parts in each distinct drawn world [part, n]; NaN where a ratio has nothing to be a share of
    calibrated : whether the drawn worlds are weighted so that level and effect are those of all candidates
    """

    policy: str
    baseline: str
    outcome: Quantity
    level: float
    whole: float
    parts: Mapping[str, Part]
    together: Mapping[tuple[str, str], float]
    none_largest: float
    drawn: int
    by_world: Reals
    calibrated: bool = False


def explain(
    found: Combinations,
    quantity: Quantity,
    *,
    policy: str,
    baseline: str,
    margin: float = 0.0,
    weight: Reals | None = None,
) -> Why:
    """The effect of a policy on a quantity of the crisis, divided among its reasons.

    Of a ratio (restraint: restrained decisions of all decisions of a struck side)
    the means' ratio is divided, as everywhere; its worlds have a value where all
    combinations have one.

    margin : the smallest part that counts as a reason of a world, in the quantity's own unit
    weight : of each drawn world [n]; how often it was drawn by default
    Raises ``EscaladeError`` if the quantity does not exist per crisis.
    """
    combined, base = _values(found, quantity)
    calibrated = weight is not None
    weight = found.copies.astype(np.float64) if weight is None else weight
    game, level = np.array([each.mean(weight) for each in combined]), base.mean(weight)
    worlds, levels = np.stack([each.each() for each in combined]), base.each()
    by_world = np.vstack([shapley(worlds), worlds[:1] - levels])
    means = [*shapley(game).tolist(), float(game[0] - level)]
    alone = [*zip(first_in(game).tolist(), last_in(game).tolist(), strict=True), (None, None)]
    largest, none = _largest(by_world, weight, margin)
    parts = {
        name: Part(means[k], _spread(by_world[k], weight), *alone[k], float(largest[k])) for k, name in enumerate(PARTS)
    }
    beyond = interactions(game)
    pairs = {(REASONS[i], REASONS[j]): float(beyond[i, j]) for j in range(len(REASONS)) for i in range(j)}
    whole = float(game[-1] - level)
    return Why(
        policy, baseline, quantity, level, whole, parts, pairs, none, int(found.copies.sum()), by_world, calibrated
    )


def _values(found: Combinations, quantity: Quantity) -> tuple[list[CrisisWorlds], CrisisWorlds]:
    """The quantity in every world: by combination, and under the baseline."""
    measure = quantity.crisis
    if measure is None or not set(measure.columns) <= set(found.columns):
        raise EscaladeError(f"{quantity.name} is not computed per crisis: its reasons are not known")

    def total(values: Reals, names: Sequence[str]) -> Reals:
        return np.asarray(values[:, [found.columns.index(name) for name in names]].sum(axis=1))

    def value(values: Reals) -> CrisisWorlds:
        top = total(values, measure.numerator) - total(values, measure.less)
        return CrisisWorlds(top, total(values, measure.denominator) if measure.denominator else None)

    return [value(found.combined[:, number]) for number in range(found.combined.shape[1])], value(found.baseline)


def _spread(values: Reals, weight: Reals) -> Spread | None:
    there = ~np.isnan(values)
    return weighted.spread(values[there], weight[there]) if there.any() else None


def _largest(by_world: Reals, weight: Reals, margin: float) -> tuple[Reals, float]:
    """Share of the worlds in which each part is the largest [part], and in which none exceeds the margin."""
    size = np.nan_to_num(np.abs(by_world))
    clear = size.max(axis=0) > margin
    leader = size.argmax(axis=0)
    share = weight / weight.sum()
    shares = np.array([share[clear & (leader == k)].sum() for k in range(len(by_world))])
    return shares, float(share[~clear].sum())
