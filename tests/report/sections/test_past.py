"""What past crises say: recorded beside expected, inputs moved by more than chance."""

import re

import numpy as np
import pytest

from escalade.analysis.learned import Lesson, lessons, moved
from escalade.analysis.weighted import Spread
from escalade.ensemble.tables import CrisisTable
from escalade.report.sections import past

SPREAD = Spread(0.5, 0.1, 0.5, 0.9)


def test_every_count_of_the_record_is_beside_the_model(found):
    chart = past.checks(found)
    rows = chart.table.sections[0].rows
    assert len(rows) == len({row.cells[0] for row in rows}) >= 3
    assert all(row.key == "run.expected" for row in rows)
    assert {row.cells[4].split(";")[0] for row in rows} == {"weighs the sets of assumptions", "compared only"}


def test_both_pictures_of_the_effect_share_one_axis(found):
    (_, before, _), (_, after, _) = past.effects(found)
    ticks = [re.findall("<text .*?</text>", str(picture)) for picture in (before, after)]
    assert len(ticks[0]) > 2
    assert ticks[0] == ticks[1]


def lesson(contraction=0.0, shift=0.0):
    return Lesson("x", SPREAD, SPREAD, contraction, shift)


@pytest.mark.parametrize(
    ("told", "effective", "counts"),
    [
        (lesson(contraction=0.35), 50.0, True),
        (lesson(contraction=0.2), 50.0, False),
        (lesson(shift=-0.3), 1000.0, True),
        (lesson(shift=0.2), 1000.0, False),
        (lesson(shift=0.35), 50.0, False),
    ],
)
def test_an_input_counts_as_moved_beyond_chance_only(told, effective, counts):
    assert moved(told, effective) is counts


def test_the_shift_is_counted_in_standard_deviations():
    values = np.array([0.0, 2.0])
    table = CrisisTable((), {}, np.array([0.25, 0.75]), np.ones(2, np.int64), {"x": values})
    assert lessons(table)["x"].shift == pytest.approx((1.5 - 1.0) / 1.0)


def test_without_moved_inputs_there_is_no_chart(found, monkeypatch):
    monkeypatch.setattr(past, "moved", lambda *_: False)
    assert past.learned(found) is None


def test_moved_inputs_stand_as_shares_of_their_range_by_their_names(found, monkeypatch):
    monkeypatch.setattr(past, "moved", lambda *_: True)
    chart = past.learned(found)
    rows = chart.table.sections[0].rows
    assert len(rows) == past.MOST
    assert not any("sides." in row.cells[0] for row in rows)
    data = [row for layer in chart.specification["layer"] for row in layer.get("data", {}).get("values", [])]
    assert all(0.0 <= row["mean"] <= 100.0 for row in data if "mean" in row)
