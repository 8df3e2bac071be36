"""Which run a lab is of: a folder, a scenario whose crises are solved first, or that of a link."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalade.lab.setting import Link, Setting
    from escalade.scenario import Scenario
    from escalade.study.results import StoredRun

CANDIDATES = 256
"""Sets of assumptions whose crises are solved where a scenario has no run yet."""


@contextmanager
def opened(what: str | None, link: str | None) -> Iterator[tuple[StoredRun, Setting]]:
    """The run, and the setting at which it opens.

    Raises ``UsageError`` if neither a run, nor a scenario, nor a link says which.
    """
    from escalade.ensemble.storage import MANIFEST
    from escalade.errors import UsageError
    from escalade.lab.setting import Setting, from_fragment
    from escalade.scenario import load_scenario
    from escalade.study.results import stored

    if what is not None and "#lab=" in what:
        what, link = None, what
    found = from_fragment(link) if link else None
    setting = found.setting if found else Setting()
    name = what or (_named(found) if found else None)
    if name is None:
        raise UsageError("say which scenario, which run, or give a link: escalade lab iran-june-2025")
    if (Path(name) / MANIFEST).is_file():
        run = stored(Path(name))
        _require_same(found, run)
        yield run, setting
        return
    scenario = load_scenario(name)
    near = Path(f"{scenario.name}.run")
    if (near / MANIFEST).is_file() and _is_of(near, scenario):
        run = stored(near)
        _require_same(found, run)
        yield run, setting
        return
    with tempfile.TemporaryDirectory(prefix="escalade-lab-") as folder:
        run = _solved(scenario, Path(folder) / near.name)
        _require_same(found, run)
        yield run, setting


def _named(link: Link) -> str:
    """The run or the bundled scenario that a link names; others may have made the link, so it never names a path.

    Raises ``UsageError`` if neither is there.
    """
    from escalade.ensemble.storage import MANIFEST
    from escalade.errors import UsageError
    from escalade.scenario import bundled_names

    if link.scenario in bundled_names():
        return link.scenario
    run = f"{link.scenario}.run"
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", link.scenario) and (Path(run) / MANIFEST).is_file():
        return run
    raise UsageError(f'the link is of scenario "{link.scenario[:80]}", which is not here; name its run as well')


def _is_of(folder: Path, scenario: Scenario) -> bool:
    """Whether a folder holds a run of that scenario as it is now."""
    import hashlib

    from escalade.ensemble.storage import RunFolder
    from escalade.scenario import canonical_yaml

    digest = hashlib.sha256(canonical_yaml(scenario).encode()).hexdigest()
    return bool(RunFolder(folder).manifest().get("run", {}).get("scenario") == digest)


def _solved(scenario: Scenario, folder: Path) -> StoredRun:
    """A run of a scenario with exact crises only, made now."""
    from escalade.cli.progress import listener
    from escalade.lab.solved import crises_only
    from escalade.report.sentences import so_far, wording
    from escalade.study.plan import Effort, plan

    words = wording(scenario)
    progress = listener(lambda comparison: so_far(comparison, comparison.pairs[0].policy, words))
    try:
        return crises_only(plan(scenario, effort=Effort(CANDIDATES, 64, 16)), folder, progress)
    finally:
        progress.close()


def _require_same(link: Link | None, run: StoredRun) -> None:
    """Say so where a link was made for another scenario: it may lead to other numbers."""
    import click

    if link is not None and not run.plan.scenario_hash.startswith(link.hash or "-"):
        click.echo("The link was made for another scenario, or another version: numbers may differ.", err=True)
