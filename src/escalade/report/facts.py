"""Public figures side by side: tables of 80 columns for people, plain values for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from escalade.facts.library import Fact, Statement, all_facts, pooled
from escalade.facts.search import WORD_OF_KIND, by_group
from escalade.facts.systems import all_systems
from escalade.report.tables import WIDTH

if TYPE_CHECKING:
    from escalade.scenario.rivals import RivalSources

FEW = 3
"""Up to so many figures are shown with everything that is known of them."""

TOPIC_NAMES = {
    "shields": "Shields",
    "threats": "Threats",
    "episodes": "What happened",
    "behaviour": "How people behave",
}
"""Topics of the library as people read them."""

_VALUE, _DATE, _KIND = 24, 14, 13
_MARGIN = "  "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_UNITS = {"fraction": "", "probability": "", "yes or no": "", "USD": "dollars", "NIS": "shekels", "ratio": ""}
_NAMES = ("France", "Gaza", "Hezbollah", "Iran", "Israel", "Jordan", "Kyiv", "Lebanon", "Russia", "Syria", "Ukraine")
_PROPER = {name.lower(): name for name in (*_NAMES, "ESSM", "IIA", "SM2", "SM3", "SM6", "UAE", "UK", "US", "Yemen")}


def as_text(figures: Sequence[Fact], statements: Sequence[Statement], full: bool = False) -> str:
    """The figures by quantity, those of one quantity side by side; with notes and addresses if ``full`` or few."""
    told = full or len(figures) + len(statements) <= FEW
    groups, said = by_group(figures), by_group(statements)
    parts = [_group(groups.get(name, ()), said.get(name, ()), told) for name in sorted({*groups, *said})]
    count = len(figures) + len(statements)
    close = f"{count} {'entry' if count == 1 else 'entries'}. {_LEGEND}"
    if not told:
        close += " --full adds titles, notes and addresses."
    return "\n\n".join([*parts, textwrap.fill(close, WIDTH)])


_LEGEND = (
    "Ranges are as reported or judged, not confidence intervals. Assumption: derived here, or recalled and never read."
)


def contents() -> str:
    """What the library holds: every system with the number of its figures."""
    counts: dict[str, int] = {}
    for fact in all_facts():
        counts[fact.system] = counts.get(fact.system, 0) + 1
    lines = [f"{len(all_facts())} public figures. escalade facts WORDS searches them; --system NAME lists one."]
    for topic, name in TOPIC_NAMES.items():
        lines += ["", name]
        for system in sorted(all_systems().values(), key=lambda one: one.id):
            if system.topic == topic:
                lines.append(f"  {counts.get(system.id, 0):>4}  {system.id:<30}{_cut(system.name, WIDTH - 38)}")
    return "\n".join(lines)


def as_data(figures: Sequence[Fact], statements: Sequence[Statement]) -> dict[str, Any]:
    """The same as plain JSON values."""
    entries: tuple[Fact | Statement, ...] = (*figures, *statements)
    names = {entry.system: all_systems()[entry.system].name for entry in entries}
    return {
        "systems": dict(sorted(names.items())),
        "figures": [asdict(fact) for fact in figures],
        "statements": [asdict(said) for said in statements],
    }


def _group(members: Sequence[Fact], said: Sequence[Statement], told: bool) -> str:
    first = members[0] if members else said[0]
    return "\n".join([*_head(first, members), *_rows(members, told), *_sayings(said, told)])


def _head(first: Fact | Statement, members: Sequence[Fact]) -> Iterator[str]:
    """Whose quantity it is, in which unit, and how far apart the figures lie."""
    quantity = " ".join(_PROPER.get(word, word) for word in first.quantity.split("_"))
    title = f"{all_systems()[first.system].name}: {quantity}"
    if members:
        title += _unit_words(members[0], quantity)
    if len(members) > 1:
        whole = pooled(tuple(members))
        title += f"; {len(members)} figures, {_span(whole.low, whole.high, whole.unit)}"
    yield from textwrap.wrap(title, WIDTH, subsequent_indent=_MARGIN)
    yield f"{_MARGIN}[{first.group_id}]"


def _unit_words(fact: Fact, quantity: str) -> str:
    """Unit and denominator after the name of the quantity, the unit left out where the name says it."""
    words, of = _UNITS.get(fact.unit, fact.unit), fact.denominator
    if fact.unit == "fraction":
        return f", of {of}"
    if words in quantity:
        words = ""
    parts = [words, of] if of.startswith("per ") or not words else [words, f"({of})" if of else ""]
    shown = " ".join(part for part in parts if part)
    return f", {shown}" if shown else ""


def _rows(members: Sequence[Fact], told: bool) -> Iterator[str]:
    for fact in members:
        yield from _row(value_words(fact), fact)
        if told:
            yield from _details(fact)


def _row(value: str, entry: Fact | Statement) -> Iterator[str]:
    """Value, date, kind and publisher; the value has a line of its own where it is too long."""
    if len(value) >= _VALUE:
        yield _MARGIN + value
        value = ""
    lead = f"{_MARGIN}{value:<{_VALUE}}{date_words(entry.as_of):<{_DATE}}{WORD_OF_KIND[entry.kind]:<{_KIND}}"
    first, *rest = textwrap.wrap(entry.publisher, WIDTH - len(lead))
    yield lead + first
    yield from (" " * len(lead) + line for line in rest)


def _details(entry: Fact | Statement) -> Iterator[str]:
    indent = "      "
    counted = f" Counted from {date_words(entry.since)}." if isinstance(entry, Fact) and entry.since else ""
    title = f"Source: {entry.source}{'' if entry.source.endswith(('.', '?')) else '.'}"
    for text in (entry.note + counted, title, entry.id):
        yield from textwrap.wrap(text.strip(), WIDTH, initial_indent=indent, subsequent_indent=indent)
    if entry.url:
        yield indent + entry.url  # an address stays whole, however long


def _sayings(said: Sequence[Statement], told: bool) -> Iterator[str]:
    for one in said:
        yield from textwrap.wrap(one.text, WIDTH, initial_indent=_MARGIN, subsequent_indent=_MARGIN)
        yield from _row("", one)
        if told:
            yield from _details(one)


def rival_words(found: RivalSources) -> str:
    """Whose figures a scenario believes and how many inputs that changes, in a sentence without its full stop."""
    if not found.having:
        return f"{found.facts_from}; no input names figures of the library, so that no reading changes any"
    names = "input names" if found.having == 1 else "inputs name"
    if found.facts_from == "all":
        official, independent = found.redrawn["official"], found.redrawn["independent"]
        return (
            f"all; {found.having} {names} figures of the library: official ones alone would re-draw {official}, "
            f"independent ones alone {independent}"
        )
    changed = found.redrawn[found.facts_from]
    kept = found.having - changed
    return (
        f"{found.facts_from} ones alone; {found.having} {names} figures of the library: {changed} re-drawn from those "
        f"of this kind, {kept} without any, which keep what they had"
    )


def value_words(fact: Fact) -> str:
    """A figure in words: ``86 % (84 to 90 %)``; without its unit where that is not a share."""
    if fact.unit == "yes or no":
        return "yes" if fact.mode else "no"
    if fact.low == fact.high:
        return _amount(fact.mode, fact.unit)
    return f"{_amount(fact.mode, fact.unit)} ({_span(fact.low, fact.high, fact.unit)})"


def _span(low: float, high: float, unit: str) -> str:
    if unit == "yes or no":
        return "yes" if low else "no"
    if low == high:
        return _amount(low, unit)
    first, last = _amount(low, unit), _amount(high, unit)
    # The unit is said once.
    for tail in (" %", " m", " bn"):
        if first.endswith(tail) and last.endswith(tail):
            first = first.removesuffix(tail)
    return f"{first} to {last}"


def _amount(value: float, unit: str) -> str:
    if unit in ("fraction", "probability"):
        return f"{100 * value:.3g} %"
    if value >= 1e9:
        return f"{value / 1e9:.4g} bn"
    if value >= 1e6:
        return f"{value / 1e6:.4g} m"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def date_words(day: str) -> str:
    """A date as people read it: ``24 June 2025``, ``June 2025``, ``2025``; the span of a pooled figure as it is."""
    if " " in day or not day:
        return day
    year, *rest = day.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    date = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*date, *month, year])


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."
