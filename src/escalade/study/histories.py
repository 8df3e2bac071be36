"""Stored histories of a run, read part by part: which of them meet a condition, which one stands for a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.execute import history_parts
from escalade.ensemble.parts import layout_of, read_part
from escalade.errors import EscaladeError
from escalade.study.where import Condition

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

WORLD, HISTORY = "world", "history"
"""Columns of the address, beside those of the outcome."""
TWIN = "twin."
"""Before a column: the same history under the other policy."""


@dataclass(frozen=True)
class Rows:
    """Histories of one part under two policies: address [row], outcomes [row, column]."""

    columns: tuple[str, ...]
    world: Wholes
    history: Wholes
    mine: Floats
    twin: Floats

    def column(self, name: str) -> Floats:
        """A column by its name in conditions [row]."""
        if name in (WORLD, HISTORY):
            return (self.world if name == WORLD else self.history).astype(np.float64)
        values = self.twin if name.startswith(TWIN) else self.mine
        return values[:, self.columns.index(name.removeprefix(TWIN))]

    def total(self, name: str) -> Floats:
        """A column, summed over sides if there is one for each [row]."""
        chosen = [c for c, column in enumerate(self.columns) if column == name or column.rpartition(".")[0] == name]
        return np.asarray(self.mine[:, chosen].sum(axis=1))


@dataclass(frozen=True)
class Found:
    """One stored history: its address, and the columns that were asked for."""

    world: int
    history: int
    values: Mapping[str, float]


def outcome_columns(run: StoredRun) -> tuple[str, ...]:
    """Names of the outcomes that a run keeps of every history. Raises ``EscaladeError`` if it has none yet."""
    layout = layout_of(run.folder, run.plan.policies, run.plan.names.rungs)
    if layout is None or run.results.crisis is None:
        raise EscaladeError(f"{run.folder.path} has no simulated years yet; the command that began it goes on with it")
    return layout.columns


def condition_columns(run: StoredRun) -> tuple[str, ...]:
    """All columns that a condition may name."""
    outcomes = outcome_columns(run)
    return (WORLD, HISTORY, *outcomes, *(TWIN + name for name in outcomes))


def stored_rows(run: StoredRun, policy: str, twin: str, only: tuple[int, int] | None = None) -> Iterator[Rows]:
    """All stored histories under two policies, part by part, whole parts only.

    only : world and history of the one that is looked for; other parts are not read
    """
    crisis = run.results.crisis
    layout = layout_of(run.folder, run.plan.policies, run.plan.names.rungs)
    if crisis is None or layout is None:
        return
    mine, theirs = (layout.policies.index(name) for name in (policy, twin))
    origin = run.folder.manifest()["run"]
    for part in history_parts(crisis.multiplicity, run.plan.effort.histories):
        if only is not None and not np.any((part.candidate == only[0]) & (part.history == only[1])):
            continue
        values = read_part(run.folder, part, layout, origin)
        if values is not None:
            yield Rows(layout.columns, part.candidate, part.history, values[mine], values[theirs])


def stored_row(run: StoredRun, policy: str, twin: str, world: int, history: int) -> tuple[Floats, Floats] | None:
    """Outcomes of one stored history under two policies; None if the run does not hold it."""
    for rows in stored_rows(run, policy, twin, only=(world, history)):
        at = np.flatnonzero((rows.world == world) & (rows.history == history))[0]
        return rows.mine[at], rows.twin[at]
    return None


def matching(run: StoredRun, policy: str, twin: str, where: Condition, most: int) -> tuple[list[Found], int, int]:
    """Histories that meet a condition: the first ``most`` of them, how many there are, and of how many."""
    found: list[Found] = []
    met = total = 0
    for rows in stored_rows(run, policy, twin):
        holds = np.broadcast_to(where.holds(rows.column), rows.world.shape)
        met, total = met + int(holds.sum()), total + holds.size
        for n in np.flatnonzero(holds)[: max(0, most - len(found))]:
            values = {name: float(rows.column(name)[n]) for name in where.columns}
            found.append(Found(int(rows.world[n]), int(rows.history[n]), values))
    return found, met, total
