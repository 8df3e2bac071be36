"""Two sides that arm: worlds made by hand with no more in them than a theory needs, and their years without crises."""

from __future__ import annotations

from typing import Any

import numpy as np

from escalade.rivalry.path import Path, expected_paths
from escalade.worlds import World
from tests.verification.worlds_by_hand import BALLISTIC, Changes, bundle, layer, world_of

TOP = {"effort": 1.0, "cost": 0.0, "objective": 0.1, "counterforce": 0.0}
"""The one rung of force: everything is launched, at cities."""

MISSILE: Changes = {
    "stock": 0.0, "launch": 0.0, "whole_stock": 1, "reliability": 1.0, "threatening": 1.0, "low": 1, "high": 1,
    "exposed_launchers": 0.0, "exposed_stock": 0.0, "production": 0.0, "surge": 40.0, "lead": 0.0,
    "deaths": 250_000.0, "counterforce": 0.0, "unit_cost": 1e6,
}  # fmt: skip
"""Every unit counts, none is exposed, none is made in a normal year."""

SIDE: Changes = {"coverage": 0.0, "effect": 0.0, "sigma": 0.0, "truth": 0.0}
NO_SHIELD: Changes = layer({}, stock=0.0, reserve=0.0, production=0.0, surge=0.0)


def shield(interceptors: float, kill: float, shots: float = 1.0, **changes: Any) -> Changes:
    """A layer that works always and sees everything; nothing is made for it."""
    sure = {"availability": 1.0, "discrimination": 1.0, "reserve": 0.0, "channels": np.inf, "production": 0.0}
    return layer({BALLISTIC: kill}, stock=interceptors, shots=shots, **sure | {"surge": 0.0} | changes)


def rivals(
    first: Changes,
    second: Changes,
    arms: tuple[list[Changes], list[Changes]],
    layers: tuple[list[Changes], list[Changes]] = ([NO_SHIELD], [NO_SHIELD]),
    steps: tuple[Changes, Changes] = (TOP, TOP),
    **more: Any,
) -> World:
    """Two sides with these requirements, arms and layers, on a ladder of a threat and one rung of force."""
    talk = {"effort": 0.0, "cost": 0.0, "objective": 0.0}
    return world_of(
        {
            "sides": [{"uid": 0} | SIDE | first, {"uid": 1} | SIDE | second],
            "arms": [[MISSILE | arm for arm in side] for side in arms],
            "layers": list(layers),
            "beliefs": [[0.0, 0.0], [0.0, 0.0]],
            "steps": [[talk, step] for step in steps],
            "rungs": [(0.0, 0.0), (1.0, 0.0)],
            "rules": {"war_rung": 1},
            "rate": 1.0,
            "deliveries": [],
        }
        | more
    )


def path(world: World, years: int) -> Path:
    """The expected path of one world; arrays begin with the year."""
    worlds = bundle(world)
    found = expected_paths(worlds, worlds, np.array([0]), years)
    return Path(type(found.standing)(*(each[0] for each in found.standing)), *(each[0] for each in found[1:]))
