"""The scenario of June 2025: complete, sourced, and converted as its assumptions say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from escalade.facts import get
from escalade.scenario import inputs, load_scenario

NAME = "iran-june-2025"
PAGE = Path(__file__).parents[2] / "docs" / "scenarios" / f"{NAME}.md"
POLICIES = ["as_was", "no_shield", "iran_air_defence_intact", "deeper_stocks", "depleted_stocks"]
WAR_RUNGS = ("missile_war", "total_war")
SHARES = {"covert": 0.25, "single_salvo": 0.5, "missile_war": 0.75, "total_war": 1.0}


def text() -> str:
    return (resources.files("escalade") / "scenarios" / f"{NAME}.yaml").read_text(encoding="utf-8")


FILE: dict[str, Any] = YAML(typ="safe", pure=True).load(text())
ISRAEL, IRAN = FILE["sides"]["israel"], FILE["sides"]["iran"]


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number written as a mapping, with its dotted path; counts of the record are not inputs."""
    if isinstance(node, dict) and {"fact", "value", "low"} & set(node) and "reading" not in node:
        yield path, node
    elif isinstance(node, dict) and "times" in node and "of" not in node:
        yield path, {**node["times"], "assumption": node["assumption"]}
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from numbers(child, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from numbers(child, f"{path}[{place}]")


NUMBERS = dict(numbers(FILE))


def triple(number: dict[str, Any]) -> tuple[float, float, float]:
    """Low, mode and high; a single value three times."""
    if "value" in number:
        return (number["value"],) * 3
    return number["low"], number["mode"], number["high"]


def shift(share: float) -> float:
    """Logit shift that turns a layer that stops 90 of 100 into one that stops ``share``."""
    return math.log(share / (1 - share)) - math.log(0.9 / 0.1)


def rounding(share: float) -> float:
    """Logits by which a share written with three digits may be off."""
    return 0.0005 / (share * (1 - share)) + 1e-9


def test_it_loads_with_its_five_policies() -> None:
    scenario = load_scenario(NAME)
    assert list(scenario.policies) == POLICIES
    assert (scenario.baseline, scenario.focus, scenario.headline) == ("no_shield", "as_was", "war")
    assert scenario.years == 2
    assert list(scenario.sides) == ["israel", "iran"]
    assert [rung.id for rung in scenario.ladder.rungs] == ["standoff", *SHARES]
    assert scenario.ladder.war == "missile_war"
    for name in POLICIES:
        assert scenario.policy(name).policy_name == name


@pytest.mark.parametrize("path", NUMBERS)
def test_every_number_has_a_source_or_a_reason(path: str) -> None:
    number = NUMBERS[path]
    reasons = {"source", "assumption"} & set(number)
    # A figure stands alone with its own source, or beside a number with another reason, as its rival.
    assert len(reasons) == (0 if set(number) == {"fact"} else 1)
    assert len(number.get("assumption", number.get("source", number.get("fact")))) > 3
    assert "source" not in number or number["url"].startswith("http")


def test_the_loader_and_the_page_count_what_the_file_says() -> None:
    written = [item for item in inputs(load_scenario(NAME)) if not item.is_default]
    sourced = [path for path, number in NUMBERS.items() if "assumption" not in number]
    assert len(written) == len(NUMBERS)
    assert len([item for item in written if item.source]) == len(sourced)
    assert all(item.source or item.assumption for item in written)
    counts = re.search(
        r"its (\d+) numbers (\d+) rest on a published figure and (\d+) are assumptions", PAGE.read_text()
    )
    assert counts is not None
    assert [int(count) for count in counts.groups()] == [
        len(NUMBERS),
        len(sourced),
        len(NUMBERS) - len(sourced),
    ]


@pytest.mark.parametrize(
    ("share", "shifts"),
    [
        (ISRAEL["shield"]["truth"], (-0.5, 0.0, 0.0)),
        (ISRAEL["shield"]["believes"], (0.0, 0.5, 1.5)),
        (ISRAEL["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
        (IRAN["shield"]["truth"], (-2.0, -1.0, 0.0)),
        (IRAN["shield"]["believes"], (-1.0, -0.3, 0.3)),
        (IRAN["shield"]["bad_night"], (-1.5, -0.6, -0.2)),
        (FILE["policies"]["iran_air_defence_intact"]["changes"]["sides.iran.shield.truth"], (-0.8, -0.3, 0.0)),
    ],
)
def test_beliefs_in_peoples_units_are_the_shifts_meant(share: dict[str, Any], shifts: tuple[float, ...]) -> None:
    for written, meant in zip(triple(share), shifts, strict=True):
        assert shift(written) == pytest.approx(meant, abs=rounding(written))


def test_launchers_lost_per_hit_keep_the_share_of_the_exposed_force() -> None:
    missiles = IRAN["arms"]["mrbm"]
    exposed_launchers = missiles["launch_limit"]["mode"] * missiles["exposed_launchers"]["mode"]
    exposed_missiles = missiles["stock"]["mode"] * missiles["exposed_stock"]["mode"]
    written = triple(ISRAEL["arms"]["air_strike"]["counterforce_per_hit"])
    for launchers, destroyed in zip(written, (1, 3, 10), strict=True):
        assert launchers == pytest.approx(destroyed * exposed_launchers / exposed_missiles, rel=0.005)


def test_exposed_stock_is_what_is_in_reach_less_what_escapes() -> None:
    alert = (0.4, 0.15, 0.0)
    expected = [reach * (1 - escapes) for reach, escapes in zip((0.4, 0.6, 0.8), alert, strict=True)]
    assert triple(IRAN["arms"]["mrbm"]["exposed_stock"]) == pytest.approx(expected)


@pytest.mark.parametrize("side", [ISRAEL, IRAN], ids=["israel", "iran"])
def test_the_price_of_backing_down_grows_in_step_with_the_rung(side: dict[str, Any]) -> None:
    top = triple(side["ladder"]["total_war"]["audience_cost"])
    for rung, share in SHARES.items():
        assert triple(side["ladder"][rung]["audience_cost"]) == pytest.approx([share * price for price in top])


@pytest.mark.parametrize("rung", SHARES)
def test_iran_wins_a_fifth_to_all_of_what_israel_wins(rung: str) -> None:
    israel, iran = (side["ladder"][rung]["objective"] for side in (ISRAEL, IRAN))
    assert triple(iran["of"]) == triple(israel)
    assert iran["of"]["together"] == israel["together"]
    assert triple(iran["times"]) == (0.2, 0.5, 1)


def test_numbers_that_are_drawn_together_are_alike() -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for number in NUMBERS.values():
        groups.setdefault(number.get("together", ""), []).append(number)
    del groups[""]
    for members in groups.values():
        low, mode, high = triple(members[0])
        assert len(members) > 1
        for number in members[1:]:  # so that one uniform orders their worlds in the same way
            assert (number["mode"] - number["low"]) / (number["high"] - number["low"]) == pytest.approx(
                (mode - low) / (high - low)
            )


def test_waves_of_war_are_many_raids_and_all_else_is_one() -> None:
    for rung in SHARES:
        israel, iran = (triple(side["ladder"][rung]["raids"]) for side in (ISRAEL, IRAN))
        assert (israel, iran) == (((4, 6, 8), (2, 3, 4)) if rung in WAR_RUNGS else ((1, 1, 1), (1, 1, 1)))


def test_both_sides_have_the_same_range_of_effort() -> None:
    for rung in SHARES:
        assert triple(ISRAEL["ladder"][rung]["effort"]) == triple(IRAN["ladder"][rung]["effort"])


def test_without_a_shield_nothing_of_it_is_left_to_stop_or_to_believe() -> None:
    changes = FILE["policies"]["no_shield"]["changes"]
    assert {path: number["value"] for path, number in changes.items()} == {
        "sides.israel.shield.layers.*.stock": 0,  # and nothing built in the second year:
        "sides.israel.shield.layers.*.production": 0,
        "sides.israel.shield.believes": 0.9,
        "sides.israel.saturation_neglect": 0,  # or an empty layer would still be believed to engage
    }


def test_the_record_adds_up_and_ends_before_the_event() -> None:
    (crises,) = FILE["record"]["crises"]
    assert sum(crises["first_strikes"].values()) == crises["with_any_strike"] <= crises["crises"]["reading"]
    assert sum(crises["wars_begun"].values()) == crises["wars"]["reading"] == 0
    assert crises["crises"]["low"] <= crises["crises"]["reading"] <= crises["crises"]["high"]
    assert crises["period"].endswith("2024-10")
    assert str(FILE["as_of"]) < "2025-06-13"


@pytest.mark.parametrize(
    ("number", "group"),
    [
        (IRAN["arms"]["mrbm"]["unit_cost"], "iran_mrbm.unit_cost"),
        (IRAN["arms"]["mrbm"]["production"], "iran_mrbm.production_per_year"),
        (ISRAEL["shelter"]["coverage"], "israel_shelter.coverage"),
    ],
)
def test_numbers_that_repeat_a_figure_agree_with_the_library(number: dict[str, Any], group: str) -> None:
    assert (number["low"], number["high"]) == (get(group).low, get(group).high)
