"""A rate in words: one sentence with whole numbers, fit to print, and the same rate of four totals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from escalade.quantities import listed
from escalade.raid.rates import THOSE, TOTALS, Tally
from escalade.report.tables import WIDTH, Row, Section, Table, text


def as_text(tally: Tally, what: str = "missiles", taken: Sequence[str] = ()) -> str:
    """Sentence and table as lines of at most 80 columns; ``taken`` says what was supposed and not told."""
    parts = [textwrap.fill(sentence(tally, what), WIDTH), text(table(tally)), _kept_out(tally)]
    if taken:
        parts.append(textwrap.fill(f"Taken as given, as it was not told: {'; '.join(taken)}.", WIDTH))
    return "\n\n".join(parts)


def sentence(tally: Tally, what: str = "missiles") -> str:
    """What a rate means for those who were fired at, in one sentence; ``what`` was launched, in the plural.

    Whole numbers add up to those launched. Parts that are nothing are not told.
    """
    whole = tally.whole()
    before = listed(
        [
            *_told(whole.failed, "failed by itself", "failed by themselves"),
            *_told(
                whole.left_alone,
                "was left alone because it threatened nothing",
                "were left alone because they threatened nothing",
            ),
        ]
    )
    start = f"Of {_count(whole.launched)} {what} launched" if whole.launched != 1 else "Of 1 launched"
    if before:
        start = f"{start}, {before}"
    rounded = " (rounded to whole numbers)" if whole != tally else ""
    if not whole.threatening:
        return f"{start}; none threatened anything, so there was nothing to intercept{rounded}."
    if before:
        start = f"{start}; of the {_count(whole.threatening)} that threatened"
    fate = (_told(whole.intercepted, "was intercepted", "were intercepted") or ["none was intercepted"])[0]
    through = f"{_count(whole.got_through) if whole.got_through else 'none'} got through"
    if whole.not_engaged:
        through += f", {_count(whole.not_engaged)} of them not engaged"
    return f"{start}, {fate} and {through}{rounded}: {_rates(tally)}."


def _rates(tally: Tally) -> str:
    """The rate of every total, narrowest first, equal ones said together."""
    groups: dict[str, list[str]] = {}
    for of in reversed(TOTALS):
        if tally.total(of):
            groups.setdefault(percent(tally.rate(of)), []).append(THOSE[of])
    if len(groups) == 1:
        ((share, _),) = groups.items()
        return f"intercepted were {share}, whichever of the four totals is taken"
    shares = (f"{share} {listed([f'of {base}' for base in bases])}" for share, bases in groups.items())
    return f"intercepted were {'; '.join(shares)}"


def table(tally: Tally) -> Table:
    """The same interceptions as a share of the four totals."""
    whole = tally.whole()
    rows = [
        Row((f"of {THOSE[of]}", _count(whole.intercepted), _count(whole.total(of)), percent(tally.rate(of))))
        for of in TOTALS
    ]
    heads = ("", "intercepted", "of", "rate")
    return Table("The same interceptions, four rates", heads, (Section("", tuple(rows)),))


def _kept_out(tally: Tally) -> str:
    words = (
        f"Did not get through, for whatever reason: {percent(tally.kept_out)} of those launched. That is no "
        "interception rate: what failed by itself or was left alone is in it."
    )
    return textwrap.fill(words, WIDTH)


def as_data(tally: Tally, what: str = "missiles", taken: Sequence[str] = ()) -> dict[str, Any]:
    """The same as plain JSON values: whole numbers, exact rates (null where there is nothing to divide by)."""
    whole = tally.whole()
    names = ("failed", "left_alone", "not_engaged", "missed", "intercepted", "got_through", *TOTALS)
    kept = tally.kept_out
    return {
        "sentence": sentence(tally, what),
        "counts": {name: int(getattr(whole, name)) for name in names},
        "rates": {of: None if (rate := tally.rate(of)) is None else float(rate) for of in TOTALS},
        "kept_out": None if kept is None else float(kept),
        "rounded": whole != tally,
        "taken": list(taken),
    }


def percent(share: Fraction | None) -> str:
    """A share in per cent with one decimal where needed; never 0 or 100 unless it is."""
    if share is None:
        return "-"
    value = 100 * float(share)
    shown = f"{value:.1f}".removesuffix(".0")
    if shown == "0" and share > 0:
        return "under 0.1 %"
    if shown == "100" and share < 1:
        return "over 99.9 %"
    return f"{shown} %"


def _count(value: Fraction) -> str:
    return f"{int(value):,}"


def _told(value: Fraction, one: str, many: str) -> list[str]:
    return [f"{_count(value)} {one if value == 1 else many}"] if value else []
