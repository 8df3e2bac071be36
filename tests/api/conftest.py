"""Runs for tests of the API: with fake kernels for its machinery, a small real one for its examples."""

from __future__ import annotations

from pathlib import Path

import pytest

import escalade
from tests.study.fakes import kernels

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"
SMALL = {"candidates": 64, "worlds": 16, "histories": 16}


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fake kernels in place of the model."""
    monkeypatch.setattr("escalade.study.run.compiled", lambda names: kernels())


@pytest.fixture
def case() -> escalade.Case:
    return escalade.load(TINY)


@pytest.fixture
def made(case: escalade.Case, fast: None) -> escalade.Run:
    """A run of the tiny scenario by fake kernels."""
    return case.run(**SMALL)


@pytest.fixture(scope="session")
def real() -> escalade.Run:
    """A small run of a bundled scenario by the real model."""
    return escalade.load("iran-june-2025").run(candidates=32, worlds=8, histories=2)
