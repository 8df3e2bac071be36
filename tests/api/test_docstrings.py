"""The examples in the docstrings of the API run, with a small run of a bundled scenario at hand."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from pathlib import Path

import polars as pl
import pytest

import escalade
import escalade.api

MODULES = ["escalade.api", *(f"escalade.api.{module.name}" for module in pkgutil.iter_modules(escalade.api.__path__))]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str, real: escalade.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    at_hand = {
        "escalade": escalade,
        "pl": pl,
        "run": real,
        "case": real.case,
        "comparison": real.compare("as_was", "no_shield"),
        "told": real.replay("longest"),
        "why": real.why(),
        "structure": real.structure(),
        "turns": real.turns(),
    }
    at_hand["crisis"] = real.case.crisis(["as_was", "no_shield"])
    failed, _ = doctest.testmod(importlib.import_module(name), extraglobs=at_hand)
    assert failed == 0


PUBLIC = [
    (f"{name}.{member}", value)
    for name in escalade.__all__
    if inspect.isclass(kind := getattr(escalade, name)) and kind.__module__.startswith("escalade.api")
    for member, value in vars(kind).items()
    if inspect.isfunction(value) and not member.startswith("_")
]


@pytest.mark.parametrize(("name", "method"), PUBLIC, ids=lambda value: value if isinstance(value, str) else "")
def test_every_method_has_an_example(name: str, method: object) -> None:
    assert ">>> " in (inspect.getdoc(method) or "")
