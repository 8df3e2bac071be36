"""Histories with one slow force off: which are made, that they are kept, and that a run goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.scenario import load_scenario
from escalade.study.run import run
from escalade.study.slow import exerted, stored_forces, without_race, without_windows
from tests.study.fakes import TINY, kernels, simulate, tiny_plan

ARMING = Path(TINY).with_name("arming.yaml")


def built(path: Path):
    scenario = load_scenario(path)
    return worlds(scenario.policy("as_is"), scenario.policy("no_shield"), modes(scenario))[0]


def test_a_force_is_tried_where_something_exerts_it() -> None:
    assert exerted({"as_is": built(TINY)}) == ("wear",)
    assert exerted({"as_is": built(ARMING)}) == ("race", "windows", "wear")


def test_turning_a_force_off_leaves_nothing_that_exerts_it() -> None:
    here = built(ARMING)
    assert exerted({"as_is": without_race(here)}) == ("windows", "wear")
    assert exerted({"as_is": without_windows(here)}) == ("race", "wear")
    assert (here.arms["surge"] > here.arms["production"]).any()


def less(worlds_, baseline, index, candidate, history, years, seed):
    """Histories in which half of the luck is gone."""
    return 0.5 * simulate(worlds_, baseline, index, candidate, history, years, seed)


def test_a_run_keeps_what_the_years_add(tmp_path: Path) -> None:
    made = run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels(unworn=less))
    slow = stored_forces(made, made.quantities["war"])
    assert slow is not None
    assert slow.parts["race"] is None
    assert slow.parts["wear"] is not None
    assert np.isclose(slow.parts["wear"].mean, 0.5 * slow.whole.mean)
    assert slow.histories == 16 * 16


def test_a_run_without_that_kernel_says_nothing(tmp_path: Path) -> None:
    made = run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())
    assert stored_forces(made, made.quantities["war"]) is None
