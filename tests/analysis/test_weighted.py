"""Weighted means and quantiles: known answers and the meaning of a weight."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.weighted import mean, quantiles, spread

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
worlds = st.lists(st.tuples(st.floats(-1e3, 1e3), st.integers(1, 4)), min_size=1, max_size=30)


def test_quantiles_of_a_hand_made_case():
    values, weight = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    assert quantiles(values, weight, (0.5, 0.51, 0.8, 0.81)).tolist() == [1.0, 2.0, 2.0, 3.0]


def test_worlds_without_weight_are_never_an_answer():
    values, weight = np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0])
    assert quantiles(values, weight, LEVELS).tolist() == [1.0] * len(LEVELS)


def test_rounding_of_weights_does_not_move_the_median():
    values, weight = np.arange(10.0), np.full(10, 0.1)
    assert quantiles(values, weight, (0.5, 0.3, 0.7)).tolist() == [4.0, 2.0, 6.0]


@given(worlds)
def test_a_world_of_double_weight_counts_as_two_worlds(listed):
    values = np.array([value for value, _ in listed])
    weight = np.array([float(times) for _, times in listed])
    repeated = np.repeat(values, weight.astype(int))
    ones = np.ones(repeated.size)
    assert quantiles(values, weight, LEVELS).tolist() == quantiles(repeated, ones, LEVELS).tolist()
    assert np.isclose(mean(values, weight), repeated.mean(), rtol=1e-12, atol=1e-9)


@given(worlds, st.floats(1e-3, 1e3))
def test_the_scale_of_weights_is_of_no_account(listed, scale):
    values = np.array([value for value, _ in listed])
    weight = np.array([float(times) for _, times in listed])
    assert quantiles(values, weight * scale, LEVELS).tolist() == quantiles(values, weight, LEVELS).tolist()


@given(st.floats(-1e6, 1e6), st.lists(st.floats(0.01, 5), min_size=1, max_size=20))
def test_a_constant_is_its_own_mean_to_the_last_digit(value, weight):
    result = spread(np.full(len(weight), value), np.array(weight))
    assert (result.mean, result.low, result.median, result.high) == (value,) * 4
