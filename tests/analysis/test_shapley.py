"""Shapley values: games with known answers, and the axioms on any game."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from escalade.analysis.shapley import first_in, interactions, last_in, shapley

SWITCHES = 4
GAMES = arrays(np.float64, 2**SWITCHES, elements=st.floats(-1e3, 1e3, allow_subnormal=False))


def game(switches, value):
    """A game from the value of a set of switches that are on."""
    members = [{i for i in range(switches) if number >> i & 1} for number in range(2**switches)]
    return np.array([float(value(on)) for on in members])


def test_gloves():
    """One left glove (0), two right ones (1, 2); a pair is worth 1: 2/3 and 1/6 each."""
    gloves = game(3, lambda on: 0 in on and bool(on & {1, 2}))
    assert shapley(gloves) == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-15)


def test_airport():
    """Planes that need a runway of length 1, 2, 3, 10 share it: each stretch is paid by those who use it.

    Littlechild and Owen (1973), Management Science 20:370.
    """
    lengths = [1.0, 2.0, 3.0, 10.0]
    runway = game(4, lambda on: max((lengths[i] for i in on), default=0.0))
    fair = np.cumsum([1 / 4, 1 / 3, 1 / 2, 7 / 1])
    assert shapley(runway) == pytest.approx(fair, abs=1e-14)


def test_unanimity_is_all_interaction():
    """Worth 1 only if both are on: half each, nothing alone, all of it last, and an interaction of 1."""
    both = game(2, lambda on: len(on) == 2)
    assert shapley(both).tolist() == [0.5, 0.5]
    assert first_in(both).tolist() == [0.0, 0.0]
    assert last_in(both).tolist() == [1.0, 1.0]
    assert interactions(both).tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_interaction_of_two_in_a_crowd():
    """A term that needs three switches is an interaction of 1/2 for each pair of them (Grabisch and Roubens)."""
    three = game(4, lambda on: {0, 1, 2} <= on)
    found = interactions(three)
    assert found[:3, :3] == pytest.approx(0.5 * (1 - np.eye(3)))
    assert np.all(found[3] == 0.0)


@given(GAMES)
def test_parts_add_up(values):
    assert shapley(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(GAMES, st.integers(0, SWITCHES - 1))
def test_a_dummy_gets_exactly_nothing(values, dummy):
    off = values[[number & ~(1 << dummy) for number in range(2**SWITCHES)]]
    for parts in (shapley(off), first_in(off), last_in(off), *interactions(off)):
        assert parts[dummy] == 0.0


@given(GAMES)
def test_twins_get_the_same(values):
    """Switches 0 and 1 exchanged in the game exchange their parts."""
    swap = [(number & ~3) | (number & 1) << 1 | (number >> 1 & 1) for number in range(2**SWITCHES)]
    assert shapley(values[swap])[[1, 0, 2, 3]] == pytest.approx(shapley(values), abs=1e-9)


@given(GAMES, GAMES)
def test_parts_of_a_sum_are_sums_of_parts(one, other):
    assert shapley(one + other) == pytest.approx(shapley(one) + shapley(other), abs=1e-9)


@given(GAMES)
def test_without_interactions_order_does_not_matter(values):
    """In an additive game alone, last and on average are the same."""
    adding = game(SWITCHES, lambda on: sum(values[i] for i in on))
    for parts in (shapley(adding), first_in(adding), last_in(adding)):
        assert parts == pytest.approx(values[:SWITCHES], abs=1e-9)
    assert interactions(adding) == pytest.approx(np.zeros((SWITCHES, SWITCHES)), abs=1e-9)


def test_many_games_at_once_are_each_as_alone():
    many = np.random.default_rng(1).normal(size=(8, 3, 5))
    alone = np.stack([np.stack([shapley(many[:, a, b]) for b in range(5)], axis=-1) for a in range(3)], axis=1)
    assert np.array_equal(shapley(many).shape, (3, 3, 5))
    assert shapley(many) == pytest.approx(alone, abs=1e-15)


def test_a_number_of_combinations_that_is_no_power_of_two_is_refused():
    with pytest.raises(ValueError, match="6 combinations"):
        shapley(np.zeros(6))
