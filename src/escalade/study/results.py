"""What a run has found so far, and a stored run read back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from escalade.analysis.compare import Comparison, compare
from escalade.ensemble.execute import history_parts
from escalade.ensemble.parts import Sums, layout_of, read_part, read_worlds, summed
from escalade.ensemble.storage import MANIFEST, SCENARIO, Origin, RunFolder
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.errors import EscaladeError, UsageError
from escalade.quantities import Quantity
from escalade.study.plan import Effort, Plan, near, outcome_named


@dataclass(frozen=True)
class Results:
    """Results of the stages; ``None`` for a stage that has not ended."""

    crisis: CrisisTable | None = None
    period: PeriodTable | None = None


@dataclass(frozen=True)
class StoredRun:
    """A run in its folder: what was asked for and what is there."""

    plan: Plan
    folder: RunFolder
    results: Results

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity of the scenario by id."""
        return self.plan.quantities

    def comparison(
        self, baseline: str | None = None, outcome: str | None = None, policies: Sequence[str] = ()
    ) -> Comparison:
        """Policies compared on what is there.

        ``baseline`` and ``outcome`` are the scenario's own by default, ``policies``
        those that the run shows. Raises ``UsageError`` for names that the run does
        not know, or a policy compared with itself; ``EscaladeError`` before the
        first answer.
        """
        crisis, period = self.results.crisis, self.results.period
        if crisis is None:
            raise EscaladeError(
                f"{self.folder.path} has no answer yet: it was stopped before all exact crises were there; "
                "the command that began it goes on with it"
            )
        return answer(self.plan, self.quantities, crisis, period, baseline, outcome, policies)


def answer(
    plan: Plan,
    quantities: Mapping[str, Quantity],
    crisis: CrisisTable,
    period: PeriodTable | None,
    baseline: str | None = None,
    outcome: str | None = None,
    policies: Sequence[str] = (),
) -> Comparison:
    """The comparison that a plan asks for; ``policies`` (the shown ones by default) against the baseline."""
    scenario = plan.scenario
    base = baseline or scenario.baseline
    for policy in (base, *policies):
        if policy not in plan.policies:
            raise UsageError(f'no policy "{policy}" in this run; {near(policy, plan.policies)}')
    if base in policies:
        raise UsageError(f'policy "{base}" is compared with itself; name two different ones')
    name = outcome or scenario.headline
    outcome_named(dict(quantities), name)
    return compare(
        crisis,
        period,
        quantities,
        policies=policies or plan.shown,
        baseline=base,
        outcome=name,
        margin=scenario.margin,
    )


def stored(path: Path) -> StoredRun:
    """The run in a folder, whole or interrupted.

    Raises ``UsageError`` if there is none, or its scenario was changed since.
    """
    folder = RunFolder(path)
    manifest = folder.manifest()
    try:
        plan, origin = _plan(folder, manifest), manifest["run"]
    except (KeyError, TypeError) as error:
        raise EscaladeError(f"{folder.file(MANIFEST)} is damaged: {error}") from error
    crisis = read_worlds(folder, plan.crisis_keys, origin)
    period = None if crisis is None else _histories(folder, plan, origin, crisis)
    return StoredRun(plan, folder, Results(crisis, period))


def _plan(folder: RunFolder, manifest: Mapping[str, Any]) -> Plan:
    """The plan as the manifest tells it."""
    from escalade.scenario import load_scenario

    run = manifest["run"]
    path = folder.file(SCENARIO)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != run["scenario"]:
        raise UsageError(f"{path} was changed after the run: its results belong to another scenario")
    effort = Effort(run["candidates"], run["worlds"], manifest["histories"])
    return Plan(load_scenario(path), run["seed"], effort, tuple(run["policies"]), tuple(manifest["shown"]))


def _histories(folder: RunFolder, plan: Plan, origin: Origin, crisis: CrisisTable) -> PeriodTable | None:
    """Sums over the histories that are there."""
    layout = layout_of(folder, plan.policies, plan.names.rungs)
    if layout is None:
        return None
    parts = history_parts(crisis.multiplicity, plan.effort.histories)
    sums = Sums(layout, crisis.multiplicity, plan.scenario.years, len(parts))
    return summed(parts, sums, lambda part: read_part(folder, part, layout, origin))
