"""A small run of the bundled scenario, shared by the pages that begin with one."""

import shutil
from pathlib import Path

import pytest

from tests.docs.examples import Reader

NAME = "iran-june-2025.run"


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    reader = Reader()
    reader.run(f"escalade run iran-june-2025 --out {folder / NAME}")
    assert reader.status == 0
    return folder / NAME


@pytest.fixture
def with_small_run(small_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder but for the small run."""
    shutil.copytree(small_run, tmp_path / NAME)
    monkeypatch.chdir(tmp_path)
    return tmp_path
