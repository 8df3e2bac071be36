"""The switchboard: which commands there are, and what becomes of their errors.

A command ``NAME`` is the click command called ``command`` in ``escalade/cli/NAME.py``.
Those files import only click at the top, so that help stays instant.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
from typing import Any

import click

import escalade
from escalade.errors import EscaladeError, ScenarioError, UsageError, did_you_mean

GROUPS = {
    "Start a case": ["new", "check", "run", "doctor", "completion"],
    "Answer whether war becomes more or less likely": ["compare", "why", "turns", "claims", "replay"],
    "Count raids, rates and crises": ["rate", "raid", "campaign", "crisis", "race", "stability", "facts"],
    "Share what came out": ["report", "lab", "cite", "export"],
    "Test against what happened": ["backtest"],
}
"""Commands by the question that brings a user here; those whose file does not exist are not shown."""

QUESTIONS = (
    ("run", "Does a missile shield make war more or less likely?", "escalade run iran-june-2025"),
    (
        "rate",
        "What does a rate like '90 % intercepted' mean?",
        "escalade rate 90% --of engaged --launched 1000 --threatening 25%",
    ),
    (
        "raid",
        "What gets through a shield, and how many interceptors does it take?",
        "escalade raid --shield arrow_3,davids_sling --threats ballistic=200",
    ),
    ("new", "What about a case of my own?", "escalade new my-case.yaml --from iran-june-2025"),
)
"""What ``escalade`` alone asks: the command that answers, the question, and how the command is given."""


class Failed(click.ClickException):
    """A failure that the user can understand, shown as it is: no traceback."""

    def show(self, file: Any = None) -> None:
        """Print the message to standard error."""
        click.echo(self.format_message(), file=file, err=True)


class WrongInput(Failed):
    """A failure that only the user can put right."""

    exit_code = 2


class Switchboard(click.Group):
    """A group whose commands are files beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands that exist, in the order of ``GROUPS``."""
        files = {module.name for module in pkgutil.iter_modules(importlib.import_module("escalade.cli").__path__)}
        return [name for names in GROUPS.values() for name in names if name in files]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, its file imported now; ``None`` if there is no such command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"escalade.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begins with; a usage error that proposes a near name otherwise."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            hint = did_you_mean(name, known, "escalade --help lists them")
            raise click.UsageError(f'no command "{name}"; {hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their questions."""
        known = set(self.list_commands(ctx))
        for question, names in GROUPS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names if name in known]
            rows = [(name, command.get_short_help_str(limit=200)) for name, command in commands if command]
            if rows:
                with formatter.section(question):
                    formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it could not do becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except (ScenarioError, UsageError) as error:
            raise WrongInput(str(error)) from error
        except EscaladeError as error:
            raise Failed(str(error)) from error
        except KeyboardInterrupt:
            click.echo("\ninterrupted", err=True)
            ctx.exit(130)


@click.group(
    cls=Switchboard,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command explains itself: escalade run --help",
)
@click.version_option(escalade.__version__, prog_name="escalade", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """How missile shields change the risk of war.

    Models of raids, crises and the years between them, at the level of public
    policy debate. Answers are conditional on assumptions: they are not forecasts.
    Alone, escalade asks what you want to know.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the output cannot write shows as ?, and stops nothing
            stream.reconfigure(errors="replace")
    if ctx.invoked_subcommand is None:
        click.echo(_questions(ctx))


def _questions(ctx: click.Context) -> str:
    known = main.list_commands(ctx)
    asked = [(question, command) for name, question, command in QUESTIONS if name in known]
    lines = [f"{number}. {question}\n   {command}" for number, (question, command) in enumerate(asked, 1)]
    more = "Every command: escalade --help. Is all in place here? escalade doctor"
    return "\n\n".join(["How missile shields change the risk of war. What do you want to know?", *lines, more])
