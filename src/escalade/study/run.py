"""The main job: walk the stages, one process at a time, in a folder that survives anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from escalade.ensemble.kernels import Kernels, compiled
from escalade.ensemble.lock import locked
from escalade.ensemble.storage import RunFolder, opened
from escalade.errors import EscaladeError, UsageError
from escalade.study.plan import Plan, within
from escalade.study.progress import Progress, Quiet
from escalade.study.results import Results, StoredRun
from escalade.study.stages import STAGES, Study
from escalade.study.warm import years_ahead

MOST_WORKERS = 1024


def run(
    asked: Plan,
    path: Path,
    *,
    workers: int | None = None,
    kernels: Kernels | None = None,
    progress: Progress | None = None,
    after: Callable[[str, StoredRun], None] | None = None,
    structure: bool = False,
) -> StoredRun:
    """Compute a plan in a folder, or what is missing of it.

    Parameters
    ----------
    asked
        What to compute.
    path
        Folder of the run. An unfinished run of the same plan is gone on with,
        one with fewer histories is extended.
    workers
        Threads; all cores by default. Their number changes no byte.
    kernels
        In place of the compiled ones.
    progress
        Listener.
    after
        Called with the name of each stage and what is there, while the folder is still locked.
    structure
        Also try the focus's effect under other structures of the model.

    Raises ``UsageError`` for a folder that holds something else, ``EscaladeError``
    if another process works on it. ``KeyboardInterrupt`` goes through after the
    chunks under way have been saved.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    if not 1 <= count <= MOST_WORKERS:
        raise UsageError(f"{count} workers: must be a whole number from 1 to {MOST_WORKERS:,}")
    _make_folder(path)
    with locked(path), years_ahead() as years_compiled:
        plan = _stored_policies(asked, path)
        folder = opened(path, plan.origin, plan.manifest, plan.text)
        used = kernels or compiled(plan.names)
        study = Study(plan, folder, used, count, progress or Quiet(), years_compiled, structure)
        results = Results()
        for name, stage in STAGES:
            results = stage(study, results)
            if after is not None:
                after(name, StoredRun(plan, folder, results))
    return StoredRun(plan, folder, results)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{path} exists and is not a run: give another folder with --out") from None
    except OSError as error:
        raise EscaladeError(f"{path} cannot be made: {error.strerror or error}") from error


def _stored_policies(asked: Plan, path: Path) -> Plan:
    """The plan, with all policies of a run that is already there if it has more."""
    folder = RunFolder(path)
    if not folder.exists():
        return asked
    return within(asked, folder.manifest().get("run", {}).get("policies", []))
