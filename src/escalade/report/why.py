"""Why a policy changes an outcome: one sentence, two tables, and the same as plain JSON values.

Printed parts add up to the printed whole: they are rounded together.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Any

from escalade.analysis.why import OTHER, PARTS, Part, Why
from escalade.quantities import UNIT_WORDS, Unit
from escalade.report.amounts import capital
from escalade.report.sentence import Sentence
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text

if TYPE_CHECKING:
    from escalade.scenario import Scenario

SHORT: Mapping[str, str] = {
    "denial": "attack pays less",
    "impunity": "striking feels safer",
    "restraint": "quiet nights",
    "survival": "own means survive",
    "delusion": "faith in the shield",
    OTHER: "all else",
}
"""Every part in a few words."""

MEANING: Mapping[str, str] = {
    "denial": "Attacking the shielded side pays less.",
    "impunity": "Striking feels safer behind a shield.",
    "restraint": "After a quiet night there is less to avenge.",
    "survival": "One's own means outlive the rival's strike.",
    "delusion": "The shield is thought better than it is.",
    OTHER: "What the policy changes besides: all that is not protection, and the leash of partners whose layers fire.",
}
"""Every part in a sentence."""

NOTHING = "none of the reasons changes it"
HOW_TO_READ = (
    "Each part is the mean of what a reason adds over all orders in which the five can come in; alone: without the "
    "others, last: after the others. 90 of 100 sets of assumptions lie between from and to. Largest in: of 100 sets "
    "of assumptions those in which this part is the largest{none}."
)
TOGETHER = "Positive: each of the two adds more where the other is at work. The parts above count half of it for each."
LIKE_ALL = "weighted so that the levels with and without the policy are those of all sets"
"""How the drawn sets of assumptions come to speak of the headline's effect."""

LEAST_DIGITS, MOST_DIGITS = 0, 4


@dataclass(frozen=True)
class Decimals:
    """How the numbers of one explanation are written: times ``scale``, with so many ``digits``."""

    scale: float
    digits: int
    per: str

    def signed(self, value: float) -> str:
        """A value with its sign; what rounds to nothing is 0."""
        return self._written(round(value * self.scale * 10**self.digits))

    def plain(self, value: float) -> str:
        """A value that is no difference."""
        return f"{value * self.scale:,.{self.digits}f}"

    def adding_up(self, values: Sequence[float]) -> tuple[list[str], str]:
        """Values and their sum, rounded so that they add up (largest remainders; earlier ones first in a tie)."""
        exact = [value * self.scale * 10**self.digits for value in values]
        total, whole = round(sum(exact)), [floor(value) for value in exact]
        order = sorted(range(len(exact)), key=lambda k: (whole[k] - exact[k], k))
        for k in order[: total - sum(whole)]:
            whole[k] += 1
        return [self._written(value) for value in whole], self._written(total)

    def _written(self, steps: int) -> str:
        return f"{steps / 10**self.digits:+,.{self.digits}f}" if steps else "0"


def decimals(why: Why) -> Decimals:
    """Two significant digits of the largest part; shares as so many of 100."""
    unit = _unit(why)
    scale = 100.0 if unit == "share" else 1.0
    largest = scale * max(abs(value) for value in (why.whole, *(part.mean for part in why.parts.values())))
    digits = LEAST_DIGITS if largest == 0 else min(MOST_DIGITS, max(LEAST_DIGITS, 1 - floor(log10(largest))))
    measure = why.outcome.crisis
    share = "of 100" if measure is not None and measure.denominator else "in 100 crises"
    return Decimals(scale, digits, share if unit == "share" else f"{UNIT_WORDS[unit]} per crisis")


def sentence(why: Why) -> Sentence:
    """The parts in the order of their size, and what they add up to."""
    form = decimals(why)
    written, total = form.adding_up([why.parts[name].mean for name in PARTS])
    words = dict(zip(PARTS, written, strict=True))
    order = sorted(PARTS, key=lambda name: -abs(why.parts[name].mean))
    told = [f"{SHORT[name]}{_named(name)} {{{name}}}" for name in order if words[name] != "0"]
    if not told:
        return Sentence(NOTHING, {})
    opens = dict.fromkeys((*PARTS, "total"), "run.reason")
    return Sentence(f"{', '.join(told)} = {{total}} {form.per}", {**words, "total": total}, opens)


def _named(part: str) -> str:
    return " (leash, other changes)" if part == OTHER else f" ({part})"


def tables(why: Why, names: Mapping[str, str]) -> list[Table]:
    """The parts with what they are alone and last; then what pairs of reasons do together."""
    form = decimals(why)
    written, total = form.adding_up([why.parts[name].mean for name in PARTS])
    rows = [_row(why.parts[name], name, cell, form) for name, cell in zip(PARTS, written, strict=True)]
    rows.append(Row(("together", total, "", "", "", "", "")))
    none = f"; in {100 * why.none_largest:.0f} no part exceeds the margin" if why.none_largest >= 0.005 else ""
    parts = Table(
        f"{capital(why.outcome.name)}, {form.per}: {names[why.policy]}, less {names[why.baseline]}",
        ("reason", "part", "90 % from", "to", "alone", "last", "largest in"),
        (Section("", tuple(rows)),),
        HOW_TO_READ.format(none=none),
    )
    return [parts, *_pairs(why, form)]


def _row(part: Part, name: str, written: str, form: Decimals) -> Row:
    ends = ("-", "-") if part.worlds is None else (form.signed(part.worlds.low), form.signed(part.worlds.high))
    alone, last = ("" if value is None else form.signed(value) for value in (part.first, part.last))
    label = f"{SHORT[name]}{_named(name)}"
    return Row((label, written, *ends, alone, last, f"{100 * part.largest:.0f}"), MEANING[name], "run.reason")


def _pairs(why: Why, form: Decimals) -> list[Table]:
    order = sorted(why.together, key=lambda pair: -abs(why.together[pair]))
    rows = [
        Row((f"{one} and {other}", form.signed(why.together[one, other])))
        for one, other in order
        if form.signed(why.together[one, other]) != "0"
    ]
    if not rows:
        return []
    return [Table("What two reasons do together", ("reasons", form.per), (Section("", tuple(rows)),), TOGETHER)]


def as_text(why: Why, scenario: Scenario) -> str:
    """Question, sentence and tables, no line longer than 80 columns."""
    names = {name: policy.name for name, policy in scenario.policies.items()}
    about = f"In {why.drawn:,} sets of assumptions, drawn by their weight, solved under every combination of reasons"
    about += f" and {LIKE_ALL}:" if why.calibrated else ":"
    told = [scenario.question, about, capital(sentence(why)), CONDITIONAL]
    wrapped = [textwrap.fill(paragraph, WIDTH, break_on_hyphens=False) for paragraph in told]
    return "\n\n".join([*wrapped, *(text(table) for table in tables(why, names))])


def as_json(why: Why) -> dict[str, Any]:
    """The explanation as plain JSON values; parts add up to ``effect``.

    A number that does not exist (what is left over has no place in an order) is null.
    """
    return {
        "policy": why.policy,
        "baseline": why.baseline,
        "outcome": why.outcome.id,
        "unit": _unit(why),
        "worlds": why.drawn,
        "weighted_like_all": why.calibrated,
        "sentence": sentence(why),
        "effect": why.whole,
        "parts": {name: _part_json(part) for name, part in why.parts.items()},
        "none_largest": why.none_largest,
        "together": [{"reasons": list(pair), "value": value} for pair, value in why.together.items()],
    }


def _part_json(part: Part) -> dict[str, Any]:
    spread = part.worlds
    quantiles = None if spread is None else {"5": spread.low, "50": spread.median, "95": spread.high}
    return {
        "mean": part.mean,
        "quantiles": quantiles,
        "alone": part.first,
        "last": part.last,
        "largest": part.largest,
    }


def _unit(why: Why) -> Unit:
    return "count" if why.outcome.crisis is None else why.outcome.crisis.unit
