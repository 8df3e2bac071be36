"""Charts as Vega-Lite specifications: one form for the report, the laboratory and figures on their own.

Every chart is drawn about 360 units wide with its labels above its marks, so that
it is read on a telephone as well as in print. *With* the policy is a filled circle,
*without* it a hollow square. Each comes with a description in words and a table.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from escalade.report.palette import LIGHT
from escalade.report.tables import Table

if TYPE_CHECKING:
    import altair

Specification = Mapping[str, Any]
"""A Vega-Lite specification as plain values."""

WIDTH = 304
"""Units across the plot; with values beside it a chart is about 360 wide."""

PITCH = 48
"""Units from one row of a chart to the next."""

ROOM = 9
"""Of 100: a part of a bar that is at least so wide holds its number."""

SHADES = (1.0, 0.55, 0.25)
"""How dark the parts of a bar are that end in the first way, the second and the third."""

MILLIONS = 2e6
"""From here on an axis counts in millions."""

LETTERS = 52
"""Letters of a label that fit into one line above its marks."""


LOOKS: Mapping[str, Any] = {
    "background": None,
    "font": "sans-serif",
    "padding": {"left": 6, "right": 8, "top": 4, "bottom": 4},
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "domainColor": LIGHT["rule"],
        "gridColor": LIGHT["rule"],
        "tickColor": LIGHT["rule"],
        "labelColor": LIGHT["muted"],
        "titleColor": LIGHT["muted"],
        "gridDash": [2, 3],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleAnchor": "start",
    },
}
"""What all charts look like. A picture counts as one thing for a screen reader, described in words."""


@dataclass(frozen=True)
class Chart:
    """A chart: heading, what it shows in words, specification, and the same numbers as a table."""

    title: str
    words: str
    specification: Specification
    table: Table


@dataclass(frozen=True)
class Value:
    """A value with the ends of its interval, and the value in words."""

    mean: float
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class PairRow:
    """A row of ``pairs``: its name, its values (``None``: unknown), and what was recorded, if that is known.

    The values are those under the policy and under the baseline, or those after and before the record.
    """

    name: str
    values: tuple[Value | None, ...]
    recorded: tuple[float, float] | None = None


@dataclass(frozen=True)
class StepRow:
    """A row of ``staircase``: the rung's name, how many of 100 come to it, and how many go on to the next.

    ways : of those that go no higher, how many end in each way; one number where the ways are not known
    """

    name: str
    reached: float
    onward: float
    ways: tuple[float, ...]


def pairs(
    rows: Sequence[PairRow], description: str, axis: str, kinds: tuple[str, str] = ("with", "without")
) -> Specification:
    """Rows of one or two values with their intervals, on one axis from nothing on; the values stand beside it.

    kinds : roles in the palette of the first and the second value
    """
    import altair as alt

    names = [{"label": cut(row.name), "y": float(place)} for place, row in enumerate(rows)]
    large = max(value.high for row in rows for value in row.values if value is not None) >= MILLIONS
    data = [
        {"kind": kinds[k], "y": place + (0.44 if alone else 0.36 + 0.26 * k), **asdict(value)}
        for place, row in enumerate(rows)
        for alone in [sum(value is not None for value in row.values) == 1]
        for k, value in enumerate(row.values)
        if value is not None
    ]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-0.1, len(rows) - 0.12], reverse=True, nice=False), axis=None)
    x = alt.X(
        "mean:Q",
        title=axis,
        axis=alt.Axis(tickCount=5, format="~s" if large else ",~f"),
        scale=alt.Scale(zero=True, nice=True),
    )
    colours = alt.Scale(domain=list(kinds), range=[LIGHT[kind] for kind in kinds])
    base = _of(data).encode(y=y, color=alt.Color("kind:N", scale=colours, legend=None))
    layers = [
        _recorded(rows, y, axis),
        base.mark_rule(strokeWidth=3, opacity=0.55).encode(x=alt.X("low:Q", title=axis), x2="high:Q"),
        _marks(base, kinds[0], hollow=False).encode(x=x),
        _marks(base, kinds[1], hollow=True).encode(x=x),
        base.mark_text(align="left", fontSize=12).encode(x=alt.value(WIDTH + 8), text="words:N"),
        _labels(names, y),
    ]
    return _finished(layers, PITCH * len(rows), description)


def _of(data: Sequence[Mapping[str, Any]]) -> altair.Chart:
    """A chart of some rows of data, without marks yet."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=[dict(row) for row in data]))


def _recorded(rows: Sequence[PairRow], y: altair.Y, axis: str) -> altair.Chart:
    """A band across the row at what was recorded; where cases are disputed, from the fewest to the most."""
    import altair as alt

    data = [
        {"low": row.recorded[0], "high": row.recorded[1], "y": place + 0.27, "y2": place + 0.75}
        for place, row in enumerate(rows)
        if row.recorded is not None
    ]
    made: altair.Chart = (
        _of(data)
        .mark_rect(fill=LIGHT["rule"], stroke=LIGHT["rule"], strokeWidth=5, opacity=1)
        .encode(x=alt.X("low:Q", title=axis), x2="high:Q", y=y, y2="y2:Q")
    )
    return made


def _marks(base: altair.Chart, kind: str, *, hollow: bool) -> altair.Chart:
    """Filled circles, or hollow squares."""
    import altair as alt

    made: altair.Chart = base.transform_filter(alt.datum.kind == kind).mark_point(
        shape="square" if hollow else "circle",
        fill=LIGHT["card"] if hollow else LIGHT[kind],
        stroke=LIGHT[kind],
        strokeWidth=2 if hollow else 1,
        opacity=1,
        size=70,
    )
    return made


def staircase(rows: Sequence[StepRow], kind: str, description: str) -> Specification:
    """The ladder as a staircase, its highest rung on top: how many crises come to each rung, and end there how."""
    import altair as alt

    names = [{"label": cut(row.name), "y": float(place)} for place, row in enumerate(reversed(rows))]
    parts = [part for place, row in enumerate(reversed(rows)) for part in _parts(row, place)]
    totals = [
        {"y": place + 0.62, "words": f"{row.reached - row.onward:.0f}"} for place, row in enumerate(reversed(rows))
    ]
    scale = alt.Scale(domain=[-0.1, len(rows) - 0.05], reverse=True, nice=False)
    y = alt.Y("y:Q", scale=scale, axis=None)
    x = alt.X("from:Q", title="of 100 crises", axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, 100], nice=False))
    bars = _of(parts).encode(x=x, x2="to:Q", y=y, y2="y2:Q")
    shade = alt.FillOpacity("shade:Q", scale=None)
    counts = _of(parts).encode(x="middle:Q", y=alt.Y("centre:Q", scale=scale, axis=None), text="words:N")
    layers = [
        bars.transform_filter(alt.datum.part == "onward").mark_rect(fill=LIGHT["pale"], stroke=LIGHT[kind], opacity=1),
        bars.transform_filter(alt.datum.part == "stays")
        .mark_rect(fill=LIGHT[kind], stroke=LIGHT[kind], opacity=1)
        .encode(fillOpacity=shade),
        counts.transform_filter("datum.inside && datum.shade == 1").mark_text(fontSize=12, fill=LIGHT["card"]),
        counts.transform_filter("datum.inside && datum.shade < 1").mark_text(fontSize=12, fill=LIGHT["ink"]),
        _of(totals)
        .mark_text(align="left", fontSize=13, fontWeight="bold", fill=LIGHT[kind])
        .encode(x=alt.value(WIDTH + 8), y=y, text="words:N"),
        _labels(names, y),
    ]
    return _finished(layers, 42 * len(rows), description)


def _parts(row: StepRow, place: int) -> Iterator[dict[str, Any]]:
    """Parts of a bar: those that go on, then those that end here, way by way; wide ones among several are numbered."""
    band = {"y": place + 0.36, "y2": place + 0.88, "centre": place + 0.62}
    yield {**band, "from": 0.0, "to": row.onward, "part": "onward", "inside": False, "shade": 0}
    begin = row.onward
    for way, shade in zip(row.ways, SHADES, strict=False):
        inside = way >= ROOM and len(row.ways) > 1
        middle = {"middle": begin + way / 2, "words": f"{way:.0f}", "inside": inside}
        yield {**band, **middle, "from": begin, "to": begin + way, "part": "stays", "shade": shade}
        begin += way


def _labels(names: Sequence[Mapping[str, Any]], y: altair.Y) -> altair.Chart:
    """Names of the rows, above their marks."""
    import altair as alt

    marks = _of(names).mark_text(align="left", baseline="top", fontSize=12.5, fill=LIGHT["ink"])
    made: altair.Chart = marks.encode(x=alt.value(0), y=y, text="label:N")
    return made


def _finished(layers: Sequence[Any], height: int, description: str) -> Specification:
    """Layers as one specification, in the report's looks, all colours by name of the palette."""
    import altair as alt

    chart = alt.layer(*layers).properties(width=WIDTH, height=height, description=description)
    return {**chart.to_dict(validate=False), "config": LOOKS}


def cut(name: str) -> str:
    """A label in one line; what does not fit is cut."""
    return textwrap.shorten(name, LETTERS, placeholder=" ...") if len(name) > LETTERS else name
