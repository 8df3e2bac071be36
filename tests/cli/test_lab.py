"""``escalade lab``: the page as a file, the answer in a terminal, and which run is meant."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalade.cli.main import main
from escalade.lab.setting import Link, Setting, to_fragment

TOLERANCE = {"sides.north.tolerance": (100.0, 500.0)}
LINK = to_fragment(Link("tiny", "", Setting(None, TOLERANCE)))


def lab(*arguments):
    return CliRunner().invoke(main, ["lab", *arguments])


def test_the_page_is_one_file(at_work):
    done = lab("tiny.run", "--static", "lab.html", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"lab": "lab.html", "bytes": Path("lab.html").stat().st_size}
    assert Path("lab.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_answer_is_told_and_so_is_how_much_it_rests_on(at_work):
    done = lab("tiny.run", "--say", "--at", LINK)
    assert done.exit_code == 0, done.output
    assert "of 64 sets of assumptions match" in done.stdout
    assert "Too few to rest an answer on" in " ".join(done.stdout.split())
    assert "Conditional on assumptions" in done.stdout


def test_json_has_every_number(at_work):
    found = json.loads(lab("tiny.run", "--say", "--json", "--at", LINK).stdout)
    assert found["setting"]["narrow"] == {key: list(ends) for key, ends in TOLERANCE.items()}
    assert found["worlds"] < 64
    assert {"with", "without", "effect", "raises", "lowers", "neither", "effective", "sentence"} <= set(found)


def test_a_scenario_means_its_run_if_there_is_one(at_work):
    done = lab("tiny.yaml", "--say", "--json")
    assert json.loads(done.stdout)["worlds"] == 64


def test_a_scenario_without_a_run_is_solved_first(at_work, monkeypatch):
    monkeypatch.setattr("escalade.cli.lab_runs.CANDIDATES", 32)
    Path("tiny.run").rename("elsewhere.run")
    done = lab("tiny.yaml", "--say", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["worlds"] == 32
    assert not Path("tiny.run").exists()


def test_a_link_alone_says_which_scenario(at_work):
    assert json.loads(lab(LINK, "--say", "--json").stdout)["setting"]["narrow"]


@pytest.mark.parametrize("name", ["elsewhere", "../tiny", "tiny.yaml", ""])
def test_a_link_never_names_a_path(at_work, name):
    done = lab(to_fragment(Link(name, "", Setting())), "--say")
    assert done.exit_code == 2
    assert "which is not here" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "say which scenario"),
        (["tiny.run", "--json"], "--json goes with"),
        (["tiny.run", "--say", "--at", "nonsense"], "no link"),
        (["nowhere.run", "--say"], "nowhere.run"),
        (["tiny.run", "--say", "--at", to_fragment(Link("tiny", "", Setting("nobody")))], "no policy"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(at_work, arguments, words):
    done = lab(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_a_port_that_is_taken_is_told(at_work):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = lab("tiny.run", "--no-browser", "--port", str(other.getsockname()[1]))
    assert done.exit_code == 1
    assert "is taken" in done.stderr
    assert "--port" in done.stderr
