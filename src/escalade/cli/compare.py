"""``escalade compare``: every policy beside the baseline."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import POLICY, RUN


@click.command(
    short_help="Compare the policies of a run in every outcome.",
    epilog="\b\nExamples:\n  escalade compare iran-june-2025.run\n"
    "  escalade compare iran-june-2025.run --outcome first_strike.israel",
)
@click.argument("run", type=RUN)
@click.option(
    "--baseline", type=POLICY, metavar="POLICY", help="Compare with this policy. [default: the scenario's baseline]"
)
@click.option(
    "--outcome",
    metavar="NAME",
    help="What to count, by the names that --json shows. [default: war, or as the scenario says]",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, baseline: str | None, outcome: str | None, as_json: bool) -> None:
    """Compare the policies of RUN, the folder of a run, per crisis and over its years."""
    import json

    from escalade.report.answer import answer, as_data, as_text
    from escalade.report.comparison import tables
    from escalade.report.tables import text
    from escalade.study.results import stored

    found = stored(run)
    said = answer(found, baseline, outcome)
    if as_json:
        click.echo(json.dumps(as_data(found, said), indent=2, allow_nan=False))
    else:
        parts = [as_text(found, said), *(text(table) for table in tables(said.comparison, said.names))]
        click.echo("\n\n".join(parts))
