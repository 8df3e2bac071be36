"""The laboratory: one page that re-weighs a run's sets of assumptions, as a file or with a server on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalade.lab.ask import Answer
    from escalade.lab.setting import Lever


def at(
    folder: str | os.PathLike[str],
    policy: str | None = None,
    narrow: Mapping[str, tuple[float, float]] | None = None,
    levers: Mapping[str, Lever] | None = None,
) -> Answer:
    """The lab's answer at a setting: what its page shows, with all digits.

    Parameters
    ----------
    folder
        Folder of a run.
    policy
        Id of the policy that is compared with the baseline; the scenario's focus by default.
    narrow
        Lowest and highest value still held possible, by key of the input.
    levers
        Changes of the scenario by dotted path: a number, or ``{"times": x}`` of what is there. Crises are then solved
        anew, some seconds for a thousand sets of assumptions.

    Raises ``UsageError`` for names the run does not have, values that are not allowed, and ranges that no set of
    assumptions lies in.
    """
    from pathlib import Path

    from escalade.lab.ask import ask
    from escalade.lab.setting import Setting
    from escalade.study.results import stored

    return ask(stored(Path(folder)), Setting(policy, narrow or {}, levers or {}))
