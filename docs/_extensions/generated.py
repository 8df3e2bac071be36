"""Parts of pages that are written by the package itself: what cannot be out of date.

```{scenario-part} Layer        keys of one part of a scenario file
```{symbols} ARM                symbols of one record of a world, with their keys in the file
```{quantities}                 every quantity of the registry
```{raid-quantities}            every number about raids and campaigns
```{stability-quantities}       every number about first-strike stability
```{claims}                     every claim with what scenarios find
```{commands}                   every command with its options
```{glossary-of} raids          names and meanings of the registry
```{labs}                       links to the static labs beside the site
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import claims_reference
import command_reference
import lab_pages
import quantity_reference
import scenario_reference
import symbol_table
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    for name, directive in (DIRECTIVES | lab_pages.DIRECTIVES).items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Written(SphinxDirective):
    """A directive whose content is Markdown made by ``write``, a function of the directive's argument."""

    write: ClassVar[Callable[[str], str]]
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The nodes of the Markdown."""
        made = type(self).write(self.arguments[0] if self.arguments else "")
        return self.parse_text_to_nodes(made, allow_section_headings=True)


def _written(write: Callable[[str], str]) -> type[Written]:
    return type("Written", (Written,), {"write": staticmethod(write)})


DIRECTIVES = {
    "scenario-part": _written(scenario_reference.part),
    "number-forms": _written(lambda _: scenario_reference.number_forms()),
    "symbols": _written(symbol_table.record),
    "quantities": _written(lambda _: quantity_reference.quantities()),
    "raid-quantities": _written(lambda _: quantity_reference.raid_quantities()),
    "stability-quantities": _written(lambda _: quantity_reference.stability_quantities()),
    "claims": _written(lambda _: claims_reference.claims()),
    "commands": _written(lambda _: command_reference.commands()),
}
