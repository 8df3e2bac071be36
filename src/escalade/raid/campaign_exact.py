"""The exact campaign: the joint distribution of what is left of every stock, carried from day to day.

For one threat class without harmless objects. Given the night, a day is a raid in which each layer keeps, beside what
is live, what is left of its stock; nights of different days are independent, so that only stocks (and whether a layer
has ever refused for want of interceptors) carry over. Who takes part is decided once for all days.
"""

from __future__ import annotations

import math

import numpy as np

from escalade.raid.arrivals import arriving
from escalade.raid.campaign import Campaign, CampaignCount, Day, limited
from escalade.raid.distribution import Distribution
from escalade.raid.exact import LARGEST
from escalade.raid.exact_classes import TooLarge
from escalade.raid.joint import Joint, either, independent
from escalade.raid.mixing import Mixing, ordinary_night
from escalade.raid.nights import FOLLOWED, normal_table
from escalade.raid.passage import Block, serve, serve_last
from escalade.raid.shield import Layer
from escalade.raid.task import commitments, most_objects, tasks
from escalade.worlds import Reals

TOLERANCE = 1e-7
"""Error of every distribution function, for which the nights are chosen."""

STEPS = 1e11
"""Elementary steps after which a campaign is called too large: some ten seconds of one processor."""


def exact_campaign(campaign: Campaign, tolerance: float = TOLERANCE, steps: float = STEPS) -> CampaignCount:
    """The exact count of a campaign.

    tolerance : error of every distribution function of a day; steps : elementary steps after which it is given up

    Raises ``TooLarge`` where that is exceeded, for several threat classes, and where harmless objects or boost layers
    matter: draw such a campaign instead.
    """
    if most_objects(campaign.raid.threats) > LARGEST:
        raise TooLarge(f"a campaign of more than {LARGEST:,} objects a day is too large to be counted exactly")
    (task, *others) = tasks(campaign.raid)
    if others or not task.plain or task.boosts:
        raise TooLarge("only a campaign of one threat class without harmless objects can be counted exactly")
    raid = campaign.raid
    nights = ordinary_night(raid) if raid.sigma <= 0.0 else normal_table(raid, tolerance)
    counted = _Counted(campaign)
    for chance, works in commitments(raid, lasting=True):
        _Walk(campaign, nights, works, counted, chance, tolerance * FOLLOWED, steps).through_all_days()
    return counted.result()


class _Counted:
    """What has been added up over cases and nights, by day and layer."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        days, layers = range(1, campaign.days + 1), campaign.raid.layers
        most = max(most_objects(campaign.raid_of(day).threats, harmless=False) for day in days)
        self.leakers = [np.zeros(most + 1) for _ in days]
        self.used = [[np.zeros(layer.looks * most + 1) for layer in layers] for _ in days]
        self.stock: list[dict[str, list[Joint]]] = [{layer.name: [] for layer in limited(campaign)} for _ in days]
        self.refused = [dict.fromkeys((layer.name for layer in limited(campaign)), 0.0) for _ in days]

    def result(self) -> CampaignCount:
        """Everything as distributions."""
        days = tuple(self._day(day) for day in range(1, self.campaign.days + 1))
        reserve = {
            name: np.diff([day[name] for day in self.refused], prepend=0.0).clip(0.0) for name in self.refused[0]
        }
        return CampaignCount(self.campaign, days, reserve)

    def _day(self, day: int) -> Day:
        raid, leakers = self.campaign.raid_of(day), Distribution.of(self.leakers[day - 1])
        low, high = leakers.interval()
        per_hit = deaths_per_hit(self.campaign)
        return Day(
            launched={threat.name: threat.launched for threat in raid.threats},
            leakers=leakers,
            deaths=per_hit * leakers.mean,
            deaths_range=(per_hit * low, per_hit * high),
            used={
                layer.name: Distribution.of(used, layer.shots)
                for layer, used in zip(raid.layers, self.used[day - 1], strict=True)
            },
            stock={name: _stock(parts) for name, parts in self.stock[day - 1].items()},
        )


def deaths_per_hit(campaign: Campaign) -> float:
    """Deaths per hit of a campaign of one class: the mean over what arrives."""
    threats = campaign.raid.threats
    arrive = [t.launched * t.reliability * t.warheads * t.threatening for t in threats]
    deaths = sum(number * threat.deaths for number, threat in zip(arrive, threats, strict=True))
    return deaths / sum(arrive) if sum(arrive) > 0.0 else 0.0


def _stock(parts: list[Joint]) -> Distribution:
    """What is left of one stock, from its distributions in all cases of who takes part."""
    found = either(parts)
    return Distribution.of(found.chance, first=found.starts[0])


class _Walk:
    """One case of who takes part, through all days.

    A state has two axes for every layer of finite stock: its stock, and whether it has refused for want of it. During a
    day one more axis says how many objects are live.
    """

    def __init__(
        self,
        campaign: Campaign,
        nights: Mixing,
        works: Reals,
        counted: _Counted,
        chance: float,
        cut: float,
        most: float,
    ):
        self.campaign, self.nights, self.works = campaign, nights, works
        self.counted, self.chance, self.cut = counted, chance, cut
        self.steps, self.most_steps = 0.0, most
        names = [layer.name for layer in limited(campaign)]
        self.axes = {name: 2 * place for place, name in enumerate(names)}

    def through_all_days(self) -> None:
        """Add every day to what is counted."""
        layers = limited(self.campaign)
        starts = tuple(start for layer in layers for start in (int(layer.stock), 0))
        state = Joint(starts, np.ones((1,) * len(starts)))
        for day in range(1, self.campaign.days + 1):
            arrived = [self.campaign.arriving(layer, day) for layer in layers]
            starts = tuple(start + (0 if axis % 2 else arrived[axis // 2]) for axis, start in enumerate(state.starts))
            state = self._day(day, Joint(starts, state.chance))
            for layer in layers:
                axis = self.axes[layer.name]
                stock, refused = state.along(axis), state.along(axis + 1)
                self.counted.stock[day - 1][layer.name].append(Joint((state.starts[axis],), self.chance * stock))
                flagged = float(refused[1 - state.starts[axis + 1] :].sum())
                self.counted.refused[day - 1][layer.name] += self.chance * flagged

    def _day(self, day: int, state: Joint) -> Joint:
        """The state in the evening of a day."""
        threats = self.campaign.raid_of(day).threats
        live = Joint((0,), arriving(threats, self.cut)).trimmed(self.cut)
        evening: Joint | None = None
        for weight, kill in zip(self.nights.weight, self.nights.kill[:, :, 0], strict=True):
            if weight < self.cut:
                continue
            now = independent([state, Joint(live.starts, weight * live.chance)])
            for l, layer in enumerate(self.campaign.raid.layers):
                now = self._meet(day, l, layer, float(kill[l]), now)
            leakers = now.along(now.chance.ndim - 1)
            first = now.starts[-1]
            self.counted.leakers[day - 1][first : first + leakers.size] += self.chance * leakers
            left = Joint(now.starts[:-1], now.chance.sum(axis=-1))
            evening = left if evening is None else either([evening, left])
        assert evening is not None  # some night has a weight
        return evening.trimmed(self.cut)

    def _meet(self, day: int, l: int, layer: Layer, kill: float, now: Joint) -> Joint:
        """What a layer leaves, with the layer and without it."""
        works, used = float(self.works[l]), self.counted.used[day - 1][l]
        if layer.kill.get(self.campaign.raid.classes[0], 0.0) <= 0.0:
            works = 0.0
        used[0] += self.chance * (1.0 - works) * now.chance.sum()
        parts = [Joint(now.starts, (1.0 - works) * now.chance)] if works < 1.0 else []
        there = Joint(now.starts, works * now.chance)
        if works > 0.0 and layer.name in self.axes:
            parts += self._limited(layer, kill, there, used)
        elif works > 0.0:
            parts.append(self._endless(layer, kill, there, used))
        return either(parts).trimmed(self.cut)

    def _endless(self, layer: Layer, kill: float, now: Joint, used: Reals) -> Joint:
        """A working layer that no stock limits."""
        most = now.starts[-1] + now.chance.shape[-1] - 1
        able = int(min(self.campaign.raid.channels(layer), layer.looks * most))
        block = Block(able, now.starts[-1], now.chance.reshape(1, -1, now.chance.shape[-1]))
        self._work(block.chance.size * now.chance.shape[-1] * layer.looks)
        passed = serve_last(block, layer.looks, kill, self.cut)
        used[able::-1] += self.chance * passed.able
        used[able] += self.chance * passed.spent
        return Joint((*now.starts[:-1], 0), passed.live.reshape(*now.chance.shape[:-1], -1))

    def _limited(self, layer: Layer, kill: float, now: Joint, used: Reals) -> list[Joint]:
        """A working layer of finite stock: every stock by itself."""
        axis = self.axes[layer.name]
        parts = []
        for place in np.flatnonzero(now.along(axis) >= self.cut):
            stock = now.starts[axis] + int(place)
            parts += self._one_stock(layer, kill, stock, now, np.take(now.chance, place, axis=axis), used)
        return parts or [now]

    def _one_stock(self, layer: Layer, kill: float, stock: int, now: Joint, chance: Reals, used: Reals) -> list[Joint]:
        """What is left where the layer begins with that stock; chance : of everything but its stock [..., live]."""
        axis, others, columns = self.axes[layer.name], chance.shape[:-1], chance.shape[-1]
        most = now.starts[-1] + columns - 1
        salvos = max(0, (stock - layer.reserve) // layer.shots)
        able = int(min(salvos, self.campaign.raid.channels(layer), layer.looks * most))
        block = Block(able, now.starts[-1], np.ascontiguousarray(chance.reshape(1, -1, columns)))
        self._work(block.chance.size * columns * layer.looks * min(able + 1, columns))
        block, spent = serve(block, layer.looks, kill, self.cut)
        rows, live = block.chance.shape[0], block.chance.shape[2]
        used[able - block.able - np.arange(rows)] += self.chance * block.chance.sum(axis=(1, 2))
        used[able] += self.chance * spent.sum()
        left = np.zeros((layer.shots * (rows - 1) + 1, *others, live))
        left[:: layer.shots] = block.chance.reshape(rows, *others, live)
        first = stock - layer.shots * (able - block.able)
        starts = list(now.starts)
        starts[axis], starts[-1] = first, block.live
        parts = [Joint(tuple(starts), np.moveaxis(left, 0, axis))]
        if spent.any():
            starts[axis], starts[-1] = stock - layer.shots * able, 0
            over = spent.reshape(*others, -1)
            if salvos < self.campaign.raid.channels(layer):  # for want of interceptors, from now on remembered
                over, starts[axis + 1] = over.sum(axis=axis, keepdims=True), 1
            parts.append(Joint(tuple(starts), np.expand_dims(over, axis)))
        return parts

    def _work(self, steps: float) -> None:
        self.steps += steps
        if self.steps > self.most_steps or not math.isfinite(steps):
            raise TooLarge("this campaign is too large to be counted exactly")
