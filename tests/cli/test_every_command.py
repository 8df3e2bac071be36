"""What holds of every command, found by walking them: help, examples that run, JSON, 80 columns, no colour, no network.

Examples are run as they stand in the help, but on a tiny scenario and its run
instead of the bundled ones, and with fewer samples.
"""

from __future__ import annotations

import json
import re
import shlex
import socket
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main

CONTEXT = click.Context(main, info_name="escalade")
COMMANDS = {name: command for name in main.list_commands(CONTEXT) if (command := main.get_command(CONTEXT, name))}

STANDS_FOR = {
    "iran-june-2025": "tiny.yaml",
    "cold-war-abm": "tiny.yaml",
    "us=0:8000:1000": "north=0:60:20",
    "iran-june-2025.run": "tiny.run",
    "as_was": "as_is",
    "iran": "south",
    "missile_war": "open_war",
    "iran_air_defence_intact": "deeper_stocks",
    "first_strike.israel": "first_strike.north",
}
"""What stands in for the names of the bundled scenario."""

SMALLER = {"run": ["--candidates", "64", "--worlds", "8", "--histories", "4"], "claims": ["--worlds", "2"]}
"""What makes an example quick, by command: for a run, the sizes of the one that is there already."""

PRINTS_NO_DATA = {"completion", "lab"}


def examples(name: str) -> list[list[str]]:
    """Arguments of every example in a command's help: what follows ``escalade`` after the word Example(s)."""
    _, found, text = (COMMANDS[name].epilog or "").partition("Example")
    lines = re.split(r"\bescalade ", " ".join(text.split()))[1:]
    return [shlex.split(line) for line in lines] if found else []


LONG = (["backtest"], ["claims"])
"""Examples that take long: for ``make verify``."""

EXAMPLES = [
    pytest.param(name, example, id=" ".join(example), marks=[pytest.mark.verify] if example in LONG else [])
    for name in COMMANDS
    for example in examples(name)
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection or asks for an address fails."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("escalade tried to use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def invoke(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="escalade", env=environment, terminal_width=80)


def substituted(example: list[str]) -> list[str]:
    return [STANDS_FOR.get(word, word) for word in example] + SMALLER.get(example[0], [])


def fits(text: str) -> bool:
    """Whether every line fits 80 columns, or is a single word that does not."""
    return all(len(line) <= 80 or len(line.split()) == 1 for line in text.splitlines())


def strict(text: str) -> object:
    """What a JSON text says; NaN and infinities, which JSON does not know, are refused."""

    def refuse(name: str) -> NoReturn:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_narrow_and_ends_with_examples_of_this_command(name: str) -> None:
    done = invoke(name, "--help")
    assert done.exit_code == 0
    assert fits(done.stdout)
    assert examples(name)
    assert all(example[0] == name for example in examples(name))
    for example in examples(name):
        assert re.sub(r"\s", "", " ".join(example)) in re.sub(r"\s|[\"']", "", done.stdout)


def test_the_list_of_commands_cuts_no_sentence_short() -> None:
    text = invoke("--help").stdout
    assert fits(text)
    assert "..." not in text.partition("[ARGS]...")[2]
    assert ("?:" in text, "?." in text) == (False, False)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_works(name: str, example: list[str], at_work: Path) -> None:
    done = invoke(*substituted(example), NO_COLOR="1")
    assert done.exception is None, done.output
    assert done.exit_code == 0
    assert done.stdout
    assert "\x1b" not in done.output
    assert fits(done.stdout) or name == "completion"


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - PRINTS_NO_DATA))
def test_everything_that_prints_data_prints_json(name: str, at_work: Path) -> None:
    for example in [example for example in examples(name) if example not in LONG]:
        done = invoke(*substituted(example), "--json")
        assert done.exit_code == 0, done.output
        assert isinstance(strict(done.stdout), dict | list)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_mistyped_option_is_refused_with_a_near_one(name: str) -> None:
    done = invoke(name, "--hepl")
    assert done.exit_code == 2
    assert "--help" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "name", [name for name, command in COMMANDS.items() if any(p.name == "scenario" for p in command.params)]
)
def test_a_mistyped_scenario_is_refused_with_a_near_one(name: str, at_work: Path) -> None:
    for typed, meant in (("iran-jun-2025", "iran-june-2025"), ("tinny", "tiny.yaml"), ("tiny.yml", "tiny.yaml")):
        done = invoke(name, typed)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"did you mean {meant}?" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "name", [name for name, command in COMMANDS.items() if any(p.name == "run" for p in command.params)]
)
def test_a_mistyped_run_is_refused_with_a_near_one(name: str, at_work: Path) -> None:
    for typed in ("tiny", "tinny.run"):
        done = invoke(name, typed)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "did you mean tiny.run?" in done.stderr
