"""``escalade turns``: under which conditions the effect of a policy turns."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import POLICY, RUN


@click.command(
    short_help="Say when the effect of a policy turns, and on what it hangs.",
    epilog="\b\nExamples:\n  escalade turns iran-june-2025.run\n"
    "  escalade turns iran-june-2025.run --outcome first_strike.israel",
)
@click.argument("run", type=RUN)
@click.option("--policy", type=POLICY, metavar="NAME", help="Ask about this policy. [default: the scenario's focus]")
@click.option("--baseline", type=POLICY, metavar="NAME", help="Compare with this one. [default: the scenario's own]")
@click.option(
    "--outcome",
    metavar="NAME",
    help="Which outcome, by the names that compare --json shows. [default: war, or as the scenario says]",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, policy: str | None, baseline: str | None, outcome: str | None, as_json: bool) -> None:
    """Say under which conditions a policy has more or less of an outcome in RUN, the folder of a run.

    Looks for conditions on at most three inputs, for single inputs that turn the
    sign, for what matters most, and for how far the answer hangs on priors: with
    narrower ranges, without the record of past crises, under the smallest tilt
    that changes it. What chance would do as well is not shown.
    """
    import json

    from escalade.report.turns import told
    from escalade.report.turns_tables import as_json as data
    from escalade.report.turns_tables import as_text
    from escalade.study.results import stored
    from escalade.study.turns import turns

    found = stored(run)
    said = turns(found, policy, baseline, outcome)
    scenario = found.plan.scenario
    words = told(said, scenario, found.quantities[said.outcome])
    if as_json:
        click.echo(json.dumps(data(words), indent=2, allow_nan=False))
    else:
        click.echo(as_text(words, scenario))
