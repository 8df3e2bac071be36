"""What a run tells while it works. How it is shown is the command line's affair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Protocol

from escalade.analysis.compare import Comparison

PATIENCE = 2.0
"""Seconds after which a first compilation says what it is doing."""


class Progress(Protocol):
    """Listener of a run. Notes may come from any thread, everything else from the thread that started the run."""

    def stage(self, name: str, done: int, total: int) -> None:
        """A stage begins: so many of its chunks are there already."""

    def advance(self, answer: Callable[[], Comparison | None]) -> None:
        """One more chunk is there; ``answer`` computes the answer so far, if the listener wants it."""

    def note(self, text: str) -> None:
        """Something that explains a wait."""


class Quiet:
    """Listener that says nothing."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Say nothing."""

    def advance(self, answer: Callable[[], Comparison | None]) -> None:
        """Say nothing, and compute nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""


@contextmanager
def while_compiling(progress: Progress) -> Iterator[None]:
    """Say that the model is being compiled if the block takes a while."""
    notice = Timer(PATIENCE, progress.note, ["compiling the model (about a minute, once per version) ..."])
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()
