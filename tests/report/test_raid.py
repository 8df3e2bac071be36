"""A raid in words, tables and JSON values."""

from __future__ import annotations

import json

import numpy as np
import pytest

from escalade.raid.answer import RaidAnswer, Range, answer
from escalade.raid.distribution import Distribution
from escalade.raid.named import Given
from escalade.raid.quantities import RAID_NUMBERS
from escalade.raid.requirements import BreakingPoint, Goal, Requirement
from escalade.raid.shield import Layer, Raid, Threat
from escalade.report.raid import as_data, as_text, breaks_sentence, chart, headline, needed_sentence

OUT = Threat("missiles", "ballistic", 40, reliability=0.9, threatening=0.5, unit_cost=1e6, deaths=1.0)
SHIELD = (
    Layer("upper", {"ballistic": 0.7}, stock=20, discrimination=0.5, unit_cost=3e6),
    Layer("guns", {"ballistic": 0.2}),
)


@pytest.fixture(scope="module")
def asked() -> RaidAnswer:
    given = (Given("upper", "stops", "0.7", "assumption: " + "a long story " * 12, True),)
    raid = Raid((OUT,), SHIELD)
    return answer(
        raid, Goal(3, 0.9), given=given, supposed=("no decoys",), ends=(raid, raid), needed=True, breaks=True,
        swept=Range("stock", (10.0, 20.0)), vary=None,
    )  # fmt: skip


def test_everything_fits_80_columns(asked: RaidAnswer) -> None:
    lines = as_text(asked).splitlines()
    assert max(map(len, lines)) <= 80
    assert as_text(asked).isascii()


def test_everything_asked_is_told(asked: RaidAnswer) -> None:
    words = as_text(asked)
    for part in ("40 missiles against upper", "get through on average", "failed in flight", "left alone", "intercepted",
                 "though harmless", "cost-exchange ratio", "Sources and assumptions", "at its low end",
                 "Taken as given, as it was not told: no decoys.", "The same raid"):  # fmt: skip
        assert part in words, part


def test_losses_add_up_in_what_is_shown(asked: RaidAnswer) -> None:
    (loss,) = as_data(asked)["losses"].values()
    parts = loss["failed"] + loss["intercepted"] + loss["left_alone"] + loss["got_through"]
    assert parts == pytest.approx(loss["launched"])


def test_json_values_are_those_of_the_registry(asked: RaidAnswer) -> None:
    data = json.loads(json.dumps(as_data(asked), allow_nan=False))
    about = {"title", "method", "draws", "sweep", "got_through_by_figures", "origin", "given", "supposed"}
    parts = {"by_class": "got_through", "needed": "needed", "breaks_at": "breaks_at", "losses": "left_alone"}
    known = {entry.id.split(".")[0] for entry in RAID_NUMBERS}
    assert {parts.get(key, key) for key in data if key not in about} <= known
    assert data["needed"]["layer"] == "upper"
    assert sum(data["got_through"]["chances"].values()) == pytest.approx(1.0, abs=1e-6)
    assert [point["value"] for point in data["sweep"]["points"]] == [10.0, 20.0]


@pytest.mark.parametrize(("low", "high", "step"), [(0, 3, 1), (90, 260, 20), (5, 5, 1), (0, 10_000, 1000)])
def test_charts_have_few_bars_of_round_width(low: int, high: int, step: int) -> None:
    chance = np.zeros(high + 1)
    chance[low:] = 1.0 / (high - low + 1)
    head, *bars = chart(Distribution(chance)).splitlines()
    assert head.endswith("of 100 raids")
    assert len(bars) <= 12
    first = bars[0].split()[0]
    assert int(first.replace(",", "")) == step * (low // step)
    assert any("#" * 36 in bar for bar in bars)


def test_headline_says_how_it_is_known(asked: RaidAnswer) -> None:
    assert headline(asked.count).endswith("Computed, not sampled.")
    sure = answer(Raid((Threat("drones", "drone", 3),), (Layer("no", {"drone": 0.0}),)), Goal(0, 0.9))
    assert "3.00 get through on average (3 in nearly every raid). " in headline(sure.count)


def test_layers_that_engage_nothing_are_named() -> None:
    raid = Raid((Threat("drones", "drone", 3),), (Layer("Arrow", {"ballistic": 0.5}), Layer("guns", {"drone": 0.5})))
    assert "Arrow cannot engage anything of what is launched." in as_text(answer(raid, Goal(0, 0.9)))


def test_inverse_answers(asked: RaidAnswer) -> None:
    count, goal = asked.count, Goal(2, 0.9)
    assert needed_sentence(Requirement("upper", goal, 30, 0.93, count)) == (
        "upper needs 30 interceptors: with them no more than 2 get through in 93.0 of 100 raids."
    )
    assert needed_sentence(Requirement("upper", goal, 0, 0.97, count)) == (
        "upper needs no interceptors: without any no more than 2 get through in 97.0 of 100 raids."
    )
    assert needed_sentence(Requirement("upper", Goal(0, 0.9), None, 0.4, count)) == (
        "No stock of upper is enough: even with endless interceptors, nothing gets through in 40.0 of 100 raids."
    )
    assert breaks_sentence(BreakingPoint("drones", goal, 70, 0.91)) == (
        "The shield breaks at 70 drones: then more than 2 get through in 91.0 of 100 raids."
    )
    assert breaks_sentence(BreakingPoint("drones", goal, None, 0.5)).startswith("The shield does not break: at 10,000")
