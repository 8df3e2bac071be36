"""``escalade turns``: under which conditions the effect of a policy turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from escalade.cli.arguments import POLICY, RUN

if TYPE_CHECKING:
    from escalade.study.results import StoredRun


@click.command(
    short_help="Say when the effect of a policy turns, and on what it hangs.",
    epilog="\b\nExamples:\n  escalade turns iran-june-2025.run\n"
    "  escalade turns iran-june-2025.run --outcome first_strike.israel\n"
    "  escalade turns iran-june-2025.run --structure",
)
@click.argument("run", type=RUN)
@click.option("--policy", type=POLICY, metavar="NAME", help="Ask about this policy. [default: the scenario's focus]")
@click.option("--baseline", type=POLICY, metavar="NAME", help="Compare with this one. [default: the scenario's own]")
@click.option(
    "--outcome",
    metavar="NAME",
    help="Which outcome, by the names that compare --json shows. [default: war, or as the scenario says]",
)
@click.option("--structure", is_flag=True, help="Try the effect under other structures of the model instead.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    run: Path, policy: str | None, baseline: str | None, outcome: str | None, structure: bool, as_json: bool
) -> None:
    """Say under which conditions a policy has more or less of an outcome in RUN, the folder of a run.

    Looks for conditions on at most three inputs, for single inputs that turn the
    sign, for what matters most, and for how far the answer hangs on priors: with
    narrower ranges, without the record of past crises, under the smallest tilt
    that changes it. What chance would do as well is not shown.

    With --structure the effect is worked out anew with rules of the model changed
    one by one. The first time this takes some seconds.
    """
    import json

    from escalade.report.turns import told
    from escalade.report.turns_tables import as_json as data
    from escalade.report.turns_tables import as_text
    from escalade.study.results import stored
    from escalade.study.turns import turns

    found = stored(run)
    if structure:
        _try_structures(found, policy, baseline, outcome, as_json)
        return
    said = turns(found, policy, baseline, outcome)
    scenario = found.plan.scenario
    words = told(said, scenario, found.quantities[said.outcome])
    if as_json:
        click.echo(json.dumps(data(words), indent=2, allow_nan=False))
    else:
        click.echo(as_text(words, scenario))


def _try_structures(
    found: StoredRun, policy: str | None, baseline: str | None, outcome: str | None, as_json: bool
) -> None:
    """Print the effect under every structure of the model; it is always that against the scenario's baseline."""
    import json

    from escalade.cli.progress import listener
    from escalade.errors import UsageError
    from escalade.report.structure import as_json as data
    from escalade.report.structure import as_text
    from escalade.study.structure import structure

    scenario = found.plan.scenario
    if baseline not in (None, scenario.baseline):
        raise UsageError(f'structures are tried against the baseline of the scenario only, "{scenario.baseline}"')
    progress = listener(lambda _: "")
    try:
        tried = structure(found, policy, outcome, progress=progress)
    finally:
        progress.close()
    sides = {name: side.name for name, side in scenario.sides.items()}
    text = json.dumps(data(tried, sides), indent=2, allow_nan=False) if as_json else as_text(tried, scenario)
    click.echo(text)
