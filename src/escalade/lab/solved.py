"""A run of exact crises only: what a lab needs of a scenario that nobody has run yet."""

from __future__ import annotations

import os
from pathlib import Path

from escalade.ensemble.kernels import Kernels, compiled
from escalade.ensemble.lock import locked
from escalade.ensemble.storage import opened
from escalade.study.plan import Plan
from escalade.study.progress import Progress, Quiet
from escalade.study.results import Results, StoredRun
from escalade.study.stages import Study, crisis_stage


def crises_only(
    plan: Plan, folder: Path, progress: Progress | None = None, kernels: Kernels | None = None
) -> StoredRun:
    """Solve the exact crises of a plan in a folder; the years stay away.

    kernels : in place of the compiled ones
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        place = opened(folder, plan.origin, plan.manifest, plan.text)
        used = kernels or compiled(plan.names)
        study = Study(plan, place, used, os.cpu_count() or 1, progress or Quiet())
        results = crisis_stage(study, Results())
    return StoredRun(plan, place, results)
