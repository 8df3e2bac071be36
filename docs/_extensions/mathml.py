"""Equations as MathML: written into the page by the build, drawn by the browser, no script and no font to fetch."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer under the name ``mathml`` (see ``html_math_renderer``)."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """An equation inside a sentence."""
    self.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def visit_displayed(self: HTML5Translator, node: nodes.math_block) -> None:
    """An equation in lines of its own; it scrolls by itself where it is wider than the page."""
    name = node["ids"][0] if node.get("ids") else ""
    anchor = f' id="{escape(name)}"' if name else ""
    self.body.append(f'<div class="equation" tabindex="0"{anchor}>{mathml(node.astext(), "block")}')
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>")
    raise nodes.SkipNode


def mathml(latex: str, display: str) -> str:
    """The MathML of a LaTeX equation; the LaTeX itself is kept for readers that cannot draw it.

    display : ``inline`` or ``block``
    """
    made = convert(" ".join(latex.split()), display=display)
    return made.replace("<math ", f'<math alttext="{escape(" ".join(latex.split()))}" ', 1)
