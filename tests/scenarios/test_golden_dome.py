"""The scenario of 2026: three sides, policies, missiles that carry warheads, what stands in the year of reference."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.scenario import load_scenario
from escalade.stability.index import TRULY
from escalade.study.stability import stability
from escalade.worlds import Worlds
from tests.scenarios.reading import exposed, file, triple

NAME = "golden-dome"
SIDES = file(NAME)["sides"]


def here(policy: str) -> Worlds:
    """The world of most likely values under a policy."""
    scenario = load_scenario(NAME)
    return worlds(scenario.policy(policy), scenario.policy("no_shield"), modes(scenario))[0]


def test_it_asks_about_three_sides_and_two_shields() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.sides) == ["us", "russia", "china"]
    assert [pair.id for pair in scenario.pairs] == ["us_russia", "us_china"]
    assert (scenario.baseline, scenario.focus, scenario.focus_pair) == ("no_shield", "universal", "us_russia")
    assert (scenario.years, scenario.reference_year, scenario.ladder.war) == (20, 12, "major_war")


@pytest.mark.parametrize(
    ("side", "arm", "low", "high"),
    [("us", "icbm", 400, 400), ("us", "slbm", 900, 1100), ("russia", "icbm", 849, 900), ("russia", "slbm", 560, 700)],
)
def test_missiles_carry_the_warheads_that_are_reported(side: str, arm: str, low: float, high: float) -> None:
    written = SIDES[side]["arms"][arm]
    heads = triple(written["warheads"])[0]
    assert [n * heads for n in (triple(written["stock"])[0], triple(written["stock"])[2])] == [low, high]


@pytest.mark.parametrize(
    ("side", "arm", "reach", "escapes"),
    [
        ("us", "icbm", (1, 1, 1), (0.2, 0.6, 0.95)),
        ("russia", "icbm", (0.5, 0.7, 0.9), (0.2, 0.6, 0.95)),
        ("russia", "slbm", (0.5, 0.75, 0.9), (0.05, 0.25, 0.6)),
        ("china", "icbm", (0.4, 0.7, 0.9), (0, 0.2, 0.6)),
        ("china", "slbm", (0.5, 0.7, 0.9), (0, 0.1, 0.4)),
    ],
)
def test_exposed_is_what_is_in_reach_less_what_escapes(
    side: str, arm: str, reach: tuple[float, ...], escapes: tuple[float, ...]
) -> None:
    written = SIDES[side]["arms"][arm]
    assert triple(written["exposed_stock"]) == pytest.approx(exposed(reach, escapes), rel=0.02)  # type: ignore[arg-type]
    assert triple(written["exposed_launchers"]) == triple(written["exposed_stock"])


def test_the_universal_shield_stands_in_the_year_of_reference() -> None:
    for policy, size in (("no_shield", 0), ("limited", 64), ("universal", 64 + 20 + 120 + 300)):
        world = here(policy)
        assert world.layers["stock"][0, 0].sum() + world.layer_deliveries[0, 0, :, :12].sum() == size


def test_interceptors_in_orbit_meet_missiles_before_they_release() -> None:
    layers = here("universal").layers[0, 0]
    assert layers["boost"].tolist() == [1, 0, 0, 0]


def test_shield_and_vulnerability_of_the_rival_belong_together() -> None:
    """The share of the answer to a first strike that the shield spares its owner is largest where it is ragged."""
    found = stability(load_scenario(NAME))
    harm = {name: pairs[0].likely.exchanges["striker"][TRULY, 0, 0] for name, pairs in found.policies.items()}
    survivable, vulnerable = (
        harm["universal"] / harm["no_shield"],
        harm["universal_vulnerable"] / harm["no_shield_vulnerable"],
    )
    assert np.isfinite(list(harm.values())).all()
    assert vulnerable < survivable < 1
