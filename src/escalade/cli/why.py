"""``escalade why``: the effect of a policy, by reasons."""

from __future__ import annotations

from pathlib import Path

import click

from escalade.cli.arguments import POLICY, RUN


@click.command(
    short_help="Divide the effect of a policy among its reasons.",
    epilog="\b\nExamples:\n  escalade why iran-june-2025.run\n"
    "  escalade why iran-june-2025.run --outcome first_strike.israel",
)
@click.argument("run", type=RUN)
@click.option("--policy", type=POLICY, metavar="NAME", help="Explain this policy. [default: the scenario's focus]")
@click.option(
    "--outcome",
    metavar="NAME",
    help="What to explain, by the names that compare --json shows. [default: war, or as the scenario says]",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Threads; they change no result. [default: all cores]")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, policy: str | None, outcome: str | None, workers: int | None, as_json: bool) -> None:
    """Say why a policy changes an outcome of the crisis in RUN, the folder of a run.

    A shield enters decisions in five places: attack pays less (denial), striking
    feels safer (impunity), quiet nights leave less to avenge (restraint), means
    outlive a strike (survival), and the shield is thought better than it is
    (delusion). The effect is divided among them exactly, set of assumptions by
    set of assumptions. The first time this takes some seconds. Where the run has
    its years, three slow forces follow: rivals arm (race), the change to come
    moves today's stakes (windows), stocks run down and leaders learn (wear).
    """
    import json

    from escalade.cli.progress import listener
    from escalade.report import slow as over_the_years
    from escalade.report.why import as_json as data
    from escalade.report.why import as_text
    from escalade.study.results import stored
    from escalade.study.slow import stored_forces
    from escalade.study.why import why

    found = stored(run)
    progress = listener(lambda _: "")
    try:
        said = why(found, policy, outcome, workers=workers, progress=progress)
    finally:
        progress.close()
    slow = stored_forces(found, said.outcome) if said.policy == found.plan.scenario.focus else None
    if as_json:
        years = None if slow is None else over_the_years.as_json(slow)
        click.echo(json.dumps(data(said) | {"over_the_years": years}, indent=2, allow_nan=False))
    else:
        click.echo(as_text(said, found.plan.scenario))
        if slow is not None:
            click.echo(f"\n{over_the_years.as_text(slow)}")
