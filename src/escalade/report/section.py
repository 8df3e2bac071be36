"""A section of the report: a title, a template, and what the template shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalade.report.figure import Figure


@dataclass(frozen=True)
class Section:
    """One section; made by a pure function of the findings, or not at all where there is nothing to show.

    id : its anchor in the page, and the name of its template
    title : its heading and its entry in the contents; empty for the first screen, whose heading is the question
    shown : what the template shows
    figures : its pictures, for those who want them without the page
    """

    id: str
    title: str
    shown: Mapping[str, Any]
    figures: tuple[Figure, ...] = ()
