"""Pictures of the first screen as inline SVG: single things as dots, two colours with a second sign each.

*With* the policy is a filled circle, *without* it a filled square. More is to the
right and filled, less to the left and hollow, too close to tell is small and
between the two. Every picture has a title and is described in words; texts are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from escalade.analysis.weighted import quantiles
from escalade.report.palette import LIGHT

Kind = Literal["with", "without"]
"""Whose number it is: that of the policy, or that of the baseline."""

WIDTH = 360.0
"""Units across a picture, about the pixels of a telephone: words in it stay readable there."""

ACROSS, ROWS, STEP = 25, 4, 14.4
"""A hundred cases stand in four rows of twenty-five, so many units apart."""

HEIGHT, BASE, TOP, EDGE = 168.0, 144.0, 14.0, 14.0
"""Of the worlds' picture: its height, its axis, the top of the dots, and the distance of the axis from either side."""

MOST_TICKS = 8

LARGEST, SMALLEST = 9.0, 1.5
"""Distance of neighbouring dots."""

FARTHEST = 2
"""Columns between a dot and its value."""


def cases(count: int, kind: Kind, title: str) -> Markup:
    """A hundred cases, the first ``count`` of them filled."""
    marks = [
        _case(STEP * (column + 0.5), STEP * (row + 0.5), kind, ACROSS * row + column < count)
        for row in range(ROWS)
        for column in range(ACROSS)
    ]
    return svg(Markup("").join(marks), WIDTH, STEP * ROWS, title)


def _case(x: float, y: float, kind: Kind, full: bool) -> Markup:
    colour = LIGHT[kind]
    style = f'fill="{colour}" stroke="{colour}"' if full else f'fill="none" stroke="{LIGHT["rule"]}"'
    return _mark(x, y, 5.0, kind, style)


def _mark(x: float, y: float, radius: float, kind: Kind, style: str) -> Markup:
    """A circle or a square of about the same size."""
    if kind == "with":
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style} stroke-width="1.2"/>')
    side = 0.9 * radius
    corner = f'x="{x - side:.1f}" y="{y - side:.1f}" width="{2 * side:g}" height="{2 * side:g}"'
    return Markup(f'<rect {corner} {style} stroke-width="1.2"/>')


def two_levels(one: float, other: float, top: float, title: str) -> Markup:
    """Two levels on one line from nothing to ``top``: a circle with the policy, a square without it."""
    room = WIDTH - 16.0
    places = [8.0 + room * min(1.0, max(0.0, value / top)) for value in (one, other)]
    parts = [
        line(8.0, WIDTH - 8.0, 9.0, 9.0, LIGHT["rule"]),
        line(places[1], places[0], 9.0, 9.0, LIGHT["muted"], 'stroke-width="3"'),
        _mark(places[1], 9.0, 6.0, "without", f'fill="{LIGHT["card"]}" stroke="{LIGHT["without"]}"'),
        _mark(places[0], 9.0, 6.0, "with", f'fill="{LIGHT["with"]}" stroke="{LIGHT["with"]}"'),
    ]
    return svg(Markup("").join(parts), WIDTH, 18.0, title)


def worlds(
    effects: NDArray[np.float64],
    weight: NDArray[np.float64],
    margin: float,
    unit: str,
    title: str,
    ends: tuple[float, float] | None = None,
    largest: float = LARGEST,
) -> Markup:
    """One dot for every hundredth of the worlds' weight, by the effect of the policy.

    ``effects`` [candidate] and ``margin`` are in the unit that the description
    names; worlds without an effect (NaN) are left out. The axis holds ``ends``
    at least, so that two pictures can share one; dots stand ``largest`` apart at most.
    """
    there = ~np.isnan(effects)
    values = hundredths(effects[there], weight[there])
    axis = axis_of((*(ends or ()), float(values[0]), float(values[-1])), margin)
    step, places = _places(axis, values, margin, largest)
    dots = [
        _dot(column * step + axis.at(0.0), BASE - (row + 0.6) * step, float(value), margin, step)
        for value, (column, row) in zip(values, places, strict=True)
    ]
    description = (
        f"A hundred dots, each for a hundredth of the weight of all sets of assumptions, "
        f"from {signed(float(values[0]))} to {signed(float(values[-1]))} {unit}; "
        f"half of them lie below {signed(float(values[49]))}."
    )
    return svg(
        Markup("").join([band(axis, margin, BASE), *drawn_axis(axis, BASE), *dots]), WIDTH, HEIGHT, title, description
    )


def hundredths(effects: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values in the middle of every hundredth of the weight, in ascending order."""
    return quantiles(effects, weight, [(k + 0.5) / 100 for k in range(100)])


@dataclass(frozen=True)
class Axis:
    """An axis through nothing: its ends and the distance of its ticks, in the unit of the values."""

    low: float
    high: float
    tick: float

    def at(self, value: float) -> float:
        """Where a value stands across the picture."""
        return EDGE + (value - self.low) / (self.high - self.low) * (WIDTH - 2 * EDGE)


def axis_of(values: Sequence[float], margin: float) -> Axis:
    """An axis that holds these values, nothing, and the margin to either side."""
    low, high = min(*values, -1.5 * margin), max(*values, 1.5 * margin)
    if high <= low:
        low, high = -1.0, 1.0
    tick = _nice((high - low) / MOST_TICKS)
    return Axis(low - (high - low) / 50, high + (high - low) / 50, tick)


Place = tuple[int, int]
"""Column, counted from the line of no difference, and row of a dot."""


def spacing(values: NDArray[np.float64], margin: float, ends: tuple[float, float]) -> float:
    """Distance of neighbouring dots in a picture of these hundred values, on an axis with these ends."""
    return _places(axis_of((*ends, float(values[0]), float(values[-1])), margin), values, margin, LARGEST)[0]


def _places(axis: Axis, values: NDArray[np.float64], margin: float, largest: float) -> tuple[float, list[Place]]:
    """Distance of neighbouring dots, as large as they fit, and the place of each; none stands far from its value."""
    step = largest
    while step > SMALLEST:
        places = _stacked(axis, values, margin, step)
        if places is not None:
            return step, places
        step *= 0.96
    return SMALLEST, [(round((axis.at(float(value)) - axis.at(0.0)) / SMALLEST), 0) for value in values]


def _stacked(axis: Axis, values: NDArray[np.float64], margin: float, step: float) -> list[Place] | None:
    """Dots in columns of that width, each in the nearest column with room on its side of the margin, if all fit."""
    rows, zero = floor((BASE - TOP) / step), axis.at(0.0)
    filled: dict[int, int] = {}
    places = []
    for value in values:
        exact = (axis.at(float(value)) - zero) / step
        near = sorted(range(round(exact) - FARTHEST, round(exact) + FARTHEST + 1), key=lambda c: (abs(c - exact), c))
        column = next((c for c in near if filled.get(c, 0) < rows and _side(axis, c * step, value, margin)), None)
        if column is None:
            return None
        filled[column] = filled.get(column, 0) + 1
        places.append((column, filled[column] - 1))
    return places


def _side(axis: Axis, x: float, value: float, margin: float) -> bool:
    """Whether a place (from the line of no difference) lies on the value's side of the margin, inside the picture."""
    edge = axis.at(margin) - axis.at(0.0)
    inside = 0.0 < x + axis.at(0.0) < WIDTH
    return inside and (x > edge if value > margin else x < -edge if value < -margin else abs(x) <= edge)


def _dot(x: float, y: float, value: float, margin: float, step: float) -> Markup:
    radius = 0.45 * step
    if value > margin:
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{LIGHT["with"]}"/>')
    if value < -margin:
        hollow = f'fill="none" stroke="{LIGHT["without"]}" stroke-width="1.5"'
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.7:.1f}" {hollow}/>')
    return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.6 * radius:.1f}" fill="{LIGHT["neutral"]}"/>')


def band(axis: Axis, margin: float, base: float) -> Markup:
    """The band of differences that are too small to tell, down to the axis at ``base``."""
    left, right = axis.at(-margin), axis.at(margin)
    place = f'x="{left:.1f}" y="{TOP - 10:g}" width="{right - left:.1f}" height="{base - TOP + 10:g}"'
    return Markup(f'<rect {place} fill="{LIGHT["pale"]}"/>')


def drawn_axis(axis: Axis, base: float) -> list[Markup]:
    """The axis at ``base``, the line of no difference, and ticks."""
    zero = axis.at(0.0)
    parts = [
        line(EDGE, WIDTH - EDGE, base, base, LIGHT["rule"]),
        line(zero, zero, TOP - 10, base + 6, LIGHT["ink"], 'stroke-dasharray="2 3"'),
    ]
    for number in range(ceil(axis.low / axis.tick), floor(axis.high / axis.tick) + 1):
        parts.append(_tick(axis.at(number * axis.tick), base + 17, signed(number * axis.tick)))
    return parts


def _nice(width: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is no smaller."""
    power = 10.0 ** floor(log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9))


def signed(value: float) -> str:
    """A number with its sign, and a real minus; nothing has none."""
    text = f"{value:+,.3g}" if abs(value) < 1000 else f"{value:+,.0f}"
    return "0" if float(text.replace(",", "")) == 0 else text.replace("-", "\N{MINUS SIGN}")


def line(x1: float, x2: float, y1: float, y2: float, colour: str, style: str = "") -> Markup:
    """A line from one point to another."""
    return Markup(f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}" stroke="{colour}" {style}/>')


def _tick(x: float, y: float, words: str) -> Markup:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="12" fill="{LIGHT["muted"]}" text-anchor="middle"'
    return Markup("<text {}>{}</text>").format(Markup(place), words)


def svg(body: Markup, width: float, height: float, title: str, description: str = "") -> Markup:
    """A picture with its title and, where the title does not say it all, its description."""
    label = f"{title} {description}".strip()
    opening = '<svg viewBox="0 0 {:g} {:g}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'
    words = Markup("<title>{}</title>").format(title) + (
        Markup("<desc>{}</desc>").format(description) if description else Markup("")
    )
    return Markup(opening).format(width, height, label) + words + body + Markup("</svg>")
