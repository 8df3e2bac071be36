"""The scenario of 1967: policies, the ladder, conversions, what arms and what is exposed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.scenario import load_scenario
from tests.scenarios.reading import file, rounding, scaled, shift, triple

NAME = "cold-war-abm"
FILE = file(NAME)
US, SOVIET = FILE["sides"]["us"], FILE["sides"]["soviet"]
HEIGHT = {"ultimatum": 0.2, "local_clash": 0.4, "conventional_war": 0.6, "nuclear_use": 0.8, "exchange": 1.0}


def test_it_asks_about_four_defences_and_a_treaty() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == ["no_abm", "sentinel", "safeguard", "heavy_defence", "treaty", "one_site"]
    assert (scenario.baseline, scenario.focus) == ("no_abm", "safeguard")
    assert (scenario.years, scenario.reference_year, scenario.ladder.war) == (10, 7, "conventional_war")
    assert [rung.id for rung in scenario.ladder.rungs] == ["cold_peace", *HEIGHT]
    assert [rung.id for rung in scenario.ladder.rungs if rung.nuclear] == ["nuclear_use", "exchange"]


def test_nuclear_arms_are_kept_for_nuclear_rungs() -> None:
    for side in (US, SOVIET):
        for name, arm in side["arms"].items():
            assert arm["nuclear"] is (name != "conventional")
            assert arm["from"] == ("local_clash" if name == "conventional" else "nuclear_use")


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (US["shield"]["believes"], (-0.8, -0.2, 0.6)),
        (SOVIET["shield"]["believes"], (-0.2, 0.4, 1.2)),
        (US["shield"]["bad_night"], (-2.2, -1.0, -0.5)),
        (US["arming"]["prudent"], (0.0, 0.3, 1.0)),
    ],
)
def test_shares_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


@pytest.mark.parametrize("side", [US, SOVIET], ids=["us", "soviet"])
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(side: dict[str, Any]) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled((0.2, 0.5, 1.2), 2 * height))


def interceptors(policy: str, year: int) -> tuple[float, float]:
    """Interceptors planned to have come by a year on each side, at the most likely values."""
    scenario = load_scenario(NAME)
    here, _ = worlds(scenario.policy(policy), scenario.policy("no_abm"), modes(scenario))
    came = here.layer_deliveries[0, :, 0, :year].sum(axis=-1)
    allowed = here.layer_caps[0, :, 0, year - 1]
    us, soviet = np.minimum(here.layers["stock"][0, :, 0] + came, allowed)
    return float(us), float(soviet)


@pytest.mark.parametrize(
    ("policy", "us", "soviet"),
    [
        ("no_abm", 0, 0),
        ("sentinel", 672, 64),
        ("safeguard", 900, 64),
        ("heavy_defence", 7000, 64),
        ("one_site", 100, 64),
    ],
)
def test_what_stands_in_the_year_of_reference(policy: str, us: float, soviet: float) -> None:
    assert interceptors(policy, 7) == (us, soviet)
    assert interceptors(policy, 2) == (0, 0)


def test_the_treaty_cuts_the_larger_defence() -> None:
    assert interceptors("treaty", 7) == (200, 64)
    assert interceptors("treaty", 9) == (100, 64)


def test_nobody_builds_a_defence_without_a_policy() -> None:
    scenario = load_scenario(NAME)
    here, _ = worlds(scenario.policy("no_abm"), scenario.policy("no_abm"), modes(scenario))
    assert here.layers["production"].sum() == here.layers["surge"].sum() == 0
