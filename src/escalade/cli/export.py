"""``escalade export``: figures and tables of a run as files."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import RUN


@click.command(
    short_help="Write figures and tables of a run as files.",
    epilog="\b\nExamples:\n  escalade export iran-june-2025.run\n"
    "  escalade export iran-june-2025.run --figures svg --tables csv,parquet",
)
@click.argument("run", type=RUN)
@click.option("--figures", metavar="KINDS", help="svg, png, or both: svg,png. [default: both, if no --tables]")
@click.option("--tables", metavar="KINDS", help="csv, parquet, json, or several. [default: csv, if no --figures]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder. [default: the run's name with -export]")
@click.option("--json", "as_json", is_flag=True, help="Print the names of the files as JSON.")
def command(run: Path, figures: str | None, tables: str | None, out: Path | None, as_json: bool) -> None:
    """Write the figures and tables of RUN, the folder of a run, for papers and other programs.

    Each figure holds its caption, its source and its conditions; the one called
    headline says it all in one picture. The table called dictionary explains
    every column of the others. Sources come as BibTeX.
    """
    import json

    from escalade.cli.progress import patient
    from escalade.report.export import export
    from escalade.study.results import stored

    found = stored(run)
    place = out or Path(f"{run.resolve().name.removesuffix('.run')}-export")
    both = figures is None and tables is None
    with patient():
        made = export(found, place, _kinds("svg,png" if both else figures), _kinds("csv" if both else tables))
    if as_json:
        click.echo(json.dumps({"folder": str(place), "files": [path.as_posix() for path in made]}, indent=2))
    else:
        names = [path.relative_to(place).as_posix() for path in made]
        click.echo("\n".join([f"{len(made)} files in {place}:", *(f"  {name}" for name in names)]))


def _kinds(words: str | None) -> list[str]:
    """Kinds of files as a user lists them, each once."""
    return list(dict.fromkeys(part.strip().lower() for part in (words or "").split(",") if part.strip()))
