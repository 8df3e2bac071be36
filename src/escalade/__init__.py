"""How missile shields change the risk of war: the public names.

Importing this imports nothing else; a name is looked up in its room when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from escalade.api.case import Case, load
    from escalade.api.comparison import Comparison
    from escalade.api.crisis import Crisis
    from escalade.api.replay import Replay
    from escalade.api.run import Run, Step, open_run
    from escalade.api.structure import Structure
    from escalade.api.turns import Turns
    from escalade.api.why import Why
    from escalade.errors import EscaladeError, ScenarioError, UsageError

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Comparison",
    "Crisis",
    "EscaladeError",
    "Replay",
    "Run",
    "ScenarioError",
    "Step",
    "Structure",
    "Turns",
    "UsageError",
    "Why",
    "__version__",
    "load",
    "open_run",
]

_HOMES = {
    "Case": "escalade.api.case",
    "Comparison": "escalade.api.comparison",
    "Crisis": "escalade.api.crisis",
    "EscaladeError": "escalade.errors",
    "Replay": "escalade.api.replay",
    "Run": "escalade.api.run",
    "ScenarioError": "escalade.errors",
    "Step": "escalade.api.run",
    "Structure": "escalade.api.structure",
    "Turns": "escalade.api.turns",
    "UsageError": "escalade.errors",
    "Why": "escalade.api.why",
    "load": "escalade.api.case",
    "open_run": "escalade.api.run",
}
"""The room of every public name."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value  # the next look-up finds it without asking
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
