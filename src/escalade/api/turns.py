"""Turns: when the effect of a policy turns, what matters most for it, how far it hangs on priors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.analysis.turns import Turns as Found
from escalade.api.shown import Shown
from escalade.quantities import Quantity
from escalade.report.turns import Told, sentences, told
from escalade.report.turns_tables import as_json, as_text, tables
from escalade.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Turns(Shown):
    """When a policy's effect on an outcome of the crisis turns; made by ``Run.turns``.

    Examples
    --------
    >>> turns = run.turns()
    >>> turns.outcome
    'war'
    >>> turns.table().height == turns.found.inputs
    True
    """

    found: Found
    scenario: Scenario
    quantity: Quantity

    @property
    def policy(self) -> str:
        """Id of the policy."""
        return self.found.policy

    @property
    def baseline(self) -> str:
        """Id of the policy that it is compared with."""
        return self.found.baseline

    @property
    def outcome(self) -> str:
        """Id of the quantity."""
        return self.found.outcome

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is said: conditions, turning points, what matters most, priors."""
        return tuple(map(str, sentences(self._told)))

    def conditions(self) -> pl.DataFrame:
        """One row per condition of the boxes of more and of less; no rows where chance does as well.

        Examples
        --------
        >>> turns.conditions().columns[:5]
        ['direction', 'key', 'low', 'high', 'kept']
        """
        from escalade.report.turns_frames import conditions

        return conditions(self.found)

    def table(self) -> pl.DataFrame:
        """One row per input, the most important first: its share of the effect's variance, the effect at both ends.

        ``clear`` tells whether it can be told from chance.

        Examples
        --------
        >>> turns.table().columns[:3]
        ['key', 'share', 'clear']
        """
        from escalade.report.turns_frames import matters

        return matters(self.found)

    def priors(self) -> pl.DataFrame:
        """One row per way to weigh the sets of assumptions: shares of more, less and neither, effective number.

        Examples
        --------
        >>> turns.priors()["kind"][0]
        'base'
        """
        from escalade.report.turns_frames import priors

        return priors(self.found)

    def data(self) -> dict[str, Any]:
        """Everything as plain values, as ``escalade turns --json`` prints it.

        Examples
        --------
        >>> turns.data()["baseline"]
        'no_shield'
        """
        return as_json(self._told)

    @property
    def _told(self) -> Told:
        return told(self.found, self.scenario, self.quantity)

    def __str__(self) -> str:
        return as_text(self._told, self.scenario)

    def _repr_html_(self) -> str:
        from escalade.report import cards
        from escalade.report.sentences import CONDITIONAL

        shown = [cards.table(table) for table in tables(self._told, self.scenario)]
        return cards.card(
            self.scenario.question, cards.paragraphs(list(self.sentences)), *shown, cards.small(CONDITIONAL)
        )
