"""Days of raids: what gets through day by day, and when a layer has to save its last interceptors.

Every day is one raid. The attacker launches a daily number of each threat, as long as his stock lasts, less what his
losses of launchers take; the shield's stocks carry over and are topped up every morning from the second on. The *day of
reserve* of a layer is the first day on which it refuses an engagement for want of interceptors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from escalade.errors import UsageError
from escalade.raid.distribution import Distribution
from escalade.raid.shield import Layer, Raid, not_negative, share, whole
from escalade.worlds import Reals

MOST_DAYS = 250
"""Days of a campaign: each is one move of an address of luck."""


@dataclass(frozen=True)
class Campaign:
    """Days of raids on one shield.

    raid : what is launched on the first day, and the shield as it stands that morning
    days : whole, 1 to ``MOST_DAYS``
    resupply : interceptors that arrive every morning from the second day on, by layer name (>= 0, may be fractional:
        whole ones arrive as they add up)
    stocks : units that the attacker has, by threat name; endless where left out
    launchers_lost : share of the launchers lost every day, 0 to 1

    Raises ``UsageError`` where a value is not allowed.
    """

    raid: Raid
    days: int
    resupply: Mapping[str, float] = field(default_factory=dict)
    stocks: Mapping[str, int] = field(default_factory=dict)
    launchers_lost: float = 0.0

    def __post_init__(self) -> None:
        whole("days", self.days, 1, MOST_DAYS)
        share("launchers lost", self.launchers_lost)
        for name, number in self.resupply.items():
            not_negative(f"{name}: resupply", number)
        for name, stock in self.stocks.items():
            whole(f"{name}: stock", stock, 0)
        unknown = set(self.resupply) - {layer.name for layer in self.raid.layers}
        unknown |= set(self.stocks) - {threat.name for threat in self.raid.threats}
        if unknown:
            raise UsageError(f'neither layer nor threat is called "{min(unknown)}"')

    def launched(self, day: int) -> tuple[int, ...]:
        """Units launched on a day (from 1), by threat: whole ones, within the launchers and the stock that are left."""
        return tuple(self._launched(k, day) for k in range(len(self.raid.threats)))

    def raid_of(self, day: int) -> Raid:
        """The raid of a day, on the shield of the first morning."""
        out = zip(self.raid.threats, self.launched(day), strict=True)
        return replace(self.raid, threats=tuple(replace(threat, launched=number) for threat, number in out))

    def arriving(self, layer: Layer, day: int) -> int:
        """Interceptors that arrive on the morning of a day (from 1)."""
        rate = self.resupply.get(layer.name, 0.0)
        return 0 if day == 1 else math.floor(rate * (day - 1) + 1e-9) - math.floor(rate * (day - 2) + 1e-9)

    def _launched(self, k: int, day: int) -> int:
        threat = self.raid.threats[k]
        left: float = self.stocks.get(threat.name, math.inf)
        number = 0
        for d in range(day):
            number = int(min(left, math.floor(threat.launched * (1.0 - self.launchers_lost) ** d + 1e-9)))
            left -= number
        return number


@dataclass(frozen=True)
class Day:
    """One day of a campaign.

    launched : units, by threat name
    leakers : threatening objects that get through, all classes together
    deaths, deaths_range : expected deaths where hits meet people without shelter, and the 90 % range
    used : interceptors, by layer name
    stock : interceptors in the evening, by name of the layers whose stock is finite
    """

    launched: Mapping[str, int]
    leakers: Distribution
    deaths: float
    deaths_range: tuple[float, float]
    used: Mapping[str, Distribution]
    stock: Mapping[str, Distribution]


@dataclass(frozen=True)
class CampaignCount:
    """Everything that is known of a campaign.

    days : in order
    reserve : by name of the layers whose stock is finite, the probability of every day (from 1) to be the day of
        reserve [day]; what is missing from 1 is the probability that the layer never refuses for want of interceptors
    draws : campaigns that were drawn; 0 where the count was computed, without any luck
    """

    campaign: Campaign
    days: tuple[Day, ...]
    reserve: Mapping[str, Reals]
    draws: int = 0

    @property
    def leakers(self) -> float:
        """Expected number that gets through in all."""
        return sum(day.leakers.mean for day in self.days)

    @property
    def deaths(self) -> float:
        """Expected deaths in all."""
        return sum(day.deaths for day in self.days)

    def used(self, layer: str) -> float:
        """Expected number of interceptors that a layer uses in all."""
        return sum(day.used[layer].mean for day in self.days)

    def reserve_day(self, layer: str, share: float) -> int | None:
        """First day by which the layer has refused with probability ``share`` or more; None: it never is so sure."""
        reached = 0.0
        for day, chance in enumerate(self.reserve[layer], 1):
            reached += float(chance)
            if reached >= share - 1e-9:
                return day
        return None


def limited(campaign: Campaign) -> tuple[Layer, ...]:
    """The layers whose stock is finite, in order."""
    return tuple(layer for layer in campaign.raid.layers if math.isfinite(layer.stock))
