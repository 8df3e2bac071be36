"""How far an answer hangs on priors: the solved worlds weighed otherwise, and nothing solved anew.

Three questions are asked of the shares of worlds with more, with less and with neither:

- every range at *half width*, around its most likely value: each world counts as much more or less as its value is
  more or less likely under the narrower range (importance weights; Hesterberg 1995);
- the *record* of past crises left out, all of it or one part;
- the smallest *tilt* of one input that changes what prevails: weights times ``exp(t x)``, of all that move the mean
  of the input as far the ones nearest to the weights as they are (Csiszar 1975). Its size is how far it moves that
  mean, in standard deviations of the input.

Beside each stands the effective number of worlds that are left: few worlds carry few answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis import weighted
from escalade.analysis.compare import WorldShares, world_shares
from escalade.analysis.factors import Factor
from escalade.analysis.reweigh import FEWEST_EFFECTIVE
from escalade.analysis.verdict import Verdict, by_worlds
from escalade.ensemble.record import effective_sample_size, log_weights, weights
from escalade.scenario.numbers import Pert, Uniform
from escalade.worlds import Reals

if TYPE_CHECKING:
    from escalade.scenario import Scenario

STEP, STEPS = 0.05, 60
"""Tilts that are tried: so many, so far apart, in either direction."""

BISECTIONS = 30
LARGEST = 2.0
"""Standard deviations of an input beyond which a shift of its mean is no tilt."""


@dataclass(frozen=True)
class Weighing:
    """The worlds weighed in one way.

    kind : "base" (as the run does), "half" (one range), "half clear" (those that matter), "half all", "record off"
        or "record part"
    key : the input, or the position of the record's part
    shares : of worlds with more, less and neither; effective : effective number of worlds
    """

    kind: str
    key: str
    shares: WorldShares
    effective: float

    @property
    def enough(self) -> bool:
        """Whether an answer can rest on so few worlds."""
        return self.effective >= FEWEST_EFFECTIVE

    @property
    def verdict(self) -> Verdict:
        """What the shares say, by the headline's own rule."""
        return by_worlds(self.shares)


@dataclass(frozen=True)
class Tilt:
    """The smallest tilt of one input after which another of more, less and neither prevails.

    shift : how far it moves the mean of the input, in the input's standard deviations; below 0: down
    before, after : mean of the input, in people's units; to : what prevails then
    """

    key: str
    shift: float
    before: float
    after: float
    to: str
    effective: float


@dataclass(frozen=True)
class Priors:
    """What other weights make of the answer; ``tilts`` smallest first."""

    base: Weighing
    weighings: tuple[Weighing, ...]
    tilts: tuple[Tilt, ...]

    def of(self, *kinds: str) -> tuple[Weighing, ...]:
        """Weighings of some kinds, in order."""
        return tuple(each for each in self.weighings if each.kind in kinds)


@dataclass(frozen=True)
class Judged:
    """Worlds whose effects are known, and what lets them be weighed otherwise.

    effects, weight : [world]; margin : an effect within it counts as neither
    drawn : [world] by key of an input, before rounding
    exact : policy -> column -> [world], crises of the record (first year's forces)
    """

    effects: Reals
    weight: Reals
    margin: float
    drawn: Mapping[str, Reals]
    exact: Mapping[str, Mapping[str, Reals]]

    def weighed(self, kind: str, weight: Reals, key: str = "") -> Weighing:
        """The shares under other weights."""
        return Weighing(kind, key, world_shares(self.effects, weight, self.margin), effective_sample_size(weight))


def priors(scenario: Scenario, factors: Sequence[Factor], judged: Judged, clear: Sequence[str]) -> Priors:
    """What other weights make of the answer; ``clear`` are the keys of the inputs that matter."""
    base = judged.weighed("base", judged.weight)
    found = [*_halved(factors, judged, clear), *_without_record(scenario, judged)]
    tilts = (tilt(factor, judged) for factor in factors if not factor.categorical)
    ranked = sorted((each for each in tilts if each is not None), key=lambda each: (abs(each.shift), each.key))
    return Priors(base, tuple(found), tuple(ranked))


def _halved(factors: Sequence[Factor], judged: Judged, clear: Sequence[str]) -> list[Weighing]:
    """Every range at half width in turn, those that matter together, and all together."""
    ranges = [factor for factor in factors if isinstance(factor.input.spec, Pert | Uniform)]
    likely = {factor.key: half_width(factor.input.spec, judged.drawn[factor.key]) for factor in ranges}
    found = [_if_any("half", judged, likely[factor.key], factor.key) for factor in ranges]
    matter = [each for key, each in likely.items() if key in clear]
    if len(matter) > 1:
        found.append(_if_any("half clear", judged, np.prod(matter, axis=0)))
    if len(ranges) > 1:
        found.append(_if_any("half all", judged, _product(list(likely.values()))))
    return [each for each in found if each is not None]


def _product(ratios: Sequence[Reals]) -> Reals:
    """Product of ratios up to a common factor; nothing overflows."""
    with np.errstate(divide="ignore"):
        logs = np.sum([np.log(ratio) for ratio in ratios], axis=0)
    return np.exp(logs - logs.max()) if np.isfinite(logs.max()) else np.zeros(logs.size)


def _if_any(kind: str, judged: Judged, ratio: Reals, key: str = "") -> Weighing | None:
    """The weighing by a ratio, if any world is left."""
    weight = judged.weight * ratio
    return judged.weighed(kind, weight, key) if weight.sum() > 0 else None


def half_width(spec: object, values: Reals) -> Reals:
    """How much more likely each value is in the range of half the width than in the whole one [world], >= 0.

    A PERT distribution of half the width has the same shape and the same most likely value; an even one keeps its
    middle. Anything else has no width: one everywhere.
    """
    if isinstance(spec, Uniform):
        return np.where(np.abs(values - spec.mode) <= (spec.high - spec.low) / 4, 2.0, 0.0)
    if not isinstance(spec, Pert):
        return np.ones_like(values)
    width, low = spec.high - spec.low, (spec.low + spec.mode) / 2
    place, inner = (values - spec.low) / width, (values - low) / (width / 2)
    left, right = (shape - 1.0 for shape in spec.shape)
    inside = (inner >= 0) & (inner <= 1)
    ratio = np.full_like(values, 2.0)
    for power, one, other in ((left, inner, place), (right, 1.0 - inner, 1.0 - place)):
        if power > 0:
            ratio *= np.divide(one, other, out=np.zeros_like(values), where=inside & (other > 0)) ** power
    return np.where(inside, ratio, 0.0)


def _without_record(scenario: Scenario, judged: Judged) -> list[Weighing]:
    """The record left out, and each of its parts if it has more than one."""
    if scenario.record is None:
        return []
    found = [judged.weighed("record off", np.ones_like(judged.weight))]
    every = range(len(scenario.record.crises))
    for left_out in every if len(every) > 1 else ():
        rest = [position for position in every if position != left_out]
        weight = weights(log_weights(scenario, judged.exact, entries=rest))
        found.append(judged.weighed("record part", weight, str(left_out)))
    return found


def tilt(factor: Factor, judged: Judged) -> Tilt | None:
    """The smallest tilt of a factor that changes what prevails; None where none of two standard deviations does."""
    values, weight = factor.values, judged.weight
    mean = weighted.mean(values, weight)
    deviation = float(np.sqrt(weighted.mean((values - mean) ** 2, weight)))
    if deviation <= 0:
        return None
    scores = (values - mean) / deviation
    tilts = _Tilts(scores, judged)
    found = [moved for towards in (-1.0, 1.0) if (moved := tilts.smallest(towards)) is not None]
    if not found:
        return None
    strength = min(found, key=lambda each: (abs(tilts.shift(each)), each))
    shift, tilted = tilts.shift(strength), tilts.weight(strength)
    return Tilt(
        factor.key, shift, mean, mean + shift * deviation, tilts.prevails(strength), effective_sample_size(tilted)
    )


@dataclass(frozen=True)
class _Tilts:
    """Tilts of one input by its standard scores [world]."""

    scores: Reals
    judged: Judged

    def weight(self, strength: float) -> Reals:
        """Tilted weights, of largest exponent zero."""
        exponents = strength * self.scores
        return np.asarray(self.judged.weight * np.exp(exponents - exponents.max()))

    def shift(self, strength: float) -> float:
        """How far the tilt moves the mean, in standard deviations."""
        return weighted.mean(self.scores, self.weight(strength))

    def prevails(self, strength: float) -> str:
        """The largest of the three shares."""
        return prevailing(self.judged.weighed("", self.weight(strength)).shares)

    def smallest(self, towards: float) -> float | None:
        """The smallest strength in a direction that changes what prevails, among those that leave enough worlds."""
        now = self.prevails(0.0)
        fewest = min(FEWEST_EFFECTIVE, effective_sample_size(self.judged.weight) / 2)
        before = 0.0
        for step in range(1, STEPS + 1):
            strength = towards * STEP * step
            if abs(self.shift(strength)) > LARGEST or effective_sample_size(self.weight(strength)) < fewest:
                return None
            if self.prevails(strength) != now:
                return self._bisected(before, strength, now)
            before = strength
        return None

    def _bisected(self, before: float, after: float, now: str) -> float:
        for _ in range(BISECTIONS):
            middle = (before + after) / 2
            before, after = (before, middle) if self.prevails(middle) != now else (middle, after)
        return after


def prevailing(shares: WorldShares) -> str:
    """Which of "more", "less" and "neither" holds the largest share; in a tie that order decides."""
    named = {"more": shares.raises, "less": shares.lowers, "neither": shares.neither}
    return max(named, key=lambda name: round(named[name], 12))
