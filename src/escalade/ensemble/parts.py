"""Results of kernels as Parquet tables, and back: fixed columns, fixed order of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.execute import HistoryPart
from escalade.ensemble.storage import WORLDS, Origin, RunFolder
from escalade.ensemble.tables import CrisisTable, PeriodTable

if TYPE_CHECKING:
    import polars as pl

WEIGHT, MULTIPLICITY, CANDIDATE = "weight", "multiplicity", "candidate"
INPUT = "input: "
"""Before the label of an input, as a column of the candidate worlds."""

REACH = "reach."
"""Before a rung's id: whether a crisis of the history reached this rung or a higher one."""

ANY_STRIKE = "any_strike"
"""Whether anybody struck in the history."""


@dataclass(frozen=True)
class Layout:
    """Columns of a run's parts: policies in order, outcome columns of a history, rungs lowest first."""

    policies: tuple[str, ...]
    columns: tuple[str, ...]
    rungs: tuple[str, ...]


def crisis_frame(
    candidate: NDArray[np.int64], columns: Sequence[str], values: Mapping[str, NDArray[np.float64]]
) -> pl.DataFrame:
    """Exact crises of some candidates, one row each, columns ``POLICY/QUANTITY``."""
    import polars as pl

    return pl.DataFrame(
        {CANDIDATE: candidate.astype(np.int32)}
        | {f"{policy}/{column}": table[:, q] for policy, table in values.items() for q, column in enumerate(columns)}
    )


def crisis_values(
    frame: pl.DataFrame, policies: Sequence[str], columns: Sequence[str]
) -> dict[str, NDArray[np.float64]]:
    """The values of a ``crisis_frame``: policy -> [candidate, column]."""
    return {
        policy: frame.select(f"{policy}/{column}" for column in columns).to_numpy().astype(np.float64, copy=False)
        for policy in policies
    }


def write_worlds(folder: RunFolder, table: CrisisTable, origin: Origin) -> None:
    """Store all candidates: number, weight, multiplicity, inputs, exact crises under every policy."""
    import polars as pl

    head = pl.DataFrame(
        {
            CANDIDATE: np.arange(table.candidates, dtype=np.int32),
            WEIGHT: table.weight,
            MULTIPLICITY: table.multiplicity.astype(np.int32),
        }
        | {INPUT + label: values for label, values in table.inputs.items()}
    )
    exact = crisis_frame(np.arange(table.candidates), table.columns, table.values).drop(CANDIDATE)
    folder.write_frame(WORLDS, head.hstack(exact), origin)


def read_worlds(folder: RunFolder, policies: Sequence[str], origin: Origin | None = None) -> CrisisTable | None:
    """All candidates as stored, or ``None`` where they are not all there yet."""
    frame = folder.read_frame(WORLDS, origin)
    if frame is None:
        return None
    prefix = f"{policies[0]}/"
    columns = tuple(name.removeprefix(prefix) for name in frame.columns if name.startswith(prefix))
    return CrisisTable(
        columns,
        crisis_values(frame, policies, columns),
        frame[WEIGHT].to_numpy(),
        frame[MULTIPLICITY].to_numpy().astype(np.int64),
        {name.removeprefix(INPUT): frame[name].to_numpy() for name in frame.columns if name.startswith(INPUT)},
    )


def part_frame(part: HistoryPart, layout: Layout, values: NDArray[np.float64]) -> pl.DataFrame:
    """One part as a table: rows by policy, candidate, history; ``values`` is [policy, row, column]."""
    import polars as pl

    times = len(layout.policies)
    policy = np.repeat(np.array(layout.policies), part.candidate.size)
    return pl.DataFrame(
        {
            "policy": pl.Series(policy, dtype=pl.Enum(list(layout.policies))),
            CANDIDATE: np.tile(part.candidate, times).astype(np.int32),
            "history": np.tile(part.history, times).astype(np.int32),
        }
        | {column: values[:, :, c].ravel() for c, column in enumerate(layout.columns)}
    )


def read_part(folder: RunFolder, part: HistoryPart, layout: Layout, origin: Origin) -> NDArray[np.float64] | None:
    """Outcomes [policy, row, column] of a stored part, or ``None`` if it has to be made (again)."""
    frame = folder.read_frame(folder.part(part.number), part_origin(origin, part))
    if frame is None or frame.height != len(layout.policies) * part.candidate.size:
        return None
    return frame.select(layout.columns).to_numpy().reshape(len(layout.policies), part.candidate.size, -1)


def part_origin(origin: Origin, part: HistoryPart) -> dict[str, object]:
    """Origin of one part: of which run, which place in it, how many histories of each world."""
    return {"run": dict(origin), "part": part.number, "rows": int(part.candidate.size)}


class Sums:
    """Sums over histories, part by part, of every outcome in each distinct drawn world.

    Memory does not grow with the number of histories. Beside the stored columns
    it counts, for every rung, the histories that reached it, and those in which
    anybody struck.
    """

    def __init__(self, layout: Layout, multiplicity: NDArray[np.int64], years: int, planned: int) -> None:
        self.layout = layout
        self.years = years
        self.planned = planned
        self.parts = 0
        self.worlds = np.flatnonzero(multiplicity)
        self.copies = multiplicity[self.worlds]
        self.counts = np.zeros(self.worlds.size, dtype=np.int64)
        self.columns = (*layout.columns, *(REACH + rung for rung in layout.rungs), ANY_STRIKE)
        self.sums = np.zeros((len(layout.policies), self.worlds.size, len(self.columns)))

    def add(self, part: HistoryPart, values: NDArray[np.float64]) -> None:
        """Add one part's outcomes [policy, row, column]."""
        at = np.searchsorted(self.worlds, part.candidate)
        for p in range(len(self.layout.policies)):
            np.add.at(self.sums[p], at, np.hstack([values[p], self._derived(values[p])]))
        np.add.at(self.counts, at, 1)
        self.parts += 1

    def _derived(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns that follow from the stored ones [row, derived]."""
        names = self.layout.columns
        rungs = np.arange(len(self.layout.rungs))
        reached = (rows[:, [names.index("highest_rung")]] >= rungs) & (rows[:, [names.index("crises")]] > 0)
        strikes = [c for c, name in enumerate(names) if name.startswith("first_strike.")]
        return np.hstack([reached, rows[:, strikes].sum(axis=1, keepdims=True) > 0]).astype(np.float64)

    def table(self) -> PeriodTable | None:
        """What has been added so far; worlds without a history yet are left out. ``None`` before the first part."""
        there = self.counts > 0
        if not there.any():
            return None
        return PeriodTable(
            self.years,
            self.columns,
            self.worlds[there],
            self.copies[there],
            self.counts[there],
            {policy: self.sums[p, there] for p, policy in enumerate(self.layout.policies)},
            self.parts,
            self.planned,
        )


def summed(
    parts: Iterable[HistoryPart], sums: Sums, read: Callable[[HistoryPart], NDArray[np.float64] | None]
) -> PeriodTable | None:
    """Sums over all parts that ``read`` finds, in order of their numbers: the same to the last digit every time."""
    for part in parts:
        values = read(part)
        if values is not None:
            sums.add(part, values)
    return sums.table()


def layout_of(folder: RunFolder, policies: Sequence[str], rungs: Sequence[str]) -> Layout | None:
    """Layout of a stored run, read from its first whole part; ``None`` if it has none."""
    for path in sorted(folder.path.glob("part-*.parquet")):
        frame = folder.read_frame(path.name)
        if frame is not None:
            return Layout(tuple(policies), tuple(frame.columns[3:]), tuple(rungs))
    return None
