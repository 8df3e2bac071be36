"""A picture of the report that can stand on its own: with its title, its caption, and the words for its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalade.report.charts import Chart

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Panel:
    """One picture (inline SVG) of a figure, with the words above it (empty: none)."""

    words: str
    picture: Markup


@dataclass(frozen=True)
class Figure:
    """A figure of the report.

    name : of its file; caption : how to read it
    marks : what a filled circle and a hollow square stand for; empty where neither is used
    kinds : roles in the palette of the two
    """

    name: str
    title: str
    panels: tuple[Panel, ...]
    caption: str
    marks: tuple[str, ...] = ()
    kinds: tuple[str, str] = ("with", "without")


def of_chart(
    chart: Chart,
    picture: Markup,
    caption: str = "",
    marks: tuple[str, ...] = (),
    kinds: tuple[str, str] = ("with", "without"),
    name: str = "",
) -> Figure:
    """The figure of a drawn chart, named by its title unless it has a name."""
    return Figure(name or slug(chart.title), chart.title, (Panel("", picture),), caption, marks, kinds)


def slug(title: str) -> str:
    """A title as the name of a file: ASCII letters and digits, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "figure"
