"""Where twins part, in words: what differs there, with its numbers in both."""

from __future__ import annotations

from escalade.history.story import Crisis, Move, Option
from escalade.history.twins import Parting
from escalade.report.narration import Narrator, percent
from escalade.report.sentences import wording

HERE = "Here the paths part: {reason}"


def parting_told(tell: Narrator, twin: Narrator, parting: Parting, crisis: Crisis) -> str:
    """The sentence that marks the parting of two twins.

    tell, twin : narrators of the two; crisis : in which they part
    """
    return HERE.format(reason=_reason(tell, twin, parting, crisis))


def _reason(tell: Narrator, twin: Narrator, parting: Parting, crisis: Crisis) -> str:
    here, there = (wording(each.scenario).policies[each.policy] for each in (tell, twin))
    if parting.ground == "crisis":
        place = here if parting.one is not None else there
        return f"this quarrel comes up {place} only."
    one, other = parting.one, parting.other
    if parting.ground == "accident" or one is None or other is None:
        return "what happens here by accident in one of the twins does not happen in the other."
    if parting.option is None:
        return _means(tell, one, other, here, there)
    return _differing(tell, parting, one, other, crisis, here, there)


def _means(tell: Narrator, one: Move, other: Move, here: str, there: str) -> str:
    """One of the two actions is not possible in the other twin."""
    actions = {option.action for option in other.options}
    lacking = there if one.action not in actions else here
    return f"{lacking}, {tell.sides[one.side]} has not the means for the other step."


def _differing(tell: Narrator, parting: Parting, one: Move, other: Move, crisis: Crisis, here: str, there: str) -> str:
    """The number that differs most, in both twins."""
    mine, theirs = parting.option or (None, None)
    if mine is None or theirs is None:
        return ""
    side, rival = tell.sides[one.side], tell.sides[one.other]
    step = f"the step to {tell.rungs[mine.rung]}" if mine.strike is not None else "this step"
    if parting.ground == "reply":
        return (
            f"{here}, {side} reckons with {_dead(mine.reply_deaths)} if {rival} replies in full; {there}, with "
            f"{_dead(theirs.reply_deaths)}."
        )
    if parting.ground == "answer":
        return (
            f"{here}, {side} expects {rival} to hit back with {percent(mine.reply_chance)}; {there}, with "
            f"{percent(theirs.reply_chance)}."
        )
    if parting.ground == "pressure":
        return (
            f"{here}, the strike just suffered presses {side} by {stakes(one.pressure)} to answer it; {there}, by "
            f"{stakes(other.pressure)}."
        )
    if parting.ground == "prize":
        worth = crisis.stakes[crisis.sides.index(one.side)] * crisis.resolve[crisis.sides.index(one.side)]
        return (
            f"{here}, {side} expects to win {percent(mine.prize / worth)} of its aim by {step}; {there}, "
            f"{percent(theirs.prize / worth)}."
        )
    value, words = _worth(parting, mine), "costs" if parting.ground == "cost" else "is followed by what is worth"
    return f"{here}, {step} {words} {stakes(value)} to {side}; {there}, {stakes(_worth(parting, theirs))}."


def _dead(count: float) -> str:
    """A number of deaths that a side reckons with; small ones with a decimal, which is what tells twins apart."""
    return "no dead" if count < 0.05 else f"{count:,.0f} dead" if count >= 9.5 else f"{count:.1f} dead"


def _worth(parting: Parting, option: Option) -> float:
    return -option.constant if parting.ground == "cost" else option.onward


def stakes(value: float) -> str:
    """A number of stakes: "0.12 of a usual stake"."""
    return f"{value:.2f} of a usual stake"
