"""Effects on one axis: where they stand, what they look like, and that names stay texts."""

import re
from xml.etree import ElementTree

from escalade.report.palette import LIGHT
from escalade.report.strip import StripRow, strip

ROWS = (
    StripRow("More", 4.0, 1.0, 6.0, "+4"),
    StripRow("Close", 0.5, -1.0, 2.0, "+0.5"),
    StripRow("Less <b>", -3.0, -5.0, -1.0, "-3"),
)


def test_more_is_filled_less_hollow_and_close_is_grey():
    marks = re.findall(r"<circle [^>]*>", strip(ROWS, 1.0, "Title"))
    assert [LIGHT["with"] in marks[0], LIGHT["neutral"] in marks[1], LIGHT["without"] in marks[2]] == [True] * 3
    assert f'fill="{LIGHT["card"]}"' in marks[2]


def test_marks_stand_in_the_order_of_their_values():
    places = [float(x) for x in re.findall(r'<circle cx="([0-9.]+)"', strip(ROWS, 1.0, "Title"))]
    assert places == sorted(places, reverse=True)
    assert all(0 < x < 360 for x in places)


def test_it_is_well_formed_and_described():
    root = ElementTree.fromstring(strip(ROWS, 1.0, "Title"))
    assert "Less <b>: -3" in root.get("aria-label")
