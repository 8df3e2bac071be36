"""A strike: what is launched, what it does on the ground, and what it leaves both sides with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .luck import Luck, Purpose, commitment_slot
from .raid import Raid, Shield, planned_raid, simulated_raid
from .reading import Plain, Record, Soil, defended, other, soils_of


@dataclass
class Forces:
    """What all sides have left; first index the side, second the arm or the layer. The pair's sides are 0 and 1.

    stock, launch : units, and units that can be launched in one raid, per arm;
    interceptors : per layer;
    bare : interceptors of the *baseline's* layers, which meet the same salvos on paper;
    left : share of each side's objective that is left at the present rung.
    """

    stock: list[list[float]]
    launch: list[list[float]]
    interceptors: list[list[float]]
    bare: list[list[float]]
    left: list[float]

    def copy(self) -> Forces:
        """A second set that can be used up by itself."""
        return Forces(
            [list(s) for s in self.stock],
            [list(s) for s in self.launch],
            [list(s) for s in self.interceptors],
            [list(s) for s in self.bare],
            list(self.left),
        )


class Suffered(NamedTuple):
    """What the victim of a strike remembers of it: its toll (deaths as it counts them) and the share stopped."""

    toll: float = 0.0
    stopped: float = 0.0


class Effect(NamedTuple):
    """What a strike does.

    gain : share of the striker's whole objective that it attains, ``g phi w``;
    deaths : on all soils of the victim; toll : the same, a host's people by the victim's care for them;
    crew : of the striker, in intercepted units; stopped : share of threats intercepted;
    bare : what the victim would have suffered, had the same salvo met the baseline's protection.
    """

    gain: float = 0.0
    deaths: float = 0.0
    toll: float = 0.0
    crew: float = 0.0
    stopped: float = 0.0
    bare: Suffered = Suffered()


NOTHING = Effect()


def initial_forces(world: Plain, baseline: Plain | None = None) -> Forces:
    """The forces of the world's records, no objective attained."""
    return Forces(
        stock=[[arm.stock for arm in arms] for arms in world.arms],
        launch=[[arm.launch for arm in arms] for arms in world.arms],
        interceptors=[[layer.stock for layer in layers] for layers in world.layers],
        bare=[[layer.stock for layer in layers] for layers in (baseline or world).layers],
        left=[1.0, 1.0],
    )


def deliver(world: Plain, baseline: Plain, forces: Forces, year: int) -> None:
    """What arrives at the start of the year, up to treaty limits; on paper, the baseline's layers get theirs."""
    for side in range(len(world.sides)):
        add(forces.stock[side], [units[year] for units in world.arm_deliveries[side]])
        add(forces.interceptors[side], [units[year] for units in world.layer_deliveries[side]])
        add(forces.bare[side], [units[year] for units in baseline.layer_deliveries[side]])
        for stock, caps in (
            (forces.stock[side], world.arm_caps[side]),
            (forces.interceptors[side], world.layer_caps[side]),
            (forces.bare[side], baseline.layer_caps[side]),
        ):
            stock[:] = [min(units, cap[year]) for units, cap in zip(stock, caps, strict=True)]


def add(stock: list[float], more: list[float]) -> None:
    """In place."""
    for n, amount in enumerate(more):
        stock[n] += amount


# --- what is launched ------------------------------------------------------------------------------------------


def salvo(world: Plain, side: int, rung: int, forces: Forces) -> list[float]:
    """Units of each arm that a strike with this rung's effort launches, before rounding down.

    Expendable: ``x min(stock, B launch)``. Reusable: ``x B min(stock, launch)``, the same unit goes out in
    every raid. Arms that may not be used at the rung: 0.
    """
    step = world.steps[side][rung]
    x, raids = step.effort, step.raids
    launched = []
    for k, arm in enumerate(world.arms[side]):
        stock, launch = forces.stock[side][k], forces.launch[side][k]
        q = x * raids * min(stock, launch) if arm.reusable else x * min(stock, raids * launch)
        bears = any(soil.falls[k] > 0.0 for soil in soils_of(world, other(side)))
        launched.append(q if arm.low <= rung <= arm.high and bears else 0.0)
    return launched


def shared_out(launched: Sequence[float], soils: list[Soil], whole: bool) -> list[list[float]]:
    """What goes to each soil: its share of what earlier ones have left, real in plans, rounded half up in truth."""
    rest, parts = list(launched), []
    for soil in soils:
        part = [n * f for n, f in zip(rest, soil.falls, strict=True)]
        part = [float(rounded(n)) for n in part] if whole else part
        rest = [n - sent for n, sent in zip(rest, part, strict=True)]
        parts.append(part)
    return parts


def can_strike(world: Plain, side: int, rung: int, forces: Forces) -> bool:
    """A strike needs an effort above zero and at least one whole unit that can be launched."""
    return world.steps[side][rung].effort > 0.0 and any(q >= 1.0 for q in salvo(world, side, rung, forces))


# --- who takes part in the defence -----------------------------------------------------------------------------


def lent(world: Plain, place: int) -> list[bool]:
    """Per layer on a soil, whether it is a partner's of the side that is defended there, and not its own."""
    side = defended(world, place)
    return [side is not None and layer.partner > 0 and layer.sender != side for layer in world.layers[place]]


def commitment(world: Plain, place: int, first: int) -> list[float]:
    """Per layer on a soil, the probability that it takes part when ``first`` strikes first."""
    joins = [layer.joins if first == defended(world, place) else layer.defends for layer in world.layers[place]]
    return [g if borrowed else 1.0 for g, borrowed in zip(joins, lent(world, place), strict=True)]


def commitments(world: Plain, first: int) -> list[list[float]]:
    """The same on all soils."""
    return [commitment(world, place, first) for place in range(len(world.layers))]


def drawn_commitment(world: Plain, place: int, first: int, luck: Luck) -> list[float]:
    """The same once it is known: 0 or 1, one draw per partner of the side that is defended, for all its layers."""
    known, side = [], defended(world, place)
    for layer, g, borrowed in zip(
        world.layers[place], commitment(world, place, first), lent(world, place), strict=True
    ):
        if side is None or not borrowed:
            known.append(1.0)
        else:
            slot = commitment_slot(world.sides[side].uid, layer.partner)
            known.append(1.0 if luck.uniform(Purpose.COMMIT, slot) < g else 0.0)
    return known


# --- what hits do ----------------------------------------------------------------------------------------------


def deaths(victim: Record, arms: list[Record], step: Record, leakers: list[float]) -> float:
    """``N (1 - exp(-X / N))``, X = sum of ``h (1 - y) D (1 - shelter)``; linear where N is infinite."""
    shelter = victim.coverage * victim.effect
    exposed = sum(
        h * (1.0 - step.counterforce) * arm.deaths * (1.0 - shelter) for h, arm in zip(leakers, arms, strict=True)
    )
    if math.isinf(victim.people):
        return float(exposed)
    return float(victim.people * -math.expm1(-exposed / victim.people)) if victim.people > 0.0 else 0.0


def disarmed(world: Plain, striker: int, step: Record, leakers: list[float], forces: Forces) -> float:
    """``z = 1 - exp(-sum_k h_k y C_k / E)``, E = exposed launchers of the victim, wherever hits fall; 0 if none."""
    victim = other(striker)
    hits = sum(h * step.counterforce * arm.counterforce for h, arm in zip(leakers, world.arms[striker], strict=True))
    exposed = sum(
        launch * arm.exposed_launchers for launch, arm in zip(forces.launch[victim], world.arms[victim], strict=True)
    )
    return -math.expm1(-hits / exposed) if exposed > 0.0 else 0.0


def attained(world: Plain, striker: int, rung: int, leakers: list[float]) -> float:
    """``g phi`` with ``phi = min(1, sum_k omega_k h_k / need)``; 0 where nothing is needed."""
    step, need = world.steps[striker][rung], world.needs[0][striker][rung]
    hits = sum(arm.value * h for h, arm in zip(leakers, world.arms[striker], strict=True))
    return float(step.objective * min(1.0, hits / need)) if need > 0.0 else 0.0


def stopped_share(raids: Sequence[Raid]) -> float:
    """Share of the threatening arrivals on all soils that were intercepted."""
    arrived = sum(raid.arrived for raid in raids)
    return sum(raid.intercepted for raid in raids) / arrived if arrived > 0.0 else 0.0


def together(rows: Sequence[Sequence[float]]) -> list[float]:
    """Sums over soils, arm by arm."""
    return [sum(column) for column in zip(*rows, strict=True)]


def rounded(x: float) -> float:
    """Half up."""
    return float(math.floor(x + 0.5))


# --- as it happens ---------------------------------------------------------------------------------------------


class Blow(NamedTuple):
    """A real strike: its effect, the units launched, the raid on each soil's shield and the deaths there."""

    effect: Effect
    launched: list[int]
    raids: dict[int, Raid]
    deaths: dict[int, float]


def simulated_strike(
    world: Plain,
    baseline: Plain,
    forces: Forces,
    striker: int,
    rung: int,
    committed: tuple[list[list[float]], list[list[float]]],
    luck: Luck,
) -> Blow:
    """``striker`` strikes with the means of ``rung``; ``forces`` are left as the strike leaves them.

    committed : who takes part in the defence of every soil, in truth and on paper under the baseline.
    """
    victim, step, arms = other(striker), world.steps[striker][rung], world.arms[striker]
    launched = [math.floor(q) for q in salvo(world, striker, rung, forces)]
    soils = soils_of(world, victim)
    raids, shadows = {}, {}
    for h, (soil, part) in enumerate(zip(soils, shared_out(launched, soils, True), strict=True)):
        units, here = [int(n) for n in part], luck.at(year=luck.year + 128 * h)
        shield = real_shield(world, soil.place, forces.interceptors[soil.place], committed[0][soil.place])
        paper = real_shield(baseline, soil.place, forces.bare[soil.place], committed[1][soil.place])
        raids[soil.place] = simulated_raid(units, arms, world.serving[striker], shield, step.raids, here)
        shadows[soil.place] = simulated_raid(units, arms, world.serving[striker], paper, step.raids, here)
    leakers = together([raid.leakers for raid in raids.values()])
    crews = 0.0
    for k, arm in enumerate(arms):
        downed = sum(min(rounded(raid.downed[k]), forces.stock[striker][k]) for raid in raids.values())
        lost = min(downed, forces.stock[striker][k]) if arm.reusable else 0.0
        crews += lost * arm.crew
        forces.stock[striker][k] -= lost if arm.reusable else launched[k]
    gain = attained(world, striker, rung, leakers) * forces.left[striker]
    forces.left[striker] -= gain
    z = disarmed(world, striker, step, leakers, forces)
    for k, arm in enumerate(world.arms[victim]):
        forces.launch[victim][k] *= 1.0 - z * arm.exposed_launchers
        forces.stock[victim][k] -= rounded(z * arm.exposed_stock * forces.stock[victim][k])
    killed, spared = {}, 0.0
    for soil in soils:
        spend(forces.interceptors[soil.place], raids[soil.place].used, 1.0)
        spend(forces.bare[soil.place], shadows[soil.place].used, 1.0)
        killed[soil.place] = deaths(world.sides[soil.place], arms, step, raids[soil.place].leakers)
        spared += soil.care * deaths(baseline.sides[soil.place], arms, step, shadows[soil.place].leakers)
    bare = Suffered(spared, stopped_share(list(shadows.values())))
    toll = sum(soil.care * killed[soil.place] for soil in soils)
    effect = Effect(gain, sum(killed.values()), toll, crews, stopped_share(list(raids.values())), bare)
    return Blow(effect, launched, raids, killed)


def real_shield(world: Plain, place: int, interceptors: list[float], committed: list[float]) -> Shield:
    """The shield on a soil in its true condition."""
    record = world.sides[place]
    return Shield(world.layers[place], world.kill[place], record.sigma, record.truth, interceptors, committed)


def spend(stock: list[float], used: list[float], weight: float) -> None:
    """Interceptors used leave the stock."""
    for l, amount in enumerate(used):
        stock[l] -= weight * amount


# --- as planned ------------------------------------------------------------------------------------------------


class Eyes(NamedTuple):
    """Who plans, and with what: observer, its beliefs about all shields, and who takes part in their defence."""

    world: Plain
    observer: int
    beliefs: list[float]
    committed: list[list[float]]


def believed_shield(eyes: Eyes, place: int, forces: Forces) -> Shield:
    """The shield on a soil as the observer believes it; saturation is neglected by the side that it defends only."""
    side = defended(eyes.world, place)
    return Shield(
        eyes.world.layers[place],
        eyes.world.kill[place],
        eyes.world.sides[place].sigma,
        eyes.beliefs[place],
        forces.interceptors[place],
        eyes.committed[place],
        eyes.world.sides[side].neglect if side is not None and side == eyes.observer else 0.0,
    )


def planned_strike(eyes: Eyes, forces: Forces, striker: int, rung: int) -> tuple[Effect, Forces]:
    """The effect that the observer expects of a strike, and the forces that it expects to be left.

    Interceptors used count with weight ``1 - nu`` later on: who neglects saturation forgets that shots run out.
    """
    world, victim = eyes.world, other(striker)
    step, arms = world.steps[striker][rung], world.arms[striker]
    launched, soils = salvo(world, striker, rung, forces), soils_of(world, victim)
    raids = {}
    for soil, part in zip(soils, shared_out(launched, soils, False), strict=True):
        shield = believed_shield(eyes, soil.place, forces)
        raids[soil.place] = planned_raid(part, arms, world.serving[striker], shield, step.raids)
    leakers = together([raid.leakers for raid in raids.values()])
    after = forces.copy()
    crews = 0.0
    for k, arm in enumerate(arms):
        downed = sum(raid.downed[k] for raid in raids.values())
        lost = min(downed, forces.stock[striker][k]) if arm.reusable else 0.0
        crews += lost * arm.crew
        after.stock[striker][k] -= lost if arm.reusable else launched[k]
    gain = attained(world, striker, rung, leakers) * forces.left[striker]
    after.left[striker] -= gain
    z = disarmed(world, striker, step, leakers, forces)
    for k, arm in enumerate(world.arms[victim]):
        after.launch[victim][k] *= 1.0 - z * arm.exposed_launchers
        after.stock[victim][k] *= 1.0 - z * arm.exposed_stock
    forgotten = world.sides[victim].neglect if eyes.observer == victim else 0.0
    killed = [deaths(world.sides[soil.place], arms, step, raids[soil.place].leakers) for soil in soils]
    for soil in soils:
        spend(after.interceptors[soil.place], raids[soil.place].used, 1.0 - forgotten)
    toll = sum(soil.care * dead for soil, dead in zip(soils, killed, strict=True))
    return Effect(gain, sum(killed), toll, crews, stopped_share(list(raids.values()))), after
