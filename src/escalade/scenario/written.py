"""Numbers as a scenario file writes them, and as readers see them: the way back from ``escalade.scenario.forms``."""

from __future__ import annotations

from typing import Any

from escalade import facts
from escalade.scenario.numbers import Fixed, Number, OneOf, Plus, Times, Uniform


def number_data(number: Number) -> Any:
    """The number as plain data that reads back as the same number."""
    if number.written is not None:
        return number_data(number.written)
    match number.spec:
        case _ if number.fact is not None:
            data: dict[str, Any] = {"fact": number.fact}
        case Fixed(value):
            data = {"value": plain(value)}
        case Uniform(low, high):
            data = {"uniform": [plain(low), plain(high)]}
        case OneOf(values):
            data = {"one_of": [plain(value) for value in values]}
        case Times(base, factor):
            data = {"of": number_data(base), "times": number_data(factor)}
        case Plus(base, term):
            data = {"of": number_data(base), "plus": number_data(term)}
        case spec:
            data = {name: plain(getattr(spec, name)) for name in ("low", "mode", "high")}
    if number.rivals is not None:
        data["fact"] = number.rivals
    data |= _own_reason(number)
    return data["value"] if list(data) == ["value"] else data


def _own_reason(number: Number) -> dict[str, str]:
    """What the scenario itself says about the number: all but what a fact brings along."""
    names = ["source", "assumption", "url", "note", "together"]
    if number.fact is not None:
        figures = [facts.read(number.fact, reading).fact for reading in facts.library.RIVAL_SOURCES]
        if any(figure.citation in (number.source, number.assumption) for figure in figures):
            names = names[3:] if any(figure.url == (number.url or "") for figure in figures) else names[2:]
    reasons = {name: getattr(number, name) for name in names}
    return {name: text for name, text in reasons.items() if text is not None}


def shown(value: float) -> str:
    """The number for readers: six digits, thousands apart from ten thousand on, and never in powers of ten."""
    if abs(value) >= 1e6 or (abs(value) >= 1e4 and value == round(value)):
        return f"{value:,.0f}"
    return f"{value:.6g}"


def plain(value: float) -> int | float:
    """A whole number as int where that is exact, so that 200.0 is written 200."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
