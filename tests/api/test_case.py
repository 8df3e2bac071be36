"""A case: loaded, told, run and solved."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import escalade
from escalade.scenario import inputs
from tests.api.conftest import SMALL, TINY


def test_a_file_or_a_bundled_name_is_loaded(case: escalade.Case) -> None:
    assert case == escalade.load(str(TINY))
    assert case.name == "tiny"
    assert (case.baseline, case.focus) == ("no_shield", "as_is")
    assert escalade.load("iran-june-2025").name == "iran-june-2025"


def test_what_is_wrong_is_said_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(escalade.ScenarioError, match="did you mean iran-june-2025"):
        escalade.load("iran-june-2026")
    with pytest.raises(escalade.ScenarioError, match="there is no such file"):
        escalade.load(tmp_path / "nothing.yaml")


def test_a_case_is_frozen(case: escalade.Case) -> None:
    with pytest.raises(FrozenInstanceError):
        case.scenario = None  # type: ignore[misc,assignment]


def test_it_prints_its_question_and_policies(case: escalade.Case) -> None:
    text = str(case)
    assert case.question in text
    assert all(name in text and key in text for key, name in case.policies.items())
    assert max(map(len, text.splitlines())) <= 80
    assert repr(case) == text


def test_its_table_has_every_input(case: escalade.Case) -> None:
    table = case.table()
    assert table.height == len(inputs(case.scenario))
    row = table.filter(path="sides.north.tolerance").to_dicts()[0]
    assert (row["low"], row["mode"], row["high"], row["assumption"]) == (100, 400, 1500, "Invented.")


def test_without_a_folder_a_run_leaves_nothing_behind(case: escalade.Case, fast: None, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    run = case.run(**SMALL)
    folder = run.folder
    assert (folder / "manifest.json").is_file()
    comparison = run.compare()
    del run
    assert folder.is_dir()  # the comparison still stands on it
    del comparison
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_leaves_nothing_behind(case: escalade.Case, tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("escalade.study.run.compiled", lambda names: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        case.run(**SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_keeps_a_run_and_more_histories_extend_it(case: escalade.Case, fast: None, tmp_path: Path) -> None:
    short, long = (
        case.run(tmp_path / "tiny.run", **{**SMALL, "histories": count}).histories().collect().height
        for count in (16, 32)
    )
    assert long == 2 * short
    with pytest.raises(escalade.UsageError, match=r"seed \(1 there, 2 now\)"):
        case.run(tmp_path / "tiny.run", **SMALL, seed=2)


def test_progress_is_told_in_steps_that_print(case: escalade.Case, fast: None) -> None:
    steps: list[escalade.Step] = []
    case.run(**SMALL, progress=steps.append)
    assert [step.stage for step in steps[:1] + steps[-1:]] == ["crisis", "turns"]
    assert steps[-1].done == steps[-1].total
    assert str(steps[-1]) == f"when it turns: {steps[-1].total} of {steps[-1].total} parts"


def test_a_run_is_quiet_by_default(case: escalade.Case, fast: None, capsys: pytest.CaptureFixture[str]) -> None:
    case.run(**SMALL)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"effort": "quik"}, 'did you mean "quick"'),
        ({"candidates": 100}, "power of two"),
        ({"policies": ["as_iss"]}, 'did you mean "as_is"'),
        ({"workers": 0}, "workers"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_is_refused(case: escalade.Case, fast: None, options: dict[str, object], words: str) -> None:
    with pytest.raises(escalade.UsageError, match=words):
        case.run(**{**SMALL, **options})  # type: ignore[arg-type]
