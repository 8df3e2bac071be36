"""Sentences that a journalist can print, and the same rate of four totals."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given

from escalade.raid.rates import TOTALS, Tally, from_counts
from escalade.report.rates import as_data, as_text, percent, sentence
from tests.raid.test_rates import tallies

GOLDEN = [
    (
        {"launched": 1000, "failed": 100, "left_alone": 600, "intercepted": 270, "got_through": 30},
        "Of 1,000 missiles launched, 100 failed by themselves and 600 were left alone because they threatened nothing; "
        "of the 300 that threatened, 270 were intercepted and 30 got through: intercepted were 90 % of those engaged "
        "and of those that threatened; 30 % of those that arrived; 27 % of those launched.",
    ),
    (
        {"failed": 1, "left_alone": 1, "intercepted": 1, "got_through": 2, "not_engaged": 1},
        "Of 5 missiles launched, 1 failed by itself and 1 was left alone because it threatened nothing; of the 3 that "
        "threatened, 1 was intercepted and 2 got through, 1 of them not engaged: intercepted were 50 % of those "
        "engaged; 33.3 % of those that threatened; 25 % of those that arrived; 20 % of those launched.",
    ),
    (
        {"intercepted": 99, "got_through": 1},
        "Of 100 missiles launched, 99 were intercepted and 1 got through: intercepted were 99 %, whichever of the four "
        "totals is taken.",
    ),
    (
        {"intercepted": 0, "got_through": 7},
        "Of 7 missiles launched, none was intercepted and 7 got through: intercepted were 0 %, whichever of the four "
        "totals is taken.",
    ),
    (
        {"intercepted": 0, "left_alone": 3},
        "Of 3 missiles launched, 3 were left alone because they threatened nothing; none threatened anything, so there "
        "was nothing to intercept.",
    ),
    (
        {"intercepted": 1},
        "Of 1 launched, 1 was intercepted and none got through: intercepted were 100 %, whichever of the four totals "
        "is taken.",
    ),
]


@pytest.mark.parametrize(("counts", "words"), GOLDEN)
def test_sentences(counts: dict[str, int], words: str) -> None:
    assert sentence(from_counts(**counts)) == words


def test_the_weapon_has_its_name_and_rounding_is_said() -> None:
    tally = Tally(Fraction(0), Fraction(0), Fraction(0), Fraction("2.5"), Fraction("2.5"))
    assert sentence(tally, "drones").startswith("Of 5 drones launched, ")
    assert "(rounded to whole numbers)" in sentence(tally)


@given(tallies())
def test_text_fits_eighty_columns_and_holds_every_rate(tally: Tally) -> None:
    text = as_text(tally, taken=["none failed by itself"])
    assert all(len(line) <= 80 for line in text.splitlines())
    assert all(percent(tally.rate(of)) in text for of in TOTALS)


@given(tallies())
def test_data_add_up_and_are_plain_json(tally: Tally) -> None:
    data = json.loads(json.dumps(as_data(tally), allow_nan=False))
    counts = data["counts"]
    assert counts["launched"] == counts["failed"] + counts["arrived"]
    assert counts["arrived"] == counts["left_alone"] + counts["threatening"]
    assert counts["threatening"] == counts["not_engaged"] + counts["engaged"]
    assert counts["engaged"] == counts["missed"] + counts["intercepted"]
    assert counts["got_through"] == counts["threatening"] - counts["intercepted"]
    assert data["rounded"] == (tally.whole() != tally)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.9", "90 %"),
        ("0.225", "22.5 %"),
        ("1", "100 %"),
        ("0", "0 %"),
        ("0.0001", "under 0.1 %"),
        ("0.9999", "over 99.9 %"),
    ],
)
def test_no_share_is_rounded_to_none_or_all(share: str, words: str) -> None:
    assert percent(Fraction(share)) == words
    assert percent(None) == "-"
