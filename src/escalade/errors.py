"""What can go wrong, one class per thing that a caller may handle."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class EscaladeError(Exception):
    """Something failed for a reason that a user can understand: the message says which (exit code 1)."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in what a user wrote, and where.

    ``file`` as the user named it; ``line`` and ``column`` count from 1, 0 where the whole file is meant; ``path`` is
    the dotted path inside the file (empty for the file itself); ``message`` says what is wrong, what is allowed and
    what may have been meant.
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}  {self.path}: {self.message}" if self.path else f"{place}  {self.message}"


class ScenarioError(EscaladeError):
    """What the user wrote cannot be used: a scenario, a policy, a name (exit code 2).

    Raised with a sentence, or with every ``Problem`` found at once; ``problems`` keeps them (empty for a sentence)
    and ``str`` gives one line each, in the order in which they stand in the files.
    """

    problems: tuple[Problem, ...]

    def __init__(self, what: str | Iterable[Problem]) -> None:
        self.problems = () if isinstance(what, str) else tuple(what)
        super().__init__(what if isinstance(what, str) else "\n".join(map(str, self.problems)))


class UsageError(EscaladeError):
    """What was asked for makes no sense: a number of worlds, a weight, an unknown choice (exit code 2)."""


def did_you_mean(name: str, known: Iterable[str], otherwise: str, *, cutoff: float = 0.5) -> str:
    """The end of a sentence about an unknown name: the known one that may have been meant, else ``otherwise``.

    cutoff : how much alike the two must be, 0 (anything) to 1 (the same)
    """
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f'did you mean "{near[0]}"?' if near else otherwise
