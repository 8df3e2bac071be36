"""Told twins on a terminal: widths, columns, marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escalade.report.story import ToldRow, ToldTwins
from escalade.report.story_text import ABREAST, WIDEST, as_text

LONG = "North strikes first (54 %; it might have stood down, 31 %). South had expected this with 41 %."
ROWS = (
    ToldRow(("Year 1.",), ("Year 1.",), "year"),
    ToldRow(("March: a quarrel.",), ("March: a quarrel.",), "crisis"),
    ToldRow(
        (LONG, "Four people die."), ("North stands down.", "Here the paths part: with, 12; without, 160."), "move", True
    ),
    ToldRow((LONG * 3,), (), "move"),
    ToldRow(("In the end: war.",), ("In the end: no war.",), "end"),
)
TWINS = ToldTwins("A war", "North and South, 2 years.", "with the shield", "without it", ROWS, "A note.", "escalade")
WIDTHS = (40, 60, 80, 99, 100, 120, 140, 500)


def words(text: str) -> list[str]:
    return text.replace("|", " ").split()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    lines = as_text(TWINS, width).splitlines()
    assert max(map(len, lines)) <= min(width, WIDEST)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_lost(width: int) -> None:
    told = sorted(words(as_text(TWINS, width)))
    for row in ROWS:
        for paragraph in (*row.left, *row.right):
            for word in paragraph.replace("Here the paths part:", "HERE THE PATHS PART:").split():
                assert word in told


def test_a_number_and_its_per_cent_sign_stay_together() -> None:
    for width in range(40, 100):
        assert not any(line.split("|")[-1].strip().startswith("%") for line in as_text(TWINS, width).splitlines())


def test_a_narrow_terminal_shows_the_twin_below_with_a_bar() -> None:
    text = as_text(TWINS, ABREAST - 1)
    assert "Lines with a bar are the twin: the same quarrels and the same luck without it." in " ".join(text.split())
    assert " |   North stands down." in text
    assert text.count("Year 1.") == 1


def test_a_wide_terminal_shows_two_columns() -> None:
    text = as_text(TWINS, ABREAST)
    assert "Left: with the shield. Right: the same quarrels and the same luck without it." in text
    line = next(line for line in text.splitlines() if "North strikes first" in line and "North stands down" in line)
    assert line.index(" | ") == (ABREAST - 3) // 2
    assert text.count("March: a quarrel.") == 1


def test_the_parting_is_in_capitals() -> None:
    assert "HERE THE PATHS PART: with, 12; without, 160." in as_text(TWINS, 80)


def test_a_story_alone_has_no_bars_and_names_no_twin() -> None:
    alone = replace(TWINS, right="", rows=tuple(replace(row, right=(), parts=False) for row in ROWS))
    for width in (80, 120):
        text = as_text(alone, width)
        assert "|" not in text
        assert "twin" not in text
        assert "Told with the shield." in text
