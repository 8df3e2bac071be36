"""The answer of a run: its sentences, its overview, and the same as plain JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from escalade.analysis.compare import Comparison
from escalade.analysis.structure import Structure
from escalade.report.comparison import as_json, overview
from escalade.report.sentences import CONDITIONAL, Headline, Wording, alone, headline, wording
from escalade.report.structure import LEAD, sentence
from escalade.report.tables import WIDTH, text
from escalade.study.results import StoredRun
from escalade.study.structure import stored_structure


@dataclass(frozen=True)
class Answer:
    """What a run says about one outcome, with the policies' names.

    ``policy`` is the one that the headline is about: the scenario's focus, or the
    first other policy if the focus is the baseline; ``None`` (and no headline) if
    there is no other. ``sentences`` are all that the run says, in order. ``structure`` is
    the headline's effect under other structures of the model, where they were tried.
    """

    comparison: Comparison
    names: Mapping[str, str]
    policy: str | None
    headline: Headline | None
    sentences: tuple[str, ...]
    structure: Structure | None = None


def answer(
    run: StoredRun, baseline: str | None = None, outcome: str | None = None, *, policy: str | None = None
) -> Answer:
    """The answer of a run; ``baseline`` and ``outcome`` are the scenario's own by default.

    With ``policy`` only that one is compared. Raises ``UsageError`` for unknown names,
    ``EscaladeError`` before the first answer.
    """
    scenario = run.plan.scenario
    comparison = run.comparison(baseline, outcome, () if policy is None else (policy,))
    others = [pair.policy for pair in comparison.pairs]
    policy = scenario.focus if scenario.focus in others else next(iter(others), None)
    words = wording(scenario)
    said = None if policy is None else headline(comparison, policy, words)
    tried = _structure(run, comparison, policy)
    if said is not None and tried is not None:
        said = _hanging(said, tried, words)
    names = {name: scenario.policies[name].name for name in comparison.policies}
    return Answer(comparison, names, policy, said, said.sentences if said else alone(comparison, words), tried)


def _structure(run: StoredRun, comparison: Comparison, policy: str | None) -> Structure | None:
    """The headline's effect under other structures, if they were tried on this very pair of policies."""
    if policy is None or comparison.baseline != run.plan.scenario.baseline:
        return None
    return stored_structure(run, policy, comparison.outcome)


def _hanging(said: Headline, tried: Structure, words: Wording) -> Headline:
    """The headline with what other structures say: a warning where the sign is not the same under all of them."""
    told = sentence(tried, words.sides)
    if not tried.depends:
        return replace(said, details=(*said.details, told))
    return replace(said, lead=LEAD.format(lead=said.lead), warnings=(*said.warnings, told))


def unfinished(run: StoredRun) -> str | None:
    """What is missing of a run that was interrupted, or ``None``."""
    period = run.results.period
    if period is None:
        return "This run is not finished: no simulated years yet."
    if period.parts < period.parts_planned:
        return f"This run is not finished: {period.parts} of {period.parts_planned} parts of its years are there."
    return None


def as_text(run: StoredRun, said: Answer, missing: str | None = None) -> str:
    """Question, sentences and overview, no line longer than 80 columns; ``missing`` says what is not there, and why."""
    paragraphs = [run.plan.scenario.question, *said.sentences, CONDITIONAL]
    missing = missing or unfinished(run)
    if missing:
        paragraphs.insert(1, missing)
    wrapped = [textwrap.fill(paragraph, WIDTH, break_on_hyphens=False) for paragraph in paragraphs]
    return "\n\n".join(["\n".join(wrapped), text(overview(said.comparison, said.names))])


def as_data(run: StoredRun, said: Answer) -> dict[str, Any]:
    """The answer as plain JSON values: sentences, and everything compared by the registry's ids."""
    return {
        "scenario": run.plan.scenario.name,
        "question": run.plan.scenario.question,
        "focus": said.policy,
        "verdict": None if said.headline is None or said.headline.verdict is None else said.headline.verdict.value,
        "headline": list(said.sentences),
        "unfinished": unfinished(run),
        **as_json(said.comparison),
    }
