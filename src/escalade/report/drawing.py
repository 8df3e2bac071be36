"""Charts drawn: a specification as one inline SVG, without network, browser or script."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from markupsafe import Markup

from escalade.report.charts import Chart

OPENING = re.compile(r'<svg[^>]*?viewBox="([^"]*)"[^>]*>')
GROUP, ROLE = re.compile(r"<g [^>]*>"), re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""Opening tags of groups of marks, and the roles in them: a picture is one thing, its parts have none of their own."""


def drawn(chart: Chart) -> Markup:
    """A chart as inline SVG with its title and its description in words.

    What the renderer writes into the opening tag is replaced: size and font come
    from the style sheet. All texts of the specification arrive escaped.
    """
    source = _rendered(json.dumps(chart.specification, sort_keys=True))
    found = OPENING.match(source)
    if found is None:
        raise ValueError("the renderer gave no picture with a viewBox")
    label = Markup('<svg viewBox="{}" role="img" aria-label="{}" class="chart" xmlns="http://www.w3.org/2000/svg">')
    words = Markup("<title>{}</title><desc>{}</desc>").format(chart.title, chart.words)
    body = GROUP.sub(lambda tag: ROLE.sub("", tag[0]), source[found.end() :].removesuffix("</svg>"))
    return label.format(found[1], f"{chart.title}. {chart.words}") + words + Markup(body) + Markup("</svg>")


@lru_cache(maxsize=64)
def _rendered(specification: str) -> str:
    """What the renderer makes of a specification (JSON): once, as a run writes its report after every stage."""
    import vl_convert

    picture: str = vl_convert.vegalite_to_svg(specification)
    return picture
