"""The back-test in words: lines that fit, misses by direction, numbers that do not exist."""

from __future__ import annotations

import json
import math

from escalade.evidence.backtest import BackTest, Check, Compared
from escalade.evidence.prior import Expected, PriorCheck
from escalade.report.backtest import as_data, as_text, prior_table, summary, table

HIT = Check("got through", "rockets", False, 10.2, 20.0, 29.8, 25.0, 40.0, ("gaza_2012.urban_impacts",))
LOW = Check("intercepted", "rockets", False, 100.0, 150.0, 199.0, 421.0, 421.0, ("gaza_2012.rockets_intercepted",))
HIGH = Check("failed in flight, of those launched", "rockets", True, 0.3, 0.4, 0.5, 0.1, 0.2, ())
FROM_ITSELF = {"schedule": "Known."}
FORESIGHT = Compared("x", "An invented episode", "foresight", None, (HIT, LOW, HIGH), FROM_ITSELF, "A lesson.")
ARITHMETIC = Compared("y", "Its own inputs", "arithmetic", "gaza-2012", (HIT,), {"": "All of them."}, "Never shown.")
BOTH = BackTest((FORESIGHT, ARITHMETIC))
PRIOR = PriorCheck("gaza-2012", "No Iron Dome", "2005 to 2011", 8, 16, 7.5, (
    Expected("war", 0.1, 0.25, "3 of 8"), Expected("misjudged, of all wars", math.nan, math.nan, ""),
))  # fmt: skip


def test_lines_fit_a_terminal() -> None:
    assert max(map(len, as_text(BOTH, [PRIOR]).splitlines())) <= 80


def test_overlaps_are_counted_kind_by_kind() -> None:
    first, second, last = summary(BOTH)
    assert first.startswith("Of 3 reported ranges 1 overlap the 90 % prediction from what was known before")
    assert second.startswith("Of 1 reported ranges 1 overlap")
    assert "foresees nothing" in second
    assert "wide prediction" in last
    assert summary(BackTest(())) == ["No episode of the library belongs to this scenario."]


def test_a_row_has_the_report_the_prediction_and_the_direction_of_a_miss() -> None:
    (section,) = table(FORESIGHT).sections
    assert [row.cells for row in section.rows] == [
        ("got through: rockets", "25 to 40", "20", "10", "30", ""),
        ("intercepted: rockets", "421", "150", "100", "199", "too low"),
        ("failed in flight, of those launched: rockets", "10.0 to 20.0", "40.0", "30.0", "50.0", "too high"),
    ]


def test_inputs_from_the_episode_are_named_and_lessons_follow_misses() -> None:
    told = as_text(BOTH, [])
    assert "From the same episode: schedule: Known." in told
    assert "From the same episode: All of them." in told
    assert "A lesson." in told
    assert "Never shown." not in told


def test_what_does_not_exist_is_a_dash_and_null() -> None:
    (section,) = prior_table(PRIOR).sections
    assert section.rows[0].cells == ("war", "10.0", "25.0", "3 of 8")
    assert section.rows[1].cells == ("misjudged, of all wars", "-", "-", "-")
    data = json.loads(json.dumps(as_data(BOTH, [PRIOR]), allow_nan=False))
    assert data["overlap"] == {
        "foresight": {"overlapping": 1, "reported": 3},
        "arithmetic": {"overlapping": 1, "reported": 1},
    }
    assert data["episodes"][0]["checks"][1]["overlaps"] is False
    assert data["prior_checks"][0]["expected"][1]["prior"] is None
