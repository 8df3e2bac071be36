"""The reasons of a policy's effect, computed for the drawn worlds of a run and kept in its folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.calibrate import calibrated
from escalade.analysis.values import known, numerator
from escalade.analysis.why import REASONS, Combinations, Why, explain
from escalade.ensemble.execute import require_numbers, run_chunks
from escalade.ensemble.kernels import ByReason
from escalade.ensemble.lock import locked
from escalade.ensemble.parts import CANDIDATE
from escalade.errors import EscaladeError
from escalade.quantities import Quantity
from escalade.study.asked import named_policy, outcome_of_crisis
from escalade.study.progress import Progress, Quiet, while_compiling
from escalade.study.reference import in_year
from escalade.study.replay import Teller
from escalade.worlds import Reals, Wholes, Worlds

if TYPE_CHECKING:
    from escalade.ensemble.tables import CrisisTable
    from escalade.study.results import StoredRun

COMBINATION = "combination"
WORLDS_PER_CHUNK = 2
SAME = 1e-9
"""How far the exact crisis may be from the stored one: another processor rounds otherwise, another model differs."""


def why(
    run: StoredRun,
    policy: str | None = None,
    outcome: str | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    by_reason: ByReason | None = None,
) -> Why:
    """Why a policy changes an outcome of the crisis: the scenario's focus and headline by default.

    Parameters
    ----------
    run
        Its exact crises must be there; the years need not.
    policy
        A policy of the run other than the baseline.
    outcome
        Id of a quantity that exists per crisis.
    workers
        Threads; all cores by default.
    progress
        Listener of the first computation; later ones read the run's folder.
    by_reason
        In place of the compiled kernels.

    Raises ``UsageError`` for names that do not fit, ``EscaladeError`` before the first answer.
    """
    name = named_policy(run, policy)
    quantity = outcome_of_crisis(run, outcome, "its reasons are not known")
    found = stored_combinations(run, name)
    if found is None:
        with locked(run.folder.path):
            found = computed(
                run,
                name,
                _worlds(run, name),
                by_reason or _compiled(),
                workers or os.cpu_count() or 1,
                progress or Quiet(),
            )
    return explained(run, found, name, quantity)


def explained(run: StoredRun, found: Combinations, policy: str, quantity: Quantity) -> Why:
    """The effect on one quantity, with the scenario's margin."""
    scenario, measure = run.plan.scenario, quantity.crisis
    share = measure is not None and measure.unit == "share"
    weight = _weight(run, found, quantity, policy)
    whole = explain(found, quantity, policy=policy, baseline=scenario.baseline, weight=weight)
    margin = scenario.margin * (1.0 if share else abs(whole.level))
    return explain(found, quantity, policy=policy, baseline=scenario.baseline, margin=margin, weight=weight)


def _weight(run: StoredRun, found: Combinations, quantity: Quantity, policy: str) -> Reals | None:
    """Weights of the drawn worlds under which their levels are those of all candidates; ``None`` if there are none."""
    crisis, measure = _crisis(run), quantity.crisis
    if measure is None or not known(measure, crisis.columns):
        return None
    sums = [
        np.asarray(total)
        for name in (policy, run.plan.scenario.baseline)
        for total in (numerator(crisis, name, measure), crisis.total(name, measure.denominator))
    ]
    everywhere = np.stack(sums, axis=1)
    targets = np.asarray(crisis.weight @ everywhere)
    return calibrated(found.copies.astype(np.float64), everywhere[found.worlds], targets)


def file_name(policy: str) -> str:
    """File of a policy's combinations in the run's folder."""
    return f"why-{policy}.parquet"


def stored_combinations(run: StoredRun, policy: str) -> Combinations | None:
    """The combinations of a policy if they have been computed for this run."""
    crisis = _crisis(run)
    frame = run.folder.read_frame(file_name(policy), _origin(run, policy))
    if frame is None:
        return None
    worlds = np.flatnonzero(crisis.multiplicity)
    values = frame.drop(CANDIDATE, COMBINATION).to_numpy().reshape(len(worlds), 2 ** len(REASONS), -1)
    return _combinations(run, crisis, values)


def computed(
    run: StoredRun,
    policy: str,
    worlds: tuple[Worlds, Worlds],
    by_reason: ByReason,
    workers: int,
    progress: Progress,
) -> Combinations:
    """The combinations of a policy for all drawn worlds, written into the run's folder, which must be locked.

    worlds : all candidates under the policy and under the baseline, in the reference year
    Raises ``EscaladeError`` if the crisis under the policy is not the stored one: then the run was made by
    another version of the model.
    """
    crisis = _crisis(run)
    drawn = np.flatnonzero(crisis.multiplicity)
    chunks = [drawn[start : start + WORLDS_PER_CHUNK] for start in range(0, drawn.size, WORLDS_PER_CHUNK)]
    solved: dict[int, Reals] = {}
    progress.stage("why", 0, len(chunks))

    def finished(number: int, values: Reals) -> None:
        solved[number] = values
        progress.advance(lambda: None)

    with while_compiling(progress):
        finished(0, by_reason(*worlds, chunks[0]))
    run_chunks(lambda number: by_reason(*worlds, chunks[number]), range(1, len(chunks)), workers, finished)
    values = np.concatenate([solved[number] for number in range(len(chunks))])
    _require_same(run, policy, crisis, values, drawn)
    _write(run, policy, crisis.columns, values, drawn)
    return _combinations(run, crisis, values)


def _worlds(run: StoredRun, policy: str) -> tuple[Worlds, Worlds]:
    """All candidates under a policy and under the baseline, in the reference year."""
    teller, scenario = Teller(run), run.plan.scenario
    own, calm = (in_year(teller.worlds(name), scenario.reference_year) for name in (policy, scenario.baseline))
    return own, calm


def _compiled() -> ByReason:
    from escalade.crisis.reasons import crises_by_reason

    return crises_by_reason


def _crisis(run: StoredRun) -> CrisisTable:
    if run.results.crisis is None:
        raise EscaladeError(
            f"{run.folder.path} has no answer yet: it was stopped before all exact crises were there; "
            "the command that began it goes on with it"
        )
    return run.results.crisis


def _origin(run: StoredRun, policy: str) -> dict[str, object]:
    return {"run": run.folder.manifest()["run"], "why": policy}


def _combinations(run: StoredRun, crisis: CrisisTable, values: Reals) -> Combinations:
    drawn = np.flatnonzero(crisis.multiplicity)
    baseline = crisis.values[run.plan.scenario.baseline][drawn]
    return Combinations(crisis.columns, drawn, crisis.multiplicity[drawn], values, baseline)


def _require_same(run: StoredRun, policy: str, crisis: CrisisTable, values: Reals, drawn: Wholes) -> None:
    """All five reasons on: that is the crisis which the run has stored."""
    for number in range(values.shape[1]):
        require_numbers(values[:, number], crisis.columns, policy, drawn)
    if not np.allclose(values[:, -1], crisis.values[policy][drawn], rtol=SAME, atol=SAME):
        raise EscaladeError(
            f"{run.folder.path} was made by another version of the model: its reasons cannot be worked out; "
            "run it again in another folder"
        )


def _write(run: StoredRun, policy: str, columns: tuple[str, ...], values: Reals, drawn: Wholes) -> None:
    import polars as pl

    count = values.shape[1]
    flat = values.reshape(-1, values.shape[2])
    head = {
        CANDIDATE: np.repeat(drawn, count).astype(np.int32),
        COMBINATION: np.tile(np.arange(count, dtype=np.int32), len(drawn)),
    }
    frame = pl.DataFrame(head | {name: flat[:, q] for q, name in enumerate(columns)})
    run.folder.write_frame(file_name(policy), frame, _origin(run, policy))
