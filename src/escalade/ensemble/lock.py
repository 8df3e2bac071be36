"""One process at a time works on a run: a lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from escalade.errors import EscaladeError

NAME = "run.lock"
"""File in the run's folder while somebody works on it; gone afterwards."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the run's lock inside the block.

    Raises ``EscaladeError`` at once if a living process holds it. A file left by
    a process that was killed is no lock: only the operating system's lock on it counts.
    """
    path = folder / NAME
    handle = _taken(path)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
            path.unlink(missing_ok=True)
        else:  # removed while still held, so that nobody can take a lock that is about to vanish
            path.unlink(missing_ok=True)
            os.close(handle)


def _taken(path: Path) -> int:
    """File descriptor of the lock file, with the lock held on the file that is now at ``path``."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(handle):
            holder = _holder(path)
            os.close(handle)
            raise EscaladeError(f"{path.parent} is being worked on by another process{holder}; wait for it or stop it")
        try:
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass  # its last holder removed it between our opening and our locking: try the next file
        os.close(handle)


def _holder(path: Path) -> str:
    try:
        text = path.read_text("utf-8").strip()
    except OSError:  # Windows lets nobody else read a locked byte
        return ""
    return f" (number {text})" if text.isdecimal() else ""


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
