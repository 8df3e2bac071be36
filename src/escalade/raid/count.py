"""The count of one raid: what gets through, what is used, and what becomes of everything launched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalade.raid.distribution import Distribution
from escalade.raid.shield import Raid


@dataclass(frozen=True)
class Losses:
    """What becomes of the objects of one class, expected numbers; those of a unit that failed count as its objects.

    launched : warheads and decoys of all units launched: the sum of the next four
    failed : of units that failed in flight
    intercepted : destroyed by some layer
    left_alone : harmless ones that nobody destroyed
    got_through : threatening ones that nobody destroyed
    threatening : threatening ones that arrived, of which ``stopped`` were intercepted
    """

    launched: float
    failed: float
    intercepted: float
    left_alone: float
    got_through: float
    threatening: float

    @property
    def arrived(self) -> float:
        """Objects of units that did not fail in flight."""
        return self.launched - self.failed

    @property
    def stopped(self) -> float:
        """Threatening objects that were intercepted."""
        return self.threatening - self.got_through


@dataclass(frozen=True)
class RaidCount:
    """Everything that is known of one raid.

    leakers : threatening objects that get through, by threat class
    total : the same of all classes together
    used : interceptors used, by layer name
    stopped : expected number of objects that the layer destroyed (before release: of units), by layer name
    refused : probability that the layer left something unengaged for want of interceptors or channels, by layer name
    losses : by threat class
    nights : nodes at which the common mode was evaluated; 0 where it was drawn
    draws : raids that were drawn; 0 where the count was computed, without any luck
    """

    raid: Raid
    leakers: Mapping[str, Distribution]
    total: Distribution
    used: Mapping[str, Distribution]
    stopped: Mapping[str, float]
    refused: Mapping[str, float]
    losses: Mapping[str, Losses]
    nights: int
    draws: int = 0

    @property
    def attack_cost(self) -> float:
        """Price of what was launched, US dollars."""
        return sum(threat.launched * threat.unit_cost for threat in self.raid.threats)

    @property
    def defence_cost(self) -> float:
        """Expected price of the interceptors used, US dollars."""
        return sum(layer.unit_cost * self.used[layer.name].mean for layer in self.raid.layers)


def losses(raid: Raid, got_through: Mapping[str, float], left_alone: Mapping[str, float]) -> dict[str, Losses]:
    """What becomes of the objects of every class, from the expected numbers that nobody destroyed."""
    found = {}
    for name in raid.classes:
        threats = raid.of_class(name)
        objects = [threat.launched * (threat.warheads + threat.decoys) for threat in threats]
        arrived = sum(n * threat.reliability for n, threat in zip(objects, threats, strict=True))
        found[name] = Losses(
            launched=sum(objects),
            failed=sum(objects) - arrived,
            intercepted=arrived - left_alone[name] - got_through[name],
            left_alone=left_alone[name],
            got_through=got_through[name],
            threatening=sum(t.launched * t.reliability * t.warheads * t.threatening for t in threats),
        )
    return found
