"""Links to the static labs that lie beside the site, and the glossary of the lab's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from quantity_reference import glossary
from sphinx.util.docutils import SphinxDirective

from escalade.scenario import bundled_names, load_scenario

FOLDER = "labs"
"""Folder of the static labs in the built site."""


class Labs(SphinxDirective):
    """A list of the bundled scenarios' labs; those that were not made are named with the command that makes them."""

    def run(self) -> list[nodes.Node]:
        """The list."""
        self.env.note_reread()  # labs may have been made since
        folder = Path(self.env.app.outdir) / FOLDER
        up = "../" * self.env.docname.count("/")
        return [nodes.bullet_list("", *(_item(name, folder, up) for name in bundled_names()))]


def _item(name: str, folder: Path, up: str) -> nodes.list_item:
    title = load_scenario(name).title
    if (folder / f"{name}.html").is_file():
        shown: list[nodes.Node] = [nodes.reference("", title, refuri=f"{up}{FOLDER}/{name}.html", internal=False)]
    else:
        command = f"escalade lab --static {name}.html {name}.run"
        shown = [nodes.Text(f"{title}: "), nodes.literal("", command), nodes.Text(", after "), _run(name)]
    return nodes.list_item("", nodes.paragraph("", "", *shown))


def _run(name: str) -> nodes.literal:
    return nodes.literal("", f"escalade run {name}")


class GlossaryOf(SphinxDirective):
    """Names and meanings from the registry: of ``quantities`` or of ``raids``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A list of definitions."""
        items: list[Any] = []
        for name, words in glossary(self.arguments[0]):
            definition = nodes.definition("", nodes.paragraph("", words))
            items.append(nodes.definition_list_item("", nodes.term("", name), definition))
        return [nodes.definition_list("", *items)]


DIRECTIVES = {"labs": Labs, "glossary-of": GlossaryOf}
