"""``escalade cite``: what to cite for a run."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import RUN


@click.command(
    short_help="Say what to cite for a run: software, run, every source.",
    epilog="\b\nExamples:\n  escalade cite iran-june-2025.run\n  escalade cite iran-june-2025.run --bibtex",
)
@click.argument("run", type=RUN)
@click.option("--bibtex", "as_bibtex", is_flag=True, help="Print BibTeX entries.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, as_bibtex: bool, as_json: bool) -> None:
    """List what RUN, the folder of a run, should cite, each source with its reason.

    The software and the run come first. Then every published source: the inputs
    that it feeds, those that were judged by it, and those that it would feed if
    only official claims, or only independent estimates, were believed.
    """
    import json

    from escalade.report.bibtex import bibtex
    from escalade.report.citations import citations
    from escalade.report.citing import as_data, as_text
    from escalade.study.results import stored

    found = citations(stored(run))
    if as_json:
        data = as_data(found) | ({"bibtex": bibtex(found)} if as_bibtex else {})
        click.echo(json.dumps(data, indent=2, allow_nan=False))
    else:
        click.echo(bibtex(found) if as_bibtex else as_text(found))
