"""``escalade backtest`` on a scenario without episodes, and on none."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from escalade.cli.main import main
from tests.scenario.texts import TINY_FILE


def test_a_scenario_of_ones_own_has_its_record_beside_its_expectations() -> None:
    done = CliRunner().invoke(main, ["backtest", str(TINY_FILE)])
    assert done.exit_code == 0
    assert "No episode of the library belongs to this scenario." in done.stdout
    assert "tiny: crises expected and recorded" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_is_for_programs() -> None:
    done = CliRunner().invoke(main, ["backtest", str(TINY_FILE), "--json"])
    data = json.loads(done.stdout)
    assert data["episodes"] == []
    assert data["prior_checks"][0]["scenario"] == "tiny"


def test_an_unknown_scenario_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["backtest", "gaza-2013"])
    assert done.exit_code == 2
    assert "gaza-2012" in done.output
