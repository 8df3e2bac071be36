"""What all results have in common: text in a terminal, a card in a notebook, a frame for programs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


class Shown(ABC):
    """A result that can be printed, shown and counted with."""

    @abstractmethod
    def __str__(self) -> str:
        """The result as text, no line longer than 80 columns."""

    @abstractmethod
    def _repr_html_(self) -> str:
        """The result as a card for a notebook: HTML that is whole in itself, with all texts escaped."""

    @abstractmethod
    def table(self) -> pl.DataFrame:
        """The result as a frame."""

    def __repr__(self) -> str:
        return str(self)
