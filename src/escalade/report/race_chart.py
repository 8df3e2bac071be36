"""Courses over the years as a Vega-Lite specification: a line for the likely course, a band for the range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalade.report.charts import LOOKS, MILLIONS, WIDTH, Specification, cut
from escalade.report.palette import LIGHT

if TYPE_CHECKING:
    import altair

    from escalade.study.race import Curve

HEIGHT = 90
"""Units from the top to the bottom of one small chart."""

TICKS = 7
"""Years that are written below the axis, at most."""


def courses(lines: Sequence[tuple[str, Curve]], description: str) -> Specification:
    """Small charts one below the other, each with its own axis from its range; years from 1.

    lines : name and curve of each
    """
    import altair as alt

    panels = [_panel(name, curve) for name, curve in lines]
    made = alt.vconcat(*panels, spacing=14).properties(description=description)
    return made.to_dict() | {"config": dict(LOOKS)}


def _panel(name: str, curve: Curve) -> altair.LayerChart | altair.FacetChart:
    import altair as alt

    rows = [
        {"year": year + 1, "likely": float(likely), "low": float(low), "high": float(high)}
        for year, (likely, low, high) in enumerate(zip(curve.likely, curve.low, curve.high, strict=True))
    ]
    large = max(float(curve.high.max()), float(curve.likely.max())) >= MILLIONS
    step = -(-len(rows) // TICKS)
    ticks = list(range(1, len(rows) + 1, step))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(values=ticks, format="d"), scale=alt.Scale(nice=False))
    )
    axis = alt.Axis(tickCount=3, format="~s" if large else ",~f", title=None)
    band = base.mark_area(color=LIGHT["with"], opacity=0.2).encode(y=alt.Y("low:Q", axis=axis), y2="high:Q")
    line = base.mark_line(color=LIGHT["with"], strokeWidth=2, point={"color": LIGHT["with"]}).encode(
        y=alt.Y("likely:Q", axis=axis)
    )
    title = alt.TitleParams(cut(name), anchor="start", fontSize=12, fontWeight="normal", color=LIGHT["ink"])
    return alt.layer(band, line).properties(width=WIDTH, height=HEIGHT, title=title)
