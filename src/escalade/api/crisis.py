"""A crisis: exact, under every policy, every input at its most likely value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.api.shown import Shown
from escalade.report.crisis import as_data, as_text, tables
from escalade.study.single import SingleCrisis

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Crisis(Shown):
    """A single crisis of a case under one policy or several, exact; made by ``Case.crisis``.

    Examples
    --------
    >>> crisis = case.crisis(["as_was", "no_shield"])
    >>> crisis.policies
    ('as_was', 'no_shield')
    >>> bool(crisis["as_was"]["first_strike.israel"] > crisis["as_was"]["first_strike.iran"])
    True
    """

    single: SingleCrisis

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies."""
        return tuple(self.single.policies)

    def __getitem__(self, policy: str) -> Mapping[str, float]:
        """Every quantity under one policy, by id; shares from 0 to 1. Raises ``KeyError`` for an unknown policy."""
        return self.single.policies[policy].values

    def table(self) -> pl.DataFrame:
        """One row per quantity, one column per policy.

        Examples
        --------
        >>> crisis.table().columns
        ['quantity', 'name', 'unit', 'as_was', 'no_shield']
        """
        from escalade.report.frames import crisis

        return crisis(self.single)

    def data(self) -> dict[str, Any]:
        """Everything as plain values, the likeliest courses too, as ``escalade crisis --json`` prints it.

        Examples
        --------
        >>> sorted(crisis.data())[:3]
        ['baseline', 'courses', 'policies']
        """
        return as_data(self.single)

    def __str__(self) -> str:
        scenario = self.single.scenario
        told = scenario.focus if scenario.focus in self.policies else self.policies[0]
        return as_text(self.single, [told])

    def _repr_html_(self) -> str:
        from escalade.report import cards
        from escalade.report.sentences import CONDITIONAL

        shown = [cards.table(table) for table in tables(self.single)]
        return cards.card(self.single.scenario.title, *shown, cards.small(CONDITIONAL))
