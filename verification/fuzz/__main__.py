"""Many broken inputs for every reader: ``python -m verification.fuzz --cases 100000 --workers 2``."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from verification.fuzz.targets import TARGETS

SECONDS = 5.0
"""Longest that a case may take, in processor time: a busy machine is not a finding."""

MEGABYTES = 500
"""Most memory that a process may hold after any number of cases."""

BATCH = 100
"""Cases that a process takes at once."""


class TooSlowError(Exception):
    """A case took longer than it may."""


class Batch(NamedTuple):
    """Cases of one target for one process."""

    target: str
    first: int
    count: int
    seed: int
    keep: Path | None


class Report(NamedTuple):
    """What became of a batch."""

    accepted: int
    findings: list[str]
    slowest: float  # seconds of processor time
    megabytes: float  # most memory that the process has held


def stop(number: int, frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SECONDS:g} seconds")


def try_case(batch: Batch, number: int) -> tuple[bool, str | None]:
    """Whether a case was accepted, and what was found wrong with the reader."""
    target = TARGETS[batch.target]
    content = target.case(number, batch.seed)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        return target.read(content), None
    except Exception:
        said = f"{batch.target} {batch.seed} {number}\n{traceback.format_exc()}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if batch.keep is not None:
        batch.keep.mkdir(parents=True, exist_ok=True)
        (batch.keep / f"{batch.target}-{batch.seed}-{number}").write_bytes(content)
    return False, said


def run(batch: Batch) -> Report:
    """All cases of a batch."""
    signal.signal(signal.SIGVTALRM, stop)
    accepted, findings, slowest = 0, [], 0.0
    for number in range(batch.first, batch.first + batch.count):
        start = time.process_time()
        good, found = try_case(batch, number)
        slowest = max(slowest, time.process_time() - start)
        accepted += good
        if found is not None:
            findings.append(found)
    return Report(accepted, findings, slowest, megabytes())


def megabytes() -> float:
    """The most memory that this process has held."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e6 if sys.platform == "darwin" else held / 1e3


def batches(names: list[str], cases: int, seed: int, keep: Path | None) -> list[Batch]:
    """The cases dealt evenly to the targets, in batches."""
    share = -(-cases // len(names))
    starts = range(0, share, BATCH)
    return [Batch(name, start, min(BATCH, share - start), seed, keep) for start in starts for name in names]


def main() -> int:
    """Run, with a line of progress; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m verification.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="cases in all")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="another seed, other cases")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="only this one; may be repeated")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for inputs that were findings")
    wanted = parser.parse_args()
    todo = batches(wanted.target or list(TARGETS), wanted.cases, wanted.seed, wanted.keep)
    total, done, accepted, findings, slowest, most = sum(batch.count for batch in todo), 0, 0, 0, 0.0, 0.0
    with multiprocessing.Pool(wanted.workers) as pool:
        for batch, report in zip(todo, pool.imap(run, todo), strict=True):
            done, accepted, findings = done + batch.count, accepted + report.accepted, findings + len(report.findings)
            slowest, most = max(slowest, report.slowest), max(most, report.megabytes)
            for found in report.findings:
                print(found)
            print(f"\r{done:,} of {total:,} cases, {findings} findings", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{total:,} broken inputs (seed {wanted.seed}): {accepted:,} accepted, the others refused in words")
    print(f"{findings} findings; slowest {slowest:.2f} s; most memory of a process {most:.0f} MB")
    return int(findings > 0 or most > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
