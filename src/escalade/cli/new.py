"""``escalade new``: begin a scenario of one's own as a short variant of another."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import click

from escalade.cli.arguments import SCENARIO


@click.command(
    short_help="Begin a case of your own: a short variant of another.",
    epilog="\b\nExamples:\n  escalade new --list\n  escalade new my-case.yaml --from iran-june-2025",
)
@click.argument("file", required=False)
@click.option(
    "--from", "origin", type=SCENARIO, metavar="NAME", help="Begin from this one: bundled, or a file beside FILE."
)
@click.option("--list", "listed", is_flag=True, help="List the bundled scenarios.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(file: str | None, origin: str | None, listed: bool, as_json: bool) -> None:
    """Write FILE, a short variant of a scenario, ready to be changed.

    A variant says only what is different. An existing file is never overwritten.
    """
    from escalade.errors import UsageError
    from escalade.scenario.sources import bundled_names

    if listed:
        click.echo(json.dumps(_titles(), indent=2) if as_json else "\n".join(_bundled()))
        return
    if file is None:
        raise UsageError("name the file to write: escalade new my-case.yaml --from NAME")
    if origin is None:
        raise UsageError(f"say what to begin from: --from NAME; bundled: {', '.join(bundled_names())}")
    _write(Path(file), origin)
    if as_json:
        click.echo(json.dumps({"file": file, "extends": origin}, indent=2))
    else:
        click.echo(f"{file} is written: a variant of {origin}. Next: change it, then")
        click.echo(f"  escalade check {file}\n  escalade run {file}")


def _titles() -> dict[str, str]:
    """Titles of the bundled scenarios by name."""
    from escalade.scenario.loading import load_scenario
    from escalade.scenario.sources import bundled_names

    return {name: load_scenario(name).title for name in bundled_names()}


def _bundled() -> list[str]:
    return [textwrap.shorten(f"{name}: {title}", 80, placeholder=" ...") for name, title in _titles().items()]


def _write(path: Path, origin: str) -> None:
    from escalade.errors import UsageError
    from escalade.scenario.loading import load_scenario
    from escalade.scenario.sources import SUFFIXES, bundled_names
    from escalade.scenario.starter import slug, starter

    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path} is no name for a scenario; allowed: a file that ends in .yaml")
    base = load_scenario(origin)
    extends = origin
    if origin not in bundled_names():
        extends = Path(origin).name
        if Path(origin).resolve().parent != path.resolve().parent:
            raise UsageError(f"{origin} lies in another folder; allowed: a bundled name, or a file beside {path}")
    name = slug(path.stem)
    text = starter(base, extends, f"{name}-variant" if name == base.name else name)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already and is not overwritten; choose another name") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
