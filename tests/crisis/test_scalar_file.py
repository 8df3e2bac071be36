"""Reading scalar ladders: every problem at once, with its place; nothing hostile gets through."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest

from escalade.crisis.scalar_file import ScalarLadder, ladder_from_data, load_ladder, parse_ladder
from escalade.errors import ScenarioError
from escalade.scenario import limits
from tests.crisis.ladders import five_rungs, random_ladder, side

TEXT = json.dumps(five_rungs(), indent=1)


def refused(text: str | bytes) -> list[str]:
    """The problems of a text, one line each."""
    with pytest.raises(ScenarioError) as caught:
        parse_ladder(text.encode() if isinstance(text, str) else text, "war.json")
    assert caught.value.problems
    return str(caught.value).split("\n")


def changed(**changes: Any) -> list[str]:
    return refused(json.dumps(five_rungs(**changes)))


def test_a_ladder_is_read_as_written() -> None:
    ladder = parse_ladder(TEXT.encode())
    assert (ladder.war_rung, ladder.waves, ladder.precision, ladder.opener) == (3, 2, 20, None)
    assert ladder.sides[0].strike == (False, False, True, True, True)
    assert ladder == ladder_from_data(five_rungs())


@pytest.mark.parametrize("written", ['"inf"', "Infinity", '"Infinity"'])
def test_lambda_may_be_infinite(written: str) -> None:
    assert parse_ladder(TEXT.replace('"lambda": 20', f'"lambda": {written}').encode()).precision == math.inf


def test_json_in_any_layout(tmp_path: Path) -> None:
    for text in (json.dumps(five_rungs(), separators=(",", ":")), json.dumps(five_rungs(), indent="\t")):
        file = tmp_path / "ladder.json"
        file.write_text(text, encoding="utf-8")
        assert load_ladder(file) == ladder_from_data(five_rungs())


def test_what_has_a_default_may_be_left_out() -> None:
    spec = five_rungs()
    for key in ("K", "lambda", "opener", "light_replies", "allow_yield", "spread", "private_resolve"):
        del spec[key]
    assert ladder_from_data(spec) == ladder_from_data(five_rungs())


def test_all_problems_at_once_with_their_places() -> None:
    lines = TEXT.split("\n")
    text = TEXT.replace('"war_rung": 3', '"war_rung": "three"').replace('"press": 0.5', '"pres": 0.5', 1)
    found = refused(text)
    row = next(number for number, line in enumerate(lines, 1) if '"press"' in line)
    column = lines[row - 1].index('"press"') + 1
    assert found[0] == "war.json:2:14  war_rung: is 'three'; allowed: a whole number"
    assert f"war.json:{row}:{column}  sides[0].pres: is not a known key; " in found[-1] + found[-2]
    assert any("did you mean press?" in line for line in found)
    assert any("sides[0].press: is missing; needed: weight of a death just suffered" in line for line in found)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"war_rung": 0}, "war_rung: is 0; allowed: at least 1"),
        ({"war_rung": 5}, "war_rung: is 5; allowed: 1 to 4"),
        ({"K": 0}, "K: is 0; allowed: at least 1"),
        ({"K": 2.5}, "K: is 2.5; allowed: a whole number"),
        ({"K": 1000}, "K: is 1000; allowed: at most 12"),
        ({"lambda": -1}, "lambda: is -1; allowed: at least 0"),
        ({"lambda": "sharp"}, "lambda: is 'sharp'; allowed: a number from 0 on, or \"inf\""),
        ({"opener": 2}, "opener: is 2; allowed: at most 1"),
        ({"light_replies": "yes"}, "light_replies: is 'yes'; allowed: true or false"),
        ({"spread": -0.1}, "spread: is -0.1; allowed: at least 0"),
        ({"autonomous_risk": [0, 0, 0, 0, 1.5]}, "autonomous_risk[4]: is 1.5; allowed: at most 1"),
        ({"autonomous_risk": [0, 0]}, "autonomous_risk: has 2 entries; allowed: 5"),
        ({"concession": [0]}, "concession: has 1 entries; allowed: 2 to 8"),
        ({"sides": [side()]}, "sides: has 1 entries; allowed: 2, one per side"),
        ({"sides": []}, "sides: has 0 entries; allowed: 2, one per side"),
        ({"sides": [side()] * 3}, "sides: has 3 entries; allowed: 2, one per side"),
        ({"sides": {}}, "sides: is a mapping; allowed: a list"),
        ({"sides": [side(), 3]}, "sides[1]: is 3; allowed: a mapping"),
        ({"sides": [side(gain=[0, 0, 0, 0]), side()]}, "sides[0].gain: has 4 entries; allowed: 5"),
        ({"sides": [side(), side(strike=[0, 0, 1, 1, 0])]}, "sides[1].strike[4]: is a threat above the war rung"),
        ({"sides": [side(), side(strike=[0, 0, 1, 1, 2])]}, "sides[1].strike[4]: is 2; allowed: true or false"),
        ({"sides": [side(harm=[0, 0, 0, 0, -1]), side()]}, "sides[0].harm[4]: is -1; allowed: at least 0"),
        ({"sides": [side(cost=[0, 0, 0, 0, 1e300]), side()]}, "sides[0].cost[4]: is 1e+300; allowed: at most"),
        ({"sides": [side(value=None), side()]}, "sides[0].value: is nothing; allowed: a finite number"),
        ({"raids": 3}, "raids: is not a known key; allowed: war_rung, K, lambda"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], said: str) -> None:
    found = changed(**changes)
    assert any(said in line for line in found), found
    assert all(line.startswith("war.json:1:") for line in found)


@pytest.mark.parametrize("text", ["", "null", "[]", "3", '"war"'])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert "is not a scalar ladder" in refused(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 300_000, id="deep"),
        pytest.param(b'{"a": "' + b"x" * (2 << 20) + b'"}', id="large"),
        pytest.param("{a: &a [x], b: [*a, *a]}", id="alias"),
        pytest.param('{"war_rung": NaN, "war_rung": 1}', id="twice"),
        pytest.param('{"K": .nan}', id="not a number"),
        pytest.param(TEXT[:-3], id="cut"),
        pytest.param(b"\xff\xfe{}", id="not text"),
        pytest.param('{"sides": ' + json.dumps([{}] * 40_000) + "}", id="many"),
    ],
)
def test_hostile_files_are_refused_in_words(text: str | bytes) -> None:
    found = refused(text)
    assert len(found) <= 100
    assert all(line.startswith("war.json") for line in found)


def test_limits_are_those_of_scenarios(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * (limits.MAX_BYTES + 1))
    with pytest.raises(ScenarioError, match="is larger than a scenario may be"):
        load_ladder(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        load_ladder(tmp_path / "nothing.json")


def test_mutated_files_are_refused_cleanly_or_valid() -> None:
    draw = random.Random(4)
    text = json.dumps(random_ladder(3))
    for _ in range(400):
        at, length = draw.randrange(len(text)), draw.choice([0, 1, 1, 3, 30])
        broken = text[:at] + draw.choice(["", "-", "]", "}", ",", "9e9", "true", "null", '"']) + text[at + length :]
        try:
            found: object = parse_ladder(broken.encode())
        except ScenarioError as error:
            found = error.problems
        assert isinstance(found, ScalarLadder) or found
