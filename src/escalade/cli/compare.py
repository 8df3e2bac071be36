"""``escalade compare``: every policy beside the baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from escalade.cli.arguments import POLICY, RUN

if TYPE_CHECKING:
    from escalade.study.results import StoredRun


@click.command(
    short_help="Compare the policies of a run in every outcome.",
    epilog="\b\nExamples:\n  escalade compare iran-june-2025.run\n"
    "  escalade compare iran-june-2025.run --outcome first_strike.israel\n"
    "  escalade compare iran-june-2025.run --facts-from official",
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
@click.option(
    "--facts-from",
    type=click.Choice(["official", "independent", "all"]),
    help="Compare focus and baseline, per crisis, if only figures of this kind are believed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, baseline: str | None, outcome: str | None, facts_from: str | None, as_json: bool) -> None:
    """Compare the policies of RUN, the folder of a run, per crisis and over its years.

    Last comes the effect per crisis by whom you believe: official claims only,
    independent estimates only, or all sources. With --facts-from one of these is
    compared in full; the first time this may take some seconds.
    """
    import json

    from escalade.report.answer import answer, as_data, as_text
    from escalade.report.comparison import tables
    from escalade.report.tables import text
    from escalade.study.results import stored

    found, note = stored(run), None
    beliefs = _beliefs(found, outcome, compute=facts_from is not None)
    if facts_from is not None:
        from escalade.report.believed import NAMES
        from escalade.study.believe import as_read

        found = as_read(found, facts_from)
        note = f"Believed: {NAMES[facts_from]}. Exact crises only; years under this reading are a run of their own."
    said = answer(found, baseline, outcome)
    if as_json:
        more = {"facts_from": found.plan.scenario.facts_from} | ({"unfinished": note} if note else {})
        click.echo(json.dumps({**as_data(found, said), **more, "believed": beliefs[1]}, indent=2, allow_nan=False))
    else:
        parts = [as_text(found, said, note), *(text(table) for table in tables(said.comparison, said.names))]
        click.echo("\n\n".join([*parts, *beliefs[0]]))


def _beliefs(found: StoredRun, outcome: str | None, *, compute: bool) -> tuple[list[str], object]:
    """Whom you believe, as a table and as plain values; nothing where it is not known and not to be computed."""
    from escalade.cli.progress import listener
    from escalade.report.believed import as_json, table
    from escalade.report.tables import text
    from escalade.study.believe import believed, stored_beliefs
    from escalade.study.plan import outcome_named

    scenario = found.plan.scenario
    known = stored_beliefs(found, outcome_named(dict(found.quantities), outcome or scenario.headline))
    if known is None and compute:
        progress = listener(lambda _: "")
        try:
            known = believed(found, outcome, progress=progress)
        finally:
            progress.close()
    if known is None or not known.having:
        return [], None
    names = tuple(scenario.policies[name].name for name in (known.policy, known.baseline))
    return [text(table(known, (names[0], names[1])))], as_json(known)
