"""One history: the years between, with their crises, deliveries, repair and production."""

from __future__ import annotations

import math

from escalade.worlds import World

from .crisis import Minds, Outcome, play
from .exact import PER_SIDE, WAR
from .luck import Luck, Purpose, poisson
from .reading import Plain, read, under_protection
from .strike import Forces, add, deliver, initial_forces

PAIR = 0
SIDES = (0, 1)
SINGLE = [*WAR, "wars", "war_year", "highest_rung", "crises", "belief_gap"]


def run(
    world: World | Plain, baseline: World | Plain, seed: int, candidate: int, history_id: int, years: int
) -> dict[str, float]:
    """Outcomes of one history of ``years`` years, by name.

    world, baseline : under the policy and under the baseline, whose protection meets every salvo on paper;
    seed, candidate, history_id : address of its luck. Two sides with one pair.
    """
    plain = read(world)
    return History(plain, under_protection(plain, read(baseline)), Luck(seed, candidate, history_id)).run(years)


class History:
    """A history under way: forces and minds, and the outcomes so far."""

    def __init__(self, world: Plain, baseline: Plain, luck: Luck):
        self.world, self.baseline, self.luck = world, baseline, luck
        self.forces = initial_forces(world, baseline)
        self.minds = Minds(
            [list(shifts) for shifts in world.beliefs], [[world.sides[o].conviction] * len(SIDES) for o in SIDES]
        )
        self.outcomes: dict[str, float] = dict.fromkeys(names(world), 0)
        self.struck_before = False

    def run(self, years: int) -> dict[str, float]:
        """Year by year: deliveries, crises, repair, production."""
        for year in range(years):
            deliver(self.world, self.baseline, self.forces, year)
            self.crises(year)
            repair(self.world, self.forces)
            produce(self.world, self.baseline, self.forces)
        for side in SIDES:
            for k, stock in enumerate(self.forces.stock[side]):
                self.outcomes[f"stock_end.{side}.{k}"] = stock
            for l, stock in enumerate(self.forces.interceptors[side]):
                self.outcomes[f"interceptors_end.{side}.{l}"] = stock
        return self.outcomes

    def crises(self, year: int) -> None:
        """The year's crises, by date."""
        luck = self.luck.at(year=year, pair=PAIR)
        number = poisson(self.world.pairs[PAIR].rate, luck.uniform(Purpose.CRISES))
        for crisis in sorted(range(number), key=lambda n: luck.at(crisis=n).uniform(Purpose.DATE)):
            outcome = play(self.world, self.baseline, self.forces, self.minds, luck.at(crisis=crisis))
            self.record(outcome, year)

    def record(self, crisis: Outcome, year: int) -> None:
        """Adds a crisis to the history."""
        out = self.outcomes
        for name, amount in crisis.totals.items():
            out[name] += amount
        out["crises"] += 1
        out["highest_rung"] = max(out["highest_rung"], crisis.highest_rung)
        if crisis.first is not None:
            out[f"first_strike.{crisis.first}"] += 1
            if not self.struck_before:
                out["belief_gap"], self.struck_before = crisis.belief_gap, True
        if crisis.war is not None:
            out["wars"] += 1
            if not out["war"]:
                out["war"], out["war_year"] = 1, year + 1
                out[f"war_by.{crisis.war_by}"] = out[crisis.war] = 1


def names(world: Plain) -> list[str]:
    """Names of all outcomes."""
    arms = [f"{name}.{i}.{k}" for name in ("fired", "stock_end") for i in SIDES for k in range(len(world.arms[i]))]
    layers = [
        f"{name}.{j}.{l}"
        for name in ("interceptors", "interceptors_end")
        for j in SIDES
        for l in range(len(world.layers[j]))
    ]
    return SINGLE + [f"{name}.{i}" for name in (*PER_SIDE, "soldiers") for i in SIDES] + arms + layers


def repair(world: Plain, forces: Forces) -> None:
    """Launch limits recover: ``launch += (launch_0 - launch)(1 - exp(-rate))``."""
    for side in SIDES:
        for k, arm in enumerate(world.arms[side]):
            forces.launch[side][k] += (arm.launch - forces.launch[side][k]) * (1.0 - math.exp(-arm.repair))


def produce(world: Plain, baseline: Plain, forces: Forces) -> None:
    """Normal production of arms and interceptors."""
    for side in SIDES:
        add(forces.stock[side], [arm.production for arm in world.arms[side]])
        add(forces.interceptors[side], [layer.production for layer in world.layers[side]])
        add(forces.bare[side], [layer.production for layer in baseline.layers[side]])
