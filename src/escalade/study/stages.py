"""The stages of the main job.

*crisis* (exact, all candidates), *why* (reasons), *years* (histories of drawn worlds), *believed* (rival sources),
*turns* (when the effect turns, what matters most, priors).

Each stage takes what is known and returns it with one more result. What it
computes on the way lies in chunks in the run's folder, so that a stage that was
interrupted does only what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.analysis.compare import Comparison
from escalade.ensemble.execute import HistoryPart, crisis_chunks, history_parts, require_numbers, run_chunks
from escalade.ensemble.kernels import Kernels
from escalade.ensemble.parts import (
    Layout,
    Sums,
    crisis_frame,
    crisis_values,
    part_frame,
    part_origin,
    read_part,
    read_worlds,
    summed,
    write_worlds,
)
from escalade.ensemble.storage import Origin, RunFolder
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.errors import EscaladeError
from escalade.quantities import Quantity
from escalade.study.believe import compute as compute_beliefs
from escalade.study.plan import FIRST_YEAR, Plan
from escalade.study.progress import Progress, while_compiling
from escalade.study.reference import in_year
from escalade.study.results import Results, StoredRun, answer
from escalade.study.why import computed, stored_combinations
from escalade.worlds import Worlds

if TYPE_CHECKING:
    from escalade.ensemble.design import Design


@dataclass(frozen=True)
class Study:
    """One run at work: its plan, its folder, its kernels, its threads, its listener.

    ``years_compiled`` waits for another process that compiles the kernel of years, if there is one;
    ``structure`` asks for the stage of structures.
    """

    plan: Plan
    folder: RunFolder
    kernels: Kernels
    workers: int
    progress: Progress
    years_compiled: Callable[[], object] = lambda: None
    structure: bool = False

    @cached_property
    def origin(self) -> Origin:
        """What identifies the run in every file."""
        return self.plan.origin

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """The scenario's quantities by id."""
        return self.plan.quantities

    @cached_property
    def headline(self) -> dict[str, Quantity]:
        """The headline's quantity and its control variate: all that an answer under way needs."""
        outcome = self.quantities[self.plan.scenario.headline]
        names = {outcome.id, outcome.control} - {None}
        return {name: quantity for name, quantity in self.quantities.items() if name in names}

    @cached_property
    def design(self) -> Design:
        """Values of all inputs in all candidates."""
        from escalade.ensemble.design import draw

        return draw(self.plan.scenario, self.plan.effort.candidates, self.plan.seed)

    @cached_property
    def worlds(self) -> Mapping[str, Worlds]:
        """All candidates under every policy."""
        from escalade.ensemble.build import worlds

        scenario = self.plan.scenario
        baseline = scenario.policy(scenario.baseline)
        return {name: worlds(scenario.policy(name), baseline, self.design)[0] for name in self.plan.policies}

    @property
    def baseline(self) -> Worlds:
        """All candidates under the baseline."""
        return self.worlds[self.plan.scenario.baseline]

    @cached_property
    def reference(self) -> Mapping[str, Worlds]:
        """All candidates under every policy, with the forces of the reference year."""
        return {name: in_year(worlds, self.plan.scenario.reference_year) for name, worlds in self.worlds.items()}

    def warmed(self, call: Callable[[NDArray[np.int64]], object]) -> None:
        """Compile a kernel by a call for no rows, and say so if that takes a while."""
        with while_compiling(self.progress):
            call(np.zeros(0, dtype=np.int64))

    def so_far(self, crisis: CrisisTable, period: PeriodTable | None) -> Comparison:
        """The headline's comparison of focus and baseline on what is there."""
        return answer(self.plan, self.headline, crisis, period, policies=[self.plan.scenario.focus])


# The crisis stage


def crisis_stage(study: Study, known: Results) -> Results:
    """Exact crises of all candidates under all policies, their weights by the record, and the draw of worlds."""
    stored = read_worlds(study.folder, study.plan.crisis_keys, study.origin)
    table = stored or _all_crises(study)
    for number in range(len(crisis_chunks(study.plan.effort.candidates))):
        study.folder.remove(study.folder.crisis_chunk(number))
    return replace(known, crisis=table)


def _all_crises(study: Study) -> CrisisTable:
    chunks = crisis_chunks(study.plan.effort.candidates)
    solved = {number: values for number in range(len(chunks)) if (values := _stored_crises(study, number)) is not None}
    missing = [number for number in range(len(chunks)) if number not in solved]
    study.progress.stage("crisis", len(solved), len(chunks))

    def finished(number: int, values: dict[str, NDArray[np.float64]]) -> None:
        solved[number] = values
        study.progress.advance(lambda: _crises_so_far(study, chunks, solved))

    if missing:
        # Also makes the worlds, here and once, before threads share them.
        baseline = study.reference[study.plan.scenario.baseline]
        study.warmed(lambda nobody: study.kernels.exact(baseline, baseline, nobody))
        run_chunks(lambda number: _solve(study, number, chunks[number]), missing, study.workers, finished)
    table = _weighed(study, np.arange(study.plan.effort.candidates), _joined(chunks, solved))
    write_worlds(study.folder, table, study.origin)
    return table


def _solve(study: Study, number: int, candidates: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Exact crises of one chunk of candidates, saved."""
    values = {}
    for key in study.plan.crisis_keys:
        policy = key.removesuffix(FIRST_YEAR)
        worlds = study.worlds if key.endswith(FIRST_YEAR) else study.reference
        values[key] = study.kernels.exact(worlds[policy], worlds[study.plan.scenario.baseline], candidates)
        require_numbers(values[key], study.kernels.exact_columns, policy, candidates)
    frame = crisis_frame(candidates, study.kernels.exact_columns, values)
    study.folder.write_frame(study.folder.crisis_chunk(number), frame, _chunk_origin(study, number))
    return values


def _chunk_origin(study: Study, number: int) -> Origin:
    return {"run": dict(study.origin), "chunk": number}


def _stored_crises(study: Study, number: int) -> dict[str, NDArray[np.float64]] | None:
    frame = study.folder.read_frame(study.folder.crisis_chunk(number), _chunk_origin(study, number))
    return None if frame is None else crisis_values(frame, study.plan.crisis_keys, study.kernels.exact_columns)


def _joined(
    chunks: list[NDArray[np.int64]], solved: Mapping[int, Mapping[str, NDArray[np.float64]]]
) -> dict[str, NDArray[np.float64]]:
    """Exact crises of the solved chunks' candidates, in their order."""
    there = [solved[number] for number in range(len(chunks)) if number in solved]
    return {key: np.concatenate([values[key] for values in there]) for key in there[0]}


def _weighed(study: Study, candidates: NDArray[np.int64], values: Mapping[str, NDArray[np.float64]]) -> CrisisTable:
    """The table of some candidates: weights by the record, and worlds drawn in proportion."""
    from escalade.ensemble.record import log_weights, weights
    from escalade.ensemble.resample import multiplicities

    columns = study.kernels.exact_columns
    exact = {
        key.removesuffix(FIRST_YEAR): dict(zip(columns, table.T, strict=True))
        for key, table in values.items()  # the first year's come last and stand in for the others
    }
    weight = weights(log_weights(study.plan.scenario, exact))
    inputs = {key: drawn[candidates] for key, drawn in study.design.values.items()}
    return CrisisTable(
        columns, values, weight, multiplicities(weight, study.plan.effort.worlds, study.plan.seed), inputs
    )


def _crises_so_far(
    study: Study, chunks: list[NDArray[np.int64]], solved: Mapping[int, Mapping[str, NDArray[np.float64]]]
) -> Comparison:
    candidates = np.concatenate([chunks[number] for number in sorted(solved)])
    return study.so_far(_weighed(study, candidates, _joined(chunks, solved)), None)


# The stage of reasons


def why_stage(study: Study, known: Results) -> Results:
    """Reasons of the focus's effect, kept in the folder; nothing where there is no effect, or no kernel for it."""
    scenario, by_reason = study.plan.scenario, study.kernels.by_reason
    run = StoredRun(study.plan, study.folder, known)
    if by_reason is None or scenario.focus == scenario.baseline or stored_combinations(run, scenario.focus):
        return known
    worlds = study.reference[scenario.focus], study.reference[scenario.baseline]
    computed(run, scenario.focus, worlds, by_reason, study.workers, study.progress)
    return known


# The stage of the years


def years_stage(study: Study, known: Results) -> Results:
    """Histories of the drawn worlds under all policies, as sums."""
    crisis = known.crisis
    if crisis is None:
        raise EscaladeError("histories need the exact crises first: they say which worlds are drawn")
    parts = history_parts(crisis.multiplicity, study.plan.effort.histories)
    layout = Layout(study.plan.policies, study.kernels.columns, study.plan.names.rungs)
    sums = Sums(layout, crisis.multiplicity, study.plan.scenario.years, len(parts))
    missing = []
    for part in parts:
        values = read_part(study.folder, part, layout, study.origin)
        if values is None:
            missing.append(part.number)
        else:
            sums.add(part, values)
    study.progress.stage("years", len(parts) - len(missing), len(parts))
    if not missing:
        return replace(known, period=sums.table())
    _simulate_parts(study, crisis, parts, missing, sums)
    # Added up once more in the order of parts: sums depend on their order in the last digit, threads do not keep one.
    again = Sums(layout, crisis.multiplicity, study.plan.scenario.years, len(parts))
    return replace(known, period=summed(parts, again, lambda part: read_part(study.folder, part, layout, study.origin)))


def _simulate_parts(
    study: Study, crisis: CrisisTable, parts: list[HistoryPart], missing: list[int], sums: Sums
) -> None:
    """Make the missing parts, telling the answer so far after each."""

    def finished(number: int, values: NDArray[np.float64]) -> None:
        sums.add(parts[number], values)
        study.progress.advance(lambda: study.so_far(crisis, sums.table()))

    years, seed = study.plan.scenario.years, study.plan.seed

    def compile_years(nobody: NDArray[np.int64]) -> None:
        study.years_compiled()
        study.kernels.simulate(study.baseline, study.baseline, nobody, nobody, nobody, years, seed)

    study.warmed(compile_years)
    run_chunks(lambda number: _simulate_part(study, parts[number], sums.layout), missing, study.workers, finished)


def _simulate_part(study: Study, part: HistoryPart, layout: Layout) -> NDArray[np.float64]:
    """Outcomes [policy, row, column] of one part, saved."""
    rows = []
    for policy in layout.policies:
        outcomes = study.kernels.simulate(
            study.worlds[policy],
            study.baseline,
            part.candidate,
            part.candidate,
            part.history,
            study.plan.scenario.years,
            study.plan.seed,
        )
        require_numbers(outcomes, layout.columns, policy, part.candidate, part.history)
        rows.append(outcomes)
    values = np.stack(rows)
    frame = part_frame(part, layout, values)
    study.folder.write_frame(study.folder.part(part.number), frame, part_origin(study.origin, part))
    return values


# The stage of structures


def structure_stage(study: Study, known: Results) -> Results:
    """The focus's effect under other structures, kept in the folder; nothing where nobody asks for it."""
    from escalade.study import structure

    scenario = study.plan.scenario
    run = StoredRun(study.plan, study.folder, known)
    wanted = study.structure and scenario.focus != scenario.baseline
    if wanted and structure.stored_values(run, scenario.focus) is None:
        trial = structure.Trial(run, scenario.focus, study.kernels.exact, study.worlds.__getitem__)
        structure.computed(trial, study.workers, study.progress)
    return known


# The stage of rival sources


def believed_stage(study: Study, known: Results) -> Results:
    """Exact crises if other sources are believed, kept in the folder; nothing where there is no effect."""
    scenario = study.plan.scenario
    if scenario.focus != scenario.baseline:
        run = StoredRun(study.plan, study.folder, known)
        compute_beliefs(run, study.kernels.exact, study.workers, study.progress)
    return known


# The stage of what moves the effect


def turns_stage(study: Study, known: Results) -> Results:
    """When the focus's effect turns, kept in the folder; nothing where there is no effect."""
    from escalade.study import turns

    run = StoredRun(study.plan, study.folder, known)
    asked = turns.asked(run)
    if asked is not None and turns.stored_turns(run, *asked) is None:
        study.progress.stage("turns", 0, 1)
        turns.keep(run, *asked, turns.computed(run, *asked))
        study.progress.advance(lambda: None)
    return known


# The stage of the slow forces


def slow_stage(study: Study, known: Results) -> Results:
    """Histories with one slow force off, and expected paths; nothing where there is no effect, or no kernel for it."""
    from escalade.study.race import race, store, stored_race
    from escalade.study.slow import Slow

    scenario, unworn = study.plan.scenario, study.kernels.unworn
    if unworn is not None and scenario.focus != scenario.baseline:
        run = StoredRun(study.plan, study.folder, known)
        slow = Slow(run, study.kernels.simulate, unworn, study.worlds.__getitem__)
        slow.make(study.kernels.columns, study.workers, study.progress)
        if stored_race(run, scenario.focus) is None:
            store(run, (race(scenario, policy) for policy in slow.pair))
    return known


STAGES: list[tuple[str, Callable[[Study, Results], Results]]] = [
    ("crisis", crisis_stage),
    ("why", why_stage),
    ("years", years_stage),
    ("slow", slow_stage),
    ("believed", believed_stage),
    ("turns", turns_stage),
    ("structure", structure_stage),
]
"""The main job, in order."""
