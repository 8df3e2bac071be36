"""Patterns of quantities filled in with the sides, arms, layers and rungs of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from escalade.quantities.kinds import Measure, Quantity, Vocabulary


def fillings(pattern: str, vocabulary: Vocabulary) -> Iterator[dict[str, tuple[str, str]]]:
    """All ways to fill the placeholders of a pattern: placeholder -> (id, name)."""
    parts = pattern.split(".")
    if "RUNG" in parts and "SIDE" in parts:
        yield from ({"SIDE": s, "RUNG": r} for s in vocabulary.sides.items() for r in vocabulary.rungs.items())
    elif "RUNG" in parts:
        yield from ({"RUNG": rung} for rung in vocabulary.rungs.items())
    elif "PAIR" in parts:
        yield from ({"PAIR": pair} for pair in vocabulary.pairs.items())
    elif "SIDE" in parts:
        for side in vocabulary.sides.items():
            if not _concerns(parts[0], side[0], vocabulary):
                continue
            inner = "ARM" if "ARM" in parts else "LAYER" if "LAYER" in parts else None
            if inner is None:
                yield {"SIDE": side}
                continue
            members = (vocabulary.arms if inner == "ARM" else vocabulary.layers).get(side[0], {})
            yield from ({"SIDE": side, inner: member} for member in members.items())
    else:
        yield {}


SHIELDED = ("deaths", "interceptors", "interceptors_end", "cost", "spending")
"""What a side that only hosts has too: people, layers, and what they cost."""


def _concerns(quantity: str, side: str, vocabulary: Vocabulary) -> bool:
    """Whether a side has the quantity that a pattern begins with."""
    if quantity == "deaths_with_hosts":
        return side in vocabulary.hosted
    return quantity in SHIELDED or not vocabulary.fighting or side in vocabulary.fighting


def fill(entry: Quantity, names: Mapping[str, tuple[str, str]], vocabulary: Vocabulary) -> Quantity:
    """The quantity of one filling: ids in its id and columns, names in its words."""
    ids = {placeholder: identifier for placeholder, (identifier, _) in names.items()}
    words = {placeholder.lower(): name for placeholder, (_, name) in names.items()}
    exact = entry.crisis if _in_crisis(entry.id, ids.get("SIDE"), vocabulary) else None
    focused = replace(vocabulary, sides={name: name for name in vocabulary.focus}) if vocabulary.focus else vocabulary
    return Quantity(
        _substituted(entry.id, ids),
        _worded(entry.name, words),
        _worded(entry.sentence, words),
        entry.group,
        _measured(exact, ids, words, focused),
        _measured(entry.period, ids, words, vocabulary),
        entry.control or (_substituted(entry.id, ids) if exact else None),
    )


def _in_crisis(pattern: str, side: str | None, vocabulary: Vocabulary) -> bool:
    """Whether the crises of the pair in focus have the quantity: those of third sides, and of hosts, they have not."""
    if side is None or not vocabulary.focus:
        return True
    return side in vocabulary.focus and not (pattern == "deaths.SIDE" and side in vocabulary.hosted)


def _worded(text: str, words: Mapping[str, str]) -> str:
    # Not str.format: a name from a file may itself contain braces.
    for placeholder, name in words.items():
        text = text.replace("{" + placeholder + "}", name)
    return text


def _substituted(pattern: str, ids: Mapping[str, str]) -> str:
    return ".".join(ids.get(part, part) for part in pattern.split("."))


def _measured(
    measure: Measure | None, ids: Mapping[str, str], words: Mapping[str, str], vocabulary: Vocabulary
) -> Measure | None:
    if measure is None:
        return None
    ids = {**ids, **_neighbours(ids.get("RUNG"), list(vocabulary.rungs))}
    top, bottom, less = (
        tuple(column for pattern in patterns for column in _expanded(_substituted(pattern, ids), vocabulary))
        for patterns in (measure.numerator, measure.denominator, measure.less)
    )
    less = tuple(name for name in less if "NEXT" not in name.split("."))
    return Measure(top, measure.unit, _worded(measure.of, words), bottom, less)


def _neighbours(rung: str | None, rungs: Sequence[str]) -> dict[str, str]:
    """The lowest rung, and the one above a rung; of the highest rung nothing is above."""
    found = {"LOWEST": rungs[0]} if rungs else {}
    if rung is not None and rung != rungs[-1]:
        found["NEXT"] = rungs[rungs.index(rung) + 1]
    return found


def _expanded(pattern: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Columns that a formula's ``*`` stands for."""
    head, star, _ = pattern.partition("*")
    if not star:
        yield pattern
    elif head.count(".") == 1:
        yield from (head + side for side in vocabulary.sides)
    else:
        yield from (head + layer for layer in vocabulary.layers.get(head.split(".")[1], {}))
