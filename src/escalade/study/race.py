"""The arms race of a scenario on its expected path: what every side has, makes, spends, believes of its shield.

The expected path is the years without crises. Shown are the most likely values
of all inputs, and the range over sets of assumptions, drawn without the record
(which says nothing about arsenals).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.build import Names, stopping_share, worlds
from escalade.ensemble.design import draw, modes
from escalade.errors import UsageError

if TYPE_CHECKING:
    from escalade.rivalry.path import Path
    from escalade.scenario import Scenario
    from escalade.study.results import StoredRun
    from escalade.worlds import Worlds

Floats = NDArray[np.float64]
Group = Literal["arms", "interceptors", "production", "spending", "per threat", "shield", "shelter", "objective"]

SETS = 64
"""Sets of assumptions behind a range."""
FORESEEN_SETS = 8
"""Sets behind the range of what objectives are worth: each costs an exact crisis a year."""
LONGEST = 100
"""Years at most."""
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Curve:
    """One number of a side over the years.

    group : what kind of number; side : id; name : for readers; unit : of the values
    likely : at the most likely values of all inputs [y]; low, high : 90 of 100 sets of assumptions lie between [y]
    """

    group: Group
    side: str
    name: str
    unit: str
    likely: Floats
    low: Floats
    high: Floats

    @property
    def moves(self) -> bool:
        """Whether it ever changes, in any of the three."""
        return any(float(np.ptp(line)) > 0.0 for line in (self.likely, self.low, self.high))


@dataclass(frozen=True)
class Race:
    """The expected path of a scenario under one policy, as each year begins (production, spending: in the year)."""

    scenario: Scenario
    policy: str
    years: int
    sets: int
    curves: tuple[Curve, ...]


def race(scenario: Scenario, policy: str | None = None, years: int | None = None, seed: int = 0) -> Race:
    """The expected path under a policy (the focus by default) over that many years (the scenario's by default).

    Beyond the scenario's years nothing is planned; limits stay. Raises ``UsageError`` for a number of years out of
    range, ``ScenarioError`` for an unknown policy.
    """
    length = scenario.years if years is None else years
    if not 1 <= length <= LONGEST:
        raise UsageError(f"{length} years: must be a whole number from 1 to {LONGEST}")
    name = policy or scenario.focus
    own, base = scenario.policy(name), scenario.policy(scenario.baseline)
    likely, labels = worlds(own, base, modes(scenario))
    spread, _ = worlds(own, base, draw(scenario, SETS, seed))
    curves = tuple(
        _curve(pair) for pair in zip(_lines(likely, labels, length), _lines(spread, labels, length), strict=True)
    )
    return Race(scenario, name, length, SETS, curves)


@dataclass(frozen=True)
class _Line:
    group: Group
    side: str
    name: str
    unit: str
    values: Floats  # [n, y]


def _curve(pair: tuple[_Line, _Line]) -> Curve:
    likely, spread = pair
    low, high = np.quantile(spread.values, (LOW, HIGH), axis=0)
    return Curve(likely.group, likely.side, likely.name, likely.unit, likely.values[0], low, high)


def _lines(built: Worlds, labels: Names, years: int) -> Iterator[_Line]:
    """Every number of every side in every world."""
    from escalade.rivalry.path import expected_paths

    everyone = np.arange(len(built.sides))
    path = expected_paths(built, built, everyone, years)
    for i, side in enumerate(labels.sides):
        yield from _means(path, labels, i, side)
        yield _Line("spending", side, "spending", "US dollars a year", path.spent[:, :, i])
        if labels.layers[i]:
            yield from _shield(built, path, i, side)
        yield _Line("shelter", side, "people with shelter", "%", 100.0 * path.standing.coverage[:, :, i])
    yield from _objectives(built, labels, everyone, years)


def _means(path: Path, labels: Names, i: int, side: str) -> Iterator[_Line]:
    words = labels.vocabulary
    for k, arm in enumerate(labels.arms[i]):
        name = words.arms[side][arm]
        yield _Line("arms", side, name, "units", path.standing.stock[:, :, i, k])
        yield _Line("production", side, name, "units a year", path.arms_made[:, :, i, k])
    for l, layer in enumerate(labels.layers[i]):
        name = words.layers[side][layer]
        yield _Line("interceptors", side, name, "interceptors", path.standing.interceptors[:, :, i, l])
        yield _Line("production", side, name, "interceptors a year", path.layers_made[:, :, i, l])


def _shield(built: Worlds, path: Path, i: int, side: str) -> Iterator[_Line]:
    """What is left of a 90 % shield; interceptors for each unit that rivals have of what some layer can engage."""
    left = np.vectorize(stopping_share)(path.standing.truth[:, :, i])
    yield _Line("shield", side, "of what was built to stop 90 %", "% stopped", 100.0 * left)
    ready = path.standing.interceptors[:, :, i].sum(axis=2)
    threats = np.zeros_like(ready)
    for j in _rivals(built, i):
        met = np.take_along_axis((built.kill[:, i] > 0.0).any(axis=1), built.arms["cls"][:, j], axis=1)
        threats += (path.standing.stock[:, :, j] * met[:, None]).sum(axis=2)
    if (threats > 0.0).all():
        yield _Line("per threat", side, "interceptors per threat in stock", "ratio", ready / threats)


def _rivals(built: Worlds, i: int) -> list[int]:
    pairs = built.pairs[0]
    return [int(b if a == i else a) for a, b in zip(pairs["first"], pairs["second"], strict=True) if i in (a, b)]


def _objectives(built: Worlds, labels: Names, everyone: NDArray[np.int64], years: int) -> Iterator[_Line]:
    """What every objective is worth where leaders look ahead: above its usual worth a side would rather act now."""
    if not (built.sides["horizon"] > 0.0).any():
        return
    from escalade.rivalry.windows import with_windows

    few = everyone[:FORESEEN_SETS]
    weighed = with_windows(built, few).objectives[few, :years]
    for p in range(built.pairs.shape[1]):
        ends = (int(built.pairs["first"][0, p]), int(built.pairs["second"][0, p]))
        for s, i in enumerate(ends):
            name = f"worth of its objective against {labels.vocabulary.sides[labels.sides[ends[1 - s]]]}"
            yield _Line("objective", labels.sides[i], name, "median stakes", weighed[:, :, p, s])


STORED = "years.parquet"
"""File of a run's folder with the expected paths of focus and baseline."""


def store(run: StoredRun, races: Iterable[Race]) -> None:
    """Keep expected paths in a run's folder, which must be locked."""
    import polars as pl

    rows = [
        (race.policy, curve.group, curve.side, curve.name, curve.unit, year, *values)
        for race in races
        for curve in race.curves
        for year, values in enumerate(zip(curve.likely.tolist(), curve.low.tolist(), curve.high.tolist(), strict=True))
    ]
    heads = ["policy", "group", "side", "name", "unit", "year", "likely", "low", "high"]
    run.folder.write_frame(STORED, pl.DataFrame(rows, schema=heads, orient="row"), _origin(run))


def stored_race(run: StoredRun, policy: str) -> Race | None:
    """The expected path under a policy as the run keeps it; ``None`` where it does not."""
    frame = run.folder.read_frame(STORED, _origin(run))
    if frame is None or policy not in frame["policy"]:
        return None
    own = frame.filter(frame["policy"] == policy)
    curves = tuple(
        Curve(*labels, *(each[line].to_numpy() for line in ("likely", "low", "high")))
        for labels, each in own.group_by(["group", "side", "name", "unit"], maintain_order=True)
    )
    return Race(run.plan.scenario, policy, run.plan.scenario.years, SETS, curves)


def _origin(run: StoredRun) -> dict[str, object]:
    return {"run": run.folder.manifest()["run"], "years": "expected"}
