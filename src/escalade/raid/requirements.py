"""The raid the other way round: how many interceptors are needed, when a shield breaks, what a threat more costs.

All answers come from exact counts. For one class more interceptors never let more through, and more threats never
fewer, so that a bisection finds the one number at which the answer changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from escalade.errors import UsageError
from escalade.raid.count import RaidCount
from escalade.raid.exact import exact_raid
from escalade.raid.shield import Layer, Raid, Threat, nearest, share, whole
from escalade.raid.task import most_objects

MOST_THREATS = 10_000
"""Raid size at which the search for a breaking point ends."""

TOLERANCE = 1e-7
"""Error of a distribution function in searches: far less than any confidence that one would state."""

Counting = Callable[[Raid], RaidCount]
Member = TypeVar("Member", Layer, Threat)


@dataclass(frozen=True)
class Goal:
    """At most so many threatening objects get through (whole, >= 0), with that probability or more (inside 0 to 1)."""

    at_most: int
    confidence: float

    def __post_init__(self) -> None:
        whole("at most", self.at_most, 0)
        share("confidence", self.confidence)
        if self.confidence in (0.0, 1.0):
            raise UsageError(f"confidence is {self.confidence:g}; allowed: between 0 and 1, without the ends")

    def chance(self, count: RaidCount) -> float:
        """Probability that no more get through."""
        return count.total.at_most(self.at_most)

    def met(self, count: RaidCount) -> bool:
        """Whether that probability is high enough."""
        return self.chance(count) >= self.confidence


@dataclass(frozen=True)
class Requirement:
    """How many interceptors one layer needs.

    layer : its name
    stock : interceptors, reserve included; None where no stock would do
    chance : probability that at most the wanted number get through, with that stock (None: with an endless one)
    count : the raid with that stock
    """

    layer: str
    goal: Goal
    stock: int | None
    chance: float
    count: RaidCount


@dataclass(frozen=True)
class BreakingPoint:
    """The raid size at which a shield breaks.

    threat : name of what is launched
    launched : smallest number at which more than the goal's number get through with the goal's probability or more;
        None where that happens at no size up to ``MOST_THREATS``
    chance : probability that more get through, at that size (None: at the largest one)
    """

    threat: str
    goal: Goal
    launched: int | None
    chance: float


@dataclass(frozen=True)
class CostExchange:
    """What one threat more costs the defence, if it is met like the others, over what it costs the attack.

    threat : name of what is launched
    defence : expected price of the interceptors that one more takes with endless stocks and channels, US dollars
    attack : price of one more, US dollars
    """

    threat: str
    defence: float
    attack: float

    @property
    def ratio(self) -> float | None:
        """US dollars of the defence per US dollar of the attack; None where the threat has no price."""
        return self.defence / self.attack if self.attack > 0.0 else None


def sized_layer(raid: Raid, name: str | None = None) -> Layer:
    """The layer whose stock is asked about: the one called ``name``, or the last one with a stock that can run out.

    Raises ``UsageError`` where there is none.
    """
    if name is not None:
        return _named(raid.layers, name, "layer")
    limited = [layer for layer in raid.layers if math.isfinite(layer.stock)]
    if not raid.layers:
        raise UsageError("there is no layer whose interceptors could be counted; name a shield")
    return (limited or list(raid.layers))[-1]


def interceptors_needed(raid: Raid, goal: Goal, layer: str | None = None, count: Counting | None = None) -> Requirement:
    """The smallest stock of one layer with which a goal is met, everything else as it is.

    layer : name, by default as ``sized_layer``; count : counts a raid, exactly by default
    """
    counting, sized = count or _exactly, sized_layer(raid, layer)
    engaged = [t for t in raid.threats if sized.kill.get(t.threat_class, 0.0) > 0.0]
    enough = sized.reserve + sized.shots * sized.looks * most_objects(tuple(engaged))
    ample = counting(with_stock(raid, sized.name, enough))
    if not goal.met(ample):
        return Requirement(sized.name, goal, None, goal.chance(ample), ample)
    salvos = _first(
        lambda k: goal.met(counting(with_stock(raid, sized.name, sized.reserve + k * sized.shots))),
        (enough - sized.reserve) // sized.shots,
    )
    stock = sized.reserve + salvos * sized.shots if salvos else 0
    found = counting(with_stock(raid, sized.name, stock))
    return Requirement(sized.name, goal, stock, goal.chance(found), found)


def breaking_point(raid: Raid, goal: Goal, threat: str | None = None, count: Counting | None = None) -> BreakingPoint:
    """The smallest number of one threat with which more than ``goal.at_most`` get through, surely enough.

    threat : name, by default the first; everything else is launched as it is
    """
    counting = count or _exactly
    varied = raid.threats[0] if threat is None else _named(raid.threats, threat, "threat")

    def broken(launched: int) -> float:
        return 1.0 - goal.chance(counting(with_launched(raid, varied.name, launched)))

    size, most = 1, MOST_THREATS
    while size < most and broken(size) < goal.confidence:
        size *= 2
    size = min(size, most)
    if broken(size) < goal.confidence:
        return BreakingPoint(varied.name, goal, None, broken(most))
    launched = size // 2 + _first(lambda k: broken(size // 2 + k) >= goal.confidence, size - size // 2)
    return BreakingPoint(varied.name, goal, launched, broken(launched))


def cost_exchange(raid: Raid, threat: str) -> CostExchange:
    """What one more of a threat costs both sides at the margin, with stocks and channels that suffice.

    A shield that has run out would answer one more threat with nothing: that is no saving, so scarcity is left out.
    Nothing then binds, expected numbers are sums over units, and the margin is what a single unit takes.
    """
    one = replace(_named(raid.threats, threat, "threat"), launched=1)
    ample = tuple(replace(layer, stock=math.inf, channels=math.inf) for layer in raid.layers)
    single = _exactly(replace(raid, threats=(one,), layers=ample))
    return CostExchange(one.name, single.defence_cost, one.unit_cost)


OF_A_LAYER = ("stock", "reserve", "shots", "looks", "channels", "availability", "discrimination", "pk")
OF_A_THREAT = ("threats", "reliability", "threatening", "warheads", "decoys")
MOST_POINTS = 200


@dataclass(frozen=True)
class Sweep:
    """The same raid for several values of one number.

    what : one of ``OF_A_LAYER`` or ``OF_A_THREAT``; of : name of the layer or threat whose number it is
    values : in the order asked for; counts : the raid at each of them
    """

    what: str
    of: str
    values: tuple[float, ...]
    counts: tuple[RaidCount, ...]


def sweep(
    raid: Raid, what: str, values: Sequence[float], of: str | None = None, count: Counting | None = None
) -> Sweep:
    """Count the raid for several values of one number.

    what : a number of a layer or of a threat; ``threats`` is how many are launched, ``pk`` all kill probabilities
    of : name of the layer (by default as ``sized_layer``) or of the threat (by default the first)

    Raises ``UsageError`` for an unknown number, a value that is not allowed, or more than ``MOST_POINTS`` values.
    """
    counting = count or _exactly
    if what not in OF_A_LAYER + OF_A_THREAT:
        raise UsageError(f'a sweep cannot run over "{what}"; {nearest(what, OF_A_LAYER + OF_A_THREAT)}')
    if not 1 <= len(values) <= MOST_POINTS:
        raise UsageError(f"a sweep of {len(values)} values; allowed: 1 to {MOST_POINTS}")
    if what in OF_A_LAYER:
        layer = sized_layer(raid, of)
        raids = [_with_layer(raid, layer, what, value) for value in values]
        return Sweep(what, layer.name, tuple(values), tuple(counting(one) for one in raids))
    threat = raid.threats[0] if of is None else _named(raid.threats, of, "threat")
    raids = [_with_threat(raid, threat, what, value) for value in values]
    return Sweep(what, threat.name, tuple(values), tuple(counting(one) for one in raids))


def _with_layer(raid: Raid, layer: Layer, what: str, value: float) -> Raid:
    """The raid with another value of one number of a layer."""
    if what == "pk":
        changed = replace(layer, kill=dict.fromkeys(layer.kill, value))
    else:
        changed = replace(layer, **{what: _natural(value)})
    return replace(raid, layers=tuple(changed if one is layer else one for one in raid.layers))


def _with_threat(raid: Raid, threat: Threat, what: str, value: float) -> Raid:
    """The raid with another value of one number of a threat."""
    changed = replace(threat, **{"launched" if what == "threats" else what: _natural(value)})
    return replace(raid, threats=tuple(changed if one is threat else one for one in raid.threats))


def _natural(value: float) -> Any:
    """A whole number as such: counts are whole numbers, and a whole share is as good."""
    return int(value) if math.isfinite(value) and value == int(value) else value


def with_stock(raid: Raid, layer: str, stock: float) -> Raid:
    """The raid with another stock of one layer."""
    layers = tuple(replace(one, stock=stock) if one.name == layer else one for one in raid.layers)
    return replace(raid, layers=layers)


def with_launched(raid: Raid, threat: str, launched: int) -> Raid:
    """The raid with another number of one threat."""
    threats = tuple(replace(one, launched=launched) if one.name == threat else one for one in raid.threats)
    return replace(raid, threats=threats)


def _first(holds: Callable[[int], bool], most: int) -> int:
    """The smallest k in 0 .. most for which ``holds``, where it holds for all larger ones and for ``most``."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _exactly(raid: Raid) -> RaidCount:
    return exact_raid(raid, tolerance=TOLERANCE)


def _named(members: Sequence[Member], name: str, what: str) -> Member:
    """The layer or threat of that name, however it is spelt, or the only threat of the class of that name."""
    found = [member for member in members if _plain(member.name) == _plain(name)]
    found = found or [one for one in members if getattr(one, "threat_class", None) == name]
    if len(found) != 1:
        raise UsageError(f'no {what} is called "{name}"; {nearest(name, [member.name for member in members])}')
    return found[0]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
