"""``escalade doctor``: one line for each thing, an exit code, JSON."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result

from escalade.cli import checkup
from escalade.cli.checkup import Finding, State
from escalade.cli.main import main


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments], prog_name="escalade")


def test_every_check_has_a_line_that_says_how_it_stands() -> None:
    done = doctor()
    for name in ("Python", "libraries", "this folder", "memory", "cache folder", "model", "network", "terminal"):
        assert re.search(rf"^(ok  |look|fail)  {name} +\S", done.stdout, re.MULTILINE), name
    assert max(len(line) for line in done.stdout.splitlines() if " " in line[22:]) <= 80
    assert done.stderr == ""


@pytest.mark.parametrize(("state", "code"), [(State.OK, 0), (State.LOOK, 0), (State.FAIL, 1)])
def test_the_exit_code_says_whether_runs_are_possible(state: State, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Finding("disk", state, "full of " + "old things " * 12, "" if state is State.OK else "Free some.")
    monkeypatch.setattr(checkup, "checkup", lambda: (finding,))
    done = doctor()
    assert done.exit_code == code
    assert ("Runs can work here." in done.stdout) == (code == 0)
    assert ("Free some." in done.stdout) == (state is not State.OK)
    assert max(map(len, done.stdout.splitlines())) <= 80
    data = json.loads(doctor("--json").stdout)
    assert data["ready"] == (code == 0)
    assert data["checks"][0]["state"] == state.value


def test_compiling_is_told_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalade.study.warm.warm", lambda tell: tell("crises"))
    done = doctor("--compile", "--json")
    json.loads(done.stdout)
    assert "about a minute" in done.stderr
    assert "crises" in done.stderr
    assert "done in" in done.stderr
