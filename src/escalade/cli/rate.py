"""``escalade rate``: what an interception rate means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fractions import Fraction

    from escalade.raid.rates import Amount, Tally, Total

DEFAULT_LAUNCHED = 1000


@click.command(
    epilog="\b\nExamples:\n  escalade rate 90% --of engaged --launched 1000 --threatening 25%\n"
    "  escalade rate --left-alone 600 --intercepted 270 --got-through 30",
)
@click.argument("rate", required=False)
@click.option("--of", metavar="TOTAL", help="The rate is of those: launched, arrived, threatening, engaged.")
@click.option("--kept-out", is_flag=True, help="The rate is of those launched that did not get through, failures too.")
@click.option("--launched", metavar="N", help="How many were launched. [default: 1,000, or the sum of the counts]")
@click.option("--failed", metavar="N", help="How many failed by themselves.")
@click.option("--threatening", metavar="N", help="How many threatened something. [default: all that arrived]")
@click.option("--engaged", metavar="N", help="At how many something was fired. [default: all that threatened]")
@click.option("--left-alone", metavar="N", help="How many were left alone, threatening nothing.")
@click.option("--intercepted", metavar="N", help="How many were intercepted.")
@click.option("--got-through", metavar="N", help="How many threatened and were not intercepted.")
@click.option("--not-engaged", metavar="N", help="Of those that got through: at how many nothing was fired.")
@click.option("--what", default="missiles", metavar="NOUN", help="What was launched. [default: missiles]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(rate: str | None, kept_out: bool, what: str, as_json: bool, **given: str | None) -> None:
    """Say what an interception rate means for those who were fired at.

    Either RATE (90% or 0.9) with --of: the share of whom? Then --failed,
    --threatening and --engaged may be numbers, or shares of those launched.
    Where "99 % stopped" counts what failed by itself say --kept-out.

    Or counts: --intercepted and --got-through, with --launched, --failed and
    --left-alone; the one that is left out is what is missing.

    The answer is one sentence, and the same rate of all four totals.
    """
    import json

    from escalade.report.rates import as_data, as_text

    tally, taken = _from_counts(given, kept_out) if rate is None else _from_rate(rate, given, kept_out)
    if as_json:
        click.echo(json.dumps(as_data(tally, what, taken), indent=2, allow_nan=False))
    else:
        click.echo(as_text(tally, what, taken))


COUNTS = ("left_alone", "intercepted", "got_through", "not_engaged")
SHARES = ("threatening", "engaged")


def _from_rate(rate: str, given: dict[str, str | None], kept_out: bool) -> tuple[Tally, list[str]]:
    from escalade.raid.rates import from_kept_out, from_rate

    _refuse(given, COUNTS, "a count, which cannot stand beside a rate; allowed beside a rate: --failed, --threatening")
    if kept_out:
        _refuse(given, ("of",), "not for --kept-out, which is of those launched")
    of: Total = "launched" if kept_out else _total(given["of"])
    launched = DEFAULT_LAUNCHED if given["launched"] is None else _count("launched", given["launched"])
    amounts = {name: _amount(name, given[name]) for name in ("failed", *SHARES)}
    defaults = {
        "failed": "none failed by itself",
        "threatening": "all that arrived threatened something",
        "engaged": "all that threatened were engaged",
    }
    taken = [words for name, words in defaults.items() if amounts[name] is None]
    if given["launched"] is None:
        taken.insert(0, f"{DEFAULT_LAUNCHED:,} launched, to have a number")
    parts = amounts["threatening"], amounts["failed"], amounts["engaged"]
    if kept_out:
        return from_kept_out(_share(rate), launched, *parts), taken
    return from_rate(_share(rate), of, launched, *parts), taken


def _total(of: str | None) -> Total:
    from escalade.errors import UsageError
    from escalade.raid.rates import TOTALS

    if of is None:
        raise UsageError(f"say of whom the rate is: --of {', '.join(TOTALS[:-1])} or {TOTALS[-1]}")
    for total in TOTALS:
        if total == of:
            return total
    raise UsageError(f"--of is {of!r}; allowed: {', '.join(TOTALS)}{_near(of, TOTALS)}")


def _from_counts(given: dict[str, str | None], kept_out: bool) -> tuple[Tally, list[str]]:
    from escalade.errors import UsageError
    from escalade.raid.rates import from_counts

    names = ("launched", "failed", *COUNTS)
    if given["of"] is not None or kept_out or all(given[name] is None for name in names):
        raise UsageError("give a rate, as in 90% --of engaged, or counts, as in --intercepted 270 --got-through 30")
    _refuse(given, SHARES, "for a rate; allowed with counts: --launched, --failed, --left-alone, --not-engaged")
    counts = {name: _count(name, text) for name in names if (text := given[name]) is not None}
    taken = [] if "not_engaged" in counts else ["all that threatened were engaged"]
    if "launched" not in counts:
        taken += [f"none {words}" for name, words in _NONE.items() if name not in counts]
    return from_counts(**counts), taken


_NONE = {"failed": "failed by itself", "left_alone": "was left alone", "got_through": "got through"}


def _refuse(given: dict[str, str | None], names: tuple[str, ...], why: str) -> None:
    from escalade.errors import UsageError

    for name in names:
        if given[name] is not None:
            raise UsageError(f"--{name.replace('_', '-')} is {why}")


def _count(name: str, text: str) -> int:
    from escalade.errors import UsageError

    plain = text.replace(",", "").replace("_", "")
    if not (plain.isascii() and plain.removeprefix("-").isdigit() and len(plain) <= 12):
        raise UsageError(f"--{name.replace('_', '-')} is {text!r}; allowed: a whole number")
    return int(plain)


def _amount(name: str, text: str | None) -> Amount | None:
    """A number of weapons, or a share of those launched: ``25%``, ``0.25``."""
    from fractions import Fraction

    from escalade.errors import UsageError
    from escalade.raid.rates import Amount

    if text is None:
        return None
    if not text.rstrip().endswith("%") and "." not in text:
        return Amount(Fraction(_count(name, text)), is_share=False)
    value = _fraction(text)
    if value is None:
        raise UsageError(f"--{name} is {text!r}; allowed: a number, or a share of those launched as in 25%")
    return Amount(value, is_share=True)


def _share(text: str) -> Fraction:
    from escalade.errors import UsageError

    value = _fraction(text)
    if value is None:
        raise UsageError(f"the rate is {text!r}; allowed: 0% to 100%, or 0 to 1")
    if value > 1 and not text.rstrip().endswith("%"):
        raise UsageError(f"the rate is {text}; allowed: 0 to 1, or per cent; did you mean {text}%?")
    return value


def _fraction(text: str) -> Fraction | None:
    """``90%``, ``90 %`` or ``0.9`` exactly; None if it is no such number."""
    import re
    from fractions import Fraction

    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(%?)\s*", text, flags=re.ASCII)
    return None if found is None else Fraction(found[1]) / (100 if found[2] else 1)


def _near(word: str, known: tuple[str, ...]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""
