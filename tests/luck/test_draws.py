"""Draws against scipy's distributions, over wide ranges and at the ends."""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from escalade.luck.draws import binomial, hypergeometric, normal_quantile, poisson
from escalade.luck.philox import uniform

SMALLEST = 2.0**-53  # the ends of what philox.uniform can return
LARGEST = 1.0 - 2.0**-53
ACCURACY = 1e-12  # of a distribution function, as documented (1e-13) with room for scipy's own
TIES = 1e-9  # nearer than this to a step, rounding decides

TRIES = [1, 2, 5, 17, 100, 1_000, 20_000]
CHANCES = [1e-8, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.95, 0.9999, 1 - 1e-9]
URNS = [
    (1, 1, 1), (5, 3, 4), (100, 10, 50), (10, 100, 90), (7, 7, 7), (20_000, 20_000, 15_000),
    (20_000, 300, 20_200), (300, 20_000, 280), (13_000, 12_999, 1), (40, 20_000, 19_000),
]  # fmt: skip
MEANS = [1e-9, 0.1, 1.0, 5.0, 50.0, 80.5, 82.0, 300.0, 5_000.0, 20_000.5]

INSIDE = st.floats(SMALLEST, LARGEST)


def quantiles() -> NDArray[np.float64]:
    tails = 10.0 ** -np.arange(1.0, 9.0)
    return np.concatenate([np.linspace(0.0005, 0.9995, 400), tails, 1.0 - tails])


def assert_quantiles(result: NDArray[np.int64], u: NDArray[np.float64], distribution: Any) -> None:
    """Equal to scipy's quantiles, except where u is within rounding of a step."""
    step = np.minimum(abs(distribution.cdf(result) - u), abs(distribution.cdf(result - 1) - u))
    assert (result == distribution.ppf(u))[step > TIES * np.minimum(u, 1.0 - u)].all()


def assert_ends(smallest: int, largest: int, distribution: Any) -> None:
    """The two extreme draws are in the right place for the documented accuracy."""
    assert distribution.cdf(smallest - 1) <= SMALLEST * 1.05 + 1e-18
    assert distribution.cdf(smallest) >= SMALLEST * 0.95
    assert distribution.sf(largest) <= ACCURACY
    assert distribution.sf(largest - 1) >= 1e-19


@pytest.mark.parametrize("p", CHANCES)
@pytest.mark.parametrize("n", TRIES)
def test_binomial_is_the_quantile(n: int, p: float) -> None:
    u = quantiles()
    assert_quantiles(np.array([binomial(n, p, x) for x in u]), u, stats.binom(n, p))


@pytest.mark.parametrize(("good", "bad", "drawn"), URNS)
def test_hypergeometric_is_the_quantile(good: int, bad: int, drawn: int) -> None:
    u = quantiles()
    urn = stats.hypergeom(good + bad, good, drawn)
    assert_quantiles(np.array([hypergeometric(good, bad, drawn, x) for x in u]), u, urn)


@pytest.mark.parametrize("mean", MEANS)
def test_poisson_is_the_quantile(mean: float) -> None:
    u = quantiles()
    assert_quantiles(np.array([poisson(mean, x) for x in u]), u, stats.poisson(mean))


@pytest.mark.parametrize("p", [0.01, 0.3, 0.5])
@pytest.mark.parametrize("n", [100, 1_000, 20_000])
def test_binomial_at_the_ends(n: int, p: float) -> None:
    assert_ends(binomial(n, p, SMALLEST), binomial(n, p, LARGEST), stats.binom(n, p))


@pytest.mark.parametrize("mean", [5.0, 82.0, 300.0, 20_000.5])
def test_poisson_at_the_ends(mean: float) -> None:
    assert_ends(poisson(mean, SMALLEST), poisson(mean, LARGEST), stats.poisson(mean))


@pytest.mark.parametrize(("good", "bad", "drawn"), [(100, 110, 50), (9_000, 20_000, 14_000)])
def test_hypergeometric_at_the_ends(good: int, bad: int, drawn: int) -> None:
    ends = (hypergeometric(good, bad, drawn, u) for u in (SMALLEST, LARGEST))
    assert_ends(*ends, stats.hypergeom(good + bad, good, drawn))


@pytest.mark.parametrize("u", [SMALLEST, 0.5, LARGEST])
def test_certain_draws(u: float) -> None:
    assert binomial(7, 0.0, u) == binomial(7, -1.0, u) == binomial(0, 0.5, u) == 0
    assert binomial(7, 1.0, u) == binomial(7, 2.0, u) == 7
    assert hypergeometric(0, 9, 4, u) == hypergeometric(3, 3, 0, u) == hypergeometric(0, 0, 0, u) == 0
    assert hypergeometric(9, 0, 4, u) == 4
    assert hypergeometric(6, 3, 9, u) == 6
    assert hypergeometric(3, 6, 9, u) == 3
    assert poisson(0.0, u) == 0


@given(st.integers(0, 20_000), st.floats(0.0, 1.0), INSIDE, INSIDE)
def test_binomial_is_monotone_and_in_range(n: int, p: float, u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert 0 <= binomial(n, p, low) <= binomial(n, p, high) <= n


@given(st.integers(0, 2_000), st.integers(0, 20_000), st.data(), INSIDE, INSIDE)
def test_hypergeometric_is_monotone_and_in_range(a: int, b: int, data: st.DataObject, u: float, v: float) -> None:
    drawn = data.draw(st.integers(0, a + b))
    low, high = sorted((u, v))
    for good, bad in ((a, b), (b, a)):
        draws = hypergeometric(good, bad, drawn, low), hypergeometric(good, bad, drawn, high)
        assert max(0, drawn - bad) <= draws[0] <= draws[1] <= min(good, drawn)


@given(st.floats(0.0, 20_000.0), INSIDE, INSIDE)
def test_poisson_is_monotone(mean: float, u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert 0 <= poisson(mean, low) <= poisson(mean, high)


@given(st.integers(1, 20_000), st.floats(1e-9, 1.0 - 1e-9), INSIDE)
def test_binomial_mirrors(n: int, p: float, u: float) -> None:
    assume(1.0 - (1.0 - p) == p and 1.0 - (1.0 - u) == u and p != 0.5)
    assert binomial(n, p, u) == n - binomial(n, 1.0 - p, 1.0 - u)


@given(st.integers(0, 500), st.integers(0, 500), st.data(), st.floats(0.001, 0.999))
def test_hypergeometric_does_not_care_which_is_marked_and_which_is_drawn(
    good: int, bad: int, data: st.DataObject, u: float
) -> None:
    drawn = data.draw(st.integers(0, good + bad))
    urn = stats.hypergeom(good + bad, good, drawn)
    assume(min(abs(urn.cdf(k) - u) for k in range(min(good, drawn) + 1)) > TIES)
    assert hypergeometric(good, bad, drawn, u) == hypergeometric(drawn, good + bad - drawn, good, u)


def test_binomial_sample_has_the_right_mean_and_variance() -> None:
    n, p, size = 300, 0.87, 20_000
    sample = np.array([binomial(n, p, uniform(0, 0, history, 0, 0)) for history in range(size)])
    variance = n * p * (1 - p)
    fourth = variance * (1 + 3 * (n - 2) * p * (1 - p))
    assert abs(sample.mean() - n * p) <= 4 * math.sqrt(variance / size)
    assert abs(sample.var() - variance) <= 4 * math.sqrt((fourth - variance**2) / size)


def test_normal_quantile_agrees_with_the_standard_library() -> None:
    tails = 2.0 ** -np.arange(1.0, 54.0)
    for u in np.concatenate([tails, 1.0 - tails, np.linspace(0.001, 0.999, 2_000)]):
        assert normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1e-14, abs=1e-15)


def test_normal_quantile_beyond_philox() -> None:
    assert normal_quantile(1e-300) == pytest.approx(stats.norm.ppf(1e-300), rel=1e-13)


@given(INSIDE, INSIDE)
def test_normal_quantile_is_monotone_and_odd(u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert normal_quantile(low) <= normal_quantile(high)
    assume(1.0 - (1.0 - u) == u)
    assert normal_quantile(1.0 - u) == -normal_quantile(u)
