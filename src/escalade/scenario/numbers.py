"""Numbers of a scenario: certain, uncertain, or drawn from another number.

A *distribution* is one of ``Fixed``, ``Pert``, ``Uniform`` and ``OneOf``. ``Times`` and ``Plus`` change a number that
is drawn elsewhere: that is how a policy doubles a stock that nobody knows. A ``Number`` is a distribution, or such a
change, with the reason that the scenario gives for it.

Every number that is drawn has a *key*: the name of the input that it is. ``Number.draw`` looks its keys up in the draws
of all inputs, so that policies share what they do not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DEFAULT_REASON = "default of the package"
"""The assumption behind a number that the scenario leaves out."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A certain number."""

    value: float

    @property
    def low(self) -> float:
        """Lowest possible value."""
        return self.value

    @property
    def mode(self) -> float:
        """The value."""
        return self.value

    @property
    def high(self) -> float:
        """Highest possible value."""
        return self.value

    def quantile(self, u: Floats) -> Floats:
        """The value, once per element of ``u``."""
        return np.full(np.shape(u), self.value)


@dataclass(frozen=True, slots=True)
class Pert:
    """PERT distribution: a beta distribution between hard limits, with its most likely value at ``mode``.

    ``low <= mode <= high`` and ``low < high``. The shape parameters are ``1 + 4 (mode - low) / (high - low)`` and
    ``1 + 4 (high - mode) / (high - low)`` (Malcolm et al. 1959; Vose 2008, p. 405), so the mean is
    ``(low + 4 mode + high) / 6``.
    """

    low: float
    mode: float
    high: float

    @property
    def shape(self) -> tuple[float, float]:
        """The two shape parameters of the beta distribution, each between 1 and 5."""
        width = self.high - self.low
        return 1 + 4 * (self.mode - self.low) / width, 1 + 4 * (self.high - self.mode) / width

    def quantile(self, u: Floats) -> Floats:
        """Values below which the shares ``u`` (0 to 1) of the distribution lie."""
        from scipy.special import betaincinv

        shares: Floats = betaincinv(*self.shape, u)
        return np.clip(self.low + (self.high - self.low) * shares, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Any value between two limits, all equally likely."""

    low: float
    high: float

    @property
    def mode(self) -> float:
        """The middle, as no value is more likely than another."""
        return (self.low + self.high) / 2

    def quantile(self, u: Floats) -> Floats:
        """Values below which the shares ``u`` (0 to 1) of the distribution lie."""
        return np.clip(self.low + (self.high - self.low) * np.asarray(u), self.low, self.high)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a list of alternatives, all equally likely."""

    values: tuple[float, ...]

    @property
    def low(self) -> float:
        """Smallest alternative."""
        return min(self.values)

    @property
    def mode(self) -> float:
        """The first alternative: the one that the scenario names first is its central case."""
        return self.values[0]

    @property
    def high(self) -> float:
        """Largest alternative."""
        return max(self.values)

    def quantile(self, u: Floats) -> Floats:
        """The alternative that each of ``u`` (0 to 1) falls on, in the order of the list."""
        count = len(self.values)
        chosen = np.minimum((np.asarray(u) * count).astype(np.int64), count - 1)
        return np.asarray(self.values, dtype=np.float64)[chosen]


@dataclass(frozen=True, slots=True)
class Times:
    """A number multiplied by another."""

    base: Number
    factor: Number

    @property
    def low(self) -> float:
        """Lowest possible product."""
        return min(self._corners())

    @property
    def mode(self) -> float:
        """Product of the most likely values."""
        return self.base.mode * self.factor.mode

    @property
    def high(self) -> float:
        """Highest possible product."""
        return max(self._corners())

    def _corners(self) -> tuple[float, ...]:
        ends = (self.factor.low, self.factor.high)
        return tuple(a * b for a in (self.base.low, self.base.high) for b in ends)


@dataclass(frozen=True, slots=True)
class Plus:
    """A number with another added to it."""

    base: Number
    term: Number

    @property
    def low(self) -> float:
        """Lowest possible sum."""
        return self.base.low + self.term.low

    @property
    def mode(self) -> float:
        """Sum of the most likely values."""
        return self.base.mode + self.term.mode

    @property
    def high(self) -> float:
        """Highest possible sum."""
        return self.base.high + self.term.high


Distribution = Fixed | Pert | Uniform | OneOf


def between(low: float, mode: float, high: float) -> Fixed | Pert:
    """The PERT distribution of a range, or the fixed number where its ends meet."""
    return Fixed(mode) if low == high else Pert(low, mode, high)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a scenario and the reason given for it.

    At most one of ``source`` (published) and ``assumption`` (judged) is given; neither means that the scenario gives
    no reason, which counts as an assumption. ``fact`` is the id in the library of facts that the number was taken
    from. Numbers with the same words in ``together`` are drawn by the same uniform number, each from its own range.
    ``rivals`` is the id of the figures that speak of this very number and may stand in for it (``facts_from``);
    ``written`` is the number as the scenario gives it, where they do. ``key`` names the input that the number is; it
    is set when a scenario is loaded.
    """

    spec: Distribution | Times | Plus
    source: str | None = None
    assumption: str | None = None
    url: str | None = None
    note: str | None = None
    fact: str | None = None
    together: str | None = None
    rivals: str | None = None
    written: Number | None = None
    key: str = field(default="", compare=False)

    @property
    def low(self) -> float:
        """Lowest possible value."""
        return self.spec.low

    @property
    def mode(self) -> float:
        """Most likely value."""
        return self.spec.mode

    @property
    def high(self) -> float:
        """Highest possible value."""
        return self.spec.high

    @property
    def is_default(self) -> bool:
        """Whether the scenario leaves the number out and the package's own value stands in."""
        return self.assumption == DEFAULT_REASON

    def leaves(self) -> Iterator[Number]:
        """The numbers that are drawn: the number itself, or those that a product or sum is made of."""
        match self.spec:
            case Times(base, other) | Plus(base, other):
                yield from base.leaves()
                yield from other.leaves()
            case _:
                yield self

    def draw(self, draws: Mapping[str, Floats]) -> Floats:
        """Values of the number, given the draws of every input by key (all of one shape).

        Raises KeyError if an input that the number is made of has no draws.
        """
        match self.spec:
            case Times(base, factor):
                return base.draw(draws) * factor.draw(draws)
            case Plus(base, term):
                return base.draw(draws) + term.draw(draws)
            case _:
                return draws[self.key]


def default(value: float | tuple[float, float, float]) -> Number:
    """The number that stands in where a scenario leaves one out: a value, or low, mode and high."""
    spec = between(*map(float, value)) if isinstance(value, tuple) else Fixed(float(value))
    return Number(spec, assumption=DEFAULT_REASON)


def with_reason_of(number: Number, whole: Number) -> Number:
    """``number`` with the reason of the number it is part of, as far as it has none of its own."""
    match number.spec:
        case Times(base, factor):
            return replace(number, spec=Times(base, with_reason_of(factor, whole)))
        case Plus(base, term):
            return replace(number, spec=Plus(base, with_reason_of(term, whole)))
    unexplained = not (number.source or number.assumption)
    return replace(
        number,
        source=whole.source if unexplained else number.source,
        assumption=whole.assumption if unexplained else number.assumption,
        url=number.url or whole.url,
        note=number.note or whole.note,
        together=number.together or whole.together,
    )
