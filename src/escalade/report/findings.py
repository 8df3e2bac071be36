"""What the sections of a report are made of: a run, its answer, and the names of its policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from escalade.analysis.believed import Believed
from escalade.analysis.compare import Comparison, PairAnswer
from escalade.analysis.learned import Lesson, lessons
from escalade.analysis.slow import SlowForces
from escalade.analysis.structure import Structure
from escalade.analysis.why import Why
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError
from escalade.report.answer import Answer, answer
from escalade.report.inputs import InputRow, input_rows
from escalade.report.sentences import Wording, wording
from escalade.report.turns import Told, told
from escalade.study.believe import stored_beliefs
from escalade.study.results import StoredRun
from escalade.study.slow import stored_forces
from escalade.study.turns import stored_turns
from escalade.study.why import explained, stored_combinations

if TYPE_CHECKING:
    from escalade.scenario import Scenario


@dataclass(frozen=True)
class Findings:
    """A run that has at least its exact crises, with the answer to its scenario's question.

    ``at_work`` says what is final and what is still to come, where the run was at work.
    """

    run: StoredRun
    said: Answer
    at_work: str = ""

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was run."""
        return self.run.plan.scenario

    @property
    def comparison(self) -> Comparison:
        """Every policy beside the baseline."""
        return self.said.comparison

    @property
    def names(self) -> Mapping[str, str]:
        """Name of every policy, by id."""
        return self.said.names

    @cached_property
    def words(self) -> Wording:
        """Phrases of the policies ("with the shield") and names of the sides."""
        return wording(self.scenario)

    @property
    def both(self) -> tuple[str, ...]:
        """The policy that the headline is about, then the baseline; the baseline alone if there is no other."""
        policy, baseline = self.said.policy, self.comparison.baseline
        return (baseline,) if policy is None else (policy, baseline)

    @property
    def pair(self) -> PairAnswer | None:
        """The difference that the headline is about; ``None`` if there is one policy only."""
        return None if self.said.policy is None else self.comparison.pair(self.said.policy)

    @property
    def crisis(self) -> CrisisTable:
        """Exact crises of all sets of assumptions."""
        table = self.run.results.crisis
        if table is None:
            raise EscaladeError("a report needs the exact crises first")
        return table

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """What the record made of every drawn input, by key."""
        return lessons(self.crisis)

    @cached_property
    def inputs(self) -> tuple[InputRow, ...]:
        """Every input as people read it."""
        return tuple(input_rows(self.scenario, self.lessons))

    @property
    def standings(self) -> Mapping[str, int]:
        """How many inputs are published, assumed, set by a policy, or defaults."""
        kinds = ("source", "assumption", "choice", "default")
        return {kind: sum(row.standing == kind for row in self.inputs) for kind in kinds}

    @cached_property
    def why(self) -> Why | None:
        """The headline's effect per crisis by its reasons; ``None`` where they are not known."""
        policy, outcome = self.said.policy, self.comparison.outcome
        same = self.comparison.baseline == self.scenario.baseline
        combinations = stored_combinations(self.run, policy) if policy is not None and same else None
        if policy is None or combinations is None or outcome.crisis is None:
            return None
        return explained(self.run, combinations, policy, outcome)

    @cached_property
    def slow(self) -> SlowForces | None:
        """What the slow forces add to the headline's effect over the years; ``None`` where that is not known."""
        same = (self.said.policy, self.comparison.baseline) == (self.scenario.focus, self.scenario.baseline)
        return stored_forces(self.run, self.comparison.outcome) if same else None

    @property
    def structure(self) -> Structure | None:
        """The headline's effect under other structures; ``None`` where none were tried."""
        return self.said.structure

    @cached_property
    def believed(self) -> Believed | None:
        """The headline's effect per crisis if other sources are believed; ``None`` where that is not known."""
        same = (self.said.policy, self.comparison.baseline) == (self.scenario.focus, self.scenario.baseline)
        return stored_beliefs(self.run, self.comparison.outcome) if same else None

    @cached_property
    def turns(self) -> Told | None:
        """When the headline's effect per crisis turns; ``None`` where that was not worked out."""
        policy, outcome = self.said.policy, self.comparison.outcome
        if policy is None:
            return None
        found = stored_turns(self.run, (policy, self.comparison.baseline), outcome)
        return None if found is None else told(found, self.scenario, outcome)


def findings(run: StoredRun, at_work: str = "") -> Findings:
    """What a run has found. Raises ``EscaladeError`` before the first answer."""
    return Findings(run, answer(run), at_work)
