"""Exact crises with levers moved: the same worlds, in which governments choose otherwise.

A lever sets an input to one value in every world, or multiplies what each world drew. Nothing is drawn anew, and the
weights of the record stay: what past crises taught about the assumptions does not hang on what is chosen next. A policy
then changes the moved scenario as it changes the scenario itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.exact import LATTICE_POINTS
from escalade.ensemble.build import worlds
from escalade.ensemble.design import Design
from escalade.ensemble.execute import require_numbers
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError
from escalade.lab.levers import known_levers, moved, require_levers
from escalade.lab.setting import Lever
from escalade.study.reference import in_year
from escalade.study.results import StoredRun
from escalade.worlds import Worlds

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from escalade.scenario import Input, Scenario

Floats = NDArray[np.float64]

THREADS = min(4, os.cpu_count() or 1)
"""Parts in which the crises of one policy are solved side by side."""

DRAGGING_POINTS = 34
"""Stake points while a handle is dragged; a Fibonacci number."""


@dataclass(frozen=True)
class Solver:
    """Solves crises of a run's worlds anew."""

    run: StoredRun

    @cached_property
    def table(self) -> CrisisTable:
        """The run's exact crises."""
        from escalade.lab.ask import crises_of

        return crises_of(self.run)

    def require_same_model(self) -> None:
        """Raise ``EscaladeError`` if the run was made by other code: its crises are those of another model."""
        if self._made_by != self.run.plan.origin["model"]:
            raise EscaladeError(
                f"{self.run.folder.path} was made by another version of the model: its levers cannot be moved; "
                "run it again, or narrow assumptions only (escalade lab --static)"
            )

    @cached_property
    def _made_by(self) -> str:
        return str(self.run.folder.manifest()["run"]["model"])

    @cached_property
    def _levers(self) -> Mapping[str, Input]:
        return known_levers(self.run.plan.scenario)

    @cached_property
    def _scenarios(self) -> Mapping[str, Scenario]:
        scenario = self.run.plan.scenario
        return {name: scenario.policy(name) for name in self.run.plan.policies}

    def worlds(self, policy: str, levers: Mapping[str, Lever], index: NDArray[np.int64]) -> tuple[Worlds, Worlds]:
        """Chosen candidates with the levers moved, under the policy and under the baseline, in the reference year.

        Raises as ``first_year`` does.
        """
        both, year = self.first_year(policy, levers, index), self.run.plan.scenario.reference_year
        return in_year(both[0], year), in_year(both[1], year)

    def first_year(self, policy: str, levers: Mapping[str, Lever], index: NDArray[np.int64]) -> tuple[Worlds, Worlds]:
        """The same worlds in the first year, where histories begin.

        Raises ``UsageError`` for a lever that the scenario does not have or a value that is not allowed,
        ``EscaladeError`` if the run was made by another version of the model.
        """
        self.require_same_model()
        scenario = self.run.plan.scenario
        require_levers(self._levers, levers)
        drawn = {key: values[index] for key, values in self.table.inputs.items()}
        design = Design(self.run.plan.seed, len(index), moved(drawn, levers), ())
        baseline = self._scenarios[scenario.baseline]
        one, other = (worlds(self._scenarios[name], baseline, design)[0] for name in (policy, scenario.baseline))
        return one, other

    def solve(
        self, policy: str, levers: Mapping[str, Lever], index: NDArray[np.int64], points: int = LATTICE_POINTS
    ) -> tuple[Floats, Floats]:
        """Exact crises [candidate of ``index``, column] under a policy and under the baseline, levers moved.

        points : stake points, a Fibonacci number
        """
        from concurrent.futures import ThreadPoolExecutor

        here, calm = self.worlds(policy, levers, index)
        baseline = self.run.plan.scenario.baseline
        still = _same(calm, self._calm(index))
        with ThreadPoolExecutor(2 * THREADS) as pool:
            moved_here = _begun(pool, here, calm, points, self.pair)
            moved_calm = [] if still else _begun(pool, calm, calm, points, self.pair)
            other = self._still(index, points) if still else _ended(moved_calm)
            one = _ended(moved_here)
        for name, values in ((policy, one), (baseline, other)):
            require_numbers(values, self.table.columns, name, index)
        return one, other

    @property
    def pair(self) -> int:
        """Number of the pair in focus."""
        return self.run.plan.scenario.pair_in_focus

    def _still(self, index: NDArray[np.int64], points: int) -> Floats:
        """Crises under the baseline where no lever reaches it: stored with the run, or kept from the last time."""
        from escalade.crisis.exact import exact_crises

        baseline = self.run.plan.scenario.baseline
        if points == LATTICE_POINTS:
            return self.table.values[baseline][index]
        missing = np.array([n for n in index if (n, points) not in self._kept], dtype=np.int64)
        if missing.size:
            calm = self._calm(missing)
            solved = exact_crises(calm, calm, np.arange(missing.size, dtype=np.int64), points, self.pair)
            self._kept.update({(int(n), points): row for n, row in zip(missing, solved, strict=True)})
        return np.array([self._kept[int(n), points] for n in index])

    def _calm(self, index: NDArray[np.int64]) -> Worlds:
        """Worlds under the baseline with no lever moved; those asked for last are kept: a drag asks for them again."""
        name = index.tobytes()
        if name not in self._asked_last:
            self._asked_last.clear()
            self._asked_last[name] = self.worlds(self.run.plan.scenario.baseline, {}, index)[1]
        return self._asked_last[name]

    @cached_property
    def _asked_last(self) -> dict[bytes, Worlds]:
        return {}

    @cached_property
    def _kept(self) -> dict[tuple[int, int], Floats]:
        """Rows of the baseline by world and stake points; no more than there are worlds."""
        return {}


def _begun(pool: Executor, here: Worlds, calm: Worlds, points: int, pair: int) -> list[Future[Floats]]:
    """Exact crises of a pair in all rows, begun in as many parts as there are threads."""
    from escalade.crisis.exact import exact_crises

    parts = np.array_split(np.arange(here.sides.shape[0], dtype=np.int64), THREADS)
    return [pool.submit(exact_crises, here, calm, part, points, pair) for part in parts if part.size]


def _ended(parts: list[Future[Floats]]) -> Floats:
    """The crises of all parts, in order."""
    return np.concatenate([part.result() for part in parts])


def _same(one: Worlds, other: Worlds) -> bool:
    """Whether two bundles of worlds are the same in every number."""
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
