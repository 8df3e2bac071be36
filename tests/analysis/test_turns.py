"""All that moves an effect, from one table of solved worlds: planted causes, bad numbers, the same luck."""

import dataclasses

import numpy as np
import pytest

from escalade.analysis import boxes
from escalade.analysis.turns import effect, turns
from escalade.ensemble.design import draw, generator
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError, UsageError
from escalade.quantities import REGISTRY
from escalade.scenario import load_scenario
from escalade.scenario.inputs import inputs
from tests.study.fakes import TINY

SCENARIO = load_scenario(TINY).model_copy(update={"record": None})
BOTH = ("as_is", "no_shield")
WAR = next(quantity for quantity in REGISTRY if quantity.id == "war")
SIZE = 256
DRAWN = draw(SCENARIO, SIZE, 3).values
CAUSE = next(item.key for item in inputs(SCENARIO) if item.uncertain and item.policy is None and not item.whole)
PLACE = float(np.quantile(DRAWN[CAUSE], 0.4))
"""Where the effect changes its sign."""


def table(effects):
    base = np.full(SIZE, 0.3)
    values = {"as_is": (base + effects)[:, None], "no_shield": base[:, None]}
    return CrisisTable(("war",), values, np.full(SIZE, 1 / SIZE), np.ones(SIZE, np.int64), DRAWN)


def planted():
    return table(np.where(DRAWN[CAUSE] > PLACE, 0.05, -0.05))


def found(of, monkeypatch):
    monkeypatch.setattr(boxes, "PERMUTATIONS", 19)
    monkeypatch.setattr(boxes, "RESAMPLES", 10)
    return turns(SCENARIO, of, WAR, BOTH, {}, lambda name: generator(1, name))


def test_one_planted_cause_is_told_by_every_part(monkeypatch):
    said = found(planted(), monkeypatch)
    middle = pytest.approx(PLACE, rel=0.1)
    (up,), (down,) = said.more.box.limits, said.less.box.limits
    assert (up.key, up.low, down.key, down.high) == (CAUSE, middle, CAUSE, middle)
    assert said.matters.matters[0].key == CAUSE
    assert said.matters.matters[0].share > 0.8
    assert [point.key for point in said.points] == [CAUSE]
    assert said.points[0].at == middle
    assert said.priors.tilts[0].key == CAUSE
    assert (said.candidates, said.margin) == (SIZE, SCENARIO.margin)


def test_the_same_luck_gives_the_same_answer(monkeypatch):
    assert found(planted(), monkeypatch) == found(planted(), monkeypatch)


def test_an_effect_that_is_everywhere_the_same_turns_nowhere(monkeypatch):
    said = found(table(np.full(SIZE, 0.05)), monkeypatch)
    assert (said.more.base, said.more.box, said.less.box, said.points) == (1.0, None, None, ())
    assert not said.priors.tilts
    assert not any(matter.clear for matter in said.matters.matters)


def test_a_number_that_is_none_stops_the_analysis_with_world_and_policy():
    broken = planted()
    broken.values["as_is"][17, 0] = np.nan
    with pytest.raises(EscaladeError, match="world 17 under policy as_is: war is not a number"):
        effect(broken, WAR, BOTH, 0.01)


def test_an_outcome_without_crises_is_refused():
    with pytest.raises(UsageError, match="not computed per crisis"):
        effect(planted(), dataclasses.replace(WAR, crisis=None), BOTH, 0.01)
