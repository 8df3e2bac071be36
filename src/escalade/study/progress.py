"""What a run tells while it works. How it is shown is the command line's affair."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from escalade.analysis.compare import Comparison
from escalade.study.patience import if_slow


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


def while_compiling(progress: Progress) -> AbstractContextManager[None]:
    """Say that the model is being compiled if the block takes a while."""
    return if_slow(lambda: progress.note("compiling the model (about a minute, once per version) ..."))
