"""Factors: what can move a difference of two policies, once each."""

import numpy as np
import pytest

from escalade.analysis.factors import factors, positions
from escalade.ensemble.design import draw
from escalade.scenario import load_scenario
from tests.study.fakes import TINY

SCENARIO = load_scenario(TINY)
DRAWN = draw(SCENARIO, 64, 1).values


def test_only_what_is_drawn_is_a_factor_and_each_once():
    found = factors(SCENARIO, DRAWN, list(SCENARIO.policies))
    assert len({each.key for each in found}) == len(found) > 0
    assert all(np.ptp(each.values) > 0 for each in found)


def test_what_only_another_policy_brings_is_left_out():
    found = factors(SCENARIO, DRAWN, [])
    assert all(each.input.policy is None for each in found)


def test_whole_numbers_are_as_worlds_have_them():
    for each in factors(SCENARIO, DRAWN, list(SCENARIO.policies)):
        if each.input.whole:
            assert np.array_equal(each.values, np.round(each.values))


def test_a_place_is_the_weight_below_and_half_of_its_own():
    assert positions(np.array([3.0, 1.0, 1.0]), np.array([2.0, 1.0, 1.0])) == pytest.approx([0.75, 0.25, 0.25])
