"""A sheet of texts and pictures, one below the other, as an SVG that needs no style sheet.

Widths of texts are estimated, as no browser is asked: a little too wide rather than too narrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from markupsafe import Markup

from escalade.report.palette import LIGHT

FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"
EDGE = 16.0
"""Distance of everything from the edge of the sheet."""

WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!()[] ", 0.3),
    **dict.fromkeys('ftr/-"', 0.36),
    **dict.fromkeys("mwMW%@", 0.95),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 0.73),
}
"""Widths of letters, in font sizes."""

OTHER, BOLDER = 0.57, 1.06
"""Width of any other letter, and how much wider bold ones are."""

LEADING = 1.38
"""Distance of two lines, in font sizes."""


class Sheet:
    """A sheet that grows downwards; ``x`` and ``width`` say which column is written."""

    def __init__(self, width: float) -> None:
        self.total = width
        self.x, self.width = EDGE, width - 2 * EDGE
        self.y = EDGE
        self.parts: list[Markup] = []

    def column(self, x: float, width: float, y: float) -> None:
        """Go on in another column, from ``y`` down."""
        self.x, self.width, self.y = x, width, y

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def text(self, words: str, size: float, *, bold: bool = False, colour: str = "ink") -> None:
        """Write a text, wrapped to the column."""
        for line in wrapped(words, self.width, size, bold):
            self.y += size * LEADING
            self._line(line, self.x, self.y - 0.34 * size, size, bold, colour)

    def marks(self, words: Sequence[str], kinds: Sequence[str], size: float) -> None:
        """Say what a filled circle and a hollow square stand for, side by side if there is room."""
        widths = [28 + estimated(each, size, bold=False) for each in words]
        below = sum(widths) > self.width
        x = self.x
        self.y += size * LEADING
        for place, (each, kind) in enumerate(zip(words, kinds, strict=False)):
            if place and below:
                x, self.y = self.x, self.y + size * LEADING
            self._mark(x + 5, self.y - 0.7 * size, kind, filled=place == 0)
            self._line(each, x + 16, self.y - 0.34 * size, size, False, "ink")
            x += widths[place]

    def picture(self, source: Markup) -> None:
        """Put a picture over the whole column."""
        left, top, width, height = view_box(source)
        room = self.width * height / width
        place = Markup('<svg x="{:g}" y="{:.1f}" width="{:g}" height="{:.1f}" viewBox="{:g} {:g} {:g} {:g}"').format(
            self.x, self.y, self.width, room, left, top, width, height
        )
        body = re.sub(r'^<svg viewBox="[^"]*"(?: role="img")?(?: aria-label="[^"]*")?(?: class="[^"]*")?', "", source)
        self.parts.append(place + Markup(body))
        self.y += room

    def rule(self) -> None:
        """Draw a thin line across the column."""
        line = '<line x1="{:g}" x2="{:g}" y1="{:.1f}" y2="{:.1f}" stroke="{}"/>'
        self.parts.append(Markup(line).format(self.x, self.x + self.width, self.y, self.y, LIGHT["rule"]))

    def svg(self, title: str, description: str) -> str:
        """The sheet as one SVG on a white ground, with its title and description for those who cannot see it."""
        height = ceil(self.y + EDGE)
        head = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{0:g}" height="{1:g}" viewBox="0 0 {0:g} {1:g}" role="img" '
            'font-family="{2}"><title>{3}</title><desc>{4}</desc><rect width="{0:g}" height="{1:g}" fill="#ffffff"/>'
        ).format(self.total, height, FONT, title, description)
        return str(head + Markup("").join(self.parts) + Markup("</svg>\n"))

    def _line(self, words: str, x: float, y: float, size: float, bold: bool, colour: str) -> None:
        text = '<text x="{:g}" y="{:.1f}" font-size="{:g}" font-weight="{}" fill="{}">{}</text>'
        weight = "bold" if bold else "normal"
        self.parts.append(Markup(text).format(x, y, size, weight, LIGHT[colour], words))

    def _mark(self, x: float, y: float, kind: str, *, filled: bool) -> None:
        if filled:
            shape = '<circle cx="{:g}" cy="{:.1f}" r="4.5" fill="{}"/>'
            self.parts.append(Markup(shape).format(x, y, LIGHT[kind]))
        else:
            shape = '<rect x="{:g}" y="{:.1f}" width="8" height="8" fill="none" stroke="{}" stroke-width="1.8"/>'
            self.parts.append(Markup(shape).format(x - 4, y - 4, LIGHT[kind]))


def view_box(source: str) -> tuple[float, float, float, float]:
    """Left, top, width and height of a picture. Raises ``ValueError`` if it has none."""
    found = re.match(r'<svg viewBox="([^"]*)"', source)
    if found is None:
        raise ValueError("the picture has no viewBox")
    left, top, width, height = map(float, found[1].split())
    return left, top, width, height


def wrapped(words: str, width: float, size: float, bold: bool = False) -> Iterator[str]:
    """Lines of a text that fit into a width; a word that is longer has a line of its own."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and estimated(longer, size, bold=bold) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def estimated(words: str, size: float, *, bold: bool) -> float:
    """About how wide a text is."""
    return size * (BOLDER if bold else 1.0) * sum(WIDTHS.get(letter, OTHER) for letter in words)
