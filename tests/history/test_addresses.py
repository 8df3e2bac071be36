"""Luck in a history: no address serves two decisions, and no two histories share a draw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from escalade.crisis.scalar import scalar_tree
from escalade.crisis.scalar_file import MAX_RUNGS, MAX_WAVES, ladder_from_data
from escalade.ensemble.resample import history_ids
from escalade.luck import streams
from tests.history.addresses import SEED, YEARS, Address, Draws, twin_draws, worlds_of
from tests.history.cases import CANDIDATE, histories
from tests.verification.worlds_by_hand import VARIANTS

ROOT = Path(__file__).parents[2]
WORLDS = ("boost", "allies", "risk")
RAID_PURPOSES = range(streams.ARRIVAL, streams.BOOST_SHARE + 1)


@cache
def drawn(name: str, candidate: int = CANDIDATE, history: int = 0) -> Draws:
    return twin_draws(name, candidate, history)


def assert_used_once(draws: Draws) -> None:
    """Every address decides one thing; on paper the baseline's shield meets the very luck of the real one."""
    assert len(set(draws.real)) == len(draws.real)
    assert len(set(draws.shadow)) == len(draws.shadow)
    assert set(draws.shadow) <= set(draws.real)
    assert all(at.purpose in (*RAID_PURPOSES, streams.COMMIT) for at in draws.shadow)


def assert_fits(at: Address, name: str) -> None:
    """Every part of an address lies within the limits that keep addresses apart."""
    world, _ = worlds_of(name)
    assert 0 <= at.place < 2**32
    assert 0 <= at.slot < 2**32
    rest, move = divmod(at.moment, streams.MOVES)
    year, crisis = divmod(rest, streams.CRISES_A_YEAR)  # of the first pair: pair 0 adds nothing
    assert year % streams.PAIRS == 0
    assert year // streams.PAIRS < YEARS
    assert crisis < 20
    assert move < streams.MOVES // 2
    by_arm = (streams.ARRIVAL, streams.THREAT, streams.DECOY)
    by_class = (streams.MISTAKEN, streams.ENGAGED, streams.KILLED, streams.KILLED_HARMLESS, streams.BOOST_SHARE)
    if at.purpose in by_arm:
        assert at.slot < world.arms.shape[1]
    elif at.purpose in by_class:
        assert at.slot // (streams.CLASSES * streams.LOOKS) < world.layers.shape[1]
    elif at.purpose == streams.OUTAGE:
        assert at.slot < world.layers.shape[1]


@pytest.mark.parametrize("name", WORLDS)
def test_no_address_is_used_twice_within_a_history(name: str) -> None:
    for history in range(2):
        assert_used_once(drawn(name, history=history))
        for at in drawn(name, history=history).real:
            assert (at.seed, at.world, at.history) == (SEED, CANDIDATE, history)
            assert_fits(at, name)


def test_these_histories_draw_for_every_purpose() -> None:
    """Else the tests would show little: every stream that there is has been drawn from."""
    purposes = {at.purpose for name in WORLDS for history in range(2) for at in drawn(name, history=history).real}
    assert purposes == set(range(streams.BOOST_SHARE + 1))
    assert all(drawn(name).shadow for name in WORLDS)


def test_histories_worlds_and_copies_never_share_a_draw() -> None:
    """Two candidates, drawn twice each, and more histories than at first: all have luck of their own."""
    runs = [
        twin_draws("scarce", candidate, int(history), years=1)
        for candidate in (CANDIDATE, CANDIDATE + 1)
        for copy in range(2)
        for history in (*history_ids(copy, 2, 1), *history_ids(copy, 2, 1, start=1))
    ]
    assert len(runs) == 8
    for one, other in combinations(runs, 2):
        assert set(one.real).isdisjoint(other.real)
    numbers = [twin_uniform(at) for run in runs for at in run.real]
    assert len(set(numbers)) == len(numbers), "different addresses, different numbers (a clash of 52 bits is a miracle)"


@pytest.mark.parametrize(("rungs", "waves"), [(MAX_RUNGS, 4), (2, MAX_WAVES)])
def test_the_longest_crisis_has_an_address_for_every_move(rungs: int, waves: int) -> None:
    """Strikes on every rung, both standing before each: the longest path of the tallest ladder that a file may have."""
    change = {name: [0] * rungs for name in ("gain", "cost", "harm", "audience", "concession", "autonomous_risk")}
    party = {"strike": [1] * rungs, "press": 0, "affront": 0, "may_climb": [True] * rungs}
    sides = [party | {name: change[name] for name in ("gain", "cost", "harm", "audience")} for _ in range(2)]
    shares = {name: change[name] for name in ("concession", "autonomous_risk")}
    tree = scalar_tree(ladder_from_data({"war_rung": 1, "K": waves, "sides": sides} | shares))
    longest = np.zeros(int(tree.size[0]) + 1, int)  # the last entry stands for the end
    for node in reversed(range(int(tree.size[0]))):
        edges = tree.edges[tree.nodes[node]["start"] : tree.nodes[node]["stop"]]
        longest[node] = 1 + max(longest[edge["next"]] for edge in edges)
    assert 2 * waves * rungs < longest[tree.roots].max() <= streams.MOVES


def twin_uniform(at: Address) -> float:
    from verification.twin.luck import uniform

    return uniform(*at)


@pytest.mark.verify
@pytest.mark.parametrize("name", [*VARIANTS, "allies"])
def test_no_address_is_used_twice_in_any_world_by_hand(name: str) -> None:
    for history in range(8):
        assert_used_once(drawn(name, history=history))


# --- the kernels, as plain Python -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kernels() -> dict[str, Any]:
    """What the kernels draw in one history of each world, without the compiler."""
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-m", "tests.history.addresses", *WORLDS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", WORLDS)
def test_the_kernels_use_no_address_twice(name: str, kernels: dict[str, Any]) -> None:
    """Without the compiler the kernels are plain Python: their draws can be watched, and are among the twin's."""
    real, shadow = ([Address(*at) for at in kernels[name][kind]] for kind in ("real", "shadow"))
    assert len(set(real)) == len(real)
    assert len(set(shadow)) == len(shadow)
    assert set(real) <= set(drawn(name).real)
    assert set(shadow) <= set(drawn(name).shadow)
    skipped = {at.purpose for at in set(drawn(name).real) - set(real)}
    assert skipped <= set(RAID_PURPOSES) | {streams.RISK, streams.OPENER}, "only what decides nothing is left undrawn"


@pytest.mark.parametrize("name", WORLDS)
def test_the_kernels_do_the_same_without_the_compiler(name: str, kernels: dict[str, Any]) -> None:
    compiled = histories(*worlds_of(name), 1, YEARS, SEED)
    for column, value in kernels[name]["row"].items():
        assert value == pytest.approx(float(compiled[column][0]), rel=1e-9, abs=1e-12), column
