"""``escalade claims``: a list, one in full, a file of one's own, and what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main
from tests.study.test_claims import TEXT


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalade.study.claims._user_cache", lambda: None)


@pytest.fixture
def mine(tmp_path: Path) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT, "utf-8")
    return str(path)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["claims", *arguments, "--worlds", "2"])


def test_a_file_of_claims_is_listed(mine: str) -> None:
    done = invoke("--file", mine)
    assert done.exit_code == 0, done.output
    assert "Claims of A. Writer, Shields, The Daily, in our own words" in done.stdout
    assert "nothing  What is the same" in done.stdout


def test_one_claim_in_full_and_as_json(mine: str) -> None:
    text = invoke("NOTHING", "--file", mine).stdout
    assert "Supported in its one trial." in text
    data = json.loads(invoke("nothing", "--file", mine, "--json").stdout)
    assert [(one["id"], one["verdict"]) for one in data["claims"]] == [("nothing", "supported")]


def test_a_bundled_claim_is_tried() -> None:
    text = invoke("c19").stdout
    assert "True by construction, which counts as no support." in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["c99"], 'no claim "c99"; did you mean'),
        (["--file", "nowhere.yaml"], "nowhere.yaml  cannot be read"),
        (["c01", "--worlds", "3"], "3 sets of assumptions: must be a power of two"),
        (["c01", "--worlds", "0"], "0 sets of assumptions: must be a power of two"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(main, ["claims", *arguments])
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output
