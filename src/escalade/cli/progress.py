"""Progress of a run on standard error: a live line on a terminal, else a line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from escalade.study.patience import if_slow
from escalade.study.stage_words import stage_words

if TYPE_CHECKING:
    from rich.live import Live

    from escalade.analysis.compare import Comparison

    Answer = Callable[[], Comparison | None]
    Tell = Callable[[Comparison], str]

LINE_EVERY, LIVE_EVERY = 10.0, 1.0
"""Seconds between two lines of a log, and between two answers on a terminal."""

AT_WORK = "at work; the first use of a part compiles it (about a minute in all, once per version) ..."


class Lines:
    """One line whenever ten seconds have passed: for logs and pipes."""

    def __init__(self, tell: Tell, every: float = LINE_EVERY) -> None:
        self.tell = tell
        self.every = every
        self.name, self.done, self.total = "", 0, 0
        self.last = time.monotonic()

    def stage(self, name: str, done: int, total: int) -> None:
        """Say where a stage begins, if it has anything left to do."""
        self.name, self.done, self.total = name, done, total
        if done < total:
            there = f", {done} there already" if done else ""
            self.note(f"{stage_words(name)}: {total} parts{there}")

    def advance(self, answer: Answer) -> None:
        """Count a part; say how things stand if it is time."""
        self.done += 1
        now = time.monotonic()
        if now - self.last >= self.every:
            self.last = now
            self.show(self.state(answer))

    def note(self, text: str) -> None:
        """Say it at once."""
        print(text, file=sys.stderr, flush=True)

    def state(self, answer: Answer) -> str:
        """How far the stage is, and the answer so far."""
        comparison = answer()
        so_far = f"  {self.tell(comparison)}" if comparison is not None and comparison.pairs else ""
        return f"{stage_words(self.name)} {self.done} of {self.total}{so_far}"

    def show(self, state: str) -> None:
        """Show how things stand."""
        self.note(state)

    def close(self) -> None:
        """Nothing is left to tidy up."""


class Terminal(Lines):
    """A bar that grows in place, with the answer so far above it."""

    def __init__(self, tell: Tell) -> None:
        from rich.console import Console
        from rich.live import Live

        super().__init__(tell, LIVE_EVERY)
        self.live: Live = Live(console=Console(stderr=True, highlight=False), transient=True, refresh_per_second=4)
        self.live.start()

    def stage(self, name: str, done: int, total: int) -> None:
        """Begin a new bar."""
        self.name, self.done, self.total = name, done, total
        self.last = 0.0  # the first answer at once
        if done < total:
            self.show(f"{stage_words(name)} {done} of {total}")

    def note(self, text: str) -> None:
        """Say it above the bar."""
        self.live.console.print(text, markup=False)

    def show(self, state: str) -> None:
        """Renew the bar."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.text import Text

        self.live.update(Group(Text(state), ProgressBar(total=self.total, completed=self.done, width=60)))

    def close(self) -> None:
        """Take the bar away."""
        self.live.stop()


def patient() -> AbstractContextManager[None]:
    """Say on standard error why it takes so long, if it does."""
    return if_slow(lambda: print(AT_WORK, file=sys.stderr, flush=True))


def listener(tell: Tell) -> Lines:
    """What suits standard error: a live bar on a terminal, lines elsewhere."""
    return Terminal(tell) if sys.stderr.isatty() else Lines(tell)
