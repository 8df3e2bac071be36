"""``escalade campaign``: questions, answers and mistakes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main

SHORT = ["--layer", "pk=0.8,stock=20,name=Wall", "--threats", "drone=6/day,stock=14,deaths=2", "--days", "4"]


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["campaign", *arguments], prog_name="escalade")


def test_named_systems() -> None:
    done = invoke("--shield", "arrow_3", "--threats", "ballistic=60/day", "--days", "3", "--launchers-lost", "10%/day")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("60 ballistic missiles a day for 3 days against Arrow 3\n")
    assert "Arrow 3: empty on day" in done.stdout
    assert "Sources and assumptions" in done.stdout


def test_stocks_of_both_sides() -> None:
    data = json.loads(invoke(*SHORT, "--json").stdout)
    assert [day["launched"]["drones"] for day in data["days"]] == [6, 6, 2, 0]
    assert data["days"][-1]["stock"]["Wall"]["mean"] == pytest.approx(20 - 14)
    assert data["deaths"] == pytest.approx(2 * data["got_through"])


@pytest.mark.parametrize("resupply", ["3/day", "wall=3/day", "3"])
def test_resupply_arrives_from_the_second_day_on(resupply: str) -> None:
    data = json.loads(invoke(*SHORT, "--resupply", resupply, "--json").stdout)
    assert data["days"][-1]["stock"]["Wall"]["mean"] == pytest.approx(20 - 14 + 9)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--layer pk=.5 --threats drone=4/week", '--threats drone is per "week"; allowed: per day, as in 60/day'),
        ("--layer pk=.5 --threats drone=4/day --days 0", "days is 0; allowed: whole numbers from 1 to 250"),
        ("--layer pk=.5 --threats drone=4/day --days x", "--days is 'x'; allowed: a number"),
        ("--layer pk=.5 --threats drone=4/day --launchers-lost 110%/day", "launchers lost is 1.1; allowed: 0 to 1"),
        ("--layer pk=.5 --threats drone=4/day --launchers-lost 10%/h", '--launchers-lost is per "h"'),
        ("--layer pk=.5 --threats drone=4/day --resupply -2/day", "layer 1: resupply is -2; allowed: 0 or more"),
        ("--layer pk=.5 --threats drone=4/day --resupply foo=2/day", 'no layer is called "foo"; known: layer 1'),
        ("--layer pk=.5 --threats drone=4/day --resupply 2/day,3/day", "--resupply says"),
        ("--layer pk=.5 --threats drone=4/day,stock=-3", "drones: stock is -3; allowed: whole numbers from 0"),
        ("--shield arow_3 --threats ballistic=3/day", "did you mean arrow_3"),
    ],
)
def test_mistakes_are_told_in_a_sentence(arguments: str, message: str) -> None:
    done = invoke(*arguments.split())
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_daily_number_is_refused_by_a_raid() -> None:
    done = CliRunner().invoke(main, ["raid", "--layer", "pk=.5", "--threats", "drone=4/day"], prog_name="escalade")
    assert done.exit_code == 2
    assert "a raid is one raid: write drone=4, or ask escalade campaign" in done.stderr
