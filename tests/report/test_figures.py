"""Pictures: as many filled cases as there are, a hundred dots, hostile words as text."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from escalade.report.figures import hundred, worlds

HOSTILE = '<script>alert("1")</script> & \u202eabc \U0001f680'


def parsed(svg):
    return ElementTree.fromstring(str(svg))


def test_a_hundred_cases_each_with_the_right_number_filled():
    svg = str(hundred([15, 100], ["with", "without"], "war", "words"))
    assert svg.count("<circle") == svg.count("<rect") == 100
    assert svg.count('fill="var(--with)" stroke') == 15
    assert svg.count('fill="var(--without)" stroke') == 100


@pytest.mark.parametrize("picture", ["hundred", "worlds"])
def test_words_of_a_scenario_are_text(picture):
    if picture == "hundred":
        svg = hundred([1, 2], [HOSTILE, HOSTILE * 20], HOSTILE, HOSTILE)
    else:
        svg = worlds(np.array([0.1, 0.2]), np.array([0.5, 0.5]), 0.01, HOSTILE)
    root = parsed(svg)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert HOSTILE in root.attrib["aria-label"]


@pytest.mark.parametrize(
    "effects",
    [
        np.linspace(-3, 5, 257),
        np.zeros(4),
        np.array([1e-12]),
        np.array([4000.0, -1e5]),
        np.array([np.nan, 2.0, 2.0]),
    ],
    ids=["spread", "none", "tiny", "huge", "partly unknown"],
)
def test_one_dot_for_every_hundredth_inside_the_frame(effects):
    svg = worlds(effects, np.full(effects.size, 1 / effects.size), 0.01, "in 100 crises")
    root = parsed(svg)
    dots = [node for node in root if node.tag.endswith("circle")]
    assert len(dots) == 100
    assert all(0 <= float(dot.attrib["cx"]) <= 500 and 0 <= float(dot.attrib["cy"]) <= 176 for dot in dots)


def test_dots_count_the_weight_on_each_side():
    svg = str(worlds(np.array([3.0, -3.0, 0.0]), np.array([0.6, 0.3, 0.1]), 1.0, "in 100 crises"))
    assert len(re.findall(r'<circle[^>]*fill="var\(--with\)"', svg)) == 60
    assert len(re.findall(r'<circle[^>]*stroke="var\(--without\)"', svg)) == 30
    assert len(re.findall(r'<circle[^>]*fill="var\(--neutral\)"', svg)) == 10


def test_ticks_and_zero_line_agree():
    svg = parsed(worlds(np.array([-6.0, 4.0]), np.array([0.5, 0.5]), 1.0, "in 100 crises"))
    zero = next(node for node in svg if node.attrib.get("stroke-dasharray")).attrib["x1"]
    ticks = {node.text: node.attrib["x"] for node in svg if node.attrib.get("text-anchor") == "middle"}
    assert ticks["0"] == zero
