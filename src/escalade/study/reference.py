"""Forces of the reference year: the year for which the answer per crisis is computed."""

from __future__ import annotations

from escalade.worlds import Worlds


def in_year(worlds: Worlds, year: int) -> Worlds:
    """Worlds whose first year has the forces of that year (from 1) on the expected path.

    The expected path is the years without crises: deliveries at the start of
    each year, normal production at its end. Later deliveries are not moved: the
    result is for crises of that one year. ``need``, the yardstick of success,
    stays that of the initial forces.
    """
    if year == 1:
        return worlds
    arms, layers = worlds.arms.copy(), worlds.layers.copy()
    arm_deliveries, layer_deliveries = worlds.arm_deliveries.copy(), worlds.layer_deliveries.copy()
    for records, deliveries in ((arms, arm_deliveries), (layers, layer_deliveries)):
        records["stock"] += deliveries[..., : year - 1].sum(axis=-1) + (year - 1) * records["production"]
        deliveries[..., 0] = deliveries[..., year - 1]
    return worlds._replace(arms=arms, layers=layers, arm_deliveries=arm_deliveries, layer_deliveries=layer_deliveries)
