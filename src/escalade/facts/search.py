"""Search of the library: by words, kind, system and day."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from escalade.errors import UsageError
from escalade.facts.library import Fact, Statement, all_facts, all_statements
from escalade.facts.systems import all_systems, resolved

KIND_WORDS = {
    "official": "official_claim",
    "independent": "independent_estimate",
    "press": "press_report",
    "test": "test_record",
    "assumption": "model_assumption",
}
"""Kinds of figures by the word that stands for each on screen and on the command line."""

WORD_OF_KIND = {kind: word for word, kind in KIND_WORDS.items()} | {"mixed": "mixed"}
"""The word on screen by kind."""

Entry = TypeVar("Entry", bound=Fact | Statement)


def find(
    words: Sequence[str] = (), kind: str | None = None, system: str | None = None, as_of: str | None = None
) -> tuple[tuple[Fact, ...], tuple[Statement, ...]]:
    """Figures and statements about all ``words``, sorted by id.

    A word is looked for in ids, names of systems and other words for them, units and denominators; if that finds
    nothing, in sources and notes too. It may be the beginning of a word; case, and a final s, do not matter. Where one
    figure fits, those that stand beside it (of one quantity of one system) are given with it, so that no conflict is
    hidden. ``kind`` is a key of ``KIND_WORDS``, ``system`` a name of a system, ``as_of`` a day, month or year: only
    what was known by its end is given.

    Raises ``UsageError`` if nothing is found, with the word that is in nothing and near ones, and for a ``kind`` or
    ``as_of`` that is none; ``UnknownSystem`` for an unknown system.
    """
    found_kind = None if kind is None else _kind(kind)
    found_system = None if system is None else resolved(system, tuple(all_systems()), "system")
    until = None if as_of is None else _end(_day(as_of))
    wanted = [word for text in words for word in _tokens(text)]
    chosen = [
        entry
        for entry in _entries()
        if found_kind in (None, entry.kind)
        and found_system in (None, entry.system)
        and (until is None or _end(entry.as_of) <= until)
    ]
    groups = _groups(chosen, wanted, _subjects()) or _groups(chosen, wanted, _all_words())
    if not groups:
        raise UsageError(_nothing(wanted))
    found = [entry for entry in chosen if entry.group_id in groups]
    figures = tuple(entry for entry in found if isinstance(entry, Fact))
    return figures, tuple(entry for entry in found if isinstance(entry, Statement))


def _groups(
    entries: Iterable[Fact | Statement], wanted: Sequence[str], words: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Groups with an entry that holds all wanted words."""
    return frozenset(entry.group_id for entry in entries if all(_begins(word, words[entry.id]) for word in wanted))


def by_group(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Figures (or statements) by ``system.quantity``, oldest first within a group."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group_id, []).append(entry)
    return {name: tuple(sorted(members, key=lambda one: (one.as_of, one.id))) for name, members in groups.items()}


def _kind(word: str) -> str:
    if word not in KIND_WORDS:
        near = difflib.get_close_matches(word, KIND_WORDS, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{word!r} is not a kind of figure; allowed: {', '.join(KIND_WORDS)}{hint}")
    return KIND_WORDS[word]


def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text):
        raise UsageError(f"{text!r} is not a date; allowed: 2025, 2025-06 or 2025-06-12")
    return text


def _end(day: str) -> str:
    """Sorts a year after all of its months, a month after all of its days."""
    return day + "-99" * (2 - day.count("-"))


def _nothing(wanted: Sequence[str]) -> str:
    """Why a search found nothing, in a sentence."""
    subjects = sorted({word for words in _subjects().values() for word in words})
    for word in wanted:
        if not any(_begins(word, words) for words in _all_words().values()):
            near = difflib.get_close_matches(word, subjects, n=3, cutoff=0.7)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; `escalade facts` lists what there is"
            return f"no figure holds the word {word!r}{hint}"
    return "no figure fits all of this; leave out a word or a choice (`escalade facts` lists what there is)"


def _begins(word: str, words: Iterable[str]) -> bool:
    """Whether any of the words begins with ``word``, or with it less its final s."""
    stems = (word, word[:-1]) if word.endswith("s") and len(word) > 3 else (word,)
    return any(other.startswith(stems) for other in words)


def _entries() -> tuple[Fact | Statement, ...]:
    return (*all_facts(), *all_statements())


@cache
def _subjects() -> dict[str, frozenset[str]]:
    """Words that say what a figure or statement is about, by id."""
    systems = all_systems()
    found = {}
    for entry in _entries():
        system = systems[entry.system]
        texts = [entry.id, system.name, *system.aliases, entry.as_of]
        texts += [entry.unit, entry.denominator] if isinstance(entry, Fact) else []
        found[entry.id] = frozenset(word for text in texts for word in _tokens(text))
    return found


@cache
def _all_words() -> dict[str, frozenset[str]]:
    """Those words, and those of sources, notes and statements."""
    found = {}
    for entry in _entries():
        said = entry.text if isinstance(entry, Statement) else ""
        more = _tokens(f"{entry.source} {entry.publisher} {entry.note} {said}")
        found[entry.id] = _subjects()[entry.id] | frozenset(more)
    return found


def _tokens(text: str) -> list[str]:
    """Words of a text in lower case; an apostrophe is left out, so that David's is found as davids."""
    return re.findall(r"[^\W_]+", re.sub(r"['\u2019]", "", text.lower()))
