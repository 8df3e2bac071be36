"""Windows: what a year is worth against those to come, and what that does to a crisis."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.history.simulate import simulate
from escalade.rivalry.windows import crisis_values, expected_crises, objective, with_windows
from escalade.worlds import World, Worlds
from tests.rivalry.cases import rivals
from tests.verification.worlds_by_hand import bundle, pair_of_worlds

ONE = np.array([0])
KAPPA, GAIN, BALANCE = 0.7, 0.5, 0.4


def test_psi_is_the_discounted_number_of_crises() -> None:
    assert expected_crises(np.array([2.0]), np.array([0.9]), np.array([3.0])) == pytest.approx(2 * (0.9 + 0.81 + 0.729))
    assert expected_crises(np.array([2.0]), np.array([0.9]), np.array([0.0])) == 0.0


def test_an_objective_is_never_worth_less_than_nothing_nor_more_by_more_than_itself() -> None:
    assert objective(np.array([1.0]), np.array([10.0]), np.array([5.0]), np.array([0.0])) == 2.0
    assert objective(np.array([1.0]), np.array([10.0]), np.array([0.0]), np.array([5.0])) == 0.0
    assert objective(np.array([1.0]), np.array([10.0]), np.array([0.3]), np.array([0.3])) == 1.0


def gamble(value: float) -> Worlds:
    """T10: one rung, one strike of the first side, no reply: it wins ``GAIN`` of its objective for a cost ``KAPPA``."""
    step = {"effort": 1.0, "objective": GAIN, "cost": KAPPA}
    still = {"effort": 0.0, "objective": 0.0, "cost": 0.0, "may_climb": 0}
    arm = {"stock": 10.0, "launch": 10.0, "surge": 0.0, "deaths": 0.0, "value": 1.0}
    rules = {
        "war_rung": 1, "waves": 1, "precision": 20.0, "stake_spread": 0.0, "resolve_spread": 0.0, "opener": 0,
        "no_yield": 1, "light_replies": 0,
    }  # fmt: skip
    sides = {"first_cost": 0.0, "affront": 0.0, "value": value}
    world = rivals(sides, {"affront": 0.0}, ([arm], [{"surge": 0.0}]), steps=(step, still), rules=rules)
    return bundle(world)


@pytest.mark.parametrize("trend", [-0.2, 0.0, 0.2])
def test_t10_preventive_war(trend: float) -> None:
    """T10 (Powell 2006): P(strike) = 1/2 exactly where psi (E(F) - E(F^h)) = kappa / g - v; its sign is the trend's."""
    from escalade.crisis.exact import exact_crises, quantities

    v, psi = KAPPA / GAIN - BALANCE, 2.0
    today = np.array([BALANCE / psi + trend])
    worth = float(objective(np.array([v]), np.array([psi]), today, np.array([0.0]))[0])
    row = exact_crises(gamble(worth), gamble(worth), ONE, 13)[0]
    strike = row[quantities(["0", "1"], ["talk", "force"]).index("first_strike.0")]
    assert strike == pytest.approx(1 / (1 + np.exp(-20.0 * GAIN * psi * trend)), rel=1e-12)


def test_the_value_of_a_crisis_is_what_the_game_gives() -> None:
    """The first side strikes or stands, by logit; the second only loses what the first gains."""
    v = 1.6
    utility = GAIN * v - KAPPA
    strike = 1 / (1 + np.exp(-20.0 * utility))
    found = crisis_values(gamble(v), ONE, 0, 13)[0]
    assert found == pytest.approx([strike * utility, -strike * GAIN], rel=1e-12)


def looking(world: World, years: float) -> Worlds:
    sides = world.sides.copy()
    sides["horizon"] = years
    return bundle(world._replace(sides=sides))


def test_t21_windows_have_no_effect_where_forces_do_not_change() -> None:
    """T21, bit for bit."""
    world, _ = pair_of_worlds("plain")
    arms, layers = world.arms.copy(), world.layers.copy()
    arms["production"], layers["production"] = 0.0, 0.0
    still = looking(world._replace(arms=arms, layers=layers), 3.0)
    assert np.array_equal(with_windows(still, ONE, 13).objectives, still.objectives)


def test_who_gains_by_waiting_wants_less_now_and_who_loses_wants_more() -> None:
    """A rival's growing arsenal moves the stakes of both, in opposite directions to what it does for them."""
    world, _ = pair_of_worlds("race")
    worlds = looking(world, 2.0)
    weighed = with_windows(worlds, ONE, 13)
    now, later = (crisis_values(each, ONE, 0, 13)[0] for each in _years(worlds, 0, 2))
    moved = weighed.objectives[0, 0, 0] - worlds.objectives[0, 0, 0]
    assert (np.sign(moved) == np.sign(now - later)).all()
    assert moved.any()


def _years(worlds: Worlds, *years: int) -> list[Worlds]:
    from escalade.rivalry.path import expected_paths, in_year_of

    path = expected_paths(worlds, worlds, ONE, max(years) + 1)
    return [in_year_of(worlds, ONE, path, year) for year in years]


def test_windows_act_in_histories_only() -> None:
    from escalade.crisis.exact import exact_crises

    world, baseline = pair_of_worlds("race")
    plain, weighed = looking(world, 0.0), with_windows(looking(world, 2.0), ONE, 13)
    assert np.array_equal(
        exact_crises(plain, bundle(baseline), ONE, 13), exact_crises(weighed, bundle(baseline), ONE, 13)
    )
    ids = np.arange(40)
    rows = [simulate(each, bundle(baseline), 0 * ids, 0 * ids, ids, 5, 3) for each in (plain, weighed)]
    assert not np.array_equal(*rows)
