"""The waterfall: it ends where it should, says everything in words, and escapes them."""

import re

import pytest

from escalade.report.figures import WIDTH
from escalade.report.waterfall import EDGE, NUMBERS, Fall, waterfall

STEPS = [Fall("Up", 7.0, "+7"), Fall("<Down>", -4.0, "-4"), Fall("Nothing", 0.0, "0")]


def drawn(steps=STEPS, start=20.0):
    end = start + sum(step.value for step in steps)
    return str(waterfall(Fall("before", start, "20"), steps, Fall("after", end, "23"), "Title", "said & done"))


def test_bars_go_from_level_to_level():
    picture = drawn()
    unit = (WIDTH - EDGE - NUMBERS) / 7.0
    bars = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="10" fill="(.*?)"', picture)
    assert [float(x) for x, _, _ in bars] == pytest.approx([EDGE, EDGE + 3 * unit, EDGE + 3 * unit], abs=0.1)
    assert [float(width) for _, width, _ in bars] == pytest.approx([7 * unit, 4 * unit, 1.0], abs=0.1)
    assert (bars[0][2] == "none", bars[1][2] == "none") == (False, True)
    circle = re.search(r'<circle cx="([\d.]+)"', picture)
    assert float(circle[1]) == pytest.approx(EDGE + 3 * unit, abs=0.1)


def test_every_name_and_number_is_written_and_escaped():
    picture = drawn()
    for words in ("before", "after", "Up", "&lt;Down&gt;", "+7", "-4", "Nothing", "Title", "said &amp; done"):
        assert words in picture
    assert "<Down>" not in picture


def test_no_steps_are_a_level_and_the_same_level():
    picture = drawn([])
    assert "nan" not in picture
    assert 'cx="10.0"' in picture
