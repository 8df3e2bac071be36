"""Distributions against their theory; numbers that change other numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from escalade.scenario.numbers import Fixed, Number, OneOf, Pert, Plus, Times, Uniform, between, default, with_reason_of

MIDPOINTS = (np.arange(20_000) + 0.5) / 20_000
reals = st.floats(-1e6, 1e6)


def test_pert_is_the_beta_distribution_of_the_literature() -> None:
    spec = Pert(2, 3, 10)
    reference = beta(1 + 4 * (3 - 2) / 8, 1 + 4 * (10 - 3) / 8, loc=2, scale=8)
    np.testing.assert_allclose(spec.quantile(MIDPOINTS), reference.ppf(MIDPOINTS), rtol=1e-9)


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 0, 1), (0, 1, 1), (-2, 1, 3), (0.2, 0.4, 0.8)])
def test_pert_has_mean_of_one_low_four_modes_and_one_high(low: float, mode: float, high: float) -> None:
    mean = Pert(low, mode, high).quantile(MIDPOINTS).mean()
    assert mean == pytest.approx((low + 4 * mode + high) / 6, abs=1e-3)


@pytest.mark.parametrize(
    "spec", [Fixed(3.0), Pert(1, 2, 5), Uniform(-1, 4), OneOf((3.0, 1.0, 2.0))], ids=lambda spec: type(spec).__name__
)
def test_quantiles_stay_between_low_and_high_even_at_the_ends(spec: Fixed | Pert | Uniform | OneOf) -> None:
    values = spec.quantile(np.array([0.0, 1e-12, 0.3, 0.5, 1 - 1e-12, 1.0]))
    assert values.dtype == np.float64
    assert values.min() >= spec.low
    assert values.max() <= spec.high
    assert spec.low <= spec.mode <= spec.high


def test_uniform_is_even() -> None:
    np.testing.assert_allclose(Uniform(2, 6).quantile(np.array([0, 0.25, 1.0])), [2, 3, 6])
    assert Uniform(2, 6).mode == 4


def test_alternatives_are_equally_likely_and_the_first_is_central() -> None:
    spec = OneOf((5.0, 1.0, 1.0, 9.0))
    assert spec.mode == 5
    np.testing.assert_array_equal(spec.quantile(np.array([0.0, 0.24, 0.26, 0.6, 0.76, 1.0])), [5, 5, 1, 1, 9, 9])


@given(low=reals, width=st.floats(1e-3, 1e6), share=st.floats(0, 1))
def test_pert_quantile_rises(low: float, width: float, share: float) -> None:
    spec = Pert(low, low + share * width, low + width)
    values = spec.quantile(np.linspace(0, 1, 101))
    assert np.all(np.diff(values) >= 0)


def test_a_range_without_width_is_a_certain_number() -> None:
    assert between(2, 2, 2) == Fixed(2)
    assert between(1, 2, 2) == Pert(1, 2, 2)


def number(spec: Fixed | Pert | Uniform | OneOf, key: str) -> Number:
    return Number(spec, key=key)


def test_changed_numbers_draw_from_the_inputs_that_they_are_made_of() -> None:
    stock = number(Pert(1, 2, 3), "stock")
    doubled = Number(Times(stock, number(Fixed(2), "twice")))
    more = Number(Plus(doubled, number(Uniform(0, 1), "extra")))
    draws = {"stock": np.array([1.0, 3.0]), "twice": np.array([2.0, 2.0]), "extra": np.array([0.5, 0.25])}
    np.testing.assert_array_equal(more.draw(draws), [2.5, 6.25])
    assert [leaf.key for leaf in more.leaves()] == ["stock", "twice", "extra"]
    assert (more.low, more.mode, more.high) == (2, 4.5, 7)
    with pytest.raises(KeyError):
        more.draw({"stock": draws["stock"]})


@given(base=st.tuples(reals, reals), factor=st.tuples(reals, reals))
def test_limits_of_a_product_hold_for_all_signs(base: tuple[float, float], factor: tuple[float, float]) -> None:
    first, second = (Uniform(min(pair), max(pair)) for pair in (base, factor))
    product = Times(Number(first), Number(second))
    for left in (first.low, first.mode, first.high):
        for right in (second.low, second.mode, second.high):
            assert product.low <= left * right <= product.high


def test_the_key_does_not_count_in_comparisons() -> None:
    assert number(Fixed(1), "a") == number(Fixed(1), "b")


def test_defaults_say_that_they_are_defaults() -> None:
    assert default(3).is_default
    assert default((1, 2, 3)).spec == Pert(1, 2, 3)
    assert not Number(Fixed(3), assumption="judged").is_default


def test_a_part_without_a_reason_takes_that_of_the_whole() -> None:
    whole = Number(Fixed(0), assumption="judged", note="n")
    assert with_reason_of(Number(Fixed(2)), whole).assumption == "judged"
    assert with_reason_of(Number(Fixed(2), source="Gazette"), whole).assumption is None
