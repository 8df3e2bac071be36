"""Reading a file of claims, and making its trials ready, with every problem at its line and column.

The text is read by the same machinery as a scenario, within the same limits. A trial whose policies the claim makes
up is put into a copy of its scenario as two policies of it, so that their changes are checked by the same rules; a
problem is told where the claim wrote it. Uncertain numbers that both policies change at the same place are drawn
together: only what they differ in tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from escalade import facts
from escalade.ensemble.build import names
from escalade.errors import Problem, ScenarioError
from escalade.evidence.claims import Claims, Side, Trial, citation
from escalade.quantities import Quantity, catalogue
from escalade.scenario import Scenario, wording
from escalade.scenario.changes import tied
from escalade.scenario.limits import TextError
from escalade.scenario.loading import Loaded, checked, load
from escalade.scenario.lookup import Place
from escalade.scenario.paths import Path, allowed, clean, dotted, near
from escalade.scenario.reading import Document, read
from escalade.scenario.sources import Source, base_of
from escalade.scenario.variants import copy_marks

ROOT = Place(Claims, "A file of claims.", "", "Claims", "text")
TRIED, AGAINST = "claim_policy", "claim_baseline"
"""Ids of the two policies of a trial that a claim makes up."""


@dataclass(frozen=True)
class Posed:
    """A trial made ready: the scenario that holds its two policies, their ids, and what is counted."""

    trial: Trial
    scenario: Scenario
    policy: str
    baseline: str
    outcome: Quantity


@dataclass(frozen=True)
class ReadClaims:
    """Claims with their trials: those that can be tried ready, by claim and number of the trial."""

    claims: Claims
    posed: Mapping[tuple[str, int], Posed]


@cache
def bundled() -> ReadClaims:
    """The claims of the article that asked this project's question, their trials ready."""
    return read_claims(_bundled_source())


@cache
def bundled_claims() -> Claims:
    """The same claims as they are written."""
    return _validated(_read(_bundled_source()))


def _bundled_source() -> Source:
    content = (resources.files("escalade.evidence") / "claims.yaml").read_bytes()
    return Source("claims.yaml", content, bundled=True)


def claims_in(path: FilePath) -> ReadClaims:
    """The claims of a user's file. Raises ``ScenarioError`` with every problem at once."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ScenarioError([Problem(str(path), 0, 0, "", f"cannot be read: {error.strerror}")]) from None
    return read_claims(Source(str(path), content, path.parent))


def read_claims(source: Source) -> ReadClaims:
    """The claims of a text, their trials made ready. Raises ``ScenarioError`` with every problem at once."""
    document = _read(source)
    claims = _validated(document)
    posed: dict[tuple[str, int], Posed] = {}
    problems = [*document.problems, *_unknown_facts(claims, document)]
    for name, claim in claims.claims.items():
        for number, trial in enumerate(claim.trials):
            at: Path = ("claims", name, "trials", number)
            try:
                made = _posed(trial, source, document, at)
            except ScenarioError as error:
                problems += error.problems or [document.problem((*at, "scenario"), str(error))]
                continue
            if made is not None:
                posed[name, number] = made
    if problems:
        raise ScenarioError(_in_order(problems))
    return ReadClaims(claims, posed)


def _read(source: Source) -> Document:
    try:
        return read(source.content, source.file)
    except TextError as error:
        raise ScenarioError([Problem(source.file, error.line, error.column, "", clean(error.message))]) from None


def _validated(document: Document) -> Claims:
    try:
        return Claims.model_validate(document.data)
    except ValidationError as error:
        found = [*document.problems, *wording.problems(error, document, root=ROOT)]
        raise ScenarioError(_in_order(found)) from None


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda each: (each.file, each.line, each.column, each.path))


def _unknown_facts(claims: Claims, document: Document) -> Iterator[Problem]:
    for name, claim in claims.claims.items():
        for number, evidence in enumerate(claim.evidence):
            for place, fact in enumerate(evidence.facts):
                try:
                    citation(fact)
                except facts.UnknownFact as error:
                    yield document.problem(("claims", name, "evidence", number, "facts", place), str(error))


def _posed(trial: Trial, source: Source, document: Document, at: Path) -> Posed | None:
    """A trial made ready; None if it waits for something. Raises ``ScenarioError``."""
    if trial.waits is not None:
        return None
    if trial.policy is None or trial.baseline is None:
        missing = "policy" if trial.policy is None else "baseline"
        message = f"has no {missing}; needed: a policy of the scenario, or {{policies, changes}}; or waits: WHY"
        raise ScenarioError([document.problem(at, message)])
    base = _scenario(trial.scenario, source)
    single = trial.policy.single, trial.baseline.single
    problems = [
        *_unknown_policies(trial.policy, base.scenario, document, (*at, "policy")),
        *_unknown_policies(trial.baseline, base.scenario, document, (*at, "baseline")),
    ]
    if not problems and (trial.policy.policies, trial.policy.changes) == (
        trial.baseline.policies,
        trial.baseline.changes,
    ):
        problems.append(document.problem((*at, "baseline"), "is the policy itself; allowed: another one"))
    try:
        outcome = outcome_of(trial, catalogue(names(base.scenario).vocabulary))
    except WrongOutcomeError as error:
        problems.append(document.problem((*at, error.field), str(error)))
    if problems:
        raise ScenarioError(problems)
    if single[0] is not None and single[1] is not None:
        return Posed(trial, base.scenario, single[0], single[1], outcome)
    return Posed(trial, _with_policies(trial.policy, trial.baseline, base, document, at), TRIED, AGAINST, outcome)


def _scenario(name: str, source: Source) -> Loaded:
    found = base_of(source, name)
    return load(name if found.bundled else FilePath(found.file))


def _unknown_policies(side: Side, scenario: Scenario, document: Document, at: Path) -> Iterator[Problem]:
    for number, name in enumerate(side.policies):
        if name not in scenario.policies:
            known = scenario.policies
            message = f"there is no policy {name!r} in {scenario.name}; {allowed(known)}{near(name, known)}"
            yield document.problem((*at, "policies", number), message)


class WrongOutcomeError(Exception):
    """A trial names an outcome that cannot be counted; ``field`` is the one that does."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def outcome_of(trial: Trial, known: Mapping[str, Quantity]) -> Quantity:
    """What a trial counts, among a scenario's quantities: one of them, or the ratio of two that are plain sums."""
    there = {key: quantity for key, quantity in known.items() if quantity.on(trial.clock) is not None}
    for field, name in (("outcome", trial.outcome), ("per", trial.per)):
        if name is not None and name not in there:
            message = f"there is no outcome of a {trial.clock} {name!r}; {allowed(there)}{near(name, there)}"
            raise WrongOutcomeError(field, message)
    outcome = there[trial.outcome]
    if trial.per is None:
        return outcome
    top, bottom = outcome.on(trial.clock), there[trial.per].on(trial.clock)
    if top is None or bottom is None or top.denominator or bottom.denominator or bottom.less:
        raise WrongOutcomeError("per", "would be a ratio of ratios; allowed: outcomes that are plain sums")
    measure = replace(top, denominator=bottom.numerator, of=there[trial.per].name)
    both = (measure, None) if trial.clock == "crisis" else (None, measure)
    return replace(outcome, id=f"{trial.outcome}/{trial.per}", crisis=both[0], period=both[1], control=None)


def _with_policies(policy: Side, baseline: Side, base: Loaded, document: Document, at: Path) -> Scenario:
    """The scenario with the two policies of a trial, and of its own those that it cannot do without."""
    source, scenario = base.document, base.scenario
    data = dict(source.data)
    kept = {scenario.baseline, scenario.focus}
    kept |= {entry.policy for entry in scenario.record.crises} if scenario.record else set()
    data["policies"] = {name: value for name, value in source.data["policies"].items() if name in kept}
    whole = Document(source.file, data, dict(source.values), dict(source.keys))
    for name, side, part in ((TRIED, policy, "policy"), (AGAINST, baseline, "baseline")):
        data["policies"][name] = {"name": _name(side, scenario), "changes": _changes(side, source.data)}
        for kept_policy in side.policies:
            copy_marks(whole, source, ("policies", kept_policy, "changes"), ("policies", name, "changes"))
        whole.values[("policies", name)] = document.where((*at, part))
        _add_marks(whole, document, (*at, part, "changes"), ("policies", name, "changes"))
    try:
        return checked(whole)
    except ScenarioError as error:
        raise ScenarioError([_told(problem, at) for problem in error.problems]) from None


def _name(side: Side, scenario: Scenario) -> str:
    if side.name is not None:
        return side.name
    names = [scenario.policies[name].name for name in side.policies]
    return " and ".join(names) or "As the scenario has it"


def _changes(side: Side, data: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of a side, in order; uncertain numbers at the same place are drawn together in every trial."""
    changes: dict[str, Any] = {}
    for name in side.policies:
        changes.update(data["policies"][name].get("changes", {}))
    changes.update(side.changes)
    return {written: tied(value, f"claim: {written}") for written, value in changes.items()}


def _add_marks(whole: Document, own: Document, source: Path, target: Path) -> None:
    """Marks of a part of the claims for what now stands in the scenario, beside marks that are there already."""
    for marks, mine in ((whole.values, own.values), (whole.keys, own.keys)):
        for path, mark in mine.items():
            if path[: len(source)] == source:
                marks[(*target, *path[len(source) :])] = mark


def _told(problem: Problem, at: Path) -> Problem:
    """A problem of the scenario that a trial makes, with the path at which the claim wrote what is wrong."""
    for name, part in ((TRIED, "policy"), (AGAINST, "baseline")):
        inside = f"policies.{name}"
        if problem.path.startswith(inside):
            return replace(problem, path=dotted((*at, part)) + problem.path.removeprefix(inside))
    return problem
