"""Joint distributions as arrays that stay where the chances are."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.raid.joint import Joint, either, independent

ONE = Joint((2,), np.array([0.25, 0.75]))
TWO = Joint((0, 5), np.array([[0.0, 0.5], [0.0, 0.5], [0.0, 0.0]]))


def test_independent_counts() -> None:
    both = independent([ONE, TWO])
    assert both.starts == (2, 0, 5)
    assert both.along(0) == pytest.approx(ONE.chance)
    assert (both.mean(0), both.mean(1), both.mean(2)) == pytest.approx((2.75, 0.5, 6.0))


def test_trimmed_ends_say_where_they_begin() -> None:
    trimmed = TWO.trimmed(1e-9)
    assert (trimmed.starts, trimmed.chance.shape) == ((0, 6), (2, 1))
    assert TWO.trimmed(1e-9, (0,)).chance.shape == (2, 2)


def test_from_zero() -> None:
    wide = ONE.from_zero([0])
    assert (wide.starts, list(wide.chance)) == ((0,), [0.0, 0.0, 0.25, 0.75])


def test_either_adds_places_of_the_same_counts() -> None:
    found = either([Joint((2,), np.array([0.1, 0.2])), Joint((0,), np.array([0.3, 0.0, 0.4]))])
    assert (found.starts, found.chance.tolist()) == ((0,), [0.3, 0.0, 0.5, 0.2])
