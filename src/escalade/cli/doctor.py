"""``escalade doctor``: is everything there that a run needs?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from escalade.cli.checkup import Finding


@click.command(short_help="Look whether everything is there that a run needs.", epilog="Example: escalade doctor")
@click.option(
    "--compile", "compiling", is_flag=True, help="Compile the model first, so that no run has to wait for it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def command(ctx: click.Context, compiling: bool, as_json: bool) -> None:
    """Look whether everything is there that a run needs, and say what to do where it is not.

    Each line says ok, look (worth a look; runs work) or fail (no run can work).
    The exit code is 1 if something fails, else 0.
    """
    from escalade.cli.checkup import State, checkup

    if compiling:
        _compile()
    findings = checkup()
    click.echo(_json(findings) if as_json else "\n".join(_lines(findings)))
    ctx.exit(int(any(finding.state is State.FAIL for finding in findings)))


def _compile() -> None:
    """Compile what a run needs, telling on standard error how long it takes."""
    import time

    from escalade.study.warm import warm

    click.echo("compiling the model (about a minute, once per version) ...", err=True)
    began = time.monotonic()
    warm(lambda part: click.echo(f"  {part}", err=True))
    click.echo(f"done in {time.monotonic() - began:.0f} seconds", err=True)


def _lines(findings: tuple[Finding, ...]) -> list[str]:
    import textwrap

    import escalade
    from escalade.cli.checkup import State

    lines = [f"escalade {escalade.__version__}", ""]
    for finding in findings:
        lead = f"{finding.state.value:<6}{finding.name:<16}"
        for text in filter(None, (finding.found, finding.advice)):
            lines += textwrap.wrap(
                text,
                80,
                initial_indent=lead,
                subsequent_indent=" " * 22,
                break_long_words=False,
                break_on_hyphens=False,
            )
            lead = " " * 22
    failed = sum(finding.state is State.FAIL for finding in findings)
    return [*lines, "", f"No run can work before what fails is mended ({failed})." if failed else "Runs can work here."]


def _json(findings: tuple[Finding, ...]) -> str:
    import json

    import escalade
    from escalade.cli.checkup import State

    checks = [
        {"name": each.name, "state": each.state.value, "found": each.found, "advice": each.advice} for each in findings
    ]
    ready = all(finding.state is not State.FAIL for finding in findings)
    return json.dumps({"escalade": escalade.__version__, "ready": ready, "checks": checks}, indent=2)
