"""Numbers as sentences say them: singular, plural, nothing, everything; intervals of every kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.clustered import Estimate
from escalade.report.amounts import (
    adds_up,
    amounts,
    cases,
    change,
    more_or_fewer,
    of_hundred,
    scale,
    time_between,
    whole_shares,
    years,
)
from tests.analysis.cases import QUANTITIES


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6).filter(lambda shares: sum(shares) > 1e-6))
def test_whole_shares_sum_to_a_hundred_and_are_near(shares):
    whole = whole_shares(shares)
    assert sum(whole) == 100
    assert all(abs(n - 100 * share / sum(shares)) < 1 + 1e-6 for n, share in zip(whole, shares, strict=True))


@pytest.mark.parametrize(("values", "many"), [([0.2, 0.1], 100), ([0.009, 0.0], 1000), ([0.0002], 10_000)])
def test_scale_makes_the_larger_number_at_least_one(values, many):
    assert scale(values) == many


@pytest.mark.parametrize(
    ("count", "bare", "with_noun"),
    [
        (0.4, "about as many", "about as many wars"),
        (-0.4, "about as many", "about as many wars"),
        (1, "1 more", "1 more war"),
        (-1, "1 fewer", "1 fewer war"),
        (8.4, "8 more", "8 more wars"),
        (-1200, "1,200 fewer", "1,200 fewer wars"),
    ],
)
def test_more_or_fewer(count, bare, with_noun):
    assert (more_or_fewer(count), more_or_fewer(count, "war")) == (bare, with_noun)


def test_counts_in_words():
    assert [of_hundred(count) for count in (0, 1, 99, 100)] == ["none", "1", "99", "all"]
    assert cases([0.0, 0.004, 0.01, 0.5, -1e-9], 100) == ["none", "none", "1", "50", "none"]
    assert amounts([0.75, 0.0], "share") == ["75.0 of 100", "0 of 100"]
    assert amounts([0.001, 120.0], "deaths") == ["less than 0.01", "120"]
    assert (years(1), years(2)) == ("1 year", "2 years")


SURE = 10**9  # degrees of freedom with which half the length of the interval is 1.6449 standard errors


@pytest.mark.parametrize(
    ("outcome", "mean", "half", "words"),
    [
        ("war", 0.08, 0.03, "8 more (90 % interval 5 to 11)"),
        ("war", -0.08, 0.03, "8 fewer (90 % interval 5 to 11)"),
        ("war", 0.02, 0.1, "2 more (90 % interval 8 fewer to 12 more)"),
        ("war", -0.01, 0.03, "1 fewer (90 % interval 4 fewer to 2 more)"),
        ("war", 0.002, 0.02, "about as many (90 % interval 2 fewer to 2 more)"),
        ("war", 0.02, 0.022, "2 more (90 % interval 0 to 4)"),
        ("war", -0.02, 0.022, "2 fewer (90 % interval 0 to 4)"),
        ("war", 0.08, None, "8 more (90 % interval unknown)"),
        ("interceptors.a", 0.25, 0.5, "0.25 more (90 % interval 0.25 less to 0.75 more)"),
        ("interceptors.a", -20.0, 5.0, "20.0 less (90 % interval 15.0 to 25.0)"),
        ("interceptors.a", 0.0, 0.0, "about the same (90 % interval 0 to 0)"),
        ("interceptors.a", 0.5, 0.499, "0.50 more (90 % interval less than 0.01 to 1.00)"),
    ],
)
def test_a_difference_with_its_interval(outcome, mean, half, words):
    difference = Estimate(mean, None if half is None else half / 1.6448536, None if half is None else SURE)
    assert change(difference, QUANTITIES[outcome], 100) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0.01, "2 days"),
        (0.3, "9 days"),
        (1, "month"),
        (2, "2 months"),
        (12.2, "year"),
        (18, "18 months"),
        (24, "2 years"),
    ],
)
def test_time_between(months, words):
    assert time_between(months) == words


def test_rounded_numbers_add_up_or_do_not():
    assert adds_up([0.45, 0.37], 0.08, 100)
    assert not adds_up([0.446, 0.374], 0.072, 100)
