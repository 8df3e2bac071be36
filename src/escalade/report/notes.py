"""Notes that numbers open to: what the number is, of what, where it comes from, how far it may be off.

A note's key is clock and id of a quantity ("crisis.war", "period.deaths.israel"), or
"run" and the id of a number about the run ("run.raises"). All words come from the
registry of quantities; a number without an entry there cannot be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup, escape

from escalade.analysis.clustered import Estimate
from escalade.analysis.weighted import Spread
from escalade.quantities import RUN_NUMBERS, UNIT_WORDS, Clock, Measure, Quantity, RunNumber, Unit, shown
from escalade.report.amounts import capital, years
from escalade.report.findings import Findings
from escalade.report.sentence import Sentence
from escalade.report.tables import Row, Section, Table

EXACT = (
    "Computed, not sampled: one crisis under each of {candidates} sets of assumptions, averaged over what it is worth "
    "to either side, what each hides, and who opens."
)
SIMULATED = (
    "Simulated: {histories} times {years} under every policy with the same luck, for {drawn} sets of assumptions "
    "drawn by their weight."
)
EXACT_ERROR = "No luck in it. What nobody knows is: 90 of 100 sets of assumptions lie between the two ends."
SIMULATED_ERROR = (
    "The ends are the 90 % interval of the mean, from luck and from the sets drawn (standard error clustered by set)."
)


@dataclass(frozen=True)
class Note:
    """One note: its key, a title, what the number is, and pairs of a word ("of", "from") and what it is."""

    key: str
    title: str
    what: str
    about: tuple[tuple[str, str], ...]
    values: Table


class Notes:
    """Notes of one page, made as its numbers ask for them."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.used: dict[str, Note] = {}

    def number(self, key: str, text: str) -> Markup:
        """A number that opens its note, without any script. Raises ``KeyError`` if the registry has no such entry."""
        if key not in self.used:
            self.used[key] = note(self.found, key)
        opening = '<button type="button" class="num" popovertarget="note.{}">{}</button>'
        return Markup(opening).format(key, text)

    def told(self, sentence: str) -> Markup:
        """A sentence whose numbers open."""
        if not isinstance(sentence, Sentence):
            return escape(sentence)
        words: dict[str, str] = dict(sentence.words)
        for slot, key in sentence.opens.items():
            if "{" + slot + "}" in sentence.template:
                # An interval in brackets stays outside: a number that opens is never broken across lines.
                number, bracket, rest = words[slot].partition(" (")
                words[slot] = self.number(key, number) + bracket + rest
        return Markup(escape(sentence.template)).format(**words)


def note(found: Findings, key: str) -> Note:
    """The note of a key. Raises ``KeyError`` if the registry has no such entry."""
    kind, _, name = key.partition(".")
    if kind == "run":
        return _about_the_run(found, next((n for n in RUN_NUMBERS if n.id == name), None), key)
    quantity, clock = found.comparison.quantities[name], _clock(kind)
    measure = quantity.on(clock)
    if measure is None:
        raise KeyError(key)
    values = {"crisis": _of_crisis, "period": _of_period}[clock](found, quantity, measure.unit)
    comparison = found.comparison
    if clock == "crisis":
        origin, error = EXACT.format(candidates=f"{comparison.candidates:,}"), EXACT_ERROR
    else:
        numbers = {"histories": f"{comparison.histories:,}", "drawn": f"{comparison.drawn:,}"}
        origin, error = SIMULATED.format(years=years(comparison.years), **numbers), SIMULATED_ERROR
    about = (("of", _of(measure)), ("formula", measure.formula), ("from", origin), ("error", error))
    return Note(key, capital(quantity.name), quantity.sentence, about, values)


def _clock(kind: str) -> Clock:
    if kind == "crisis":
        return "crisis"
    if kind == "period":
        return "period"
    raise KeyError(kind)


def _of(measure: Measure) -> str:
    """What a value is counted of: "100 crises", "people, mean of periods"."""
    return f"100 {measure.of}" if measure.unit == "share" else f"{UNIT_WORDS[measure.unit]}, mean of {measure.of}"


def _of_crisis(found: Findings, quantity: Quantity, unit: Unit) -> Table:
    """A quantity per crisis under every policy, and its difference to the baseline."""

    def cells(spread: Spread, prior: Spread, signed: bool) -> tuple[str, ...]:
        return tuple(shown(x, unit, signed=signed) for x in (spread.mean, spread.low, spread.high, prior.mean))

    levels = [
        Row(
            (found.names[policy], *cells(answer.crisis[quantity.id].posterior, answer.crisis[quantity.id].prior, False))
        )
        for policy, answer in found.comparison.policies.items()
        if quantity.id in answer.crisis
    ]
    changes = [
        Row((found.names[pair.policy], *cells(value.posterior, value.prior, True)))
        for pair in found.comparison.pairs
        if (value := pair.crisis.get(quantity.id)) is not None
    ]
    return _levels_and_changes(found, ("policy", "mean", "from", "to", "no record"), levels, changes)


def _of_period(found: Findings, quantity: Quantity, unit: Unit) -> Table:
    """A quantity over the period under every policy, and its difference to the baseline."""

    def cells(estimate: Estimate, signed: bool) -> tuple[str, ...]:
        ends = estimate.interval_90
        words = ("unknown", "") if ends is None else tuple(shown(end, unit, signed=signed) for end in ends)
        return (shown(estimate.mean, unit, signed=signed), *words)

    levels = [
        Row((found.names[policy], *cells(answer.period[quantity.id], False)))
        for policy, answer in found.comparison.policies.items()
        if quantity.id in answer.period
    ]
    changes = [
        Row((found.names[pair.policy], *cells(pair.period[quantity.id], True)))
        for pair in found.comparison.pairs
        if quantity.id in pair.period
    ]
    return _levels_and_changes(found, ("policy", "mean", "from", "to"), levels, changes)


def _levels_and_changes(found: Findings, heads: tuple[str, ...], levels: list[Row], changes: list[Row]) -> Table:
    sections = [Section("", tuple(levels))]
    if changes:
        sections.append(Section(f"less: {found.names[found.comparison.baseline]}", tuple(changes)))
    return Table("", heads, tuple(sections))


def _about_the_run(found: Findings, number: RunNumber | None, key: str) -> Note:
    if number is None:
        raise KeyError(key)
    about = (("of", number.of), ("formula", number.formula), ("error", _error(found, number)))
    values = Table("", ("", "value"), (Section("", tuple(Row(row) for row in RUN_VALUES[number.id](found))),))
    return Note(key, capital(number.name), number.sentence, about, values)


def _error(found: Findings, number: RunNumber) -> str:
    """The error in words, with its size where it is a share of sets of assumptions."""
    pair = found.pair
    if number.id not in SHARES or pair is None or pair.worlds is None:
        return number.error
    share = float(getattr(pair.worlds, number.id))
    error = 100 * sqrt(share * (1 - share) / max(found.comparison.effective, 1.0))
    return number.error.format(points=f"{error:.0f}")


SHARES = ("raises", "lowers", "neither")


def _shares(name: str) -> Callable[[Findings], list[tuple[str, str]]]:
    def rows(found: Findings) -> list[tuple[str, str]]:
        pair, outcome = found.pair, found.comparison.outcome
        if pair is None or pair.worlds is None or pair.worlds_prior is None or outcome.crisis is None:
            return []
        return [
            ("weighted by the record", f"{100 * getattr(pair.worlds, name):.1f}"),
            ("without the record", f"{100 * getattr(pair.worlds_prior, name):.1f}"),
            (
                f"margin, {'of ' if outcome.crisis.unit == 'share' else ''}{_of(outcome.crisis)}",
                shown(found.comparison.margin["crisis"], outcome.crisis.unit),
            ),
        ]

    return rows


def _needed(found: Findings) -> list[tuple[str, str]]:
    from escalade.analysis.verdict import judge

    needed = None if found.said.policy is None else judge(found.comparison, found.said.policy).worlds_needed
    return [("needed", "unknown" if needed is None else f"{needed:,}"), *_sizes(found)]


def _believed(found: Findings) -> list[tuple[str, str]]:
    from escalade.report.believed import note_rows

    return [] if found.believed is None else note_rows(found.believed)


def _turned(found: Findings) -> list[tuple[str, str]]:
    if found.turns is None:
        return []
    of = found.turns.found
    return [
        ("inputs that can move the effect", f"{of.inputs:,}"),
        ("sets of assumptions", f"{of.candidates:,}"),
        ("effective", f"{of.effective:,.0f}"),
    ]


def _inputs(found: Findings) -> list[tuple[str, str]]:
    words = {"source": "published", "assumption": "assumed", "choice": "set by a policy", "default": "by default"}
    return [(words[kind], str(count)) for kind, count in found.standings.items()]


def _sizes(found: Findings) -> list[tuple[str, str]]:
    comparison = found.comparison
    return [
        ("solved", f"{comparison.candidates:,}"),
        ("effective", f"{comparison.effective:,.0f}"),
        ("drawn for the years", f"{comparison.drawn:,}"),
        ("simulated periods under each policy", f"{comparison.histories:,}"),
    ]


RUN_VALUES: Mapping[str, Callable[[Findings], list[tuple[str, str]]]] = {
    **{name: _shares(name) for name in SHARES},
    **dict.fromkeys(("candidates", "effective", "drawn", "reason", "expected", "contraction", "shift"), _sizes),
    "needed": _needed,
    "believed": _believed,
    **dict.fromkeys(("box", "turning", "matters", "weighing", "tilt"), _turned),
    "inputs": _inputs,
}
"""Values of the numbers about a run, each with its name, by id in the registry."""
