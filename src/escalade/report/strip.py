"""Effects with their ranges, one below the other on one axis through nothing, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from escalade.report.figures import TOP, WIDTH, axis_of, band, drawn_axis, line, svg
from escalade.report.palette import LIGHT

ROW = 42.0
"""Height of a row: its name above, its range below."""


@dataclass(frozen=True)
class StripRow:
    """An effect: its name, its mean with the ends of its range, and the mean in words."""

    name: str
    mean: float
    low: float
    high: float
    words: str


def strip(rows: Sequence[StripRow], margin: float, title: str) -> Markup:
    """The rows as a picture. More is filled, less hollow, a difference of at most ``margin`` small and grey."""
    base = TOP + ROW * len(rows)
    axis = axis_of([bound for row in rows for bound in (row.low, row.mean, row.high)], margin)
    parts = [band(axis, margin, base), *drawn_axis(axis, base)]
    for place, row in enumerate(rows):
        y = TOP + ROW * place + 30.0
        parts.append(_words(row, y - 16.0))
        parts.append(line(axis.at(row.low), axis.at(row.high), y, y, LIGHT["muted"], 'stroke-width="3" opacity="0.55"'))
        parts.append(_mark(axis.at(row.mean), y, row.mean, margin))
    described = "; ".join(f"{row.name}: {row.words}" for row in rows)
    return svg(Markup("").join(parts), WIDTH, base + 24.0, title, f"{described}.")


def _words(row: StripRow, y: float) -> Markup:
    # An edge in the colour of the ground keeps words readable where a line passes behind them.
    text = (
        '<text x="{:g}" y="{:g}" font-size="13" fill="{}" stroke="{}" stroke-width="4" paint-order="stroke" '
        'text-anchor="{}">{}</text>'
    )
    about = y, LIGHT["ink"], LIGHT["card"]
    return Markup(text).format(0, *about, "start", row.name) + Markup(text).format(WIDTH, *about, "end", row.words)


def _mark(x: float, y: float, value: float, margin: float) -> Markup:
    if value > margin:
        return Markup('<circle cx="{:.1f}" cy="{:g}" r="6" fill="{}"/>').format(x, y, LIGHT["with"])
    if value < -margin:
        hollow = '<circle cx="{:.1f}" cy="{:g}" r="5.2" fill="{}" stroke="{}" stroke-width="2"/>'
        return Markup(hollow).format(x, y, LIGHT["card"], LIGHT["without"])
    return Markup('<circle cx="{:.1f}" cy="{:g}" r="4" fill="{}"/>').format(x, y, LIGHT["neutral"])
