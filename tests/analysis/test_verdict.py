"""Verdicts: the rule of shares, the rule of intervals, what is rare, how many runs are needed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.clustered import Estimate
from escalade.analysis.compare import WorldShares, compare
from escalade.analysis.verdict import Verdict, by_interval, by_worlds, judge, worlds_needed
from tests.analysis.cases import QUANTITIES, crisis_table, period_table


@pytest.mark.parametrize(
    ("raises", "lowers", "verdict"),
    [
        (0.58, 0.24, Verdict.DEPENDS),
        (0.70, 0.20, Verdict.DEPENDS),
        (0.60, 0.19, Verdict.MORE),
        (0.19, 0.60, Verdict.LESS),
        (0.59, 0.19, Verdict.LEANS_MORE),
        (0.00, 0.20, Verdict.LEANS_LESS),
        (0.19, 0.19, Verdict.LITTLE),
        (0.00, 0.00, Verdict.LITTLE),
    ],
)
def test_shares_of_worlds_choose_the_verdict(raises, lowers, verdict):
    assert by_worlds(WorldShares(raises, lowers, 1 - raises - lowers)) is verdict


@given(st.floats(0, 1), st.floats(0, 1))
def test_exchanging_the_signs_exchanges_the_verdict(raises, lowers):
    mirrored = {
        Verdict.MORE: Verdict.LESS,
        Verdict.LESS: Verdict.MORE,
        Verdict.LEANS_MORE: Verdict.LEANS_LESS,
        Verdict.LEANS_LESS: Verdict.LEANS_MORE,
    }
    total = max(1.0, raises + lowers)
    one = by_worlds(WorldShares(raises / total, lowers / total, 0.0))
    other = by_worlds(WorldShares(lowers / total, raises / total, 0.0))
    assert other is mirrored.get(one, one)


@pytest.mark.parametrize(
    ("mean", "se", "verdict"),
    [
        (0.08, 0.02, Verdict.MORE),
        (-0.08, 0.02, Verdict.LESS),
        (0.001, 0.002, Verdict.LITTLE),
        (0.02, 0.03, Verdict.NOT_ENOUGH),
        (0.0, 0.0, Verdict.LITTLE),
        (0.02, None, Verdict.NOT_ENOUGH),
    ],
)
def test_the_interval_chooses_the_verdict_of_the_period(mean, se, verdict):
    assert by_interval(Estimate(mean, se, None if se is None else 100), margin=0.01) is verdict


def test_rare_comes_before_everything():
    assert by_worlds(WorldShares(1.0, 0.0, 0.0), rare=True) is Verdict.RARE
    assert by_interval(Estimate(0.5, 0.0, 9), 0.01, rare=True) is Verdict.RARE


@pytest.mark.parametrize(
    ("mean", "half", "needed"),
    [(0.02, 0.04, 400), (0.001, 0.02, 500), (0.0, 0.033, 1100), (0.0, 0.0, None)],
    ids=["to the difference", "to the margin", "rounded up to two digits", "nothing to narrow"],
)
def test_worlds_needed(mean, half, needed):
    from scipy.special import stdtrit

    difference = Estimate(mean, half / stdtrit(50, 0.95), 50)
    assert worlds_needed(difference, 0.01, 100) == needed


@given(st.floats(-0.05, 0.05), st.floats(0.001, 0.2))
def test_where_runs_are_too_few_more_are_needed(mean, half):
    from scipy.special import stdtrit

    difference = Estimate(mean, half / stdtrit(50, 0.95), 50)
    if by_interval(difference, 0.01) is Verdict.NOT_ENOUGH:
        assert (worlds_needed(difference, 0.01, 100) or 101) >= 100


def _judged(war, period=None):
    table = crisis_table(war)
    result = compare(table, period, QUANTITIES, policies=list(war), baseline="none")
    return judge(result, "shield")


def test_opposite_clocks_are_noticed():
    war = {"shield": np.full(8, 0.3), "none": np.full(8, 0.2)}
    spread = np.linspace(-0.01, 0.01, 8)
    period = period_table({"shield": {"war": 0.3 + spread}, "none": {"war": np.full(8, 0.5)}})
    judgement = _judged(war, period)
    assert (judgement.crisis, judgement.period, judgement.opposed) == (Verdict.MORE, Verdict.LESS, True)


def test_rare_needs_both_sides_below_one_in_a_thousand():
    assert _judged({"shield": [0.0009] * 4, "none": [0.0001] * 4}).crisis is Verdict.RARE
    assert _judged({"shield": [0.0011] * 4, "none": [0.0001] * 4}).crisis is Verdict.LITTLE


def test_too_few_histories_say_how_many_are_needed():
    war = {"shield": np.full(8, 0.3), "none": np.full(8, 0.2)}
    period = period_table(
        {"shield": {"war": [0.5, 0.2, 0.4, 0.3, 0.6, 0.1, 0.4, 0.4]}, "none": {"war": np.full(8, 0.35)}}
    )
    judgement = _judged(war, period)
    assert judgement.period is Verdict.NOT_ENOUGH
    assert judgement.worlds_needed > 8
    assert not judgement.opposed
