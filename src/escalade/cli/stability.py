"""``escalade stability``: whether strategic forces tempt either side to strike first."""

from __future__ import annotations

import click

from escalade.cli.arguments import POLICY, SCENARIO
from escalade.cli.progress import patient


@click.command(
    short_help="Whether strategic forces tempt either side to strike first.",
    epilog="\b\nExamples:\n  escalade stability cold-war-abm\n  escalade stability cold-war-abm --sweep us=0:8000:1000",
)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--policy", "policies", type=POLICY, multiple=True, metavar="NAME", help="Show this policy; again for more."
)
@click.option("--sweep", metavar="SIDE=FROM:TO:STEP", help="The index by interceptors of a side's shield.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(scenario: str, policies: tuple[str, ...], sweep: str | None, as_json: bool) -> None:
    """First-strike stability of SCENARIO: a file, or the name of a bundled one.

    At the highest rung one side strikes first and the other answers with what
    is left, through both shields. Shown are Kent and Thaler's index (1: nobody
    gains by going first) and what each side saves by striking first: as truly
    is, and as it believes; with land-based missiles launched under attack; and
    the shield against a rival whose forces survive a first strike or do not.

    --sweep shield=0:2000:100 shows the index by size of the only shield there
    is; name its side where there are several. The scenario needs a nuclear
    highest rung, and people at risk for both sides of a pair.
    """
    import json

    from escalade.cli.raid_arguments import sweep_range
    from escalade.scenario import load_scenario

    loaded = load_scenario(scenario)
    for policy in policies:
        loaded.policy(policy)
    swept = None if sweep is None else sweep_range(sweep)
    with patient():
        from escalade.study.stability import stability

        found = stability(loaded, policies, None if swept is None else (swept.what, swept.values))
    from escalade.report.stability import as_data, as_text

    click.echo(json.dumps(as_data(found), indent=2, allow_nan=False) if as_json else as_text(found))
