"""What shells propose: commands, scenarios, runs, policies."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from escalade.cli.completion import SHELLS
from escalade.cli.main import main


def proposed(*words: str) -> list[str]:
    """Proposals for the last of some words after ``escalade``."""
    *before, last = words
    items = ShellComplete(main, {}, "escalade", "_ESCALADE_COMPLETE").get_completions(before, last)
    return [item.value for item in items if item.type == "plain"]


def test_commands_and_options() -> None:
    assert {"run", "report"} <= set(proposed("r"))
    assert proposed("run", "--eff") == ["--effort"]
    assert proposed("run", "x.yaml", "--effort", "") == ["quick", "standard", "deep"]


@pytest.mark.parametrize("before", [("run",), ("check",), ("crisis",), ("new", "my.yaml", "--from")])
def test_bundled_scenarios(before: tuple[str, ...]) -> None:
    assert "iran-june-2025" in proposed(*before, "ir")
    assert proposed(*before, "zz") == []


def test_runs_of_the_current_folder(at_work: Path) -> None:
    assert proposed("compare", "") == ["tiny.run"]
    assert proposed("report", "ti") == ["tiny.run"]


def test_policies_of_the_scenario_or_run_that_was_named(at_work: Path) -> None:
    assert proposed("crisis", "tiny.yaml", "--policy", "") == ["as_is", "no_shield", "deeper_stocks", "more_shelter"]
    assert proposed("compare", "tiny.run", "--baseline", "no") == ["no_shield"]


@pytest.mark.parametrize("words", [("compare", "nothing.run", "--baseline", ""), ("run", "none.yaml", "--policy", "")])
def test_what_cannot_be_read_proposes_nothing(words: tuple[str, ...], at_work: Path) -> None:
    assert proposed(*words) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_a_script_that_asks_escalade(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell], prog_name="escalade")
    assert done.exit_code == 0
    assert f"_ESCALADE_COMPLETE={shell}_complete" in done.stdout
