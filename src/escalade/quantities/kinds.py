"""What a quantity is: its measures on the two clocks, and the names that fill its pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Clock = Literal["crisis", "period"]
"""``crisis``: of one crisis, exact. ``period``: of the scenario's years, simulated."""

Unit = Literal["share", "count", "deaths", "stakes", "logits", "year", "dollars"]
"""What a value is counted in. Shares are probabilities, shown as so many of 100."""


@dataclass(frozen=True)
class Measure:
    """How a quantity is formed on one clock.

    ``numerator`` and ``denominator`` name the columns that are added up, ``less``
    those that are taken from the numerator; without a denominator the value is
    the plain sum. ``of`` says in words what the value is an average over.
    """

    numerator: tuple[str, ...]
    unit: Unit
    of: str
    denominator: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """The formula in the names of the stored columns."""
        top = " - ".join((" + ".join(self.numerator), *self.less))
        return f"({top}) / ({' + '.join(self.denominator)})" if self.denominator else top

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the formula reads."""
        return self.numerator + self.less + self.denominator


@dataclass(frozen=True)
class Quantity:
    """One number that may be shown. As an entry of ``REGISTRY`` its texts are patterns."""

    id: str
    name: str
    sentence: str
    group: str
    crisis: Measure | None = None
    period: Measure | None = None
    control: str | None = None

    def on(self, clock: Clock) -> Measure | None:
        """How the quantity is formed on a clock; ``None`` if it does not exist there."""
        return self.crisis if clock == "crisis" else self.period


@dataclass(frozen=True)
class Vocabulary:
    """The ids that a scenario puts into patterns, each with the name that people read, in the scenario's order.

    focus : the two sides whose crises the clock "per crisis" is about; all sides where it is empty
    hosted : which of them have hosts; pairs : all pairs, if there are several; fighting : sides that have crises,
    all where it is empty
    """

    sides: Mapping[str, str]
    rungs: Mapping[str, str]
    arms: Mapping[str, Mapping[str, str]]
    layers: Mapping[str, Mapping[str, str]]
    focus: tuple[str, ...] = ()
    hosted: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    fighting: tuple[str, ...] = ()
