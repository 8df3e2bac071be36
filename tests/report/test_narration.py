"""Years, quarrels, moves and ends in words: made-up events, and the sentences that they must give."""

from __future__ import annotations

from typing import Any

import pytest

from escalade.crisis.ladder import OPEN, STOOD, STRUCK, STRUCK_LIGHTLY
from escalade.crisis.tree import ACCIDENT, ANSWER, CLIMB, LIGHT, STAND, THREAT, YIELD
from escalade.history.story import Move, Story, Year
from escalade.report import narration
from escalade.report.narration import (
    crisis_begins,
    crisis_in_short,
    end,
    held_back,
    listed,
    month,
    move_made,
    nothing_more,
    number,
    people,
    percent,
    times,
    war_begins,
    year_begins,
)
from tests.report.tales import BORDER_RAID, NORTH, OPEN_WAR, SOUTH, TALKS, crisis, move, narrator, option, raid

LIKELY = {"chance": 0.54, "expected": 0.41}
STANDS = option(STAND, chance=0.31)
RAIDS = option(CLIMB, rung=BORDER_RAID, strike=BORDER_RAID, **LIKELY)


def struck(*options: Any, **fields: Any) -> Move:
    return move(*options, how=STRUCK, rung=BORDER_RAID, **fields)


MOVES = {
    "strikes first": (
        move(RAIDS, STANDS, option(THREAT, rung=BORDER_RAID, chance=0.15), raid=raid(opens=True)),
        "North strikes first: A raid across the border (54 %; it might have stood down, 31 %, or threatened (A raid "
        "across the border), 15 %). South had expected this with 41 %.",
    ),
    "climbs": (
        struck(option(CLIMB, rung=OPEN_WAR, strike=OPEN_WAR, **LIKELY), raid=raid()),
        "North climbs: Open war (54 %). South had expected this with 41 %.",
    ),
    "threatens": (
        move(option(THREAT, rung=BORDER_RAID, **LIKELY)),
        "North threatens: A raid across the border (54 %). South had expected this with 41 %.",
    ),
    "answers": (
        struck(option(ANSWER, rung=BORDER_RAID, strike=BORDER_RAID, chance=0.999, expected=0.001), raid=raid()),
        "North answers: A raid across the border (over 99 %). South had expected this with under 1 %.",
    ),
    "strikes again": (
        move(option(ANSWER, rung=BORDER_RAID, strike=BORDER_RAID, **LIKELY), how=STOOD, raid=raid()),
        "North strikes: A raid across the border (54 %). South had expected this with 41 %.",
    ),
    "replies lightly": (
        struck(option(LIGHT, rung=OPEN_WAR, strike=BORDER_RAID, **LIKELY), raid=raid()),
        "North replies lightly: A raid across the border (54 %). South had expected this with 41 %.",
    ),
    "stands down": (
        struck(
            option(STAND, **LIKELY),
            option(YIELD, chance=0.2),
            option(LIGHT, chance=0.15),
            option(ANSWER, chance=0.1),
            option(CLIMB, rung=OPEN_WAR, chance=0.004),
        ),
        "North stands down (54 %; it might have backed down, 20 %, replied lightly, 15 %, or answered, 10 %). "
        "South had expected this with 41 %.",
    ),
    "stands down last": (
        move(option(STAND, **LIKELY), option(ANSWER, chance=0.46), how=STOOD),
        "North stands down too; the quarrel ends (54 %; it might have struck, 46 %). South had expected this with 41 "
        "%.",
    ),
    "backs down": (
        move(option(YIELD, share=0.15, **LIKELY), rung=BORDER_RAID),
        "North backs down and gives up 15 % of what is at issue; the quarrel ends (54 %). "
        "South had expected this with 41 %.",
    ),
    "accident": (
        Move(0, SOUTH, NORTH, BORDER_RAID, OPEN, (0, 0), ACCIDENT, (), None, 0.0, 0.0, 0.0, 3, raid(strike=OPEN_WAR)),
        "By accident, by nobody's decision, South strikes: Open war.",
    ),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_move_in_words(name: str) -> None:
    made, words = MOVES[name]
    assert move_made(narrator(), crisis(made), made) == words


def test_every_action_has_its_words() -> None:
    for action in (YIELD, STAND, LIGHT, ANSWER, CLIMB, THREAT):
        for how in (OPEN, STRUCK, STRUCK_LIGHTLY, STOOD):
            options = option(action, rung=BORDER_RAID, strike=BORDER_RAID), option(STAND, chance=0.2)
            assert "North" in move_made(narrator(), crisis(), move(*options, how=how))
            assert "might have" in move_made(narrator(), crisis(), move(*options, chosen=1, how=how))


def test_a_quarrel_begins() -> None:
    assert crisis_begins(narrator(), crisis()) == (
        "March, year 1: a quarrel. North cares 1.3 times as much as usual, South 0.8 times; both can see that. What "
        "the "
        "other cannot see: North is 1.0 times as determined as it seems, South 2.0 times. North moves first."
    )


def test_restraint_is_told_where_the_protection_buys_any() -> None:
    made = struck(option(STAND, chance=0.5), option(LIGHT, chance=0.13), option(ANSWER, chance=0.37), bought=0.41)
    assert held_back(narrator(), made) == (
        "With the dead of the same salvo without the shield, North would have held back with 22 % instead of 63 %."
    )
    assert held_back(narrator("no_shield"), made) is None
    assert held_back(narrator(), struck(option(STAND, chance=0.5), bought=0.0001)) is None
    assert held_back(narrator(), move(option(STAND), bought=0.4)) is None


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (0, "War begins; South had seen it coming."),
        (1, "War begins; South had misjudged how determined North was."),
        (2, "War begins by a tremble: neither side would have called this step likely."),
        (3, "War begins, by nobody's decision."),
        (None, None),
    ],
)
def test_a_war_begins(label: int | None, words: str | None) -> None:
    assert war_begins(narrator(), move(label=label)) == words


def test_a_year_begins_with_forces_and_once_with_tolerances() -> None:
    first = Year(0, ((60.0,), (1200.0, 0.0)), ((40.0,), (30.0, 1.0)), ((20.0, 46.0), (0.0,)), ())
    told = year_begins(narrator(), first)
    north, south = (int(narrator().world.sides[i]["tolerance"]) for i in (NORTH, SOUTH))
    assert told == (
        "Year 1. North has strike aircraft (60) and interceptors (66); South has ballistic missiles (1,200) and no "
        f"interceptors. Dead that they would accept to win a usual stake: North {north} and South {south}."
    )
    assert year_begins(narrator(), Year(1, *(first.stock, first.launch, first.interceptors), ())).endswith(
        "interceptors."
    )


def story(*crises: Any) -> Story:
    return Story((Year(0, (), (), (), crises), Year(1, (), (), (), ())))


def test_the_end() -> None:
    fought = crisis(move(raid=raid()), move(raid=raid(deaths=2.4), label=0))
    assert end(narrator(), story(fought, crisis())) == (
        "In the end, after 2 years: two crises, one war, dead: 7 Northerners and no Southerners, interceptors used: "
        "142 by North."
    )
    assert end(narrator(), story()) == (
        "In the end, after 2 years: no crises, no war, dead: no Northerners and no Southerners, no interceptor used."
    )
    assert "one crisis, no war" in end(narrator(), story(crisis()))


def test_a_quarrel_in_short() -> None:
    fought = crisis(move(raid=raid(opens=True)), move(RAIDS, raid=raid()), move(option(YIELD), rung=BORDER_RAID))
    assert crisis_in_short(narrator(), fought) == (
        "March, year 1: a quarrel, in short. South strikes first; two strikes, up to: A raid across the border; "
        "dead: 8 Northerners and no Southerners; no war; North backs down."
    )
    assert crisis_in_short(narrator(), crisis(move(STANDS), move(STANDS, how=STOOD))) == (
        "March, year 1: a quarrel, in short. Nobody strikes; no war; both stand down."
    )


def test_twelve_months() -> None:
    assert [month(crisis(date=(k + 0.5) / 12)) for k in range(12)] == list(narration.MONTHS)
    assert month(crisis(date=1.0 - 1e-16)) == "December"
    assert nothing_more(crisis()) == "Nothing more happens in March."


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (percent(0.0), "0 %"),
        (percent(0.004), "under 1 %"),
        (percent(0.006), "1 %"),
        (percent(0.5449), "54 %"),
        (percent(0.996), "over 99 %"),
        (percent(1.0), "100 %"),
        (people(0.0), "nobody"),
        (people(0.49), "nobody"),
        (people(0.5), "1"),
        (people(2.5), "3"),
        (people(1234.4), "1,234"),
        (times(12.4), "12 times"),
        (times(1.26), "1.3 times"),
        (times(0.04), "0.04 times"),
        (number(0), "no"),
        (number(12), "twelve"),
        (number(1300), "1,300"),
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(["a", "b"]), "a and b"),
        (listed(["a", "b", "c"], "or"), "a, b or c"),
    ],
)
def test_numbers_and_lists_in_words(said: str, words: str) -> None:
    assert said == words


def test_rungs_and_arms_go_by_their_names() -> None:
    tell = narrator()
    assert tell.rungs == ("Talks", "A raid across the border", "Open war")
    assert (tell.arm(SOUTH, 1), tell.layer(NORTH, 0)) == ("nuclear missiles", "The ally's upper layer")
    assert tell.rungs[TALKS] == "Talks"
