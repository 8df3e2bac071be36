"""A history in plain sentences: years, quarrels, moves, ends. Every number is one of the story's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from escalade.crisis.forward import BY_ACCIDENT, FORESEEN, MISJUDGED, TREMBLE
from escalade.crisis.ladder import STOOD, STRUCK, STRUCK_LIGHTLY
from escalade.crisis.tree import ACCIDENT, ANSWER, CLIMB, LIGHT, STAND, THREAT, YIELD
from escalade.ensemble.build import Names
from escalade.history.story import Crisis, Move, Option, Story, Year
from escalade.quantities import listed
from escalade.report.amounts import years
from escalade.report.sentences import wording
from escalade.scenario import Scenario
from escalade.study.replay import Replay, Told
from escalade.worlds import World

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LEAST_DEAD = 0.5
"""Fewer deaths, which are means, are nobody's."""

LEAST_TOLD = 0.005
"""Alternatives that are less likely than this are not told."""

LABELS = {
    FORESEEN: "War begins; {other} had seen it coming.",
    MISJUDGED: "War begins; {other} had misjudged how determined {side} was.",
    TREMBLE: "War begins by a tremble: neither side would have called this step likely.",
    BY_ACCIDENT: "War begins, by nobody's decision.",
}
QUIET = "Nothing more happens in {month}."
NO_CRISIS = "Nothing comes to a head in year {number}."


@dataclass(frozen=True)
class Narrator:
    """Tells one history under one policy."""

    scenario: Scenario
    names: Names
    policy: str
    world: World

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Names of the sides, short ones where there are any."""
        return tuple(self.scenario.sides[side].short or self.scenario.sides[side].name for side in self.names.sides)

    @cached_property
    def rungs(self) -> tuple[str, ...]:
        """Names of the rungs."""
        return tuple(self.names.vocabulary.rungs[rung] for rung in self.names.rungs)

    @cached_property
    def without(self) -> str | None:
        """Words for the baseline's protection; None where that is what the story has."""
        baseline = self.scenario.baseline
        return None if self.policy == baseline else wording(self.scenario).policies[baseline]

    def dead(self, count: float, side: int) -> str:
        """So many of a side's people, as dead: "12 Israelis", "no Israelis", "12 in Israel" if they have no name."""
        told, called = people(count), self.scenario.sides[self.names.sides[side]].people
        if called is None:
            return f"{told} in {self.sides[side]}"
        return f"no {called}" if count < LEAST_DEAD else f"{told} {called}"

    def arm(self, side: int, arm: int) -> str:
        """Name of an arm."""
        return self.names.vocabulary.arms[self.names.sides[side]][self.names.arms[side][arm]]

    def layer(self, side: int, layer: int) -> str:
        """Name of a layer."""
        return self.names.vocabulary.layers[self.names.sides[side]][self.names.layers[side][layer]]


def narrator(replay: Replay, told: Told) -> Narrator:
    """The narrator of one of the twins of a replay."""
    return Narrator(replay.scenario, replay.names, told.policy, told.world)


def year_begins(tell: Narrator, year: Year) -> str:
    """Which year it is, and what every side has; in the first year also what losses it would accept."""
    forces = []
    for i, name in enumerate(tell.sides):
        held = [(year.stock[i][k], tell.arm(i, k)) for k in range(len(tell.names.arms[i]))]
        interceptors = sum(year.interceptors[i])
        items = [f"{arm} ({units:,.0f})" for units, arm in held if units > 0]
        items.append(f"interceptors ({interceptors:,.0f})" if interceptors > 0 else "no interceptors")
        forces.append(f"{name} has {listed(items)}")
    fighting = [i for i, side in enumerate(tell.names.sides) if side in tell.names.vocabulary.fighting]
    accept = [f"{tell.sides[i]} {people(tell.world.sides[i]['tolerance'])}" for i in fighting]
    losses = f" Dead that they would accept to win a usual stake: {listed(accept)}." if year.number == 0 else ""
    return f"Year {year.number + 1}. {'; '.join(forces)}.{losses}"


def crisis_begins(tell: Narrator, crisis: Crisis) -> str:
    """When a quarrel breaks out, how much it matters to whom, who moves first."""
    (one, other), (first, second) = crisis.stakes, crisis.resolve
    names = [tell.sides[side] for side in crisis.sides]
    return (
        f"{month(crisis)}, year {crisis.year + 1}: a quarrel. {names[0]} cares {times(one)} as much as usual, "
        f"{names[1]} {times(other)}; both can see that. What the other cannot see: {names[0]} is {times(first)} as "
        f"determined as it seems, {names[1]} {times(second)}. {tell.sides[crisis.opener]} moves first."
    )


def move_made(tell: Narrator, crisis: Crisis, move: Move) -> str:
    """Who does what, how likely that was, what else might have been done, and what the other side had expected."""
    side, other = tell.sides[move.side], tell.sides[move.other]
    option = move.option
    if option is None:
        strike = move.rung + 1 if move.raid is None else move.raid.strike
        return f"By accident, by nobody's decision, {side} strikes: {tell.rungs[strike]}."
    ends = "; the quarrel ends" if _ends(move) else ""
    alternatives = [
        f"{_might(tell, move, each)}, {percent(each.chance)}"
        for each in sorted(move.options, key=lambda each: -each.chance)
        if each is not option and each.chance >= LEAST_TOLD
    ]
    else_ = f"; it might have {_or(alternatives)}" if alternatives else ""
    return (
        f"{side} {_does(tell, move, option)}{ends} ({percent(option.chance)}{else_}). "
        f"{other} had expected this with {percent(option.expected)}."
    )


def held_back(tell: Narrator, move: Move) -> str | None:
    """How restraint would have fared with the dead of the same salvo behind the baseline's protection."""
    if tell.without is None or move.how not in (STRUCK, STRUCK_LIGHTLY):
        return None
    restraint = sum(option.chance for option in move.options if option.action in (STAND, LIGHT))
    here, there = percent(restraint), percent(restraint - move.bought)
    if here == there:
        return None
    return (
        f"With the dead of the same salvo {tell.without}, {tell.sides[move.side]} would have held back with {there} "
        f"instead of {here}."
    )


def war_begins(tell: Narrator, move: Move) -> str | None:
    """That a war begins with this move, and what kind of war it is."""
    if move.label is None:
        return None
    return LABELS[move.label].format(side=tell.sides[move.side], other=tell.sides[move.other])


def crisis_in_short(tell: Narrator, crisis: Crisis) -> str:
    """A quarrel in a few words: when, who struck first, how far it went, whom it killed, how it ended."""
    raids, war = crisis.raids, crisis.war
    if not raids:
        course = "nobody strikes"
    else:
        rung = max((move.rung if move.option is None else move.option.rung) for move in crisis.moves)
        strikes = "one strike" if len(raids) == 1 else f"{number(len(raids))} strikes"
        course = f"{tell.sides[raids[0].striker]} strikes first; {strikes}, up to: {tell.rungs[rung]}"
    soils = [soil for raid in raids for soil in raid.soils]
    where = dict.fromkeys((*crisis.sides, *(soil.side for soil in soils)))
    dead = [tell.dead(sum(soil.deaths for soil in soils if soil.side == side), side) for side in where]
    toll = f"; dead: {listed(dead)}" if raids else ""
    last = crisis.yielded
    ending = "both stand down" if last is None else f"{tell.sides[last.side]} backs down"
    return (
        f"{month(crisis)}, year {crisis.year + 1}: a quarrel, in short. {course[:1].upper()}{course[1:]}{toll}; "
        f"{'no war' if war is None else 'war'}; {ending}."
    )


def end(tell: Narrator, story: Story) -> str:
    """What came of the years, in one sentence."""
    wars, crises = story.wars, len(story.crises)
    used = [(story.interceptors(i), name) for i, name in enumerate(tell.sides)]
    gone = [f"{count:,} by {name}" for count, name in used if count]
    parts = [
        f"{number(crises)} {'crisis' if crises == 1 else 'crises'}",
        f"{number(wars)} {'wars' if wars > 1 else 'war'}",
        f"dead: {listed([tell.dead(story.deaths(i), i) for i in range(len(tell.sides))])}",
        f"interceptors used: {listed(gone)}" if gone else "no interceptor used",
    ]
    return f"In the end, after {years(len(story.years))}: {', '.join(parts)}."


def nothing_more(crisis: Crisis) -> str:
    """Said where the twin goes on with a quarrel that is over here."""
    return QUIET.format(month=month(crisis))


def _or(alternatives: Sequence[str]) -> str:
    """Alternatives in a row; as each holds a comma, one stands before the last "or" too."""
    return ", ".join([*alternatives[:-1], f"or {alternatives[-1]}"] if len(alternatives) > 1 else alternatives)


def _ends(move: Move) -> bool:
    return move.action == YIELD or (move.action == STAND and move.how == STOOD)


def _does(tell: Narrator, move: Move, option: Option) -> str:
    """What an option is, as something done now."""
    if option.action == STAND:
        return "stands down too" if move.how == STOOD else "stands down"
    if option.action == YIELD:
        return f"backs down and gives up {percent(option.share)} of what is at issue"
    if option.action == THREAT:
        return f"threatens: {tell.rungs[option.rung]}"
    strike = tell.rungs[option.rung if option.strike is None else option.strike]
    if option.action == LIGHT:
        return f"replies lightly: {strike}"
    if option.action == CLIMB:
        return f"{'strikes first' if move.raid is not None and move.raid.opens else 'climbs'}: {strike}"
    return f"{'answers' if move.how in (STRUCK, STRUCK_LIGHTLY) else 'strikes'}: {strike}"


def _might(tell: Narrator, move: Move, option: Option) -> str:
    """What an option is, as something that was not done."""
    if option.action == STAND:
        return "stood down"
    if option.action == YIELD:
        return "backed down"
    strike = tell.rungs[option.rung]
    verbs = {THREAT: "threatened", LIGHT: "replied lightly", ANSWER: "answered", CLIMB: "climbed", ACCIDENT: "struck"}
    verb = verbs[option.action]
    if option.action == ANSWER and move.how not in (STRUCK, STRUCK_LIGHTLY):
        verb = "struck"
    return f"{verb} ({strike})" if option.action in (CLIMB, THREAT) else verb


def month(crisis: Crisis) -> str:
    """Month of the date of a crisis, twelve equal months to the year."""
    return MONTHS[min(11, int(12 * crisis.date))]


def number(count: int) -> str:
    """A whole number, in words if it is small."""
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def times(factor: float) -> str:
    """A factor: "1.3 times", "12 times", "0.05 times"."""
    digits = 0 if factor >= 10 else 1 if factor >= 0.1 else 2
    return f"{factor:.{digits}f} times"


def percent(share: float) -> str:
    """A probability or share as a whole percentage; what is not quite nothing or all says so."""
    if 0.0 < share < LEAST_TOLD:
        return "under 1 %"
    if 1.0 - LEAST_TOLD < share < 1.0:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def people(count: float) -> str:
    """A number of people. The model's deaths are means and may be fractional: less than one half is nobody."""
    return f"{math.floor(count + 0.5):,}" if count >= LEAST_DEAD else "nobody"
