"""A comparison: one policy beside another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.api.shown import Shown
from escalade.report.answer import Answer, as_data, as_text
from escalade.study.results import StoredRun

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Comparison(Shown):
    """One policy beside another: levels and differences of every outcome, made by ``Run.compare``.

    Examples
    --------
    >>> comparison = run.compare("as_was", "no_shield")
    >>> comparison.policy, comparison.baseline, comparison.outcome
    ('as_was', 'no_shield', 'war')
    >>> comparison.sentences[1]  # doctest: +ELLIPSIS
    'Of 100 crises: war in ...'
    """

    stored: StoredRun
    answer: Answer

    @property
    def policy(self) -> str:
        """Id of the policy."""
        return self.answer.comparison.pairs[0].policy

    @property
    def baseline(self) -> str:
        """Id of the policy that it is compared with."""
        return self.answer.comparison.baseline

    @property
    def outcome(self) -> str:
        """Id of the quantity that the headline is about."""
        return self.answer.comparison.outcome.id

    @property
    def verdict(self) -> str | None:
        """One of eight: "more", "less", "depends", "leans more", "leans less", "little difference", "too rare to tell",
        "not enough runs"; ``None`` if the outcome was not computed.
        """
        headline = self.answer.headline
        return None if headline is None or headline.verdict is None else headline.verdict.value

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the comparison says, the headline first."""
        return tuple(map(str, self.answer.sentences))

    def table(self) -> pl.DataFrame:
        """Both levels and their difference, of every outcome, per crisis and over the years.

        Examples
        --------
        >>> war = comparison.table().filter(quantity="war", clock="crisis")
        >>> bool(abs(war["level"] - war["baseline"] - war["change"]).item() < 1e-12)
        True
        """
        from escalade.report.frames import changes

        return changes(self.answer.comparison, self.answer.comparison.pairs[0])

    def data(self) -> dict[str, Any]:
        """Everything as plain values, as ``escalade compare --json`` prints it.

        Examples
        --------
        >>> comparison.data()["baseline"]
        'no_shield'
        """
        return as_data(self.stored, self.answer)

    def __str__(self) -> str:
        return as_text(self.stored, self.answer)

    def _repr_html_(self) -> str:
        from escalade.report.cards import answer_card

        return answer_card(self.stored, self.answer)
