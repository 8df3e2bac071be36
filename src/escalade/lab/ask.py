"""The lab's answer to a setting, in Python: what the page shows, to be made again in a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from escalade.analysis.compare import Comparison, PairAnswer, compared
from escalade.analysis.reweigh import Matching, reweigh
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError, UsageError
from escalade.lab.setting import Setting
from escalade.quantities import Quantity
from escalade.report.sentences import Headline, headline, wording
from escalade.study.plan import near
from escalade.study.results import StoredRun


@dataclass(frozen=True)
class Answer:
    """What the lab says at one setting.

    comparison : of one policy with the baseline, per crisis, under the weights that are left
    matching : how many sets of assumptions these weights rest on
    """

    setting: Setting
    comparison: Comparison
    matching: Matching
    said: Headline

    @property
    def pair(self) -> PairAnswer:
        """The policy beside the baseline."""
        return self.comparison.pairs[0]

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers of the page by name: shares from 0 to 1, with the policy, without it, and their difference."""
        outcome, pair, shares = self.comparison.outcome.id, self.pair, self.pair.worlds
        effect = pair.crisis[outcome].posterior
        assert shares is not None  # the outcome of a lab is known per crisis
        return {
            "with": self.comparison.policies[pair.policy].crisis[outcome].posterior.mean,
            "without": self.comparison.policies[pair.baseline].crisis[outcome].posterior.mean,
            "effect": effect.mean,
            "low": effect.low,
            "high": effect.high,
            "raises": shares.raises,
            "lowers": shares.lowers,
            "neither": shares.neither,
            "worlds": self.matching.worlds,
            "effective": self.matching.effective,
        }

    @property
    def sentence(self) -> str:
        """The sentence of the page: how many sets say what, and how high the risks are."""
        return f"{self.said.lead} {self.said.body} {self.said.levels[0]}"

    def __str__(self) -> str:
        return self.sentence


def lab_outcome(run: StoredRun) -> Quantity:
    """The outcome that a lab speaks of: the scenario's, or war where that is no share that crises are counted by."""
    found = run.quantities[run.plan.scenario.headline]
    return found if found.crisis is not None and found.crisis.unit == "share" else run.quantities["war"]


def crises_of(run: StoredRun) -> CrisisTable:
    """The exact crises of a run. Raises ``EscaladeError`` before they are all there."""
    if run.results.crisis is None:
        raise EscaladeError(f"{run.folder.path} has no answer yet; the command that began it goes on with it")
    return run.results.crisis


def chosen_policy(run: StoredRun, name: str | None) -> str:
    """The policy of a setting. Raises ``UsageError`` if the run does not have it, or it is the baseline."""
    scenario, plan = run.plan.scenario, run.plan
    others = [other for other in plan.policies if other != scenario.baseline]
    if not others:
        raise UsageError("this run has one policy only: there is nothing to compare it with")
    if name is None:
        return scenario.focus if scenario.focus in others else others[0]
    if name not in others:
        raise UsageError(f'no policy "{name}" to compare with the baseline; {near(name, others)}')
    return name


def ask(run: StoredRun, setting: Setting | None = None) -> Answer:
    """The answer at a setting: levers moved (crises solved anew), then assumptions narrowed.

    Raises ``UsageError`` for names the run does not have, values that are not allowed, and ranges that no set of
    assumptions lies in.
    """
    asked = setting or Setting()
    policy, table = chosen_policy(run, asked.policy), crises_of(run)
    if asked.levers:
        from escalade.lab.solver import Solver

        table = replace(table, values=_solved(Solver(run), table, policy, asked.levers))
    return answered(run, asked, policy, table)


def answered(run: StoredRun, setting: Setting, policy: str, table: CrisisTable) -> Answer:
    """The answer at a setting whose levers are in the table already."""
    scenario, outcome = run.plan.scenario, lab_outcome(run)
    weighed, matching = reweigh(table, setting.narrow)
    comparison = compared(weighed, None, outcome, (policy, scenario.baseline), scenario.margin)
    return Answer(setting, comparison, matching, headline(comparison, policy, wording(scenario)))


def _solved(solver: Any, table: CrisisTable, policy: str, levers: Mapping[str, Any]) -> dict[str, Any]:
    """Exact crises of all candidates under the policy and the baseline, with the levers moved."""
    import numpy as np

    one, other = solver.solve(policy, levers, np.arange(table.candidates))
    return {policy: one, solver.run.plan.scenario.baseline: other}
