"""A small run by the real model, made once, for tests that walk the commands."""

import shutil
from pathlib import Path

import pytest

from escalade.scenario import load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.run import run

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"


@pytest.fixture(scope="session")
def tiny_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run of the tiny scenario; to be copied, not changed."""
    path = tmp_path_factory.mktemp("runs") / "tiny.run"
    run(plan(load_scenario(TINY), effort=Effort(candidates=64, worlds=8, histories=4)), path)
    return path


@pytest.fixture
def at_work(tiny_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: the tiny scenario and its run lie in it."""
    shutil.copytree(tiny_run, tmp_path / "tiny.run")
    shutil.copy(TINY, tmp_path / "tiny.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path
