"""Where results come from: the software and the machine that computed them.

Nothing here tells the time or names a folder: the same run must leave the same
bytes wherever and whenever it is made.
"""

from __future__ import annotations

import math
import platform
import sys
from collections.abc import Mapping
from importlib import metadata
from typing import Any

LIBRARIES = ("numpy", "numba", "scipy", "polars")
"""Libraries whose version may move a last digit or a byte."""

FORMAT = 1
"""Version of the layout of ``provenance``."""


def provenance(*, scenario: str, seed: int, **asked: Any) -> dict[str, Any]:
    """All that it takes to compute a result again, as plain JSON values.

    scenario : hash of the scenario in its canonical form
    seed : key of all random numbers, 0 to 2^63 - 1
    asked : whatever else was asked for, by name: policies, numbers of worlds and histories, design

    Raises ``TypeError`` if something asked for is no plain JSON value (a mapping, list, tuple, string, finite
    number, truth value or None): it could not be written down and read back. Raises ``ValueError`` for other seeds.
    """
    if not 0 <= seed < 2**63:
        raise ValueError(f"seed {seed} is not between 0 and 2^63 - 1")
    return {
        "format": FORMAT,
        "software": software(),
        "machine": machine(),
        "scenario": scenario,
        "seed": seed,
        "asked": _plain(asked),
    }


def software() -> dict[str, str]:
    """Versions of this package, of Python and of the numerical libraries, by name."""
    from escalade import __version__

    return {"escalade": __version__, "python": platform.python_version()} | {
        name: metadata.version(name) for name in LIBRARIES
    }


def machine() -> dict[str, str]:
    """The kind of machine: operating system and processor architecture."""
    return {"system": sys.platform, "processor": platform.machine()}


def _plain(value: Any) -> Any:
    """Copy of ``value`` in JSON's own types."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise TypeError(f"{value!r} cannot be written as JSON")
