"""The table of quantities, from the registry."""

from __future__ import annotations

from scenario_reference import table

from escalade.quantities import REGISTRY, UNIT_WORDS, Clock, Measure, Quantity, RunNumber
from escalade.raid.quantities import RAID_NUMBERS
from escalade.stability.quantities import STABILITY_NUMBERS

CLOCKS: tuple[tuple[Clock, str], ...] = (("crisis", "per crisis"), ("period", "per period"))


def quantities() -> str:
    """Every quantity under its group: id, name, meaning, and how it is formed on each clock."""
    groups: dict[str, list[Quantity]] = {}
    for quantity in REGISTRY:
        groups.setdefault(quantity.group, []).append(quantity)
    return "\n".join(f"## {group}\n\n{_table(members)}" for group, members in groups.items())


def raid_quantities() -> str:
    """Every number about raids and campaigns: id, meaning, of what, formula, error."""
    return _numbers(RAID_NUMBERS)


def stability_quantities() -> str:
    """Every number about first-strike stability: id, meaning, of what, formula, error."""
    return _numbers(STABILITY_NUMBERS)


def _numbers(entries: tuple[RunNumber, ...]) -> str:
    rows = [
        (f"`{entry.id}`", _words(entry.sentence), _words(entry.of), f"`{entry.formula}`", entry.error)
        for entry in entries
    ]
    return table(("id", "meaning", "of", "formula", "error"), rows)


def glossary(kind: str) -> list[tuple[str, str]]:
    """Names and meanings of all quantities, or of all numbers about raids, in alphabetical order.

    kind : ``quantities`` or ``raids``
    """
    entries = [(one.name, one.sentence) for one in (REGISTRY if kind == "quantities" else RAID_NUMBERS)]
    return sorted({(_words(name), _words(sentence)) for name, sentence in entries}, key=lambda pair: pair[0].lower())


def _table(members: list[Quantity]) -> str:
    rows = [
        (
            f"`{quantity.id}`",
            _words(quantity.name),
            _words(quantity.sentence),
            *(_measure(quantity.on(clock)) for clock, _ in CLOCKS),
        )
        for quantity in members
    ]
    return table(("id", "name", "meaning", *(words for _, words in CLOCKS)), rows)


def _measure(measure: Measure | None) -> str:
    if measure is None:
        return "not known"
    return f"`{measure.formula}`, {UNIT_WORDS[measure.unit]}, of {measure.of}"


def _words(text: str) -> str:
    """A pattern as people read it: placeholders in capitals."""
    for placeholder in ("side", "pair", "rung", "arm", "layer", "class"):
        text = text.replace("{" + placeholder + "}", placeholder.upper())
    return text
