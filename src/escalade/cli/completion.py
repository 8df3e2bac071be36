"""``escalade completion``: the script with which a shell completes commands, options and names."""

from __future__ import annotations

import click

SHELLS = {
    "bash": ("~/.bashrc", 'eval "$(escalade completion bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(escalade completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "escalade completion fish | source"),
}
"""By shell: the file that it reads when it starts, and the line to put there."""


@click.command(
    short_help="Print the script with which a shell completes names.",
    epilog="\b\nTo have it in every new terminal, add the line to the file:\n"
    + "\n".join(f"  {line:<42}{file}" for file, line in SHELLS.values())
    + "\n\nExample: escalade completion bash",
)
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(shell: str) -> None:
    """Print the script with which SHELL completes commands, options, scenarios and policies."""
    from click.shell_completion import get_completion_class

    from escalade.cli.main import main

    completer = get_completion_class(shell)
    assert completer is not None  # the three that click knows
    click.echo(completer(main, {}, "escalade", "_ESCALADE_COMPLETE").source())
