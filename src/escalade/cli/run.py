"""``escalade run``: the main job."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalade.cli.arguments import POLICY, SCENARIO

if TYPE_CHECKING:
    from escalade.study.plan import Plan
    from escalade.study.results import StoredRun


@click.command(
    short_help="The main job: compare a scenario's policies, write a report.",
    epilog="\b\nExamples:\n  escalade run iran-june-2025\n  escalade run iran-june-2025 --effort quick --out quick.run",
)
@click.argument("scenario", type=SCENARIO)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the run. [default: NAME.run]")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Key of all random numbers: the same seed, the same run."
)
@click.option("--worlds", type=int, help="Sets of assumptions for which years are simulated.")
@click.option("--candidates", type=int, help="Sets of assumptions of which crises are solved; a power of two.")
@click.option("--histories", type=int, help="Simulated periods of each of these sets.")
@click.option("--workers", type=int, help="Threads; their number changes no result. [default: all cores]")
@click.option(
    "--effort",
    type=click.Choice(["quick", "standard", "deep"]),
    default="standard",
    show_default=True,
    help="How much is computed: some seconds, a minute or two, a night.",
)
@click.option(
    "--structure/--no-structure",
    default=None,
    help="Try the answer under other structures of the model. [default: with --effort deep]",
)
@click.option(
    "--policy", "policies", type=POLICY, multiple=True, metavar="NAME", help="Show this policy; again for more."
)
@click.option(
    "--facts-from",
    type=click.Choice(["official", "independent", "all"]),
    help="Whose figures to believe, for inputs that have any of the kind. [default: as the scenario says]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(
    scenario: str,
    out: Path | None,
    policies: tuple[str, ...],
    facts_from: str | None,
    as_json: bool,
    **sizes: Any,
) -> None:
    """Compare the policies of SCENARIO: a file, or the name of a bundled one.

    Solves a crisis in many sets of assumptions, weighs these by past crises, and
    simulates the years. The same command again goes on where it was stopped;
    more histories extend a run.
    """
    from escalade.scenario import load_scenario
    from escalade.scenario.rivals import believing
    from escalade.study.plan import EFFORTS, plan, resized

    loaded = load_scenario(scenario)
    named = f"{loaded.name}.run"
    if facts_from is not None and facts_from != loaded.facts_from:
        loaded, named = believing(loaded, facts_from), f"{loaded.name}-{facts_from}.run"
    effort = resized(EFFORTS[sizes["effort"]], sizes["candidates"], sizes["worlds"], sizes["histories"])
    asked = plan(loaded, seed=sizes["seed"], effort=effort, policies=policies)
    path = out or Path(named)
    structure = sizes["effort"] == "deep" if sizes["structure"] is None else sizes["structure"]
    _print(_computed(asked, path, sizes["workers"], structure), path, as_json)


def _computed(asked: Plan, path: Path, workers: int | None, structure: bool) -> StoredRun:
    """The run, with its report renewed after every stage."""
    from escalade.cli.progress import listener
    from escalade.ensemble.storage import REPORT
    from escalade.report.page import write_report
    from escalade.report.sentences import so_far, wording
    from escalade.study.run import run
    from escalade.study.stage_words import at_work
    from escalade.study.stages import STAGES

    words = wording(asked.scenario)
    progress = listener(lambda comparison: so_far(comparison, comparison.pairs[0].policy, words))
    unwritten = not _is_whole(path / REPORT)
    stages = [name for name, _ in STAGES if structure or name != "structure"]

    def after(stage: str, found: StoredRun) -> None:
        if stage == stages[-1] or (stage in stages and unwritten):
            place = stages.index(stage) + 1
            standing = at_work(stages[:place], stages[place:])
            write_report(found, standing)
            if standing:
                progress.note(f"{path / REPORT}: {standing}")

    try:
        with _stoppable():
            return run(
                asked,
                path,
                workers=workers,
                progress=progress,
                after=after,
                structure=structure,
            )
    except KeyboardInterrupt:
        progress.note(f"\nstopped: what is done is kept in {path}; the same command goes on with it")
        raise
    finally:
        progress.close()


def _is_whole(report: Path) -> bool:
    """Whether a report knows all that there is in its folder: a finished run is walked through in no time."""
    from escalade.study.stage_words import AT_WORK

    if not report.is_file() or AT_WORK in report.read_text("utf-8"):
        return False
    return all(part.stat().st_mtime_ns <= report.stat().st_mtime_ns for part in report.parent.glob("*.parquet"))


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and a request to terminate both stop the run in good order, even in a job of a shell script.

    Such a job is started with Ctrl-C ignored, and Python leaves it so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print(run: StoredRun, path: Path, as_json: bool) -> None:
    import json

    from escalade.ensemble.storage import REPORT
    from escalade.report.answer import answer, as_data, as_text

    said = answer(run)
    if as_json:
        places = {"run": str(path), "report": str(path / REPORT)}
        click.echo(json.dumps({**places, **as_data(run, said)}, indent=2, allow_nan=False))
    else:
        click.echo(f"{as_text(run, said)}\n\nReport: {path / REPORT}")
