"""``escalade crisis``: a single crisis, exact and told."""

from __future__ import annotations

import json
from pathlib import Path

import click

from escalade.cli.arguments import POLICY, SCENARIO
from escalade.cli.progress import patient


@click.command(
    short_help="How a single crisis runs, move by move.",
    epilog="\b\nExamples:\n  escalade crisis iran-june-2025\n"
    "  escalade crisis iran-june-2025 --policy as_was --policy no_shield",
)
@click.argument("scenario", type=SCENARIO, required=False)
@click.option(
    "--policy", "policies", type=POLICY, multiple=True, metavar="NAME", help="Show this policy; again for more."
)
@click.option("--scalar", type=click.Path(path_type=Path), metavar="FILE", help="Solve a scalar ladder (JSON) instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(scenario: str | None, policies: tuple[str, ...], scalar: Path | None, as_json: bool) -> None:
    """Solve a single crisis of SCENARIO: a file, or the name of a bundled one.

    Every input has its most likely value. Shown are, of 100 crises, who strikes
    first, how many become war and of which kind, and who backs down; how the
    likeliest crises run, move by move; and the two-move kernel, which shows on
    one page where the signs come from.

    With --scalar a ladder with given numbers for every rung, without raids: for
    teaching and for theory.
    """
    from escalade.errors import UsageError

    if scalar is not None:
        if scenario is not None or policies:
            raise UsageError("--scalar stands alone: a scalar ladder has neither a scenario nor policies")
        click.echo(_scalar(scalar, as_json))
    elif scenario is None:
        raise UsageError("name a scenario: escalade crisis iran-june-2025, or --scalar FILE")
    else:
        click.echo(_single(scenario, policies, as_json))


def _scalar(path: Path, as_json: bool) -> str:
    from escalade.crisis.scalar_file import load_ladder

    ladder = load_ladder(path)
    with patient():
        from escalade.crisis.scalar import scalar_crisis

        crisis = scalar_crisis(ladder)
    from escalade.report.crisis import scalar_table
    from escalade.report.tables import text

    return json.dumps(crisis.as_data(), indent=2, allow_nan=False) if as_json else text(scalar_table(crisis))


def _single(name: str, policies: tuple[str, ...], as_json: bool) -> str:
    from escalade.scenario import load_scenario

    scenario = load_scenario(name)
    for policy in policies:
        scenario.policy(policy)
    with patient():
        from escalade.study.single import single_crisis

        single = single_crisis(scenario, policies)
    from escalade.report.crisis import as_data, as_text

    if as_json:
        return json.dumps(as_data(single), indent=2, allow_nan=False)
    return as_text(single, policies or (scenario.focus,))
