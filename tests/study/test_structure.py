"""Structures of a stored run: solved once, kept, gone on with; what theory says of them."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np
import pytest

from escalade.analysis.compare import compare
from escalade.ensemble.structure import variants
from escalade.errors import EscaladeError, UsageError
from escalade.study.plan import Effort
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from escalade.study.structure import file_name, stored_values, structure
from tests.study.fakes import exact, kernels, tiny_plan

SMALL = Effort(candidates=64, worlds=8, histories=1)


@pytest.fixture
def done(tmp_path: Any) -> StoredRun:
    return run(tiny_plan(SMALL), tmp_path / "tiny.run", kernels=kernels())


def refuse(worlds: Any, baseline: Any, index: Any) -> Any:
    assert not len(index), "solved again"


def files(found: StoredRun) -> list[str]:
    return sorted(path.name for path in found.folder.path.glob("structure-*"))


def test_the_second_time_it_is_read(done: StoredRun) -> None:
    first = structure(done, exact=exact)
    assert structure(stored(done.folder.path), exact=refuse) == first
    assert files(done) == [file_name("as_is")]
    assert structure(done, outcome="deaths.north", exact=refuse).outcome.id == "deaths.north"


def test_threads_change_no_byte(done: StoredRun) -> None:
    made = []
    for workers in (1, 3):
        done.folder.remove(file_name("as_is"))
        structure(done, exact=exact, workers=workers)
        made.append(done.folder.file(file_name("as_is")).read_bytes())
    assert made[0] == made[1]


def test_an_interrupted_trial_goes_on(done: StoredRun) -> None:
    calls: list[int] = []

    def breaks(worlds: Any, baseline: Any, index: Any) -> Any:
        if len(index):
            calls.append(len(index))
        if len(calls) == 8:
            raise KeyboardInterrupt
        return exact(worlds, baseline, index)

    with pytest.raises(KeyboardInterrupt):
        structure(done, exact=breaks, workers=1)
    kept = len(files(done))
    assert kept >= 2
    assert stored_values(done, "as_is") is None
    whole = structure(done, exact=exact)
    assert files(done) == [file_name("as_is")]
    done.folder.remove(file_name("as_is"))
    assert structure(done, exact=exact) == whole


def test_a_run_tries_them_if_it_is_asked_to(tmp_path: Any) -> None:
    path = tmp_path / "tiny.run"
    quiet = run(tiny_plan(SMALL), path, kernels=kernels())
    assert files(quiet) == []
    asked = run(tiny_plan(SMALL), path, kernels=kernels(), structure=True)
    assert files(asked) == [file_name("as_is")]
    run(tiny_plan(SMALL), path, kernels=kernels(exact=refuse), structure=True)


def test_a_result_that_is_not_a_number_is_named(done: StoredRun) -> None:
    def broken(worlds: Any, baseline: Any, index: Any) -> Any:
        values = exact(worlds, baseline, index)
        values[5:6] = np.nan
        return values

    with pytest.raises(EscaladeError, match=r"world 5 under policy as_is \(waves 3\): war is not a number"):
        structure(done, exact=broken, workers=1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"policy": "no_shield"}, "is the baseline"),
        ({"outcome": "war_"}, 'did you mean "war'),
        ({"outcome": "wars"}, "not computed per crisis"),
    ],
)
def test_names_that_do_not_fit(done: StoredRun, options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        structure(done, exact=refuse, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def solved(real_run: StoredRun, tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """A copy of the small real run, with its structures in its folder."""
    folder = tmp_path_factory.mktemp("structure") / "tiny.run"
    shutil.copytree(real_run.folder.path, folder)
    copied = stored(folder)
    structure(copied)
    return copied


def crises(found: StoredRun, group: str, value: str) -> Any:
    """Exact crises under one structure [key, candidate, column]."""
    values = stored_values(found, "as_is")
    assert values is not None
    keys = [(variant.group, variant.value) for variant in variants(found.plan.scenario)]
    return values[keys.index((group, value))]


def test_what_the_scenario_has_anyhow_is_as_the_run_has_it(solved: StoredRun) -> None:
    crisis = solved.results.crisis
    assert crisis is not None
    for group, value in (("waves", "2"), ("precision", "20"), ("light_replies", "on")):
        np.testing.assert_array_equal(crises(solved, group, value)[0], crisis.values["as_is"])


def test_whoever_opens_the_mean_of_both_openers_is_the_crisis_that_either_may_open(solved: StoredRun) -> None:
    crisis = solved.results.crisis
    assert crisis is not None
    mean = 0.5 * (crises(solved, "opener", "north")[0] + crises(solved, "opener", "south")[0])
    np.testing.assert_allclose(mean, crisis.values["as_is"], rtol=1e-9, atol=1e-12)


def test_the_readings_of_the_record_are_weights_alone(solved: StoredRun) -> None:
    crisis, scenario = solved.results.crisis, solved.plan.scenario
    assert crisis is not None
    found = structure(solved)
    whole = compare(crisis, None, solved.quantities, policies=["as_is"], baseline=scenario.baseline)
    effect = whole.pairs[0].crisis["war"]
    assert found.base.effect is not None
    assert found.base.effect.mean == pytest.approx(effect.posterior.mean)  # 64 candidates: all of them
    if scenario.record is not None:
        off = next(row for row in found.rows if (row.group, row.value) == ("record", "off"))
        assert off.effect is not None
        assert off.effect.mean == pytest.approx(effect.prior.mean)
