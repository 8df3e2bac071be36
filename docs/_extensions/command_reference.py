"""Every command with its arguments and options, from the command line itself."""

from __future__ import annotations

import inspect

import click
from scenario_reference import cell, table

from escalade.cli.main import GROUPS, main


def commands() -> str:
    """The commands that exist, under the questions that bring a user to them."""
    context = click.Context(main, info_name="escalade")
    known = main.list_commands(context)
    parts = []
    for question, names in GROUPS.items():
        there = [name for name in names if name in known]
        if there:
            parts += [f"## {question}\n", *(_command(context, name) for name in there)]
    return "\n".join(parts)


def _command(parent: click.Context, name: str) -> str:
    command = main.get_command(parent, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    return "\n".join(
        [
            f"### {name}\n",
            f"```text\nescalade {name} {usage}\n```\n",
            _help(command.help or ""),
            _options(command, context),
            _example(command.epilog or ""),
        ]
    )


def _help(text: str) -> str:
    """The help as Markdown: paragraphs as they are, what is set in lines (after a line with \\b) as such."""
    parts = []
    for paragraph in inspect.cleandoc(text).replace("\f", "").split("\n\n"):
        if paragraph.startswith("\b"):
            parts.append("```text\n" + paragraph.removeprefix("\b\n") + "\n```")
        else:
            parts.append(_plain(paragraph))
    return "\n\n".join(parts) + "\n"


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            rows.append((f"`{cell(record[0])}`", _plain(record[1])))
    return table(("option", "meaning"), rows)


def _example(text: str) -> str:
    """The examples of a command, as code."""
    lines = inspect.cleandoc(text.replace("\b", "")).removeprefix("Example:").removeprefix("Examples:").splitlines()
    found = [line.strip() for line in lines if line.strip()]
    return "\n".join(["```console", *(f"$ {line}" for line in found), "```\n"]) if found else ""


def _plain(text: str) -> str:
    return cell(" ".join(text.split()).replace("*", "\\*").replace("[", "\\["))
