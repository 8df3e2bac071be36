"""``escalade lab``: ask a run yourself, in a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalade.cli.arguments import SCENARIO

if TYPE_CHECKING:
    from escalade.lab.ask import Answer
    from escalade.lab.setting import Setting
    from escalade.study.results import StoredRun


@click.command(
    short_help="Ask a run yourself: a page in which assumptions narrow and levers move.",
    epilog="\b\nExamples:\n"
    "  escalade lab --static lab.html iran-june-2025.run\n"
    "  escalade lab iran-june-2025.run --say",
)
@click.argument("what", required=False, metavar="[SCENARIO|RUN|LINK]", type=SCENARIO)
@click.option(
    "--static", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the page as one file."
)
@click.option("--say", is_flag=True, help="Print the answer instead of opening the page.")
@click.option("--at", "link", metavar="LINK", help="At the setting of a link to the lab.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port on this machine.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser; print the address only.")
@click.option("--json", "as_json", is_flag=True, help="With --say or --static: print JSON.")
def command(what: str | None, static: Path | None, say: bool, as_json: bool, **options: Any) -> None:
    """Open the lab of WHAT: a run, a scenario, or a link that somebody shared.

    The page shows the answer in two pictures and one sentence. What nobody
    knows is narrowed with two handles; what governments choose is moved, and
    crises are solved anew on this machine. Nothing is asked of any network.

    With --static the page becomes one file that works without this program:
    on a tablet, from a mail, offline.
    """
    from escalade.cli.lab_runs import opened

    if as_json and not (say or static):
        raise click.UsageError("--json goes with --say or --static")
    with opened(what, options["link"]) as (run, setting):
        if static is not None:
            _write(run, static, as_json)
        elif say:
            _say(run, setting, as_json)
        else:
            _serve(run, setting, options["port"], not options["no_browser"])


def _write(run: StoredRun, path: Path, as_json: bool) -> None:
    """The static page, whole or not at all."""
    import json

    from escalade.errors import EscaladeError
    from escalade.lab.page import static_page

    page = static_page(run).encode()
    try:
        path.write_bytes(page)
    except OSError as error:
        raise EscaladeError(f"{path} cannot be written: {error.strerror or error}") from error
    about = {"lab": str(path), "bytes": len(page)}
    click.echo(json.dumps(about, indent=2) if as_json else f"{path}  {len(page) / 1e3:,.0f} kB")


def _say(run: StoredRun, setting: Setting, as_json: bool) -> None:
    import json
    import textwrap

    from escalade.lab.ask import ask
    from escalade.lab.setting import setting_data
    from escalade.report.sentences import CONDITIONAL

    answer = ask(run, setting)
    if as_json:
        about = {"setting": setting_data(setting), "sentence": answer.sentence, "enough": answer.matching.enough}
        click.echo(json.dumps({**about, **answer.numbers}, indent=2, allow_nan=False))
        return
    paragraphs = [answer.sentence, _matching(run, answer), CONDITIONAL]
    click.echo("\n\n".join(textwrap.fill(text, 80, break_on_hyphens=False) for text in paragraphs))


def _matching(run: StoredRun, answer: Answer) -> str:
    from escalade.lab.bundle import more_command

    found, all_of_them = answer.matching, answer.comparison.candidates
    words = f"{found.worlds:,} of {all_of_them:,} sets of assumptions match; they weigh as much as "
    said = f"{words}{found.effective:,.0f}."
    return said if found.enough else f"{said} Too few to rest an answer on. For more: {more_command(run)}"


def _serve(run: StoredRun, setting: Setting, port: int, browser: bool) -> None:
    from escalade.lab.bundle import HASH_LETTERS
    from escalade.lab.serve import serve
    from escalade.lab.setting import Link, Setting, to_fragment

    name, digest = run.plan.scenario.name, run.plan.scenario_hash[:HASH_LETTERS]
    fragment = to_fragment(Link(name, digest, setting)) if setting != Setting() else ""
    serve(run, port, fragment, say=lambda words: click.echo(words, err=True), browser=browser)
