"""Work in chunks on several threads, each chunk saved as soon as it is done.

Chunks are cut by fixed rules that know nothing of threads: 64 candidates of
exact crises; 8 drawn worlds times 16 histories of the years. So the same run
leaves the same files on one thread or many, and whatever is missing after an
interruption is exactly what is done next time.

Block b of the histories (16 of every drawn world) has the parts
``b G .. b G + G - 1``, G groups of worlds: the first block alone speaks for all
worlds, and more histories only append parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.resample import copies, history_ids
from escalade.errors import EscaladeError

CANDIDATES_PER_CHUNK, WORLDS_PER_PART, HISTORIES_PER_PART = 64, 8, 16

Result = TypeVar("Result")


@dataclass(frozen=True)
class HistoryPart:
    """One part of the histories: the same under every policy, ordered by candidate, then history id."""

    number: int
    candidate: NDArray[np.int64]
    history: NDArray[np.int64]


def crisis_chunks(candidates: int) -> list[NDArray[np.int64]]:
    """Candidate numbers of every chunk of exact crises."""
    numbers = np.arange(candidates, dtype=np.int64)
    return [numbers[start : start + CANDIDATES_PER_CHUNK] for start in range(0, candidates, CANDIDATES_PER_CHUNK)]


def history_parts(multiplicity: NDArray[np.int64], histories: int) -> list[HistoryPart]:
    """All parts of a run with that many histories of every drawn world.

    ``multiplicity`` [candidate] says how often each candidate is drawn. The last
    block is smaller if ``histories`` is no multiple of 16.
    """
    drawn = copies(multiplicity)
    groups = [drawn[start : start + WORLDS_PER_PART] for start in range(0, drawn.size, WORLDS_PER_PART)]
    blocks = [(start, min(HISTORIES_PER_PART, histories - start)) for start in range(0, histories, HISTORIES_PER_PART)]
    return [
        _part(b * len(groups) + g, group, start, length)
        for b, (start, length) in enumerate(blocks)
        for g, group in enumerate(groups)
    ]


def _part(number: int, group: NDArray[np.void], start: int, length: int) -> HistoryPart:
    candidate = np.repeat(group["world"], length)
    history = np.concatenate([history_ids(row["copy"], row["multiplicity"], length, start) for row in group])
    order = np.lexsort((history, candidate))
    return HistoryPart(number, candidate[order], history[order])


def run_chunks(
    work: Callable[[int], Result], chunks: Iterable[int], workers: int, finished: Callable[[int, Result], None]
) -> None:
    """Do ``work`` for every chunk on ``workers`` threads; call ``finished`` here, in the caller's thread, after each.

    Chunks begin in their order and end in any. ``work`` saves what it makes.
    Whatever stops the loop (Ctrl-C, an error of a chunk), chunks under way are
    finished and the others are not begun; then the exception goes on.
    """
    waiting = iter(chunks)
    running: dict[Future[Result], int] = {}
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="escalade")
    try:
        while True:
            _begin(pool, work, waiting, running, 2 * workers)
            if not running:
                return
            # A timeout, because on Windows nothing else lets Ctrl-C through.
            done, _ = wait(running, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=running.__getitem__):
                finished(running.pop(future), future.result())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(
    pool: ThreadPoolExecutor,
    work: Callable[[int], Result],
    waiting: Iterator[int],
    running: dict[Future[Result], int],
    most: int,
) -> None:
    """Hand out chunks until ``most`` are under way or waiting for a thread."""
    for chunk in islice(waiting, most - len(running)):
        running[pool.submit(work, chunk)] = chunk


def require_numbers(
    values: NDArray[np.float64],
    columns: Sequence[str],
    policy: str,
    candidate: NDArray[np.int64],
    history: NDArray[np.int64] | None = None,
) -> None:
    """Raise ``EscaladeError`` naming world, policy and history of the first result that is not a number.

    ``values`` is [row, column]; ``candidate`` and ``history`` are [row].
    """
    wrong = np.argwhere(np.isnan(values))
    if wrong.size == 0:
        return
    row, column = wrong[0]
    what = f"the exact crisis of world {candidate[row]}"
    if history is not None:
        what = f"history {history[row]} of world {candidate[row]}"
    raise EscaladeError(f"{what} under policy {policy}: {columns[column]} is not a number")
