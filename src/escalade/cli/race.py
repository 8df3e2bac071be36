"""``escalade race``: who arms against what, on the years without crises."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import POLICY, SCENARIO
from escalade.cli.progress import patient


@click.command(
    short_help="How arsenals, shields and spending grow over the years.",
    epilog="\b\nExamples:\n  escalade race iran-june-2025\n  escalade race iran-june-2025 --policy no_shield --years 5",
)
@click.argument("scenario", type=SCENARIO)
@click.option("--policy", type=POLICY, metavar="NAME", help="Under this policy. [default: the scenario's focus]")
@click.option("--years", type=int, metavar="N", help="So many years, 1 to 100. [default: the scenario's]")
@click.option(
    "--figure", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw FILE.svg or .png."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(scenario: str, policy: str | None, years: int | None, figure: Path | None, as_json: bool) -> None:
    """Show the years of SCENARIO without crises: a file, or the name of a bundled one.

    Arsenals, production, spending, what countermeasures leave of each shield,
    shelter, and what objectives are worth where leaders look ahead: at the most
    likely value of every input, with the range over 64 sets of assumptions.
    """
    import json

    from escalade.errors import UsageError
    from escalade.scenario import load_scenario

    if figure is not None and figure.suffix not in (".svg", ".png"):
        raise UsageError(f"--figure {figure}: allowed are names that end in .svg or .png")
    case = load_scenario(scenario)
    case.policy(policy or case.focus)
    with patient():
        from escalade.study.race import race

        found = race(case, policy, years)
    from escalade.report.race import as_data, as_text

    if figure is not None:
        from escalade.report.race_file import write_figure

        write_figure(found, figure)
    click.echo(json.dumps(as_data(found), indent=2, allow_nan=False) if as_json else as_text(found))
