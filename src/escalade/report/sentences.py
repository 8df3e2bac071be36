"""Every sentence that states a result, as templates in one place.

Eight of them are the headline: *more*, *less*, *it depends*, two that lean,
*little difference*, *too rare to tell* and *not enough runs*. Numbers are whole:
so many of 100 crises, of 100 sets of assumptions, of 100 periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalade.analysis.compare import Comparison
from escalade.analysis.verdict import RARE, Judgement, Verdict, judge
from escalade.analysis.weighted import Spread
from escalade.quantities import Clock, Measure, Quantity, shown
from escalade.report.amounts import (
    ROUNDED,
    adds_up,
    amounts,
    capital,
    cases,
    change,
    interval,
    more_or_fewer,
    of_hundred,
    scale,
    time_between,
    whole_shares,
    years,
)
from escalade.report.sentence import Sentence

if TYPE_CHECKING:
    from escalade.scenario import Scenario

_WORLDS = (
    "Of 100 sets of assumptions that we hold plausible, {event} is {more} {policy} than {baseline} in {raises}, "
    "{less} in {lowers}, and too close to tell in {neither}."
)
_WORLDS_LESS = (
    "Of 100 sets of assumptions that we hold plausible, {event} is {less} {policy} than {baseline} in {lowers}, "
    "{more} in {raises}, and too close to tell in {neither}."
)
"""The same with the larger share first."""

HEADLINES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.MORE: ("{More}.", _WORLDS),
    Verdict.LESS: ("{Less}.", _WORLDS_LESS),
    Verdict.DEPENDS: ("It depends.", _WORLDS),
    Verdict.LEANS_MORE: ("Mostly too close to tell; where it differs, {more}.", _WORLDS),
    Verdict.LEANS_LESS: ("Mostly too close to tell; where it differs, {less}.", _WORLDS_LESS),
    Verdict.LITTLE: ("Little difference.", _WORLDS),
    Verdict.RARE: (
        "Too rare to tell.",
        "{Case} in fewer than 1 of {rare} crises, both {policy} and {baseline}: too few to tell the two apart.",
    ),
    Verdict.NOT_ENOUGH: (
        "Not enough runs to tell.",
        "{Figure} over {years}: the difference may be anything from {interval} (90 % interval). "
        "{Needed} sets of assumptions would tell; {drawn} were run.",
    ),
}
"""Lead and body of each headline."""

PERIOD_ONLY: Mapping[Verdict, str] = {
    Verdict.MORE: "{Figure} over {years} is {more} {policy} than {baseline}.",
    Verdict.LESS: "{Figure} over {years} is {less} {policy} than {baseline}.",
    Verdict.LITTLE: "{Figure} over {years} is about the same {policy} and {baseline}.",
    Verdict.RARE: "{Case} in fewer than 1 of {rare} simulations of {years}, both {policy} and {baseline}: "
    "too few to tell the two apart.",
}
"""Bodies for an outcome that is known per period only."""

UNKNOWN_ERROR = (
    "{Figure} over {years}: nobody can say how far the difference is off, for nearly all weight lies on one set of "
    "assumptions."
)
"""Body where there are not enough runs even for an interval."""

NO_ANSWER = ("No answer.", "{Figure} was not computed in this run.")
ALONE = "This run has one policy only: there is nothing to compare it with."
OPPOSED = "Per crisis {more}, over {years} {less}."
"""Lead where the two clocks disagree."""

CRISIS_SHARE = "Of {many} crises: {case} in {one} {policy} and {other} {baseline}."
CRISIS_VALUE = "Per crisis: {figure} is {one} {policy} and {other} {baseline}."
PERIOD_SHARE = "Over {years}: {case} in {one} of {many} {policy} and {other} {baseline}; {change}."
PERIOD_VALUE = "Over {years}: {figure} is {one} {policy} and {other} {baseline}; {change}."
CRISIS_RATIO = "Of 100 {of}: {case} in {one} {policy} and {other} {baseline}."
PERIOD_RATIO = "Over {years}, of 100 {of}: {case} in {one} {policy} and {other} {baseline}; {change}."
PERIOD_RARE = "Over {years}: {case} in fewer than 1 of {rare} simulations, both {policy} and {baseline}."
SINGLE: Mapping[str, str] = {
    CRISIS_SHARE: "Of {many} crises: {case} in {one} {policy}.",
    CRISIS_VALUE: "Per crisis: {figure} is {one} {policy}.",
    PERIOD_SHARE: "Over {years}: {case} in {one} of {many} {policy}.",
    PERIOD_VALUE: "Over {years}: {figure} is {one} {policy}.",
    CRISIS_RATIO: "Of 100 {of}: {case} in {one} {policy}.",
    PERIOD_RATIO: "Over {years}, of 100 {of}: {case} in {one} {policy}.",
}
"""The same where there is one policy only."""

TOO_FEW = "For the years there are not enough runs to tell: {needed} sets of assumptions would do; {drawn} were run."
TOO_FEW_UNKNOWN = "For the years there are not enough runs to tell: nearly all weight lies on one set of assumptions."
WAR_MEANS = '"War" here means {war_means}.'
EVERY = "A serious crisis comes about every {interval}."
LABELS = (
    "Of 100 wars {policy}: {foreseen} foreseen by the side that is struck, {misjudged} by misjudgement, "
    "{tremble} by a slip that neither side thought likely (tremble), {accident} by accident."
)
FIRST_STRIKES = "First to strike: {side}, in {one} of 100 crises {policy} and {other} {baseline}."
YIELDS = "Backing down: {side}, in {one} of 100 crises {policy} and {other} {baseline}."
"""Without a verb, as the name of a side may be a plural."""

RECORD = (
    "What past crises say: {before} in 100 {of} without the record, {after} with it; "
    "{candidates} sets of assumptions then weigh as much as {effective}."
)
NO_RECORD = "No past crises are on record: all {candidates} sets of assumptions count the same."
HARD = (
    "Beware: past crises are hard to explain under these assumptions; {candidates} sets of them weigh no more "
    "than {effective}."
)
KINDS = ("foreseen", "misjudged", "tremble", "accident")
_HEADLINE: Mapping[str, str] = {
    **{name: f"run.{name}" for name in ("raises", "lowers", "neither", "needed", "drawn")},
    "Needed": "run.needed",
}
_WEIGHTS: Mapping[str, str] = {name: f"run.{name}" for name in ("candidates", "effective")}
"""Notes of numbers about the run, by their word in the templates."""

CONDITIONAL = "Conditional on assumptions, not a forecast."


@dataclass(frozen=True)
class Wording:
    """Words of a scenario for its sentences: a phrase for every policy ("with the shield"), what war means, sides."""

    policies: Mapping[str, str]
    war_means: str
    sides: Mapping[str, str]
    has_record: bool


@dataclass(frozen=True)
class Headline:
    """What a run says: the verdict in a few words, what it rests on, how high the risks are, and what goes with it."""

    verdict: Verdict | None
    lead: str
    body: str
    levels: tuple[str, ...]
    details: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything in order, the lead and its body as one."""
        return (f"{self.lead} {self.body}", *self.levels, *self.details, *self.warnings)


def wording(scenario: Scenario) -> Wording:
    """The words of a scenario."""
    return Wording(
        {name: policy.short or f'under "{policy.name}"' for name, policy in scenario.policies.items()},
        scenario.ladder.war_means,
        {name: side.name for name, side in scenario.sides.items()},
        scenario.record is not None and bool(scenario.record.crises),
    )


def headline(comparison: Comparison, policy: str, words: Wording) -> Headline:
    """The headline of one policy against the comparison's baseline, with the sentences that always go with it."""
    judgement = judge(comparison, policy)
    slots = _slots(comparison, policy, words, judgement)
    lead, body = _lead_and_body(comparison, judgement, slots)
    levels = [*_levels(comparison, (policy, comparison.baseline), judgement, slots), *_meaning(comparison, words)]
    details = [
        *_kinds_of_war(comparison, (policy, comparison.baseline), words),
        *_who(comparison, policy, words, slots),
        *_record(comparison, policy, words),
    ]
    warnings = [Sentence(HARD, _weights(comparison), _WEIGHTS)] if comparison.hard_to_explain else []
    verdict = judgement.crisis or judgement.period
    return Headline(verdict, lead, body, tuple(levels), tuple(details), tuple(warnings))


def _slots(comparison: Comparison, policy: str, words: Wording, judgement: Judgement) -> dict[str, str]:
    """Everything that headline templates may ask for."""
    pair, outcome = comparison.pair(policy), comparison.outcome
    event, more, less = event_words(outcome)
    needed = "more" if judgement.worlds_needed is None else f"about {judgement.worlds_needed:,}"
    slots = {
        "event": event,
        **named(outcome),
        "more": more,
        "less": less,
        "More": capital(more),
        "Less": capital(less),
        "policy": words.policies[policy],
        "baseline": words.policies[comparison.baseline],
        "years": years(comparison.years),
        "rare": f"{round(1 / RARE):,}",
        "drawn": f"{comparison.drawn:,}",
        "needed": needed,
        "Needed": capital(needed),
    }
    if pair.worlds is not None:
        shares = whole_shares([pair.worlds.raises, pair.worlds.lowers, pair.worlds.neither])
        slots |= dict(zip(("raises", "lowers", "neither"), map(of_hundred, shares), strict=True))
    if outcome.id in pair.period:
        slots["change"] = change(pair.period[outcome.id], outcome, _period_scale(comparison, policy))
        slots["interval"] = interval(pair.period[outcome.id], outcome, _period_scale(comparison, policy))
    return slots


def event_words(outcome: Quantity) -> tuple[str, str, str]:
    """The outcome in a headline, and what "more" and "less" of it are called."""
    measure = outcome.crisis or outcome.period
    if outcome.id == "war":
        return "war", "more likely", "less likely"
    if measure is not None and measure.unit == "share" and not measure.denominator:
        return f'"{outcome.name}"', "more likely", "less likely"
    return f'the figure "{outcome.name}"', "higher", "lower"


def named(outcome: Quantity) -> dict[str, str]:
    """The outcome as a case that is counted, and as a figure; with a capital where a sentence begins with it."""
    case = "war" if outcome.id == "war" else f'"{outcome.name}"'
    figure = "war" if outcome.id == "war" else f'the figure "{outcome.name}"'
    return {"case": case, "Case": capital(case), "figure": figure, "Figure": capital(figure)}


def _lead_and_body(comparison: Comparison, judgement: Judgement, slots: Mapping[str, str]) -> tuple[str, Sentence]:
    verdict = judgement.crisis or judgement.period
    if verdict is None:
        return NO_ANSWER[0], Sentence(NO_ANSWER[1], slots)
    lead, body = HEADLINES[verdict]
    if judgement.crisis is None:
        body = PERIOD_ONLY.get(verdict, UNKNOWN_ERROR if slots.get("interval") == "unknown" else body)
    if judgement.opposed:
        flipped = {**slots, "more": slots["less"], "less": slots["more"]}
        lead = OPPOSED.format(**(slots if judgement.period is Verdict.LESS else flipped))
    clock = "period" if judgement.crisis is None else "crisis"
    opens = {**_HEADLINE, **dict.fromkeys(("rare", "interval"), f"{clock}.{comparison.outcome.id}")}
    return lead.format(**slots), Sentence(body, slots, opens)


def _levels(
    comparison: Comparison, policies: Sequence[str], judgement: Judgement, slots: Mapping[str, str]
) -> list[Sentence]:
    """How high the outcome is under one or two policies, on each clock."""
    outcome = comparison.outcome
    answers = [comparison.policies[name] for name in policies]
    sentences: list[Sentence] = []
    if outcome.crisis is not None and all(outcome.id in answer.crisis for answer in answers):
        values = [answer.crisis[outcome.id].posterior.mean for answer in answers]
        sentences.append(_level(comparison, "crisis", outcome.crisis, values, slots))
    if outcome.period is not None and all(outcome.id in answer.period for answer in answers):
        sentences += _period_levels(comparison, policies, judgement, slots)
    return sentences


def _level(
    comparison: Comparison, clock: Clock, measure: Measure, values: Sequence[float], slots: Mapping[str, str]
) -> Sentence:
    """The outcome under one or two policies on one clock."""
    if measure.unit != "share":
        many, numbers, templates = 1, amounts(values, measure.unit), (CRISIS_VALUE, PERIOD_VALUE)
    elif measure.denominator:
        many, numbers, templates = 100, cases(values, 100), (CRISIS_RATIO, PERIOD_RATIO)
    else:
        many = scale(values)
        numbers, templates = cases(values, many), (CRISIS_SHARE, PERIOD_SHARE)
    template = templates[clock != "crisis"]
    words = {**slots, "of": measure.of, "many": f"{many:,}", **dict(zip(("one", "other"), numbers, strict=False))}
    return Sentence(template if len(values) > 1 else SINGLE[template], words, _both(clock, comparison.outcome.id))


def _period_levels(
    comparison: Comparison, policies: Sequence[str], judgement: Judgement, slots: Mapping[str, str]
) -> list[Sentence]:
    """The outcome over the years; what is missing where these do not tell."""
    outcome, measure = comparison.outcome, comparison.outcome.period
    if measure is None:
        return []
    if judgement.period is Verdict.RARE:
        return [Sentence(PERIOD_RARE, slots, {"rare": f"period.{outcome.id}"})] if judgement.crisis is not None else []
    values = [comparison.policies[name].period[outcome.id].mean for name in policies]
    told = dict(slots)
    if len(policies) > 1 and measure.unit == "share":
        difference = comparison.pair(policies[0]).period[outcome.id].mean
        if not adds_up(values, difference, _period_scale(comparison, policies[0])):
            told["change"] = told["change"].removesuffix(")") + ROUNDED
    sentences = [_level(comparison, "period", measure, values, told)]
    if judgement.period is Verdict.NOT_ENOUGH and judgement.crisis is not None:
        unknown = slots["interval"] == "unknown"
        sentences.append(Sentence(TOO_FEW_UNKNOWN if unknown else TOO_FEW, slots, _HEADLINE))
    return sentences


def _meaning(comparison: Comparison, words: Wording) -> list[Sentence]:
    """What war means, and how often crises come."""
    sentences: list[Sentence] = []
    if comparison.outcome.id.split(".")[0].startswith("war"):
        sentences.append(Sentence(WAR_MEANS, {"war_means": words.war_means}))
    crises = comparison.policies[comparison.baseline].period.get("crises")
    if crises is not None and crises.mean > 0:
        interval = time_between(12 * comparison.years / crises.mean)
        sentences.append(Sentence(EVERY, {"interval": interval}, {"interval": "period.crises"}))
    return sentences


def _kinds_of_war(comparison: Comparison, policies: Sequence[str], words: Wording) -> list[Sentence]:
    """How many wars are foreseen, misjudged, trembles, accidents."""
    sentences: list[Sentence] = []
    for name in policies:
        answers = comparison.policies[name].crisis
        if all(f"share_{kind}" in answers for kind in KINDS) and answers["war"].posterior.mean >= RARE:
            shares = whole_shares([answers[f"share_{kind}"].posterior.mean for kind in KINDS])
            counts = dict(zip(KINDS, map(of_hundred, shares), strict=True))
            opens = {kind: f"crisis.share_{kind}" for kind in KINDS}
            sentences.append(Sentence(LABELS, {"policy": words.policies[name], **counts}, opens))
    return sentences


def _who(comparison: Comparison, policy: str, words: Wording, slots: Mapping[str, str]) -> list[Sentence]:
    """Who strikes first and who backs down, which a shield may move more than war itself."""
    sentences: list[Sentence] = []
    both = [comparison.policies[name].crisis for name in (policy, comparison.baseline)]
    for template, quantity in ((FIRST_STRIKES, "first_strike"), (YIELDS, "yield")):
        for side, name in words.sides.items():
            key = f"{quantity}.{side}"
            if all(key in answers for answers in both):
                one, other = cases([answers[key].posterior.mean for answers in both], 100)
                if one == other == "none":
                    continue
                sentences.append(
                    Sentence(template, {**slots, "side": name, "one": one, "other": other}, _both("crisis", key))
                )
    return sentences


def _record(comparison: Comparison, policy: str, words: Wording) -> list[Sentence]:
    """What the record of past crises did to the effect per crisis."""
    if not words.has_record:
        return [Sentence(NO_RECORD, _weights(comparison), _WEIGHTS)]
    outcome = comparison.outcome
    value = comparison.pair(policy).crisis.get(outcome.id)
    if value is None or outcome.crisis is None or outcome.crisis.unit != "share":
        return []
    noun = "war" if outcome.id == "war" else ""
    texts = [more_or_fewer(100 * value.prior.mean, noun), more_or_fewer(100 * value.posterior.mean)]
    key = f"crisis.{outcome.id}"
    words_of = {"of": outcome.crisis.of, "before": texts[0], "after": texts[1], **_weights(comparison)}
    return [Sentence(RECORD, words_of, {"before": key, "after": key, **_WEIGHTS})]


def _both(clock: str, quantity: str) -> dict[str, str]:
    """The notes of the two levels of a quantity and of their difference."""
    return dict.fromkeys(("one", "other", "change"), f"{clock}.{quantity}")


def _weights(comparison: Comparison) -> dict[str, str]:
    return {"candidates": f"{comparison.candidates:,}", "effective": f"{comparison.effective:,.0f}"}


def alone(comparison: Comparison, words: Wording) -> tuple[Sentence, ...]:
    """What a run says that has its baseline only: how high the risks are."""
    slots = {**named(comparison.outcome), "policy": words.policies[comparison.baseline]}
    slots["years"] = years(comparison.years)
    both = (comparison.baseline,)
    return (
        Sentence(ALONE, {}),
        *_levels(comparison, both, Judgement(None, None, False, None), slots),
        *_meaning(comparison, words),
        *_kinds_of_war(comparison, both, words),
    )


def so_far(comparison: Comparison, policy: str, words: Wording) -> str:
    """The answer so far in one line, with its interval: over the period where there is one, else per crisis."""
    outcome, pair, both = comparison.outcome, comparison.pair(policy), (policy, comparison.baseline)
    slots = _slots(comparison, policy, words, judge(comparison, policy))
    said = _levels(comparison, both, Judgement(None, None, False, None), slots)
    if outcome.id in pair.period or not said:
        return said[-1] if said else ""
    return f"{said[0].removesuffix('.')}; {_over_worlds(pair.crisis[outcome.id].posterior, outcome)}."


def _over_worlds(effect: Spread, outcome: Quantity) -> str:
    """An effect per crisis in words, with the range of nine sets of assumptions in ten."""
    measure = outcome.crisis
    if measure is None:
        return ""
    low, middle, high = (shown(value, measure.unit, signed=True) for value in (effect.low, effect.mean, effect.high))
    return f"{middle} ({low} to {high} in 90 of 100 sets of assumptions)"


def _period_scale(comparison: Comparison, policy: str) -> int:
    """Of how many periods to speak for the headline outcome; ratios are always of 100."""
    measure = comparison.outcome.period
    if measure is not None and measure.denominator:
        return 100
    answers = [comparison.policies[name].period.get(comparison.outcome.id) for name in (policy, comparison.baseline)]
    return scale([answer.mean for answer in answers if answer is not None])
