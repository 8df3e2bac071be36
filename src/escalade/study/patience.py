"""Saying why something takes long, only where it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE = 2.0
"""Seconds after which somebody who waits is told why."""


@contextmanager
def if_slow(say: Callable[[], object]) -> Iterator[None]:
    """Call ``say`` once, from a thread of its own, if the block is still at work after ``PATIENCE`` seconds."""
    notice = Timer(PATIENCE, say)
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()
