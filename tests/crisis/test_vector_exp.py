"""The exponential that compiles to vector instructions: as good as the C library's where choices need it."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from escalade.crisis.vector_exp import LOWEST, exp_nonpositive
from escalade.crisis.vector_exp import _plain_bits as bits
from escalade.crisis.vector_exp import _plain_number as number


@given(st.floats(LOWEST, 0.0))
def test_within_two_units_in_the_last_place(x: float) -> None:
    exact = math.exp(x)
    assert abs(exp_nonpositive(x) - exact) <= 2 * math.ulp(exact)


@given(st.floats(max_value=LOWEST, allow_nan=False))
def test_what_is_too_small_to_happen_stays_a_normal_number(x: float) -> None:
    """Minus infinity too: an action without any chance has a weight that does no harm."""
    assert exp_nonpositive(x) == exp_nonpositive(LOWEST) > np.finfo(float).tiny


def test_nothing_is_lost_of_one() -> None:
    assert exp_nonpositive(0.0) == exp_nonpositive(-0.0) == 1.0


@given(st.floats(allow_nan=False))
def test_bits_in_plain_python_are_the_bits(x: float) -> None:
    """Without the compiler: to bits and back, and as NumPy reads them."""
    assert bits(x) == int(np.float64(x).view(np.int64))
    assert math.copysign(1.0, number(bits(x))) == math.copysign(1.0, x)
    assert number(bits(x)) == x
    assert number(bits(x) + 2**64) == x
