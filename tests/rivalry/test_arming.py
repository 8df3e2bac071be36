"""Arming against the theories that it must reproduce, and the books that it must keep."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.worlds import World
from tests.rivalry.cases import NO_SHIELD, TOP, path, rivals, shield
from tests.verification.worlds_by_hand import DRONE, bundle

Q = 40e6
"""Unacceptable deaths; at 250,000 a missile 160 missiles cause them."""


def stocks(world: World, years: int, side: int = 0) -> np.ndarray:
    """Units of the side's first arm as each year begins."""
    return path(world, years).standing.stock[:, side, 0]


def test_t9_arming_stops_at_the_requirement() -> None:
    """T9 (after Intriligator and Brito 1984): without counterforce and shield, Q / (deaths per missile) missiles."""
    course = stocks(rivals({"required": Q}, {}, ([{}], [{}])), 120)
    assert (np.diff(course) >= 0.0).all()
    assert course[-1] == pytest.approx(160.0, rel=1e-9)


@pytest.mark.parametrize(("interceptors", "missiles"), [(0.0, 200.0), (100.0, 248.0), (400.0, 392.0)])
def test_d06_a_shield_is_offset_by_so_many_missiles_an_interceptor(interceptors: float, missiles: float) -> None:
    """D06: 200 must get through, two shots of .8 at each missile: .96 / 2 more missiles for each interceptor."""
    layers = [NO_SHIELD], [shield(interceptors, 0.8, shots=2.0)]
    course = stocks(rivals({"required": 200 * 250_000.0}, {}, ([{}], [{}]), layers), 200)
    assert course[-1] == pytest.approx(missiles, rel=1e-6)


def test_prudence_arms_against_a_better_shield_than_is_believed() -> None:
    layers = [NO_SHIELD], [shield(1000.0, 0.5)]
    plain, prudent = (
        stocks(rivals({"required": Q, "prudence": shift}, {}, ([{}], [{}]), layers), 150)[-1] for shift in (0.0, 1.0)
    )
    assert plain == pytest.approx(160.0 / 0.5, rel=1e-6)
    assert prudent == pytest.approx(160.0 * (1.0 + np.e), rel=1e-6)


def test_linear_reactions_are_richardsons_race() -> None:
    """Richardson (1960): each year's arming is linear in the shortfall, so the course is that of a linear map.

    One side keeps 160 missiles through a shield whose interceptors the other makes for fear of them; while the
    shares of both surges stay below one, missiles x and interceptors y move by x' = x + a (1 - (x - c y) / n) and
    y' = y + b (1 - A / ((x - c y) d)).
    """
    kill, surge, build, accepted = 0.6, 12.0, 9.0, 30e6
    world = rivals(
        {"required": Q},
        {"acceptable": accepted},
        ([{"stock": 150.0, "launch": 150.0, "surge": surge}], [{}]),
        ([NO_SHIELD], [shield(10.0, kill, surge=build, unit_cost=1.0)]),
    )
    found = path(world, 12).standing
    x, y = 150.0, 10.0
    for year in range(12):
        assert found.stock[year, 0, 0] == pytest.approx(x, rel=1e-12)
        assert found.interceptors[year, 1, 0] == pytest.approx(y, rel=1e-12)
        through = x - kill * y
        deaths = through * 250_000.0
        x += surge * 2.0 * max(0.0, 1.0 - deaths / Q)
        y += build * 2.0 * max(0.0, 1.0 - accepted / deaths)
    assert x > 150.0
    assert y > 10.0


@pytest.mark.parametrize(("own", "other"), [(300.0, 300.0), (100.0, 300.0), (100.0, 100.0), (700.0, 300.0)])
def test_thresholds_give_the_regions_of_intriligator_and_brito(own: float, other: float) -> None:
    """Who can be disarmed below Q arms, who cannot does not: the sides' deterrence lines cut the plane in four.

    A disarming strike of y missiles leaves the share exp(-y / x) of x; the side deters if x exp(-y / x) is at
    least 160 (Intriligator and Brito 1984).
    """
    arm = {"exposed_stock": 1.0, "exposed_launchers": 1.0, "counterforce": 1.0}
    both = [arm | {"stock": own, "launch": own}], [arm | {"stock": other, "launch": other}]
    step = TOP | {"counterforce": 1.0}
    # Disarming at the middle rung, retaliation against cities at the top.
    world = rivals({"required": Q}, {"required": Q}, _on_two_rungs(both))
    world = _with_middle_rung(world, step)
    found = path(world, 2)
    for side, (mine, theirs) in enumerate(((own, other), (other, own))):
        deters = mine * np.exp(-theirs / mine) >= 160.0
        assert (found.standing.stock[1, side, 0] > mine) == (not deters)


def _on_two_rungs(arms: Any) -> Any:
    return tuple([arm | {"high": 2} for arm in side] for side in arms)


def _with_middle_rung(world: World, middle: dict[str, Any]) -> World:
    """A rung of disarming strikes between talk and the top."""
    steps = np.repeat(world.steps, [1, 2], axis=1).copy()
    for field, value in middle.items():
        steps[field][:, 1] = value
    rungs = np.repeat(world.rungs, [1, 2])
    return world._replace(steps=steps, rungs=rungs, needs=np.repeat(world.needs, [1, 2], axis=2))


def test_a_side_with_no_rival_to_deter_does_not_arm() -> None:
    world = rivals({"required": Q}, {"required": Q}, ([{}], [{}]), deter=(1, 0))
    found = path(world, 5)
    assert found.standing.stock[-1, 0, 0] > 0.0
    assert not found.standing.stock[:, 1].any()
    assert not found.spent[:, 1].any()


def test_what_an_owner_wants_does_not_change_a_rivals_arming() -> None:
    """True by construction: no objective enters; the test keeps it so."""
    layers = [shield(100.0, 0.8)], [NO_SHIELD]
    plain, eager = (
        path(rivals({"value": value, "loss": value}, {"required": Q}, ([{}], [{}]), layers), 10) for value in (1.0, 0.0)
    )
    assert all(np.array_equal(one, other) for one, other in zip(plain.standing, eager.standing, strict=True))


def test_money_goes_where_a_dollar_kills_most() -> None:
    """Substitution: the shield stops missiles, so the surge goes to drones that it cannot engage."""
    drone = {"cls": DRONE, "deaths": 50_000.0, "unit_cost": 1e6, "surge": 400.0}
    arms = [{"stock": 100.0, "launch": 100.0}, drone], [{}]
    bare = path(rivals({"required": Q}, {}, arms), 2).arms_made[0, 0]
    behind = path(rivals({"required": Q}, {}, arms, ([NO_SHIELD], [shield(5000.0, 1.0)])), 2).arms_made[0, 0]
    assert bare[0] > 0.0
    assert bare[1] < behind[1]
    assert behind[0] == 0.0


@st.composite
def races(draw: Any) -> World:
    """Rivals with random requirements, budgets, rates, lead times and limits."""
    number = st.floats(0.0, 1.0)

    def side() -> dict[str, Any]:
        return {"required": Q * draw(number), "acceptable": 1e6 * draw(number), "budget": 5e7 * draw(number)}

    def arm() -> dict[str, Any]:
        stock, made = draw(st.integers(0, 300)), draw(st.integers(0, 20))
        return {
            "stock": float(stock), "launch": float(stock), "production": float(made),
            "surge": float(made + draw(st.integers(0, 40))), "lead": float(draw(st.integers(0, 3))),
            "whole_stock": draw(st.integers(0, 1)),
        }  # fmt: skip

    layers = tuple(
        [shield(float(draw(st.integers(0, 80))), 0.7, surge=draw(st.integers(0, 30)), lead=draw(st.integers(0, 3)))]
        for _ in range(2)
    )
    caps = [(0, i, 0, draw(st.integers(0, 5)), float(draw(st.integers(0, 400)))) for i in (0, 1)]
    caps += [(1, i, 0, draw(st.integers(0, 5)), float(draw(st.integers(0, 100)))) for i in (0, 1)]
    return rivals(side(), side(), ([arm()], [arm()]), layers, caps=caps)


YEARS = 6


@given(races())
@settings(max_examples=60, deadline=None)
def test_budgets_are_kept_and_limits_hold(world: World) -> None:
    found = path(world, YEARS)
    budget = world.sides["budget"]
    assert (found.spent <= budget * (1 + 1e-12) + 1e-6).all()
    for year in range(YEARS):
        assert (found.standing.stock[year] <= world.arm_caps[:, :, year]).all()
        assert (found.standing.interceptors[year] <= world.layer_caps[:, :, year]).all()


@given(races())
@settings(max_examples=60, deadline=None)
def test_nothing_arrives_before_its_lead_time(world: World) -> None:
    found = path(world, YEARS)
    for made, records in ((found.arms_made, world.arms), (found.layers_made, world.layers)):
        for year in range(YEARS):
            early = records["lead"] > year
            assert (made[year][early] <= records["production"][early] + 1e-9).all()


def test_units_of_a_history_are_whole_and_parts_are_carried_over() -> None:
    from escalade.history.simulate import simulate

    world = rivals({"required": Q}, {}, ([{"surge": 7.0}], [{}]), rate=0.0)
    worlds = bundle(world)
    one = np.array([0])
    found = [simulate(worlds, worlds, one, one, one, years, 1)[0] for years in (1, 2, 3, 4, 5, 6)]
    at = _column_of_stock(world)
    course = np.array([row[at] for row in found])
    assert np.array_equal(course, np.floor(course))
    assert course == pytest.approx(stocks(world, 7)[1:], abs=1.0)


def _column_of_stock(world: World) -> int:
    from escalade.history.outcomes import columns

    sides, arms, layers = ["0", "1"], {"0": ["0"], "1": ["0"]}, {"0": ["0"], "1": ["0"]}
    assert world.arms.shape[1] == world.layers.shape[1] == 1
    return columns(sides, arms, layers).index("stock_end.0.0")
