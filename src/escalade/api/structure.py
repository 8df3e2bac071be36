"""Structure: how far the effect of a policy hangs on the structure of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.analysis.structure import Structure as Tried
from escalade.api.shown import Shown
from escalade.report.structure import as_json, as_text, sentence, table
from escalade.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Structure(Shown):
    """The effect of a policy under every structure of the model that can be tried; made by ``Run.structure``.

    Examples
    --------
    >>> structure = run.structure()
    >>> structure.table()["group"][0]
    'base'
    """

    tried: Tried
    scenario: Scenario

    @property
    def depends(self) -> bool:
        """Whether one structure says more and another less."""
        return self.tried.depends

    @property
    def sentence(self) -> str:
        """Whether the sign is the same under all structures, and under which it is not."""
        return str(sentence(self.tried, self._sides))

    def table(self) -> pl.DataFrame:
        """One row per structure, the scenario's own first: levels, mean effect with its range over sets, sign.

        Examples
        --------
        >>> structure.table().columns
        ['group', 'value', 'level', 'baseline', 'effect', 'low', 'high', 'raises', 'lowers', 'sign', 'effective']
        """
        from escalade.report.frames import structures

        return structures(self.tried)

    def data(self) -> dict[str, Any]:
        """Everything as plain values.

        Examples
        --------
        >>> structure.data()["baseline"]
        'no_shield'
        """
        return as_json(self.tried, self._sides)

    @property
    def _sides(self) -> Mapping[str, str]:
        return {name: side.name for name, side in self.scenario.sides.items()}

    def __str__(self) -> str:
        return as_text(self.tried, self.scenario)

    def _repr_html_(self) -> str:
        from escalade.report import cards
        from escalade.report.sentences import CONDITIONAL

        names = {name: policy.name for name, policy in self.scenario.policies.items()}
        shown = cards.table(table(self.tried, names, self._sides))
        return cards.card(self.scenario.question, cards.paragraphs([self.sentence]), shown, cards.small(CONDITIONAL))
