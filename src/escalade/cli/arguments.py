"""Arguments that several commands take, and what a shell proposes for them.

A shell asks anew at every press of the key, so proposals come from names of files
and small texts; whatever cannot be read proposes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType


class ScenarioName(StringParamType):
    """A bundled scenario's name, or a file; which of them it is, loading finds out."""

    name = "scenario"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Bundled names, and files."""
        from escalade.scenario.sources import bundled_names

        return [*_beginning(bundled_names(), incomplete), CompletionItem(incomplete, type="file")]


class RunFolderPath(click.Path):
    """The folder of a run."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Folders that hold a run; any folder, on the way to one."""
        from escalade.ensemble.storage import MANIFEST

        runs = (str(manifest.parent) for manifest in sorted(Path().glob(f"*/{MANIFEST}")))
        return _beginning(runs, incomplete) or [CompletionItem(incomplete, type="dir")]


class PolicyName(StringParamType):
    """A policy of the scenario, or of the run, that the same command names."""

    name = "policy"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Policies of what was named before."""
        names = [name for name in ctx.args if not name.startswith("-")]  # an option without its value hides them there
        if any(part.name == "run" for part in ctx.command.params):
            found = _policies_of_run(ctx.params.get("run") or "".join(names[:1]))
        else:
            found = _policies_of_scenario(ctx.params.get("scenario") or "".join(names[:1]))
        return _beginning(found, incomplete)


def _policies_of_run(folder: str | Path) -> list[str]:
    """Policies of a run, as its manifest tells them; none if it cannot be read."""
    from escalade.ensemble.storage import MANIFEST

    with suppress(OSError, ValueError, KeyError, TypeError):
        manifest = json.loads((Path(folder) / MANIFEST).read_text("utf-8"))
        return [str(name) for name in manifest["run"]["policies"]]
    return []


def _policies_of_scenario(name: str) -> list[str]:
    """Policies of a scenario; none if it cannot be read."""
    from escalade.errors import ScenarioError
    from escalade.scenario.loading import load_scenario

    with suppress(ScenarioError):
        return list(load_scenario(name).policies)
    return []


def _beginning(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


SCENARIO, RUN, POLICY = ScenarioName(), RunFolderPath(), PolicyName()
