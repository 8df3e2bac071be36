"""Partings in words: each ground, with its numbers in both twins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from escalade.crisis.tree import ANSWER, CLIMB, STAND, YIELD
from escalade.history.story import Option
from escalade.history.twins import Ground, Parting
from escalade.report.partings import parting_told
from tests.report.tales import BORDER_RAID, move, narrator, option

RAIDS = option(CLIMB, rung=BORDER_RAID, strike=BORDER_RAID)
START = "Here the paths part: "


def told(ground: Ground, options: tuple[Option, Option] | None, **moves: Any) -> str:
    both = {"one": move(pressure=0.02), "other": move(pressure=0.15)} | moves
    return parting_told(
        narrator(), narrator("no_shield"), Parting((0, 0, 0), 0, both["one"], both["other"], ground, options)
    )


def pair(action: int = CLIMB, **fields: tuple[float, float]) -> tuple[Option, Option]:
    """An option in both twins, that differs in these fields."""
    one, other = (
        option(action, rung=BORDER_RAID, **{name: values[k] for name, values in fields.items()}) for k in (0, 1)
    )
    return one, other


CASES: list[tuple[Ground, tuple[Option, Option], str]] = [
    ("toll", pair(toll=(12.4, 160.2)),
     "with the shield, North reckons that climbing (A raid across the border) will cost it 12 dead in the end; without "
     "the shield, 160 dead."),
    ("toll", pair(STAND, toll=(0.01, 1.26)),
     "with the shield, North reckons that standing down will cost it no dead in the end; without the shield, 1.3 "
     "dead."),
    ("price", pair(ANSWER, price=(0.021, 0.15)),
     "with the shield, North reckons that after striking costs and pressure of 2.1 % of a usual stake await it; "
     "without "
     "the shield, 15 %."),
    ("won", pair(ANSWER, won=(0.3, 0.2)),
     "with the shield, North reckons to win 30 % of a usual stake after striking; without the shield, 20 %."),
    ("won", pair(ANSWER, won=(-0.3, -0.2)),
     "with the shield, North reckons to give up 30 % of a usual stake after striking; without the shield, 20 %."),
    ("lost", pair(ANSWER, lost=(-0.03, -0.2)),
     "with the shield, North reckons to lose 3.0 % of a usual stake to South after striking; without the shield, 20 "
     "%."),
    ("lost", pair(ANSWER, lost=(0.03, 0.2)),
     "with the shield, North reckons that South will concede 3.0 % of a usual stake after striking; without the "
     "shield, "
     "20 %."),
    ("lost", pair(ANSWER, lost=(0.03, -0.2)),
     "with the shield, North reckons to gain 3.0 % of a usual stake by what South does after striking; without the "
     "shield, to lose 20 %."),
    ("prize", pair(ANSWER, prize=(0.3, 0.2)),
     "with the shield, North reckons to win 30 % of a usual stake by striking; without the shield, 20 %."),
    ("prize", pair(YIELD, prize=(-0.3, -0.2)),
     "with the shield, North reckons to give up 30 % of a usual stake by backing down; without the shield, 20 %."),
    ("cost", pair(ANSWER, constant=(-0.3, -0.2)),
     "with the shield, North reckons that striking will cost it 30 % of a usual stake; without the shield, 20 %."),
]  # fmt: skip


@pytest.mark.parametrize(("ground", "options", "words"), CASES)
def test_a_parting_in_words(ground: Ground, options: tuple[Option, Option], words: str) -> None:
    assert told(ground, options) == START + words


def test_a_deadlier_reply_is_told_beside() -> None:
    options = pair(ANSWER, won=(0.3, 0.2), reply=(1, 1), reply_deaths=(12.0, 160.0))
    assert told("won", options).endswith("20 %. A full reply by South would mean 12 dead with the shield, 160 dead "
                                         "without "
                                         "the shield.")  # fmt: skip
    alike = pair(ANSWER, won=(0.3, 0.2), reply=(1, 1), reply_deaths=(150.0, 160.0))
    assert "full reply" not in told("won", alike)


def test_partings_without_an_option() -> None:
    assert told("pressure", None) == (
        START
        + "with the shield, the strike just suffered presses North by 2.0 % of a usual stake to answer it; without "
        "the shield, by 15 %."
    )
    assert told("crisis", None, one=None) == START + "this quarrel comes up without the shield only."
    assert told("crisis", None, other=None) == START + "this quarrel comes up with the shield only."
    assert told("accident", None).endswith("does not happen in the other.")


def test_means() -> None:
    able, unable = move(RAIDS), move(option(STAND))
    assert told("means", None, one=able, other=unable) == (
        START + "without the shield, North has not the means for the other step."
    )
    assert told("means", None, one=unable, other=move(RAIDS, option(STAND))) == (
        START + "with the shield, North has not the means for the other step."
    )


def test_where_the_numbers_read_the_same_the_chances_are_told() -> None:
    one, other = move(RAIDS, option(STAND), pressure=0.1), move(replace(RAIDS, chance=0.44), option(STAND), chosen=1)
    words = (
        START
        + "with the shield, climbing (A raid across the border) has a chance of 50 %; without the shield, of 44 %. "
        "The same luck falls between the two."
    )
    assert told("toll", pair(toll=(0.01, 0.03)), one=one, other=other) == words
    assert told("won", pair(won=(0.3001, 0.3002)), one=one, other=other) == words
    assert told("pressure", None, one=one, other=replace(other, pressure=0.1001)) == words
