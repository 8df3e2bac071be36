"""What goes wrong outside the program: kills at random moments, full disks, folders that cannot be written."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from verification import faults

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
SMALL = ("--candidates", "64", "--worlds", "8", "--histories", "16")


def run(folder: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """A small run, perhaps in a process that cannot write files larger than so many bytes, as on a full disk."""

    def limited() -> None:
        import resource

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = faults.command(folder, SMALL)
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False)


@pytest.mark.verify
def test_two_hundred_kills_change_no_byte(tmp_path: Path) -> None:
    done = faults.study(200, 1, tmp_path)
    assert done.kills == 200
    assert done.runs > 0


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    assert run(tmp_path / "whole.run").returncode == 0
    whole = faults.contents(tmp_path / "whole.run")
    largest = max(len(content) for content in whole.values())
    stopped = run(tmp_path / "full.run", limit=largest - 1)
    assert stopped.returncode == 1
    assert "cannot be written" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert run(tmp_path / "full.run").returncode == 0
    assert faults.contents(tmp_path / "full.run") == whole


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        done = run(tmp_path / "tiny.run")
    finally:
        tmp_path.chmod(0o700)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_clock_that_jumps_changes_no_byte(tmp_path: Path) -> None:
    folder = tmp_path / "tiny.run"
    assert run(folder).returncode == 0
    whole = faults.contents(folder)
    for path, moment in zip(sorted(folder.iterdir()), [0.0, 4e9, 1e9] * 10, strict=False):
        os.utime(path, (moment, moment))
    (folder / "part-00000.parquet").unlink()
    assert run(folder).returncode == 0
    assert faults.contents(folder) == whole
