"""Readings of the sources: solved once, in chunks, for what enters a crisis; the same in every run."""

import shutil

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises
from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.errors import EscaladeError, UsageError
from escalade.scenario.inputs import inputs
from escalade.study.believe import NOT_READ, as_read, believed, compute, file_name, same_crises, stored_beliefs
from escalade.study.plan import Effort
from escalade.study.progress import Quiet
from escalade.study.results import Results, StoredRun, stored
from escalade.study.run import run
from tests.study.fakes import contents, exact, kernels, tiny_plan
from tests.study.rivals import rival_plan, rival_scenario

SMALL = Effort(candidates=128, worlds=8, histories=1)
COVERAGE, PRICE = "sides.north.shelter.coverage", "sides.north.shield.layers.upper.unit_cost"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return run(rival_plan(SMALL), tmp_path_factory.mktemp("believe") / "tiny.run", kernels=kernels()).folder.path


@pytest.fixture
def done(made, tmp_path):
    """A finished run, to be changed at will."""
    return stored(shutil.copytree(made, tmp_path / "tiny.run"))


def war(run_):
    return run_.quantities["war"]


def by_name(found):
    return {belief.reading: belief for belief in found.beliefs}


def refuse(*_):
    raise AssertionError("computed again")


def test_a_run_works_them_out_and_says_what_changed(done):
    found = stored_beliefs(done, war(done))
    beliefs = by_name(found)
    assert beliefs["official"].changed == (COVERAGE,)
    assert beliefs["official"].enters
    assert beliefs["independent"].changed == (PRICE,)
    assert not beliefs["independent"].enters
    assert found.having == 2
    assert beliefs["independent"].effect == beliefs["all"].effect != beliefs["official"].effect
    effects = done.comparison().pair("as_is").crisis["war"].posterior
    assert beliefs["all"].effect == effects


def test_only_the_inputs_that_changed_are_drawn_anew():
    one, other = rival_scenario(), rival_scenario(facts_from="official")
    before, after = (draw(each, 64, 3, like=one).values for each in (one, other))
    assert before.keys() == after.keys()
    assert {key for key in before if not np.array_equal(before[key], after[key])} == {COVERAGE}
    assert np.array_equal(np.argsort(before[COVERAGE]), np.argsort(after[COVERAGE]))


def test_the_effect_is_that_of_a_run_that_believes_only_these(done, tmp_path):
    """Solved directly: the same worlds with the coverage drawn from official figures, weighed by the same record."""
    belief = by_name(stored_beliefs(done, war(done)))["official"]
    view = as_read(done, "official")
    crisis = view.results.crisis
    scenario = rival_scenario(facts_from="official")
    design = draw(scenario, SMALL.candidates, 1, like=rival_scenario())
    calm = scenario.policy("no_shield")
    for policy in ("as_is", "no_shield"):
        built, _ = worlds(scenario.policy(policy), calm, design)
        assert np.array_equal(exact(built, None, np.arange(SMALL.candidates)), crisis.values[policy])
    effect = (crisis.total("as_is", ["war"]) - crisis.total("no_shield", ["war"])) @ crisis.weight
    assert belief.effect.mean == pytest.approx(effect, abs=1e-12)
    assert belief.effect == view.comparison().pair("as_is").crisis["war"].posterior


def test_interrupted_it_goes_on_and_leaves_the_same_files(done, tmp_path):
    whole = done.folder.file(file_name("official")).read_bytes()
    done.folder.remove(file_name("official"))
    calls = []

    def stops(*arguments):
        calls.append(len(arguments[2]))
        if len(calls) > 4:
            raise KeyboardInterrupt
        return exact(*arguments)

    with pytest.raises(KeyboardInterrupt):
        compute(done, stops, 1, Quiet())
    left = [name for name in contents(done.folder.path) if name.startswith("believed-official-")]
    assert len(left) == 1
    assert stored_beliefs(done, war(done)) is None
    calls.clear()
    compute(done, lambda *arguments: calls.append(1) or exact(*arguments), 2, Quiet())
    assert len(calls) == 3  # one to see whether the model is the same, two for the chunk that was missing
    assert done.folder.file(file_name("official")).read_bytes() == whole
    assert not [name for name in contents(done.folder.path) if name.startswith("believed-official-")]
    compute(done, refuse, 1, Quiet())


def test_another_model_is_noticed(done):
    done.folder.remove(file_name("official"))
    with pytest.raises(EscaladeError, match="another version of the model"):
        compute(done, lambda *arguments: exact(*arguments) + 1e-3, 1, Quiet())


def test_asked_for_later_they_are_read(done):
    assert believed(stored(done.folder.path)).beliefs == stored_beliefs(done, war(done)).beliefs
    deaths = believed(done, "deaths.north")
    assert deaths.outcome.id == "deaths.north"


def test_what_cannot_be_asked(done, tmp_path):
    with pytest.raises(UsageError, match="is not computed per crisis"):
        believed(done, "wars")
    with pytest.raises(UsageError, match='no reading "press"'):
        as_read(done, "press")
    with pytest.raises(EscaladeError, match="no answer yet"):
        compute(StoredRun(done.plan, done.folder, Results()), refuse, 1, Quiet())


def test_where_no_input_names_figures_nothing_is_solved(tmp_path):
    made = run(rival_plan(SMALL, enters=False, price=False), tmp_path / "none.run", kernels=kernels())
    found = stored_beliefs(made, war(made))
    assert found.having == 0
    assert not found.matters
    assert not any(belief.changed for belief in found.beliefs)


def test_a_reading_that_the_schema_forbids_is_a_sentence(done, monkeypatch):
    from escalade.errors import ScenarioError

    def forbidden(scenario, reading):
        raise ScenarioError(f"{reading}: 3 is above 1")

    monkeypatch.setattr("escalade.study.believe.believing", forbidden)
    found = by_name(stored_beliefs(done, war(done)))
    assert found["official"].problem == "official: 3 is above 1"
    assert found["official"].effect is None
    with pytest.raises(UsageError, match="cannot believe official figures only: official: 3 is above 1"):
        as_read(done, "official")


def test_a_run_of_official_figures_compares_with_all(tmp_path):
    made = run(rival_plan(SMALL, facts_from="official"), tmp_path / "official.run", kernels=kernels())
    beliefs = by_name(stored_beliefs(made, war(made)))
    assert beliefs["official"].own
    assert beliefs["all"].changed == (COVERAGE,)
    assert beliefs["independent"].changed == (COVERAGE, PRICE)


def test_the_fields_that_are_not_compared_are_read_by_no_crisis(real_run):
    plan = tiny_plan(Effort(candidates=2, worlds=2, histories=1))
    scenario = plan.scenario
    calm = scenario.policy("no_shield")
    built, _ = worlds(scenario.policy("as_is"), calm, draw(scenario, 2, 1))
    changed = built._replace(arms=built.arms.copy(), layers=built.layers.copy())
    for name, fields in NOT_READ.items():
        for field in fields:
            getattr(changed, name)[field] += 7
    changed = changed._replace(arm_deliveries=built.arm_deliveries.copy())
    changed.arm_deliveries[..., 1:] += 5
    assert same_crises(built, changed)
    index = np.arange(2)
    assert np.array_equal(exact_crises(built, built, index), exact_crises(changed, changed, index))
    other = built._replace(sides=built.sides.copy())
    other.sides["coverage"] += 0.1
    assert not same_crises(built, other)


def test_every_changed_key_is_an_input(done):
    keys = {item.key for item in inputs(done.plan.scenario)}
    for belief in stored_beliefs(done, war(done)).beliefs:
        assert set(belief.changed) <= set(belief.redrawn) <= keys
