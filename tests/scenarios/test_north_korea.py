"""The scenario of North Korea: what falls on America and what on its host, nuclear rungs, and how numbers were made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.scenario import load_scenario
from tests.scenarios.reading import exposed, file, rounding, scaled, shift, triple

NAME = "north-korea"
FILE = file(NAME)
US, NORTH, SOUTH = (FILE["sides"][side] for side in ("us", "north_korea", "south_korea"))
HEIGHT = {"alert": 0.2, "clash": 0.4, "peninsula_war": 0.6, "theatre_nuclear": 0.8, "homelands": 1.0}
NO_SHIELD = {
    "sides.us.shield.layers.gmd.stock",
    "sides.us.shield.layers.gmd.production",
    "sides.us.arming.acceptable_deaths",
    "sides.us.shield.believes",
    "sides.us.saturation_neglect",
}


def test_it_asks_about_war_and_its_policies_are_about_the_homeland_shield() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == [
        "no_gmd", "as_is", "as_critics_say", "next_generation", "slides", "slides_without", "twenty_more",
    ]  # fmt: skip
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("no_gmd", "as_is", "war")
    assert set(FILE["policies"]["no_gmd"]["changes"]) == NO_SHIELD
    risk = "ladder.rungs.peninsula_war.autonomous_risk"
    slides, without = (FILE["policies"][name]["changes"] for name in ("slides", "slides_without"))
    assert set(slides) == {risk}
    assert set(without) == {risk, *NO_SHIELD}
    assert triple(slides[risk]) == triple(without[risk]) == (0.001, 0.01, 0.05)


def test_only_intercontinental_missiles_fall_on_america() -> None:
    scenario = load_scenario(NAME)
    base = scenario.policy(scenario.baseline)
    built, labels = worlds(base, base, draw(scenario, 16, seed=2))
    places = [labels.sides[side] for side in built.soils["side"][0, 0, 0]]
    falls = dict(zip(places, built.falls[0, 0, 0], strict=True))
    arms = labels.arms[labels.sides.index("north_korea")]
    assert places == ["south_korea", "us"]
    assert falls["south_korea"].tolist() == [arm != "icbm" for arm in arms]
    assert falls["us"].tolist() == [arm == "icbm" for arm in arms]
    care = built.soils["care"][:, 0, 0]
    assert (care[:, 1] == 1).all()
    assert ((care[:, 0] >= 0.2) & (care[:, 0] <= 1)).all()
    layer = SOUTH["shield"]["layers"]["theatre"]
    assert layer["partner"] == "us"
    assert np.array_equal(built.layers["sender"][:, labels.sides.index("south_korea"), 0], np.zeros(16))


def test_nuclear_arms_are_for_nuclear_rungs_and_deaths_saturate() -> None:
    nuclear = [rung["id"] for rung in FILE["ladder"]["rungs"] if rung["nuclear"]]
    assert nuclear == ["theatre_nuclear", "homelands"]
    for side in (US, NORTH):
        for arm in side["arms"].values():
            assert arm["nuclear"] == (arm["from"] == "theatre_nuclear")
    assert all(triple(side["people_at_risk"])[1] >= 16_000_000 for side in (US, NORTH, SOUTH))


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (US["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (US["shield"]["believes"], (-0.2, 0.5, 2.0)),
        (US["shield"]["bad_night"], (-2.0, -1.0, -0.4)),
        (FILE["pairs"][0]["hosts"]["us"]["south_korea"]["believes"], (-0.2, 0.5, 2.0)),
        (NORTH["arming"]["prudent"], (0.0, 0.3, 1.0)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


@pytest.mark.parametrize("arm", ["icbm", "theatre"])
def test_exposed_missiles_are_those_in_reach_less_what_escapes(arm: str) -> None:
    assert triple(NORTH["arms"][arm]["exposed_stock"]) == pytest.approx(exposed((0.3, 0.6, 0.9), (0.05, 0.3, 0.7)))


@pytest.mark.parametrize(("side", "first_guess"), [(US, (0.1, 0.35, 0.9)), (NORTH, (0.3, 0.8, 1.5))])
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(
    side: dict[str, Any], first_guess: tuple[float, float, float]
) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled(first_guess, 2 * height))


def test_affront_and_pressure_are_three_fifths_and_half_of_a_first_guess() -> None:
    for side, guess in ((US, (0.05, 0.2, 0.6)), (NORTH, (0.1, 0.3, 0.8))):
        assert triple(side["affront"]) == pytest.approx(scaled(guess, 0.6))
        assert triple(side["pressure"]) == scaled((0.3, 1, 2.5), 0.5)


def test_strikes_over_all_rungs_win_no_more_than_everything() -> None:
    won = sum(1 - (1 - triple(US["ladder"][rung]["objective"])[1]) ** 2 for rung in HEIGHT if rung != "alert")
    assert won < 1


def test_the_record_is_fourteen_crises_without_war() -> None:
    (crises,) = FILE["record"]["crises"]
    assert (crises["policy"], crises["crises"]["reading"], crises["wars"]["reading"]) == ("as_is", 14, 0)
    assert crises["first_strikes"] == {"us": 0, "north_korea": 10, "disputed": 0}
