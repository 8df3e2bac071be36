"""Write the licences of everything that escalade needs at run time: ``python tools/licences.py``.

The page is ``docs/reference/licences.md``; names and licences are those that the installed packages state.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.markers import Marker

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "licences.md"

HEAD = """# Licences of dependencies

escalade itself is under the [Apache License 2.0](https://www.apache.org/licenses/LICENSE-2.0). Installing it installs
these packages, and those that they need. The table is made from what the packages state (`python tools/licences.py`).

| package | licence |
| --- | --- |
"""

UNKNOWN = "see the package"
"""Where a package states nothing."""

LONGEST = 60
"""Longest statement that is a name of a licence and not its text."""


def direct(name: str) -> list[str]:
    """Names of the packages that a package needs to run here; extras are left out."""
    found = []
    for line in distribution(name).requires or ():
        requirement, _, marker = line.partition(";")
        wanted = re.match(r"[\w.-]+", requirement.strip())
        if wanted and "extra" not in marker and (not marker.strip() or Marker(marker.strip()).evaluate()):
            found.append(re.sub(r"[-_.]+", "-", wanted.group()).lower())
    return found


def needed(name: str) -> dict[str, Distribution]:
    """The packages that a package needs to run, and those that they need, by name."""
    found: dict[str, Distribution] = {}
    waiting = direct(name)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = distribution(key)
            waiting += direct(key)
    return found


def licence(package: Distribution) -> str:
    """What a package says about its licence: an expression, a short statement, or its classifiers."""
    for field in ("License-Expression", "License"):
        (stated, *_) = package.metadata.get_all(field) or ("",)
        if stated and len(stated) <= LONGEST and "\n" not in stated:
            return stated
    names = [each for each in package.metadata.get_all("Classifier") or () if each.startswith("License ::")]
    return ", ".join(name.rsplit(" :: ", 1)[-1] for name in names) or UNKNOWN


def page() -> str:
    """The page as text."""
    rows = (f"| {name} | {licence(package)} |" for name, package in sorted(needed("escalade").items()))
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
