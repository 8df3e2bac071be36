"""One history: years (``rivalry``) and their crises."""

from __future__ import annotations

from escalade.worlds import World

from .crisis import Minds, Outcome, play
from .exact import PER_SIDE, WAR
from .luck import Luck, Purpose, poisson
from .reading import Plain, read, under_protection
from .rivalry import Years
from .strike import initial_forces

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
        self.world, self.luck = world, luck
        self.forces = initial_forces(world, baseline)
        self.minds = Minds(
            [list(shifts) for shifts in world.beliefs], [[world.sides[o].conviction] * len(SIDES) for o in SIDES]
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
        for side in SIDES:
            for k, stock in enumerate(self.forces.stock[side]):
                self.outcomes[f"stock_end.{side}.{k}"] = stock
            for l, stock in enumerate(self.forces.interceptors[side]):
                self.outcomes[f"interceptors_end.{side}.{l}"] = stock
            self.outcomes[f"spending.{side}"] = self.years.spending[side]
        return self.outcomes

    def crises(self, year: int) -> None:
        """The year's crises, by date."""
        luck = self.luck.at(year=year, pair=PAIR)
        number = poisson(self.world.pairs[PAIR].rate, luck.uniform(Purpose.CRISES))
        for crisis in sorted(range(number), key=lambda n: luck.at(crisis=n).uniform(Purpose.DATE)):
            outcome = play(self.years.world, self.years.baseline, self.forces, self.minds, luck.at(crisis=crisis))
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
    by_side = [f"{name}.{i}" for name in (*PER_SIDE, "soldiers", "spending") for i in SIDES]
    return SINGLE + by_side + arms + layers
