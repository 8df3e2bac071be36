"""Exact crises of a run's sets of assumptions if other sources are believed, kept in its folder.

For the focus and the baseline, and for the policies of the record, which weighs the sets anew. Where nothing changes
that a crisis reads, no crisis is solved: the file of that reading has no rows, and the run's own crises stand.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.believed import READINGS, Believed, ReadCrises, compare_beliefs
from escalade.ensemble.execute import crisis_chunks, require_numbers, run_chunks
from escalade.ensemble.kernels import Exact
from escalade.ensemble.lock import locked
from escalade.ensemble.parts import crisis_frame, crisis_values
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError, ScenarioError, UsageError
from escalade.scenario.inputs import inputs
from escalade.scenario.rivals import believing, changed_inputs, redrawn_inputs
from escalade.study.asked import outcome_of_crisis
from escalade.study.plan import FIRST_YEAR
from escalade.study.progress import Progress, Quiet, while_compiling
from escalade.study.reference import in_year
from escalade.worlds import Reals, Wholes, Worlds

if TYPE_CHECKING:
    import polars as pl

    from escalade.ensemble.design import Design
    from escalade.quantities import Quantity
    from escalade.scenario import Scenario
    from escalade.study.results import StoredRun

STAGE = "believed"

NOT_READ = {"arms": ("unit_cost", "production", "repair"), "layers": ("unit_cost", "production")}
"""Fields of worlds that a crisis never reads: those of prices and of the years between crises."""

SAME = 1e-9
"""How far an exact crisis may be from the stored one: another processor rounds otherwise, another model differs."""


@dataclass(frozen=True)
class Believing:
    """A run as one reading of the sources has it; ``scenario`` is its scenario under that reading."""

    run: StoredRun
    reading: str
    scenario: Scenario

    @cached_property
    def redrawn(self) -> tuple[str, ...]:
        """Keys of the inputs that have figures of the kind; of all kinds: those that change."""
        found = inputs(self.run.plan.scenario)
        return self.changed if self.reading == "all" else tuple(i.key for i in redrawn_inputs(found, self.reading))

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Keys of the inputs whose range differs from the run's."""
        return changed_inputs(self.scenario, self.run.plan.scenario)

    @cached_property
    def design(self) -> Design:
        """Values of all inputs: the run's, but for those that changed."""
        from escalade.ensemble.design import draw

        plan = self.run.plan
        return draw(self.scenario, plan.effort.candidates, plan.seed, like=plan.scenario)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Policies that are solved: focus, baseline, and those by which the record weighs (in the first year)."""
        plan = self.run.plan
        record = plan.scenario.record
        first = {key.removesuffix(FIRST_YEAR) for key in plan.crisis_keys if key.endswith(FIRST_YEAR)}
        recorded = set() if record is None else {entry.policy for entry in record.crises} - first
        wanted = {plan.scenario.focus, plan.scenario.baseline} | recorded
        return tuple(key for key in plan.crisis_keys if key in wanted or key.endswith(FIRST_YEAR))

    @cached_property
    def worlds(self) -> Mapping[str, tuple[Worlds, Worlds]]:
        """All sets of assumptions by key: under its policy, and under the baseline in the same year."""
        return {key: (self._built(key), self._built(self.calm(key))) for key in self.keys}

    def calm(self, key: str) -> str:
        """The key of the baseline in the year of a key."""
        return self.scenario.baseline + (FIRST_YEAR if key.endswith(FIRST_YEAR) else "")

    def _built(self, key: str) -> Worlds:
        from escalade.ensemble.build import worlds

        scenario = self.scenario
        policy = scenario.policy(key.removesuffix(FIRST_YEAR))
        built, _ = worlds(policy, scenario.policy(scenario.baseline), self.design)
        return built if key.endswith(FIRST_YEAR) else in_year(built, scenario.reference_year)

    def table(self, values: Mapping[str, Reals], columns: tuple[str, ...]) -> CrisisTable:
        """The crises with the weights that the record gives them under this reading; nothing is drawn from them."""
        from escalade.ensemble.record import log_weights, weights

        exact = {
            key.removesuffix(FIRST_YEAR): dict(zip(columns, table.T, strict=True))
            for key, table in values.items()  # the first year's come last and stand in for the others
        }
        weight = weights(log_weights(self.scenario, exact))
        return CrisisTable(columns, values, weight, np.zeros(weight.size, dtype=np.int64), {})


def same_crises(one: Worlds, other: Worlds) -> bool:
    """Whether two sets of worlds differ in nothing that a crisis reads."""
    for name in Worlds._fields:
        a, b = (np.asarray(getattr(worlds, name)).copy() for worlds in (one, other))
        for field in NOT_READ.get(name, ()):
            a[field] = b[field]
        if name.endswith("_deliveries"):
            a, b = a[..., :1], b[..., :1]
        if a.tobytes() != b.tobytes():
            return False
    return True


def other_readings(run: StoredRun) -> dict[str, Believing | str]:
    """Readings other than the run's own; a sentence for one that the scenario cannot have."""
    found: dict[str, Believing | str] = {}
    for reading in READINGS:
        if reading != run.plan.scenario.facts_from:
            try:
                found[reading] = Believing(run, reading, believing(run.plan.scenario, reading))
            except ScenarioError as error:
                found[reading] = str(error).splitlines()[0]
    return found


def believed(
    run: StoredRun, outcome: str | None = None, *, workers: int | None = None, progress: Progress | None = None
) -> Believed:
    """The focus's effect on an outcome of the crisis (the headline by default) under every reading of the sources.

    The first time this solves crises; later it reads the run's folder. Raises ``UsageError`` for an outcome that is
    not computed per crisis or a run of one policy, ``EscaladeError`` before the first answer.
    """
    scenario = run.plan.scenario
    quantity = outcome_of_crisis(run, outcome, "no reading of the sources changes it")
    if scenario.focus == scenario.baseline:
        raise UsageError("this run has one policy only: no reading of the sources has an effect to compare")
    found = stored_beliefs(run, quantity)
    if found is None:
        from escalade.crisis.exact import exact_crises

        with locked(run.folder.path):
            compute(run, exact_crises, workers or os.cpu_count() or 1, progress or Quiet())
        found = stored_beliefs(run, quantity)
    if found is None:
        raise EscaladeError(f"the effect on {quantity.name} is not known in this run")
    return found


def stored_beliefs(run: StoredRun, quantity: Quantity) -> Believed | None:
    """What is known of a quantity under every reading; ``None`` where one is still missing, or nothing is known."""
    scenario, crisis = run.plan.scenario, run.results.crisis
    if crisis is None or scenario.focus == scenario.baseline or not is_begun(run):
        return None
    readings = {}
    for reading, other in other_readings(run).items():
        if isinstance(other, str):
            readings[reading] = ReadCrises((), (), None, other)
            continue
        frame = _stored(other)
        if frame is None:
            return None
        table = other.table(crisis_values(frame, other.keys, crisis.columns), crisis.columns) if frame.height else None
        readings[reading] = ReadCrises(other.redrawn, other.changed, table)
    having = sum(item.rivals is not None for item in inputs(scenario))
    return compare_beliefs(scenario.facts_from, crisis, readings, quantity, (scenario.focus, scenario.baseline), having)


def as_read(run: StoredRun, reading: str) -> StoredRun:
    """The run as one reading of the sources has it: its exact crises of focus and baseline, and no years.

    The crises must have been computed (``believed``). Raises ``UsageError`` for an unknown reading, or one that the
    scenario cannot have; ``EscaladeError`` if the crises are not there.
    """
    from escalade.study.results import Results, StoredRun

    plan, crisis = run.plan, run.results.crisis
    if reading not in READINGS:
        raise UsageError(f'no reading "{reading}"; there are {", ".join(READINGS)}')
    if reading == plan.scenario.facts_from:
        return StoredRun(plan, run.folder, Results(crisis, None))
    other = other_readings(run)[reading]
    if isinstance(other, str):
        raise UsageError(f"the scenario cannot believe {reading} figures only: {other}")
    frame = _stored(other)
    if crisis is None or frame is None:
        raise EscaladeError(f"{run.folder.path} has no crises for this reading yet")
    both = tuple(name for name in plan.policies if name in (plan.scenario.focus, plan.scenario.baseline))
    read = crisis if not frame.height else other.table(crisis_values(frame, other.keys, crisis.columns), crisis.columns)
    seen = replace(plan, scenario=other.scenario, policies=both, shown=both)
    return StoredRun(seen, run.folder, Results(read, None))


def is_begun(run: StoredRun) -> bool:
    """Whether any other reading is there."""
    return any(run.folder.file(file_name(reading)).is_file() for reading in READINGS)


def compute(run: StoredRun, exact: Exact, workers: int, progress: Progress) -> None:
    """Solve what is missing of every reading; the folder must be locked.

    Raises ``EscaladeError`` if the exact crises of the run are not there, or are those of another model.
    """
    if run.results.crisis is None:
        raise EscaladeError(f"{run.folder.path} has no answer yet: it was stopped before all exact crises were there")
    found = other_readings(run).values()
    missing = [other for other in found if not isinstance(other, str) and _stored(other) is None]
    own = Believing(run, run.plan.scenario.facts_from, run.plan.scenario)
    entering = [other for other in missing if other.changed and not _same(own, other)]
    for other in missing:
        if other not in entering:
            _write(
                other,
                np.arange(0, dtype=np.int64),
                run.results.crisis.columns,
                {key: np.empty((0, 0)) for key in other.keys},
            )
    if entering:
        with while_compiling(progress):
            _require_same_model(own, exact, run.results.crisis)
        _solve(entering, exact, run.results.crisis.columns, workers, progress)


def _same(one: Believing, other: Believing) -> bool:
    return all(
        same_crises(mine, theirs)
        for key in other.keys
        for mine, theirs in zip(one.worlds[key], other.worlds[key], strict=True)
    )


def _require_same_model(own: Believing, exact: Exact, crisis: CrisisTable) -> None:
    few = np.array([0])
    key = own.scenario.focus
    if not np.allclose(exact(*own.worlds[key], few), crisis.values[key][few], rtol=SAME, atol=SAME):
        raise EscaladeError(
            f"{own.run.folder.path} was made by another version of the model: other readings of the sources cannot "
            "be set beside it; run it again in another folder"
        )


def _solve(
    entering: Sequence[Believing], exact: Exact, columns: tuple[str, ...], workers: int, progress: Progress
) -> None:
    """Solve the chunks that are not there yet, then join them."""
    chunks = crisis_chunks(entering[0].run.plan.effort.candidates)
    places = [(other, number) for other in entering for number in range(len(chunks))]
    work = [place for place in places if _chunk(*place) is None]
    progress.stage(STAGE, len(places) - len(work), len(places))

    def solve(at: int) -> None:
        other, number = work[at]
        values = {key: exact(*other.worlds[key], chunks[number]) for key in other.keys}
        for key in other.keys:
            require_numbers(values[key], columns, key, chunks[number])
        frame = crisis_frame(chunks[number], columns, values)
        other.run.folder.write_frame(_chunk_name(other, number), frame, _origin(other, number))

    run_chunks(solve, range(len(work)), workers, lambda *_: progress.advance(lambda: None))
    for other in entering:
        frames = [frame for number in range(len(chunks)) if (frame := _chunk(other, number)) is not None]
        parts = [crisis_values(frame, other.keys, columns) for frame in frames]
        joined = {key: np.concatenate([part[key] for part in parts]) for key in other.keys}
        _write(other, np.concatenate(chunks), columns, joined)
        for number in range(len(chunks)):
            other.run.folder.remove(_chunk_name(other, number))


def file_name(reading: str) -> str:
    """File of a reading's exact crises in the run's folder."""
    return f"{STAGE}-{reading}.parquet"


def _chunk_name(other: Believing, number: int) -> str:
    return f"{STAGE}-{other.reading}-{number:05d}.parquet"


def _origin(other: Believing, number: int | None = None) -> dict[str, object]:
    origin: dict[str, object] = {"run": other.run.folder.manifest()["run"], STAGE: other.reading}
    return origin if number is None else {**origin, "chunk": number}


def _chunk(other: Believing, number: int) -> pl.DataFrame | None:
    return other.run.folder.read_frame(_chunk_name(other, number), _origin(other, number))


def _stored(other: Believing) -> pl.DataFrame | None:
    return other.run.folder.read_frame(file_name(other.reading), _origin(other))


def _write(other: Believing, candidates: Wholes, columns: tuple[str, ...], values: Mapping[str, Reals]) -> None:
    whole = {key: table.reshape(len(candidates), len(columns)) for key, table in values.items()}
    frame = crisis_frame(candidates, columns, whole)
    other.run.folder.write_frame(file_name(other.reading), frame, _origin(other))
