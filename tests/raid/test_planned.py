"""The planned raid: equal to the mean of the sampled one where theory says so, and its averaged common mode."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from escalade.raid.planned import believed_kill, engagement_kill, planned_launch
from tests.raid.cases import BALLISTIC, DRONE, Case, agree, arm, layer

N = 4_000


def leakers(case: Case, **observer: float) -> float:
    return float(case.plan(**observer).flights["leakers"].sum())


# --- planned = the mean of sampled ----------------------------------------------------------------------------------

CERTAIN: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ("one layer", [arm(20)], [layer(1.0, stock=8.0)]),
    ("reserve and shots", [arm(20)], [layer(1.0, stock=18.0, reserve=2.0, shots=2.0)]),
    ("channels", [arm(20)], [layer(1.0, channels=5.0), layer(1.0, channels=3.0)]),
    ("classes in order", [arm(6), arm(9, cls=DRONE, deaths=0.1)], [layer({BALLISTIC: 1.0, DRONE: 1.0}, stock=10.0)]),
    ("recognised decoys", [arm(6, decoys=3.0, warheads=2.0)], [layer(1.0, channels=7.0)]),
    ("boost", [arm(6, decoys=3.0, warheads=2.0)], [layer(1.0, boost=1, channels=4.0)]),
    ("nothing engages", [arm(6)], [layer(0.0), layer({DRONE: 1.0})]),
    ("nothing arrives", [arm(6, reliability=0.0)], [layer(1.0)]),
]


@pytest.mark.parametrize("case", CERTAIN, ids=[name for name, _, _ in CERTAIN])
def test_certain_raids_go_as_planned(case: tuple[str, list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """Probabilities 0 or 1 and whole numbers: the mean field is what happens, to the last digit."""
    _, arms, layers = case
    for raids in (1.0, 2.0):
        built = Case(arms, layers, raids=raids)
        happened, planned = built.sample(3), built.plan()
        assert happened.leakers == pytest.approx(np.tile(planned.flights["leakers"], (3, 1)), abs=1e-12)
        assert happened.used == pytest.approx(np.tile(planned.used, (3, 1)), abs=1e-12)


LINEAR: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ("two layers", [arm(40, reliability=0.8, threatening=0.7)], [layer(0.5), layer(0.6, shots=2.0)]),
    ("looks", [arm(40)], [layer(0.5, looks=3.0)]),
    ("decoys", [arm(20, decoys=1.5, threatening=0.5)], [layer(0.6, discrimination=0.4)]),
    ("boost", [arm(20, warheads=3.0, decoys=0.5), arm(10)], [layer(0.4, boost=1, looks=2.0), layer(0.5)]),
    ("two classes", [arm(20), arm(30, cls=DRONE)], [layer({BALLISTIC: 0.5, DRONE: 0.9})]),
    ("outages", [arm(20)], [layer(0.5, availability=0.7), layer(0.5, availability=0.4)]),
]


@pytest.mark.parametrize("case", LINEAR, ids=[name for name, _, _ in LINEAR])
def test_without_limits_plans_are_means(case: tuple[str, list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """Where nothing runs out the raid is a thinning, linear in numbers: planned = expected, for leakers and stocks."""
    built = Case(case[1], case[2])
    happened, planned = built.sample(N), built.plan()
    for k in range(len(case[1])):
        agree(happened.leakers[:, k], planned.flights["leakers"][k], f"leakers of arm {k}")
    for l in range(len(case[2])):
        agree(happened.used[:, l], planned.used[l], f"interceptors of layer {l}")


def test_limits_make_plans_rosy_only_through_chance() -> None:
    """With scarce interceptors the mean field is too optimistic (min is concave), and exact where arrivals are sure."""
    sure = Case([arm(20)], [layer(0.6, stock=12.0)])
    agree(sure.sample(N).leakers[:, 0], leakers(sure))
    unsure = Case([arm(40, reliability=0.5)], [layer(0.6, stock=20.0)])
    assert unsure.sample(N).leakers[:, 0].mean() > leakers(unsure) + 0.2


# --- the common mode, planned ---------------------------------------------------------------------------------------


def test_averaging_the_common_mode_keeps_planners_from_deluding_themselves() -> None:
    """50 threats, p = .9, sigma = 1: planning with the median night says 5.0 leakers, suffered are 6.7 in the mean.

    Averaged over the common mode (to the accuracy of the probit formula), the plan closes nine tenths of the gap.
    """
    case = Case([arm(50)], [layer(0.9)], sigma=1.0)
    suffered = case.sample(20_000).leakers[:, 0]
    z = np.linspace(-9, 9, 2_001)
    weight = norm.pdf(z) / norm.pdf(z).sum()
    mean = 50 * weight @ (1 / (1 + np.exp(np.log(9.0) + z)))
    agree(suffered, mean)
    assert mean == pytest.approx(6.7, abs=0.05)
    assert 50 * (1 - believed_kill(0.9, 0.0, 0.0)) == pytest.approx(5.0)
    assert abs(leakers(case) - mean) < 0.1 * (mean - 5.0)


@given(p=st.floats(0.02, 0.98), shift=st.floats(-2, 2), sigma=st.floats(0, 2.5))
@settings(max_examples=60)
def test_believed_kill_is_near_the_integral_over_the_common_mode(p: float, shift: float, sigma: float) -> None:
    """The probit approximation errs by at most .02 (MacKay 1992) for sigma up to 2.5."""
    z = np.linspace(-8, 8, 801)
    weight = norm.pdf(z) / norm.pdf(z).sum()
    exact = weight @ (1 / (1 + np.exp(-(np.log(p / (1 - p)) + shift + sigma * z))))
    assert believed_kill(p, shift, sigma) == pytest.approx(exact, abs=0.02)


@given(p=st.floats(0, 1), shots=st.integers(1, 6))
def test_engagement_kill(p: float, shots: int) -> None:
    """One minus the chance that all shots miss; more shots never hurt."""
    kill = engagement_kill(p, float(shots))
    assert 0 <= kill <= 1
    assert kill == pytest.approx(1 - np.prod([1 - p] * shots), abs=1e-12)
    assert engagement_kill(p, shots + 1.0) >= kill - 1e-15


# --- delusions ------------------------------------------------------------------------------------------------------


def test_hubris_and_neglect_make_leaders_expect_fewer_leakers() -> None:
    """A believed shift scales odds; full neglect plans as if nothing ran out, and uses what there is all the same."""
    scarce, endless = (Case([arm(40)], [layer(0.7, stock=stock)]) for stock in (10.0, 1e6))
    assert leakers(scarce, shift=1.0) < leakers(scarce) < leakers(scarce, shift=-1.0)
    assert leakers(scarce, neglect=1.0) == pytest.approx(leakers(endless), abs=1e-12)
    assert leakers(scarce, neglect=0.5) == pytest.approx((leakers(scarce) + leakers(endless)) / 2, abs=1e-12)
    assert scarce.plan(neglect=1.0).used[0] == scarce.plan().used[0] == 10.0


# --- what goes out --------------------------------------------------------------------------------------------------


@given(effort=st.floats(0, 1), raids=st.integers(1, 5), stock=st.integers(0, 500), launch=st.integers(0, 100))
def test_a_strike_never_launches_more_than_there_is(effort: float, raids: int, stock: int, launch: int) -> None:
    """Expendable units at most the stock; reusable ones at most the smaller of stock and launchers, once a raid."""
    expendable = planned_launch(effort, float(raids), 0, float(stock), float(launch))
    reusable = planned_launch(effort, float(raids), 1, float(stock), float(launch))
    assert 0 <= expendable <= stock
    assert 0 <= reusable <= raids * min(stock, launch) + 1e-9
    assert expendable <= reusable + 1e-9


@given(
    threats=st.integers(0, 80),
    kill=st.floats(0, 1),
    stock=st.integers(0, 60),
    reserve=st.integers(0, 10),
    looks=st.integers(1, 3),
    shots=st.integers(1, 3),
    channels=st.sampled_from([0.0, 4.0, np.inf]),
    neglect=st.floats(0, 1),
)
@settings(max_examples=200)
def test_plans_keep_within_stock_and_numbers(
    threats: int, kill: float, stock: int, reserve: int, looks: int, shots: int, channels: float, neglect: float
) -> None:
    """Used <= stock - reserve and channels; 0 <= leakers <= threatening arrivals."""
    limits = {"stock": float(stock), "reserve": float(reserve), "looks": looks, "shots": shots, "channels": channels}
    planned = Case([arm(threats, reliability=0.9)], [layer(kill, **limits)]).plan(neglect=neglect)
    assert 0 <= planned.used[0] <= max(0.0, stock - reserve) + 1e-9
    assert planned.used[0] <= channels * shots + 1e-9
    assert -1e-9 <= planned.flights["leakers"][0] <= 0.9 * threats + 1e-9
