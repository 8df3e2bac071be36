"""Kernels of the exact raid: binomial rows and single looks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from escalade.raid.looks import binomial_row, engage_last, engage_some, next_row

chances = st.sampled_from([0.0, 1.0]) | st.floats(1e-6, 1.0 - 1e-6)


@given(st.integers(0, 3_000), chances)
def test_a_row_is_binomial(n: int, q: float) -> None:
    row = np.zeros(n + 2)
    lo, hi = binomial_row(n, q, 1e-18, row)
    theory = binom.pmf(range(n + 1), n, q)
    assert row[lo : hi + 1] == pytest.approx(theory[lo : hi + 1], rel=1e-11, abs=1e-17)
    assert theory.sum() - theory[lo : hi + 1].sum() < 1e-15


@given(st.integers(0, 400), st.integers(1, 60), chances)
def test_pascal_s_rule_goes_on(n: int, more: int, q: float) -> None:
    row = np.zeros(n + more + 2)
    lo, hi = binomial_row(n, q, 1e-18, row)
    for _ in range(more):
        lo, hi = next_row(lo, hi, q, 1e-18, row)
    assert row[lo : hi + 1] == pytest.approx(binom.pmf(range(lo, hi + 1), n + more, q), abs=1e-14)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 4), st.integers(1, 6), st.floats(0.0, 1.0))
def test_one_look_engages_the_smaller_number(able0: int, live0: int, rows: int, columns: int, q: float) -> None:
    """Over a block of equal chances, against one binomial distribution for each place."""
    block = np.full((rows, 2, columns), 1.0 / (2 * rows * columns))
    most = live0 + columns - 1
    after, spent, left = np.zeros((2, most + 1)), np.zeros((2, most + 1)), np.zeros(able0 + rows)
    scratch = np.empty(most + 2), np.empty(most + 2)
    engage_some(block, able0, live0, q, 0.0, *scratch, spent, 0)
    engage_last(block, able0, live0, q, 0.0, scratch[0], after, 0, left)
    theory, theory_spent, theory_left = np.zeros(most + 1), np.zeros(most + 1), np.zeros(able0 + rows)
    for able in range(able0, able0 + rows):
        for live in range(live0, most + 1):
            engaged = min(able, live)
            into = theory if able >= live else theory_spent
            into[live - engaged : live + 1] += binom.pmf(range(engaged + 1), engaged, q) / (rows * columns)
            if able >= live:
                theory_left[able - live] += 1.0 / (rows * columns)
    assert after.sum(axis=0) == pytest.approx(theory, abs=1e-13)
    assert spent.sum(axis=0) == pytest.approx(theory_spent, abs=1e-13)
    assert left == pytest.approx(theory_left, abs=1e-13)
