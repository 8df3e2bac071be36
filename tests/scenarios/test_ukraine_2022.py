"""The scenario of February 2022: who may begin, what the shield adds, who carries the invasion, and the conversions."""

from __future__ import annotations

from typing import Any

import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.scenario import load_scenario
from tests.scenarios.reading import exposed, file, rounding, scaled, shift, triple

NAME = "ukraine-2022"
FILE = file(NAME)
RUSSIA, UKRAINE = FILE["sides"]["russia"], FILE["sides"]["ukraine"]
HEIGHT = {"build_up": 0.25, "donbas_only": 0.5, "invasion": 0.75, "whole_country": 1.0}
BLOWS = [rung for rung in HEIGHT if rung != "build_up"]
LAYERS = "sides.ukraine.shield.layers"
VARIANT = """
escalade: 1
name: missiles-decide
extends: ukraine-2022
changes:
  sides.russia.arms.ballistic.value_per_hit: {value: 20, assumption: "Missiles carry half."}
  sides.russia.arms.cruise.value_per_hit: {value: 12, assumption: "As ballistic missiles."}
"""


def test_it_asks_about_the_invasion_and_has_three_policies() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == ["thin_defence", "sophisticated_shield", "one_patriot"]
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("thin_defence", "sophisticated_shield", "war")
    assert (scenario.years, scenario.ladder.war) == (6, "invasion")
    assert [rung.id for rung in scenario.ladder.rungs] == ["frozen_conflict", *HEIGHT]


def test_ukraine_may_answer_an_invasion_but_not_begin_one() -> None:
    assert [rung for rung in HEIGHT if not UKRAINE["ladder"][rung]["may_climb"]] == ["invasion", "whole_country"]
    assert all(RUSSIA["ladder"][rung]["may_climb"] for rung in HEIGHT)


def test_the_build_up_is_a_threat() -> None:
    for side in (RUSSIA, UKRAINE):
        assert side["ladder"]["build_up"]["effort"]["value"] == 0
        assert all(arm["from"] in BLOWS for arm in side["arms"].values())


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (UKRAINE["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (UKRAINE["shield"]["believes"], (-0.5, 0.0, 0.5)),
        (UKRAINE["shield"]["bad_night"], (-1.8, -0.9, -0.4)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


def test_brigades_lost_per_hit_keep_the_share_of_the_exposed_force() -> None:
    brigades = UKRAINE["arms"]["ground"]
    exposed_brigades = brigades["stock"]["mode"] * brigades["exposed_stock"]["mode"]
    expected = scaled((0.03, 0.12, 0.4), exposed_brigades / 100)  # of about 100 air defence systems
    for arm in RUSSIA["arms"].values():
        assert triple(arm["counterforce_per_hit"]) == pytest.approx(expected, rel=0.005)


def test_exposed_is_what_is_in_reach_less_what_escapes() -> None:
    forces = [(arm, (0, 0.2, 0.6)) for arm in RUSSIA["arms"].values()]
    for arm, reach in [*forces, (UKRAINE["arms"]["ground"], (0.1, 0.3, 0.6))]:
        assert triple(arm["exposed_stock"]) == pytest.approx(exposed(reach, (0, 0.2, 0.6)))
        assert triple(arm["exposed_launchers"]) == triple(arm["exposed_stock"])


@pytest.mark.parametrize(
    ("side", "first_guess"), [(RUSSIA, (0.2, 0.6, 1.2)), (UKRAINE, (0.3, 0.8, 1.5))], ids=["russia", "ukraine"]
)
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(
    side: dict[str, Any], first_guess: tuple[float, float, float]
) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled(first_guess, 2 * height))


@pytest.mark.parametrize(
    ("rung", "first_guess"),
    [
        ("build_up", (0, 0.02, 0.06)),
        ("donbas_only", (0.02, 0.08, 0.25)),
        ("invasion", (0.1, 0.3, 0.8)),
        ("whole_country", (0.1, 0.3, 0.9)),
    ],
)
def test_russias_costs_are_seven_tenths_of_a_first_guess(rung: str, first_guess: tuple[float, float, float]) -> None:
    assert triple(RUSSIA["ladder"][rung]["cost"]) == pytest.approx(scaled(first_guess, 0.7))


def test_affront_and_pressure_are_three_fifths_and_half_of_a_first_guess() -> None:
    assert triple(RUSSIA["affront"]) == pytest.approx(scaled((0.05, 0.2, 0.6), 0.6))
    assert triple(UKRAINE["affront"]) == pytest.approx(scaled((0.1, 0.3, 0.8), 0.6))
    assert triple(RUSSIA["pressure"]) == triple(UKRAINE["pressure"]) == scaled((0.3, 1, 2.5), 0.5)


@pytest.mark.parametrize("rung", BLOWS)
def test_ukraine_wins_a_tenth_of_what_russia_wins(rung: str) -> None:
    russia, ukraine = (side["ladder"][rung]["objective"] for side in (RUSSIA, UKRAINE))
    assert triple(ukraine["of"]) == triple(russia)
    assert ukraine["times"]["value"] == 0.1
    assert RUSSIA["ladder"][rung]["raids"]["value"] == UKRAINE["ladder"][rung]["raids"]["value"] == 2


def test_policies_fill_layers_that_are_empty_and_touch_nothing_else() -> None:
    layers = UKRAINE["shield"]["layers"]
    assert layers["patriot"]["stock"]["value"] == layers["nasams_iris"]["stock"]["value"] == 0
    changed = {name: list(policy["changes"]) for name, policy in FILE["policies"].items()}
    assert changed == {
        "thin_defence": [],
        "sophisticated_shield": [f"{LAYERS}.patriot.stock", f"{LAYERS}.nasams_iris.stock"],
        "one_patriot": [f"{LAYERS}.patriot.stock", f"{LAYERS}.patriot.channels"],
    }


def test_a_single_system_is_a_twenty_fifth_of_the_shield() -> None:
    one, layer = FILE["policies"]["one_patriot"]["changes"], UKRAINE["shield"]["layers"]["patriot"]
    assert one[f"{LAYERS}.patriot.channels"]["mode"] == layer["channels"]["mode"] / 25
    low, _, high = triple(FILE["policies"]["sophisticated_shield"]["changes"][f"{LAYERS}.patriot.stock"])
    single = triple(one[f"{LAYERS}.patriot.stock"])
    assert (25 * single[0], 2 * 25 * single[2]) == (low, high)  # one load of the smallest, two of the largest


def worth(name: str) -> dict[str, float]:
    """What each Russian arm is worth in an invasion that nothing stops, as shares, at the most likely values."""
    scenario = load_scenario(name)
    base = scenario.policy(scenario.baseline)
    built, labels = worlds(base, base, modes(scenario))
    russia = labels.sides.index("russia")
    arms, step = built.arms[0, russia], built.steps[0, russia, labels.rungs.index("invasion")]
    need = built.needs[0, 0, labels.matches[0].index("russia"), labels.rungs.index("invasion")]
    found = {}
    for name, arm in zip(labels.arms[russia], arms, strict=False):
        again = step["raids"] * min(arm["stock"], arm["launch"])
        units = again if arm["reusable"] else min(arm["stock"], step["raids"] * arm["launch"])
        hits = step["effort"] * units * arm["reliability"] * arm["warheads"] * arm["threatening"]
        found[name] = float(hits * arm["value"] / need)
    return found


def test_the_army_carries_four_fifths_of_what_an_invasion_wins() -> None:
    shares = worth(NAME)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["ground"] == pytest.approx(0.8, abs=0.02)
    assert shares["ballistic"] + shares["cruise"] == pytest.approx(0.1, abs=0.02)


def test_missiles_carry_half_in_the_variant_of_the_page(tmp_path: Any) -> None:
    path = tmp_path / "missiles-decide.yaml"
    path.write_text(VARIANT, encoding="utf-8")
    shares = worth(str(path))
    assert shares["ballistic"] + shares["cruise"] == pytest.approx(0.5, abs=0.05)


def test_the_record_says_no_war_and_ends_before_the_last_build_up() -> None:
    (crises,) = FILE["record"]["crises"]
    assert (crises["policy"], crises["crises"]["reading"], crises["wars"]["reading"]) == ("thin_defence", 6, 0)
    assert crises["first_strikes"] == {"russia": 4, "ukraine": 0, "disputed": 0}
    assert crises["period"].endswith("2021-04")
