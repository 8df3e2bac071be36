"""Re-weighing: what it keeps, what it says of what is left, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.reweigh import Matching, inside, reweigh
from escalade.ensemble.tables import CrisisTable
from escalade.errors import UsageError

RANDOM = np.random.default_rng(3)


def table(weight, **inputs):
    count = len(weight)
    return CrisisTable(("war",), {}, np.asarray(weight, float), np.ones(count, np.int64), inputs)


SMALL = table([0.1, 0.2, 0.3, 0.4], x=np.array([1.0, 2.0, 3.0, 4.0]), y=np.array([0.0, 1.0, 0.0, 1.0]))


def test_both_ends_belong_to_a_range():
    assert inside(SMALL, {"x": (2.0, 3.0)}).tolist() == [False, True, True, False]


def test_what_is_left_keeps_its_proportions_and_adds_up_to_one():
    weighed, found = reweigh(SMALL, {"x": (2.0, 4.0), "y": (1.0, 1.0)})
    assert weighed.weight == pytest.approx([0, 1 / 3, 0, 2 / 3])
    assert found == Matching(2, pytest.approx(1 / (1 / 9 + 4 / 9)))


def test_without_ranges_nothing_changes():
    weighed, found = reweigh(SMALL, {})
    assert weighed.weight == pytest.approx(SMALL.weight)
    assert found.worlds == 4


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_narrowing_twice_is_narrowing_to_what_both_hold(one, other):
    values = np.linspace(0, 1, 41)
    whole = table(np.full(41, 1 / 41), x=values, y=values)
    one, other = sorted(one), sorted(other)
    both = inside(whole, {"x": tuple(one)}) & inside(whole, {"y": tuple(other)})
    assert (inside(whole, {"x": tuple(one), "y": tuple(other)}) == both).all()
    if both.any():
        twice, found = reweigh(reweigh(whole, {"x": tuple(one)})[0], {"y": tuple(other)})
        assert twice.weight == pytest.approx(reweigh(whole, {"x": tuple(one), "y": tuple(other)})[0].weight)
        assert found.effective <= 41 + 1e-9


@pytest.mark.parametrize(
    ("found", "enough"),
    [(Matching(100, 30.0), True), (Matching(99, 90.0), False), (Matching(500, 29.9), False)],
)
def test_few_worlds_or_little_weight_are_not_enough(found, enough):
    assert found.enough is enough


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ({"z": (0, 1)}, 'nothing is called "z"'),
        ({"x": (3, 2)}, "the lower end comes first"),
        ({"x": (9, 10)}, "no set of assumptions lies in all"),
        ({"x": (float("nan"), 2)}, "the lower end comes first"),
    ],
)
def test_what_cannot_be_is_said(ranges, words):
    with pytest.raises(UsageError, match=words):
        reweigh(SMALL, ranges)
