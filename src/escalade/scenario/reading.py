"""From text to plain data, with the place of every part.

YAML 1.2 by its core schema: ``no`` is text, ``1e3`` is 1000, ``012`` is 12. Problems that leave the rest readable (a
key given twice, an anchor, a number that is not finite) are collected, so that they appear beside all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ruamel.yaml.events import (
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from escalade.errors import Problem
from escalade.scenario import limits
from escalade.scenario.paths import Path, clean, dotted, printable

_NULL = re.compile(r"(?:~|null|Null|NULL|)")
_TRUE = re.compile(r"(?:true|True|TRUE)")
_FALSE = re.compile(r"(?:false|False|FALSE)")
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))")
_MAX_DIGITS = 400
"""Digits beyond which a whole number is infinite as a float anyway."""


class Mark(NamedTuple):
    """A place in a file; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int


@dataclass
class Document:
    """Plain data and where each part of it stands.

    ``values`` and ``keys`` give the mark of a part and of its key, by path; parts from several files may be mixed, as
    in a variant. ``problems`` were met while reading.
    """

    file: str
    data: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, path: Path) -> Mark:
        """Mark of the part at ``path``, or of the nearest part that contains it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Mark(self.file, 1, 1))

    def where_key(self, path: Path) -> Mark:
        """Mark of the key of the part at ``path``, or of the nearest part that contains it."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys.get(path, Mark(self.file, 1, 1))

    def problem(self, path: Path, message: str, mark: Mark | None = None) -> Problem:
        """A problem with the part at ``path``."""
        file, line, column = mark or self.where(path)
        return Problem(file, line, column, dotted(path), clean(message))

    def forget(self, path: Path) -> None:
        """Drop all marks at and below ``path``, before something else is put there."""
        for marks in (self.values, self.keys):
            for known in [known for known in marks if known[: len(path)] == path]:
                del marks[known]


def read(content: bytes, file: str) -> Document:
    """The document in a file's bytes; ``file`` is its name as users know it.

    Raises ``TextError`` where reading cannot go on: limits broken, not UTF-8, not YAML.
    """
    document = Document(file)
    builder = _Builder(limits.events(limits.decoded(content)), document)
    builder.build()
    return document


class _Builder:
    """Builds data and marks from events. It recurses, which the limit on depth makes safe."""

    def __init__(self, events: Iterator[Event], document: Document) -> None:
        self.events = events
        self.document = document

    def build(self) -> None:
        for event in self.events:
            if isinstance(event, NodeEvent):
                self.document.data = self.value(event, ())

    def value(self, event: Event, path: Path) -> Any:
        mark = self.mark(event)
        if isinstance(event, ScalarEvent) and not event.value and not event.style:
            # Nothing is written, so the parser's place is that of whatever comes next: the key says more.
            mark = self.document.keys.get(path, mark)
        self.document.values.setdefault(path, mark)
        refusal = limits.forbidden(event)
        if refusal:
            self.report(path, refusal, mark)
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event, path, mark) if isinstance(event, ScalarEvent) else None

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                break
            items.append(self.value(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                break
            key = self.key(event, path)
            inside = (*path, key)
            if key in data:
                first = self.document.keys[inside]
                self.report(inside, f"is given twice; first on line {first.line}", self.mark(event))
            self.document.keys.setdefault(inside, self.mark(event))
            value = self.value(next(self.events), inside)
            data.setdefault(key, value)
        return data

    def key(self, event: Event, path: Path) -> str:
        if isinstance(event, ScalarEvent):
            refusal = limits.forbidden(event)
            if not refusal and event.value == "<<" and not event.style:
                refusal = "merge keys (<<) are not allowed; use extends and changes"
            if refusal:
                self.report((*path, event.value), refusal, self.mark(event))
            return str(event.value)
        self.report(path, "a key is a list, a mapping or an alias; allowed: plain names as keys", self.mark(event))
        self.value(event, (*path, "?"))
        return "?"

    def scalar(self, event: ScalarEvent, path: Path, mark: Mark) -> Any:
        text = str(event.value)
        if event.style:
            if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
                self.report(path, "the text holds half of a character (a lone surrogate)", mark)
                return ""
            return text
        try:
            return plain_scalar(text)
        except ValueError:
            self.report(path, f"{printable(text, 40)} is not a finite number; allowed: finite numbers", mark)
            return None

    def mark(self, event: Event) -> Mark:
        start = event.start_mark
        return Mark(self.document.file, start.line + 1, start.column + 1)

    def report(self, path: Path, message: str, mark: Mark) -> None:
        self.document.problems.append(self.document.problem(path, message, mark))


def plain_scalar(text: str) -> Any:
    """What a scalar without quotes stands for in YAML 1.2; raises ValueError for numbers that are not finite."""
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text[0] in "tT"
    for pattern, base in ((_INT, 10), (_OCTAL, 8), (_HEX, 16)):
        if pattern.fullmatch(text):
            if len(text) > _MAX_DIGITS:
                raise ValueError(text)
            return int(text, base)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise ValueError(text)
        return number
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(text)
    return text
