"""Predicted episodes against theory: binomial counts, stocks, schedules, and inputs drawn one from each stratum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.evidence.counts import OF_WEAPONS
from escalade.evidence.episodes import Episode, episodes
from escalade.evidence.predict import drawn_inputs, launched_by_day, predicted

NOBODY = {"what": "deaths", "of": ["all"], "facts": ["gaza_2012.deaths_israel"]}


def episode(**changes: Any) -> Episode:
    """A small invented episode: 40 missiles, nothing fails, everything threatens, no shield."""
    data: dict[str, Any] = {
        "id": "invented",
        "title": "An invented raid",
        "begins": "2030-01-01",
        "threats": {"missile": {"name": "missiles", "class": "ballistic", "launched": 40}},
        "bad_night": 0.9,  # no common mode
        "reported": [NOBODY],
        "lesson": "None.",
    }
    return Episode.model_validate(data | changes)


def missile(**changes: Any) -> dict[str, Any]:
    return {"missile": {"name": "missiles", "class": "ballistic", "launched": 40, **changes}}


def layer(**changes: Any) -> dict[str, Any]:
    return {"battery": {"name": "battery", "stops": {"ballistic": 0.6}, **changes}}


def assert_mean(values: Any, theory: float, variance: float) -> None:
    """A mean of draws lies within four standard errors of theory."""
    assert abs(np.mean(values) - theory) <= 4 * np.sqrt(variance / np.size(values))


def test_without_a_shield_what_flies_and_threatens_gets_through() -> None:
    counts = predicted(episode(threats=missile(reliability=0.8, threatening=0.5)), 2_000)
    assert_mean(counts.weapons["arrived"].sum((1, 2)), 40 * 0.8, 40 * 0.8 * 0.2)
    assert_mean(counts.weapons["got_through"].sum((1, 2)), 40 * 0.4, 40 * 0.4 * 0.6)
    assert (counts.weapons["got_through"] == counts.weapons["threatening"]).all()


def test_a_single_layer_lets_a_binomial_number_through() -> None:
    through = predicted(episode(layers=layer(shots=2)), 2_000).weapons["got_through"].sum((1, 2))
    leak = 0.4**2
    assert_mean(through, 40 * leak, 40 * leak * (1 - leak))
    assert np.var(through) == pytest.approx(40 * leak * (1 - leak), rel=0.15)


def test_stocks_carry_over_from_day_to_day_and_are_never_exceeded() -> None:
    counts = predicted(episode(days=4, layers=layer(stock=25)), 200)
    used = counts.used.sum((1, 2))
    assert (used == 25).all()  # 40 missiles want 40 interceptors
    assert (counts.used[:, :2].sum((1, 2)) == 20).all()  # ten a day while they last
    assert (counts.used[:, 3] == 0).all()


def test_channels_bind_day_by_day() -> None:
    counts = predicted(episode(days=4, layers=layer(channels=3)), 200)
    assert (counts.used == 3).all()


def test_deaths_are_hits_on_people_outside_shelters() -> None:
    shelter = {"coverage": 0.5, "effect": 0.8, "aimed_at_means": 0.25}
    counts = predicted(episode(threats=missile(deaths_per_hit=2), shelter=shelter), 50)
    assert counts.deaths.sum((1, 2)) == pytest.approx(np.full(50, 40 * 2 * 0.75 * 0.6))
    assert counts.weapons["hit_people"].sum((1, 2)) == pytest.approx(np.full(50, 30.0))


def test_a_bad_night_widens_what_gets_through_and_keeps_arrivals() -> None:
    calm = predicted(episode(layers=layer()), 1_000)
    shaken = predicted(episode(layers=layer(), bad_night=0.6), 1_000)
    assert np.var(shaken.weapons["got_through"].sum((1, 2))) > 2 * np.var(calm.weapons["got_through"].sum((1, 2)))
    assert (shaken.weapons["arrived"] == calm.weapons["arrived"]).all()


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 500),
    st.lists(st.floats(0, 100), min_size=1, max_size=6).filter(lambda shares: sum(shares) > 1e-3),
)
def test_a_schedule_launches_the_whole_total_in_whole_units(total: int, schedule: list[float]) -> None:
    one = episode(threats=missile(launched=total), days=len(schedule), schedule=schedule)
    daily = launched_by_day(one, drawn_inputs(one, 3, seed=1))
    assert daily.sum(axis=1) == pytest.approx(total)
    assert (daily >= 0).all()
    assert (daily == np.round(daily)).all()


def test_inputs_are_drawn_once_from_every_part_of_their_range_each_in_its_own_order() -> None:
    one = episode(threats=missile(reliability={"uniform": [0.5, 0.9]}, threatening={"uniform": [0, 1]}))
    inputs = drawn_inputs(one, 100, seed=3)
    reliability, threatening = (inputs[f"threats.missile.{name}"] for name in ("reliability", "threatening"))
    assert np.sort(threatening) == pytest.approx((np.arange(100) + 0.5) / 100)
    assert np.sort(reliability) == pytest.approx(0.5 + 0.4 * (np.arange(100) + 0.5) / 100)
    assert abs(np.corrcoef(reliability, threatening)[0, 1]) < 0.4


def test_the_same_seed_gives_the_same_prediction_and_another_one_does_not() -> None:
    one = episode(threats=missile(reliability={"uniform": [0.5, 0.9]}), layers=layer())
    first, again, other = (predicted(one, 20, seed).weapons["got_through"] for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("one", episodes(), ids=lambda one: one.id)
def test_every_episode_is_predicted_in_whole_and_possible_numbers(one: Episode) -> None:
    counts = predicted(one, 8)
    weapons = counts.weapons
    assert set(weapons) == set(OF_WEAPONS)
    assert (weapons["got_through"] <= weapons["threatening"]).all()
    assert (weapons["threatening"] <= weapons["arrived"]).all()
    assert (weapons["arrived"] <= weapons["launched"]).all()
    assert (counts.used >= 0).all()
    for reported in one.reported:
        assert np.isfinite(counts.values(reported)).all()
