"""Systematic resampling: how often, in which order, with which luck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.ensemble.resample import copies, history_ids, multiplicities, position_shift
from escalade.errors import UsageError

WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=64).filter(lambda drawn: max(drawn) > 1e-6)


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_shift_lies_inside_and_depends_on_the_seed(seed: int) -> None:
    assert 0 < position_shift(seed) < 1
    assert position_shift(seed) == position_shift(seed)
    assert position_shift(seed) != position_shift(seed ^ 2)


@given(weight=WEIGHTS, draws=st.integers(1, 200), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=200, deadline=None)
def test_every_world_is_drawn_within_one_of_its_expected_number(weight: list[float], draws: int, seed: int) -> None:
    share = np.array(weight)
    drawn = multiplicities(share, draws, seed)
    expected = draws * share / share.sum()
    assert drawn.sum() == draws
    assert np.all(np.abs(drawn - expected) < 1 + 1e-9)
    assert np.all(drawn[share == 0] == 0)


def test_positions_follow_the_definition() -> None:
    weight = np.array([0.1, 0.4, 0.0, 0.3, 0.2])
    draws, seed = 7, 5
    u = position_shift(seed)
    edges = [0.0, 0.1, 0.5, 0.5, 0.8, 1.0]
    at = [(k + u) / draws for k in range(draws)]
    expected = [sum(edges[c] <= position < edges[c + 1] for position in at) for c in range(5)]
    assert multiplicities(weight, draws, seed).tolist() == expected


@pytest.mark.parametrize("stride", [1, 2, 8])
def test_equal_weights_thin_the_design_evenly(stride: int) -> None:
    drawn = np.flatnonzero(multiplicities(np.full(64, 1 / 64), 64 // stride, seed=3))
    assert drawn.tolist() == list(range(drawn[0], 64, stride))
    assert drawn[0] < stride


def test_all_weight_on_one_world_draws_it_every_time() -> None:
    weight = np.zeros(8)
    weight[-1] = 1e-300
    assert multiplicities(weight, 5, seed=0).tolist() == [0] * 7 + [5]


def test_scale_of_the_weights_does_not_matter() -> None:
    weight = np.random.default_rng(1).random(32)
    assert np.array_equal(multiplicities(weight, 20, 9), multiplicities(weight * 1024, 20, 9))


@pytest.mark.parametrize("weight", [[], [0.0, 0.0], [1.0, -0.5], [np.nan, 1.0], [np.inf, 1.0]])
def test_weights_that_make_no_sense_are_refused(weight: list[float]) -> None:
    with pytest.raises(UsageError, match="weights"):
        multiplicities(np.array(weight), 4, seed=0)


def test_no_draws_are_refused() -> None:
    with pytest.raises(UsageError, match="at least one world"):
        multiplicities(np.ones(4), 0, seed=0)


def test_copies_count_each_world_as_often_as_it_was_drawn() -> None:
    drawn = copies(np.array([0, 2, 0, 1, 3]))
    assert drawn["world"].tolist() == [1, 1, 3, 4, 4, 4]
    assert drawn["copy"].tolist() == [0, 1, 0, 0, 1, 2]
    assert drawn["multiplicity"].tolist() == [2, 2, 1, 3, 3, 3]


@given(multiplicity=st.integers(1, 9), histories=st.integers(1, 30), more=st.integers(1, 30))
def test_copies_of_a_world_never_share_a_history_even_when_extended(
    multiplicity: int, histories: int, more: int
) -> None:
    ids = [
        np.concatenate([history_ids(c, multiplicity, histories), history_ids(c, multiplicity, more, start=histories)])
        for c in range(multiplicity)
    ]
    together = np.concatenate(ids)
    assert np.array_equal(np.sort(together), np.arange(multiplicity * (histories + more)))
    assert np.array_equal(ids[0], history_ids(0, multiplicity, histories + more))
