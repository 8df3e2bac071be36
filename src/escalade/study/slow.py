"""The slow forces of a run: histories of the focus and the baseline with one force off, kept in the run's folder.

They are made for the first histories of every drawn world, in the same parts,
with the same luck. A force that nothing in the scenario exerts is not tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from escalade.analysis.slow import SlowForces, slow_forces
from escalade.ensemble.execute import HISTORIES_PER_PART, HistoryPart, history_parts, require_numbers, run_chunks
from escalade.ensemble.kernels import Simulate
from escalade.ensemble.parts import Layout, Sums, layout_of, part_frame, part_origin, read_part, summed
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.quantities import Quantity
from escalade.study.progress import Progress
from escalade.study.results import StoredRun
from escalade.worlds import Worlds

Change = Callable[[Worlds], Worlds]


def without_race(worlds: Worlds) -> Worlds:
    """Nobody surges: the surge rate is the normal one."""
    arms, layers = worlds.arms.copy(), worlds.layers.copy()
    arms["surge"], layers["surge"] = arms["production"], layers["production"]
    return worlds._replace(arms=arms, layers=layers)


def without_windows(worlds: Worlds) -> Worlds:
    """Nobody looks ahead: today's stakes are what they always are."""
    sides = worlds.sides.copy()
    sides["horizon"] = 0.0
    return worlds._replace(sides=sides)


def as_they_are(worlds: Worlds) -> Worlds:
    """The same worlds: without wear it is the histories that differ."""
    return worlds


CHANGES: Mapping[str, Change] = {"race": without_race, "windows": without_windows, "wear": as_they_are}
"""What turns a force off in the data; wear is turned off by the kernel that begins every crisis from the same path."""


def exerted(worlds: Mapping[str, Worlds]) -> tuple[str, ...]:
    """The slow forces that something in the worlds exerts, under any of the policies given."""
    races = windows = False
    for each in worlds.values():
        surges = (each.arms["surge"] > each.arms["production"]).any()
        builds = (each.layers["surge"] > each.layers["production"]).any()
        races |= bool(surges and (each.sides["required"] > 0).any())
        races |= bool(builds and np.isfinite(each.sides["acceptable"]).any())
        windows |= bool((each.sides["horizon"] > 0).any())
    return tuple(force for force, there in (("race", races), ("windows", windows), ("wear", True)) if there)


@dataclass(frozen=True)
class Slow:
    """Where the histories with forces off lie, and how they are made.

    simulate, unworn : histories, from where the last crisis left off or from the expected path
    worlds : under a policy
    """

    run: StoredRun
    simulate: Simulate
    unworn: Simulate
    worlds: Callable[[str], Worlds]

    @property
    def pair(self) -> tuple[str, str]:
        """Focus and baseline."""
        scenario = self.run.plan.scenario
        return scenario.focus, scenario.baseline

    def make(self, columns: tuple[str, ...], workers: int, progress: Progress) -> None:
        """Make and store what is missing. The folder must be locked."""
        layout = Layout(self.pair, columns, self.run.plan.names.rungs)
        parts = first_parts(self.run)
        forces = exerted({name: self.worlds(name) for name in self.pair})
        jobs = [(force, part) for force in forces for part in parts]
        missing = [k for k, (force, part) in enumerate(jobs) if _read(self.run, force, layout, part) is None]
        if not missing:
            return
        progress.stage("slow", len(jobs) - len(missing), len(jobs))
        changed = {(force, name): CHANGES[force](self.worlds(name)) for force in forces for name in self.pair}

        def work(k: int) -> None:
            force, part = jobs[k]
            self._simulate(force, part, layout, [changed[force, name] for name in self.pair])

        run_chunks(work, missing, workers, lambda _number, _nothing: progress.advance(lambda: None))

    def _simulate(self, force: str, part: HistoryPart, layout: Layout, worlds: list[Worlds]) -> None:
        plan = self.run.plan
        simulate = self.unworn if force == "wear" else self.simulate
        rows = []
        for policy, own in zip(layout.policies, worlds, strict=True):
            values = simulate(
                own, worlds[1], part.candidate, part.candidate, part.history, plan.scenario.years, plan.seed
            )
            require_numbers(values, layout.columns, policy, part.candidate, part.history)
            rows.append(values)
        frame = part_frame(part, layout, np.stack(rows))
        self.run.folder.write_frame(_file(force, part), frame, _origin(self.run, force, part))


def first_parts(run: StoredRun) -> list[HistoryPart]:
    """The parts of the first block: a few histories of every drawn world."""
    crisis, effort = _crisis(run), run.plan.effort
    return history_parts(crisis.multiplicity, min(HISTORIES_PER_PART, effort.histories))


def stored_forces(run: StoredRun, quantity: Quantity) -> SlowForces | None:
    """What the slow forces add to the focus's effect on a quantity; ``None`` where their histories are not there."""
    if run.results.crisis is None or quantity.period is None:
        return None
    found = layout_of(run.folder, run.plan.policies, run.plan.names.rungs)
    focus, baseline = run.plan.scenario.focus, run.plan.scenario.baseline
    if found is None or focus == baseline:
        return None
    layout = Layout((focus, baseline), found.columns, found.rungs)
    parts = first_parts(run)
    off = {force: _sums(run, layout, parts, partial(_read, run, force, layout)) for force in CHANGES}
    on = _sums(run, layout, parts, partial(_own, run, found))
    if on is None or off["wear"] is None:
        return None
    return slow_forces(on, off, quantity, policy=focus, baseline=baseline)


def _own(run: StoredRun, found: Layout, part: HistoryPart) -> NDArray[np.float64] | None:
    """The run's own histories of a part, of focus and baseline."""
    values = read_part(run.folder, part, found, run.plan.origin)
    if values is None:
        return None
    scenario = run.plan.scenario
    return values[[found.policies.index(name) for name in (scenario.focus, scenario.baseline)]]


def _sums(
    run: StoredRun,
    layout: Layout,
    parts: list[HistoryPart],
    read: Callable[[HistoryPart], NDArray[np.float64] | None],
) -> PeriodTable | None:
    """Sums over all parts; ``None`` unless all are there."""
    sums = Sums(layout, _crisis(run).multiplicity, run.plan.scenario.years, len(parts))
    table = summed(parts, sums, read)
    return table if table is not None and table.parts == len(parts) else None


def _read(run: StoredRun, force: str, layout: Layout, part: HistoryPart) -> NDArray[np.float64] | None:
    frame = run.folder.read_frame(_file(force, part), _origin(run, force, part))
    if frame is None or frame.height != len(layout.policies) * part.candidate.size:
        return None
    return frame.select(layout.columns).to_numpy().reshape(len(layout.policies), part.candidate.size, -1)


def _file(force: str, part: HistoryPart) -> str:
    return f"slow-{force}-{part.number:05d}.parquet"


def _origin(run: StoredRun, force: str, part: HistoryPart) -> dict[str, object]:
    return part_origin(run.folder.manifest()["run"], part) | {"without": force}


def _crisis(run: StoredRun) -> CrisisTable:
    if run.results.crisis is None:
        raise ValueError("slow forces need the exact crises first")
    return run.results.crisis
