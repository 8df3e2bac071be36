"""Golden stories: three histories of a small run, whole, as text files beside this one; every number in them computed.

The run is that of ``real_run``; its histories are named by their addresses. The files show what a change of the model
or of the words does to a story; write them anew with ``ESCALADE_GOLDEN=write`` and read the difference.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from escalade.crisis.tree import LIGHT, STAND
from escalade.ensemble.build import stopping_share
from escalade.history.story import Crisis, Move, Raid, Story, Year
from escalade.history.twins import Parting
from escalade.report.narration import LEAST_TOLD
from escalade.report.story import ToldRow, ToldTwins, told
from escalade.report.story_text import as_text
from escalade.study.replay import Replay, Told, replay
from escalade.study.results import StoredRun
from tests.golden import agrees

GOLDEN = Path(__file__).parent / "golden" / "stories"


@dataclass(frozen=True)
class Golden:
    """A history by its address, the policies of the twins, and the width at which it is told."""

    world: int
    history: int
    policy: str
    twin: str
    width: int


STORIES = {
    "a war in one twin only": Golden(23, 9, "as_is", "no_shield", 80),
    "restraint bought, side by side": Golden(23, 13, "as_is", "no_shield", 100),
    "a war with deeper stocks": Golden(29, 8, "deeper_stocks", "as_is", 80),
}


def replayed(run: StoredRun, name: str) -> tuple[Replay, ToldTwins]:
    golden = STORIES[name]
    one = replay(run, world=golden.world, history=golden.history, policy=golden.policy, twin=golden.twin)
    return one, told(one, "tiny.run")


@pytest.mark.parametrize("name", STORIES)
def test_the_story_is_the_golden_one(real_run: StoredRun, name: str) -> None:
    _, twins = replayed(real_run, name)
    assert agrees(as_text(twins, STORIES[name].width) + "\n", GOLDEN / f"{name}.txt") == ""


@pytest.mark.parametrize("name", STORIES)
def test_every_number_told_is_one_of_the_events(real_run: StoredRun, name: str) -> None:
    one, twins = replayed(real_run, name)
    assert one.twin is not None
    rows = iter(twins.rows)
    for number, years in enumerate(zip(one.told.story.years, one.twin.story.years, strict=True)):
        check(
            next(rows), tuple(set(of_year(told, year)) for told, year in zip((one.told, one.twin), years, strict=True))
        )
        crises = [year.crises for year in years]
        if not crises[0]:
            check(next(rows), ({str(number + 1)},) * 2)
        for left, right in zip(*crises, strict=True):
            check(next(rows), (set(of_crisis(left)), set(of_crisis(right))))
            for at in range(max(len(left.moves), len(right.moves))):
                known = [set(of_move(c.moves[at])) if at < len(c.moves) else set() for c in (left, right)]
                row = next(rows)
                if row.parts:
                    assert one.parting is not None
                    known[1] |= set(of_parting(one.parting))
                check(row, (known[0], known[1]))
    check(next(rows), (set(of_end(one.told.story)), set(of_end(one.twin.story))))
    assert list(rows) == []


def check(row: ToldRow, known: tuple[set[str], ...]) -> None:
    """Every number of a row's sentences is one that the events give."""
    for paragraphs, numbers in zip((row.left, row.right), known, strict=True):
        for text in paragraphs:
            assert set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)) <= numbers, text


def whole(value: float) -> str:
    return f"{math.floor(value + 0.5):,}"


def hundredths(share: float) -> Iterator[str]:
    """A share as a percentage, also where it is next to nothing or all."""
    yield f"{100 * share:.0f}"
    if min(share, 1.0 - share) < LEAST_TOLD:
        yield "1" if share < 0.5 else "99"


def of_year(told: Told, year: Year) -> Iterator[str]:
    yield str(year.number + 1)
    for i in range(2):
        yield from map(whole, (*year.stock[i], sum(year.interceptors[i])))
        yield whole(float(told.world.sides[i]["tolerance"]))


def of_crisis(crisis: Crisis) -> Iterator[str]:
    yield str(crisis.year + 1)
    for factor in (*crisis.stakes, *crisis.resolve):
        yield from (f"{factor:.1f}", f"{factor:.2f}", f"{factor:.0f}")


def of_move(move: Move) -> Iterator[str]:
    for option in move.options:
        yield from (number for share in (option.chance, option.expected) for number in hundredths(share))
        yield f"{100 * option.share:.0f}"
    restraint = sum(option.chance for option in move.options if option.action in (STAND, LIGHT))
    yield from (*hundredths(restraint), *hundredths(restraint - move.bought))
    if move.raid is not None:
        yield from of_raid(move.raid)


def of_raid(raid: Raid) -> Iterator[str]:
    for flight in raid.flights:
        yield from map(whole, (flight.launched, flight.failed, flight.stopped_early, flight.objects, flight.downed))
    for name in ("failed", "stopped_early", "objects"):
        yield whole(sum(getattr(flight, name) for flight in raid.flights))
    for swarm in raid.swarms:
        shot = swarm.intercepted + swarm.harmless_shot
        yield from map(whole, (swarm.left_alone, shot, swarm.harmless_shot, swarm.through))
    for layer in raid.layers:
        yield whole(layer.used)
    yield from map(whole, (raid.interceptors, raid.deaths, raid.calm_deaths, raid.soldiers))
    for lesson in raid.lessons:
        yield from (
            whole(100 * stopping_share(each))
            for each in (lesson.before, lesson.after, lesson.truth, raid.soils[0].night)
        )
    yield "100"


def of_parting(parting: Parting) -> Iterator[str]:
    for move in (parting.one, parting.other):
        if move is not None:
            yield from percentages(move.pressure)
    for option in parting.option or ():
        for value in (option.constant, option.prize, option.price, option.won, option.lost):
            yield from percentages(value)
        for deaths in (option.toll, option.reply_deaths):
            yield from (f"{deaths:.1f}", f"{deaths:,.0f}")


def percentages(value: float) -> Iterator[str]:
    yield from (f"{100 * abs(value):.0f}", f"{100 * abs(value):.1f}")


def of_end(story: Story) -> Iterator[str]:
    yield from map(str, (len(story.years), len(story.crises), story.wars))
    for side in range(2):
        yield from (whole(story.deaths(side)), whole(story.interceptors(side)))
