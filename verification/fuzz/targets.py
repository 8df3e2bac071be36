"""Readers of what strangers write, each with good inputs to start from."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from escalade.errors import ScenarioError
from verification.fuzz.mutations import broken

if TYPE_CHECKING:
    from escalade.scenario import Scenario

TINY = Path(__file__).parents[2] / "tests" / "scenarios" / "tiny.yaml"
"""A small scenario with every field, and every way to write a number."""

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Target:
    """A reader: texts to break, and what to do with a broken one.

    ``read`` takes any bytes and says whether it accepted them; whatever it raises is a finding.
    """

    name: str
    seeds: Callable[[], tuple[str, ...]]
    read: Callable[[bytes], bool]

    def case(self, number: int, seed: int = 0) -> bytes:
        """Broken text number so much: the same for the same numbers."""
        rng = random.Random(f"{self.name} {seed} {number}")
        text = broken(rng, rng.choice(self.seeds()), rng.choice([1, 1, 1, 2, 4, 16]))
        return text.encode("utf-8", errors="surrogatepass")


def corpus(name: str) -> tuple[str, ...]:
    """The texts kept for a target, in the order of their names."""
    folder = CORPUS / name
    return tuple(file.read_bytes().decode("utf-8", errors="surrogateescape") for file in sorted(folder.glob("*")))


def refused(error: ScenarioError) -> None:
    """A refusal names problems, in words that cannot move a terminal's cursor."""
    assert error.problems
    for problem in error.problems:
        assert problem.message
        assert "Traceback" not in problem.message
        assert str(problem).isprintable()


def scenario_of(content: bytes) -> Scenario | None:
    """The scenario of a file, or nothing if it is refused properly."""
    from escalade.scenario import parse_scenario

    try:
        return parse_scenario(content)
    except ScenarioError as error:
        refused(error)
        return None


def in_order(scenario: Scenario) -> None:
    """What was accepted can be written down and read again, and all its inputs are in order."""
    from escalade.scenario import canonical_yaml, inputs, parse_scenario

    assert parse_scenario(canonical_yaml(scenario)) == scenario
    for item in inputs(scenario):
        assert item.spec.low <= item.spec.mode <= item.spec.high


def read_scenario(content: bytes) -> bool:
    """A scenario file."""
    scenario = scenario_of(content)
    if scenario is not None:
        in_order(scenario)
    return scenario is not None


@cache
def scenario_seeds() -> tuple[str, ...]:
    """The corpus, which is small and quick to read, and once among many the bundled files, which are neither."""
    from escalade.scenario import bundled_names

    folder = resources.files("escalade") / "scenarios"
    bundled = tuple((folder / f"{name}.yaml").read_text(encoding="utf-8") for name in bundled_names())
    small = (TINY.read_text(encoding="utf-8"), *corpus("scenario"))
    return small * 8 * len(bundled) + bundled


def read_scalar(content: bytes) -> bool:
    """A scalar ladder."""
    from escalade.crisis.scalar_file import parse_ladder

    try:
        parse_ladder(content)
    except ScenarioError as error:
        refused(error)
        return False
    return True


@cache
def scalar_seeds() -> tuple[str, ...]:
    """The corpus, as written and without a blank."""
    texts = corpus("scalar")
    return texts + tuple(json.dumps(json.loads(text), separators=(",", ":")) for text in texts)


TARGETS = {
    target.name: target
    for target in (
        Target("scenario", scenario_seeds, read_scenario),
        Target("scalar", scalar_seeds, read_scalar),
    )
}
"""The targets, by name."""
