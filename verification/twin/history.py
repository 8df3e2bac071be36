"""One history: years (``rivalry``) and the crises of all pairs."""

from __future__ import annotations

import re

from escalade.worlds import World

from .crisis import Minds, Outcome, play
from .exact import PER_SIDE, WAR
from .luck import Luck, Purpose, poisson
from .reading import Plain, facing, order_of, read, under_protection
from .rivalry import Years
from .strike import Forces, initial_forces

SINGLE = [*WAR, "wars", "war_year", "highest_rung", "crises", "belief_gap"]


def run(
    world: World | Plain, baseline: World | Plain, seed: int, candidate: int, history_id: int, years: int
) -> dict[str, float]:
    """Outcomes of one history of ``years`` years, by name.

    world, baseline : under the policy and under the baseline, whose protection meets every salvo on paper;
    seed, candidate, history_id : address of its luck.
    """
    plain = read(world)
    return History(plain, under_protection(plain, read(baseline)), Luck(seed, candidate, history_id)).run(years)


class History:
    """A history under way: forces and minds of all sides, and the outcomes so far."""

    def __init__(self, world: Plain, baseline: Plain, luck: Luck):
        self.world, self.luck = world, luck
        self.sides = range(len(world.sides))
        self.forces = initial_forces(world, baseline)
        self.minds = Minds(
            [list(shifts) for shifts in world.beliefs],
            [[world.sides[o].conviction] * len(self.sides) for o in self.sides],
        )
        self.years = Years(world, baseline, self.forces, self.minds.shift)
        self.outcomes: dict[str, float] = dict.fromkeys(names(world), 0)
        self.struck_before = False

    def run(self, years: int) -> dict[str, float]:
        """Year by year: planned changes, crises, and what follows them."""
        for year in range(years):
            self.years.begin(year)
            before = [list(stocks) for stocks in self.forces.interceptors]
            self.crises(year)
            self.years.note_use(before)
            self.years.end(year)
        for side in self.sides:
            for k, stock in enumerate(self.forces.stock[side]):
                self.outcomes[f"stock_end.{side}.{k}"] = stock
            for l, stock in enumerate(self.forces.interceptors[side]):
                self.outcomes[f"interceptors_end.{side}.{l}"] = stock
            self.outcomes[f"spending.{side}"] = self.years.spending[side]
        return self.outcomes

    def crises(self, year: int) -> None:
        """The year's crises of all pairs, by date."""
        dated = []
        for pair, record in enumerate(self.world.pairs):
            luck = self.luck.at(year=year, pair=pair)
            for crisis in range(poisson(record.rate, luck.uniform(Purpose.CRISES))):
                here = luck.at(crisis=crisis)
                dated.append((here.uniform(Purpose.DATE), pair, here))
        for _, pair, luck in sorted(dated, key=lambda entry: entry[0]):
            self.record(self.crisis(pair, year, luck), pair, year)

    def crisis(self, pair: int, year: int, luck: Luck) -> Outcome:
        """One crisis of a pair, whose sides are 0 and 1 in it; what it uses and teaches stays."""
        order = order_of(self.world, pair)
        ours = self.forces
        forces = Forces(
            [ours.stock[side] for side in order],
            [ours.launch[side] for side in order],
            [ours.interceptors[side] for side in order],
            [ours.bare[side] for side in order],
            [1.0, 1.0],
        )
        minds = Minds(
            *([[rows[o][j] for j in order] for o in order] for rows in (self.minds.shift, self.minds.precision))
        )
        world = valued(facing(self.years.world, pair), self.world.objectives[year][pair])
        outcome = play(world, facing(self.years.baseline, pair), forces, minds, luck)
        for rows, seen in ((self.minds.shift, minds.shift), (self.minds.precision, minds.precision)):
            for o, observer in enumerate(order):
                for j, owner in enumerate(order):
                    rows[observer][owner] = seen[o][j]
        return outcome

    def record(self, crisis: Outcome, pair: int, year: int) -> None:
        """Adds a crisis to the history."""
        out, order = self.outcomes, order_of(self.world, pair)
        for name, amount in crisis.totals.items():
            out[re.sub(r"\.(\d+)", lambda found: f".{order[int(found[1])]}", name, count=1)] += amount
        out["crises"] += 1
        out[f"crises_between.{pair}"] += 1
        out["highest_rung"] = max(out["highest_rung"], crisis.highest_rung)
        if crisis.first is not None:
            out[f"first_strike.{order[crisis.first]}"] += 1
            if not self.struck_before:
                out["belief_gap"], self.struck_before = crisis.belief_gap, True
        if crisis.war is not None:
            assert crisis.war_by is not None
            out["wars"] += 1
            out[f"war_between.{pair}"] = 1
            if not out["war"]:
                out["war"], out["war_year"] = 1, year + 1
                out[f"war_by.{order[crisis.war_by]}"] = out[crisis.war] = 1


def valued(world: Plain, objectives: list[float]) -> Plain:
    """The world with what the year's objectives are worth to the sides of the pair, 0 and 1 in it; hosts have none."""
    pair = [side._replace(value=worth) for side, worth in zip(world.sides, objectives, strict=False)]
    return world._replace(sides=[*pair, *world.sides[2:]])


def names(world: Plain) -> list[str]:
    """Names of all outcomes."""
    sides = range(len(world.sides))
    arms = [f"{name}.{i}.{k}" for name in ("fired", "stock_end") for i in sides for k in range(len(world.arms[i]))]
    layers = [
        f"{name}.{j}.{l}"
        for name in ("interceptors", "interceptors_end")
        for j in sides
        for l in range(len(world.layers[j]))
    ]
    pairs = [f"{name}.{p}" for name in ("crises_between", "war_between") for p in range(len(world.pairs))]
    by_side = [f"{name}.{i}" for name in (*PER_SIDE, "soldiers", "spending") for i in sides]
    return SINGLE + by_side + arms + layers + pairs
