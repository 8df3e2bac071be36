"""``escalade backtest``: predictions of what happened, beside what was reported."""

from __future__ import annotations

import json

import click

from escalade.cli.arguments import SCENARIO
from escalade.cli.progress import patient


@click.command(epilog="\b\nExamples:\n  escalade backtest\n  escalade backtest gaza-2012")
@click.argument("scenario", required=False, type=SCENARIO)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(scenario: str | None, as_json: bool) -> None:
    """Test raids and crises against what happened.

    Raids and campaigns of the past are predicted, with ranges, from what was
    known before them, and strikes of the bundled scenarios from the scenarios'
    own inputs; both stand beside what was reported. Then what each scenario
    expects of a crisis stands beside its record. With SCENARIO (a file, or the
    name of a bundled one) only what belongs to it.
    """
    from escalade.scenario import bundled_names, load_scenario

    scenarios = [load_scenario(name) for name in ([scenario] if scenario else sorted(bundled_names()))]
    with patient():
        from escalade.evidence import back_test, prior_check

        tested = back_test(scenarios[0].name if scenario else None)
        priors = [check for one in scenarios for check in prior_check(one)]
    from escalade.report.backtest import as_data, as_text

    click.echo(json.dumps(as_data(tested, priors), indent=2, allow_nan=False) if as_json else as_text(tested, priors))
