"""A strike: what is launched, what it does on the ground, and what it leaves both sides with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from .luck import Luck, Purpose, commitment_slot
from .raid import Raid, Shield, planned_raid, simulated_raid
from .reading import Plain, Record, other


@dataclass
class Forces:
    """What both sides have left; first index the side, second the arm or the layer.

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
    """What the victim of a strike remembers of it: its deaths and the share stopped."""

    deaths: float = 0.0
    stopped: float = 0.0


class Effect(NamedTuple):
    """What a strike does.

    gain : share of the striker's whole objective that it attains, ``g phi w``;
    deaths : of the victim; crew : of the striker, in intercepted units; stopped : share of threats intercepted;
    bare : what the victim would have suffered, had the same salvo met the baseline's protection.
    """

    gain: float = 0.0
    deaths: float = 0.0
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
    for side in (0, 1):
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
        launched.append(q if arm.low <= rung <= arm.high else 0.0)
    return launched


def can_strike(world: Plain, side: int, rung: int, forces: Forces) -> bool:
    """A strike needs an effort above zero and at least one whole unit that can be launched."""
    return world.steps[side][rung].effort > 0.0 and any(q >= 1.0 for q in salvo(world, side, rung, forces))


# --- who takes part in the defence -----------------------------------------------------------------------------


def commitment(world: Plain, side: int, first: int) -> list[float]:
    """Per layer of ``side``, the probability that it takes part when ``first`` strikes first."""
    joins = [layer.joins if first == side else layer.defends for layer in world.layers[side]]
    return [joins[l] if layer.partner > 0 else 1.0 for l, layer in enumerate(world.layers[side])]


def drawn_commitment(world: Plain, side: int, first: int, luck: Luck) -> list[float]:
    """The same once it is known: 0 or 1, one draw per partner for all its layers."""
    known = []
    for layer, g in zip(world.layers[side], commitment(world, side, first), strict=True):
        slot = commitment_slot(world.sides[side].uid, layer.partner)
        known.append(1.0 if layer.partner == 0 or luck.uniform(Purpose.COMMIT, slot) < g else 0.0)
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
    return float(victim.people * (1.0 - math.exp(-exposed / victim.people))) if victim.people > 0.0 else 0.0


def disarmed(world: Plain, striker: int, step: Record, leakers: list[float], forces: Forces) -> float:
    """``z = 1 - exp(-sum_k h_k y C_k / E)``, E = exposed launchers of the victim; 0 if it has none."""
    victim = other(striker)
    hits = sum(h * step.counterforce * arm.counterforce for h, arm in zip(leakers, world.arms[striker], strict=True))
    exposed = sum(
        launch * arm.exposed_launchers for launch, arm in zip(forces.launch[victim], world.arms[victim], strict=True)
    )
    return 1.0 - math.exp(-hits / exposed) if exposed > 0.0 else 0.0


def attained(step: Record, arms: list[Record], leakers: list[float]) -> float:
    """``g phi`` with ``phi = min(1, sum_k omega_k h_k / need)``; 0 where nothing is needed."""
    hits = sum(arm.value * h for h, arm in zip(leakers, arms, strict=True))
    return float(step.objective * min(1.0, hits / step.need)) if step.need > 0.0 else 0.0


def rounded(x: float) -> float:
    """Half up."""
    return float(math.floor(x + 0.5))


# --- as it happens ---------------------------------------------------------------------------------------------


class Blow(NamedTuple):
    """A real strike: its effect, the units launched, the raid on the victim's shield."""

    effect: Effect
    launched: list[int]
    raid: Raid


def simulated_strike(
    world: Plain,
    baseline: Plain,
    forces: Forces,
    striker: int,
    rung: int,
    committed: tuple[list[float], list[float]],
    luck: Luck,
) -> Blow:
    """``striker`` strikes with the means of ``rung``; ``forces`` are left as the strike leaves them.

    committed : who takes part in the victim's defence, in truth and on paper under the baseline.
    """
    victim, step, arms = other(striker), world.steps[striker][rung], world.arms[striker]
    launched = [math.floor(q) for q in salvo(world, striker, rung, forces)]
    shield = real_shield(world, victim, forces.interceptors[victim], committed[0])
    paper = real_shield(baseline, victim, forces.bare[victim], committed[1])
    raid = simulated_raid(launched, arms, world.serving[striker], shield, step.raids, luck)
    shadow = simulated_raid(launched, arms, world.serving[striker], paper, step.raids, luck)
    crews = 0.0
    for k, arm in enumerate(arms):
        lost = min(rounded(raid.downed[k]), forces.stock[striker][k]) if arm.reusable else 0.0
        crews += lost * arm.crew
        forces.stock[striker][k] -= lost if arm.reusable else launched[k]
    gain = attained(step, arms, raid.leakers) * forces.left[striker]
    forces.left[striker] -= gain
    z = disarmed(world, striker, step, raid.leakers, forces)
    for k, arm in enumerate(world.arms[victim]):
        forces.launch[victim][k] *= 1.0 - z * arm.exposed_launchers
        forces.stock[victim][k] -= rounded(z * arm.exposed_stock * forces.stock[victim][k])
    spend(forces.interceptors[victim], raid.used, 1.0)
    spend(forces.bare[victim], shadow.used, 1.0)
    bare = Suffered(deaths(baseline.sides[victim], arms, step, shadow.leakers), shadow.stopped)
    killed = deaths(world.sides[victim], arms, step, raid.leakers)
    return Blow(Effect(gain, killed, crews, raid.stopped, bare), launched, raid)


def real_shield(world: Plain, side: int, interceptors: list[float], committed: list[float]) -> Shield:
    """The shield in its true condition."""
    record = world.sides[side]
    return Shield(world.layers[side], world.kill[side], record.sigma, record.truth, interceptors, committed)


def spend(stock: list[float], used: list[float], weight: float) -> None:
    """Interceptors used leave the stock."""
    for l, amount in enumerate(used):
        stock[l] -= weight * amount


# --- as planned ------------------------------------------------------------------------------------------------


class Eyes(NamedTuple):
    """Who plans, and with what: observer, its beliefs about the two shields, and who takes part in their defence."""

    world: Plain
    observer: int
    beliefs: list[float]
    committed: list[list[float]]


def believed_shield(eyes: Eyes, side: int, forces: Forces) -> Shield:
    """The shield as the observer believes it; saturation is neglected by its owner only."""
    record = eyes.world.sides[side]
    neglect = record.neglect if eyes.observer == side else 0.0
    return Shield(
        eyes.world.layers[side],
        eyes.world.kill[side],
        record.sigma,
        eyes.beliefs[side],
        forces.interceptors[side],
        eyes.committed[side],
        neglect,
    )


def planned_strike(eyes: Eyes, forces: Forces, striker: int, rung: int) -> tuple[Effect, Forces]:
    """The effect that the observer expects of a strike, and the forces that it expects to be left.

    Interceptors used count with weight ``1 - nu`` later on: who neglects saturation forgets that shots run out.
    """
    world, victim = eyes.world, other(striker)
    step, arms = world.steps[striker][rung], world.arms[striker]
    launched = salvo(world, striker, rung, forces)
    shield = believed_shield(eyes, victim, forces)
    raid = planned_raid(launched, arms, world.serving[striker], shield, step.raids)
    after = forces.copy()
    crews = 0.0
    for k, arm in enumerate(arms):
        lost = min(raid.downed[k], forces.stock[striker][k]) if arm.reusable else 0.0
        crews += lost * arm.crew
        after.stock[striker][k] -= lost if arm.reusable else launched[k]
    gain = attained(step, arms, raid.leakers) * forces.left[striker]
    after.left[striker] -= gain
    z = disarmed(world, striker, step, raid.leakers, forces)
    for k, arm in enumerate(world.arms[victim]):
        after.launch[victim][k] *= 1.0 - z * arm.exposed_launchers
        after.stock[victim][k] *= 1.0 - z * arm.exposed_stock
    spend(after.interceptors[victim], raid.used, 1.0 - shield.neglect)
    killed = deaths(world.sides[victim], arms, step, raid.leakers)
    return Effect(gain, killed, crews, raid.stopped), after
