"""Planning tables with memory: what each strike still to come would do, as each side believes.

The forces left after ``a`` strikes by i and ``b`` by j at one rung lie on an alternating path,

    F[i](0, 0) = today's forces
    F[i](a, b) = what the strike of j leaves of F[j](b - 1, a)   if b >= a,
                 what the strike of i leaves of F[i](a - 1, b)   else,

with counts from the root on. A table does not depend on the stakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from escalade.worlds import World

from .reading import Plain, Record, other, read
from .strike import NOTHING, Effect, Eyes, Forces, can_strike, commitments, planned_strike

Key = tuple[int, int, int, int, int, int]
"""(observer, who struck first, mover, rung, mover's count, the other's count); counts are absolute."""


class Cell(NamedTuple):
    """What the observer expects of the mover's strike at these counts.

    strike, light : effect of the full strike, and of the light reply;
    left_own, left_other : share of the mover's and of the other's objective left before the strike;
    possible : the mover, by its own beliefs, can launch one whole unit and has a strike left;
    light_rung : the next lower rung at which it can strike, None if there is none.
    """

    strike: Effect
    light: Effect
    left_own: float
    left_other: float
    possible: bool
    light_rung: int | None


@dataclass(frozen=True)
class Situation:
    """What the tables start from.

    forces : true forces today, with what is left of both objectives at the present rung;
    rung, counts : where the crisis stands, and the strikes of side 0 and of side 1 at that rung;
    beliefs : believed logit shift, observer by shield;
    committed : per soil and layer 0 or 1 once this crisis has shown it, else None.
    """

    forces: Forces
    rung: int
    counts: tuple[int, int]
    beliefs: list[list[float]]
    committed: list[list[float]] | None = None


class PlanningTables(dict[Key, Cell]):
    """Cells by key, worked out when first asked for."""

    def __init__(self, world: Plain, situation: Situation):
        super().__init__()
        self.world, self.situation = world, situation
        self._paths: dict[tuple[int, int, int, tuple[int, ...]], Forces] = {}

    def __missing__(self, key: Key) -> Cell:
        self[key] = cell = self.work_out(*key)
        return cell

    def eyes(self, observer: int, first: int) -> Eyes:
        """The observer, with commitments as known, or as expected when ``first`` struck first."""
        now, world = self.situation, self.world
        committed = now.committed or commitments(world, first)
        return Eyes(
            world,
            observer,
            now.beliefs[observer],
            [armed(world.layers[j], committed[j], now.forces.interceptors[j]) for j in range(len(world.layers))],
        )

    def today(self, rung: int) -> Forces:
        """Forces at the root; on every climb both objectives are whole again."""
        forces = self.situation.forces.copy()
        if rung > self.situation.rung:
            forces.left = [1.0, 1.0]
        return forces

    def since_root(self, side: int, rung: int, count: int) -> int:
        """Strikes of the side at the rung from the root on."""
        return count - self.situation.counts[side] if rung == self.situation.rung else count

    def forces(self, observer: int, first: int, rung: int, path: tuple[int, ...]) -> Forces:
        """Forces after these strikers have struck in this order; who cannot strike leaves them as they are."""
        if not path:
            return self.today(rung)
        key = observer, first, rung, path
        if key not in self._paths:
            before, striker = path[:-1], path[-1]
            forces = self.forces(observer, first, rung, before)
            if can_strike(self.world, striker, rung, self.forces(striker, first, rung, before)):
                _, forces = planned_strike(self.eyes(observer, first), forces, striker, rung)
            self._paths[key] = forces
        return self._paths[key]

    def work_out(self, observer: int, first: int, mover: int, rung: int, own: int, others: int) -> Cell:
        """The cell: forces at the end of its path, and the strikes that the mover can start from there."""
        a, b = self.since_root(mover, rung, own), self.since_root(other(mover), rung, others)
        path = order_of_strikes(mover, a, b)
        mine = self.forces(mover, first, rung, path)
        forces = self.forces(observer, first, rung, path)
        return cell_at(self.eyes(observer, first), forces, mine, mover, rung, own)


def armed(layers: list[Record], committed: list[float], interceptors: list[float]) -> list[float]:
    """Commitments, 0 for layers that could not engage even once from today's stock.

    They do not exist for planners; else one who neglects saturation would believe that an empty shield kills.
    """
    return [
        g if stock - layer.reserve >= layer.shots else 0.0
        for layer, g, stock in zip(layers, committed, interceptors, strict=True)
    ]


def cell_at(eyes: Eyes, forces: Forces, mine: Forces, mover: int, rung: int, own: int) -> Cell:
    """The cell of a mover with ``mine`` left by its own beliefs and ``forces`` by the observer's."""
    world = eyes.world
    left = forces.left[mover], forces.left[other(mover)]
    if own >= world.rules.waves:
        return Cell(NOTHING, NOTHING, *left, False, None)
    possible, light_rung = can_strike(world, mover, rung, mine), next_lower(world, mover, rung, mine)
    strike = planned_strike(eyes, forces, mover, rung)[0] if possible else NOTHING
    light = NOTHING if light_rung is None else planned_strike(eyes, forces, mover, light_rung)[0]
    return Cell(strike, light, *left, possible, light_rung)


def next_lower(world: Plain, mover: int, rung: int, forces: Forces) -> int | None:
    """The next lower rung at which the mover can strike from these forces."""
    for lower in range(rung - 1, -1, -1):
        if can_strike(world, mover, lower, forces):
            return lower
    return None


def order_of_strikes(mover: int, own: int, others: int) -> tuple[int, ...]:
    """Who strikes when on the path to F[mover](own, others): the other last if it has struck as often or more."""
    if own == others == 0:
        return ()
    if others >= own:
        return (*order_of_strikes(other(mover), others - 1, own), other(mover))
    return (*order_of_strikes(mover, own - 1, others), mover)


def planning_tables(world: World | Plain, situation: Situation) -> PlanningTables:
    """All cells from the present rung up, from the present counts on."""
    plain = read(world)
    tables = PlanningTables(plain, situation)
    waves, sides = range(plain.rules.waves + 1), (0, 1)
    for rung in range(situation.rung, len(plain.rungs)):
        low = situation.counts if rung == situation.rung else (0, 0)
        for observer in sides:
            for first in sides:
                for mover in sides:
                    for own in waves[low[mover] :]:
                        for others in waves[low[other(mover)] :]:
                            _ = tables[observer, first, mover, rung, own, others]
    return tables


def literal_forces(tables: PlanningTables, observer: int, first: int, rung: int, i: int, a: int, b: int) -> Forces:
    """F[i](a, b) by the two lines of its definition, nothing remembered: the oracle of the tables.

    Counts from the root on.
    """
    if a == b == 0:
        return tables.today(rung)
    striker, x, y = (other(i), b - 1, a) if b >= a else (i, a - 1, b)
    forces = literal_forces(tables, observer, first, rung, striker, x, y)
    mine = literal_forces(tables, striker, first, rung, striker, x, y)
    if not can_strike(tables.world, striker, rung, mine):
        return forces
    return planned_strike(tables.eyes(observer, first), forces, striker, rung)[1]
