"""``escalade check``: is a scenario right, and what does it rest on?"""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from escalade.cli.arguments import SCENARIO

if TYPE_CHECKING:
    from escalade.errors import Problem
    from escalade.scenario.inputs import Input
    from escalade.scenario.loading import Loaded

WIDTH = 80


@click.command(
    short_help="Check a scenario, and say what it rests on.",
    epilog="\b\nExamples:\n  escalade check iran-june-2025\n  escalade check iran-june-2025 --assumptions",
)
@click.argument("scenario", type=SCENARIO, required=False)
@click.option("--assumptions", is_flag=True, help="List every number that has no published source.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of scenario files.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def command(ctx: click.Context, scenario: str | None, assumptions: bool, schema: bool, as_json: bool) -> None:
    """Check a scenario (a file, or a bundled name) and say what it rests on.

    All problems are shown at once, as FILE:LINE:COLUMN  PATH: what is wrong;
    what is allowed; what may have been meant. The exit code is then 2.
    """
    from escalade.errors import ScenarioError, UsageError
    from escalade.scenario.export import shipped_schema
    from escalade.scenario.loading import load

    if schema:
        click.echo(shipped_schema(), nl=False)
        return
    if scenario is None:
        raise UsageError("name a scenario: escalade check FILE, or a name (escalade new --list)")
    try:
        loaded = load(scenario)
    except ScenarioError as error:
        _refuse(error.problems, as_json)
        ctx.exit(2)
    click.echo(_as_json(loaded) if as_json else "\n".join(_lines(loaded, assumptions)))


def _refuse(problems: tuple[Problem, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"valid": False, "problems": [asdict(problem) for problem in problems]}, indent=2))
        return
    for problem in problems:
        click.echo(_folded(str(problem)), err=True)
    click.echo(f"{len(problems)} problem{'s' * (len(problems) != 1)}", err=True)


def _as_json(loaded: Loaded) -> str:
    from escalade.scenario.inputs import inputs
    from escalade.scenario.rivals import rival_sources
    from escalade.scenario.summary import assumptions, summary, warnings

    scenario = loaded.scenario
    return json.dumps(
        {
            "valid": True,
            "name": scenario.name,
            "title": scenario.title,
            "baseline": scenario.baseline,
            "focus": scenario.focus,
            **asdict(summary(scenario)),
            "rival_sources": asdict(rival_sources(scenario)),
            "assumption_list": [_entry(item) for item in assumptions(inputs(scenario))],
            "warnings": [asdict(problem) for problem in warnings(loaded)],
        },
        indent=2,
    )


def _entry(item: Input) -> dict[str, Any]:
    names = ("path", "policy", "kind", "unit", "label", "subject", "assumption", "note")
    values = {name: getattr(item.spec, name) for name in ("low", "mode", "high")}
    return {**{name: getattr(item, name) for name in names}, **values}


def _lines(loaded: Loaded, listed: bool) -> list[str]:
    from escalade.scenario.inputs import inputs
    from escalade.scenario.summary import assumptions, warnings

    lines = [f"{loaded.scenario.name} is a valid scenario", *_counts(loaded)]
    found = warnings(loaded)
    if found:
        lines += ["", "Worth a look:", *(_folded(str(problem)) for problem in found)]
    if listed:
        lines += ["", "Assumptions (nothing published stands behind these):"]
        lines += [line for item in assumptions(inputs(loaded.scenario)) for line in _assumption(item)]
    return lines


def _counts(loaded: Loaded) -> list[str]:
    from escalade.report.facts import rival_words
    from escalade.scenario.rivals import rival_sources
    from escalade.scenario.summary import summary

    scenario, counts = loaded.scenario, summary(loaded.scenario)
    marks = {scenario.baseline: " (baseline)", scenario.focus: " (focus)"}
    policies = ", ".join(name + marks.get(name, "") for name in counts.policies)
    explained = f", {counts.unexplained} without a reason" if counts.unexplained else ", each with its reason"
    rows = {
        "policies": f"{len(counts.policies)}: {policies}",
        "uncertain inputs": f"{counts.uncertain}",
        "certain inputs": f"{counts.certain}",
        "sourced numbers": f"{counts.sourced}, {counts.facts} of them from the library of facts",
        "assumptions": f"{counts.assumptions}{explained} (--assumptions lists them)",
        "figures believed": rival_words(rival_sources(scenario)),
        "policy settings": f"{counts.choices}",
        "defaults": f"{counts.defaults}, the package's own values where the scenario is silent",
    }
    return [_folded(f"  {name:<18}{text}", indent=20) for name, text in rows.items()]


def _assumption(item: Input) -> list[str]:
    from escalade.scenario.written import shown

    low, mode, high = (shown(getattr(item.spec, name)) for name in ("low", "mode", "high"))
    value = f"{low} to {high}, most likely {mode}" if item.uncertain else mode
    place = f"{item.path} (policy {item.policy})" if item.policy else item.path
    reason = item.assumption or "no reason given"
    return [_folded(f"  {place}: {value} [{item.kind}]"), _folded(f"    {reason}")]


def _folded(line: str, indent: int = 4) -> str:
    return textwrap.fill(
        line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    ) if len(line) > WIDTH else line  # fmt: skip
