"""The same worlds with another shield or other forces: what an index of stability is compared across.

Two kinds of defence have opposite effects and are never one number: a shield over what a side values takes the sting
out of an answer, forces that outlive a first strike put it back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from escalade.worlds import Worlds

SAVED_UNDER_ATTACK = 0.9
"""Share of a side's land-based missiles that leave before they are hit, if it launches under attack (Kent and Thaler
1989, page 35, note 4, as a public implementation quotes it)."""


def interceptors(worlds: Worlds, side: int) -> NDArray[np.float64]:
    """Interceptors in all layers of a side in the first year [world]."""
    found = worlds.layers["stock"][:, side] + worlds.layer_deliveries[:, side, :, 0]
    return np.asarray(found.sum(axis=1), dtype=np.float64)


def with_shield(worlds: Worlds, side: int, size: float) -> Worlds:
    """Worlds in which a side's shield has ``size`` interceptors, shared among its layers as they were.

    Stocks, reserves and channels grow and shrink together: more interceptors come with more that can be guided at once.
    Numbers are not rounded. Raises ``ValueError`` in worlds where the side has none to begin with.
    """
    there = interceptors(worlds, side)
    if (there <= 0.0).any():
        raise ValueError(f"side {side} has no interceptors that could be made more or fewer")
    factor = (size / there)[:, None]
    layers, deliveries = worlds.layers.copy(), worlds.layer_deliveries.copy()
    for field in ("stock", "reserve", "channels"):
        # An endless number of channels stays endless, of no interceptors too.
        endless = np.isinf(layers[field][:, side])
        layers[field][:, side] = np.where(endless, np.inf, np.where(endless, 0.0, layers[field][:, side]) * factor)
    deliveries[:, side] *= factor[..., None]
    return worlds._replace(layers=layers, layer_deliveries=deliveries)


def without_shield(worlds: Worlds, side: int) -> Worlds:
    """Worlds in which a side has no interceptors."""
    layers, deliveries = worlds.layers.copy(), worlds.layer_deliveries.copy()
    layers["stock"][:, side] = 0.0
    deliveries[:, side] = 0.0
    return worlds._replace(layers=layers, layer_deliveries=deliveries)


def with_exposure(worlds: Worlds, side: int, share: float) -> Worlds:
    """Worlds in which a first strike can reach the share ``share`` of all arms of a side (0: survivable)."""
    arms = worlds.arms.copy()
    for field in ("exposed_launchers", "exposed_stock"):
        arms[field][:, side] = np.where(arms["low"][:, side] <= arms["high"][:, side], share, 0.0)
    return worlds._replace(arms=arms)


def launching_under_attack(
    worlds: Worlds, side: int, classes: Sequence[int], saved: float = SAVED_UNDER_ATTACK
) -> Worlds:
    """Worlds in which a side's arms of these threat classes mostly leave before a first strike arrives.

    classes : indices of the classes of land-based missiles
    saved : share of what was exposed that leaves in time
    """
    arms = worlds.arms.copy()
    prompt = np.isin(arms["cls"][:, side], list(classes))
    for field in ("exposed_launchers", "exposed_stock"):
        arms[field][:, side] = np.where(prompt, 1.0 - saved, 1.0) * arms[field][:, side]
    return worlds._replace(arms=arms)
