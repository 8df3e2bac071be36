"""A replay: one simulated history told, beside its twin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.api.shown import Shown
from escalade.report.story import ToldTwins
from escalade.study.replay import Replay as Replayed

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Replay(Shown):
    """One simulated history in sentences, beside its twin; made by ``Run.replay``.

    Examples
    --------
    >>> told = run.replay("longest")
    >>> print(told)  # doctest: +ELLIPSIS
    Israel and Iran...
    """

    replayed: Replayed
    twins: ToldTwins

    @property
    def world(self) -> int:
        """Number of the set of assumptions."""
        return self.replayed.world

    @property
    def history(self) -> int:
        """Number of the history."""
        return self.replayed.history

    def table(self) -> pl.DataFrame:
        """One row per step: its kind, whether the paths part there, and what it says of either twin.

        Examples
        --------
        >>> told.table().columns
        ['kind', 'parts', 'told', 'twin']
        """
        from escalade.report.frames import story

        return story(self.twins)

    def data(self) -> dict[str, Any]:
        """Every event as plain values, as ``escalade replay --json`` prints it.

        Examples
        --------
        >>> told.data()["world"] == told.world
        True
        """
        from escalade.report.story_data import as_data

        return as_data(self.replayed, self.twins)

    def __str__(self) -> str:
        from escalade.report.story_text import as_text
        from escalade.report.tables import WIDTH

        return as_text(self.twins, WIDTH)

    def _repr_html_(self) -> str:
        from escalade.report import cards
        from escalade.report.sentences import CONDITIONAL

        title = self.twins.title or self.replayed.scenario.title
        return cards.card(title, cards.twins(self.twins), cards.small(CONDITIONAL))
