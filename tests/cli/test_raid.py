"""``escalade raid``: questions, answers and mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main

TINY = str(Path(__file__).parents[1] / "scenarios" / "tiny.yaml")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["raid", *arguments], prog_name="escalade")


def test_named_systems() -> None:
    done = invoke("--shield", "arrow_3,davids_sling", "--threats", "ballistic=120")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("120 ballistic missiles against Arrow 3 and David's Sling\n")
    assert "Sources and assumptions" in done.stdout
    assert "assumption:" in done.stdout


def test_own_layers_and_inverse_questions() -> None:
    arguments = ["--layer", "pk=0.8,shots=2,stock=48,looks=2,name=Wall", "--threats", "ballistic=40,reliability=90%"]
    done = invoke(*arguments, "--at-most", "2", "--confidence", "95%")
    assert "Wall needs" in done.stdout
    needed = json.loads(invoke(*arguments, "--at-most", "2", "--confidence", "95%", "--json").stdout)["needed"]
    assert needed["chance"] >= 0.95
    assert "The shield breaks at" in invoke(*arguments, "--break", "--at-most", "3", "--confidence", "0.5").stdout
    swept = json.loads(invoke(*arguments, "--sweep", "stock=40:80:20", "--json").stdout)["sweep"]
    assert [point["value"] for point in swept["points"]] == [40, 60, 80]


def test_at_most_and_sweep_agree() -> None:
    arguments = ["--layer", "pk=0.7,shots=2,stock=9", "--threats", "drone=15", "--json"]
    needed = json.loads(invoke(*arguments, "--at-most", "3").stdout)["needed"]["stock"]
    swept = json.loads(invoke(*arguments, "--sweep", f"stock={needed - 2}:{needed}:1").stdout)["sweep"]["points"]
    chances = [sum(p for k, p in point["got_through"]["chances"].items() if int(k) <= 3) for point in swept]
    assert [chance >= 0.9 for chance in chances] == [False, False, True]


def test_several_threats_and_a_bad_night() -> None:
    done = invoke(
        "--shield", "iron_dome,channels=30", "--threats", "rocket=50,threatening=0.3,drone=5", "--bad-night", "0.8"
    )
    assert done.exit_code == 0, done.stderr
    assert "50 rockets and 5 drones against Iron Dome" in done.stdout
    assert "bad night" not in done.stdout


def test_scenarios() -> None:
    done = invoke(TINY, "--from", "south", "--rung", "open_war")
    assert done.exit_code == 0, done.stderr
    assert "Numbers: the most likely values of" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--shield arow_3 --threats ballistic=3", "did you mean arrow_3"),
        ("--shield arrow_3 --threats balistic=3", 'there is no threat "balistic"; did you mean "ballistic"?'),
        ("--shield arrow_3 --threats ballistic=-3", "launched is -3; allowed: whole numbers from 0"),
        ("--shield arrow_3 --threats ballistic", "say how many: --threats ballistic=200"),
        ("--shield arrow_3 --threats ballistic=2.5", "--threats ballistic is 2.5; allowed: a whole number"),
        ("--shield arrow_3=4 --threats ballistic=2", '"arrow_3=4" in --shield: allowed are pk, shots'),
        ("--shield stock=4,arrow_3 --threats ballistic=2", '"stock=4" stands before any name'),
        ("--layer pk=1.2 --threats drone=3", "layer 1: kill probability against drone is 1.2; allowed: 0 to 1"),
        ("--layer pk=x --threats drone=3", "layer 1: pk is 'x'; allowed: a number, as 0.8 or 80%"),
        ("--layer pk.dron=.5 --threats drone=3", 'no threat class is called "dron"; did you mean "drone"?'),
        ("--layer stock.drone=5,pk=1 --threats drone=3", "only pk is told by threat class"),
        ("--layer pk=.2,stok=3 --threats drone=3", '--layer says "stok=3"; it takes key=value: did you mean "stock"?'),
        ("--layer stock=3 --threats drone=3", "does not say how well it stops a threat; add pk=0.8"),
        ("--layer pk=.5,stock=-4 --threats drone=4", "layer 1: stock is -4; allowed: whole numbers from 0"),
        ("--layer pk=.5 --threats drone=4 --sweep stok=1:2:1", 'over "stok"; did you mean "stock"?'),
        ("--layer pk=.5 --threats drone=4 --sweep stock=1:2", "allowed: WHAT=FROM:TO:STEP"),
        ("--layer pk=.5 --threats drone=4 --sweep stock=5:2:1", "steps must lead upwards"),
        ("--layer pk=.5 --threats drone=4 --sweep stock=0:900:1", "has 901 values; allowed: up to 200"),
        ("--layer pk=.5 --threats drone=4 --bad-night 95%", "--bad-night is 95%; allowed: above 0% up to 90%"),
        ("--layer pk=.5 --threats drone=4 --facts-from officials", "--facts-from is 'officials'; did you mean"),
        ("--layer pk=.5 --threats drone=5 --confidence 1.5 --at-most 2", "confidence is 1.5; allowed: 0 to 1"),
        ("--layer pk=.5 --threats drone=4 --at-most 2 --vary foo", 'no layer is called "foo"; known: layer 1'),
        ("--threats drone=4", "name a shield"),
        ("--layer pk=.5", "name what is launched: --threats ballistic=200"),
        ("--layer pk=.5 --threats drone=4 --rung war", "belong to a scenario"),
        (f"{TINY} --threats drone=4", "a scenario has shields and arms of its own"),
        (f"{TINY} --from suth --rung open_war", 'no side is called "suth"; did you mean "south"?'),
        (f"{TINY} --from south", "say which rung: --rung talks or border_raid"),
        ("iran-june-2026 --from iran --rung war", "iran-june-2025"),
    ],
)
def test_mistakes_are_told_in_a_sentence(arguments: str, message: str) -> None:
    done = invoke(*arguments.split())
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
