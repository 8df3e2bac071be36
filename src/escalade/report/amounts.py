"""Numbers as sentences say them: whole, in words where they are nothing or everything, with their interval."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from escalade.analysis.clustered import Estimate
from escalade.quantities import Quantity, Unit, shown

ROUNDED = "; figures rounded)"
"""Where the whole numbers of a sentence do not add up."""


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def years(count: int) -> str:
    """A number of years in words."""
    return "1 year" if count == 1 else f"{count} years"


def whole_shares(shares: Sequence[float]) -> list[int]:
    """Shares of a whole as whole numbers that sum to 100 (largest remainders; earlier ones first in a tie)."""
    total = sum(shares)
    exact = [100 * share / total for share in shares]
    whole = [floor(value + 1e-9) for value in exact]
    order = sorted(range(len(shares)), key=lambda k: (whole[k] - exact[k], k))
    for k in order[: 100 - sum(whole)]:
        whole[k] += 1
    return whole


def of_hundred(count: int) -> str:
    """A count of a hundred in a sentence: "none", "all", or the number."""
    return {0: "none", 100: "all"}.get(count, str(count))


def scale(values: Sequence[float]) -> int:
    """Of how many to speak, 100 to 10,000, so that the largest of these probabilities is at least one case."""
    largest = max(values)
    return next((many for many in (100, 1_000) if largest * many >= 1), 10_000)


def cases(values: Sequence[float], many: int) -> list[str]:
    """Probabilities as so many cases of ``many``: "12", "none"."""
    return [f"{whole:,}" if (whole := round(max(0.0, value) * many)) else "none" for value in values]


def amounts(values: Sequence[float], unit: Unit) -> list[str]:
    """Values with their unit, where it is a share."""
    return [_said(value, unit) + (" of 100" if unit == "share" else "") for value in values]


def more_or_fewer(count: float, noun: str = "") -> str:
    """A difference of counts: "8 more", with a noun "8 more wars"; "about as many" for less than half a case."""
    whole = round(count)
    if not whole:
        return " ".join(filter(None, ("about as many", noun and f"{noun}s")))
    words = f"{abs(whole):,} {'fewer' if whole < 0 else 'more'}"
    return f"{words} {noun}{'s' * (abs(whole) != 1)}" if noun else words


def change(difference: Estimate, outcome: Quantity, many: int) -> str:
    """A difference per period with its 90 % interval: "8 more (90 % interval 5 to 11)"."""
    return f"{_amount(difference.mean, outcome, many)} (90 % interval {interval(difference, outcome, many)})"


def interval(difference: Estimate, outcome: Quantity, many: int) -> str:
    """The 90 % interval of a difference in words: "5 to 11", "3 fewer to 5 more", "unknown"."""
    bounds = difference.interval_90
    if bounds is None:
        return "unknown"
    (low, high), size = bounds, [_size(bound, outcome, many) for bound in bounds]
    if difference.mean >= 0 and (low >= 0 or size[0] == "0"):
        return f"{size[0]} to {size[1]}"
    if difference.mean <= 0 and (high <= 0 or size[1] == "0"):
        return f"{size[1]} to {size[0]}"
    return f"{size[0]} {'fewer' if _is_share(outcome) else 'less'} to {size[1]} more"


def adds_up(values: Sequence[float], difference: float, many: int) -> bool:
    """Whether two probabilities and their difference, each rounded to whole cases of ``many``, add up."""
    return round(many * values[0]) - round(many * values[1]) == round(many * difference)


def time_between(months: float) -> str:
    """What stands after "every": "8 months", "year", "10 days"."""
    if months < 1.5:
        return "month" if months >= 0.75 else f"{max(2, round(365.25 / 12 * months))} days"
    if months < 21:
        return f"{round(months)} months" if round(months) != 12 else "year"
    return f"{round(months / 12)} years"


def _is_share(outcome: Quantity) -> bool:
    return outcome.period is not None and outcome.period.unit == "share"


def _amount(value: float, outcome: Quantity, many: int) -> str:
    if _is_share(outcome):
        return more_or_fewer(value * many)
    size = _size(value, outcome, many)
    return "about the same" if size == "0" else f"{size} {'more' if value >= 0 else 'less'}"


def _size(value: float, outcome: Quantity, many: int) -> str:
    if outcome.period is None or _is_share(outcome):
        return f"{round(abs(value) * many):,}"
    return _said(abs(value), outcome.period.unit)


def _said(value: float, unit: Unit) -> str:
    return shown(value, unit).replace("<", "less than ")
