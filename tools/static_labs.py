"""The static lab of every bundled scenario, for the documentation: ``python -m tools.static_labs RUNS PAGES``.

Runs are kept, and made again only where scenario or model have changed: the first time takes some minutes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from escalade.errors import UsageError
from escalade.lab.page import static_page
from escalade.scenario import bundled_names, load_scenario
from escalade.study.plan import Effort, Plan, plan
from escalade.study.results import StoredRun
from escalade.study.run import run

SIZES = Effort(candidates=1024, worlds=32, histories=16)
"""Enough sets of assumptions to be narrowed, and a few years to tell stories of."""


def main(arguments: list[str]) -> int:
    """Make what is missing; 0, or 2 for wrong arguments."""
    if len(arguments) != 2:
        print("python -m tools.static_labs RUNS PAGES", file=sys.stderr)
        return 2
    runs, pages = map(Path, arguments)
    pages.mkdir(parents=True, exist_ok=True)
    for name in bundled_names():
        found = made(plan(load_scenario(name), effort=SIZES), runs / f"{name}.run")
        (pages / f"{name}.html").write_text(static_page(found), "utf-8")
        print(f"{name}.html", file=sys.stderr)
    return 0


def made(asked: Plan, folder: Path) -> StoredRun:
    """The run in a folder; one of another scenario or model gives way to it."""
    try:
        return run(asked, folder)
    except UsageError:
        shutil.rmtree(folder)
        return run(asked, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
