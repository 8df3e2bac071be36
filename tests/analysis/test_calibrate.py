"""Weights that give back known means: exact, positive, unchanged where nothing has to change, none where none exist."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.calibrate import MOST, calibrated

RNG = np.random.default_rng(5)


@given(seed=st.integers(0, 10_000), n=st.integers(20, 80), k=st.integers(1, 4))
def test_means_near_those_of_the_sample_are_hit(seed, n, k):
    rng = np.random.default_rng(seed)
    known, weight = rng.random((n, k)), rng.integers(1, 5, n).astype(float)
    targets = (weight @ known) / weight.sum() + 0.03 * (rng.random(k) - 0.5)
    found = calibrated(weight, known, targets)
    assert found is not None
    assert found @ known / found.sum() == pytest.approx(targets, abs=1e-10)
    assert found.sum() == pytest.approx(weight.sum())
    assert (found / weight).min() >= 1 / MOST


def test_the_sample_s_own_means_change_nothing():
    known, weight = RNG.random((30, 2)), np.ones(30)
    assert calibrated(weight, known, known.mean(axis=0)) == pytest.approx(weight, abs=1e-9)


def test_what_is_the_same_in_all_worlds_asks_for_nothing():
    known = np.column_stack([RNG.random(30), np.full(30, 2.0)])
    found = calibrated(np.ones(30), known, np.array([known[:, 0].mean() + 0.01, 2.0]))
    assert found @ known[:, 0] / 30 == pytest.approx(known[:, 0].mean() + 0.01)


def test_means_that_depend_on_each_other_are_no_obstacle():
    one = RNG.random(40)
    known = np.column_stack([one, 2 * one, one + 1])
    target = one.mean() + 0.02
    found = calibrated(np.ones(40), known, np.array([target, 2 * target, target + 1]))
    assert found @ one / 40 == pytest.approx(target)


@pytest.mark.parametrize("target", [1.5, 0.999])
def test_where_no_near_weights_exist_there_are_none(target):
    assert calibrated(np.ones(20), np.linspace(0, 1, 20)[:, None], np.array([target])) is None
