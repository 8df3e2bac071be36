"""Charts: specifications that hold what they are given, drawn as pictures in which hostile words are text."""

import json
from xml.etree import ElementTree

import pytest

from escalade.report.charts import LETTERS, Chart, PairRow, StepRow, Value, cut, pairs, staircase
from escalade.report.drawing import drawn
from escalade.report.palette import DARK, LIGHT
from escalade.report.tables import Table

HOSTILE = '<script>alert("1")</script> & \u202eabc \U0001f680 {{ 7 * 7 }}'
ROWS = [
    PairRow("war", (Value(7.0, 1.0, 20.0, "7"), Value(6.0, 0.0, 15.0, "6"))),
    PairRow(HOSTILE, (Value(1.0, 1.0, 1.0, "1"), None)),
]
STEPS = [
    StepRow("talks", 100.0, 60.0, (40.0,)),
    StepRow(HOSTILE, 60.0, 7.0, (50.0, 3.0)),
    StepRow("war", 7.0, 0.0, (7.0,)),
]


def chart(specification):
    return Chart(f"{HOSTILE} title", f"{HOSTILE} words", specification, Table("", (), ()))


def values(specification):
    """Every row of data of a specification."""
    found = list(specification.get("datasets", {}).values())
    found += [layer["data"]["values"] for layer in specification["layer"] if "values" in layer.get("data", {})]
    return [row for rows in found for row in rows]


@pytest.mark.parametrize(
    "specification", [pairs(ROWS, "words", "of 100"), staircase(STEPS, "with", "words")], ids=["pairs", "staircase"]
)
def test_a_picture_is_well_formed_described_and_holds_no_markup_of_a_name(specification):
    root = ElementTree.fromstring(str(drawn(chart(specification))))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].startswith(HOSTILE)
    assert [node.tag.split("}")[1] for node in root[:2]] == ["title", "desc"]
    assert not [node for node in root.iter() if node.tag.endswith(("script", "image", "foreignObject"))]
    texts = [node.text for node in root.iter() if node.tag.endswith("}text")]
    assert any("<script>" in (text or "") for text in texts)
    assert not [value for node in root.iter() for name, value in node.attrib.items() if "http" in value]


@pytest.mark.parametrize(
    "specification", [pairs(ROWS, "words", "of 100"), staircase(STEPS, "without", "words")], ids=["pairs", "staircase"]
)
def test_every_colour_is_one_of_the_palette(specification):
    import re

    picture = str(drawn(chart(specification)))
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', picture))
    assert used <= set(LIGHT.values())
    assert LIGHT["without"] in used


def test_a_specification_is_plain_and_the_same_every_time():
    assert json.dumps(pairs(ROWS, "words", "of 100")) == json.dumps(pairs(ROWS, "words", "of 100"))


def test_pairs_hold_every_value_and_tell_the_policies_apart():
    rows = [row for row in values(pairs(ROWS, "words", "of 100")) if "kind" in row]
    assert [(row["kind"], row["mean"], row["low"], row["high"]) for row in rows] == [
        ("with", 7.0, 1.0, 20.0),
        ("without", 6.0, 0.0, 15.0),
        ("with", 1.0, 1.0, 1.0),
    ]


def test_the_steps_of_a_staircase_add_up():
    rows = values(staircase(STEPS, "with", "words"))
    stays = [row["to"] - row["from"] for row in rows if row.get("part") == "stays"]
    assert stays == [7.0, 50.0, 3.0, 40.0]
    assert [row["words"] for row in rows if "words" in row and "part" not in row] == ["7", "53", "40"]
    assert [row["words"] for row in rows if row.get("inside")] == ["50"]


def test_long_labels_are_cut():
    assert cut("short") == "short"
    assert len(cut("a word " * 40)) <= LETTERS


def test_light_and_dark_have_the_same_roles_and_no_colour_twice():
    assert LIGHT.keys() == DARK.keys()
    assert len(set(LIGHT.values())) == len(LIGHT)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "with", "without", "neutral"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_words_stand_out_from_their_ground(colours, role, ground):
    """Contrast of at least 4.5 to 1 (WCAG 2.2, criterion 1.4.3)."""

    def luminance(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    one, other = sorted((luminance(colours[role]), luminance(colours[ground])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5
