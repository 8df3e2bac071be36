"""Every sentence that states a result, as templates in one place.

Eight of them are the headline: *more*, *less*, *it depends*, two that lean,
*little difference*, *too rare to tell* and *not enough runs*. Numbers are whole:
so many of 100 crises, of 100 sets of assumptions, of 100 periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from escalade.analysis.clustered import Estimate
from escalade.analysis.compare import Comparison
from escalade.analysis.verdict import RARE, Judgement, Verdict, judge
from escalade.analysis.weighted import Spread
from escalade.quantities import Quantity, Unit, shown
from escalade.report.sentence import Sentence

if TYPE_CHECKING:
    from escalade.scenario import Scenario

_WORLDS = (
    "Of 100 sets of assumptions that we hold plausible, {event} is {more} {policy} than {baseline} in {raises}, "
    "{less} in {lowers}, and in {neither} the difference is too small to tell."
)

HEADLINES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.MORE: ("{More}.", _WORLDS),
    Verdict.LESS: ("{Less}.", _WORLDS),
    Verdict.DEPENDS: ("It depends.", _WORLDS),
    Verdict.LEANS_MORE: ("Mostly too close to tell; where it differs, {more}.", _WORLDS),
    Verdict.LEANS_LESS: ("Mostly too close to tell; where it differs, {less}.", _WORLDS),
    Verdict.LITTLE: ("Little difference.", _WORLDS),
    Verdict.RARE: (
        "Too rare to tell.",
        "{Event}: fewer than 1 in {rare} crises both {policy} and {baseline}, too few to tell the two apart.",
    ),
    Verdict.NOT_ENOUGH: (
        "Not enough runs to tell.",
        "{Event} over {years}: the 90 % interval of the difference, {interval}, holds zero; "
        "{needed} sets of assumptions would tell, {drawn} were run.",
    ),
}
"""Lead and body of each headline."""

PERIOD_ONLY: Mapping[Verdict, str] = {
    Verdict.MORE: "{Event} over {years} is {more} {policy} than {baseline}.",
    Verdict.LESS: "{Event} over {years} is {less} {policy} than {baseline}.",
    Verdict.LITTLE: "{Event} over {years} is about the same {policy} and {baseline}.",
    Verdict.RARE: "{Event}: fewer than 1 in {rare} histories of {years} both {policy} and {baseline}.",
}
"""Bodies for an outcome that is known per period only."""

OPPOSED = "Per crisis {more}, over {years} {less}."
"""Lead where the two clocks disagree."""

CRISIS_SHARE = "Of {many} crises: {case} in {one} {policy} and {other} {baseline}."
CRISIS_VALUE = "Per crisis: {event} is {one} {policy} and {other} {baseline}."
PERIOD_SHARE = "Over {years}: {case} in {one} of {many} {policy} and {other} {baseline}; {change}."
PERIOD_VALUE = "Over {years}: {event} is {one} {policy} and {other} {baseline}; {change}."
PERIOD_RARE = "Over {years}: {case} in fewer than 1 of {rare} histories both {policy} and {baseline}."
ROUNDED = "; figures rounded)"
"""Where the whole numbers of a sentence do not add up."""
TOO_FEW = "For the years there are not enough runs to tell: {needed} sets of assumptions would do, {drawn} were run."
TOO_FEW_UNKNOWN = "For the years there are not enough runs to tell: nearly all weight lies on one set of assumptions."
WAR_MEANS = '"War" here means {war_means}.'
EVERY = "A serious crisis comes about every {interval}."
LABELS = (
    "Of 100 wars {policy}, {foreseen} are foreseen, {misjudged} misjudged, {tremble} trembles and {accident} accidents."
)
FIRST_STRIKES = "{side} strikes first in {one} of 100 crises {policy} and {other} {baseline}."
YIELDS = "{side} backs down in {one} of 100 crises {policy} and {other} {baseline}."
RECORD = (
    "What past crises say: {before} in 100 crises without the record, {after} with it; "
    "{candidates} sets of assumptions have the weight of {effective}."
)
NO_RECORD = "No past crises are on record: all {candidates} sets of assumptions count the same."
HARD = (
    "Beware: the record is hard to explain under these assumptions; {candidates} sets of them "
    "have the weight of no more than {effective}."
)
KINDS = ("foreseen", "misjudged", "tremble", "accident")
_HEADLINE: Mapping[str, str] = {name: f"run.{name}" for name in ("raises", "lowers", "neither", "needed", "drawn")}
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
    levels = [*_levels(comparison, policy, judgement, slots), *_meaning(comparison, words)]
    details = [
        *_kinds_of_war(comparison, policy, words),
        *_who(comparison, policy, words, slots),
        *_record(comparison, policy, words),
    ]
    warnings = [Sentence(HARD, _weights(comparison), _WEIGHTS)] if comparison.hard_to_explain else []
    verdict = judgement.crisis or judgement.period
    return Headline(verdict, lead, body, tuple(levels), tuple(details), tuple(warnings))


def _slots(comparison: Comparison, policy: str, words: Wording, judgement: Judgement) -> dict[str, str]:
    """Everything that headline templates may ask for."""
    pair, outcome = comparison.pair(policy), comparison.outcome
    event, more, less = _event(outcome)
    slots = {
        "event": event,
        "Event": _capital(event),
        "case": event if outcome.id == "war" else f'"{outcome.name}"',
        "more": more,
        "less": less,
        "More": _capital(more),
        "Less": _capital(less),
        "policy": words.policies[policy],
        "baseline": words.policies[comparison.baseline],
        "years": years(comparison.years),
        "rare": f"{round(1 / RARE):,}",
        "drawn": f"{comparison.drawn:,}",
        "needed": "more" if judgement.worlds_needed is None else f"about {judgement.worlds_needed:,}",
    }
    if pair.worlds is not None:
        shares = whole_shares([pair.worlds.raises, pair.worlds.lowers, pair.worlds.neither])
        slots |= {name: str(share) for name, share in zip(("raises", "lowers", "neither"), shares, strict=True)}
    if outcome.id in pair.period:
        slots["change"] = change(pair.period[outcome.id], outcome, _period_scale(comparison, policy))
        slots["interval"] = interval(pair.period[outcome.id], outcome, _period_scale(comparison, policy))
    return slots


def _event(outcome: Quantity) -> tuple[str, str, str]:
    """The outcome in a sentence, and what "more" and "less" of it are called."""
    if outcome.id == "war":
        return "war", "more likely", "less likely"
    return f'the figure "{outcome.name}"', "higher", "lower"


def _lead_and_body(comparison: Comparison, judgement: Judgement, slots: Mapping[str, str]) -> tuple[str, Sentence]:
    verdict = judgement.crisis or judgement.period
    if verdict is None:
        return "No answer.", Sentence("{Event} was not computed in this run.", slots)
    lead, body = HEADLINES[verdict]
    if judgement.crisis is None:
        body = PERIOD_ONLY.get(verdict, body)
    if judgement.opposed:
        flipped = {**slots, "more": slots["less"], "less": slots["more"]}
        lead = OPPOSED.format(**(slots if judgement.period is Verdict.LESS else flipped))
    clock = "period" if judgement.crisis is None else "crisis"
    opens = {**_HEADLINE, **dict.fromkeys(("rare", "interval"), f"{clock}.{comparison.outcome.id}")}
    return lead.format(**slots), Sentence(body, slots, opens)


def _levels(comparison: Comparison, policy: str, judgement: Judgement, slots: Mapping[str, str]) -> list[Sentence]:
    """How high the outcome is under both policies, on each clock."""
    outcome = comparison.outcome
    both = [comparison.policies[name] for name in (policy, comparison.baseline)]
    sentences: list[Sentence] = []
    if outcome.crisis is not None and all(outcome.id in answer.crisis for answer in both):
        values = [answer.crisis[outcome.id].posterior.mean for answer in both]
        share = outcome.crisis.unit == "share" and not outcome.crisis.denominator
        many = scale(values)
        numbers = _numbers(values, many) if share else _values(values, outcome.crisis.unit)
        template = CRISIS_SHARE if share else CRISIS_VALUE
        words = {**slots, "many": f"{many:,}", "one": numbers[0], "other": numbers[1]}
        sentences.append(Sentence(template, words, _both("crisis", outcome.id)))
    if outcome.id in comparison.pair(policy).period:
        sentences += _period_level(comparison, policy, judgement, slots)
    return sentences


def _period_level(
    comparison: Comparison, policy: str, judgement: Judgement, slots: Mapping[str, str]
) -> list[Sentence]:
    outcome = comparison.outcome
    measure = outcome.period
    if measure is None:
        return []
    if judgement.period is Verdict.RARE:
        return [Sentence(PERIOD_RARE, slots, {"rare": f"period.{outcome.id}"})] if judgement.crisis is not None else []
    values = [comparison.policies[name].period[outcome.id].mean for name in (policy, comparison.baseline)]
    many = _period_scale(comparison, policy)
    share = measure.unit == "share" and not measure.denominator
    numbers = _numbers(values, many) if share else _values(values, measure.unit)
    difference = comparison.pair(policy).period[outcome.id]
    exact = not share or round(many * values[0]) - round(many * values[1]) == round(many * difference.mean)
    told = slots["change"] if exact else slots["change"].removesuffix(")") + ROUNDED
    template = PERIOD_SHARE if share else PERIOD_VALUE
    words = {**slots, "change": told, "many": f"{many:,}", "one": numbers[0], "other": numbers[1]}
    sentences = [Sentence(template, words, _both("period", outcome.id))]
    if judgement.period is Verdict.NOT_ENOUGH and judgement.crisis is not None:
        known = judgement.worlds_needed is not None
        sentences.append(Sentence(TOO_FEW if known else TOO_FEW_UNKNOWN, slots, _HEADLINE))
    return sentences


def _meaning(comparison: Comparison, words: Wording) -> list[Sentence]:
    """What war means, and how often crises come."""
    sentences: list[Sentence] = []
    if comparison.outcome.id.split(".")[0].startswith("war"):
        sentences.append(Sentence(WAR_MEANS, {"war_means": words.war_means}))
    crises = comparison.policies[comparison.baseline].period.get("crises")
    if crises is not None and crises.mean > 0:
        interval = _interval_of_time(12 * comparison.years / crises.mean)
        sentences.append(Sentence(EVERY, {"interval": interval}, {"interval": "period.crises"}))
    return sentences


def _kinds_of_war(comparison: Comparison, policy: str, words: Wording) -> list[Sentence]:
    """How many wars are foreseen, misjudged, trembles, accidents."""
    sentences: list[Sentence] = []
    for name in (policy, comparison.baseline):
        answers = comparison.policies[name].crisis
        if all(f"share_{kind}" in answers for kind in KINDS) and answers["war"].posterior.mean >= RARE:
            shares = whole_shares([answers[f"share_{kind}"].posterior.mean for kind in KINDS])
            counts = {kind: str(share) for kind, share in zip(KINDS, shares, strict=True)}
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
                one, other = _numbers([answers[key].posterior.mean for answers in both], 100)
                if one == other == "0":
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
    if value is None or outcome.crisis is None or outcome.crisis.unit != "share" or outcome.crisis.denominator:
        return []
    texts = [_more_or_fewer(100 * spread.mean) for spread in (value.prior, value.posterior)]
    key = f"crisis.{outcome.id}"
    words_of = {"before": texts[0], "after": texts[1], **_weights(comparison)}
    return [Sentence(RECORD, words_of, {"before": key, "after": key, **_WEIGHTS})]


def _both(clock: str, quantity: str) -> dict[str, str]:
    """The notes of the two levels of a quantity and of their difference."""
    return dict.fromkeys(("one", "other", "change"), f"{clock}.{quantity}")


def _weights(comparison: Comparison) -> dict[str, str]:
    return {"candidates": f"{comparison.candidates:,}", "effective": f"{comparison.effective:,.0f}"}


def so_far(comparison: Comparison, policy: str, words: Wording) -> str:
    """The answer so far in one line, with its interval: over the period where there is one, else per crisis."""
    outcome, pair = comparison.outcome, comparison.pair(policy)
    slots = _slots(comparison, policy, words, judge(comparison, policy))
    if outcome.id in pair.period:
        return _period_level(comparison, policy, Judgement(None, None, False, None), slots)[0]
    if outcome.id not in pair.crisis:
        return ""
    level = _levels(comparison, policy, Judgement(None, None, False, None), slots)[0]
    return f"{level.removesuffix('.')}; {_over_worlds(pair.crisis[outcome.id].posterior, outcome)}."


def _over_worlds(effect: Spread, outcome: Quantity) -> str:
    """An effect per crisis in words, with the range of nine sets of assumptions in ten."""
    measure = outcome.crisis
    if measure is None:
        return ""
    low, middle, high = (shown(value, measure.unit, signed=True) for value in (effect.low, effect.mean, effect.high))
    return f"{middle} ({low} to {high} in 90 of 100 sets of assumptions)"


def years(count: int) -> str:
    """A number of years in words."""
    return "1 year" if count == 1 else f"{count} years"


def whole_shares(shares: Sequence[float]) -> list[int]:
    """Shares of a whole as whole numbers that sum to 100 (largest remainders; earlier ones first in a tie)."""
    total = sum(shares)
    exact = [100 * share / total for share in shares]
    whole = [floor(value + 1e-9) for value in exact]
    order = sorted(range(len(shares)), key=lambda k: (whole[k] - exact[k], k))
    for k in order[: 100 - sum(whole)]:
        whole[k] += 1
    return whole


def scale(values: Sequence[float]) -> int:
    """Of how many to speak, 100 to 10,000, so that the largest of these probabilities is at least one case."""
    largest = max(values)
    return next((many for many in (100, 1_000) if largest * many >= 1), 10_000)


def change(difference: Estimate, outcome: Quantity, many: int) -> str:
    """A difference per period with its 90 % interval: "8 more (90 % interval 5 to 11)"."""
    return f"{_amount(difference.mean, outcome, many)} (90 % interval {interval(difference, outcome, many)})"


def interval(difference: Estimate, outcome: Quantity, many: int) -> str:
    """The 90 % interval of a difference in words: "5 to 11", "3 fewer to 5 more", "unknown"."""
    bounds = difference.interval_90
    if bounds is None:
        return "unknown"
    low, high = bounds
    if low >= 0 and difference.mean >= 0:
        return f"{_size(low, outcome, many)} to {_size(high, outcome, many)}"
    if high <= 0:
        return f"{_size(high, outcome, many)} to {_size(low, outcome, many)}"
    fewer = "fewer" if outcome.period is not None and outcome.period.unit == "share" else "less"
    return f"{_size(low, outcome, many)} {fewer} to {_size(high, outcome, many)} more"


def _period_scale(comparison: Comparison, policy: str) -> int:
    """Of how many periods to speak for the headline outcome; ratios are always of 100."""
    measure = comparison.outcome.period
    if measure is not None and measure.denominator:
        return 100
    answers = [comparison.policies[name].period.get(comparison.outcome.id) for name in (policy, comparison.baseline)]
    return scale([answer.mean for answer in answers if answer is not None])


def _amount(value: float, outcome: Quantity, many: int) -> str:
    share = outcome.period is not None and outcome.period.unit == "share"
    if share:
        return _more_or_fewer(value * many)
    size = _size(value, outcome, many)
    return f"{size} {'more' if value >= 0 else 'less'}"


def _size(value: float, outcome: Quantity, many: int) -> str:
    measure = outcome.period
    if measure is None or measure.unit == "share":
        return f"{round(abs(value) * many):,}"
    return shown(abs(value), measure.unit)


def _more_or_fewer(count: float) -> str:
    whole = round(count)
    return f"{abs(whole):,} {'fewer' if whole < 0 else 'more'}"


def _numbers(values: Sequence[float], many: int) -> list[str]:
    return [f"{round(max(0.0, value) * many):,}" for value in values]


def _values(values: Sequence[float], unit: Unit) -> list[str]:
    return [shown(value, unit) + (" of 100" if unit == "share" else "") for value in values]


def _interval_of_time(months: float) -> str:
    if months < 1.5:
        return "month"
    if months < 21:
        return f"{round(months)} months" if round(months) != 12 else "year"
    return f"{round(months / 12)} years"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
