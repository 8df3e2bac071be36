"""When the effect of a stored run turns: frozen with the run, the same again, refused where it cannot be."""

from __future__ import annotations

import json
import shutil
from typing import Any

import numpy as np
import pytest

from escalade.errors import EscaladeError, UsageError
from escalade.study import turns as study
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from escalade.study.turns import asked, computed, file_name, stored_turns, turns
from tests.study.fakes import exact, kernels, tiny_plan


@pytest.fixture(scope="module")
def done(tmp_path_factory: Any) -> StoredRun:
    return run(tiny_plan(), tmp_path_factory.mktemp("turns") / "tiny.run", kernels=kernels())


def refuse(*_: Any) -> Any:
    raise AssertionError("worked out again")


def test_the_run_keeps_what_belongs_to_its_question(done: StoredRun, monkeypatch: Any) -> None:
    fresh = computed(done, *asked(done))
    monkeypatch.setattr(study, "computed", refuse)
    assert turns(stored(done.folder.path)) == fresh


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"of": {}, "turns": {}}'])
def test_what_is_damaged_is_worked_out_again(done: StoredRun, tmp_path: Any, damage: str) -> None:
    path = shutil.copytree(done.folder.path, tmp_path / "copy.run")
    (path / file_name("as_is")).write_text(damage, "utf-8")
    copy = stored(path)
    assert stored_turns(copy, *asked(copy)) is None


def test_a_file_of_another_run_is_not_read(done: StoredRun, tmp_path: Any) -> None:
    other = run(tiny_plan(seed=2), tmp_path / "other.run", kernels=kernels())
    shutil.copy(done.folder.file(file_name("as_is")), other.folder.file(file_name("as_is")))
    assert stored_turns(other, *asked(other)) is None


def test_policies_turned_round_are_the_same_with_the_other_sign(done: StoredRun) -> None:
    forth, back = turns(done), turns(done, "no_shield", "as_is")
    assert forth.less.base == pytest.approx(back.more.base)
    assert forth.priors.base.shares.raises == pytest.approx(back.priors.base.shares.lowers)


def test_another_outcome(done: StoredRun) -> None:
    found = turns(done, outcome="deaths.north")
    assert (found.outcome, found.policy, found.baseline) == ("deaths.north", "as_is", "no_shield")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"policy": "as_as"}, 'policy "as_as" is not in this run'),
        ({"baseline": "none"}, 'policy "none" is not in this run'),
        ({"policy": "no_shield"}, "compared with itself; name another one: as_is"),
        ({"outcome": "crises"}, "not computed per crisis"),
    ],
)
def test_names_that_do_not_fit(done: StoredRun, names: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        turns(done, **names)


def test_before_the_first_answer_there_is_nothing_to_tell(done: StoredRun, tmp_path: Any) -> None:
    path = shutil.copytree(done.folder.path, tmp_path / "copy.run")
    (path / "worlds.parquet").unlink()
    with pytest.raises(EscaladeError, match="no answer yet"):
        turns(stored(path))


def test_a_run_of_one_policy_has_nothing_that_could_turn(tmp_path: Any) -> None:
    one = run(tiny_plan(policies=["no_shield"]), tmp_path / "one.run", kernels=kernels())
    if set(one.plan.policies) == {"no_shield"}:
        with pytest.raises(UsageError, match="one policy only"):
            turns(one)
    assert asked(one) is None or one.folder.file(file_name("as_is")).exists()


def test_a_number_that_is_none_stops_the_run_with_world_and_policy(tmp_path: Any) -> None:
    def broken(worlds: Any, baseline: Any, index: Any) -> Any:
        values = exact(worlds, baseline, index)
        values[np.asarray(index) == 5, 0] = np.nan
        return values

    with pytest.raises(EscaladeError, match=r"world 5 under policy .*: war is not a number"):
        run(tiny_plan(), tmp_path / "broken.run", kernels=kernels(exact=broken))


def test_the_file_says_of_what_it_is(done: StoredRun) -> None:
    kept = json.loads(done.folder.file(file_name("as_is")).read_text("utf-8"))
    assert (kept["of"]["policy"], kept["of"]["baseline"], kept["of"]["outcome"]) == ("as_is", "no_shield", "war")
    assert kept["of"]["run"] == done.folder.manifest()["run"]
