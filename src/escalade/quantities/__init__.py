"""The registry: every number that is shown, its name, sentence, unit, denominator and formula.

A quantity lives on one *clock* or on two. **Per crisis** it is computed, not
sampled: the expected value over the quarrels of one candidate world. **Per
period** it is simulated: the expected value over histories of the scenario's
years. On either clock a quantity is a sum of columns, or the ratio of two sums;
both are linear before the ratio is taken, so that means over worlds, their
standard errors and control variates need no special cases.

Ids are patterns. ``deaths.SIDE`` stands for one quantity per side,
``interceptors.SIDE.LAYER`` for one per layer of every side; ``LOWEST`` and
``NEXT`` stand for the lowest rung and for the one above ``RUNG``. In formulas ``*``
adds up: ``restrained.*`` is the sum over sides, ``interceptors.SIDE.*`` the sum
over the layers of that side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalade.quantities.filling import fill, fillings
from escalade.quantities.kinds import Clock, Measure, Quantity, Unit, Vocabulary
from escalade.quantities.shown import SMALLEST_SHOWN, listed, shown

__all__ = [
    "REGISTRY",
    "RUN_NUMBERS",
    "SMALLEST_SHOWN",
    "UNIT_WORDS",
    "Clock",
    "Measure",
    "Quantity",
    "RunNumber",
    "Unit",
    "Vocabulary",
    "catalogue",
    "listed",
    "shown",
]


def _exact(column: str, unit: Unit = "share") -> Measure:
    return Measure((column,), unit, "crises")


def _yearly(column: str, unit: Unit = "count") -> Measure:
    return Measure((column,), unit, "periods")


def _label(name: str, words: str) -> tuple[Quantity, Quantity]:
    """A kind of war, of all crises and of all wars."""
    column, of_wars = f"war_{name}", f"{words}, of all wars"
    kind = Quantity(column, words, _LABELS[name], "War", _exact(column), _yearly(column, "share"))
    share = Quantity(
        f"share_{name}",
        of_wars,
        _LABELS[name],
        "War",
        Measure((column,), "share", "crises with war", ("war",)),
        Measure((column,), "share", "periods with war", ("war",)),
    )
    return kind, share


_LABELS = {
    "foreseen": "The side that was struck had expected the step to war with a probability of one half or more.",
    "misjudged": "The step to war was what the side that took it most likely does, but its rival had thought it "
    "unlikely: a misjudgement of the rival's resolve.",
    "tremble": "Neither the rival nor the side itself would have thought the step to war likely.",
    "accident": "The step to war was taken by chance, by nobody's decision.",
}

REGISTRY: tuple[Quantity, ...] = (
    Quantity(
        "war",
        "war",
        "A strike at or above the rung from which the scenario speaks of war.",
        "War",
        _exact("war"),
        _yearly("war", "share"),
    ),
    Quantity("wars", "number of wars", "Crises that became wars.", "War", None, _yearly("wars"), control="war"),
    Quantity(
        "war_between.PAIR",
        "war, {pair}",
        "A crisis of this pair that becomes war.",
        "War",
        None,
        _yearly("war_between.PAIR", "share"),
    ),
    Quantity(
        "war_year",
        "year of the first war",
        "The year in which the first war began, where there was one.",
        "War",
        None,
        Measure(("war_year",), "year", "periods with war", ("war",)),
    ),
    Quantity(
        "war_by.SIDE",
        "war begun by {side}",
        "{side} made the first strike at or above the war rung.",
        "War",
        _exact("war_by.SIDE"),
        _yearly("war_by.SIDE", "share"),
    ),
    *_label("foreseen", "war, foreseen"),
    *_label("misjudged", "war, misjudged"),
    *_label("tremble", "war by tremble"),
    *_label("accident", "war by accident"),
    Quantity("crises", "crises", "Serious crises, of all pairs.", "Crises", None, _yearly("crises")),
    Quantity(
        "crises_between.PAIR",
        "crises, {pair}",
        "Serious crises of this pair.",
        "Crises",
        None,
        _yearly("crises_between.PAIR"),
    ),
    Quantity(
        "first_strike",
        "a first strike by anybody",
        "Somebody strikes at all, at whatever rung.",
        "Crises",
        Measure(("first_strike.*",), "share", "crises"),
        Measure(("first_strike.*",), "count", "periods"),
    ),
    Quantity(
        "first_strike.SIDE",
        "{side} strikes first",
        "{side} makes the first strike of a crisis, at whatever rung.",
        "Crises",
        _exact("first_strike.SIDE"),
        _yearly("first_strike.SIDE"),
    ),
    Quantity(
        "first_strike_rung.RUNG",
        "first strike at: {rung}",
        "The first strike of a crisis falls at this rung.",
        "Crises",
        _exact("first_strike_rung.RUNG"),
    ),
    Quantity(
        "reach.RUNG",
        "reaches: {rung}",
        "Violence reaches this rung or a higher one.",
        "Crises",
        _exact("reach.RUNG"),
        _yearly("reach.RUNG", "share"),
    ),
    Quantity(
        "highest.RUNG",
        "goes up to, and no higher than: {rung}",
        "Violence reaches this rung and none above it.",
        "Crises",
        Measure(("reach.RUNG",), "share", "crises", less=("reach.NEXT",)),
        Measure(("reach.RUNG",), "share", "periods", less=("reach.NEXT",)),
    ),
    Quantity(
        "yield.SIDE",
        "{side} backs down",
        "{side} ends a crisis by giving up a share of what is at issue.",
        "Concessions",
        _exact("yield.SIDE"),
        _yearly("yield.SIDE"),
    ),
    Quantity(
        "stand_off",
        "nobody strikes, both stand down",
        "A crisis ends because both sides stand down in turn before anybody has struck.",
        "Concessions",
        _exact("stand_off"),
    ),
    Quantity(
        "settled",
        "after blows, both stand down",
        "A crisis ends because both sides stand down in turn after one or both have struck.",
        "Concessions",
        Measure(("reach.LOWEST",), "share", "crises", less=("stand_off", "yield.*")),
    ),
    Quantity(
        "end_yield.SIDE.RUNG",
        "{side} backs down at: {rung}",
        "A crisis that came to this rung, and no higher, ends because {side} gives up a share of what is at issue.",
        "Endings by rung",
        _exact("end_yield.SIDE.RUNG"),
    ),
    Quantity(
        "end_stand_off.RUNG",
        "nobody strikes, both stand down at: {rung}",
        "A crisis that came to this rung, and no higher, ends because both sides stand down before anybody has struck.",
        "Endings by rung",
        _exact("end_stand_off.RUNG"),
    ),
    Quantity(
        "end_settled.RUNG",
        "after blows, both stand down at: {rung}",
        "A crisis that came to this rung, and no higher, ends because both sides stand down after blows.",
        "Endings by rung",
        _exact("end_settled.RUNG"),
    ),
    Quantity(
        "conceded.SIDE",
        "given up by {side}",
        "What {side} gives up by backing down, as a share of the stake.",
        "Concessions",
        _exact("conceded.SIDE", "stakes"),
        _yearly("conceded.SIDE", "stakes"),
    ),
    Quantity(
        "restraint",
        "restraint of a struck side",
        "A side that was just struck stands down or replies lightly.",
        "Restraint",
        Measure(("restrained.*",), "share", "decisions of a struck side", ("struck.*",)),
        Measure(("restrained.*",), "share", "decisions of a struck side", ("struck.*",)),
    ),
    Quantity(
        "restraint.SIDE",
        "restraint of {side}",
        "{side}, just struck, stands down or replies lightly.",
        "Restraint",
        Measure(("restrained.SIDE",), "share", "decisions of {side} when struck", ("struck.SIDE",)),
        Measure(("restrained.SIDE",), "share", "decisions of {side} when struck", ("struck.SIDE",)),
    ),
    Quantity(
        "struck.SIDE",
        "decisions of {side}, just struck",
        "How often {side} has to decide what to do after being struck.",
        "Restraint",
        _exact("struck.SIDE", "count"),
        _yearly("struck.SIDE"),
    ),
    Quantity(
        "restrained.SIDE",
        "restrained decisions of {side}",
        "How often {side}, just struck, stands down or replies lightly.",
        "Restraint",
        _exact("restrained.SIDE", "count"),
        _yearly("restrained.SIDE"),
    ),
    Quantity(
        "restraint_bought",
        "restraint bought by protection",
        "Restrained decisions that the same salvo would not have met with under the baseline's protection.",
        "Restraint",
        Measure(("restraint_bought.*",), "count", "crises"),
        Measure(("restraint_bought.*",), "count", "periods"),
    ),
    Quantity(
        "restraint_bought.SIDE",
        "restraint of {side} bought by protection",
        "Restrained decisions of {side} that the same salvo would not have met with under the baseline's protection.",
        "Restraint",
        _exact("restraint_bought.SIDE", "count"),
        _yearly("restraint_bought.SIDE"),
    ),
    Quantity(
        "deaths.SIDE",
        "deaths, {side}",
        "People of {side} killed by strikes.",
        "Losses",
        _exact("deaths.SIDE", "deaths"),
        _yearly("deaths.SIDE", "deaths"),
    ),
    Quantity(
        "deaths_with_hosts.SIDE",
        "deaths, {side} and its hosts",
        "People killed by the rival's strikes on {side}: its own, and those of the hosts on whose soil they fall.",
        "Losses",
        _exact("deaths_with_hosts.SIDE", "deaths"),
    ),
    Quantity(
        "soldiers.SIDE",
        "soldiers and crews lost, {side}",
        "Soldiers and crews of {side} lost in its own strikes.",
        "Losses",
        None,
        _yearly("soldiers.SIDE", "deaths"),
    ),
    Quantity(
        "strikes.SIDE",
        "strikes by {side}",
        "Waves of force by {side}, at whatever rung.",
        "Losses",
        _exact("strikes.SIDE", "count"),
        _yearly("strikes.SIDE"),
    ),
    Quantity(
        "interceptors.SIDE",
        "interceptors used by {side}",
        "Interceptors fired by all layers of {side}'s shield.",
        "Means",
        None,
        _yearly("interceptors.SIDE.*"),
    ),
    Quantity(
        "interceptors.SIDE.LAYER",
        "interceptors used: {layer}",
        "Interceptors fired by this layer of {side}'s shield.",
        "Means",
        None,
        _yearly("interceptors.SIDE.LAYER"),
    ),
    Quantity(
        "fired.SIDE.ARM",
        "used by {side}: {arm}",
        "Units of this arm that {side} used up: sent, or lost where they come back.",
        "Means",
        None,
        _yearly("fired.SIDE.ARM"),
    ),
    Quantity(
        "interceptors_end.SIDE.LAYER",
        "interceptors left: {layer}",
        "Interceptors in this layer's stock at the end of the period.",
        "Means",
        None,
        _yearly("interceptors_end.SIDE.LAYER"),
    ),
    Quantity(
        "stock_end.SIDE.ARM",
        "left of {side}'s {arm}",
        "Units of this arm in stock at the end of the period.",
        "Means",
        None,
        _yearly("stock_end.SIDE.ARM"),
    ),
    Quantity(
        "cost.SIDE",
        "price of what {side} used up",
        "Price of the arms and interceptors that {side} used in its strikes and against its rival's.",
        "Means",
        None,
        _yearly("cost.SIDE", "dollars"),
    ),
    Quantity(
        "spending.SIDE",
        "what {side} spends on arms and interceptors",
        "Price of what {side} has made or ordered over the period, deliveries that were planned included; partners' "
        "interceptors are not in it.",
        "Means",
        None,
        _yearly("spending.SIDE", "dollars"),
    ),
    Quantity(
        "belief_gap",
        "striker's faith in its shield",
        "How much better the side that struck first thought its own shield than it was, in logits of a kill "
        "probability; at the first such strike of a history.",
        "Means",
        None,
        Measure(("belief_gap",), "logits", "periods with a strike", ("any_strike",)),
    ),
)
"""Every quantity of a comparison, as patterns, in the order in which tables show them."""


@dataclass(frozen=True)
class RunNumber:
    """A number about the answer itself: what it is, what it is counted of, how it is formed, how far it may be off."""

    id: str
    name: str
    sentence: str
    of: str
    formula: str
    error: str


_SHARE_OF_SETS = (
    "100 sets of assumptions, each counted by how well it explains the past crises on record",
    "No luck in it. As many other sets of assumptions, drawn anew, would give a share within about {points} points.",
)

RUN_NUMBERS: tuple[RunNumber, ...] = (
    RunNumber(
        "raises",
        "sets of assumptions with more",
        "Sets of assumptions under which the policy raises the headline outcome of a crisis by more than the margin.",
        _SHARE_OF_SETS[0],
        "100 * sum of weight where (policy - baseline) > margin",
        _SHARE_OF_SETS[1],
    ),
    RunNumber(
        "lowers",
        "sets of assumptions with less",
        "Sets of assumptions under which the policy lowers the headline outcome of a crisis by more than the margin.",
        _SHARE_OF_SETS[0],
        "100 * sum of weight where (policy - baseline) < -margin",
        _SHARE_OF_SETS[1],
    ),
    RunNumber(
        "neither",
        "sets of assumptions too close to tell",
        "Sets of assumptions under which policy and baseline differ by no more than the margin.",
        _SHARE_OF_SETS[0],
        "100 - more - less",
        _SHARE_OF_SETS[1],
    ),
    RunNumber(
        "candidates",
        "sets of assumptions solved",
        "Every set draws each uncertain input from its range, all inputs at once (a scrambled Sobol sequence).",
        "the run, as asked for",
        "candidates",
        "Chosen, not estimated.",
    ),
    RunNumber(
        "effective",
        "effective number of sets",
        "Sets of equal weight that would carry as much information as the weighted ones.",
        "the sets of assumptions solved",
        "(sum of weight)^2 / sum of weight^2",
        "The fewer it is, the more rests on a few sets; below a tenth of all sets the report warns.",
    ),
    RunNumber(
        "drawn",
        "sets of assumptions simulated",
        "Sets drawn for the simulated years, in proportion to their weight.",
        "the run, as asked for",
        "worlds",
        "Chosen, not estimated.",
    ),
    RunNumber(
        "needed",
        "sets of assumptions that would tell",
        "Drawn sets after which the 90 % interval would be as narrow as the difference, or as the margin if larger.",
        "the run, if it were made longer",
        "drawn * (half of the interval / difference)^2",
        "A rule of thumb: it takes the spread seen so far for the true one.",
    ),
    RunNumber(
        "inputs",
        "numbers that the answer rests on",
        "Every number of the scenario and its policies, by what stands behind it: a published source, an assumption "
        "with its reason, a value that a policy sets, or a default of the package.",
        "the scenario and its policies",
        "a count",
        "Counted, not estimated.",
    ),
    RunNumber(
        "expected",
        "expected cases of past crises",
        "How many of the crises on record the model would have expected to go this way, before and after it is "
        "weighed by the record.",
        "the crises of that period on record",
        "crises * mean probability, weighted by the record or not",
        "A count that lies more than two standard deviations from it (luck and sets together) is called a misfit.",
    ),
    RunNumber(
        "contraction",
        "narrowed by past crises",
        "How much of an input's spread the past crises on record take away.",
        "the input's variance over the sets of assumptions",
        "100 * (1 - variance after / variance before)",
        "Below 30 of 100 it may be chance; inputs that cannot be told apart are narrowed together only.",
    ),
    RunNumber(
        "shift",
        "moved by past crises",
        "How far the past crises on record move an input's mean.",
        "the input's standard deviation over the sets of assumptions, before",
        "(mean after - mean before) / standard deviation before",
        "Chance alone moves one input of some hundred by about 3 / sqrt(effective number of sets).",
    ),
    RunNumber(
        "reason",
        "part of the effect by one reason",
        "What one of the five reasons adds to the headline's effect per crisis: its Shapley value, the mean of what it "
        "adds over all orders in which the reasons can come in.",
        "the effect per crisis, mean over the drawn sets of assumptions",
        "mean over orders of (crises with the reason on - crises with it off, those before it on)",
        "No luck in it. The drawn sets stand for all: they are weighted so that the sum is the headline's effect, if "
        "such weights exist.",
    ),
    RunNumber(
        "believed",
        "effect if other sources are believed",
        "The headline's effect per crisis if the inputs that have figures of one kind are drawn from these alone; the "
        "others keep what they have.",
        "the same sets of assumptions, weighed anew by the record",
        "mean of (policy - baseline), weighted, under one reading of the sources",
        "No luck in it. 90 of 100 sets of assumptions lie between the two ends; differences between readings come from "
        "the inputs that changed and from nothing else.",
    ),
    RunNumber(
        "box",
        "conditions of more and of less",
        "Among sets of assumptions that meet some conditions on at most three inputs, how many have more of the "
        "headline's outcome (or less) by more than the margin.",
        "the sets of assumptions, weighed by the record",
        "100 * weight of sets in the box with the sign / weight of sets in the box (PRIM, peel and paste)",
        "Shown only where fewer than 5 of 100 permutations of the effects give as good a box. What to expect of other "
        "sets, and how often the conditions come back in samples drawn anew, stands beside it.",
    ),
    RunNumber(
        "turning",
        "turning point",
        "The value of one input at which the expected effect per crisis changes its sign.",
        "the sets of assumptions, weighed by the record",
        "root of a parabola through the effects over the input's place, by weighted least squares",
        "90 of 100 samples drawn anew from the same sets turn between the two ends of its interval.",
    ),
    RunNumber(
        "matters",
        "part of the spread explained by one input",
        "How much of the spread of the effect over sets of assumptions one input explains by itself.",
        "the variance of the effect per crisis over the sets of assumptions, weighed by the record",
        "100 * variance between classes of the input / whole variance, less what chance explains",
        "Shown only where it exceeds what the largest of all inputs explains in 95 of 100 permutations.",
    ),
    RunNumber(
        "weighing",
        "shares under other weights",
        "In how many sets of assumptions there is more, less or neither if the same sets are weighed otherwise: a "
        "range at half width, the record of past crises left out.",
        "the same sets of assumptions",
        "100 * weight of the sets with that sign / whole weight",
        "As that of a share of so many sets as the weights are worth; fewer than 30 are not to be trusted.",
    ),
    RunNumber(
        "tilt",
        "smallest tilt that changes what prevails",
        "How far the mean of one input has to move, its weights tilted exponentially, until another of more, less and "
        "neither has the largest share.",
        "the input's standard deviation over the sets of assumptions",
        "(mean after - mean before) / standard deviation, weights times exp(t * value)",
        "Tilts are tried up to two standard deviations, and as long as enough sets are left.",
    ),
)
"""Numbers about a run that are shown beside the quantities of its crises and periods."""

UNIT_WORDS: Mapping[Unit, str] = {
    "share": "of 100",
    "count": "number",
    "deaths": "people",
    "stakes": "stakes",
    "logits": "logits",
    "year": "year",
    "dollars": "US dollars",
}
"""The unit as a table's head shows it; shares are multiplied by 100 before."""


def catalogue(vocabulary: Vocabulary) -> dict[str, Quantity]:
    """Every quantity of one scenario by id, patterns filled in, in the registry's order."""
    return {
        quantity.id: quantity
        for entry in REGISTRY
        for quantity in (fill(entry, names, vocabulary) for names in fillings(entry.id, vocabulary))
    }
