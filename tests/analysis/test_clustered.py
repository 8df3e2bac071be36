"""Clustered standard errors and the control variate against closed forms and known truths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.clustered import Control, estimate


def test_equal_copies_give_the_standard_error_of_a_sample_mean():
    values = np.array([1.0, 4.0, 2.0, 7.0, 3.0])
    result = estimate(values, np.full(5, 3))
    assert result.mean == pytest.approx(values.mean(), rel=1e-14)
    assert result.se == pytest.approx(values.std(ddof=1) / np.sqrt(5), rel=1e-14)
    assert result.freedom == 4


def test_three_clusters_by_hand():
    # q = (1/2, 1/4, 1/4), mean 2, deviations (-1, 0, 2): variance 3/2 (1/4 + 0 + 4/16).
    result = estimate(np.array([1.0, 2.0, 4.0]), np.array([2, 1, 1]))
    assert result.mean == pytest.approx(2.0)
    assert result.se == pytest.approx(np.sqrt(0.75))


def test_a_perfect_control_leaves_no_error_and_the_known_mean():
    exact = np.array([0.1, 0.2, 0.4, 0.9])
    result = estimate(5 + 2 * exact, np.array([1, 2, 1, 3]), Control(exact, 0.5))
    assert result.mean == pytest.approx(6.0)
    assert result.se == pytest.approx(0.0, abs=1e-12)


def test_students_interval_with_four_degrees_of_freedom():
    result = estimate(np.array([1.0, 4.0, 2.0, 7.0, 3.0]), np.ones(5, dtype=int))
    low, high = result.interval_90
    assert (high - low) / 2 == pytest.approx(2.13184679 * result.se)  # t(4), .95: any table


def test_a_control_without_variance_is_left_out():
    values, copies = np.array([1.0, 2.0, 4.0, 4.5]), np.array([2, 1, 1, 1])
    assert estimate(values, copies, Control(np.full(4, 0.3), 0.7)) == estimate(values, copies)


def test_one_world_has_no_standard_error():
    result = estimate(np.array([0.25]), np.array([64]))
    assert (result.mean, result.se, result.interval_90) == (0.25, None, None)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=12), st.floats(-1e3, 1e3))
def test_no_difference_is_exactly_none(copies, mean_of_control):
    n = len(copies)
    result = estimate(np.zeros(n), np.array(copies), Control(np.linspace(0, 1, n), mean_of_control))
    assert (result.mean, result.se, result.interval_90) == (0.0, 0.0, (0.0, 0.0))


def _replications(seed, times, worlds, with_control):
    """Estimates of a mean outcome whose truth is 2 mu + .3, from worlds drawn anew each time; their claimed errors."""
    rng = np.random.default_rng(seed)
    means, errors = [], []
    for _ in range(times):
        exact = rng.gamma(2.0, 0.5, worlds)  # mean 1
        outcome = 2 * exact + 0.3 + rng.normal(0, 0.5, worlds)
        copies = rng.integers(1, 4, worlds)
        result = estimate(outcome, copies, Control(exact, 1.0) if with_control else None)
        means.append(result.mean)
        errors.append(result.se)
    return np.array(means), np.array(errors)


@pytest.mark.parametrize("with_control", [False, True])
def test_estimate_is_unbiased_and_its_error_is_what_it_claims(with_control):
    # Theory: E = 2 E[x] + .3 = 2.3; the mean claimed variance equals the variance between replications.
    means, errors = _replications(7, 4000, 40, with_control)
    assert abs(means.mean() - 2.3) <= 4 * means.std() / np.sqrt(means.size)
    squares = (means - means.mean()) ** 2
    gap = squares - errors**2
    # The regression's slope is fitted: its own noise, of relative order 1/40, is not in the claimed error.
    assert abs(gap.mean()) <= 4 * gap.std() / np.sqrt(gap.size) + 0.06 * squares.mean()


def test_the_control_takes_away_what_it_explains():
    plain, _ = _replications(3, 1500, 40, False)
    controlled, _ = _replications(3, 1500, 40, True)
    # Theory: the variance falls from 4 var(x) + .25 = 2.25 to .25: by nine, a little less with a fitted slope.
    assert 7 < plain.var() / controlled.var() < 11
