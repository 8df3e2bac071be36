"""Claims that the scenario tries: those trials whose two policies the run has, by its own exact crises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from escalade.errors import EscaladeError
from escalade.evidence.claims import Claim, Trial
from escalade.evidence.claims_file import Posed, bundled_claims, outcome_of
from escalade.evidence.tried import TriedTrial
from escalade.report.claims import HOW_TO_READ, counted, hangs_on, trial_row
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.tables import Section as Rows
from escalade.report.tables import Table
from escalade.study.claims import found_in

COMMAND = "escalade claims"


def section(found: Findings) -> Section | None:
    """The claims; nothing where no bundled claim speaks of this scenario."""
    mine = {
        name: claim
        for name, claim in bundled_claims().claims.items()
        if any(trial.scenario == found.scenario.name for trial in claim.trials)
    }
    if not mine:
        return None
    tables = [table for name, claim in mine.items() if (table := _table(found, name, claim)) is not None]
    others = [name for name, claim in mine.items() if any(_elsewhere(found, trial) for trial in claim.trials)]
    shown = {
        "origin": bundled_claims().origin.citation,
        "tables": tables,
        "others": f"{COMMAND} {' '.join(others)}" if others else "",
        "caption": HOW_TO_READ.format(worlds=f"{found.comparison.candidates:,}"),
    }
    return Section("claims", "Claims that this scenario tries", shown)


def _table(found: Findings, name: str, claim: Claim) -> Table | None:
    """The trials of a claim that the run can answer by itself; ``None`` without one."""
    rows, said = [], []
    for one in _tried(found, claim):
        if one.found is not None and one.posed is not None:
            row = trial_row(one.trial.tries, one, one.found, one.posed)
            rows.append(replace(row, note=f"{counted(one.posed, named=False)}; {row.note}"))
            said += [f"{one.trial.tries}: {line}" for line in [hangs_on(one)] if line]
    if not rows:
        return None
    heads = ("trial", "claim says", "with", "without", "more", "less", "verdict")
    built = f" By construction: {claim.by_construction}" if claim.by_construction else ""
    return Table(f"{name}: {claim.title}", heads, (Rows("", tuple(rows)),), " ".join(said) + built)


def _tried(found: Findings, claim: Claim) -> Iterator[TriedTrial]:
    for trial in claim.trials:
        posed = _posed(found, trial)
        if posed is not None:
            try:
                answer = found_in(found.crisis, posed, found.crisis.inputs)
            except EscaladeError:  # nothing in these crises is a case of it
                continue
            yield TriedTrial(trial, posed, answer)


def _posed(found: Findings, trial: Trial) -> Posed | None:
    """The trial between two policies of the run; ``None`` where it needs others, or one reason alone."""
    if (
        trial.scenario != found.scenario.name
        or trial.reason is not None
        or trial.waits is not None
        or trial.clock != "crisis"
    ):
        return None
    both = [None if side is None else side.single for side in (trial.policy, trial.baseline)]
    if both[0] not in found.crisis.values or both[1] not in found.crisis.values:
        return None
    return Posed(trial, found.scenario, str(both[0]), str(both[1]), outcome_of(trial, found.run.quantities))


def _elsewhere(found: Findings, trial: Trial) -> bool:
    return trial.scenario == found.scenario.name and trial.waits is None and _posed(found, trial) is None
