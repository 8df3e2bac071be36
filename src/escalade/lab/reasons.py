"""Why, under a setting: the effect divided among its reasons on a few worlds, with the levers moved."""

from __future__ import annotations

import numpy as np

from escalade.analysis.reweigh import reweigh
from escalade.analysis.weighted import quantiles
from escalade.analysis.why import Combinations, Why, explain
from escalade.lab.ask import chosen_policy, lab_outcome
from escalade.lab.setting import Setting
from escalade.lab.solver import DRAGGING_POINTS, Solver
from escalade.study.results import StoredRun
from escalade.worlds import Wholes

WORLDS = 16
"""Worlds on which the reasons are worked out."""


def reasons_of(solver: Solver, setting: Setting) -> Why:
    """The reasons of the effect on worlds that match, each standing for as much weight as any other.

    Raises ``UsageError`` for a setting that the run does not have or that nothing matches.
    """
    from escalade.crisis.exact import exact_crises
    from escalade.crisis.reasons import crises_by_reason

    policy, scenario = chosen_policy(solver.run, setting.policy), solver.run.plan.scenario
    index, copies = _drawn(reweigh(solver.table, setting.narrow)[0].weight)
    here, calm = solver.worlds(policy, setting.levers, index)
    rows = np.arange(len(index), dtype=np.int64)
    combined = crises_by_reason(here, calm, rows, DRAGGING_POINTS, scenario.pair_in_focus)
    baseline = exact_crises(calm, calm, rows, DRAGGING_POINTS, scenario.pair_in_focus)
    found = Combinations(solver.table.columns, index, copies, combined, baseline)
    margin = scenario.margin
    return explain(found, lab_outcome(solver.run), policy=policy, baseline=scenario.baseline, margin=margin)


def _drawn(weight: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[Wholes, Wholes]:
    """Worlds at equal steps of the weight, and how often each is met."""
    steps = [(k + 0.5) / WORLDS for k in range(WORLDS)]
    met = quantiles(np.arange(weight.size, dtype=np.float64), weight, steps).astype(np.int64)
    index, copies = np.unique(met, return_counts=True)
    return index, copies


def reasons_html(why: Why, run: StoredRun) -> str:
    """The reasons as the report shows them."""
    from escalade.lab.page import template
    from escalade.report.sections.why import shown
    from escalade.report.sentences import wording

    scenario = run.plan.scenario
    names = {name: policy.name for name, policy in scenario.policies.items()}
    return template("sections/why.html", scenario).render(**shown(why, wording(scenario).policies, names))
