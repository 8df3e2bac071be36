"""Turning points: planted ones are found, and none is made up."""

import numpy as np
import pytest

from escalade.analysis.turning import fitted, turning_points
from tests.analysis.planted import choice, even_factors, factor, twice


def found(factors, effects, weight=None):
    weight = np.ones(effects.size) if weight is None else weight
    return turning_points(factors, effects, weight, np.random.default_rng(2))


@pytest.mark.parametrize("at", [0.25, 0.5, 0.7])
@pytest.mark.parametrize("slope", [1.0, -1.0])
def test_a_planted_turning_point_is_found(at, slope):
    factors = even_factors(600)
    noise = np.random.default_rng(1).normal(scale=0.3, size=600)
    (point,) = found(factors, slope * (factors[0].values - at) + noise)
    assert point.key == "a"
    assert point.at == pytest.approx(at, abs=0.05)
    assert point.high - point.low < 0.2
    assert np.sign(point.above) == slope == -np.sign(point.below)
    assert point.again > 0.9


def test_nine_of_ten_intervals_hold_the_planted_point():
    held = 0
    for seed in range(40):
        factors = even_factors(300, "a", seed)
        noise = np.random.default_rng(seed + 1000).normal(scale=0.3, size=300)
        (point,) = found(factors, factors[0].values - 0.4 + noise)
        held += point.low <= 0.4 <= point.high
    assert held >= 30  # binomial(40, .9): fewer in one of a thousand


def test_a_sign_that_stays_has_no_turning_point():
    factors = even_factors(300)
    assert found(factors, factors[0].values + 0.2) == ()


def test_noise_alone_has_no_turning_point():
    assert found(even_factors(300, "abcdefgh"), np.random.default_rng(7).normal(size=300)) == ()


def test_alternatives_have_no_value_between_them():
    kind = np.random.default_rng(3).integers(1, 4, 300)
    assert found([choice("kind", kind)], kind - 2.0) == ()


def test_an_input_of_two_values_still_has_a_fit():
    values = np.repeat([1.0, 2.0], 100)
    (point,) = found([factor("looks", values)], values - 1.5)
    assert point.at in (1.0, 2.0)


def test_a_world_of_weight_two_counts_like_two_worlds():
    factors = even_factors(200, "a")
    effects = factors[0].values - 0.4
    chosen = np.arange(0, 200, 4)
    weight = np.ones(200)
    weight[chosen] = 2.0
    listed = twice(factors, chosen)[0].values
    copied = fitted(listed, np.concatenate([effects, effects[chosen]]), np.ones((1, 250)))
    assert fitted(factors[0].values, effects, weight[None]) == pytest.approx(copied)
