"""Why: the effect of a policy, divided among its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.analysis.why import Why as Explained
from escalade.api.shown import Shown
from escalade.report.why import as_json, as_text, sentence, tables
from escalade.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Why(Shown):
    """Why a policy changes an outcome of the crisis: parts that add up to the effect; made by ``Run.why``.

    Examples
    --------
    >>> why = run.why()
    >>> why.reasons
    ('denial', 'impunity', 'restraint', 'survival', 'delusion', 'other')
    >>> bool(abs(sum(why[reason] for reason in why.reasons) - why.effect) < 1e-12)
    True
    """

    explained: Explained
    scenario: Scenario

    @property
    def policy(self) -> str:
        """Id of the policy."""
        return self.explained.policy

    @property
    def baseline(self) -> str:
        """Id of the policy that it is compared with."""
        return self.explained.baseline

    @property
    def outcome(self) -> str:
        """Id of the quantity whose change is explained."""
        return self.explained.outcome.id

    @property
    def effect(self) -> float:
        """The whole change of the outcome per crisis; shares from 0 to 1."""
        return self.explained.whole

    @property
    def reasons(self) -> tuple[str, ...]:
        """Ids of the parts: five reasons, and all else."""
        return tuple(self.explained.parts)

    def __getitem__(self, reason: str) -> float:
        """The part of one reason. Raises ``KeyError`` for an unknown one."""
        return self.explained.parts[reason].mean

    @property
    def sentence(self) -> str:
        """The parts in the order of their size, and what they add up to."""
        return str(sentence(self.explained))

    def table(self) -> pl.DataFrame:
        """One row per part: mean, range over sets of assumptions, alone, last, and how often it is the largest.

        Examples
        --------
        >>> why.table().columns
        ['reason', 'words', 'mean', 'low', 'high', 'alone', 'last', 'largest']
        """
        from escalade.report.frames import reasons

        return reasons(self.explained)

    def data(self) -> dict[str, Any]:
        """Everything as plain values, as ``escalade why --json`` prints it.

        Examples
        --------
        >>> why.data()["policy"]
        'as_was'
        """
        return as_json(self.explained)

    def __str__(self) -> str:
        return as_text(self.explained, self.scenario)

    def _repr_html_(self) -> str:
        from escalade.report import cards
        from escalade.report.sentences import CONDITIONAL

        names = {name: policy.name for name, policy in self.scenario.policies.items()}
        shown = [cards.table(table) for table in tables(self.explained, names)]
        said = cards.paragraphs([self.sentence])
        return cards.card(self.scenario.question, said, *shown, cards.small(CONDITIONAL))
