"""A sheet of texts and pictures: well-formed, nothing over its edge, texts escaped."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from escalade.report.sheet import EDGE, Sheet, estimated, view_box, wrapped

SQUARE = Markup('<svg viewBox="-1 0 10 5" role="img" aria-label="x" xmlns="http://www.w3.org/2000/svg"><g/></svg>')
NAME = "{http://www.w3.org/2000/svg}"


@given(st.text("abc WMil.,&<", max_size=200), st.floats(30, 300), st.sampled_from([11.0, 13.0, 22.0]))
@settings(max_examples=60)
def test_lines_fit_and_no_word_is_lost(words, width, size):
    lines = list(wrapped(words, width, size))
    assert " ".join(lines).split() == words.split()
    assert all(estimated(line, size, bold=False) <= width or " " not in line for line in lines)


def test_estimates_are_rather_too_wide_than_too_narrow():
    # Widths of Liberation Sans, in units of 1/2048 of its size.
    real = {"i": 455, "e": 1139, "m": 1706, "W": 1933, "S": 1366, " ": 569, "1": 1139, "f": 569, "M": 1706}
    assert all(estimated(letter, 2048, bold=False) >= width for letter, width in real.items())


def test_a_sheet_is_well_formed_and_grows():
    sheet = Sheet(400)
    sheet.text("A <title> & more " * 12, 17, bold=True)
    sheet.marks(("with " * 12, "without " * 12), ("with", "without"), 13)
    before = sheet.y
    sheet.picture(SQUARE)
    assert sheet.y - before == pytest.approx((400 - 2 * EDGE) / 2)
    sheet.rule()
    root = ElementTree.fromstring(sheet.svg("A <title>", "Described & told."))
    assert root.findtext(f"{NAME}title") == "A <title>"
    assert float(root.get("height")) >= sheet.y
    (inner,) = root.findall(f"{NAME}svg")
    assert inner.get("viewBox") == "-1 0 10 5"
    assert inner.get("role") is None
    assert all(float(text.get("x")) >= EDGE for text in root.iter(f"{NAME}text"))


def test_short_marks_stand_side_by_side_and_long_ones_below_each_other():
    heights = []
    for words in ("with", "with the shield and everything that belongs to it, in many words"):
        sheet = Sheet(400)
        sheet.marks((words, "without"), ("with", "without"), 13)
        heights.append(len(set(re.findall(r'<text x="[^"]*" y="([^"]*)"', sheet.svg("", "")))))
    assert heights == [1, 2]


def test_a_picture_without_a_view_box_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        view_box("<svg></svg>")
