"""A tornado as inline SVG: the mean effect where an input is low, and where it is high, input by input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from escalade.report.figures import TOP, WIDTH, axis_of, band, drawn_axis, line, svg
from escalade.report.palette import LIGHT

ROW = 42.0
"""Height of a row: its name above, its bar below."""

LONGEST = 52
"""Letters of a name; longer ones are cut, the table has them whole."""


@dataclass(frozen=True)
class TornadoRow:
    """An input: its name, the effect where it is low and high, its share in words, whether chance is ruled out."""

    name: str
    low: float
    high: float
    words: str
    clear: bool


def tornado(rows: Sequence[TornadoRow], margin: float, title: str) -> Markup:
    """The rows as a picture: a circle where the input is high, a square where it is low."""
    base = TOP + ROW * len(rows)
    axis = axis_of([end for row in rows for end in (row.low, row.high)], margin)
    parts = [band(axis, margin, base), *drawn_axis(axis, base)]
    for place, row in enumerate(rows):
        y = TOP + ROW * place + 30.0
        low, high = axis.at(row.low), axis.at(row.high)
        parts.append(_words(row, y - 16.0))
        faint = 'stroke-width="5"' if row.clear else 'stroke-width="3" opacity="0.55"'
        parts.append(line(min(low, high), max(low, high), y, y, LIGHT["muted"], faint))
        square = '<rect x="{:.1f}" y="{:.1f}" width="9" height="9" fill="{}" stroke="{}" stroke-width="1.5"/>'
        parts.append(Markup(square).format(low - 4.5, y - 4.5, LIGHT["card"], LIGHT["ink"]))
        parts.append(Markup('<circle cx="{:.1f}" cy="{:g}" r="5" fill="{}"/>').format(high, y, LIGHT["ink"]))
    described = "; ".join(f"{row.name}: {row.low:+.2g} low, {row.high:+.2g} high" for row in rows)
    return svg(Markup("").join(parts), WIDTH, base + 24.0, title, f"{described}.")


def _words(row: TornadoRow, y: float) -> Markup:
    # An edge in the colour of the ground keeps words readable where a line passes behind them.
    text = (
        '<text x="{:g}" y="{:g}" font-size="12" fill="{}" stroke="{}" stroke-width="4" paint-order="stroke" '
        'text-anchor="{}">{}</text>'
    )
    name = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 3].rstrip()}..."
    about = y, LIGHT["ink"], LIGHT["card"]
    shown = [(0.0, "start", name), (WIDTH, "end", row.words)]
    return Markup("").join(Markup(text).format(x, *about, end, words) for x, end, words in shown if words)
