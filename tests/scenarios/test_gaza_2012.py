"""The scenario of November 2012: who may go in on the ground, what the critics' shield is, and the conversions."""

from __future__ import annotations

from typing import Any

import pytest

from escalade.facts import get
from escalade.scenario import load_scenario
from tests.scenarios.reading import exposed, file, rounding, scaled, shift, triple

NAME = "gaza-2012"
FILE = file(NAME)
ISRAEL, HAMAS = FILE["sides"]["israel"], FILE["sides"]["hamas"]
IRON_DOME = ISRAEL["shield"]["layers"]["iron_dome"]
HEIGHT = {"sporadic_fire": 0.25, "escalation": 0.5, "air_campaign": 0.75, "ground_offensive": 1.0}
BUILT_IN = 0.3
"""Share aimed at means that the first guess of deaths per rocket had in it: that of the air campaign."""


def changes(policy: str) -> dict[str, Any]:
    found: dict[str, Any] = FILE["policies"][policy]["changes"]
    return found


def test_it_asks_about_the_ground_offensive_and_has_eight_policies() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == [
        "iron_dome", "no_iron_dome", "contested_rate", "tunnels", "tunnels_no_iron_dome",
        "unmoved_public", "calmed_public", "one_battery_more",
    ]  # fmt: skip
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("no_iron_dome", "iron_dome", "war")
    assert (scenario.years, scenario.ladder.war) == (3, "ground_offensive")
    assert [rung.id for rung in scenario.ladder.rungs] == ["quiet", *HEIGHT]


def test_only_israel_may_begin_the_ground_offensive() -> None:
    assert [rung for rung in HEIGHT if not HAMAS["ladder"][rung]["may_climb"]] == ["ground_offensive"]
    assert all(ISRAEL["ladder"][rung]["may_climb"] for rung in HEIGHT)
    ground = ISRAEL["arms"]["ground"]
    assert (ground["from"], ground["to"]) == ("ground_offensive", "ground_offensive")
    assert not any(ground["class"] in layer["stops"] for layer in ISRAEL["shield"]["layers"].values())


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (ISRAEL["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (ISRAEL["shield"]["believes"], (-0.2, 0.2, 1.0)),
        (ISRAEL["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


def test_the_critics_shield_turns_the_claimed_rate_into_theirs_and_leaves_the_faith() -> None:
    assert list(changes("contested_rate")) == ["sides.israel.shield.truth"]
    claimed = shift(IRON_DOME["stops"]["rocket"]["mode"])
    truth = triple(changes("contested_rate")["sides.israel.shield.truth"])
    for written, rate in zip(truth, (0.05, 0.32, 0.4), strict=True):
        assert shift(written) == pytest.approx(shift(rate) - claimed, abs=rounding(written))


def test_launchers_lost_per_hit_keep_the_share_of_the_exposed_force() -> None:
    rockets = HAMAS["arms"]["rocket"]
    launchers = rockets["launch_limit"]["mode"] * rockets["exposed_launchers"]["mode"]
    stored = rockets["stock"]["mode"] * rockets["exposed_stock"]["mode"]
    for arm, destroyed in (("air_strike", (0.7, 2, 4)), ("ground", (5, 20, 60))):
        expected = scaled(destroyed, launchers / stored)
        assert triple(ISRAEL["arms"][arm]["counterforce_per_hit"]) == pytest.approx(expected, rel=0.005)


def test_exposed_stock_is_what_is_in_reach_less_what_escapes() -> None:
    for arm in HAMAS["arms"].values():
        assert triple(arm["exposed_stock"]) == pytest.approx(exposed((0.2, 0.35, 0.5), (0, 0.2, 0.6)))


@pytest.mark.parametrize(("arm", "first_guess"), [("rocket", (0.05, 0.12, 0.25)), ("long_rocket", (0.2, 0.6, 2))])
def test_deaths_per_rocket_lose_the_share_aimed_at_means(arm: str, first_guess: tuple[float, float, float]) -> None:
    assert ISRAEL["ladder"]["air_campaign"]["counterforce"]["mode"] == BUILT_IN
    assert triple(HAMAS["arms"][arm]["deaths_per_hit"]) == pytest.approx(scaled(first_guess, 1 - BUILT_IN))
    assert all(HAMAS["ladder"][rung]["counterforce"]["value"] == 0 for rung in HEIGHT)


def test_ground_taken_counts_ten_times_its_deaths() -> None:
    ground = ISRAEL["arms"]["ground"]
    assert ground["value_per_hit"]["times"]["value"] == 10
    assert triple(ground["value_per_hit"]["of"]) == triple(ground["deaths_per_hit"])
    assert ground["value_per_hit"]["of"]["together"] == ground["deaths_per_hit"]["together"]


@pytest.mark.parametrize(
    ("side", "first_guess"), [(ISRAEL, (0.05, 0.25, 0.6)), (HAMAS, (0.1, 0.4, 1.0))], ids=["israel", "hamas"]
)
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(
    side: dict[str, Any], first_guess: tuple[float, float, float]
) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled(first_guess, 2 * height))


def test_affront_pressure_and_the_cost_of_going_in_are_shares_of_a_first_guess() -> None:
    assert triple(ISRAEL["affront"]) == pytest.approx(scaled((0.02, 0.08, 0.3), 0.6))
    assert triple(HAMAS["affront"]) == pytest.approx(scaled((0.05, 0.2, 0.6), 0.6))
    assert triple(ISRAEL["pressure"]) == triple(HAMAS["pressure"]) == scaled((0.3, 1, 2.5), 0.5)
    going_in = ISRAEL["ladder"]["ground_offensive"]
    assert triple(going_in["cost"]) == pytest.approx(scaled((0.15, 0.35, 0.9), 0.4))
    assert triple(going_in["soldiers_lost"]) == (2, 5, 15)


def test_a_day_is_a_raid_and_rockets_conquer_nothing() -> None:
    for side in (ISRAEL, HAMAS):
        assert {side["ladder"][rung]["raids"]["value"] for rung in HEIGHT} == {4}
    assert triple(HAMAS["ladder"]["ground_offensive"]["objective"]) == triple(
        HAMAS["ladder"]["air_campaign"]["objective"]
    )
    assert triple(ISRAEL["ladder"]["ground_offensive"]["objective"]) == (0.15, 0.3, 0.5)


def test_two_waves_of_the_air_campaign_can_be_what_was_fired() -> None:
    """The daily number was read off those days, so that this checks arithmetic, not foresight."""
    fired, step = get("gaza_2012.rockets_launched"), HAMAS["ladder"]["air_campaign"]
    waves = 2 * step["raids"]["value"] * step["effort"]["mode"]
    assert waves * HAMAS["arms"]["rocket"]["launch_limit"]["mode"] == pytest.approx(fired.mode, rel=0.05)


def test_without_iron_dome_nothing_of_it_is_left_to_stop_or_to_believe() -> None:
    without = {
        "sides.israel.shield.layers.*.stock": 0,
        "sides.israel.shield.layers.*.production": 0,
        "sides.israel.shield.believes": 0.9,
        "sides.israel.saturation_neglect": 0,
    }
    assert {path: number["value"] for path, number in changes("no_iron_dome").items()} == without
    tunnels, both = changes("tunnels"), changes("tunnels_no_iron_dome")
    assert set(both) == set(tunnels) | set(without)
    assert {path: both[path]["value"] for path in without} == without
    assert triple(both["sides.hamas.arms.tunnel.stock"]) == triple(tunnels["sides.hamas.arms.tunnel.stock"])


def test_tunnels_are_empty_unless_a_policy_digs_them_and_no_layer_meets_them() -> None:
    tunnel = HAMAS["arms"]["tunnel"]
    assert (tunnel["stock"]["value"], tunnel["class"]) == (0, "tunnel")
    assert not any("tunnel" in layer["stops"] for layer in ISRAEL["shield"]["layers"].values())
    assert [policy for policy in FILE["policies"] if "sides.hamas.arms.tunnel.stock" in changes(policy)] == [
        "tunnels", "tunnels_no_iron_dome",
    ]  # fmt: skip


def test_policies_about_calm_change_nothing_else() -> None:
    for policy, calm in (("unmoved_public", 0), ("calmed_public", 0.5)):
        assert {path: number["value"] for path, number in changes(policy).items()} == {"sides.israel.calm": calm}


def test_one_battery_more_has_the_interceptors_of_a_battery() -> None:
    battery = get("iron_dome.interceptors_per_battery")
    for change in changes("one_battery_more").values():
        assert battery.low <= change["plus"] <= battery.high


def test_the_record_has_both_times_before_and_after_the_shield() -> None:
    before, after = FILE["record"]["crises"]
    assert (before["policy"], before["crises"]["reading"], before["wars"]["reading"]) == ("no_iron_dome", 8, 3)
    assert (after["policy"], after["crises"]["reading"], after["wars"]["reading"]) == ("iron_dome", 6, 0)
    assert before["period"].split()[-1] < after["period"].split()[0]
