"""Conditions on the outcomes of a history: ``war = 1 and deaths.israel > 100``.

A condition compares columns and numbers by ``=``, ``!=``, ``<``, ``<=``, ``>``,
``>=`` and joins comparisons by ``and``, ``or``, ``not`` and brackets; a number or
column alone means that it is not zero. Nothing else is understood, and nothing is
executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalade.errors import UsageError, did_you_mean

Floats = NDArray[np.float64]
Lookup = Callable[[str], Floats]
Rows = Callable[[Lookup], Any]
"""What a part of a condition is in every row, given the columns."""

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?P<word>[A-Za-z_]\w*(?:\.\w+)*)"
    r"|(?P<sign><=|>=|!=|==|[=<>()+-]))"
)
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": np.equal,
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
MOST_TOKENS = 100
"""A longer condition is no condition that a person wrote."""


@dataclass(frozen=True)
class Condition:
    """A condition, ready for rows: ``holds(lookup)`` is true where it holds [row]; ``columns`` are those it reads."""

    text: str
    columns: tuple[str, ...]
    rows: Rows

    def holds(self, lookup: Lookup) -> NDArray[np.bool_]:
        """Where the condition holds; ``lookup`` gives a column by its name [row]."""
        return np.asarray(self.rows(lookup), dtype=bool)


def condition(text: str, columns: Sequence[str]) -> Condition:
    """The condition that a text states over some columns.

    Raises ``UsageError`` that says where the text goes wrong, or which column was meant.
    """
    return _Parser(text, columns).parse()


class _Parser:
    """Recursive descent, one token ahead: or, and, not, comparison, value."""

    def __init__(self, text: str, columns: Sequence[str]) -> None:
        self._text, self._columns = text, columns
        self._used: list[str] = []
        self._tokens = self._split()
        self._at = 0

    def parse(self) -> Condition:
        """The whole text."""
        rows = self._either()
        if self._peek():
            raise self._wrong(f'"{self._peek()}" is not expected here')
        return Condition(self._text, tuple(dict.fromkeys(self._used)), rows)

    def _split(self) -> list[str]:
        tokens, at, text = [], 0, self._text.rstrip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None:
                raise self._wrong(f'"{text[at:].strip()[:1]}" is not understood')
            tokens.append(found[0].strip())
            at = found.end()
        if len(tokens) > MOST_TOKENS:
            raise self._wrong(f"it has more than {MOST_TOKENS} words")
        return tokens

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _accept(self, *words: str) -> str:
        """The next token if it is one of these words, in small letters; else nothing."""
        word = self._peek().lower()
        if word and word in words:
            self._at += 1
            return word
        return ""

    def _either(self) -> Rows:
        rows = self._both()
        while self._accept("or"):
            rows = _joined(np.logical_or, rows, self._both())
        return rows

    def _both(self) -> Rows:
        rows = self._negated()
        while self._accept("and"):
            rows = _joined(np.logical_and, rows, self._negated())
        return rows

    def _negated(self) -> Rows:
        negations = 0
        while self._accept("not"):
            negations += 1
        rows = self._compared()
        return (lambda lookup: np.logical_not(rows(lookup))) if negations % 2 else rows

    def _compared(self) -> Rows:
        rows = self._value()
        sign = self._accept(*COMPARE)
        if not sign:
            return rows
        return _joined(COMPARE[sign], rows, self._value())

    def _value(self) -> Rows:
        if self._accept("("):
            rows = self._either()
            if not self._accept(")"):
                raise self._wrong('a closing ")" is missing')
            return rows
        negative = self._accept("-", "+") == "-"
        word = self._peek()
        self._at += 1
        if word[:1].isdigit() or word[:1] == ".":
            number = -float(word) if negative else float(word)
            return lambda lookup: np.float64(number)
        if not word or not (word[0].isalpha() or word[0] == "_") or word.lower() in ("and", "or", "not"):
            place = f'before "{word}"' if word else "at the end"
            raise self._wrong(f"a column or a number is missing {place}")
        self._require_column(word)
        self._used.append(word)
        return lambda lookup: -lookup(word) if negative else lookup(word)

    def _require_column(self, word: str) -> None:
        if word in self._columns:
            return
        hint = did_you_mean(word, self._columns, "escalade replay RUN --list shows all columns")
        raise UsageError(f'no column "{word}" in this run; {hint}')

    def _wrong(self, what: str) -> UsageError:
        return UsageError(
            f'the condition "{self._text}" cannot be read: {what}; '
            "allowed are columns, numbers, = != < <= > >=, and, or, not and brackets"
        )


def _joined(operation: Callable[[Any, Any], Any], one: Rows, other: Rows) -> Rows:
    return lambda lookup: operation(one(lookup), other(lookup))
