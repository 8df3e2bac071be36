"""Claims about the years: both policies simulated with the same luck, the paired difference with its interval.

A share of sets must not be counted from simulated histories, whose noise pulls it to one half. So a trial over the
years has no shares: its verdict follows the 90 % interval of the mean difference, as that of a run does.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from escalade.analysis.compare import compared
from escalade.analysis.verdict import Verdict, judge
from escalade.ensemble.build import names
from escalade.ensemble.execute import HistoryPart, history_parts, require_numbers, run_chunks
from escalade.ensemble.kernels import compiled
from escalade.ensemble.parts import Layout, Sums
from escalade.ensemble.resample import multiplicities
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.errors import EscaladeError
from escalade.evidence.claims_file import Posed
from escalade.evidence.tried import Found
from escalade.worlds import Reals, Worlds

DRAWN_OF, HISTORIES = 4, 32
"""One of so many sets is drawn for the years, with so many histories."""


def found_over_years(
    crisis: CrisisTable, posed: Posed, worlds: Mapping[str, Worlds], baseline: Worlds, seed: int, workers: int
) -> Found:
    """What simulated years say of a trial.

    crisis : exact crises, whose weights say which sets are drawn
    worlds : all sets under both policies; baseline : under the scenario's own, with the forces of the first year
    Raises ``EscaladeError`` where the outcome does not occur.
    """
    drawn = multiplicities(crisis.weight, max(2, crisis.candidates // DRAWN_OF), seed)
    period = _simulated(posed, worlds, baseline, drawn, seed, workers)
    outcome = posed.outcome
    answer = compared(crisis, period, outcome, (posed.policy, posed.baseline), posed.scenario.margin)
    pair = answer.pairs[0]
    if outcome.id not in pair.period:
        raise EscaladeError(f"{outcome.name}: nothing in these years is a case of it ({posed.trial.tries})")
    gap, said = pair.period[outcome.id], judge(answer, posed.policy).period
    low, high = gap.interval_90 or (gap.mean, gap.mean)
    return Found(
        level=answer.policies[posed.policy].period[outcome.id].mean,
        baseline=answer.policies[posed.baseline].period[outcome.id].mean,
        effect=gap.mean,
        low=low,
        high=high,
        raises=float(said is Verdict.MORE),
        lowers=float(said is Verdict.LESS),
        neither=float(said is Verdict.LITTLE),
        rare=said not in (Verdict.MORE, Verdict.LESS, Verdict.LITTLE),
        worlds=answer.drawn,
        effective=answer.effective,
    )


def _simulated(
    posed: Posed, worlds: Mapping[str, Worlds], baseline: Worlds, drawn: np.ndarray, seed: int, workers: int
) -> PeriodTable:
    """Sums over histories of the drawn sets under both policies, added up in the order of their parts."""
    scenario = posed.scenario
    labels = names(scenario)
    kernels = compiled(labels)
    parts, policies = history_parts(drawn, HISTORIES), (posed.policy, posed.baseline)
    made: dict[int, Reals] = {}

    def rows(part: HistoryPart, policy: str) -> Reals:
        address = (part.candidate, part.candidate, part.history)
        values = kernels.simulate(worlds[policy], baseline, *address, scenario.years, seed)
        require_numbers(values, kernels.columns, policy, part.candidate, part.history)
        return values

    def work(number: int) -> Reals:
        return np.stack([rows(parts[number], policy) for policy in policies])

    run_chunks(work, range(len(parts)), workers, made.__setitem__)
    sums = Sums(Layout(policies, kernels.columns, labels.rungs), drawn, scenario.years, len(parts))
    for part in parts:
        sums.add(part, made[part.number])
    table = sums.table()
    assert table is not None  # at least two sets are drawn
    return table
