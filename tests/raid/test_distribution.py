"""Distributions of counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from escalade.raid.distribution import Distribution, total

weights = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12).filter(lambda w: sum(w) > 0.1).map(np.array)


@given(weights, st.integers(1, 3))
def test_moments_and_ends(chance: np.ndarray, step: int) -> None:
    found = Distribution.of(chance, step)
    assert found.chance.sum() == pytest.approx(1.0, abs=1e-12)
    assert found.mean == pytest.approx((chance @ (step * np.arange(chance.size))) / chance.sum())
    assert found.variance >= -1e-12
    assert found.at_most(-1) == 0.0
    assert found.at_most(step * chance.size) == pytest.approx(1.0)


@given(weights, st.floats(0.001, 0.999))
def test_the_quantile_is_the_smallest_count_that_is_enough(chance: np.ndarray, share: float) -> None:
    found = Distribution.of(chance, 2)
    count = found.quantile(share)
    assert found.at_most(count) >= share - 1e-9
    assert count == 0 or found.at_most(count - 2) < share


def test_the_interval_is_central() -> None:
    assert Distribution.of(binom.pmf(range(101), 100, 0.3)).interval(0.9) == (
        binom.ppf(0.05, 100, 0.3),
        binom.ppf(0.95, 100, 0.3),
    )


def test_counts_may_begin_anywhere() -> None:
    found = Distribution.of(np.array([1.0, 3.0]), first=40)
    assert (found.mean, found.at_most(39), found.at_most(40), found.quantile(0.5)) == (40.75, 0.0, 0.25, 41)


def test_counts_between_steps_belong_to_the_step_below() -> None:
    assert Distribution(np.array([0.25, 0.75]), 2).at_most(1.9) == 0.25


def test_sums_of_independent_counts() -> None:
    parts = [binom.pmf(range(n + 1), n, 0.4) for n in (3, 5, 9)]
    assert total(parts) == pytest.approx(binom.pmf(range(18), 17, 0.4), abs=1e-14)
    assert total(parts[:1]) is parts[0]
