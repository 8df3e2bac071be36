"""A small real scenario text, and ways to break it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from escalade.errors import Problem, ScenarioError
from escalade.scenario import parse_scenario

TINY_FILE = Path(__file__).parent.parent / "scenarios" / "tiny.yaml"
TINY = TINY_FILE.read_text(encoding="utf-8")
HOSTED = TINY_FILE.with_name("hosted.yaml").read_text(encoding="utf-8")
"""Three sides and a host that fights nobody."""


def edited(*edits: tuple[str, str]) -> str:
    """The tiny scenario with the first occurrence of each text replaced."""
    text = TINY
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def place(text: str, needle: str) -> tuple[int, int]:
    """Line and column, from 1, of the first occurrence of ``needle``; ``|`` in it marks the column."""
    offset = max(needle.find("|"), 0)
    index = text.index(needle.replace("|", "")) + offset
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def problems(text: str | bytes) -> tuple[Problem, ...]:
    """Everything that is wrong with a text."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "war.yaml")
    assert caught.value.problems
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return caught.value.problems


def only_problem(text: str | bytes) -> Problem:
    """The one thing that is wrong with a text."""
    found = problems(text)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


@dataclass(frozen=True)
class Case:
    """A way to break a scenario, and the problem that it must give."""

    name: str
    path: str
    at: str
    says: str | None
    edits: tuple[tuple[str, str], ...] = ()
    change: str = ""

    @property
    def text(self) -> str:
        """The broken text."""
        return edited(*self.edits)


def cases(name: str) -> list[Case]:
    """The cases in ``cases/NAME.yaml``."""
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "cases" / f"{name}.yaml")
    return [
        Case(
            title,
            row["path"],
            row["at"],
            row.get("says"),
            tuple((edit["old"], edit["new"]) for edit in row.get("edits", ())),
            row.get("change", ""),
        )
        for title, row in rows.items()
    ]


def named(name: str) -> pytest.MarkDecorator:
    """Run a test once per case, under the case's name."""
    return pytest.mark.parametrize("case", cases(name), ids=lambda case: case.name)
