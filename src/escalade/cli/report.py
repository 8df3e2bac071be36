"""``escalade report``: the one-file report of a run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from escalade.cli.arguments import RUN


@click.command(
    short_help="Write the report of a run anew: one HTML file.", epilog="Example: escalade report iran-june-2025.run"
)
@click.argument("run", type=RUN)
@click.option("--json", "as_json", is_flag=True, help="Print where the report is as JSON.")
def command(run: Path, as_json: bool) -> None:
    """Write the report of RUN, the folder of a run, anew: one HTML file that needs no network."""
    from escalade.cli.progress import patient
    from escalade.ensemble.lock import locked
    from escalade.ensemble.storage import REPORT
    from escalade.report.page import write_report
    from escalade.study.results import stored

    found = stored(run)
    with locked(run), patient():
        write_report(found)
    place = run / REPORT
    click.echo(json.dumps({"run": str(run), "report": str(place)}, indent=2) if as_json else place)
