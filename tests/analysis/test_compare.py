"""Comparisons of hand-made runs: weights, pairs, margins, ratios, controls."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.compare import compare, world_shares
from tests.analysis.cases import QUANTITIES, crisis_table, period_table

WITH, WITHOUT = [0.3, 0.1, 0.2, 0.4], [0.1, 0.2, 0.2, 0.395]


def compared(crisis, period=None, **options):
    return compare(crisis, period, QUANTITIES, policies=list(crisis.values), baseline="none", **options)


def test_posterior_stands_beside_prior():
    result = compared(crisis_table({"shield": WITH, "none": WITHOUT}, weight=[0.7, 0.1, 0.1, 0.1]))
    war = result.policies["shield"].crisis["war"]
    assert war.posterior.mean == pytest.approx(0.7 * 0.3 + 0.1 * (0.1 + 0.2 + 0.4))
    assert war.prior.mean == pytest.approx(0.25)
    assert (war.posterior.median, war.prior.median) == (0.3, 0.2)


def test_shares_of_worlds_follow_weights_and_margin():
    result = compared(crisis_table({"shield": WITH, "none": WITHOUT}, weight=[0.7, 0.1, 0.1, 0.1]))
    pair = result.pair("shield")
    assert (pair.worlds.raises, pair.worlds.lowers) == pytest.approx((0.7, 0.1))
    assert pair.worlds.neither == pytest.approx(0.2)
    assert (pair.worlds_prior.raises, pair.worlds_prior.lowers) == (0.25, 0.25)


def test_effective_number_of_worlds_and_its_warning():
    even = compared(crisis_table({"shield": WITH, "none": WITHOUT}))
    assert (even.effective, even.hard_to_explain) == (pytest.approx(4.0), False)
    n = 40
    weight = np.full(n, 0.001 / (n - 1))
    weight[0] = 0.999
    lopsided = compared(crisis_table({"shield": np.full(n, 0.3), "none": np.full(n, 0.1)}, weight=weight))
    assert lopsided.hard_to_explain


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(1, 3)), min_size=1, max_size=12))
def test_a_world_of_double_weight_counts_as_two_worlds(worlds):
    one, other, times = (np.array(column) for column in zip(*worlds, strict=True))
    listed = crisis_table({"shield": one.repeat(times), "none": other.repeat(times)})
    weighed = crisis_table({"shield": one, "none": other}, weight=times / times.sum())
    answers = [compared(table).pair("shield") for table in (listed, weighed)]
    spreads = [answer.crisis["war"].posterior for answer in answers]
    assert spreads[0].mean == pytest.approx(spreads[1].mean, abs=1e-12)
    assert [spreads[0].low, spreads[0].median, spreads[0].high] == [spreads[1].low, spreads[1].median, spreads[1].high]
    assert answers[0].worlds.raises == pytest.approx(answers[1].worlds.raises, abs=1e-12)


def test_identical_policies_differ_by_exactly_nothing():
    crisis = crisis_table({"shield": WITH, "none": WITH}, weight=[0.4, 0.3, 0.2, 0.1])
    outcomes = {"war": [0.2, 0.1, 0.7, 0.4], "deaths.a": [3.3, 0.1, 200.7, 1.9], "struck.a": [0.3, 2.7, 1.9, 0.2]}
    pair = compared(crisis, period_table({"shield": outcomes, "none": outcomes})).pair("shield")
    for value in pair.crisis.values():
        assert (value.posterior.mean, value.posterior.low, value.posterior.high, value.prior.mean) == (0, 0, 0, 0)
    for difference in pair.period.values():
        assert (difference.mean, difference.se, difference.interval_90) == (0.0, 0.0, (0.0, 0.0))
    assert pair.worlds.neither == 1.0


def test_order_of_policies_changes_nothing():
    war = {"shield": WITH, "none": WITHOUT, "more": [0.0, 0.2, 0.5, 0.9]}
    one = compared(crisis_table(war))
    other = compared(crisis_table(dict(reversed(war.items()))))
    assert one.policies == other.policies
    assert one.pair("more").crisis == other.pair("more").crisis


def test_period_difference_is_paired_by_world():
    # The exact crises tell nothing here (no variance), so the error is that of the paired differences alone.
    crisis = crisis_table({"shield": [0.2] * 4, "none": [0.2] * 4})
    period = period_table({"shield": {"war": [0.1, 0.5, 0.9, 0.7]}, "none": {"war": [0.0, 0.4, 0.6, 0.5]}})
    difference = compared(crisis, period).pair("shield").period["war"]
    gaps = np.array([0.1, 0.1, 0.3, 0.2])
    assert difference.mean == pytest.approx(gaps.mean())
    assert difference.se == pytest.approx(gaps.std(ddof=1) / 2)


def test_exact_crises_correct_for_an_unlucky_draw_of_worlds():
    # Outcomes over the period are thrice the exact effect; the two worlds drawn most often are not typical.
    effect = np.array([0.1, 0.2, 0.4, 0.5])
    multiplicity = np.array([3, 2, 1, 0])
    crisis = crisis_table({"shield": 0.2 + effect, "none": np.full(4, 0.2)}, multiplicity=multiplicity)
    period = period_table({"shield": {"war": 0.1 + 3 * effect}, "none": {"war": [0.1] * 4}}, multiplicity)
    result = compared(crisis, period)
    assert result.pair("shield").period["war"].mean == pytest.approx(3 * effect.mean())
    assert result.policies["shield"].period["war"].mean == pytest.approx(0.1 + 3 * effect.mean())


def test_a_ratio_is_the_ratio_of_means():
    crisis = crisis_table(
        {"shield": WITH, "none": WITHOUT},
        weight=[0.4, 0.3, 0.2, 0.1],
        struck_a={"shield": [1, 2, 0, 1]},
        struck_b={"shield": [0, 0, 0, 0]},
        restrained_a={"shield": [0.5, 0.5, 0, 1]},
        restrained_b={"shield": [0, 0, 0, 0]},
    )
    result = compared(crisis)
    restraint = result.policies["shield"].crisis["restraint"].posterior
    assert restraint.mean == pytest.approx((0.4 * 0.5 + 0.3 * 0.5 + 0.1) / (0.4 + 0.3 * 2 + 0.1))
    assert (restraint.low, restraint.high) == (0.25, 1.0)
    assert "restraint.b" not in result.policies["shield"].crisis  # a share of nothing
    assert "restraint.b" not in result.pair("shield").crisis


def test_the_standard_error_of_a_ratio_is_the_delta_methods():
    struck, restrained = np.array([2.0, 1.0, 3.0, 2.0]), np.array([1.0, 0.2, 1.5, 0.7])
    period = period_table({policy: {"struck.a": struck, "restrained.a": restrained} for policy in ("shield", "none")})
    crisis = crisis_table({"shield": [0.2] * 4, "none": [0.2] * 4})
    answer = compared(crisis, period).policies["shield"].period["restraint.a"]
    ratio = restrained.sum() / struck.sum()
    rest = (restrained - ratio * struck) / struck.mean()
    assert answer.mean == pytest.approx(ratio)
    assert answer.se == pytest.approx(rest.std(ddof=1) / 2)


def test_ratio_estimates_claim_the_error_they_have():
    # Theory: the delta method's variance is right to first order; 200 worlds a time, 800 times.
    rng = np.random.default_rng(11)
    crisis = crisis_table({"none": [0.2] * 200})
    means, errors = [], []
    for _ in range(800):
        struck = rng.gamma(3.0, 1.0, 200)
        outcomes = {"struck.a": struck, "restrained.a": struck * rng.beta(2, 3, 200)}
        estimate = compared(crisis, period_table({"none": outcomes})).policies["none"].period["restraint.a"]
        means.append(estimate.mean)
        errors.append(estimate.se)
    means, errors = np.array(means), np.array(errors)
    assert abs(means.mean() - 0.4) <= 4 * means.std() / np.sqrt(800)
    gap = (means - means.mean()) ** 2 - errors**2
    assert abs(gap.mean()) <= 4 * gap.std() / np.sqrt(800)


def test_sums_over_layers_exist_per_period_only():
    period = period_table(
        {policy: {"interceptors.a.upper": [1, 2], "interceptors.a.lower": [3, 5]} for policy in ("shield", "none")}
    )
    result = compared(crisis_table({"shield": [0.2, 0.3], "none": [0.1, 0.1]}), period)
    answer = result.policies["shield"]
    assert answer.period["interceptors.a"].mean == pytest.approx(5.5)
    assert "interceptors.a" not in answer.crisis
    assert "interceptors.b" not in answer.period  # a side without a shield


def test_margin_of_what_is_no_share_is_relative_to_the_baseline():
    crisis = crisis_table(
        {"shield": WITH, "none": WITHOUT}, deaths_a={"shield": [200, 101.5, 100.5, 98], "none": [100, 100, 100, 100]}
    )
    result = compared(crisis, outcome="deaths.a")
    assert result.margin["crisis"] == pytest.approx(1.0)
    assert result.pair("shield").worlds == world_shares(np.array([100, 1.5, 0.5, -2]), np.full(4, 0.25), 1.0)


def test_an_outcome_without_exact_crises_has_no_shares_of_worlds():
    period = period_table({policy: {"interceptors.a.upper": [1, 2]} for policy in ("shield", "none")})
    crisis = crisis_table({"shield": [0.2, 0.3], "none": [0.1, 0.1]})
    pair = compared(crisis, period, outcome="interceptors.a").pair("shield")
    assert pair.worlds is None
    assert pair.effects is None
    assert "interceptors.a" in pair.period


@pytest.mark.parametrize(
    ("level", "counts", "expected"),
    [(0.4, 100, 2.0), (0.4, 3, None), (0.015, 10000, None)],
    ids=["enough", "too few wars", "too small a risk"],
)
def test_a_ratio_of_risks_needs_cases_and_size(level, counts, expected):
    crisis = crisis_table({"shield": [0.2] * 4, "none": [0.2] * 4})
    period = period_table({"shield": {"war": [level] * 4}, "none": {"war": [level / 2] * 4}}, counts=counts)
    ratio = compared(crisis, period).pair("shield").ratio
    assert ratio == (None if expected is None else pytest.approx(expected))


def test_without_histories_there_is_no_period():
    result = compared(crisis_table({"shield": WITH, "none": WITHOUT}))
    assert result.pair("shield").period == {}
    assert (result.years, result.drawn, result.histories) == (0, 0, 0)
