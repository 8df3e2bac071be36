"""The tornado: what is high is a circle, what is low a square, long and hostile names do no harm."""

import re
from xml.etree import ElementTree

from escalade.report.tornado import LONGEST, TornadoRow, tornado
from tests.report.reports import HOSTILE

ROWS = [TornadoRow("Patience", -2.0, 5.0, "31 of 100", True), TornadoRow("Cost of war", 1.0, 0.5, "", False)]


def test_each_input_has_a_circle_and_a_square_with_a_bar_between():
    picture = str(tornado(ROWS, 1.0, "Effect"))
    circles = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', picture)]
    squares = [float(x) + 4.5 for x in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="9"', picture)]
    assert len(circles) == len(squares) == 2
    assert circles[0] > squares[0]
    assert circles[1] < squares[1]


def test_it_is_described_and_well_formed_whatever_the_names():
    rows = [TornadoRow(HOSTILE, -1.0, 1.0, "5 of 100", True), TornadoRow("long " * 40, 0.0, 1.0, "", False)]
    root = ElementTree.fromstring(str(tornado(rows, 1.0, HOSTILE)))
    names = [node.text or "" for node in root.iter() if node.tag.endswith("text")]
    assert any(name.endswith("...") and len(name) <= LONGEST for name in names)
    assert "<script>" not in str(tornado(rows, 1.0, HOSTILE))
