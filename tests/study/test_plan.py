"""Plans: sizes, policies that are computed and shown, what identifies a run."""

import shutil
from pathlib import Path

import pytest

import escalade
from escalade.errors import UsageError
from escalade.scenario import load_scenario
from escalade.study.plan import EFFORTS, Effort, model_code, outcome_named, plan, resized, within
from tests.study.fakes import TINY, tiny_plan


def test_all_policies_by_default():
    asked = tiny_plan()
    assert asked.policies == asked.shown == ("as_is", "no_shield", "deeper_stocks", "more_shelter")


def test_hiding_a_policy_leaves_baseline_focus_and_record():
    asked = tiny_plan(policies=["more_shelter"])
    assert asked.policies == ("as_is", "no_shield", "more_shelter")
    assert asked.shown == ("as_is", "no_shield", "more_shelter")


def test_policies_of_the_record_are_computed_even_if_hidden():
    scenario = load_scenario(TINY)
    moved = scenario.model_copy(update={"focus": "more_shelter"})
    asked = plan(moved, policies=["no_shield"])
    assert "as_is" in asked.policies
    assert "as_is" not in asked.shown


@pytest.mark.parametrize(
    ("effort", "seed", "words"),
    [
        (Effort(100, 8, 8), 1, "power of two"),
        (Effort(1, 8, 8), 1, "power of two"),
        (Effort(64, 1, 8), 1, "1 worlds"),
        (Effort(64, 8, 0), 1, "0 histories"),
        (Effort(64, 8, 8), -1, "seed -1"),
        (Effort(64, 8, 8), 2**63, "seed"),
    ],
)
def test_sizes_out_of_range_are_refused(effort, seed, words):
    with pytest.raises(UsageError, match=words):
        tiny_plan(effort, seed)


def test_extreme_seeds_are_seeds():
    assert tiny_plan(seed=0).origin["seed"] == 0
    assert tiny_plan(seed=2**63 - 1).origin["seed"] == 2**63 - 1


def test_an_unknown_policy_gets_a_near_one():
    with pytest.raises(UsageError, match='did you mean "deeper_stocks"'):
        tiny_plan(policies=["deeper_stock"])


def test_an_unknown_outcome_gets_a_near_one():
    quantities = tiny_plan().quantities
    assert outcome_named(quantities, "restraint").id == "restraint"
    with pytest.raises(UsageError, match=r'did you mean "first_strike\.north"'):
        outcome_named(quantities, "first_strike.nort")
    with pytest.raises(UsageError, match="there are war"):
        outcome_named(quantities, "zzz")


def test_sizes_may_be_given_one_by_one():
    assert resized(EFFORTS["quick"], None, 99, None) == Effort(256, 99, 16)


def test_a_stored_run_with_more_policies_only_shows_fewer():
    asked = tiny_plan(policies=["as_is"])
    stored = tiny_plan().policies
    assert within(asked, stored).policies == stored
    assert within(asked, stored).shown == asked.shown
    assert within(tiny_plan(), asked.policies).policies == tiny_plan().policies


def test_histories_are_no_part_of_the_identity():
    few, many = (tiny_plan(Effort(64, 8, n)) for n in (16, 64))
    assert few.origin == many.origin
    assert few.manifest != many.manifest
    assert few.origin != tiny_plan(Effort(64, 8, 16), seed=2).origin


def test_a_run_is_tied_to_the_code_and_the_figures_of_the_model(monkeypatch, tmp_path):
    package = tmp_path / "escalade"
    shutil.copytree(Path(escalade.__file__).parent, package)
    monkeypatch.setattr(escalade, "__file__", str(package / "__init__.py"))
    codes = [model_code.__wrapped__()]
    for changed in ("ensemble/build.py", "facts/shields.csv", "report/page.py"):
        with (package / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        codes.append(model_code.__wrapped__())
    assert codes[0] != codes[1] != codes[2] == codes[3]
