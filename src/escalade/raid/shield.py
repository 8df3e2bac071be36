"""What goes out and what stands in its way: one raid in words and numbers, checked.

These are the inputs of everything that counts raids without a scenario: the exact
distribution, requirements, campaigns. Kernels read record arrays (``worlds``);
``records`` makes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from escalade.errors import UsageError, did_you_mean
from escalade.worlds import ARM, LAYER, THREAT_CLASSES, Reals, Records, Wholes

SERVED_FIRST = (
    "icbm", "slbm", "hypersonic", "ballistic", "aircraft", "cruise", "drone", "rocket", "ground", "tunnel",
)  # fmt: skip
"""Threat classes from the largest warhead to the smallest: the order of those whose deaths per hit are equal."""

MOST = 1_000_000
"""Units launched, or interceptors in stock: an endless stock is written as such."""

MOST_LOOKS = 8
"""Tries per raid that have an address for their luck."""


@dataclass(frozen=True)
class Threat:
    """Units of one kind that are launched in one raid.

    name : as people read it
    threat_class : one of ``THREAT_CLASSES``
    launched : units, whole, 0 to ``MOST``
    reliability : probability that a unit does not fail in flight
    threatening : probability that an object it carries would hit something that matters if nobody stopped it
    warheads : objects that a unit releases (whole, 1 to 100); decoys : harmless objects that it releases besides (>= 0)
    deaths : per hit; classes are served from the most to the least deadly
    unit_cost : US dollars

    Raises ``UsageError`` where a value is not allowed.
    """

    name: str
    threat_class: str
    launched: int
    reliability: float = 1.0
    threatening: float = 1.0
    warheads: int = 1
    decoys: float = 0.0
    deaths: float = 0.0
    unit_cost: float = 0.0

    def __post_init__(self) -> None:
        known_class(self.threat_class)
        whole(f"{self.name}: launched", self.launched, 0, MOST)
        share(f"{self.name}: reliability", self.reliability)
        share(f"{self.name}: threatening", self.threatening)
        whole(f"{self.name}: warheads", self.warheads, 1, 100)
        for what in ("decoys", "deaths", "unit_cost"):
            not_negative(f"{self.name}: {what}", getattr(self, what))

    @property
    def has_harmless(self) -> bool:
        """Whether some of what it carries would hit nothing."""
        return self.threatening < 1.0 or self.decoys > 0.0


@dataclass(frozen=True)
class Layer:
    """One defensive system in a shield.

    name : as people read it
    kill : probability that one shot stops one threat, by threat class; classes left out are not engaged
    shots : interceptors fired at an object at once (whole, 1 to 100)
    looks : tries per raid (whole, 1 to ``MOST_LOOKS``)
    stock, reserve : interceptors at the start and kept back (whole, 0 to ``MOST``; a stock may be infinite)
    channels : objects that can be engaged in one raid (>= 0, may be infinite)
    availability : probability that the layer works in a raid
    partner : whose layer it is, None for one's own; commitment : probability that the partner takes part
    discrimination : probability that a harmless object is recognised
    boost : whether it meets units before they release what they carry
    unit_cost : US dollars per interceptor

    Raises ``UsageError`` where a value is not allowed.
    """

    name: str
    kill: Mapping[str, float]
    shots: int = 1
    looks: int = 1
    stock: float = math.inf
    reserve: int = 0
    channels: float = math.inf
    availability: float = 1.0
    partner: str | None = None
    commitment: float = 1.0
    discrimination: float = 1.0
    boost: bool = False
    unit_cost: float = 0.0

    def __post_init__(self) -> None:
        for threat_class, kill in self.kill.items():
            known_class(threat_class)
            share(f"{self.name}: kill probability against {threat_class}", kill)
        whole(f"{self.name}: shots", self.shots, 1, 100)
        whole(f"{self.name}: looks", self.looks, 1, MOST_LOOKS)
        if not math.isinf(self.stock):
            whole(f"{self.name}: stock", self.stock, 0, MOST)
        whole(f"{self.name}: reserve", self.reserve, 0, MOST)
        not_negative(f"{self.name}: channels", self.channels, endless=True)
        for what in ("availability", "commitment", "discrimination"):
            share(f"{self.name}: {what}", getattr(self, what))
        not_negative(f"{self.name}: unit_cost", self.unit_cost)

    @property
    def salvos(self) -> float:
        """Engagements that the stock above the reserve allows (whole, or infinite)."""
        return max(0.0, np.floor((self.stock - self.reserve) / self.shots))


@dataclass(frozen=True)
class Raid:
    """One raid on one shield.

    threats : what is launched
    layers : the shield, in the order in which threats meet it (those of the boost phase first, whatever the order)
    sigma : standard deviation of the common mode, a logit shift of all kill probabilities in one raid, >= 0
    shift : logit shift of all kill probabilities: what countermeasures have taken, <= 0
    raids : raids close together that count as one, with so many times the channels (whole, >= 1)

    Raises ``UsageError`` where a value is not allowed.
    """

    threats: tuple[Threat, ...]
    layers: tuple[Layer, ...]
    sigma: float = 0.0
    shift: float = 0.0
    raids: int = 1

    def __post_init__(self) -> None:
        if not self.threats:
            raise UsageError("a raid needs threats")
        not_negative("common mode", self.sigma)
        whole("raids", self.raids, 1)
        _distinct("threats", [threat.name for threat in self.threats])
        _distinct("layers", [layer.name for layer in self.layers])

    @property
    def classes(self) -> tuple[str, ...]:
        """Threat classes launched, in the order in which layers serve them: the most deadly first."""
        deadly = {c: [t.deaths for t in self.threats if t.threat_class == c] for c in SERVED_FIRST}
        return tuple(sorted((c for c in SERVED_FIRST if deadly[c]), key=lambda c: -max(deadly[c])))

    def of_class(self, threat_class: str) -> tuple[Threat, ...]:
        """What is launched of one class."""
        return tuple(threat for threat in self.threats if threat.threat_class == threat_class)

    def channels(self, layer: Layer) -> float:
        """Objects that a layer can engage at most (whole, or infinite), whatever its stock."""
        return float(np.floor(layer.channels * self.raids))


def records(raid: Raid) -> tuple[Records, Wholes, Records, Reals]:
    """A raid as kernels read it: ARM [k], classes in serving order [c], LAYER [l], kill probability per shot [l, c].

    Classes are indices into ``THREAT_CLASSES``; a partner's number is its place among the raid's partners, from 1.
    """
    arms = np.zeros(len(raid.threats), ARM)
    for arm, threat in zip(arms, raid.threats, strict=True):
        arm["cls"], arm["stock"] = THREAT_CLASSES.index(threat.threat_class), threat.launched
        for what in ("reliability", "threatening", "warheads", "decoys", "deaths", "unit_cost"):
            arm[what] = getattr(threat, what)
    partners = sorted({layer.partner for layer in raid.layers if layer.partner is not None})
    layers = np.zeros(len(raid.layers), LAYER)
    kill = np.zeros((len(raid.layers), len(THREAT_CLASSES)))
    for l, layer in enumerate(raid.layers):
        for what in ("stock", "reserve", "shots", "looks", "channels", "availability", "discrimination", "unit_cost"):
            layers[l][what] = getattr(layer, what)
        layers[l]["partner"] = partners.index(layer.partner) + 1 if layer.partner is not None else 0
        layers[l]["defends"] = layers[l]["joins"] = layer.commitment
        layers[l]["boost"] = layer.boost
        for name, chance in layer.kill.items():
            kill[l, THREAT_CLASSES.index(name)] = chance
    return arms, np.array([THREAT_CLASSES.index(c) for c in raid.classes], np.int64), layers, kill


def known_class(name: str) -> None:
    """Raise ``UsageError`` unless there is such a threat class."""
    if name not in THREAT_CLASSES:
        raise UsageError(f'no threat class is called "{name}"; {nearest(name, THREAT_CLASSES)}')


def nearest(name: str, known: Sequence[str]) -> str:
    """The end of a sentence about an unknown name: the one that may have been meant, or all."""
    return did_you_mean(name, known, f"known: {', '.join(known)}")


def share(what: str, value: float) -> None:
    """Raise ``UsageError`` unless the value is a probability or a share."""
    if not 0.0 <= value <= 1.0:
        raise UsageError(f"{what} is {value:g}; allowed: 0 to 1")


def not_negative(what: str, value: float, *, endless: bool = False) -> None:
    """Raise ``UsageError`` unless the value is 0 or more (and finite, unless ``endless``)."""
    if not value >= 0.0 or (math.isinf(value) and not endless):
        raise UsageError(f"{what} is {value:g}; allowed: 0 or more")


def whole(what: str, value: float, least: int, most: int | None = None) -> None:
    """Raise ``UsageError`` unless the value is a whole number of the range."""
    allowed = f"whole numbers from {least}" + ("" if most is None else f" to {most:,}")
    if not math.isfinite(value) or value != int(value) or value < least or (most is not None and value > most):
        told = f"{value:,.0f}" if math.isfinite(value) and value == int(value) else f"{value:g}"
        raise UsageError(f"{what} is {told}; allowed: {allowed}")


def _distinct(what: str, names: Sequence[str]) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise UsageError(f'two {what} are called "{twice[0]}"; give each a name of its own')
