"""A waterfall as inline SVG: from one level to another, step by step.

A step up is a filled bar in the colour of *more*, a step down a hollow one in that of *less*; the levels are
a square (without the policy) and a circle (with it), as in every picture of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from escalade.report.figures import WIDTH, svg
from escalade.report.palette import LIGHT

ROW, EDGE, BAR = 38.0, 10.0, 10.0
"""Height of a row, distance of the marks from the left side, height of a bar."""

NUMBERS = 54.0
"""Room on the right for the numbers: no line runs through them."""


@dataclass(frozen=True)
class Fall:
    """A level or a step: its name, its size, and the size in words."""

    name: str
    value: float
    words: str


def waterfall(start: Fall, steps: Sequence[Fall], stop: Fall, title: str, description: str) -> Markup:
    """The way from ``start`` to ``stop``. All levels are in one unit; the axis holds what lies between, not nothing."""
    levels = list(accumulate((step.value for step in steps), initial=start.value))
    low, high = min(*levels, stop.value), max(*levels, stop.value)
    room = (WIDTH - EDGE - NUMBERS) / (high - low if high > low else 1.0)
    places = [EDGE + (level - low) * room for level in levels]
    last = len(steps) + 1
    rows = [_joint(place, k) for k, place in enumerate(places, 1)]
    rows += [_name(fall, k) for k, fall in enumerate((start, *steps, stop))]
    rows += [_bar(places[k - 1], places[k], k) for k in range(1, last)]
    rows += [_level(places[0], 0, "without"), _level(EDGE + (stop.value - low) * room, last, "with")]
    return svg(Markup("").join(rows), WIDTH, ROW * (last + 1), title, description)


def _middle(row: int) -> float:
    return ROW * row + 26.0


def _name(fall: Fall, row: int) -> Markup:
    """Name on the left and size on the right, above the mark."""
    # An edge in the colour of the ground keeps words readable where a line passes behind them.
    text = (
        '<text x="{:g}" y="{:g}" font-size="13" fill="{}" stroke="{}" stroke-width="4" paint-order="stroke" '
        'text-anchor="{}">{}</text>'
    )
    about = ROW * row + 14.0, LIGHT["ink"], LIGHT["card"]
    return Markup(text).format(0, *about, "start", fall.name) + Markup(text).format(WIDTH, *about, "end", fall.words)


def _joint(x: float, row: int) -> Markup:
    """The line that carries a level down to the next row."""
    line = '<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:g}" y2="{2:g}" stroke="{3}" stroke-dasharray="2 3"/>'
    return Markup(line).format(x, _middle(row - 1) + BAR / 2, _middle(row) - BAR / 2, LIGHT["muted"])


def _bar(before: float, after: float, row: int) -> Markup:
    more = after >= before
    fill, stroke = (LIGHT["with"], LIGHT["with"]) if more else ("none", LIGHT["without"])
    shape = '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:g}" fill="{}" stroke="{}" stroke-width="1.5"/>'
    left, width = min(before, after), max(1.0, abs(after - before))
    return Markup(shape).format(left, _middle(row) - BAR / 2, width, BAR, fill, stroke)


def _level(x: float, row: int, kind: str) -> Markup:
    y = _middle(row)
    if kind == "with":
        return Markup('<circle cx="{:.1f}" cy="{:g}" r="6" fill="{}"/>').format(x, y, LIGHT["with"])
    shape = '<rect x="{:.1f}" y="{:.1f}" width="11" height="11" fill="{}"/>'
    return Markup(shape).format(x - 5.5, y - 5.5, LIGHT["without"])
