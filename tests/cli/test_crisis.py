"""``escalade crisis``: what is printed, as text and as JSON, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main
from escalade.crisis.scalar import scalar_crisis
from escalade.crisis.scalar_file import ladder_from_data
from tests.crisis.ladders import five_rungs, side

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"


def crisis(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["crisis", *map(str, arguments)], prog_name="escalade")


@pytest.fixture
def ladder(tmp_path: Path) -> Path:
    """A scalar ladder in a file."""
    file = tmp_path / "ladder.json"
    file.write_text(json.dumps(five_rungs()), encoding="utf-8")
    return file


def test_a_scenario_as_text() -> None:
    done = crisis(TINY)
    assert done.exit_code == 0
    assert done.stdout.startswith("North and South, an invented quarrel\n\nOf 100 crises, exact")
    for words in (
        "North strikes first",
        "war, foreseen",
        "both stand down",
        "Two-move kernel",
        "the likeliest courses",
    ):
        assert words in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_tree_is_told_of_the_focus_or_of_the_policies_asked_for() -> None:
    assert crisis(TINY).stdout.count(": the likeliest courses") == 1
    done = crisis(TINY, "--policy", "no_shield", "--policy", "as_is")
    assert done.stdout.count(": the likeliest courses") == 2
    assert "More shelter" not in done.stdout


def test_a_scenario_as_json() -> None:
    done = crisis(TINY, "--json")
    data = json.loads(done.stdout)
    assert done.exit_code == 0
    assert list(data["policies"]) == ["as_is", "no_shield", "deeper_stocks", "more_shelter"]
    values = data["policies"]["as_is"]
    assert values["war"] == pytest.approx(values["war_by.north"] + values["war_by.south"])
    assert values["first_strike.north"] + values["first_strike.south"] + values["stand_off"] <= 1 + 1e-12
    alone = json.loads(crisis(TINY, "--policy", "as_is", "--json").stdout)
    assert alone["policies"] == {"as_is": values}
    assert alone["courses"]["as_is"] == data["courses"]["as_is"]


def test_the_bundled_scenario() -> None:
    data = json.loads(crisis("iran-june-2025", "--json").stdout)
    assert set(data["policies"]) >= {"as_was", "no_shield"}
    assert all(0 < values["war"] < 1 for values in data["policies"].values())


def test_a_scalar_ladder_as_json(ladder: Path) -> None:
    data = json.loads(crisis("--scalar", ladder, "--json").stdout)
    assert list(data) == ["first_strike", "war", "war_begun_by", "yield", "stand_off", "labels"]
    assert list(data["labels"]) == ["foreseen", "misjudged", "tremble", "accident"]
    assert data == scalar_crisis(ladder_from_data(five_rungs())).as_data()


def test_a_scalar_ladder_as_text(ladder: Path) -> None:
    done = crisis("--scalar", ladder)
    assert done.exit_code == 0
    for words in ("A crisis on a scalar ladder", "side 0 strikes first", "war begun by side 1", "Of 100 wars"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a scenario"),
        (("iran-june-2026",), "did you mean iran-june-2025?"),
        (("nothing.yaml",), "there is no such file"),
        ((TINY, "--policy", "as_iss"), "did you mean as_is?"),
        (("--scalar", "nothing.json"), "nothing.json  there is no such file"),
        ((TINY, "--scalar", "ladder.json"), "--scalar stands alone"),
        (("--scalar", "ladder.json", "--policy", "as_is"), "--scalar stands alone"),
        ((TINY, "--polcy", "as_is"), "--polcy"),
    ],
)
def test_wrong_input_is_said_with_exit_code_two(arguments: tuple[object, ...], words: str) -> None:
    done = crisis(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.output


def test_problems_of_a_scalar_ladder_have_lines_and_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spec = five_rungs(war_rung=9, sides=[side(), side(gain=[0, 0, 2, 0, 0])])
    Path("bad.json").write_text(json.dumps(spec, indent=1), encoding="utf-8")
    done = crisis("--scalar", "bad.json")
    assert done.exit_code == 2
    assert "bad.json:2:14  war_rung: is 9; allowed: " in done.stderr
    assert "  sides[1].gain[2]: is 2; allowed: at most 1" in done.stderr
