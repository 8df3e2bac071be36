"""``escalade report``: the one-file report of a run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example: escalade report iran-june-2025.run")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Write the report of RUN, the folder of a run, anew: one HTML file that needs no network."""
    from escalade.ensemble.lock import locked
    from escalade.ensemble.storage import REPORT
    from escalade.report.page import write_report
    from escalade.study.results import stored

    found = stored(run)
    with locked(run):
        write_report(found)
    click.echo(run / REPORT)
