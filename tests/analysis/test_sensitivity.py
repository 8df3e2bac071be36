"""What matters most: published indices within their error, chance kept out, weights as copies."""

import numpy as np
import pytest
from scipy.stats import qmc

from escalade.analysis.sensitivity import between, classes, explained, sensitivity
from tests.analysis.planted import even_factors, factor, twice

ISHIGAMI = {"a": 0.3139, "b": 0.4424, "c": 0.0}
"""First-order indices of the Ishigami function with a = 7, b = 0.1 (Ishigami and Homma 1990)."""

G_WIDTHS = (0.0, 1.0, 4.5, 9.0)
"""Parameters of the g-function (Saltelli and Sobol' 1995); 0 matters most."""


def g_indices():
    parts = np.array([1 / 3 / (1 + a) ** 2 for a in G_WIDTHS])
    return parts / (np.prod(1 + parts) - 1)


def design(columns, size=4096, seed=11):
    return qmc.Sobol(columns, rng=np.random.default_rng(seed)).random(size).T


def found(factors, effects, weight=None):
    weight = np.ones(effects.size) if weight is None else weight
    return sensitivity(factors, effects, weight, np.random.default_rng(1))


def test_the_ishigami_function():
    points = 2 * np.pi * design(3) - np.pi
    x, y, z = points
    told = found(
        [factor(n, v) for n, v in zip("abc", points, strict=True)],
        np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x),
    )
    shares = {matter.key: matter.share for matter in told.matters}
    assert shares == pytest.approx(ISHIGAMI, abs=0.02)
    assert {matter.key for matter in told.matters if matter.clear} == {"a", "b"}


def test_the_g_function():
    points = design(4)
    terms = [(np.abs(4 * v - 2) + a) / (1 + a) for v, a in zip(points, G_WIDTHS, strict=True)]
    told = found([factor(n, v) for n, v in zip("abcd", points, strict=True)], np.prod(terms, axis=0))
    shares = {matter.key: matter.share for matter in told.matters}
    assert [shares[name] for name in "abcd"] == pytest.approx(g_indices(), abs=0.02)


def test_few_worlds_leave_no_bias():
    random = np.random.default_rng(4)
    cut = np.stack([classes(random.random(128), np.ones(128), 8) for _ in range(200)])
    effects = random.normal(size=128)
    assert between(cut, effects, np.ones(128)).mean() == pytest.approx(7 / 127, abs=0.01)  # chance alone
    assert explained(cut, effects, np.ones(128)).mean() < 0.025  # half of them clipped at nothing


def test_chance_alone_is_clear_in_one_of_twenty_samples():
    random = np.random.default_rng(8)
    wrong = sum(found(even_factors(128, "abc", seed), random.normal(size=128)).matters[0].clear for seed in range(60))
    assert wrong <= 9  # binomial(60, .05): more in less than one of a thousand


def test_order_of_worlds_changes_nothing():
    factors = even_factors(300)
    effects = factors[0].values + 0.3 * factors[1].values
    order = np.random.default_rng(3).permutation(300)
    mixed = [factor(each.key, each.values[order]) for each in factors]
    one, other = found(factors, effects), found(mixed, effects[order])
    assert [m.key for m in one.matters[:2]] == [m.key for m in other.matters[:2]] == ["a", "b"]
    assert [m.share for m in one.matters[:2]] == pytest.approx([m.share for m in other.matters[:2]])


def test_a_world_of_weight_two_counts_like_two_worlds():
    factors = even_factors(300)
    effects = factors[0].values ** 2 + factors[1].values
    chosen = np.arange(0, 300, 3)
    weight = np.ones(300)
    weight[chosen] = 2.0
    listed = twice(factors, chosen)
    heavy = np.stack([classes(each.values, weight, 6) for each in factors])
    copied = np.stack([classes(each.values, np.ones(400), 6) for each in listed])
    assert np.array_equal(copied[:, :300], heavy)
    shares = between(copied, np.concatenate([effects, effects[chosen]]), np.ones(400))
    assert between(heavy, effects, weight) == pytest.approx(shares)


def test_effects_at_both_ends_of_an_input():
    factors = even_factors(1000, "ab")
    told = found(factors, 10 * factors[0].values)
    assert told.matters[0].key == "a"
    assert (told.matters[0].low, told.matters[0].high) == pytest.approx((1.0, 9.0), abs=0.15)
    assert (told.matters[0].below, told.matters[0].above) == pytest.approx((0.2, 0.8), abs=0.04)


def test_without_any_spread_nothing_matters():
    told = found(even_factors(100), np.full(100, 0.3))
    assert not any(matter.clear for matter in told.matters)
    assert all(matter.share == 0.0 for matter in told.matters)
