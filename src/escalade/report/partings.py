"""Where twins part, in words: what differs there, with its numbers in both."""

from __future__ import annotations

from collections.abc import Sequence

from escalade.crisis.tree import ANSWER, CLIMB, LIGHT, STAND, THREAT, YIELD
from escalade.history.story import Move, Option
from escalade.history.twins import Ground, Parting
from escalade.report.narration import Narrator, percent
from escalade.report.sentences import wording

HERE = "Here the paths part: {reason}"
NOTABLE = 0.2
"""Deaths by a full reply that differ by a smaller share than this are not told."""
DOING = {
    YIELD: "backing down",
    STAND: "standing down",
    LIGHT: "replying lightly",
    ANSWER: "striking",
    CLIMB: "climbing ({rung})",
    THREAT: "threatening ({rung})",
}
RECKONS = {
    "toll": "that {doing} will cost it {value} in the end",
    "price": "that after {doing} costs and pressure of {value} of a usual stake await it",
    "won": "to win {value} of a usual stake after {doing}",
    "given up": "to give up {value} of a usual stake after {doing}",
    "lost": "to lose {value} of a usual stake to {rival} after {doing}",
    "conceded": "that {rival} will concede {value} of a usual stake after {doing}",
    "lost or conceded": "to {value} of a usual stake by what {rival} does after {doing}",
    "prize": "to win {value} of a usual stake by {doing}",
    "given up now": "to give up {value} of a usual stake by {doing}",
    "cost": "that {doing} will cost it {value} of a usual stake",
}
CHANCES = "{here}, {doing} has a chance of {one}; {there}, of {other}. The same luck falls between the two."
"""What a side reckons with, by the ground of the parting and the signs of its numbers."""


def parting_told(tell: Narrator, twin: Narrator, parting: Parting) -> str:
    """The sentence that marks the parting of two twins. ``tell``, ``twin`` : their narrators."""
    return HERE.format(reason=_reason(tell, twin, parting))


def _reason(tell: Narrator, twin: Narrator, parting: Parting) -> str:
    here, there = (wording(each.scenario).policies[each.policy] for each in (tell, twin))
    one, other = parting.one, parting.other
    if parting.ground == "crisis":
        return f"this quarrel comes up {there if one is None else here} only."
    if parting.ground == "accident" or one is None or other is None:
        return "what happens here by accident in one of the twins does not happen in the other."
    side = tell.sides[one.side]
    if parting.ground == "means":
        lacking = here if one.action in {option.action for option in other.options} else there
        return f"{lacking}, {side} has not the means for the other step."
    if parting.option is None:
        return _pressed(tell, one, other, here, there)
    form, values = _form(parting.ground, parting.option)
    if values[0] == values[1]:
        return _chances(tell, one, other, here, there)
    reckoned = _reckoned(tell, form, values, parting.option[0], one, here, there)
    return reckoned + _full_reply(tell, parting.option, one, here, there)


def _pressed(tell: Narrator, one: Move, other: Move, here: str, there: str) -> str:
    """How hard the strike just suffered presses for an answer in both twins."""
    values = [stakes(move.pressure) for move in (one, other)]
    if values[0] == values[1]:
        return _chances(tell, one, other, here, there)
    side = tell.sides[one.side]
    return (
        f"{here}, the strike just suffered presses {side} by {values[0]} of a usual stake to answer it; {there}, by "
        f"{values[1]}."
    )


def _chances(tell: Narrator, one: Move, other: Move, here: str, there: str) -> str:
    """How likely the action taken in one twin is in both: said where what differs is too little for words."""
    taken = one.option
    same = next((option for option in other.options if taken is not None and option.action == taken.action), None)
    if taken is None or same is None:
        return "what happens here in one of the twins does not happen in the other."
    doing = DOING[taken.action].format(rung=tell.rungs[taken.rung])
    return CHANCES.format(here=here, there=there, doing=doing, one=percent(taken.chance), other=percent(same.chance))


def _reckoned(
    tell: Narrator, form: str, values: Sequence[str], option: Option, move: Move, here: str, there: str
) -> str:
    """What a side reckons with in both twins, in the respect that differs most."""
    doing = DOING[option.action].format(rung=tell.rungs[option.rung])
    words = RECKONS[form].format(doing=doing, rival=tell.sides[move.other], value=values[0])
    second = f"to {values[1]}" if form == "lost or conceded" else values[1]
    return f"{here}, {tell.sides[move.side]} reckons {words}; {there}, {second}."


def _form(ground: Ground, options: tuple[Option, Option]) -> tuple[str, list[str]]:
    """Which sentence says it, and both its numbers."""
    if ground == "toll":
        return "toll", [deaths(option.toll) for option in options]
    if ground == "cost":
        return "cost", [stakes(-option.constant) for option in options]
    values = [float(getattr(option, ground)) for option in options]
    most, least = max(values), min(values)
    if ground == "lost" and least < 0.0 < most:
        return "lost or conceded", [f"{'lose' if value < 0.0 else 'gain'} {stakes(abs(value))}" for value in values]
    turned = {"lost": ("conceded", "lost"), "won": ("won", "given up"), "prize": ("prize", "given up now")}
    form = turned[ground][most <= 0.0] if ground in turned else str(ground)
    return form, [stakes(abs(value) if ground in turned else value) for value in values]


def _full_reply(tell: Narrator, options: tuple[Option, Option], move: Move, here: str, there: str) -> str:
    """How deadly a full reply would be, where that is another number in the other twin."""
    one, other = (option.reply_deaths if option.reply is not None else 0.0 for option in options)
    if abs(one - other) < max(1.0, NOTABLE * max(one, other)):
        return ""
    return f" A full reply by {tell.sides[move.other]} would mean {deaths(one)} {here}, {deaths(other)} {there}."


def deaths(count: float) -> str:
    """A number of own deaths that a side reckons with; small ones with a decimal: that is what tells twins apart."""
    return "no dead" if count < 0.05 else f"{count:,.0f} dead" if count >= 9.5 else f"{count:.1f} dead"


def stakes(value: float) -> str:
    """A part of a stake as a percentage, with a digit where whole ones would be too few."""
    return f"{100 * value:.{0 if abs(value) >= 0.095 else 1}f} %"
