"""The scalar ladder: agreement with the readable twin, and theory with closed forms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.crisis.exact import LATTICE_POINTS, resolve_deviates
from escalade.crisis.scalar import ScalarCrisis, scalar_crisis, scalar_stakes, scalar_table, scalar_tree
from escalade.crisis.scalar_file import ladder_from_data
from escalade.crisis.solve import Solution, new_solution, solve
from escalade.crisis.tree import CHANCE, END, Tree, TreeBuilder
from tests.crisis.ladders import Spec, five_rungs, random_ladder, side, two_rungs
from verification.twin import scalar as twin


def solved(spec: Spec) -> ScalarCrisis:
    return scalar_crisis(ladder_from_data(spec))


def numbers(data: dict[str, Any]) -> list[float]:
    """All numbers of an answer in one order."""
    found = [data["war"], data["stand_off"], *data["first_strike"], *data["war_begun_by"], *data["yield"]]
    return [*found, *(data["labels"][name] for name in ("foreseen", "misjudged", "tremble", "accident"))]


def at_medians(tree: Tree, precision: float) -> Solution:
    """A game solved with all stakes at one, nothing hidden."""
    solution = new_solution(int(tree.size[0]), int(tree.size[1]), 1)
    solve(tree, np.ones((2, 2, 5)), precision, 0, solution)
    return solution


@pytest.mark.parametrize("seed", range(40))
def test_equal_to_the_twin(seed: int) -> None:
    spec = random_ladder(seed)
    theirs = twin.scalar_crisis(spec | {"lambda": float(spec["lambda"])})
    assert numbers(solved(spec).as_data()) == pytest.approx(numbers(theirs), abs=1e-12, rel=0)


@pytest.mark.parametrize(
    ("waves", "expected"), [(2, 3133 / 20736), (3, 603013 / 3981312), pytest.param(12, 5 / 33, id="limit")]
)
@pytest.mark.parametrize("harm", [0.05, 0.7])
def test_t1_coin_toss(waves: int, expected: float, harm: float) -> None:
    """T1: choice by chance alone; the probability of war counts paths, whatever a policy does to harm."""
    sides = [side(harm=[0, 0, harm, harm, harm]), side()]
    answer = solved(five_rungs(K=waves, sides=sides, **{"lambda": 0}))
    assert answer.war == pytest.approx(expected, abs=1e-14 if waves < 4 else 1e-6)


def test_t1_no_policy_makes_a_difference_of_a_single_bit() -> None:
    """T1: the paired difference is exactly 0."""
    one, two = (solved(five_rungs(sides=[side(gain=[0.3] * 5), side(press=p)], **{"lambda": 0})) for p in (0.0, 3.0))
    assert numbers(one.as_data()) == numbers(two.as_data())


def critical_risk(leak: float, risk: float) -> TreeBuilder:
    """T2: the owner may climb to a threat; an accident costs it ten times the leak, else the rival yields all."""
    game = TreeBuilder()
    owner, chance, rival = game.node(0), game.node(CHANCE), game.node(1)
    game.edge(owner, END)
    game.edge(owner, chance)
    game.edge(chance, rival, actor=0, chance=1.0 - risk)
    game.edge(chance, END, actor=0, chance=risk, own_const=-10.0 * leak)
    game.edge(rival, END, other_const=1.0)
    return game


@pytest.mark.parametrize(("leak", "critical"), [(1.0, 0.0909), (0.1, 0.5)])
@pytest.mark.parametrize("precision", [1.0, 20.0])
def test_t2_critical_risk(leak: float, critical: float, precision: float) -> None:
    """T2 (Powell 1990): the owner climbs with probability one half at f = 1/(1 + 10 leak)."""
    exact = 1 / (1 + 10 * leak)
    assert exact == pytest.approx(critical, abs=5e-5)
    assert at_medians(critical_risk(leak, exact).build(), precision).choice[1] == pytest.approx(0.5, abs=1e-13)


@pytest.mark.parametrize("leak", [1.0, 0.1])
def test_t2_perfect_discrimination(leak: float) -> None:
    """T2 at infinite precision: a step at the critical risk."""
    for shift, climbs in ((-1e-9, 1.0), (1e-9, 0.0)):
        tree = critical_risk(leak, 1 / (1 + 10 * leak) + shift).build()
        assert (at_medians(tree, math.inf).choice[1] == climbs).all()
    tie = at_medians(critical_risk(0.1, 0.5).build(), math.inf)  # 1/2 - 1/2 is exact
    assert (tie.choice[1] == 0.5).all()


@pytest.mark.parametrize(("win", "conflict", "resists"), [(0.4, -1.1, 0.266667), (0.6, -0.9, 0.4)])
@pytest.mark.parametrize("precision", [1.0, 20.0])
def test_t4_perfect_deterrence(win: float, conflict: float, resists: float, precision: float) -> None:
    """T4 (Zagare and Kilgour 2000): a credible answer just deters where win and conflict balance."""
    exact = win / (win - conflict)
    assert exact == pytest.approx(resists, abs=5e-7)
    game = TreeBuilder()
    challenger, defender = game.node(0), game.node(1)
    game.edge(challenger, END)
    game.edge(challenger, defender)
    game.edge(defender, END, other_const=win)
    game.edge(defender, END, own_const=math.log(exact / (1 - exact)) / precision, other_const=conflict)
    solution = at_medians(game.build(), precision)
    assert solution.choice[3] == pytest.approx(exact, abs=1e-13)
    assert solution.choice[1] == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("trend", [-0.3, 0.0, 0.3])
def test_t10_preventive_war(trend: float) -> None:
    """T10 (Powell 2006): what the strike wins is worth more to a side that declines; the sign is the trend's."""
    psi, gain, value, precision = 0.5, 0.4, 1.0, 20.0

    def strikes(cost: float, decline: float) -> float:
        game = TreeBuilder()
        node = game.node(0)
        game.edge(node, END)
        game.edge(node, END, own_coef=gain, own_const=gain * psi * decline - cost)
        return float(at_medians(game.build(), precision).choice[1, 0])

    cost = gain * (value + psi * trend)
    assert strikes(cost, trend) == pytest.approx(0.5, abs=1e-12)
    assert np.sign(round(strikes(gain * value, trend) - 0.5, 12)) == np.sign(trend)


def alone(cost: float, resolve: float, precision: float | str = "inf") -> Spec:
    """T18: one mover strikes for the whole objective, or stands."""
    base = {"cost": [0, cost], "audience": [0, 0], "press": 0, "affront": 0, "harm": [0, 0]}
    mover = base | {"strike": [0, 1], "gain": [0, 1], "may_climb": [True, True]}
    idle = base | {"strike": [0, 0], "gain": [0, 0], "may_climb": [True, False]}
    return two_rungs(mover, idle, private_resolve=resolve, **{"lambda": precision})


@pytest.mark.parametrize("cost", [0.3, 0.6, 0.9, 1.2, 2.0, 5.0])
def test_t18_private_resolve(cost: float) -> None:
    """T18: P(strike) is the share of the types with rho v > k; the rival expects the same number."""
    ladder = ladder_from_data(alone(cost, 0.6))
    expected = float((np.exp(0.6 * resolve_deviates()) > cost).mean())
    assert scalar_crisis(ladder).war == pytest.approx(expected, abs=1e-15)
    tree = scalar_tree(ladder)
    solution = new_solution(int(tree.size[0]), int(tree.size[1]), 1)
    solve(tree, scalar_stakes(ladder, np.zeros((2, 1))), ladder.precision, 0, solution)
    opening = tree.nodes[tree.roots[0]]
    assert solution.expected[opening["stop"] - 1, 0] == pytest.approx(expected, abs=1e-15)


def test_t18_no_private_resolve_is_the_game_of_complete_information() -> None:
    """T18: with s_p = 0 every type chooses as the one type would."""
    assert solved(alone(0.9, 0, 4)).war == pytest.approx(1 / (1 + math.exp(-4 * 0.1)), abs=1e-13)
    ladder = ladder_from_data(five_rungs(private_resolve=0))
    stakes = scalar_stakes(ladder, np.array([[0.3], [-1.0]]))
    assert (stakes == stakes[:, :, :1]).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(1000, 100_000))
def test_probabilities_sum_to_one(seed: int) -> None:
    answer = solved(random_ladder(seed))
    assert sum(answer.war_begun_by) == pytest.approx(answer.war, abs=1e-13)
    assert sum(answer.labels.values()) == pytest.approx(1.0 if answer.war > 0 else 0.0)
    assert sum(answer.first_strike) + answer.stand_off <= 1 + 1e-12
    assert all(-1e-15 <= x <= 1 + 1e-12 for x in numbers(answer.as_data()))


@settings(max_examples=30, deadline=None)
@given(st.integers(1000, 100_000))
def test_exchange_of_sides_mirrors_everything(seed: int) -> None:
    spec = random_ladder(seed) | {"spread": 0}
    if spec["lambda"] == "inf":
        spec["lambda"] = 20  # nearly equal options may tie one way only
    opener = None if spec["opener"] is None else 1 - spec["opener"]
    one, two = solved(spec), solved(spec | {"sides": spec["sides"][::-1], "opener": opener})
    for pair, mirrored in (
        (one.first_strike, two.first_strike),
        (one.war_begun_by, two.war_begun_by),
        (one.yields, two.yields),
    ):
        assert pair == pytest.approx(mirrored[::-1], abs=1e-12)
    assert (one.war, one.stand_off) == pytest.approx((two.war, two.stand_off), abs=1e-12)
    assert one.labels == pytest.approx(two.labels, abs=1e-9)


def test_gains_shrink_with_what_is_left_and_never_add_up_to_more_than_all() -> None:
    ladder = ladder_from_data(five_rungs(K=4, sides=[side(gain=[0, 0, 0.5, 0.9, 1]), side()]))
    cells = scalar_table(ladder)[0, 0, 0, :, :, 0]
    assert cells["gain"][2, :4] == pytest.approx([0.5, 0.25, 0.125, 0.0625])
    assert (cells["gain"].sum(axis=1) <= 1).all()
    assert (cells["deaths"][2, :4] == 0.05).all()
    assert (cells["light"][3, :4] == 2).all()
    assert cells["light_gain"][3, 1] == pytest.approx(0.5 * 0.1)


def test_no_war_has_no_labels() -> None:
    idle = side(may_climb=[True, True, False, False, False])
    answer = solved(five_rungs(sides=[idle, idle]))
    assert answer.war == 0.0
    assert answer.labels == {"foreseen": 0.0, "misjudged": 0.0, "tremble": 0.0, "accident": 0.0}


def test_a_fixed_opener_is_half_of_a_drawn_one() -> None:
    drawn, first, second = (solved(five_rungs(opener=opener, spread=0)) for opener in (None, 0, 1))
    assert drawn.war == pytest.approx((first.war + second.war) / 2, abs=1e-14)
    assert first.first_strike == pytest.approx(second.first_strike[::-1], abs=1e-14)
    assert abs(first.first_strike[0] - first.first_strike[1]) > 1e-4, "opening must matter, or the test shows nothing"


def test_more_stake_points_change_little() -> None:
    ladder = ladder_from_data(five_rungs())
    assert scalar_crisis(ladder, LATTICE_POINTS).war == pytest.approx(scalar_crisis(ladder, 377).war, abs=0.0026)
