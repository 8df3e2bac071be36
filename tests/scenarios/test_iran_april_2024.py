"""The scenario of April 2024: who comes to help, what they ask for, and how its numbers were made."""

from __future__ import annotations

from typing import Any

import pytest

from escalade.facts import get
from escalade.scenario import load_scenario
from tests.scenarios.reading import exposed, file, rounding, scaled, shift, triple

NAME = "iran-april-2024"
FILE = file(NAME)
ISRAEL, IRAN = FILE["sides"]["israel"], FILE["sides"]["iran"]
HEIGHT = {"third_ground": 0.2, "limited_strike": 0.4, "salvo": 0.6, "campaign": 0.8, "regional_war": 1.0}
WAR_RUNGS = ("campaign", "regional_war")
PARTNERS = {"us_aircraft", "allied_aircraft", "us_sm3"}
LEASH = "sides.israel.leash"


def test_it_asks_about_restraint_and_has_six_policies() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == [
        "as_was", "without_shield", "without_partners", "leash_off", "leash_on", "hundred_arrows",
    ]  # fmt: skip
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("without_shield", "as_was", "restraint.israel")
    assert (scenario.years, scenario.ladder.war) == (3, "campaign")
    assert [rung.id for rung in scenario.ladder.rungs] == ["shadow_war", *HEIGHT]


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (ISRAEL["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (ISRAEL["shield"]["believes"], (-0.2, 0.3, 1.0)),
        (ISRAEL["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
        (IRAN["shield"]["truth"], (-1.5, -0.5, 0.0)),
        (IRAN["shield"]["believes"], (-0.3, 0.2, 0.8)),
        (IRAN["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


def test_launchers_lost_per_hit_keep_the_share_of_the_exposed_force() -> None:
    missiles = IRAN["arms"]["mrbm"]
    launchers = missiles["launch_limit"]["mode"] * missiles["exposed_launchers"]["mode"]
    stored = missiles["stock"]["mode"] * missiles["exposed_stock"]["mode"]
    expected = scaled((0.5, 2, 8), launchers / stored)
    assert triple(ISRAEL["arms"]["air_strike"]["counterforce_per_hit"]) == pytest.approx(expected, rel=0.005)


@pytest.mark.parametrize(
    ("arm", "reach"),
    [("mrbm", (0.4, 0.6, 0.9)), ("cruise", (0, 0.2, 0.6)), ("drone", (0, 0.2, 0.6))],
)
def test_exposed_stock_is_what_is_in_reach_less_what_escapes(arm: str, reach: tuple[float, float, float]) -> None:
    assert triple(IRAN["arms"][arm]["exposed_stock"]) == pytest.approx(exposed(reach, (0, 0.2, 0.6)))


@pytest.mark.parametrize(
    ("side", "first_guess"), [(ISRAEL, (0.1, 0.3, 0.8)), (IRAN, (0.1, 0.4, 1.0))], ids=["israel", "iran"]
)
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(
    side: dict[str, Any], first_guess: tuple[float, float, float]
) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled(first_guess, 2 * height))


def test_affront_and_pressure_are_three_fifths_and_half_of_a_first_guess() -> None:
    assert triple(ISRAEL["affront"]) == pytest.approx(scaled((0.1, 0.3, 0.8), 0.6))
    assert triple(IRAN["affront"]) == pytest.approx(scaled((0.2, 0.5, 1.0), 0.6))
    assert triple(ISRAEL["pressure"]) == triple(IRAN["pressure"]) == scaled((0.3, 1, 2.5), 0.5)


def test_concessions_read_the_default_scale_at_the_height_of_each_rung() -> None:
    scale = {0.0: 0.0, 0.25: 0.15, 0.5: 0.3, 0.75: 0.6, 1.0: 1.0}
    for place, rung in enumerate(FILE["ladder"]["rungs"]):
        height = place / 5
        below = max(h for h in scale if h <= height)
        above = min(h for h in scale if h >= height)
        part = 0 if above == below else (height - below) / (above - below)
        expected = scale[below] + part * (scale[above] - scale[below])
        assert rung["concession"]["value"] == pytest.approx(expected)


@pytest.mark.parametrize("rung", HEIGHT)
def test_iran_wins_a_fifth_to_all_of_what_israel_wins(rung: str) -> None:
    israel, iran = (side["ladder"][rung]["objective"] for side in (ISRAEL, IRAN))
    assert triple(iran["of"]) == triple(israel)
    assert triple(iran["times"]) == (0.2, 0.5, 1)


def test_waves_of_war_are_many_raids_and_all_else_is_one() -> None:
    for rung in HEIGHT:
        israel, iran = (triple(side["ladder"][rung]["raids"]) for side in (ISRAEL, IRAN))
        assert (israel, iran) == (((4, 6, 8), (2, 3, 4)) if rung in WAR_RUNGS else ((1, 1, 1), (1, 1, 1)))


@pytest.mark.parametrize(("arm", "figure"), [("mrbm", "ballistic"), ("cruise", "cruise"), ("drone", "drones")])
def test_a_salvo_can_be_what_was_launched_on_the_night(arm: str, figure: str) -> None:
    """The launch limit was read off that night, so that this checks arithmetic, not foresight."""
    launched, effort = get(f"iran_april_2024.{figure}_launched"), IRAN["ladder"]["salvo"]["effort"]
    low, mode, high = triple(IRAN["arms"][arm]["launch_limit"])
    assert low * effort["low"] <= launched.low <= launched.high <= high * effort["high"]
    assert mode * effort["mode"] == pytest.approx(launched.mode, rel=0.1)


def test_partners_are_the_layers_that_the_partners_own_and_no_others() -> None:
    layers = ISRAEL["shield"]["layers"]
    assert {key for key, layer in layers.items() if "partner" in layer} == PARTNERS
    ends = ("if_struck_first", "if_striking_first")
    changes = FILE["policies"]["without_partners"]["changes"]
    assert {path: number["value"] for path, number in changes.items()} == {
        f"sides.israel.shield.layers.{layer}.commitment.{end}": 0 for layer in PARTNERS for end in ends
    }


def test_policies_about_the_leash_change_nothing_else() -> None:
    assert list(FILE["policies"]["leash_off"]["changes"]) == list(FILE["policies"]["leash_on"]["changes"]) == [LEASH]
    assert triple(FILE["policies"]["leash_off"]["changes"][LEASH]) == (0, 0, 0)
    assert triple(FILE["policies"]["leash_on"]["changes"][LEASH]) == (0.2, 0.4, 0.8)
    assert triple(ISRAEL["leash"]) == (0, 0.2, 0.5)


def test_without_a_shield_nothing_of_it_is_left_to_stop_or_to_believe() -> None:
    changes = FILE["policies"]["without_shield"]["changes"]
    assert {path: number["value"] for path, number in changes.items()} == {
        "sides.israel.shield.layers.*.stock": 0,
        "sides.israel.shield.believes": 0.9,
        "sides.israel.saturation_neglect": 0,
    }
    assert all(layer["production"]["value"] == 0 for layer in ISRAEL["shield"]["layers"].values())


def test_the_record_is_that_of_partners_who_had_not_fired() -> None:
    (crises,) = FILE["record"]["crises"]
    assert crises["policy"] == "leash_off"
    assert (crises["crises"]["reading"], crises["wars"]["reading"]) == (6, 0)


@pytest.mark.parametrize(
    ("number", "figure"),
    [
        (ISRAEL["shield"]["layers"]["us_sm3"]["unit_cost"], "sm_3.unit_cost.2025_ib"),
        (IRAN["arms"]["mrbm"]["unit_cost"], "iran_mrbm.unit_cost.2025_range"),
        (IRAN["arms"]["mrbm"]["production"], "iran_mrbm.production_per_year"),
        (IRAN["arms"]["drone"]["unit_cost"], "shahed_136.unit_cost.2025_csis"),
    ],
)
def test_numbers_that_repeat_a_figure_agree_with_the_library(number: dict[str, Any], figure: str) -> None:
    assert (number["low"], number["high"]) == (get(figure).low, get(figure).high)


def test_shelter_lies_between_the_counts_before_and_after() -> None:
    counted = get("israel_shelter.coverage")
    assert (ISRAEL["shelter"]["coverage"]["low"], ISRAEL["shelter"]["coverage"]["high"]) == (counted.low, counted.high)
