"""How missile shields change the risk of war: the public names.

Importing this imports nothing else; a name is looked up in its room when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from escalade.errors import EscaladeError, ScenarioError
    from escalade.scenario import load_scenario as load

__version__ = "0.1.0"

__all__ = ["EscaladeError", "ScenarioError", "__version__", "load"]

_HOMES = {
    "EscaladeError": ("escalade.errors", "EscaladeError"),
    "ScenarioError": ("escalade.errors", "ScenarioError"),
    "load": ("escalade.scenario", "load_scenario"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(importlib.import_module(module), attribute)
    globals()[name] = value  # the next look-up finds it without asking
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
