"""``escalade replay``: what is printed, in which shape, and how wrong input is answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main
from escalade.cli.replay import KINDS
from escalade.study.replay import RULES
from escalade.study.results import StoredRun


@pytest.fixture
def folder(real_run: StoredRun) -> Path:
    return real_run.folder.path


def replay(*arguments: object, columns: int = 80) -> Result:
    words = ["replay", *map(str, arguments)]
    return CliRunner().invoke(main, words, prog_name="escalade", env={"COLUMNS": str(columns)})


def test_the_kinds_offered_are_those_that_there_are() -> None:
    assert tuple(RULES) == KINDS


@pytest.mark.parametrize("show", KINDS)
@pytest.mark.parametrize("columns", [80, 100, 120, 300])
def test_a_story_fits_the_terminal(folder: Path, show: str, columns: int) -> None:
    done = replay(folder, "--show", show, columns=columns)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= min(columns, 140)
    assert "In the end, after 2 years" in done.stdout
    assert lines[-1].endswith("not a forecast.")
    assert any(" | " in line for line in lines)


def test_without_a_kind_the_turn_is_told(folder: Path) -> None:
    assert replay(folder).stdout == replay(folder, "--show", "turn").stdout
    assert "HERE THE PATHS PART: " in replay(folder).stdout


def test_the_command_told_in_json_prints_the_same_history(folder: Path) -> None:
    first = json.loads(replay(folder, "--show", "war", "--json").stdout)
    words = first["command"].split()
    assert words[:2] == ["escalade", "replay"]
    again = json.loads(replay(*words[2:], "--json").stdout)
    assert first.pop("show") == "war"
    assert again.pop("show") is None
    assert again == first


def test_alone_there_is_no_twin(folder: Path) -> None:
    done = replay(folder, "--show", "longest", "--alone")
    assert " | " not in done.stdout
    assert "twin" not in done.stdout
    assert json.loads(replay(folder, "--show", "longest", "--alone", "--json").stdout)["twin"] is None


def test_short_is_shorter(folder: Path) -> None:
    short, whole = (replay(folder, "--show", "restraint", *extra).stdout for extra in (("--short",), ()))
    assert short.count("\n") < whole.count("\n")
    assert "In the end" in short


def test_the_list_alone_tells_the_columns(folder: Path) -> None:
    done = replay(folder, "--list")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    told = json.loads(replay(folder, "--list", "--json").stdout)
    for name, words in told.items():
        assert name in done.stdout
        assert words
    assert told["deaths.north"] == "deaths, North"


def test_a_list_names_histories_that_can_be_told(folder: Path) -> None:
    done = replay(folder, "--list", "--where", "war = 1 and deaths.south > 0", "--most", 2)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 80
    command = done.stdout.splitlines()[-1].split()
    assert command[:2] == ["escalade", "replay"]
    told = json.loads(replay(*command[2:], "--json").stdout)
    assert told["told"]["outcome"]["war"] == 1
    listed = json.loads(replay(folder, "--list", "--where", "war = 1 and deaths.south > 0", "--json").stdout)
    first = listed["histories"][0]
    assert (first["world"], first["history"]) == (told["world"], told["history"])
    assert first["values"]["deaths.south"] == told["told"]["outcome"]["deaths.south"]
    assert listed["met"] >= len(listed["histories"])


def test_a_list_of_none_says_so(folder: Path) -> None:
    done = replay(folder, "--list", "--where", "crises > 1e6")
    assert done.exit_code == 0
    assert done.stdout.startswith("0 of 128 histories")


WRONG = [
    (("--where", "war = 1"), "--where goes with --list"),
    (("--list", "--where", "wat = 1"), 'no column "wat" in this run; did you mean "war"?'),
    (("--list", "--where", "war = ="), "cannot be read"),
    (("--show", "peace"), "'war', 'restraint', 'longest', 'turn'"),
    (("--policy", "as_was"), 'policy "as_was" is not in this run'),
    (("--world", "3"), "two numbers"),
    (("--world", "3", "--history", "0", "--show", "war"), "say which history"),
    (("--world", "99999", "--history", "0"), "has no histories in this run"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_wrong_input_is_refused_with_code_2(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    done = replay(folder, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_kind_that_does_not_occur_is_said_with_code_1(folder: Path) -> None:
    done = replay(folder, "--show", "turn", "--twin", "as_is")
    assert (done.exit_code, done.stdout) == (1, "")
    assert 'has war under one of "as_is" and "as_is" and not under the other' in done.stderr
