"""Runs killed at random moments: nothing that was there is lost, and the end is the same to the byte.

``python -m verification.faults --kills 200``. Each kill is ``kill -9`` of a real ``escalade run`` after a random share
of the time that a whole run takes; the same command then goes on, until it ends. Then another run begins, until there
were as many kills as wanted.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SCENARIO = Path(__file__).parent.parent / "tests" / "scenarios" / "tiny.yaml"
SIZES = ("--candidates", "256", "--worlds", "32", "--histories", "64")


class Figures(NamedTuple):
    """What a study of kills saw."""

    kills: int
    runs: int  # that came to their end after kills
    bare: int  # kills before the first file of a run


def command(folder: Path, sizes: tuple[str, ...] = SIZES) -> list[str]:
    """The run that is disturbed."""
    return [sys.executable, "-m", "escalade", "run", str(SCENARIO), "--out", str(folder), *sizes, "--workers", "2"]


def start(folder: Path) -> subprocess.Popen[bytes]:
    """The run as a process of its own."""
    return subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(folder: Path) -> dict[str, bytes]:
    """Files of a run and their bytes; the report shows the folder's name and is left out."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".html"}


def parts(folder: Path) -> set[str]:
    """Results that are whole: whatever bears a final name."""
    return {path.name for path in folder.glob("*.parquet")} if folder.exists() else set()


def killed(folder: Path, after: float) -> bool:
    """Start or go on with a run and kill it after so many seconds, unless it ended before; whether it was killed."""
    process = start(folder)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    if process.returncode != 0:
        raise AssertionError(f"the run ended with code {process.returncode}")
    return False


def study(kills: int, seed: int, place: Path) -> Figures:
    """Kill runs so many times at random moments; raises ``AssertionError`` where a run is not what it should be."""
    rng = random.Random(seed)
    began = time.monotonic()
    subprocess.run(command(place / "whole.run"), check=True, capture_output=True)
    longest, whole = time.monotonic() - began, contents(place / "whole.run")
    done = Figures(0, 0, 0)
    while done.kills < kills:
        folder = place / f"killed-{done.runs}.run"
        before = parts(folder)
        ended = not killed(folder, rng.uniform(0.0, longest))
        after = parts(folder)
        if ended:
            assert contents(folder) == whole, f"{folder.name} differs from the run that nobody disturbed"
            done = done._replace(runs=done.runs + 1)
            continue
        # The chunks of a stage that is finished give way to its table.
        assert before <= after or "worlds.parquet" in after - before, f"a kill took {sorted(before - after)}"
        done = Figures(done.kills + 1, done.runs, done.bare + (not after))
    while killed(folder, longest * 10):
        pass
    assert contents(folder) == whole, f"{folder.name} differs from the run that nobody disturbed"
    return done._replace(runs=done.runs + 1)


def main() -> int:
    """Print the figures of a study."""
    parser = argparse.ArgumentParser(prog="python -m verification.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        done = study(wanted.kills, wanted.seed, Path(place))
    print(
        f"{done.kills} kills, {done.bare} of them before the first result was stored; {done.runs} runs came to an end"
    )
    print("every one of them the same, byte by byte, as the run that nobody disturbed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
