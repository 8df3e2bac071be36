"""A history told beside its twin: rows of two columns, for terminal and report, and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from escalade.history.story import Crisis, Move
from escalade.history.twins import paired_crises
from escalade.quantities import listed
from escalade.report.amounts import years
from escalade.report.narrated_raid import lessons_told, raid_told
from escalade.report.narration import (
    NO_CRISIS,
    Narrator,
    crisis_begins,
    crisis_in_short,
    end,
    held_back,
    move_made,
    narrator,
    nothing_more,
    war_begins,
    year_begins,
)
from escalade.report.partings import parting_told
from escalade.report.sentences import wording
from escalade.study.replay import RULES, Replay, replays

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

Kind = Literal["year", "crisis", "move", "end"]
"""What a row tells: a year or a quarrel begins, a move with what came of it, the end."""

TITLES = {
    "war": "How a war comes",
    "restraint": "How restraint holds",
    "turn": "Where war comes to one twin only",
}
"""The pairs of twins of a report, by the rule that picks them."""


@dataclass(frozen=True)
class ToldRow:
    """One step of a told pair of twins, as plain sentences.

    left, right : paragraphs of either column; equal where both twins say the same, empty where one has nothing to say
    parts : here the paths part; the last paragraph on the right says why
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: Kind
    parts: bool = False

    @property
    def same(self) -> bool:
        """Whether both columns say the same."""
        return self.left == self.right


@dataclass(frozen=True)
class ToldTwins:
    """A history and its twin in sentences.

    title : a few words; opening : whose history it is and how it was picked; left, right : what the columns are
        ("with the shield"; right is empty for a history without a twin)
    rows : in order; note : how to read the numbers; command : what prints the same in a terminal
    """

    title: str
    opening: str
    left: str
    right: str
    rows: tuple[ToldRow, ...]
    note: str
    command: str


NOTE = (
    "A number in brackets is how likely a step was for this side as determined as it is; what the other had expected "
    "averages over all that it might have been. A usual stake is what a typical quarrel is worth to a side. What a "
    "shield is believed to stop: of 100 threats, where it was built to stop 90."
)


def told_twins(run: StoredRun) -> tuple[ToldTwins, ...]:
    """Three histories of a run and their twins: one with war, one with restraint, one in which the policy turns it.

    The focus (or the first other policy) against the baseline. A kind of which the run has no history is left out;
    so are all of them if the run has one policy only, or no years yet. Raises ``EscaladeError`` with the reason if
    this version cannot make the histories again.
    """
    scenario = run.plan.scenario
    policies = [name for name in (scenario.focus, *run.plan.policies) if name != scenario.baseline]
    if not policies or run.results.period is None:
        return ()
    found = list(replays(run, list(TITLES), policies[0], scenario.baseline))
    return tuple(told(one, run.folder.path.name, TITLES[one.show]) for one in found if one.show)


def told(one: Replay, folder: str, title: str = "", *, short: bool = False) -> ToldTwins:
    """A replay in sentences.

    folder : of the run, for the command that prints the same
    short : quarrels without war in which both twins do the same are told in one sentence each
    """
    words = wording(one.scenario).policies
    twin = "" if one.twin is None else words[one.twin.policy]
    return ToldTwins(
        title,
        _opening(one),
        words[one.told.policy],
        twin,
        tuple(_rows(one, short)),
        NOTE,
        _command(one, folder),
    )


def narrators(one: Replay) -> tuple[Narrator, Narrator]:
    """Narrators of a history and of its twin (of itself, where it has none)."""
    return narrator(one, one.told), narrator(one, one.twin or one.told)


def _opening(one: Replay) -> str:
    names = listed([one.names.vocabulary.sides[side] for side in one.names.sides])
    span = years(one.scenario.years)
    place = f"{names}, {span}; set of assumptions {one.world}, history {one.history}"
    return f"{place}: {RULES[one.show].words}." if one.show else f"{place}."


def _command(one: Replay, folder: str) -> str:
    twin = " --alone" if one.twin is None else f" --twin {one.twin.policy}"
    return f"escalade replay {folder} --world {one.world} --history {one.history} --policy {one.told.policy}{twin}"


def _rows(one: Replay, short: bool) -> Iterator[ToldRow]:
    mine, theirs = narrators(one)
    if one.twin is None:
        yield from _alone(one, mine, short)
        return
    pairs = list(paired_crises(one.told.story, one.twin.story))
    for left, right in zip(one.told.story.years, one.twin.story.years, strict=True):
        yield ToldRow((year_begins(mine, left),), (year_begins(theirs, right),), "year")
        here = [pair for pair in pairs if next(each for each in pair if each is not None).year == left.number]
        if not here:
            quiet = (NO_CRISIS.format(number=left.number + 1),)
            yield ToldRow(quiet, quiet, "crisis")
        for left_crisis, right_crisis in here:
            if short and left_crisis and right_crisis and _alike(left_crisis, right_crisis):
                columns = ((crisis_in_short(mine, left_crisis),), (crisis_in_short(theirs, right_crisis),))
                yield ToldRow(*columns, "crisis")
            else:
                yield from _crisis_rows(one, mine, theirs, left_crisis, right_crisis)
    yield ToldRow((end(mine, one.told.story),), (end(theirs, one.twin.story),), "end")


def _alike(left: Crisis, right: Crisis) -> bool:
    """Whether both twins do the same in a quarrel, and no war comes of it."""
    steps = [[(move.side, move.action, move.rung) for move in crisis.moves] for crisis in (left, right)]
    return steps[0] == steps[1] and left.war is None and right.war is None


def _alone(one: Replay, mine: Narrator, short: bool) -> Iterator[ToldRow]:
    """The rows of a history without a twin: nothing on the right."""
    for year in one.told.story.years:
        yield ToldRow((year_begins(mine, year),), (), "year")
        if not year.crises:
            yield ToldRow((NO_CRISIS.format(number=year.number + 1),), (), "crisis")
        for crisis in year.crises:
            if short and crisis.war is None:
                yield ToldRow((crisis_in_short(mine, crisis),), (), "crisis")
                continue
            yield ToldRow((crisis_begins(mine, crisis),), (), "crisis")
            for move in crisis.moves:
                yield ToldRow(tuple(_paragraphs(mine, crisis, move)), (), "move")
    yield ToldRow((end(mine, one.told.story),), (), "end")


def _crisis_rows(
    one: Replay, mine: Narrator, theirs: Narrator, left: Crisis | None, right: Crisis | None
) -> Iterator[ToldRow]:
    parting = one.parting
    there = left if left is not None else right
    here = parting if parting is not None and there is not None and parting.address == there.address else None
    words = () if here is None else (parting_told(mine, theirs, here),)
    begins = [
        () if crisis is None else (crisis_begins(tell, crisis),) for tell, crisis in ((mine, left), (theirs, right))
    ]
    alone = left is None or right is None
    yield ToldRow(begins[0], (*begins[1], *(words if alone else ())), "crisis", bool(words) and alone)
    moves = [() if crisis is None else crisis.moves for crisis in (left, right)]
    for at, pair in enumerate(zip_longest(*moves)):
        columns = [
            _column(tell, crisis, move, at)
            for tell, crisis, move in zip((mine, theirs), (left, right), pair, strict=True)
        ]
        parts = here is not None and not alone and at == here.at
        yield ToldRow(columns[0], (*columns[1], *(words if parts else ())), "move", parts)


def _column(tell: Narrator, crisis: Crisis | None, move: Move | None, at: int) -> tuple[str, ...]:
    """What one twin has to say of move number ``at``; that it is over, once, where only the other one goes on."""
    if crisis is None:
        return ()
    if move is None:
        return (nothing_more(crisis),) if at == len(crisis.moves) else ()
    return tuple(_paragraphs(tell, crisis, move))


def _paragraphs(tell: Narrator, crisis: Crisis, move: Move) -> Iterator[str]:
    """A move with what came of it: the step; the raid; what was learned."""
    step = [move_made(tell, crisis, move), held_back(tell, move), war_begins(tell, move)]
    yield " ".join(sentence for sentence in step if sentence)
    if move.raid is not None:
        yield " ".join(raid_told(tell, move.raid))
        lessons = " ".join(lessons_told(tell, move.raid))
        if lessons:
            yield lessons
