"""One raid on a shield: as it happens (draws, whole numbers) and as leaders plan it (means, no floors).

Order of events: units fail in flight or arrive; layers that stand before release
meet whole units; the units that are left release threatening and harmless objects;
the other layers meet those, class by class, look by look; leakers of the last layer hit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from .luck import Luck, Purpose, hypergeometric, raid_slot
from .reading import Record

SPREAD = 0.346
"""Averaging expit over a normal logit of variance s^2 divides the logit by about sqrt(1 + 0.346 s^2)."""


@dataclass(frozen=True)
class Shield:
    """All layers of one side and the condition in which a raid meets them.

    layers, kill : the records, and the kill probability per shot ``kill[l][c]``;
    sigma : standard deviation of the common mode, a logit shift per raid;
    shift : logit shift of every kill probability: the true one, or the one believed;
    interceptors : per layer, in stock;
    commitment : per layer, the probability that it takes part: 1 for one's own; once known, 0 or 1;
    neglect : the planner's saturation neglect, 0 to 1 (no meaning in a real raid).
    """

    layers: list[Record]
    kill: list[list[float]]
    sigma: float
    shift: float
    interceptors: list[float]
    commitment: list[float]
    neglect: float = 0.0


@dataclass
class Raid:
    """What came of a raid.

    leakers : threatening objects that hit, per arm (real: those of a class are shared among its arms);
    arrived, intercepted : threatening objects that arrived, and those of them that were intercepted;
    downed : intercepted units (of arms that carry one object), per arm;
    used : interceptors used, per layer;
    seen : engagements and kills per (layer, class), what every observer sees.
    """

    leakers: list[float]
    arrived: float
    intercepted: float
    downed: list[float]
    used: list[float]
    seen: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    @property
    def stopped(self) -> float:
        """Share of the threatening arrivals that were intercepted, 0 if nothing threatening arrived."""
        return self.intercepted / self.arrived if self.arrived > 0.0 else 0.0


@dataclass
class Swarm:
    """Objects in the air after release, per class; ``objects[k]`` and ``threats[k]`` were released by arm k."""

    threats: Sequence[float]
    objects: Sequence[float]
    threatening: dict[int, float]
    harmless: dict[int, float]
    killed: dict[int, float]


def shifted(p: float, shift: float, scale: float = 1.0) -> float:
    """``expit((logit(p) + shift) / scale)``; a certain kill stays certain."""
    if p >= 1.0:
        return 1.0
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + shift) / scale))


def averaging(sigma: float) -> float:
    """``c = sqrt(1 + 0.346 sigma^2)``: divides a logit so that expit becomes its mean over the common mode."""
    return math.sqrt(1.0 + SPREAD * sigma * sigma)


def destroyed(p: float, shots: float) -> float:
    """Probability that an engagement of ``shots`` shots destroys its object: ``1 - (1 - p)^s``."""
    return float(1.0 - (1.0 - p) ** shots)


def served(layer: int, shield: Shield, serving: list[int]) -> list[int]:
    """Classes that the layer can engage, from the most to the least deadly."""
    return [c for c in serving if c >= 0 and shield.kill[layer][c] > 0.0]


def standing(shield: Shield, boost: int) -> list[int]:
    """Layers before release (``boost`` 1) or after it (0), in the order in which threats meet them."""
    return [l for l, layer in enumerate(shield.layers) if layer.boost == boost]


# --- as it happens ---------------------------------------------------------------------------------------------


class Sampled:
    """One real raid: ``salvo[k]`` whole units of each arm, ``raids`` times the channels, luck at this move."""

    def __init__(
        self, salvo: list[int], arms: list[Record], serving: list[int], shield: Shield, raids: float, luck: Luck
    ):
        self.salvo, self.arms, self.serving = salvo, arms, serving
        self.shield, self.raids, self.luck = shield, raids, luck
        self.night = shield.shift + shield.sigma * luck.normal(Purpose.COMMON)
        self.used = [0.0] * len(shield.layers)
        self.seen: dict[tuple[int, int], list[int]] = {}

    def fly(self) -> Raid:
        """The raid from arrival to impact."""
        arms, luck = self.arms, self.luck
        units = [luck.binomial(q, arms[k].reliability, Purpose.ARRIVAL, k) for k, q in enumerate(self.salvo)]
        early = [0] * len(arms)
        for l in standing(self.shield, boost=1):
            self.meet_units(l, units, early)
        swarm = self.release(units)
        for l in standing(self.shield, boost=0):
            self.meet_objects(l, swarm)
        return outcome(arms, early, swarm, self.used, self.seen)

    def magazine(self, l: int) -> tuple[int, float]:
        """Rounds above the reserve and engagements possible in this strike; none if the layer is out."""
        layer, stock = self.shield.layers[l], self.shield.interceptors[l]
        works = self.luck.uniform(Purpose.OUTAGE, l) < layer.availability
        if not (works and self.shield.commitment[l] > 0.0):
            return 0, 0.0
        channels = layer.channels * self.raids
        return int(max(0.0, stock - layer.reserve)), channels if math.isinf(channels) else math.floor(channels)

    def stops(self, l: int, c: int) -> float:
        """Probability tonight that an engagement by the layer destroys an object of the class."""
        return destroyed(shifted(self.shield.kill[l][c], self.night), self.shield.layers[l].shots)

    def note(self, l: int, c: int, engaged: int, killed: int) -> None:
        """Engagements and kills are seen by everybody; interceptors are gone."""
        shots = self.shield.layers[l].shots
        self.used[l] += shots * engaged
        e, k = self.seen.get((l, c), [0, 0])
        self.seen[l, c] = [e + engaged, k + killed]

    def meet_units(self, l: int, units: list[int], early: list[int]) -> None:
        """A layer before release: a kill removes the unit with all it carries, of whichever arm of the class."""
        layer = self.shield.layers[l]
        rounds, channels = self.magazine(l)
        for c in served(l, self.shield, self.serving):
            for look in range(int(layer.looks)):
                live = sum(n for n, arm in zip(units, self.arms, strict=True) if arm.cls == c)
                engaged = int(min(live, channels, rounds // layer.shots))
                if engaged <= 0:
                    break
                killed = self.luck.binomial(engaged, self.stops(l, c), Purpose.KILLED, raid_slot(l, c, look))
                self.note(l, c, engaged, killed)
                rounds, channels = rounds - int(layer.shots) * engaged, channels - engaged
                self.share(l, c, look, killed, units, early)

    def share(self, l: int, c: int, look: int, killed: int, units: list[int], early: list[int]) -> None:
        """Which arms the killed units belonged to: one hypergeometric draw after the other."""
        of_class = [k for k, arm in enumerate(self.arms) if arm.cls == c]
        rest = sum(units[k] for k in of_class)
        for k in of_class:
            rest -= units[k]
            u = self.luck.uniform(Purpose.BOOST_SHARE, raid_slot(l, k, look))
            mine = hypergeometric(units[k], rest, killed, u)
            units[k] -= mine
            early[k] += mine
            killed -= mine

    def release(self, units: list[int]) -> Swarm:
        """Warheads are threatening or harmless one by one; decoys are harmless, fractions by one draw a unit."""
        threats, objects = [], []
        for k, (n, arm) in enumerate(zip(units, self.arms, strict=True)):
            warheads = n * int(arm.warheads)
            whole = math.floor(arm.decoys)
            decoys = n * whole + self.luck.binomial(n, arm.decoys - whole, Purpose.DECOY, k)
            threats.append(self.luck.binomial(warheads, arm.threatening, Purpose.THREAT, k))
            objects.append(warheads + decoys)
        return swarm_of(self.arms, threats, objects)

    def meet_objects(self, l: int, swarm: Swarm) -> None:
        """A layer after release: it also shoots at the harmless objects that it mistakes, drawn once per class."""
        layer, luck = self.shield.layers[l], self.luck
        rounds, channels = self.magazine(l)
        for c in served(l, self.shield, self.serving):
            threats = int(swarm.threatening.get(c, 0))
            mistaken = luck.binomial(
                int(swarm.harmless.get(c, 0)), 1.0 - layer.discrimination, Purpose.MISTAKEN, raid_slot(l, c, 0)
            )
            for look in range(int(layer.looks)):
                slot = raid_slot(l, c, look)
                engaged = int(min(threats + mistaken, channels, rounds // layer.shots))
                if engaged <= 0:
                    break
                real = hypergeometric(threats, mistaken, engaged, luck.uniform(Purpose.ENGAGED, slot))
                good = luck.binomial(real, self.stops(l, c), Purpose.KILLED, slot)
                waste = luck.binomial(engaged - real, self.stops(l, c), Purpose.KILLED_HARMLESS, slot)
                self.note(l, c, engaged, good + waste)
                rounds, channels = rounds - int(layer.shots) * engaged, channels - engaged
                threats, mistaken = threats - good, mistaken - waste
                remove(swarm, c, good, waste)


def simulated_raid(
    salvo: list[int], arms: list[Record], serving: list[int], shield: Shield, raids: float, luck: Luck
) -> Raid:
    """One strike of ``raids`` raids, computed as one raid with ``raids`` times the channels, as it happens."""
    return Sampled(salvo, arms, serving, shield, raids, luck).fly()


# --- as planned ------------------------------------------------------------------------------------------------


class Planned:
    """The mean field of the same steps.

    Conditional on its working, a layer engages ``e = e0 + nu (live - e0)`` objects at a look, with
    ``e0 = max(0, min(live, channels left, rounds left / shots))``; only the ``e0`` use stock and channels.
    What it kills and uses counts with the probability ``G = availability x commitment`` that it works.
    """

    def __init__(self, salvo: list[float], arms: list[Record], serving: list[int], shield: Shield, raids: float):
        self.salvo, self.arms, self.serving = salvo, arms, serving
        self.shield, self.raids = shield, raids
        self.used = [0.0] * len(shield.layers)

    def fly(self) -> Raid:
        """The raid from arrival to impact, in the mean."""
        arms = self.arms
        units = [q * arm.reliability for q, arm in zip(self.salvo, arms, strict=True)]
        early = [0.0] * len(arms)
        for l in standing(self.shield, boost=1):
            self.meet_units(l, units, early)
        threats = [n * arm.warheads * arm.threatening for n, arm in zip(units, arms, strict=True)]
        objects = [n * (arm.warheads + arm.decoys) for n, arm in zip(units, arms, strict=True)]
        swarm = swarm_of(arms, threats, objects)
        for l in standing(self.shield, boost=0):
            self.meet_objects(l, swarm)
        return outcome(arms, early, swarm, self.used, {})

    def works(self, l: int) -> float:
        """``G``: probability that the layer takes part in this raid."""
        return float(self.shield.layers[l].availability * self.shield.commitment[l])

    def stops(self, l: int, c: int) -> float:
        """Believed probability that an engagement destroys, its single shot averaged over the common mode."""
        p = shifted(self.shield.kill[l][c], self.shield.shift, averaging(self.shield.sigma))
        return destroyed(p, self.shield.layers[l].shots)

    def engage(self, l: int, c: int, threats: float, mistaken: float, left: list[float]) -> tuple[float, float]:
        """Kills (threatening, mistaken) of one class if the layer works; ``left`` = [rounds, channels] is drawn on."""
        layer, nu, pi = self.shield.layers[l], self.shield.neglect, self.stops(l, c)
        good = waste = 0.0
        for _ in range(int(layer.looks)):
            live = threats + mistaken
            if live <= 0.0:
                break
            allowed = max(0.0, min(live, left[1], left[0] / layer.shots))
            kills = pi * (allowed + nu * (live - allowed))
            left[0] -= layer.shots * allowed
            left[1] -= allowed
            hit, wasted = kills * threats / live, kills * mistaken / live
            good, waste = good + hit, waste + wasted
            threats, mistaken = threats - hit, mistaken - wasted
        return good, waste

    def magazine(self, l: int) -> list[float]:
        """[rounds above the reserve, engagements possible in this strike]."""
        layer = self.shield.layers[l]
        return [self.shield.interceptors[l] - layer.reserve, layer.channels * self.raids]

    def meet_units(self, l: int, units: list[float], early: list[float]) -> None:
        """A layer before release, in the mean."""
        left = self.magazine(l)
        rounds = left[0]
        for c in served(l, self.shield, self.serving):
            live = sum(n for n, arm in zip(units, self.arms, strict=True) if arm.cls == c)
            killed, _ = self.engage(l, c, live, 0.0, left)
            for k, arm in enumerate(self.arms):
                if arm.cls == c and live > 0.0:
                    downed = self.works(l) * killed * units[k] / live
                    units[k] -= downed
                    early[k] += downed
        self.used[l] = self.works(l) * (rounds - left[0])

    def meet_objects(self, l: int, swarm: Swarm) -> None:
        """A layer after release, in the mean: harmless objects are an expected load."""
        left = self.magazine(l)
        rounds = left[0]
        for c in served(l, self.shield, self.serving):
            mistaken = swarm.harmless.get(c, 0.0) * (1.0 - self.shield.layers[l].discrimination)
            good, waste = self.engage(l, c, swarm.threatening.get(c, 0.0), mistaken, left)
            remove(swarm, c, self.works(l) * good, self.works(l) * waste)
        self.used[l] = self.works(l) * (rounds - left[0])


def planned_raid(salvo: list[float], arms: list[Record], serving: list[int], shield: Shield, raids: float) -> Raid:
    """One strike of ``raids`` raids as a leader expects it, who believes the shield to be in this condition."""
    return Planned(salvo, arms, serving, shield, raids).fly()


# --- both ------------------------------------------------------------------------------------------------------


def swarm_of(arms: list[Record], threats: Sequence[float], objects: Sequence[float]) -> Swarm:
    """Objects by class."""
    threatening: dict[int, float] = {}
    harmless: dict[int, float] = {}
    for arm, t, n in zip(arms, threats, objects, strict=True):
        threatening[arm.cls] = threatening.get(arm.cls, 0) + t
        harmless[arm.cls] = harmless.get(arm.cls, 0) + (n - t)
    return Swarm(threats, objects, threatening, harmless, dict.fromkeys(threatening, 0.0))


def remove(swarm: Swarm, c: int, good: float, waste: float) -> None:
    """Takes kills out of the air."""
    if c in swarm.threatening:
        swarm.threatening[c] -= good
        swarm.harmless[c] -= waste
        swarm.killed[c] += good + waste


def outcome(
    arms: list[Record], early: Sequence[float], swarm: Swarm, used: list[float], seen: dict[tuple[int, int], list[int]]
) -> Raid:
    """Leakers of a class are shared among its arms by their threatening arrivals, kills by their objects."""
    arrived, carried = totals(arms, swarm.threats), totals(arms, swarm.objects)
    leakers, downed = [], []
    for k, arm in enumerate(arms):
        c = arm.cls
        leakers.append(swarm.threatening[c] * swarm.threats[k] / arrived[c] if arrived[c] > 0 else 0.0)
        share = swarm.objects[k] / carried[c] if carried[c] > 0 else 0.0
        downed.append(early[k] + swarm.killed[c] * share)
    boosted = sum(n * arm.warheads * arm.threatening for n, arm in zip(early, arms, strict=True))
    threats = boosted + sum(swarm.threats)
    stopped = boosted + sum(arrived[c] - swarm.threatening[c] for c in arrived)
    return Raid(leakers, threats, stopped, downed, used, seen)


def totals(arms: list[Record], amounts: Sequence[float]) -> dict[int, float]:
    """Sums by class."""
    sums: dict[int, float] = {}
    for arm, amount in zip(arms, amounts, strict=True):
        sums[arm.cls] = sums.get(arm.cls, 0.0) + amount
    return sums
