"""What several rooms of tests share: a small run of the real model, made once."""

from __future__ import annotations

import pytest

from escalade.scenario import load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from tests.study.fakes import TINY


@pytest.fixture(scope="session")
def real_run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """A small run of the tiny scenario with the compiled kernels: 8 worlds, 16 histories of each."""
    folder = tmp_path_factory.mktemp("real") / "tiny.run"
    run(plan(load_scenario(TINY), effort=Effort(candidates=64, worlds=8, histories=16)), folder, workers=1)
    return stored(folder)
