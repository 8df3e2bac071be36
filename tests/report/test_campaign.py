"""A campaign in words, tables and JSON values."""

from __future__ import annotations

import json

import numpy as np
import pytest

from escalade.raid.campaign import Campaign, CampaignCount
from escalade.raid.campaign_exact import exact_campaign
from escalade.raid.quantities import RAID_NUMBERS
from escalade.raid.shield import Layer, Raid, Threat
from escalade.report.campaign import as_data, as_text, reserve_words

SHIELD = (
    Layer("upper", {"ballistic": 0.6}, stock=40),
    Layer("lower", {"ballistic": 0.7}, stock=90),
    Layer("endless", {"ballistic": 0.1}),
    Layer("a fourth one", {"ballistic": 0.1}),
)
RAID = Raid((Threat("missiles", "ballistic", 12, deaths=2.0),), SHIELD)


@pytest.fixture(scope="module")
def count() -> CampaignCount:
    return exact_campaign(Campaign(RAID, 6))


def test_everything_fits_80_columns(count: CampaignCount) -> None:
    words = as_text(count, (), ("no decoys",))
    assert max(map(len, words.splitlines())) <= 80
    assert words.isascii()
    for part in ("12 missiles a day for 6 days", "upper: empty on day 4", "kill", "Day by day", "endless", "no decoys"):
        assert part in words, part


def test_json_values_are_those_of_the_registry(count: CampaignCount) -> None:
    data = json.loads(json.dumps(as_data(count, (), ()), allow_nan=False))
    known = {entry.id.split(".")[0] for entry in RAID_NUMBERS}
    about = {"title", "method", "draws", "given", "supposed", "days"}
    assert {key for key in data if key not in about} <= known
    assert {key for key in data["days"][0] if key not in ("day", "launched")} <= known
    assert sum(data["day_of_reserve"]["upper"]["chances"]) == pytest.approx(1.0)
    assert sum(day["got_through"]["mean"] for day in data["days"]) == pytest.approx(data["got_through"])


@pytest.mark.parametrize(
    ("chances", "words"),
    [
        ([0.0, 0.0, 1.0, 0.0], "empty on day 3"),
        ([0.2, 0.2, 0.4, 0.2], "empty on day 3 (1 to 4)"),
        ([0.2, 0.2, 0.4, 0.0], "empty on day 3 (1 to later)"),
        ([0.0, 0.1, 0.1, 0.0], "empty within 4 days in 20.0 of 100 campaigns, at the earliest on day 2"),
        ([0.0, 0.0, 0.0, 0.0], "lasts 4 days in 100.0 of 100 campaigns"),
    ],
)
def test_days_of_reserve_in_words(chances: list[float], words: str) -> None:
    count = CampaignCount(Campaign(RAID, 4), (), {"upper": np.array(chances)})
    assert reserve_words(count, "upper") == words
