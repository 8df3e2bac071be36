"""The scenario of February 2026: hosts, what falls where, what the deployment changes, and how numbers were made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.scenario import load_scenario
from tests.scenarios.reading import exposed, file, rounding, scaled, shift, triple

NAME = "gulf-2026"
FILE = file(NAME)
US, ISRAEL, IRAN, GULF = (FILE["sides"][side] for side in ("us", "israel", "iran", "gulf_states"))
HEIGHT = {"build_up": 0.25, "limited_strike": 0.5, "missile_war": 0.75, "regional_war": 1.0}
HOSTS = FILE["pairs"][0]["hosts"]["us"]
FAITH = {
    "sides.us.shield.believes",
    "pairs.us_iran.hosts.us.israel.believes",
    "pairs.us_iran.hosts.us.gulf_states.believes",
}


def test_it_asks_about_war_between_the_patron_and_iran() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == [
        "no_deployment", "deployment", "sober_deployment", "deployment_and_shelters", "one_battery",
    ]  # fmt: skip
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("no_deployment", "deployment", "war")
    assert scenario.pairs[scenario.pair_in_focus].key == "us_iran"
    assert [pair.sides for pair in scenario.pairs] == [("us", "iran"), ("israel", "iran")]
    assert not scenario.sides["gulf_states"].arms


def test_missiles_fall_where_they_reach_and_drones_everywhere() -> None:
    """Shares of every arm of Iran by soil: all of an arm falls somewhere in the pair with the United States."""
    scenario = load_scenario(NAME)
    base = scenario.policy(scenario.baseline)
    built, labels = worlds(base, base, draw(scenario, 16, seed=2))
    falls, soils = built.falls[:, 0, 0], built.soils["side"][0, 0, 0]
    arms = labels.arms[labels.sides.index("iran")]
    names = [labels.sides[side] for side in soils]
    share, rest = {}, np.ones((16, len(arms)))
    for h, name in enumerate(names):
        share[name], rest = rest * falls[:, h], rest * (1 - falls[:, h])
    assert set(names) == {"israel", "gulf_states", "us"}
    assert rest == pytest.approx(np.zeros((16, 3)))
    mrbm, srbm, drone = (arms.index(arm) for arm in ("mrbm", "srbm", "drone"))
    assert (share["israel"][:, mrbm] == 1).all()
    assert (share["israel"][:, srbm] == 0).all()
    assert all((each[:, drone] > 0.05).all() for each in share.values())
    assert (share["us"][:, srbm] > share["gulf_states"][:, srbm]).all()
    own = built.falls[0, 1, 0, 0, [mrbm, srbm, drone]].tolist()  # on Israel, in its own crises with Iran
    assert own == [1, 0, 1]


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (US["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (US["shield"]["believes"], (-0.2, 0.3, 1.0)),
        (US["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
        (ISRAEL["shield"]["truth"], (-0.8, -0.2, 0.0)),
        (ISRAEL["shield"]["believes"], (-0.3, 0.2, 0.8)),
        (IRAN["shield"]["truth"], (-2.0, -1.0, 0.0)),
        (IRAN["shield"]["believes"], (-1.0, -0.3, 0.3)),
        (HOSTS["israel"]["believes"], (-0.3, 0.0, 0.4)),
        (HOSTS["gulf_states"]["believes"], (-0.3, 0.0, 0.4)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


@pytest.mark.parametrize("path", sorted(FAITH))
def test_the_faith_adds_the_same_to_every_belief_of_the_patron(path: str) -> None:
    believed = US["shield"]["believes"] if path.startswith("sides") else HOSTS[path.split(".")[-2]]["believes"]
    after = FILE["policies"]["deployment"]["changes"][path]
    for before, now, more in zip(triple(believed), triple(after), (0.0, 0.3, 1.0), strict=True):
        assert shift(now) - shift(before) == pytest.approx(more, abs=rounding(now) + rounding(before))


def test_a_sober_deployment_is_the_same_without_the_faith() -> None:
    changes = {name: FILE["policies"][name]["changes"] for name in FILE["policies"]}
    faithful, sober = changes["deployment"], changes["sober_deployment"]
    assert {path for path in faithful if path not in sober} == FAITH
    assert all(faithful[path] == sober[path] for path in sober)
    assert all(changes["deployment_and_shelters"][path] == faithful[path] for path in faithful)
    assert list(changes["one_battery"]) == ["sides.us.shield.layers.thaad_gulf.stock"]
    assert changes["no_deployment"] == {}


def test_the_patrons_layers_at_its_host_are_lent_to_it_only_in_its_own_crises() -> None:
    assert ISRAEL["shield"]["layers"]["us_thaad_sm3"]["partner"] == "us"
    assert [key for key, layer in ISRAEL["shield"]["layers"].items() if "partner" in layer] == ["us_thaad_sm3"]
    assert triple(ISRAEL["leash"]) == (0, 0, 0.3)


def test_launchers_lost_per_hit_keep_the_share_of_the_exposed_force() -> None:
    missiles = IRAN["arms"]["mrbm"]
    launchers = missiles["launch_limit"]["mode"] * missiles["exposed_launchers"]["mode"]
    stored = missiles["stock"]["mode"] * missiles["exposed_stock"]["mode"]
    for side, arm in ((US, "strike"), (ISRAEL, "air_strike")):
        assert triple(side["arms"][arm]["counterforce_per_hit"]) == pytest.approx(
            scaled((1, 3, 10), launchers / stored)
        )


@pytest.mark.parametrize("arm", ["mrbm", "srbm", "drone"])
def test_exposed_stock_is_what_is_in_reach_less_what_escapes(arm: str) -> None:
    assert triple(IRAN["arms"][arm]["exposed_stock"]) == pytest.approx(exposed((0.4, 0.6, 0.8), (0.1, 0.4, 0.7)))


@pytest.mark.parametrize(
    ("side", "first_guess"), [(US, (0.05, 0.3, 0.8)), (ISRAEL, (0.1, 0.4, 0.9)), (IRAN, (0.4, 1, 2))]
)
def test_the_price_of_backing_down_is_twice_a_first_guess_and_grows_with_the_rung(
    side: dict[str, Any], first_guess: tuple[float, float, float]
) -> None:
    for rung, height in HEIGHT.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx(scaled(first_guess, 2 * height))


def test_affront_and_pressure_are_three_fifths_and_half_of_a_first_guess() -> None:
    for side, guess in ((US, (0.1, 0.3, 0.8)), (ISRAEL, (0.05, 0.2, 0.5)), (IRAN, (0.2, 0.6, 1.3))):
        assert triple(side["affront"]) == pytest.approx(scaled(guess, 0.6))
        assert triple(side["pressure"]) == scaled((0.3, 1, 2.5), 0.5)


@pytest.mark.parametrize("rung", HEIGHT)
def test_iran_wins_a_fifth_to_all_of_what_israel_wins(rung: str) -> None:
    israel, iran = (side["ladder"][rung]["objective"] for side in (ISRAEL, IRAN))
    assert triple(iran["of"]) == triple(israel)
    assert triple(iran["times"]) == (0.2, 0.5, 1)


def test_the_united_states_only_threatens_where_it_has_no_arm() -> None:
    assert US["ladder"]["build_up"]["effort"]["value"] == 0
    assert US["arms"]["strike"]["from"] == "limited_strike"
    assert ISRAEL["arms"]["air_strike"]["from"] == "build_up"


def test_the_record_is_the_coalitions_before_the_deployment() -> None:
    (crises,) = FILE["record"]["crises"]
    assert crises["policy"] == "no_deployment"
    assert (crises["crises"]["reading"], crises["wars"]["reading"], crises["wars"]["low"]) == (11, 1, 0)
    assert crises["wars_begun"] == {"us": 1, "iran": 0}
