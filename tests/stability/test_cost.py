"""The cost of an exchange."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.stability.cost import CostRule, cost
from tests.stability.cases import case

SHARE = st.floats(0.0, 1.0)


def test_e01_kent_and_thaler_cost() -> None:
    """E01: exact to nine digits."""
    inputs, output, near = case("E01")
    for (own, rival), expected in zip(inputs["damage"], output["cost"], strict=True):
        assert cost(own, rival) == near(expected)
    own, rival = np.array(inputs["damage"]).T
    assert cost(own, rival) == near(output["cost"])


def test_a_linear_rule_is_canavan_s_but_for_a_factor() -> None:
    assert cost(0.4, 0.7, CostRule(1.0, 0.5)) == pytest.approx(0.4 + 0.5 * 0.3)


@given(SHARE, SHARE, SHARE)
def test_cost_rises_with_one_s_own_damage_and_falls_with_the_rival_s(own: float, rival: float, more: float) -> None:
    assert 0.0 <= cost(own, rival) <= 1.3
    assert cost(max(own, more), rival) >= cost(own, rival)
    assert cost(own, max(rival, more)) <= cost(own, rival)
