"""The structures of the model tried on a run: exact crises of some of its candidates under each, kept in its folder.

The candidates are taken evenly from all (``WORLDS`` of them at most), the same under every structure. Under each the
policy, the baseline and the policies of the record are solved, and the candidates weighed by the record anew: what a
structure explains badly it counts little. The readings of the record weigh the scenario's own crises.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.structure import Case, Structure, judged
from escalade.ensemble.execute import require_numbers, run_chunks
from escalade.ensemble.kernels import crisis_columns
from escalade.ensemble.lock import locked
from escalade.ensemble.parts import CANDIDATE
from escalade.ensemble.record import log_weights, weights
from escalade.ensemble.structure import READINGS, Variant, evenly, rung_ids, same, taken, variants
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError
from escalade.quantities import Quantity
from escalade.study.asked import named_policy, outcome_of_crisis
from escalade.study.plan import FIRST_YEAR
from escalade.study.progress import Progress, Quiet, while_compiling
from escalade.study.reference import in_year
from escalade.study.replay import Teller
from escalade.study.results import StoredRun
from escalade.worlds import Reals, Wholes, Worlds

if TYPE_CHECKING:
    from escalade.ensemble.kernels import Exact

WORLDS = 256
"""Candidates that structures are tried on, a power of two."""

VARIANT, KEY = "variant", "key"
BuiltWorlds = Callable[[str], Worlds]
"""All candidates under a policy, with the forces of the first year."""


@dataclass(frozen=True)
class Trial:
    """One policy of a run, and what its structures are tried on.

    built : makes the worlds of a policy; called in the caller's thread only
    """

    run: StoredRun
    policy: str
    exact: Exact
    built: BuiltWorlds

    @cached_property
    def base(self) -> CrisisTable:
        """The run's own crises of the chosen candidates, with their weights among themselves."""
        return _weighed(self.run, {key: _crisis(self.run).values[key][self.chosen] for key in self.keys}, self.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the run's exact crises."""
        return _crisis(self.run).columns

    @property
    def chosen(self) -> Wholes:
        """Numbers of the candidates."""
        return evenly(self.run.plan.effort.candidates, WORLDS)

    @property
    def keys(self) -> tuple[str, ...]:
        """Policies that are solved; a policy of the record once more if the answer is for a later year."""
        return _keys(self.run, self.policy)

    @cached_property
    def worlds(self) -> Mapping[str, Worlds]:
        """The chosen candidates by key, as the run has them."""
        year = self.run.plan.scenario.reference_year
        first = {key.removesuffix(FIRST_YEAR): None for key in (*self.keys, self.run.plan.scenario.baseline)}
        found = {name: taken(self.built(name), self.chosen) for name in first}
        later = {name: in_year(worlds, year) for name, worlds in found.items()}
        return {key: (found if key.endswith(FIRST_YEAR) else later)[key.removesuffix(FIRST_YEAR)] for key in self.keys}

    def solved(self, variant: Variant) -> Reals:
        """Exact crises under a structure [key, candidate, column]; NaN in columns that it does not have."""
        scenario = self.run.plan.scenario
        ours = {key: variant.change(worlds) for key, worlds in self.worlds.items()}
        if all(same(ours[key], worlds) for key, worlds in self.worlds.items()):
            return np.stack([self.base.values[key] for key in self.keys])
        ladder = variant.ladder
        names = self.columns if ladder is None else crisis_columns(self.run.plan.names, rung_ids(scenario, ladder))
        rows = np.arange(len(self.chosen), dtype=np.int64)
        out = np.full((len(self.keys), len(rows), len(self.columns)), np.nan)
        for number, key in enumerate(self.keys):
            values = self.exact(ours[key], ours[scenario.baseline], rows)
            require_numbers(values, names, f"{key} ({variant.key})", self.chosen)
            there = [name for name in self.columns if name in names]
            out[number][:, [self.columns.index(name) for name in there]] = values[:, [names.index(n) for n in there]]
        return out


def structure(
    run: StoredRun,
    policy: str | None = None,
    outcome: str | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    exact: Exact | None = None,
) -> Structure:
    """How far a policy's effect on an outcome hangs on structure: the scenario's focus and headline by default.

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
    exact
        In place of the compiled kernel.

    Raises ``UsageError`` for names that do not fit, ``EscaladeError`` before the first answer.
    """
    name = named_policy(run, policy)
    quantity = outcome_of_crisis(run, outcome, "structures cannot be tried on it")
    found = stored_values(run, name)
    if found is None:
        trial = Trial(run, name, exact or _compiled(run), Teller(run).worlds)
        with locked(run.folder.path):
            found = computed(trial, workers or os.cpu_count() or 1, progress or Quiet())
    return found_structure(run, found, name, quantity)


def stored_structure(run: StoredRun, policy: str, quantity: Quantity) -> Structure | None:
    """The same if it has been computed for this run, and the quantity exists per crisis."""
    found = None if quantity.crisis is None else stored_values(run, policy)
    return None if found is None else found_structure(run, found, policy, quantity)


def computed(trial: Trial, workers: int, progress: Progress) -> Reals:
    """Exact crises [variant, key, candidate, column], written into the run's folder, which must be locked.

    Each structure is kept as soon as it is solved, so that an interrupted trial goes on where it stopped.
    """
    tried = variants(trial.run.plan.scenario)
    there = {n: found for n in range(len(tried)) if (found := _read(trial.run, trial.policy, n)) is not None}
    missing = [number for number in range(len(tried)) if number not in there]
    progress.stage("structure", len(there), len(tried))

    def work(number: int) -> Reals:
        values = trial.solved(tried[number])
        _write(trial, _part(trial.policy, number), values[None], [number])
        return values

    def finished(number: int, values: Reals) -> None:
        there[number] = values
        progress.advance(lambda: None)

    if missing:
        nobody = np.zeros(0, dtype=np.int64)
        baseline = trial.worlds[trial.run.plan.scenario.baseline]
        with while_compiling(progress):
            trial.exact(baseline, baseline, nobody)
        _ = trial.base  # made here and once, before threads share it
        run_chunks(work, missing, workers, finished)
    values = np.stack([there[number] for number in range(len(tried))])
    _write(trial, file_name(trial.policy), values, range(len(tried)))
    for number in range(len(tried)):
        trial.run.folder.remove(_part(trial.policy, number))
    return values


def stored_values(run: StoredRun, policy: str) -> Reals | None:
    """Exact crises [variant, key, candidate, column] if all structures have been solved for this run."""
    return _values(run, policy, file_name(policy), range(len(variants(run.plan.scenario))))


def found_structure(run: StoredRun, values: Reals, policy: str, quantity: Quantity) -> Structure:
    """What solved structures and other readings of the record say about one quantity."""
    scenario, keys, columns = run.plan.scenario, _keys(run, policy), _crisis(run).columns
    chosen = evenly(run.plan.effort.candidates, WORLDS)
    own = {key: _crisis(run).values[key][chosen] for key in keys}
    cases = [
        Case(tried.group, tried.value, _weighed(run, dict(zip(keys, solved, strict=True)), columns))
        for tried, solved in zip(variants(scenario), values, strict=True)
    ]
    cases += [
        Case("record", name, _weighed(run, own, columns, reading=name)) for name, _ in READINGS if scenario.record
    ]
    base = _weighed(run, own, columns)
    return judged(base, cases, quantity, policy=policy, baseline=scenario.baseline, margin=scenario.margin)


def file_name(policy: str) -> str:
    """File of a policy's structures in the run's folder."""
    return f"structure-{policy}.parquet"


def _part(policy: str, number: int) -> str:
    return f"structure-{policy}-{number:02d}.parquet"


def _compiled(run: StoredRun) -> Exact:
    from escalade.ensemble.kernels import compiled

    return compiled(run.plan.names).exact


def _crisis(run: StoredRun) -> CrisisTable:
    if run.results.crisis is None:
        raise EscaladeError(
            f"{run.folder.path} has no answer yet: it was stopped before all exact crises were there; "
            "the command that began it goes on with it"
        )
    return run.results.crisis


def _keys(run: StoredRun, policy: str) -> tuple[str, ...]:
    scenario = run.plan.scenario
    recorded = {entry.policy for entry in scenario.record.crises} if scenario.record else set()
    wanted = {policy, scenario.baseline} | recorded
    return tuple(key for key in run.plan.crisis_keys if key.removesuffix(FIRST_YEAR) in wanted)


def _weighed(
    run: StoredRun, values: Mapping[str, Reals], columns: tuple[str, ...], reading: str = "reading"
) -> CrisisTable:
    """Crises of the chosen candidates under one structure, weighed by a reading of the record ("off": not at all)."""
    known = [k for k in range(len(columns)) if not all(np.isnan(table[:, k]).all() for table in values.values())]
    there = tuple(columns[k] for k in known)
    tables = {key: np.asarray(table[:, known]) for key, table in values.items()}
    exact = {
        key.removesuffix(FIRST_YEAR): dict(zip(there, table.T, strict=True))
        for key, table in tables.items()  # the first year's come last and stand in for the others
    }
    if reading == "off":
        logs = log_weights(run.plan.scenario, exact, entries=())
    else:
        logs = log_weights(run.plan.scenario, exact, reading=dict(READINGS).get(reading) or "reading")
    weight = weights(logs)
    return CrisisTable(there, tables, weight, np.ones(weight.size, np.int64), {})


def _origin(run: StoredRun, policy: str, numbers: Sequence[int]) -> dict[str, object]:
    tried = [variant.key for variant in variants(run.plan.scenario)]
    return {
        "run": run.folder.manifest()["run"],
        "structure": policy,
        "variants": [tried[number] for number in numbers],
        "worlds": WORLDS,
    }


def _write(trial: Trial, name: str, values: Reals, numbers: Sequence[int]) -> None:
    """Keep crises [variant, key, candidate, column] as one table."""
    import polars as pl

    tried, keys, chosen = np.array(numbers), np.arange(len(trial.keys)), trial.chosen
    places = np.meshgrid(tried, keys, chosen, indexing="ij")
    head = {name: place.ravel().astype(np.int32) for name, place in zip((VARIANT, KEY, CANDIDATE), places, strict=True)}
    flat = values.reshape(-1, values.shape[-1])
    frame = pl.DataFrame(head | {column: flat[:, k] for k, column in enumerate(trial.columns)})
    trial.run.folder.write_frame(name, frame, _origin(trial.run, trial.policy, numbers))


def _values(run: StoredRun, policy: str, name: str, numbers: Sequence[int]) -> Reals | None:
    frame = run.folder.read_frame(name, _origin(run, policy, numbers))
    if frame is None:
        return None
    flat = frame.drop(VARIANT, KEY, CANDIDATE).to_numpy()
    return flat.reshape(len(numbers), len(_keys(run, policy)), -1, flat.shape[1])


def _read(run: StoredRun, policy: str, number: int) -> Reals | None:
    found = _values(run, policy, _part(policy, number), [number])
    return None if found is None else found[0]
