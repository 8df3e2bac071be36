"""Loading a scenario: text to a checked, frozen ``Scenario``, or all its problems at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from escalade.errors import Problem, ScenarioError
from escalade.scenario import sources, variants, wording
from escalade.scenario.checks import findings
from escalade.scenario.limits import TextError
from escalade.scenario.paths import clean
from escalade.scenario.policies import completed, policy_problems, reading_context
from escalade.scenario.reading import Document, read
from escalade.scenario.schema import Scenario
from escalade.scenario.sources import Source

MAX_CHAIN = 8
"""Scenarios that may extend each other in a row."""

MAX_PROBLEMS = 100
"""Problems that are reported at once; a file with more is broken in one way."""


@dataclass(frozen=True)
class Loaded:
    """A scenario and the document it was read from, which knows where everything stands."""

    scenario: Scenario
    document: Document


def load_scenario(where: str | FilePath) -> Scenario:
    """The scenario called ``where`` (a bundled name) or in the file ``where``.

    Raises ``ScenarioError`` with every problem at once.
    """
    return load(where).scenario


def load(where: str | FilePath) -> Loaded:
    """The same as ``load_scenario``, with the document beside the scenario."""
    return _loaded(sources.locate(where), ())


def parse_scenario(text: str | bytes, file: str = "scenario.yaml") -> Scenario:
    """The scenario that a text stands for; ``file`` is what problems call it. It may extend bundled scenarios only.

    Raises ``ScenarioError`` with every problem at once.
    """
    content = text.encode("utf-8", errors="surrogatepass") if isinstance(text, str) else text
    return _loaded(Source(file, content), ()).scenario


def scenario_from_data(data: Any, file: str = "scenario") -> Scenario:
    """The scenario that plain data (as from JSON) stands for, checked by the same rules as a file.

    Raises ``ScenarioError`` with every problem at once; they have paths, but no lines.
    """
    return checked(Document(file, data))


def _loaded(source: Source, chain: tuple[Source, ...]) -> Loaded:
    # Bundled scenarios extend no files, so what they stand for is always the same.
    return _load_bundled(source) if source.bundled else _load(source, chain)


@lru_cache(maxsize=16)
def _load_bundled(source: Source) -> Loaded:
    return _load(source, ())


def _load(source: Source, chain: tuple[Source, ...]) -> Loaded:
    try:
        document = read(source.content, source.file)
    except TextError as error:
        raise ScenarioError([Problem(source.file, error.line, error.column, "", clean(error.message))]) from None
    if isinstance(document.data, dict) and "extends" in document.data:
        document = _extended(document, source, chain)
    return Loaded(checked(document), document)


def _extended(document: Document, source: Source, chain: tuple[Source, ...]) -> Document:
    """The whole document that a variant stands for."""
    name = document.data["extends"]
    try:
        if not isinstance(name, str):
            raise ScenarioError("is not a name; allowed: a bundled scenario, or a .yaml file in the same folder")
        base_source = sources.base_of(source, name)
        links = (*chain, source)
        if any(link.file == base_source.file and link.folder == base_source.folder for link in links):
            raise ScenarioError("extends itself, directly or through others; allowed: another scenario")
        if len(links) > MAX_CHAIN:
            raise ScenarioError(f"extends too many others in a row; allowed: at most {MAX_CHAIN}")
        base = _loaded(base_source, links)
    except ScenarioError as error:
        own = [] if error.problems else [document.problem(("extends",), str(error))]
        raise ScenarioError(_sorted([*document.problems, *own]) + list(error.problems)) from None
    return variants.merged(document, base.document, base.scenario)


def checked(document: Document) -> Scenario:
    """The scenario that a whole document stands for; raises ``ScenarioError`` with every problem."""
    if not isinstance(document.data, dict):
        problem = document.problem((), "is not a scenario; allowed: a mapping of keys to values, escalade: 1 first")
        raise ScenarioError([*document.problems, problem])
    scenario, problems = _validated(document)
    if scenario is None or problems or document.problems:
        raise ScenarioError(_sorted([*document.problems, *_without_echoes(problems, document.problems)]))
    return scenario


def _validated(document: Document) -> tuple[Scenario | None, list[Problem]]:
    problems: list[Problem] = []
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(document.data, context=reading_context(document.data))
    except ValidationError as error:
        problems += wording.problems(error, document)
    for finding in findings(document.data):
        mark = document.where_key(finding.path) if finding.at_key else document.where(finding.path)
        problems.append(document.problem(finding.path, finding.message, mark))
    scenario = completed(scenario) if scenario is not None and not problems else None
    problems += policy_problems(document, scenario)
    return scenario, problems


def _without_echoes(problems: list[Problem], first: list[Problem]) -> list[Problem]:
    """The problems, less those that only follow from what could not be read at the same place."""
    unread = {(problem.file, problem.path) for problem in first if problem.path}
    return [problem for problem in problems if (problem.file, problem.path) not in unread]


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, in the order of the files, at most ``MAX_PROBLEMS``."""
    unique = sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.column, problem.path))
    if len(unique) <= MAX_PROBLEMS:
        return unique
    rest = len(unique) - MAX_PROBLEMS
    last = unique[MAX_PROBLEMS - 1]
    return [*unique[:MAX_PROBLEMS], Problem(last.file, last.line, last.column, "", f"and {rest} more problems")]
