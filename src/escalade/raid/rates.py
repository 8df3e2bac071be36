"""What an interception rate means: the same interceptions as a share of four different totals.

Everything launched either fails on the way, is left alone because it threatens nothing, threatens and is not engaged,
is engaged and missed, or is intercepted. With these five numbers

    launched    = failed + left alone + not engaged + missed + intercepted
    arrived     = launched - failed
    threatening = arrived - left alone
    engaged     = threatening - not engaged
    got through = threatening - intercepted = not engaged + missed

a rate is ``intercepted`` over one of the four totals, and of launched <= of arrived <= of threatening <= of engaged,
because each total holds the next one. The first three steps are the three losses of a raid, each with its own
denominator; failing and being left alone are no merit of the shield.

Arithmetic is exact (``fractions.Fraction``); ``Tally.whole`` rounds to whole numbers that still add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Literal, get_args

from escalade.errors import UsageError
from escalade.quantities import listed

Total = Literal["launched", "arrived", "threatening", "engaged"]
"""What a rate can be a share of, widest first."""

TOTALS: tuple[Total, ...] = get_args(Total)

THOSE = {
    "launched": "those launched",
    "arrived": "those that arrived",
    "threatening": "those that threatened",
    "engaged": "those engaged",
}
"""The totals in words."""

ZERO = Fraction(0)


@dataclass(frozen=True)
class Amount:
    """A number of weapons, or a share of those launched (0 to 1)."""

    value: Fraction
    is_share: bool

    def of(self, launched: Fraction) -> Fraction:
        """The number of weapons that it stands for."""
        return self.value * launched if self.is_share else self.value


@dataclass(frozen=True)
class Tally:
    """What became of everything launched: five numbers that add up to it, none negative."""

    failed: Fraction
    left_alone: Fraction
    not_engaged: Fraction
    missed: Fraction
    intercepted: Fraction

    @property
    def launched(self) -> Fraction:
        """All of them."""
        return self.failed + self.arrived

    @property
    def arrived(self) -> Fraction:
        """Those that did not fail by themselves."""
        return self.left_alone + self.threatening

    @property
    def threatening(self) -> Fraction:
        """Those that arrived and would have hit something that matters."""
        return self.not_engaged + self.engaged

    @property
    def engaged(self) -> Fraction:
        """Those at which at least one interceptor was fired."""
        return self.missed + self.intercepted

    @property
    def got_through(self) -> Fraction:
        """Those that threatened and were not intercepted."""
        return self.not_engaged + self.missed

    def total(self, of: Total) -> Fraction:
        """One of the four totals by name."""
        return {
            "launched": self.launched,
            "arrived": self.arrived,
            "threatening": self.threatening,
            "engaged": self.engaged,
        }[of]

    def rate(self, of: Total) -> Fraction | None:
        """Intercepted as a share of a total, 0 to 1; None if the total is nothing."""
        total = self.total(of)
        return self.intercepted / total if total else None

    @property
    def kept_out(self) -> Fraction | None:
        """Share of those launched that did not get through, for whatever reason; None if none were launched."""
        return 1 - self.got_through / self.launched if self.launched else None

    def whole(self) -> Tally:
        """The same in whole numbers that still add up, by the method of largest remainders.

        Every part is rounded down; what is then missing from the (whole) number launched goes, one each, to the parts
        with the largest remainders, the first of them where they tie. So no part moves by one or more.
        """
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        floors = {name: Fraction(value.numerator // value.denominator) for name, value in parts.items()}
        missing = int(round(self.launched) - sum(floors.values()))
        by_remainder = sorted(parts, key=lambda name: floors[name] - parts[name])
        return Tally(**{name: floors[name] + (name in by_remainder[:missing]) for name in parts})


def from_rate(
    rate: Fraction,
    of: Total,
    launched: int,
    threatening: Amount | None = None,
    failed: Amount | None = None,
    engaged: Amount | None = None,
) -> Tally:
    """The tally behind a rate of interception.

    ``rate`` (0 to 1) is intercepted over the total ``of``. ``failed`` is what failed on the way (default: none counted
    apart), ``threatening`` what threatened (default: all that arrived), ``engaged`` what was engaged (default: all that
    threatened); each is a number or a share of those launched.

    Raises ``UsageError`` with a sentence if the values contradict one another.
    """
    if of not in TOTALS:
        raise UsageError(f"a rate cannot be of {of!r}; allowed: {', '.join(TOTALS)}")
    frame = _frame(rate, launched, threatening, failed, engaged)
    total = frame.total(of)
    intercepted = rate * total
    if intercepted > frame.engaged:
        raise UsageError(
            f"a rate of {_percent(rate)} of {THOSE[of]} means {_number(intercepted)} interceptions, but only "
            f"{_number(frame.engaged)} were engaged; allowed: at most {_percent(frame.engaged / total)} of {THOSE[of]}"
        )
    return replace(frame, missed=frame.engaged - intercepted, intercepted=intercepted)


def from_kept_out(
    rate: Fraction,
    launched: int,
    threatening: Amount | None = None,
    failed: Amount | None = None,
    engaged: Amount | None = None,
) -> Tally:
    """The tally behind a rate that counts as stopped whatever did not get through, failures too.

    ``rate`` (0 to 1) is the share of those launched that did not get through; the rest is as for ``from_rate``.
    Raises ``UsageError`` if more would have got through than threatened, or fewer than were not engaged.
    """
    frame = _frame(rate, launched, threatening, failed, engaged)
    through = (1 - rate) * frame.launched
    if not frame.not_engaged <= through <= frame.threatening:
        least, most = (1 - part / frame.launched for part in (frame.threatening, frame.not_engaged))
        raise UsageError(
            f"if {_percent(rate)} were kept out {_number(through)} got through, but {_number(frame.threatening)} "
            f"threatened, {_number(frame.not_engaged)} of them not engaged; allowed: {_percent(least)} to "
            f"{_percent(most)} kept out"
        )
    missed = through - frame.not_engaged
    return replace(frame, missed=missed, intercepted=frame.engaged - missed)


def _frame(
    rate: Fraction, launched: int, threatening: Amount | None, failed: Amount | None, engaged: Amount | None
) -> Tally:
    """A tally of which everything is known but how many of those engaged were intercepted: none so far."""
    if not 0 <= rate <= 1:
        raise UsageError(f"the rate is {_percent(rate)}; allowed: 0 to 100 %")
    if launched < 1:
        raise UsageError(f"launched is {launched}; allowed: at least 1")
    every = Fraction(launched)
    fell = _part("failed", failed, every, every, "launched", ZERO)
    arrived = every - fell
    threat = _part("threatening", threatening, every, arrived, "arrived", arrived)
    shot_at = _part("engaged", engaged, every, threat, "threatened", threat)
    return Tally(fell, arrived - threat, threat - shot_at, shot_at, ZERO)


def _part(
    name: str, amount: Amount | None, launched: Fraction, most: Fraction, of_what: str, default: Fraction
) -> Fraction:
    """The number of weapons of one part; raises if it is negative or more than ``most`` of which it is a part."""
    if amount is None:
        return default
    value = amount.of(launched)
    if value < 0 or (amount.is_share and amount.value > 1):
        limit = "0 to 100 % of those launched" if amount.is_share else "at least 0"
        shown = _percent(amount.value) if amount.is_share else _number(value)
        raise UsageError(f"{name} is {shown}; allowed: {limit}")
    if value > most:
        raise UsageError(
            f"{name} is {_number(value)} of {_number(launched)} launched, but only {_number(most)} {of_what}; "
            f"allowed: at most {_number(most)} ({_percent(most / launched)} of those launched)"
        )
    return value


PARTS = {
    "failed": "failed",
    "left_alone": "were left alone",
    "intercepted": "were intercepted",
    "got_through": "got through",
}
"""The counts that add up to those launched, in words."""


def from_counts(
    launched: int | None = None,
    failed: int | None = None,
    left_alone: int | None = None,
    intercepted: int | None = None,
    got_through: int | None = None,
    not_engaged: int = 0,
) -> Tally:
    """The tally of counts that were reported.

    Launched is the sum of the four parts; any one of the five may be left out and is what is missing. Without
    ``launched`` parts that are left out are 0, but interceptions must be given. ``not_engaged`` are those that got
    through at which nothing was fired.

    Raises ``UsageError`` with a sentence if a count is negative, too much is left out, or they do not add up.
    """
    given = {"failed": failed, "left_alone": left_alone, "intercepted": intercepted, "got_through": got_through}
    for name, count in {**given, "launched": launched, "not_engaged": not_engaged}.items():
        if count is not None and count < 0:
            raise UsageError(f"{name.replace('_', ' ')} is {count:,}; allowed: at least 0")
    parts = _completed(given, launched)
    if not_engaged > parts["got_through"]:
        raise UsageError(
            f"not engaged is {not_engaged:,}, but only {parts['got_through']:,} got through; "
            f"allowed: at most {parts['got_through']:,}"
        )
    return Tally(
        Fraction(parts["failed"]),
        Fraction(parts["left_alone"]),
        Fraction(not_engaged),
        Fraction(parts["got_through"] - not_engaged),
        Fraction(parts["intercepted"]),
    )


def _completed(given: Mapping[str, int | None], launched: int | None) -> dict[str, int]:
    """The four parts with what is missing filled in; raises if they do not add up."""
    known = {name: count for name, count in given.items() if count is not None}
    missing = [name for name in given if name not in known]
    together = sum(known.values())
    if launched is None:
        if "intercepted" in missing:
            raise UsageError("say how many were intercepted, or launched and the other three counts")
        launched = together
        missing_count = dict.fromkeys(missing, 0)
    elif len(missing) > 1:
        words = [PARTS[name] for name in missing]
        raise UsageError(
            f"of {launched:,} launched {together:,} are accounted for; say how many {', how many '.join(words)} "
            "(one of them may be left out)"
        )
    else:
        missing_count = dict.fromkeys(missing, launched - together)
    if launched < 1:
        raise UsageError(f"launched is {launched:,}; allowed: at least 1")
    excess = together - launched
    if excess > 0 or (excess and not missing):
        counted = listed([f"{count:,} {PARTS[name]}" for name, count in known.items()])
        raise UsageError(
            f"{counted} are {together:,} together, but {launched:,} were launched; allowed: counts that add up to it"
        )
    return {**known, **missing_count}


def _number(value: Fraction) -> str:
    return f"{float(value):,.6g}" if value.denominator > 1 else f"{int(value):,}"


def _percent(value: Fraction) -> str:
    return f"{100 * float(value):.4g} %"
