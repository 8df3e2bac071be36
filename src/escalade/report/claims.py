"""Claims and what came of trying them: a table of all, one in full, and the same as plain JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from escalade.evidence.claims import Evidence, Origin, citation
from escalade.evidence.claims_file import Posed
from escalade.evidence.tried import Found, TriedClaim, TriedTrial, Verdict
from escalade.quantities import UNIT_WORDS, shown
from escalade.report.amounts import capital, whole_shares, years
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text
from escalade.scenario.inputs import inputs
from escalade.scenario.written import shown as number

RULE = (
    "Supported: it holds in 60 of 100 sets of assumptions or more, and its contrary in fewer than 20. Contradicted: it "
    "holds in fewer than 20. Turns: between the two, or trials disagree. True by construction never counts as support."
)
ONE = "{Verdict} in its one trial."
ALL = "{Verdict} in all of its {count} trials."
DISAGREE = "It turns on the case: {counts} of its {count} trials."
CONSTRUCTION = "True by construction, which counts as no support. {why}"
NOT_TESTABLE = "Not testable here. {why}"
WAITS = "It waits for {what}."
HANGS = "It holds in {above} of 100 sets where {name} is above {value}, in {below} elsewhere."
NO_CONDITION = "No single number tells the sets in which it holds from the others."
EXPECTS: Mapping[str, str] = {"more": "more", "less": "less", "same": "no change that matters"}
HOW_TO_READ = (
    "Exact crises under {worlds} sets of assumptions, weighed by the scenario's record. With, without: means under the "
    "two policies compared; more, less: of 100 sets, by more than the scenario's margin. In brackets: a smaller "
    "step, shown beside the claim and not counted."
)


def summary(tried: Sequence[TriedClaim], title: str) -> Table:
    """Every claim: its verdict, and of 100 sets those in which it holds, trial by trial."""
    rows = [
        Row((f"{one.id}  {one.claim.title}", one.verdict.value, ", ".join(map(holds, one.counted)) or "-"), key="")
        for one in tried
    ]
    return Table(title, ("claim", "verdict", "holds in"), (Section("", tuple(rows)),), RULE)


def holds(one: TriedTrial) -> str:
    """Of 100 sets of assumptions, those in which the claim holds in a trial."""
    if one.holds is None:
        return "-"
    return f"{100 * one.holds:.0f}" if one.trial.clock == "crisis" else "yes" if one.holds else "no"


def verdict_sentence(one: TriedClaim) -> str:
    """What came of a claim, in a sentence or two."""
    if one.verdict is Verdict.CONSTRUCTION:
        return CONSTRUCTION.format(why=one.claim.by_construction)
    if one.verdict is Verdict.NOT_TESTABLE:
        waits = [WAITS.format(what=each.trial.waits) for each in one.trials if each.trial.waits]
        why = one.claim.not_testable or " ".join(dict.fromkeys(waits))
        return NOT_TESTABLE.format(why=why or "It is too rare, or the histories are too few, to tell.")
    verdicts = [each.verdict for each in one.counted]
    if len(set(verdicts)) == 1:
        template = ONE if len(verdicts) == 1 else ALL
        return template.format(Verdict=capital(one.verdict.value), count=len(verdicts))
    counts = [f"{kind.value} in {verdicts.count(kind)}" for kind in Verdict if kind in verdicts]
    return DISAGREE.format(counts=", ".join(counts), count=len(verdicts))


def hangs_on(one: TriedTrial) -> str:
    """On what a trial that turns hangs most; empty for other trials."""
    found = one.found
    if one.verdict is not Verdict.TURNS or found is None or one.posed is None:
        return ""
    if found.condition is None:
        return NO_CONDITION
    cut = found.condition
    above, below = (f"{100 * share:.0f}" for share in (cut.above, cut.below))
    item = next(each for each in inputs(one.posed.scenario) if each.key == cut.key)
    name = f'"{item.label}"' + (f" ({item.subject})" if item.subject else "")
    return HANGS.format(above=above, below=below, name=name, value=f"{number(float(f'{cut.value:.3g}'))} {item.unit}")


def trials(one: TriedClaim) -> Table | None:
    """The trials of a claim with what they found; ``None`` if there are none."""
    groups: dict[str, list[Row]] = {}
    for each in one.trials:
        if each.posed is not None and each.found is not None:
            groups.setdefault(counted(each.posed), []).append(trial_row(each.trial.tries, each, each.found, each.posed))
    if not groups:
        return None
    worlds = sorted({each.found.worlds for each in one.trials if each.found is not None}, reverse=True)
    caption = HOW_TO_READ.format(worlds=" or ".join(map(str, worlds))) if worlds else ""
    heads = ("trial", "claim says", "with", "without", "more", "less", "verdict")
    return Table(
        "What scenarios find", heads, tuple(Section(name, tuple(rows)) for name, rows in groups.items()), caption
    )


def trial_row(name: str, one: TriedTrial, found: Found, posed: Posed) -> Row:
    """The row of a trial that was tried."""
    measure = posed.outcome.on(one.trial.clock)
    unit = "count" if measure is None else measure.unit
    levels = (shown(value, unit) for value in (found.level, found.baseline))
    more, less = "-", "-"
    if one.trial.clock == "crisis":
        more, less = map(str, whole_shares([found.raises, found.lowers, found.neither])[:2])
    else:
        ends = (shown(end, unit, signed=True) for end in (found.low, found.high))
        name = f"{name} (change, 90 % interval: {' to '.join(ends)})"
    verdict = f"({one.verdict.value})" if one.trial.beside else one.verdict.value
    return Row((name, one.trial.expects, *levels, more, less, verdict), apart(posed))


def counted(posed: Posed, *, named: bool = True) -> str:
    """What a trial counts with its unit, after the name of its scenario if ``named``."""
    measure = posed.outcome.on(posed.trial.clock)
    assert measure is not None
    if measure.unit == "share":
        unit = f"of 100 {measure.of}"
    elif measure.denominator:
        unit = f"per: {measure.of}"
    else:
        unit = UNIT_WORDS[measure.unit] + (" per crisis" if posed.trial.clock == "crisis" else "")
    over = "" if posed.trial.clock == "crisis" else f", over {years(posed.scenario.years)}"
    scenario = f"{posed.scenario.name}: " if named else ""
    return f"{scenario}{posed.outcome.name}, {unit}{over}"


def apart(posed: Posed) -> str:
    """The names of the two policies that a trial compares."""
    names = (posed.scenario.policies[name].name for name in (posed.policy, posed.baseline))
    return ", against ".join(names)


def in_full(one: TriedClaim, origin: Origin) -> str:
    """A claim with its verdict, trials and evidence, no line longer than 80 columns."""
    said = [f"{one.id}  {one.claim.title}", one.claim.says, f"After {origin.citation}.", verdict_sentence(one)]
    parts = [_filled(line) for line in said]
    table = trials(one)
    parts += [text(table)] if table is not None else []
    parts += [_filled(line) for each in one.trials if (line := hanging(each))]
    lines = list(evidence(one.claim.evidence))
    parts += ["\n".join([*map(_item, lines)])] if lines else []
    return "\n\n".join([*parts, CONDITIONAL])


def hanging(one: TriedTrial) -> str:
    """What a reader should know of a trial: what it waits for, on what it hangs, its note; empty for nothing."""
    waits = WAITS.format(what=one.trial.waits) if one.trial.waits else ""
    said = " ".join(filter(None, (waits or hangs_on(one), one.trial.note)))
    return f"{one.trial.tries}: {said}" if said else ""


def evidence(given: Sequence[Evidence]) -> Iterator[str]:
    """What speaks for a claim, against it, and either way, each with its sources."""
    for way in ("for", "against", "either way"):
        for one in given:
            if one.speaks == way:
                yield f"{capital(way)}: {one.says} [{'; '.join(sources(one))}]"


def sources(one: Evidence) -> list[str]:
    """Where a piece of evidence comes from; its reason, marked as an assumption, where nothing published says it."""
    found = [citation(fact) for fact in one.facts]
    if one.source is not None:
        found.insert(0, one.source)
    if one.assumption is not None:
        found.append(f"assumption: {one.assumption.rstrip('.')}")
    return found


def as_text(tried: Sequence[TriedClaim], origin: Origin, *, full: bool) -> str:
    """A table of claims, or each of them in full."""
    if full:
        return "\n\n\n".join(in_full(one, origin) for one in tried)
    title = f"Claims of {origin.citation}, in our own words"
    return "\n\n".join([text(summary(tried, title)), CONDITIONAL])


def as_data(tried: Sequence[TriedClaim], origin: Origin) -> dict[str, Any]:
    """Everything as plain JSON values; shares from 0 to 1."""
    return {"origin": origin.model_dump(mode="json"), "claims": [_claim_data(one) for one in tried]}


def _claim_data(one: TriedClaim) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.claim.title,
        "says": one.claim.says,
        "verdict": one.verdict.value,
        "sentence": verdict_sentence(one),
        "trials": [_trial_data(each) for each in one.trials],
        "evidence": [
            {"speaks": each.speaks, "says": each.says, "sources": sources(each)} for each in one.claim.evidence
        ],
    }


def _trial_data(one: TriedTrial) -> dict[str, Any]:
    trial, found = one.trial, one.found
    return {
        "tries": trial.tries,
        "scenario": trial.scenario,
        "clock": trial.clock,
        "outcome": trial.outcome,
        "per": trial.per,
        "reason": trial.reason,
        "expects": trial.expects,
        "beside": trial.beside,
        "waits": trial.waits,
        "verdict": one.verdict.value,
        "found": None if found is None else _found_data(found),
        "hangs_on": hangs_on(one) or None,
    }


def _found_data(found: Found) -> dict[str, Any]:
    return {
        "policy": found.level,
        "baseline": found.baseline,
        "effect": found.effect,
        "quantiles": {"5": found.low, "95": found.high},
        "sign": found.sign,
        "more": found.raises,
        "less": found.lowers,
        "neither": found.neither,
        "worlds": found.worlds,
        "effective": found.effective,
    }


def _filled(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_on_hyphens=False)


def _item(line: str) -> str:
    return textwrap.fill(line, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
