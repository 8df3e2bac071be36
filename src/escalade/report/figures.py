"""Pictures of the first screen as inline SVG: single things as dots, two colours with a second sign each.

*With* the policy is a filled circle, *without* it a filled square. More is to the
right and filled, less to the left and hollow, too close to tell is small. Texts
of a scenario are escaped; every picture is described in words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import ceil, floor, log10

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from escalade.analysis.weighted import quantiles

WIDTH, HEIGHT = 500, 176
ROWS, ACROSS, STEP = 4, 25, 14.6
"""A hundred cases stand in four rows of twenty-five, so many units apart."""

BASE, TOP, EDGE = 134.0, 12.0, 16.0
"""The axis of the worlds' picture: its height, the top of the dots, and its distance from either side."""

MOST_BINS = 24

LARGEST, SMALLEST = 8.6, 2.0
"""Distance of neighbouring dots."""


def hundred(counts: Sequence[int], labels: Sequence[str], unit: str, description: str) -> Markup:
    """A hundred cases each with (first) and without (second) the policy; ``counts`` of them are filled."""
    blocks = [
        _cases(88 * k, count, f"{unit} {label}", kind)
        for k, (count, label, kind) in enumerate(zip(counts, labels, ("with", "without"), strict=True))
    ]
    return _svg(Markup("").join(blocks), description)


def _cases(top: float, count: int, label: str, kind: str) -> Markup:
    words = textwrap.wrap(label, 17, max_lines=3, placeholder=" ...")
    parts = [_text(0, top + 24, str(count), size=30, colour=f"var(--{kind})", weight=700)]
    parts += [_text(0, top + 42 + 15 * k, line, size=14, colour="var(--muted)") for k, line in enumerate(words)]
    for k in range(ROWS * ACROSS):
        row, column = divmod(k, ACROSS)
        parts.append(_case(128 + column * STEP, top + 10 + row * STEP, kind, k < count))
    return Markup("").join(parts)


def _case(x: float, y: float, kind: str, full: bool) -> Markup:
    style = f'fill="var(--{kind})" stroke="var(--{kind})"' if full else 'fill="none" stroke="var(--rule)"'
    if kind == "with":
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {style} stroke-width="1.2"/>')
    return Markup(f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" {style} stroke-width="1.2"/>')


def worlds(effects: NDArray[np.float64], weight: NDArray[np.float64], margin: float, unit: str) -> Markup:
    """One dot for every hundredth of the worlds' weight, by the effect of the policy.

    ``effects`` [candidate] and ``margin`` are in the unit that labels the axis;
    worlds without an effect (NaN) are left out.
    """
    there = ~np.isnan(effects)
    values = quantiles(effects[there], weight[there], [(k + 0.5) / 100 for k in range(100)])
    width = _nice(max(float(np.ptp(values)), float(np.abs(values).max()), 2 * margin, 1e-9) / MOST_BINS)
    bins = np.floor(values / width + 0.5).astype(int)
    first, last = min(int(bins.min()), -1), max(int(bins.max()), 1)
    room = (WIDTH - 2 * EDGE) / (last - first)
    step, rows = _grid(int(np.bincount(bins - bins.min()).max()), room)
    dots, seen = [], dict.fromkeys(bins.tolist(), 0)
    for value, place in zip(values, bins.tolist(), strict=True):
        columns = -(-int(np.sum(bins == place)) // rows)
        row, column = divmod(seen[place], columns)
        x = EDGE + (place - first) * room + (column - (columns - 1) / 2) * step
        dots.append(_dot(x, BASE - (row + 0.6) * step, float(value), margin, step))
        seen[place] += 1
    description = (
        f"Effect in a hundred sets of assumptions, one dot each: from {_signed(float(values[0]))} "
        f"to {_signed(float(values[-1]))} {unit}, half of them below {_signed(float(values[49]))}."
    )
    return _svg(Markup("").join([*_axis(first, last, width), *_ends(unit), *dots]), description)


def _grid(tallest: int, room: float) -> tuple[float, int]:
    """Distance of dots, and rows above each other, so that the fullest bin fits into its room."""
    step = LARGEST
    while step > SMALLEST:
        rows = floor((BASE - TOP) / step)
        if -(-tallest // rows) * step <= room:
            break
        step -= 0.1
    return step, floor((BASE - TOP) / step)


def _dot(x: float, y: float, value: float, margin: float, step: float) -> Markup:
    radius = 0.45 * step
    if value > margin:
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="var(--with)"/>')
    if value < -margin:
        hollow = 'fill="none" stroke="var(--without)" stroke-width="1.5"'
        return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.7:.1f}" {hollow}/>')
    return Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.6 * radius:.1f}" fill="var(--neutral)"/>')


def _axis(first: int, last: int, width: float) -> list[Markup]:
    every = max(1, ceil((last - first) / 8))
    zero = EDGE - first / (last - first) * (WIDTH - 2 * EDGE)
    parts = [
        Markup(f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{BASE}" y2="{BASE}" stroke="var(--rule)"/>'),
        Markup(
            f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{TOP - 6}" y2="{BASE + 6}" '
            'stroke="var(--ink)" stroke-dasharray="2 3"/>'
        ),
    ]
    for bin_ in range(every * ceil(first / every), last + 1, every):
        x = EDGE + (bin_ - first) / (last - first) * (WIDTH - 2 * EDGE)
        parts.append(_text(x, BASE + 17, _signed(bin_ * width), size=13, colour="var(--muted)", anchor="middle"))
    return parts


def _ends(unit: str) -> list[Markup]:
    below = HEIGHT - 6
    return [
        _text(EDGE, below, "\N{LEFTWARDS ARROW} less", size=14, colour="var(--without)", weight=600),
        _text(WIDTH / 2, below, unit, size=13, colour="var(--muted)", anchor="middle"),
        _text(
            WIDTH - EDGE, below, "more \N{RIGHTWARDS ARROW}", size=14, colour="var(--with)", anchor="end", weight=600
        ),
    ]


def _nice(width: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is no smaller."""
    power = 10.0 ** floor(log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9))


def _signed(value: float) -> str:
    text = f"{value:+,.3g}" if abs(value) < 1000 else f"{value:+,.0f}"
    return "0" if float(text.replace(",", "")) == 0 else text.replace("-", "\N{MINUS SIGN}")


def _text(
    x: float, y: float, words: str, *, size: float, colour: str, anchor: str = "start", weight: int = 400
) -> Markup:
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="{}" text-anchor="{}" font-weight="{}">{}</text>'
    ).format(x, y, size, colour, anchor, weight, words)


def _svg(body: Markup, description: str) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>'
    ).format(WIDTH, HEIGHT, escape(description), body)
