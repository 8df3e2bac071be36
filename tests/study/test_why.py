"""Reasons of a stored run: computed once for the drawn worlds, kept, refused where they do not fit."""

import numpy as np
import pytest

from escalade.analysis.why import REASONS
from escalade.errors import EscaladeError, UsageError
from escalade.study.plan import Effort
from escalade.study.results import stored
from escalade.study.run import run
from escalade.study.stages import STAGES
from escalade.study.why import file_name, stored_combinations, why
from tests.study.fakes import exact, kernels, tiny_plan

SMALL = Effort(candidates=64, worlds=9, histories=1)


def by_reason(worlds, baseline, index):
    """All reasons of the same size, and something else besides."""
    own, calm = (exact(each, baseline, index) for each in (worlds, baseline))
    on = np.array([number.bit_count() for number in range(2 ** len(REASONS))])[None, :, None] / len(REASONS)
    return own[:, None] + 0.8 * (calm - own)[:, None] * (1.0 - on)


@pytest.fixture
def done(tmp_path):
    return run(tiny_plan(SMALL), tmp_path / "tiny.run", kernels=kernels())


def refuse(*_):
    raise AssertionError("computed again")


def test_every_reason_gets_its_share_of_the_drawn_worlds_effect(done):
    """Nine worlds are too few to stand for all of them: then they speak for themselves."""
    found = why(done, by_reason=by_reason, workers=2)
    crisis, drawn = done.results.crisis, done.results.crisis.multiplicity
    effect = (crisis.total("as_is", ["war"]) - crisis.total("no_shield", ["war"])) @ drawn / drawn.sum()
    assert not found.calibrated
    assert found.whole == pytest.approx(effect, abs=1e-12)
    assert found.drawn == SMALL.worlds
    assert [part.mean for part in found.parts.values()] == pytest.approx([0.16 * effect] * 5 + [0.2 * effect])


@pytest.mark.parametrize("outcome", ["war", "share_misjudged", "deaths.north"])
def test_drawn_worlds_enough_give_back_the_headline_s_effect(tmp_path, outcome):
    done = run(tiny_plan(Effort(128, 64, 1)), tmp_path / "tiny.run", kernels=kernels())
    found = why(done, outcome=outcome, by_reason=by_reason)
    assert found.calibrated
    comparison = done.comparison()
    assert found.whole == pytest.approx(comparison.pair("as_is").crisis[outcome].posterior.mean, abs=1e-9)
    assert found.level == pytest.approx(comparison.policies["no_shield"].crisis[outcome].posterior.mean, rel=1e-9)
    assert sum(part.mean for part in found.parts.values()) == pytest.approx(found.whole, abs=1e-12)


def test_the_second_time_it_is_read(done):
    first = why(done, by_reason=by_reason)
    again = why(stored(done.folder.path), by_reason=refuse)
    assert first.parts == again.parts
    assert first.together == again.together
    why(done, outcome="deaths.north", by_reason=refuse)


def test_threads_change_no_byte(done, tmp_path):
    files = []
    for workers in (1, 3):
        done.folder.remove(file_name("as_is"))
        why(done, by_reason=by_reason, workers=workers)
        files.append(done.folder.file(file_name("as_is")).read_bytes())
    assert files[0] == files[1]


def test_a_file_of_another_policy_or_a_damaged_one_is_not_taken(done):
    why(done, by_reason=by_reason)
    mine, other = (done.folder.file(file_name(name)) for name in ("as_is", "deeper_stocks"))
    other.write_bytes(mine.read_bytes())
    assert stored_combinations(done, "deeper_stocks") is None
    mine.write_bytes(mine.read_bytes()[:-40])
    assert stored_combinations(done, "as_is") is None
    why(done, by_reason=by_reason)
    assert stored_combinations(done, "as_is") is not None


def test_another_model_is_noticed(done):
    def changed(worlds, baseline, index):
        return by_reason(worlds, baseline, index) + 1e-6

    with pytest.raises(EscaladeError, match="another version of the model"):
        why(done, by_reason=changed)
    assert stored_combinations(done, "as_is") is None


def test_a_result_that_is_not_a_number_is_named(done):
    def broken(worlds, baseline, index):
        found = by_reason(worlds, baseline, index)
        found[index == np.flatnonzero(done.results.crisis.multiplicity)[3], 7] = np.nan
        return found

    with pytest.raises(EscaladeError, match=r"world \d+ under policy as_is: war is not a number"):
        why(done, by_reason=broken)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"policy": "no_shield"}, "is the baseline; name a policy that is compared with it: as_is"),
        ({"policy": "as_it"}, "is not in this run; it has as_is"),
        ({"outcome": "war_"}, 'did you mean "war'),
        ({"outcome": "wars"}, "not computed per crisis"),
    ],
)
def test_names_that_do_not_fit(done, options, message):
    with pytest.raises(UsageError, match=message):
        why(done, by_reason=refuse, **options)


def test_a_run_works_them_out_by_itself_where_it_can(tmp_path):
    path = tmp_path / "tiny.run"
    stages = []
    made = run(tiny_plan(SMALL), path, kernels=kernels(by_reason=by_reason), after=lambda name, _: stages.append(name))
    assert stages == [name for name, _ in STAGES]
    assert stored_combinations(made, "as_is") is not None
    assert stored_combinations(made, "deeper_stocks") is None
    before = made.folder.file(file_name("as_is")).read_bytes()
    run(tiny_plan(SMALL), path, kernels=kernels(by_reason=refuse))
    assert made.folder.file(file_name("as_is")).read_bytes() == before
