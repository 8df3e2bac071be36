"""The cut on which a claim hangs most: a planted one is found, chance is not taken for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.evidence.condition import condition

RNG = np.random.default_rng(3)
N = 200
INPUTS = {name: RNG.random(N) for name in ("a", "b", "c", "d")}
EVEN = np.ones(N)


def test_a_planted_cut_is_found() -> None:
    found = condition(INPUTS, INPUTS["c"] > 0.6, EVEN)
    assert found is not None
    assert found.key == "c"
    assert found.value == pytest.approx(0.6, abs=0.02)
    assert (found.above, found.below) == (1.0, 0.0)


def test_the_other_side_is_found_too_and_shares_are_weighted() -> None:
    weight = np.where(INPUTS["b"] < 0.1, 3.0, 1.0)
    holds = (INPUTS["a"] < 0.3) | (INPUTS["b"] < 0.05)
    found = condition(INPUTS, holds, weight)
    assert found is not None
    assert found.key == "a"
    inside = INPUTS["a"] > found.value
    assert found.above == pytest.approx(weight[holds & inside].sum() / weight[inside].sum())
    assert found.below == pytest.approx(weight[holds & ~inside].sum() / weight[~inside].sum())


def test_what_chance_would_do_as_well_is_no_condition() -> None:
    # Of twenty claims that hang on nothing about one is given a condition by mistake; three are rarer than 1 in 10.
    luck = np.random.default_rng(5)
    found = [condition(INPUTS, luck.random(N) < 0.5, EVEN, seed=k) for k in range(20)]
    assert sum(one is not None for one in found) <= 3


@pytest.mark.parametrize("holds", [np.ones(N, bool), np.zeros(N, bool)])
def test_what_holds_everywhere_or_nowhere_hangs_on_nothing(holds: np.ndarray) -> None:  # type: ignore[type-arg]
    assert condition(INPUTS, holds, EVEN) is None


def test_an_input_that_is_the_same_everywhere_parts_nothing() -> None:
    assert condition({"a": np.full(N, 2.0)}, INPUTS["a"] > 0.5, EVEN) is None


@given(st.permutations(range(40)))
def test_the_order_of_the_sets_does_not_matter(order: list[int]) -> None:
    values, weight = np.arange(40) / 40, np.linspace(1, 2, 40)
    holds = values > 0.5
    one = condition({"a": values}, holds, weight)
    other = condition({"a": values[order]}, holds[order], weight[order])
    assert one is not None
    assert other is not None
    assert (one.value, one.above, one.below) == (other.value, other.above, other.below)


@given(st.integers(0, 9))
def test_a_set_of_weight_two_counts_as_two_sets(double: int) -> None:
    values = np.arange(30) / 30
    holds = (values > 0.4) & (np.arange(30) != 20)
    weight = np.ones(30)
    weight[double] = 2.0
    one = condition({"a": values}, holds, weight)
    twice = np.append(np.arange(30), double)
    other = condition({"a": values[twice]}, holds[twice], np.ones(31))
    assert one is not None
    assert other is not None
    assert (one.value, one.above, one.below) == pytest.approx((other.value, other.above, other.below))
