"""Words of when an effect turns: a golden sentence for every template, text of 80 columns, JSON that says the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from escalade.analysis.boxes import Found, Limit, Search
from escalade.analysis.compare import WorldShares
from escalade.analysis.priors import Priors, Tilt, Weighing
from escalade.analysis.sensitivity import Matter, Sensitivity
from escalade.analysis.turning import Turning
from escalade.analysis.turns import Turns
from escalade.report import turns as words
from escalade.report.turns import Told, told
from escalade.report.turns_tables import as_json, as_text, tables
from escalade.scenario import load_scenario
from tests.analysis.test_structure import WAR
from tests.study.fakes import TINY

SCENARIO = load_scenario(TINY)
KEY, OTHER = "sides.north.tolerance", "sides.south.tolerance"


def limit(key: str = KEY, low: float | None = 300.0, high: float | None = None, again: float = 0.8) -> Limit:
    return Limit(key, low, high, (), 0.0004, again, (280.0, 340.0))


def box(*limits: Limit) -> Search:
    return Search(0.27, Found(limits, 0.3, 0.92, 0.55, 0.85, 40.0), 0.02)


NONE = Search(0.3, None, 0.4)
BASE = Weighing("base", "", WorldShares(0.6, 0.1, 0.3), 80.0)
LESS = WorldShares(0.1, 0.7, 0.2)
CLEAR = Matter(KEY, 0.31, True, -0.02, 0.05, 100.0, 900.0)
UNCLEAR = Matter(OTHER, 0.01, False, 0.01, 0.02, 100.0, 900.0)
POINT = Turning(KEY, 512.3, 401.0, 640.0, -0.02, 0.05, 0.99)
TILT = Tilt(KEY, -0.42, 500.0, 380.0, "less", 70.0)


def of(**changed: Any) -> Told:
    weighings = changed.pop("weighings", ())
    tilts = changed.pop("tilts", ())
    matters = changed.pop("matters", (UNCLEAR,))
    found = Turns(
        "as_is", "no_shield", "war", 0.01, 256, 80.0, 33, NONE, NONE, (), Sensitivity(matters, 0.02, 0.1, 4),
        Priors(BASE, tuple(weighings), tuple(tilts)),
    )  # fmt: skip
    return told(replace(found, **changed), SCENARIO, WAR)


NAME = of().name(KEY)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (
            box(limit(), limit(OTHER, None, 900.0)),
            "More war in 92 of 100 sets of assumptions where {a} is at least 300 deaths and {b} is at most 900 deaths; "
            "in 27 of 100 of all sets.",
        ),
        (NONE, "No conditions on up to three inputs tell where there is more war better than chance would."),
        (Search(0.0, None, None), "More war is too rare to look for its conditions: in 0 of 100 sets of assumptions."),
        (
            Search(0.99, None, None),
            "More war nearly everywhere: in 99 of 100 sets of assumptions, whatever the other inputs are.",
        ),
    ],
)
def test_conditions(search: Search, said: str) -> None:
    unit = of().inputs[KEY].unit
    expected = said.format(a=NAME, b=of().name(OTHER)).replace("deaths", unit)
    assert words.box_sentence(of(more=search), True) == expected


def test_how_large_and_how_sure_a_box_is() -> None:
    assert words.box_details(of(less=box(limit(again=0.4))), False) == (
        "These are 30 of 100 sets, with 55 of 100 of those that have less war; in sets that were not looked at expect "
        "it in 85 of 100. In samples drawn anew the same conditions come back in 40 of 100."
    )
    assert words.box_details(of(), False) is None


def test_turning_points() -> None:
    unit = of().inputs[KEY].unit
    assert words.point_sentences(of(points=(POINT,))) == [
        f"Taken alone, {NAME} turns the expected effect from less war to more war at about 512 {unit} "
        f"(90 % interval 401 to 640 {unit})."
    ]
    assert words.point_sentences(of()) == ["No single input that matters turns the sign of the expected effect."]


def test_what_matters_most() -> None:
    second = replace(UNCLEAR, clear=True, share=0.12)
    name = NAME[:1].upper() + NAME[1:]
    assert words.matters_sentence(of(matters=(CLEAR, UNCLEAR))) == (
        f"{name} explains 31 of 100 parts of the spread of the effect over sets of assumptions."
    )
    assert words.matters_sentence(of(matters=(CLEAR, second))) == (
        f"{name} explains 31 of 100 parts of the spread of the effect over sets of assumptions; next is "
        f"{of().name(OTHER)} with 12."
    )
    assert words.matters_sentence(of()) == (
        "No single input explains more of the spread of the effect than chance would: none of 33 can be told from "
        "chance."
    )


def weighing(kind: str, shares: WorldShares = BASE.shares, effective: float = 50.0, key: str = "") -> Weighing:
    return Weighing(kind, key, shares, effective)


HALF, OTHER_HALF = weighing("half", key=KEY), weighing("half", LESS, key=OTHER)
STANDS = "More war prevails, and no tilt of one input by up to two of its standard deviations changes that."


@pytest.mark.parametrize(
    ("weighings", "said"),
    [
        ([], []),
        ([HALF], ["With any one of 1 ranges at half width the verdict stays the same."]),
        (
            [HALF, OTHER_HALF],
            [
                "Of 2 ranges, 1 would change the verdict at half width: {other}.",
                "With all ranges at half width together no set of assumptions is left that could tell.",
            ],
        ),
        (
            [HALF, weighing("half all", LESS, 3.2)],
            [
                "With any one of 1 ranges at half width the verdict stays the same.",
                "With all ranges at half width together too few sets are left to tell (worth 3.2).",
            ],
        ),
        (
            [HALF, weighing("half all", LESS)],
            [
                "With any one of 1 ranges at half width the verdict stays the same.",
                "With all ranges at half width: more in 10, less in 70, neither in 20 of 100 sets.",
            ],
        ),
        (
            [HALF, weighing("half all")],
            [
                "With any one of 1 ranges at half width the verdict stays the same.",
                "With all ranges at half width the verdict stays the same.",
            ],
        ),
        (
            [weighing("record off", LESS)],
            [
                "Without the record of past crises: more in 10, less in 70, neither in 20 of 100 sets; with it 60, 10 "
                "and 30."
            ],
        ),
    ],
)
def test_other_weights(weighings: list[Weighing], said: list[str]) -> None:
    expected = [sentence.format(other=of().name(OTHER)) for sentence in said]
    assert words.priors_sentences(of(weighings=weighings)) == [*expected, STANDS]


def test_the_smallest_tilt() -> None:
    unit = of().inputs[KEY].unit
    assert words.priors_sentences(of(tilts=[TILT])) == [
        "More war prevails; the smallest tilt of one input after which it is less war moves the mean of "
        f"{NAME} by -0.42 of its standard deviations, from 500 to 380 {unit}."
    ]


@pytest.mark.parametrize(
    ("changed", "begins"),
    [
        ({"more": box(limit())}, "More war in 92 of 100"),
        ({"more": box(limit(again=0.1))}, "No conditions that hold firmly were found among 33 inputs."),
        ({"more": box(limit(again=0.1)), "points": (POINT,)}, "Taken alone"),
        ({}, "No conditions that hold firmly"),
    ],
)
def test_the_first_screen_tells_what_is_firm_only(changed: dict[str, Any], begins: str) -> None:
    assert words.first_line(of(**changed))[0].startswith(begins)


FULL = of(
    more=box(limit(), limit(OTHER, None, 900.0)),
    points=(POINT,),
    matters=(CLEAR, UNCLEAR),
    weighings=[HALF, OTHER_HALF, weighing("record off"), weighing("record part", key="0"), weighing("half all")],
    tilts=[TILT],
)


def test_the_text_has_no_line_longer_than_80_columns() -> None:
    text = as_text(FULL, SCENARIO)
    assert max(map(len, text.splitlines())) <= 80
    for said in words.sentences(FULL):
        assert " ".join(said.split()) in " ".join(text.split())


def test_what_cannot_be_told_from_chance_has_no_number() -> None:
    table = next(table for table in tables(FULL, SCENARIO) if "matters" in table.title)
    assert [row.cells[1] for row in table.sections[0].rows] == ["31", "chance"]


def test_json_says_the_same() -> None:
    data = json.loads(json.dumps(as_json(FULL), allow_nan=False))
    assert data["boxes"]["more"]["box"]["limits"][0]["key"] == KEY
    assert data["boxes"]["less"]["box"] is None
    assert data["turning_points"][0]["sentence"] == words.point_sentences(FULL)[0]
    assert [each["kind"] for each in data["priors"]["weighings"]].count("half") == 2
    assert data["matters"]["inputs"][0]["share"] == 0.31
    assert as_json(of())["turning_points"] == []
