"""A replay as JSON values: complete, plain, by ids."""

from __future__ import annotations

import json
from typing import Any

import pytest

from escalade.crisis.tree import ACTION_NAMES
from escalade.report.story import told
from escalade.report.story_data import HOW, LABELS, as_data
from escalade.study.replay import RULES, Replay, replay
from escalade.study.results import StoredRun


def data_of(run: StoredRun, show: str) -> tuple[Replay, dict[str, Any]]:
    one = replay(run, show)
    return one, as_data(one, told(one, "tiny.run"))


@pytest.mark.parametrize("show", RULES)
def test_it_is_plain_json(real_run: StoredRun, show: str) -> None:
    _, data = data_of(real_run, show)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize("show", RULES)
def test_everything_goes_by_its_id(real_run: StoredRun, show: str) -> None:
    one, data = data_of(real_run, show)
    sides, rungs = set(one.names.sides), set(one.names.rungs)
    for history in (data["told"], data["twin"]):
        for year in history["story"]:
            assert set(year["forces"]) == sides
            assert set(year["forces"]["south"]["stock"]) == {"missiles", "last_resort"}
            assert set(year["forces"]["north"]["interceptors"]) == {"upper", "lower"}
            for crisis in year["crises"]:
                assert set(crisis["stakes"]) == set(crisis["resolve"]) == set(crisis["tolerance"]) == sides
                for move in crisis["moves"]:
                    check_move(move, sides, rungs)


def check_move(move: dict[str, Any], sides: set[str], rungs: set[str]) -> None:
    assert move["side"] in sides
    assert move["rung"] in rungs
    assert move["how"] in HOW
    assert move["war"] is None or move["war"] in LABELS
    assert move["options"][move["chosen"]]["action"] == move["action"]
    for option in move["options"]:
        assert option["action"] in ACTION_NAMES
        assert option["rung"] in rungs
        assert option["strike"] is None or option["strike"] in rungs
        assert option["utility"] == pytest.approx(option["constant"] + option["prize"] + option["onward"])
    raid = move["raid"]
    if raid is not None:
        assert {raid["striker"], raid["struck"]} == sides
        assert {flight["arm"] for flight in raid["flights"]} <= {"squadron", "missiles", "last_resort"}
        assert {swarm["class"] for swarm in raid["swarms"]} <= {"ballistic", "aircraft"}
        assert all(0.0 < lesson[name] < 1.0 for lesson in raid["lessons"] for name in ("before", "after", "truth"))
        assert not any("calm" in key for key in raid)


def test_outcome_parting_and_sentences_are_those_of_the_replay(real_run: StoredRun) -> None:
    one, data = data_of(real_run, "turn")
    assert one.twin is not None
    assert one.parting is not None
    assert data["told"]["outcome"] == dict(one.told.outcome)
    assert data["twin"]["outcome"] == dict(one.twin.outcome)
    assert (data["parting"]["year"] - 1, data["parting"]["pair"], data["parting"]["crisis"]) == one.parting.address
    marked = [row for row in data["sentences"] if row["parts"]]
    assert [row["right"][-1] for row in marked] == [data["parting"]["sentence"]]
    assert (data["world"], data["history"], data["show"]) == (one.world, one.history, "turn")


def test_without_a_twin_there_is_none(real_run: StoredRun) -> None:
    one = replay(real_run, "war", alone=True)
    data = as_data(one, told(one, "tiny.run"))
    assert data["twin"] is None
    assert data["parting"] is None
    assert all(row["right"] == [] for row in data["sentences"])
