"""Limits on a scenario's text, kept before anything is built from it.

A scenario may come from anybody. The text is read as a stream of events, without recursion, and refused at the first
event that breaks a limit: so an alias bomb or 300,000 brackets cost no more than a small file. Anchors, aliases, tags,
merge keys and directives are not needed in a scenario and not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from escalade.errors import EscaladeError

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_LINE = 20_000
"""Characters in a line; some scanners need quadratic time on long ones."""


_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.2 does not admit (its production 1)."""


class TextError(EscaladeError):
    """The text cannot be read any further; ``line`` and ``column`` count from 1 (0: the whole text)."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def decoded(content: bytes) -> str:
    """The text of a file's bytes; raises ``TextError`` if they are too many or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise TextError(f"is larger than a scenario may be; allowed: at most {MAX_BYTES:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = position(content, error.start)
        raise TextError("is not text in UTF-8; save the file with that encoding", line, column) from None
    _check_characters(text)
    return text


def _check_characters(text: str) -> None:
    for number, content in enumerate(text.splitlines(), start=1):
        if len(content) > MAX_LINE:
            raise TextError(f"the line is too long; allowed: at most {MAX_LINE:,} characters", number, MAX_LINE + 1)
    found = _UNPRINTABLE.search(text)
    if found:
        line, column = position(text, found.start())
        raise TextError(f"the character U+{ord(found.group()):04X} is not allowed", line, column)


def position(text: str | bytes, index: int) -> tuple[int, int]:
    """Line and column, from 1, of an index into a text."""
    newline = "\n" if isinstance(text, str) else b"\n"
    before = text[:index]
    return before.count(newline) + 1, index - (before.rfind(newline) + 1) + 1  # type: ignore[arg-type]


def events(text: str) -> Iterator[Event]:
    """The events of the text, each checked as it comes.

    Raises ``TextError`` at the first that breaks a limit, and where the text is not YAML.
    """
    depth = nodes = documents = 0
    for event in _parsed(text):
        if isinstance(event, NodeEvent):
            nodes += 1
            if nodes > MAX_NODES:
                raise _refused(event, f"more parts than a scenario may have; allowed: at most {MAX_NODES:,}")
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused(event, f"nested too deeply; allowed: at most {MAX_DEPTH} levels")
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, DocumentStartEvent):
            documents += 1
            _check_document(event, documents)
        yield event


def _check_document(event: DocumentStartEvent, documents: int) -> None:
    if documents > 1:
        raise _refused(event, "a second document begins; allowed: one document in a file")
    if event.version is not None or event.tags:
        raise TextError("directives (lines that begin with %) are not allowed", 1, 1)


def forbidden(event: Event) -> str | None:
    """What a scenario may not contain, if the event is such a thing; reading can go on after it."""
    if isinstance(event, AliasEvent):
        return "aliases (*name) are not allowed; write the value again"
    if not isinstance(event, NodeEvent):
        return None
    if event.anchor is not None:
        return "anchors (&name) are not allowed"
    if isinstance(event, ScalarEvent | CollectionStartEvent) and _tag(event) is not None:
        return "tags (!name) are not allowed"
    return None


def _tag(event: ScalarEvent | CollectionStartEvent) -> str | None:
    tag = event.tag
    return None if tag is None else str(tag)


def _parsed(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise TextError(f"is not YAML: {' '.join(what.split())}", line, column) from None
    except (YAMLError, ValueError, OverflowError) as error:
        # Unprintable characters, and escapes such as "\U99999999" that name no character.
        raise TextError(f"is not YAML: {' '.join(str(error).split())[:200]}") from None


def _refused(event: Event, message: str) -> TextError:
    mark = event.start_mark
    return TextError(message, mark.line + 1, mark.column + 1)
