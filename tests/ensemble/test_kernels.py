"""The real kernels behind plain functions: their columns are those that the registry speaks of."""

from pathlib import Path

import numpy as np
import pytest

from escalade.ensemble.build import names, worlds
from escalade.ensemble.design import draw
from escalade.ensemble.kernels import compiled
from escalade.ensemble.parts import ANY_STRIKE, REACH
from escalade.quantities import catalogue
from escalade.scenario import load_scenario

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"


@pytest.fixture(scope="module")
def scenario():
    return load_scenario(TINY)


@pytest.fixture(scope="module")
def kernels(scenario):
    return compiled(names(scenario))


def test_every_formula_of_the_registry_can_be_formed(scenario, kernels):
    labels = names(scenario)
    derived = {ANY_STRIKE, *(REACH + rung for rung in labels.rungs)}
    for quantity in catalogue(labels.vocabulary).values():
        if quantity.crisis is not None:
            assert set(quantity.crisis.columns) <= set(kernels.exact_columns), quantity.id
        if quantity.period is not None:
            assert set(quantity.period.columns) <= set(kernels.columns) | derived, quantity.id


def test_rows_have_as_many_columns_as_names(scenario, kernels):
    base = scenario.policy("no_shield")
    design = draw(scenario, 2, 1)
    policy, _ = worlds(scenario.policy("as_is"), base, design)
    baseline, _ = worlds(base, base, design)
    index = np.array([1, 0, 1])
    exact = kernels.exact(policy, baseline, index)
    assert exact.shape == (3, len(kernels.exact_columns))
    assert np.array_equal(exact[0], exact[2])
    rows = kernels.simulate(policy, baseline, index, index, np.array([0, 0, 1]), scenario.years, 1)
    assert rows.shape == (3, len(kernels.columns))
    assert not np.isnan(rows).any()
    stock = rows[:, kernels.columns.index("interceptors_end.north.upper")]
    used = rows[:, kernels.columns.index("interceptors.north.upper")]
    begin = policy.layers["stock"][index, 0, 0] + policy.layer_deliveries[index, 0, 0].sum(axis=1)
    made = scenario.years * policy.layers["production"][index, 0, 0]
    assert (begin + made - used).tolist() == pytest.approx(stock.tolist())


def test_no_rows_are_no_trouble(scenario, kernels):
    base = scenario.policy("no_shield")
    built, _ = worlds(base, base, draw(scenario, 2, 1))
    nobody = np.zeros(0, dtype=np.int64)
    assert kernels.exact(built, built, nobody).shape == (0, len(kernels.exact_columns))
    assert kernels.simulate(built, built, nobody, nobody, nobody, 2, 1).shape == (0, len(kernels.columns))
