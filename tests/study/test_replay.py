"""Replay: made again it is the stored history, in every column, under every policy; rules pick what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from escalade.errors import EscaladeError, UsageError
from escalade.history.twins import parting
from escalade.study.histories import stored_rows
from escalade.study.replay import RULES, Teller, picked, replay, twin_policies
from escalade.study.results import StoredRun, stored


@pytest.mark.parametrize(("policy", "twin"), [("as_is", "no_shield"), ("deeper_stocks", "more_shelter")])
def test_every_stored_history_is_made_again_to_the_last_digit(real_run: StoredRun, policy: str, twin: str) -> None:
    teller = Teller(real_run)
    for rows in stored_rows(real_run, policy, twin):
        for n in range(rows.world.size):
            address = int(rows.world[n]), int(rows.history[n])
            for name, stored_values in ((policy, rows.mine[n]), (twin, rows.twin[n])):
                told = teller.tell(name, *address, stored_values)
                assert list(told.outcome.values()) == stored_values.tolist()
                assert told.outcome["crises"] == len(told.story.crises)
                assert told.outcome["deaths.north"] == pytest.approx(told.story.deaths(0), rel=1e-12)


def test_twins_of_one_policy_never_part(real_run: StoredRun) -> None:
    for show in RULES.keys() - {"turn"}:
        one = replay(real_run, show, policy="deeper_stocks", twin="deeper_stocks")
        assert one.parting is None
        assert one.twin is not None
        assert one.twin.story == one.told.story


def test_twins_that_end_differently_part_somewhere(real_run: StoredRun) -> None:
    one = replay(real_run, "turn")
    assert one.twin is not None
    assert one.told.outcome["war"] != one.twin.outcome["war"]
    assert one.parting is not None
    assert one.parting == parting(one.told.story, one.twin.story)


def scores(run: StoredRun, show: str, policy: str, twin: str) -> dict[tuple[int, int], float]:
    """Score of every history that a rule may pick, straight from the definition."""
    found = {}
    for rows in stored_rows(run, policy, twin):
        names = rows.columns
        for n in range(rows.world.size):
            mine, theirs = (dict(zip(names, values[n], strict=True)) for values in (rows.mine, rows.twin))
            value = {
                "war": mine["deaths.north"] + mine["deaths.south"] if mine["war"] else None,
                "restraint": None if mine["war"] else mine["restraint_bought.north"] + mine["restraint_bought.south"],
                "longest": mine["strikes.north"] + mine["strikes.south"],
                "turn": sum(mine[name] != theirs[name] for name in names) if mine["war"] != theirs["war"] else None,
            }[show]
            if value is not None and (show == "turn" or value > 0):
                found[int(rows.world[n]), int(rows.history[n])] = float(value)
    return found


@pytest.mark.parametrize("show", RULES)
@pytest.mark.parametrize(("policy", "twin"), [("as_is", "no_shield"), ("no_shield", "as_is")])
def test_rules_pick_what_they_say(real_run: StoredRun, show: str, policy: str, twin: str) -> None:
    found = scores(real_run, show, policy, twin)
    if not found:
        with pytest.raises(EscaladeError, match=policy):
            picked(real_run, show, policy, twin)
        return
    score = found[picked(real_run, show, policy, twin)]
    ordered = sorted(found.values())
    expected = {"highest": ordered[-1], "lowest": ordered[0], "middle": ordered[(len(ordered) - 1) // 2]}
    assert score == expected[RULES[show].take]


def test_a_named_history_is_told_under_the_policies_named(real_run: StoredRun) -> None:
    world, history = picked(real_run, "longest", "as_is", "no_shield")
    one = replay(real_run, world=world, history=history, policy="more_shelter", twin="as_is")
    assert (one.world, one.history, one.show) == (world, history, None)
    assert one.twin is not None
    assert (one.told.policy, one.twin.policy) == ("more_shelter", "as_is")
    assert replay(real_run, world=world, history=history, alone=True).twin is None


def test_twins_by_default(real_run: StoredRun) -> None:
    assert twin_policies(real_run, None, None) == ("as_is", "no_shield")
    assert twin_policies(real_run, "no_shield", None) == ("no_shield", "as_is")
    assert twin_policies(real_run, "more_shelter", None) == ("more_shelter", "no_shield")
    assert twin_policies(real_run, None, "deeper_stocks") == ("as_is", "deeper_stocks")


WRONG = [
    ({}, "say which history"),
    ({"show": "war", "world": 1, "history": 0}, "say which history"),
    ({"world": 1}, "two numbers"),
    ({"history": 1}, "two numbers"),
    ({"show": "peace"}, "war, restraint, longest, turn"),
    ({"show": "war", "policy": "as_was"}, 'policy "as_was" is not in this run'),
    ({"show": "war", "twin": "as_was"}, 'policy "as_was" is not in this run'),
    ({"world": 64, "history": 0}, "set of assumptions 64 has no histories in this run; near it are"),
    ({"world": -1, "history": 0}, "set of assumptions -1 has no histories"),
]


@pytest.mark.parametrize(("asked", "words"), WRONG, ids=lambda value: str(value) if isinstance(value, dict) else "")
def test_wrong_input_is_refused_in_a_sentence(real_run: StoredRun, asked: dict, words: str) -> None:
    show = asked.get("show")
    with pytest.raises(UsageError) as caught:
        replay(real_run, show, **{name: value for name, value in asked.items() if name != "show"})
    assert words in str(caught.value)


def test_a_history_that_was_not_run_is_refused_with_those_that_were(real_run: StoredRun) -> None:
    world, _ = picked(real_run, "longest", "as_is", "no_shield")
    assert real_run.results.crisis is not None
    last = 16 * int(real_run.results.crisis.multiplicity[world]) - 1
    with pytest.raises(UsageError, match=f"there are 0 to {last}"):
        replay(real_run, world=world, history=last + 1)


def test_a_row_that_is_not_made_again_is_not_told(real_run: StoredRun) -> None:
    world, history = picked(real_run, "longest", "as_is", "no_shield")
    teller = Teller(real_run)
    told = teller.tell("as_is", world, history, np.array(list(replay(real_run, "longest").told.outcome.values())))
    wrong = np.array(list(told.outcome.values()))
    at = list(told.outcome).index("deaths.south")
    wrong[at] = np.nextafter(wrong[at], np.inf)
    with pytest.raises(EscaladeError, match=r"made again it has deaths.south = .*, the run has .*; run it again"):
        teller.tell("as_is", world, history, wrong)


def test_an_interrupted_run_tells_what_is_there(real_run: StoredRun, tmp_path: Path) -> None:
    folder = tmp_path / "half.run"
    shutil.copytree(real_run.folder.path, folder)
    found = replay(real_run, "longest")
    (real,) = list(real_run.folder.path.glob("part-*.parquet"))
    (folder / real.name).write_bytes(b"damaged")
    with pytest.raises(EscaladeError, match="no simulated years yet"):
        replay(stored(folder), world=found.world, history=found.history)
