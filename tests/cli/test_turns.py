"""``escalade turns``: text, JSON, and clear words for what does not exist."""

import json

import pytest
from click.testing import CliRunner

from escalade.cli.main import main


def invoke(*arguments):
    return CliRunner().invoke(main, ["turns", *map(str, arguments)], prog_name="escalade")


def test_text_and_json_say_the_same(tiny_run):
    text, data = invoke(tiny_run), json.loads(invoke(tiny_run, "--json").stdout)
    assert text.exit_code == 0, text.output
    assert max(map(len, text.stdout.splitlines())) <= 80
    flat = " ".join(text.stdout.split())
    assert data["boxes"]["more"]["sentence"] in flat
    assert data["matters"]["sentence"] in flat
    assert all(sentence in flat for sentence in data["priors"]["sentences"])


def test_other_policies_and_outcomes(tiny_run):
    done = invoke(tiny_run, "--policy", "no_shield", "--baseline", "as_is", "--outcome", "deaths.north", "--json")
    data = json.loads(done.stdout)
    assert (data["policy"], data["baseline"], data["outcome"]) == ("no_shield", "as_is", "deaths.north")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--policy", "as_as"], 'policy "as_as" is not in this run'),
        (["--outcome", "wer"], "wer"),
        (["--outcome", "crises"], "not computed per crisis"),
    ],
)
def test_names_that_do_not_fit(tiny_run, options, message):
    done = invoke(tiny_run, *options)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output
