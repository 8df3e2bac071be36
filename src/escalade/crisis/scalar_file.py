"""The file of a scalar ladder: a crisis written down with given numbers for every rung.

JSON, read by the same reader and under the same limits as a scenario: nothing is built before the text is known to be
small, flat and free of references. Problems have the same form, ``file:line:column  path: what is wrong``, and come all
at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from escalade.errors import Problem, ScenarioError
from escalade.scenario import sources, wording
from escalade.scenario.fields import Part
from escalade.scenario.forms import problem
from escalade.scenario.limits import TextError
from escalade.scenario.loading import MAX_PROBLEMS
from escalade.scenario.paths import Path, allowed, clean, near, printable
from escalade.scenario.reading import Document, read

MAX_RUNGS = 8
MAX_WAVES = 12
_MOST = 1e6


def _flag(value: Any) -> Any:
    return bool(value) if isinstance(value, int) and value in (0, 1) else value


def _precision(value: Any) -> Any:
    if value in ("inf", "Infinity"):
        return math.inf
    if isinstance(value, str):
        raise problem(f'is {printable(repr(value), 40)}; allowed: a number from 0 on, or "inf"')
    return value


def _rungwise(meaning: str) -> Any:
    return Field(description=meaning, min_length=2, max_length=MAX_RUNGS, strict=False)


Flag = Annotated[bool, BeforeValidator(_flag)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=_MOST)]
Cost = Annotated[float, Field(ge=-_MOST, le=_MOST)]
Spread = Annotated[float, Field(ge=0, le=3)]
Precision = Annotated[float, Field(ge=0), BeforeValidator(_precision)]


class ScalarSide(Part):
    """One side of a scalar ladder. Lists have one entry per rung; costs and deaths are in median stakes."""

    strike: tuple[Flag, ...] = _rungwise("1 where the side strikes at the rung, 0 where it only threatens")
    gain: tuple[Share, ...] = _rungwise("share of what is left of the side's objective that one strike there wins")
    cost: tuple[Cost, ...] = _rungwise("cost of one strike, or of the threat")
    harm: tuple[Weight, ...] = _rungwise("own deaths over tolerance when struck there")
    audience: tuple[Cost, ...] = _rungwise("price of backing down there")
    value: Weight = Field(default=1, description="factor of what the side's own objective is worth to it")
    loss: Weight = Field(default=1, description="factor of what the other side's success costs it")
    press: Weight = Field(description="weight of a death just suffered against one expected")
    affront: Weight = Field(description="pressure of being struck at all, before that weight")
    may_climb: tuple[Flag, ...] = _rungwise("whether the side may begin the rung")


class ScalarLadder(Part):
    """A crisis on a ladder whose every number is given."""

    war_rung: int = Field(ge=1, le=MAX_RUNGS - 1, description="first rung that counts as war, from 0")
    waves: int = Field(default=2, alias="K", ge=1, le=MAX_WAVES, description="strikes per side and rung")
    precision: Precision = Field(default=20, alias="lambda", description='logit precision of choice, or "inf"')
    opener: Annotated[int, Field(ge=0, le=1)] | None = Field(default=None, description="side that opens; null: drawn")
    light_replies: bool = Field(default=True, description="whether a struck side may answer at a lower rung's strength")
    allow_yield: bool = Field(default=True, description="whether backing down is possible")
    spread: Spread = Field(default=0.4, description="spread of log public stakes; 0: at their medians")
    private_resolve: Spread = Field(default=0.6, description="spread of the log of private resolve")
    concession: tuple[Share, ...] = _rungwise("share of what is left given up by yielding at the rung")
    autonomous_risk: tuple[Share, ...] = _rungwise("probability of an accident on each arrival at the rung")
    sides: tuple[ScalarSide, ScalarSide] = Field(description="the two sides", strict=False)

    @property
    def rungs(self) -> int:
        """Number of rungs."""
        return len(self.concession)


_RUNGWISE = ("strike", "gain", "cost", "harm", "audience", "may_climb")


def load_ladder(where: str | FilePath) -> ScalarLadder:
    """The scalar ladder in the file ``where``.

    Raises ``ScenarioError`` with every problem at once.
    """
    path, name = FilePath(where), str(where)
    if not path.is_file():
        raise ScenarioError([Problem(printable(name), 0, 0, "", "there is no such file")])
    return parse_ladder(sources.locate(path).content, name)


def parse_ladder(content: bytes, file: str = "ladder.json") -> ScalarLadder:
    """The scalar ladder in a file's bytes; ``file`` is what problems call it.

    Raises ``ScenarioError`` with every problem at once.
    """
    try:
        # Tabs are blanks in JSON, but not in the language whose reader is used; inside texts JSON has none.
        document = read(content.replace(b"\t", b" "), file)
    except TextError as error:
        raise ScenarioError([Problem(file, error.line, error.column, "", clean(error.message))]) from None
    return _checked(document)


def ladder_from_data(data: Any, file: str = "ladder") -> ScalarLadder:
    """The scalar ladder that plain data (as from JSON) stands for, checked by the same rules as a file.

    Raises ``ScenarioError`` with every problem at once; they have paths, but no lines.
    """
    return _checked(Document(file, data))


def _checked(document: Document) -> ScalarLadder:
    found = list(document.problems)
    if not isinstance(document.data, dict):
        found.append(document.problem((), f"is not a scalar ladder; {allowed(['a mapping of', *_keys(ScalarLadder)])}"))
        raise ScenarioError(found)
    try:
        ladder = ScalarLadder.model_validate(document.data)
    except ValidationError as error:
        ladder = None
        unread = {problem.path for problem in found}
        found += [said for said in _worded(error, document) if said.path not in unread]
    found += [document.problem(finding.path, finding.message) for finding in _findings(document.data)]
    if ladder is None or found:
        unique = sorted(set(found), key=lambda said: (said.line, said.column, said.path))
        raise ScenarioError(unique[:MAX_PROBLEMS])
    return ladder


def _keys(model: type[Part]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _worded(error: ValidationError, document: Document) -> Iterator[Problem]:
    """What pydantic found, in the words that scenarios use."""
    for details in error.errors(include_url=False):
        path, at_key = wording.located(details)
        kind = details["type"]
        model: type[Part] = ScalarSide if path[:1] == ("sides",) and len(path) > 2 else ScalarLadder
        mark = document.where_key(path) if at_key else document.where(path)
        if kind == "missing" and isinstance(path[-1], int):
            path, message = path[:1], f"has {path[-1]} entries; allowed: {_lengths(path[:1])}"
        elif kind == "missing":
            mark = document.where(path[:-1])
            message = f"is missing; needed: {_meaning(model, path)}"
        elif kind == "extra_forbidden":
            message = f"is not a known key; {allowed(_keys(model))}{near(str(path[-1]), _keys(model))}"
        elif kind in ("too_long", "too_short"):
            message = f"has {len(details['input'])} entries; allowed: {_lengths(path)}"
        else:
            message = wording.word(details, path)
        yield document.problem(path, message, mark)


def _meaning(model: type[Part], path: Path) -> str:
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    return fields[str(path[-1])].description or ""


def _lengths(path: Path) -> str:
    return "2, one per side" if path == ("sides",) else f"2 to {MAX_RUNGS}, one per rung"


class _Finding(NamedTuple):
    path: Path
    message: str


def _findings(data: dict[str, Any]) -> Iterator[_Finding]:
    """What does not fit together, in plain data of any shape."""
    rungs = len(data["concession"]) if isinstance(data.get("concession"), list) else 0
    sides = data.get("sides")
    parts: list[tuple[Path, Any]] = [((), data)]
    parts += [(("sides", index), side) for index, side in enumerate(sides if isinstance(sides, list) else [])]
    for path, part in parts if rungs else []:
        for key in (*_RUNGWISE, "autonomous_risk"):
            values = part.get(key) if isinstance(part, dict) else None
            if isinstance(values, list) and len(values) != rungs and (path or key == "autonomous_risk"):
                yield _Finding((*path, key), f"has {len(values)} entries; allowed: {rungs}, as many as concession has")
    war = data.get("war_rung")
    if isinstance(war, int) and not isinstance(war, bool) and rungs:
        if war >= rungs:
            yield _Finding(("war_rung",), f"is {war}; allowed: 1 to {rungs - 1}, the highest rung")
        yield from _threats_in_war(parts[1:], war)


def _threats_in_war(sides: list[tuple[Path, Any]], war: int) -> Iterator[_Finding]:
    for path, side in sides:
        strikes = side.get("strike") if isinstance(side, dict) else None
        for rung, strike in enumerate(strikes if isinstance(strikes, list) else []):
            if rung > war and strike in (0, False):
                yield _Finding((*path, "strike", rung), "is a threat above the war rung; allowed: 1, a strike")
