"""What a scenario rests on, counted: policies, inputs, sources, assumptions; and what its author should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from escalade.errors import Problem
from escalade.scenario.inputs import Input, inputs, leaves
from escalade.scenario.loading import Loaded
from escalade.scenario.numbers import Fixed, Number
from escalade.scenario.paths import Path
from escalade.scenario.schema import Scenario, Side
from escalade.scenario.written import shown


@dataclass(frozen=True)
class Summary:
    """Counts of a scenario.

    Every input of the scenario and its policies is counted once. ``sourced`` have a published source, ``facts`` of
    them come from the library of facts; ``assumptions`` have none, ``unexplained`` of them not even a reason;
    ``choices`` are certain values that policies set; ``defaults`` are the package's own values, left as they are.
    """

    policies: tuple[str, ...]
    uncertain: int
    certain: int
    sourced: int
    facts: int
    assumptions: int
    unexplained: int
    choices: int
    defaults: int


def summary(scenario: Scenario) -> Summary:
    """Counts of a scenario and its policies."""
    found = inputs(scenario)
    assumed = assumptions(found)
    sourced = [item for item in found if item.source is not None]
    defaults = sum(item.is_default for item in found)
    return Summary(
        policies=tuple(scenario.policies),
        uncertain=sum(item.uncertain for item in found),
        certain=sum(not item.uncertain for item in found),
        sourced=len(sourced),
        facts=sum(item.fact is not None for item in sourced),
        assumptions=len(assumed),
        unexplained=sum(item.assumption is None for item in assumed),
        choices=len(found) - len(sourced) - len(assumed) - defaults,
        defaults=defaults,
    )


def assumptions(found: list[Input]) -> list[Input]:
    """The inputs behind which nothing published stands, in their order."""
    return [item for item in found if item.is_assumption]


def warnings(loaded: Loaded) -> list[Problem]:
    """What is allowed, but deserves a look."""
    return [*_hard_limits(loaded), *_objectives(loaded)]


def _hard_limits(loaded: Loaded) -> Iterator[Problem]:
    document = loaded.document
    for path, number in leaves(loaded.scenario):
        if _is_reported_range(number):
            yield document.problem(path, _limits_message(number))
    for name, policy in loaded.scenario.policies.items():
        written = {f"{name}: {change}": change for change in policy.changes}
        for _, number in leaves(loaded.scenario.policy(name)):
            # Each change once, though * may have put it in many places.
            change = written.pop(number.key, None)
            if change is not None and _is_reported_range(number):
                yield document.problem(("policies", name, "changes", change), _limits_message(number))


def _is_reported_range(number: Number) -> bool:
    return number.fact is not None and not isinstance(number.spec, Fixed)


def _limits_message(number: Number) -> str:
    return (
        f"the range reported by {number.fact}, {shown(number.low)} to {shown(number.high)}, enters as hard limits; "
        "if values outside it are possible write {low, mode, high} with its source"
    )


def _objectives(loaded: Loaded) -> Iterator[Problem]:
    scenario = loaded.scenario
    waves = scenario.crisis.waves_per_rung.mode
    for name, side in scenario.sides.items():
        most = most_won(side, waves)
        if most > 1:
            path: Path = ("sides", name, "ladder")
            message = (
                f"strikes at all rungs could win {most:.2f} of the objective at the most likely values, more than all"
            )
            yield loaded.document.problem(path, message, loaded.document.where_key(path))


def most_won(side: Side, waves: float) -> float:
    """Share of its objective that a side could win over all rungs with ``waves`` strikes at each, at the modes."""
    return sum(1 - float((1 - step.objective.mode) ** waves) for step in side.ladder.values())
