"""Raids and stocks over the years: who dies, what is fired, what is left."""

from __future__ import annotations

from escalade.report.amounts import years
from escalade.report.drawing import drawn
from escalade.report.figure import of_chart
from escalade.report.findings import Findings
from escalade.report.paired import paired
from escalade.report.section import Section

CHARTS = (
    (("deaths.",), "Deaths"),
    (("soldiers.",), "Soldiers and crews lost"),
    (("fired.",), "Arms used"),
    (("stock_end.",), "Arms left in the end"),
    (("cost.",), "Price of what was used"),
)
"""Quantities in one chart each, and its title."""


def section(found: Findings) -> Section | None:
    """What the simulated years cost either side; ``None`` before there are any."""
    if found.run.results.period is None:
        return None
    layers = found.run.plan.names.vocabulary.layers
    members = [f"{side}.{layer}" for side, own in layers.items() for layer in own]
    chosen = [
        *CHARTS[:3],
        (tuple(f"interceptors.{each}" for each in members), "Interceptors used"),
        (tuple(f"interceptors_end.{each}" for each in members), "Interceptors left in the end"),
        *CHARTS[3:],
    ]
    made = [chart for ids, title in chosen if (chart := paired(found, "period", ids, title)) is not None]
    if not made:
        return None
    pictures = [(chart, drawn(chart)) for chart in made]
    phrases = tuple(found.words.policies[name] for name in found.both)
    shown = {
        "charts": pictures,
        "phrases": phrases,
        "span": years(found.comparison.years),
    }
    what = f"Means over {shown['span']}; lines: 90 % intervals of the mean."
    figures = tuple(of_chart(chart, picture, what, phrases) for chart, picture in pictures)
    return Section("forces", "Raids and stocks", shown, figures)
