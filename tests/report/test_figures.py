"""Pictures: as many filled cases as there are, a hundred dots near their values, hostile words as text."""

from xml.etree import ElementTree

import numpy as np
import pytest

from escalade.report.figures import FARTHEST, HEIGHT, LARGEST, WIDTH, cases, signed, two_levels, worlds
from escalade.report.palette import LIGHT

HOSTILE = '<script>alert("1")</script> & \u202eabc \U0001f680'
FILLED, HOLLOW, SMALL = LIGHT["with"], LIGHT["without"], LIGHT["neutral"]


def parsed(svg):
    return ElementTree.fromstring(str(svg))


def dots(svg):
    return [node for node in parsed(svg) if node.tag.endswith("circle")]


def drawn(effects, margin=0.01):
    effects = np.array(effects, dtype=float)
    return worlds(effects, np.full(effects.size, 1 / effects.size), margin, "in 100 crises", "a title")


@pytest.mark.parametrize("count", [0, 1, 15, 100])
def test_a_hundred_cases_with_the_right_number_filled(count):
    marks = dots(cases(count, "with", "words"))
    assert len(marks) == 100
    assert [mark.attrib["fill"] for mark in marks] == [FILLED] * count + ["none"] * (100 - count)
    assert str(cases(count, "without", "words")).count("<rect") == 100


@pytest.mark.parametrize(
    "svg",
    [
        cases(3, "with", HOSTILE),
        two_levels(1.0, 2.0, 100.0, HOSTILE),
        worlds(np.array([0.1, 0.2]), np.array([0.5, 0.5]), 0.01, HOSTILE, HOSTILE),
    ],
    ids=["cases", "two levels", "worlds"],
)
def test_words_of_a_scenario_are_text(svg):
    root = parsed(svg)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert HOSTILE in root.attrib["aria-label"]
    assert HOSTILE in root[0].text


@pytest.mark.parametrize(
    "effects",
    [
        np.linspace(-3, 5, 257),
        np.zeros(4),
        [1e-12],
        [4000.0, -1e5],
        [np.nan, 2.0, 2.0],
        [0.02] * 99 + [50.0],
    ],
    ids=["spread", "none", "tiny", "huge", "partly unknown", "crowded"],
)
def test_one_dot_for_every_hundredth_inside_the_frame(effects):
    marks = dots(drawn(effects))
    assert len(marks) == 100
    assert all(0 <= float(mark.attrib["cx"]) <= WIDTH and 0 <= float(mark.attrib["cy"]) <= HEIGHT for mark in marks)


def test_no_two_dots_cover_each_other():
    marks = dots(drawn(np.random.default_rng(3).normal(size=400), margin=0.2))
    places = {(mark.attrib["cx"], mark.attrib["cy"]) for mark in marks}
    assert len(places) == 100


def test_dots_count_the_weight_on_each_side():
    marks = dots(worlds(np.array([3.0, -3.0, 0.0]), np.array([0.6, 0.3, 0.1]), 1.0, "in 100 crises", "words"))
    looks = [(mark.attrib["fill"], mark.attrib.get("stroke")) for mark in marks]
    assert looks.count((FILLED, None)) == 60
    assert looks.count(("none", HOLLOW)) == 30
    assert looks.count((SMALL, None)) == 10


def test_a_dot_stands_near_its_value_and_on_its_side_of_the_margin():
    values = np.linspace(-3.0, 9.0, 100)
    svg = drawn(values, margin=1.0)
    band = next(node for node in parsed(svg) if node.tag.endswith("rect"))
    left = float(band.attrib["x"])
    unit = float(band.attrib["width"]) / 2
    for value, mark in zip(values, dots(svg), strict=True):
        x = float(mark.attrib["cx"])
        assert abs(x - (left + (value + 1.0) * unit)) <= FARTHEST * LARGEST
        assert (x > left + 2 * unit) == (value > 1.0)
        assert (x < left) == (value < -1.0)


def test_the_line_of_no_difference_stands_at_the_tick_of_nothing():
    root = parsed(drawn([-6.0, 4.0], margin=1.0))
    zero = next(node for node in root if node.attrib.get("stroke-dasharray")).attrib["x1"]
    ticks = {node.text: node.attrib["x"] for node in root if node.tag.endswith("text")}
    assert ticks["0"] == zero


def test_two_levels_stand_in_their_order():
    root = parsed(two_levels(68.0, 50.0, 100.0, "words"))
    circle = next(node for node in root if node.tag.endswith("circle"))
    square = next(node for node in root if node.tag.endswith("rect"))
    assert float(square.attrib["x"]) < float(circle.attrib["cx"])


@pytest.mark.parametrize(("value", "words"), [(0.0, "0"), (-2.0, "\u22122"), (0.25, "+0.25"), (12345.6, "+12,346")])
def test_signs(value, words):
    assert signed(value) == words
