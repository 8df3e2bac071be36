"""The index of first-strike stability: cases of the literature (T8, T15), views, and what must hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.stability.cost import CostRule
from escalade.stability.index import TRULY, PairStability, overall, pair_stability
from escalade.stability.postures import with_exposure
from escalade.worlds import Worlds
from tests.stability.cases import PEOPLE, SLBM, case, day_alert, found, interceptors, missiles, powers


def alike(values: Any) -> Any:
    """Both sides, all views: forces are equal and nobody is mistaken."""
    (value,) = set(np.round(np.ravel(values), 12))
    return value


@pytest.mark.parametrize("name", ["E02a", "E02b"])
def test_t8_kent_and_thaler_postures(name: str) -> None:
    """T8, E02: warheads on fixed and on survivable launchers, as many at forces as the case says; to 1 in 10,000."""
    _, output, near = case(name)
    forces, aim = day_alert(name)
    result = found(powers([forces, forces]), aim=aim)
    assert alike(result.first) == near(output["cost_first"])
    assert alike(result.second) == near(output["cost_second"])
    assert alike(result.index) == near(output["index"])
    assert alike(result.exchanges["answered"]) == near(output["survivors"])


def test_e04_canavan_type_index() -> None:
    """E04: the striker splits its strike as costs it least; to 1 in a million, costs but for their common factor."""
    inputs, output, near = case("E04")
    each = {"deaths": PEOPLE * inputs["damage_per_hit"], "counterforce": -np.log1p(-inputs["kill"])}
    far = {"exposed_launchers": 0.0, "exposed_stock": 0.0}
    forces = [
        missiles(inputs["vulnerable"], warheads=float(inputs["warheads"]), **each),
        missiles(inputs["survivable"], cls=SLBM, warheads=float(inputs["survivable_warheads"]), **(each | far)),
    ]
    result = found(powers([forces, forces]), rule=CostRule(exponent=1.0, weight=inputs["weight"]))
    vulnerable = inputs["vulnerable"] * inputs["warheads"]
    every = vulnerable + inputs["survivable"] * inputs["survivable_warheads"]
    assert result.exchanges["aim"][TRULY, 0, 0] * every / vulnerable == near(output["split"])
    assert alike(result.first) / (1 + inputs["weight"]) == near(output["cost_first"])
    assert alike(result.second) / (1 + inputs["weight"]) == near(output["cost_second"])
    assert alike(result.index) == near(output["index"])


def test_t8_a_value_defence_lowers_and_then_restores_the_index() -> None:
    forces, aim = day_alert("E02a")
    sizes = (0, 500, 1000, 1500, 2000, 3000, 4000)
    curve = [alike(found(powers([forces] * 2, [[interceptors(n)]] * 2), aim=aim).index) for n in sizes]
    lowest = int(np.argmin(curve))
    assert 0 < lowest < len(sizes) - 1
    assert curve[: lowest + 1] == sorted(curve[: lowest + 1], reverse=True)
    assert curve[lowest:] == sorted(curve[lowest:])
    assert curve[-1] == pytest.approx(1.0)  # nothing gets through either way


def test_t8_a_force_defence_moves_the_index_the_other_way() -> None:
    """The fewer of their forces can be reached, the less either side gains by going first."""
    curve = []
    for share in (1.0, 0.75, 0.5, 0.25, 0.0):
        forces, aim = day_alert("E02a", exposed_stock=0.4 * share)
        forces[0] |= {"exposed_launchers": share, "exposed_stock": share}
        curve.append(alike(found(powers([forces, forces]), aim=aim).index))
    assert curve == sorted(curve)
    assert curve[-1] > 1.0  # warheads aimed at forces that are not there are wasted


def three(size: float) -> list[PairStability]:
    """Two large sides with equal defences and a small one without: its pairs."""
    large, _ = day_alert("E02a")
    small = [missiles(300, deaths=large[0]["deaths"])]
    shield, none = [interceptors(size, kill=0.8)], [interceptors(0)]
    both = found(powers([large, large], [shield, shield]))
    with_small = found(powers([large, small], [shield, none]))
    return [both, with_small, with_small]


def test_t15_medium_defences_unsettle_two_sides_and_may_settle_three() -> None:
    """T15, Best and Bracken (1995): the sign pattern; they give no table."""
    none, medium = three(0), three(400)
    assert medium[0].index[TRULY] < none[0].index[TRULY]
    assert medium[1].index[TRULY] > none[1].index[TRULY]
    assert overall(medium) > overall(none)


def test_t15_without_a_third_side_the_index_of_all_pairs_is_that_of_the_pair() -> None:
    (both, *_) = three(400)
    assert overall([both]) == pytest.approx(both.index[TRULY])


def lopsided(**changes: Any) -> Worlds:
    return powers(
        [[missiles(400)], [missiles(150)]], [[interceptors(40, kill=0.6)], [interceptors(10, kill=0.6)]], **changes
    )


def test_views_agree_where_nobody_is_mistaken() -> None:
    result = found(lopsided())
    assert result.exchanges["aim"][0] == pytest.approx(result.exchanges["aim"][1])
    for view in (1, 2):
        assert result.ratio[view] == pytest.approx(result.ratio[TRULY])
    assert result.believed == pytest.approx(result.incentive[TRULY])
    assert result.believed_index == pytest.approx(result.index[TRULY])


def test_hubris_is_the_owner_s_alone() -> None:
    """A side that thinks its shield better than it is sees other costs; what truly is and what its rival sees stay."""
    plain, proud = found(lopsided()), found(lopsided(beliefs=[[2.0, 0.0], [0.0, 0.0]]))
    assert proud.incentive[TRULY] == pytest.approx(plain.incentive[TRULY])
    assert proud.incentive[2] == pytest.approx(plain.incentive[2])
    assert proud.believed[0, 0] > plain.believed[0, 0]
    assert proud.believed[0, 1] == pytest.approx(plain.believed[0, 1])


def test_saturation_neglect_is_not_what_truly_is() -> None:
    # Most of the rival's missiles outlive the first strike: the answer is larger than the shield.
    plain, forgetful = (found(with_exposure(lopsided(neglect=nu), 1, 0.2)) for nu in (0.0, 0.8))
    assert forgetful.exchanges["striker"][TRULY] == pytest.approx(plain.exchanges["striker"][TRULY])
    assert forgetful.exchanges["striker"][1, 0, 0] < plain.exchanges["striker"][1, 0, 0]


def test_partners_who_only_defend_make_striking_first_dearer() -> None:
    def incentive(joins: float) -> float:
        ally = interceptors(80, partner=1, defends=1.0, joins=joins)
        return float(found(powers([[missiles(400)]] * 2, [[ally], [interceptors(0)]])).incentive[TRULY, 0, 0])

    assert incentive(0.0) < incentive(1.0)


def test_many_worlds_are_many_single_worlds() -> None:
    one, other = lopsided(), with_exposure(lopsided(), 1, 0.3)
    both = Worlds(*(np.concatenate([a, b]) for a, b in zip(one, other, strict=True)))
    together = pair_stability(both)
    assert together.index[:, 0] == pytest.approx(pair_stability(one).index[:, 0])
    assert together.index[:, 1] == pytest.approx(pair_stability(other).index[:, 0])


@settings(max_examples=25)
@given(st.tuples(*[st.integers(0, 600)] * 4), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_costs_and_shares_keep_their_bounds(numbers: tuple[int, ...], exposure: float, kill: float) -> None:
    arms = [[missiles(n, exposed_launchers=exposure, exposed_stock=exposure)] for n in numbers[:2]]
    result = found(powers(arms, [[interceptors(n, kill=kill)] for n in numbers[2:]]))
    for name in ("aim", "disarmed", "struck", "striker"):
        assert (result.exchanges[name] >= 0.0).all()
        assert (result.exchanges[name] <= 1.0).all()
    for costs in (result.first, result.second):
        assert (costs >= 0.0).all()
        assert (costs <= 1.3).all()
    assert (result.incentive <= 1.0).all()


@settings(max_examples=15)
@given(st.tuples(*[st.integers(0, 400)] * 4))
def test_the_order_of_the_sides_does_not_matter(numbers: tuple[int, ...]) -> None:
    arms = [[missiles(n)] for n in numbers[:2]]
    layers = [[interceptors(n, kill=0.7)] for n in numbers[2:]]
    here, there = found(powers(arms, layers)), found(powers(arms[::-1], layers[::-1]))
    assert here.ratio[TRULY, 0] == pytest.approx(there.ratio[TRULY, 0, ::-1], abs=1e-9)
