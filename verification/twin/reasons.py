"""The five reasons: the exact crisis in which some places see the policy's protection and others the baseline's.

A strike is flown twice: what it wins, kills and loses follows the protection that it *meets*, what it destroys
on the *ground* follows another. Each protection uses up its own interceptors.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from escalade.worlds import World

from .exact import Forward, first_tables, keys, openers, public_points
from .game import Game, stakes
from .ladder import LIGHTLY, STRUCK, RaidLadder, Root, Rules, State
from .reading import Plain, facing, other, read, soils_of, under_protection
from .strike import Forces, Suffered, can_strike, planned_strike
from .tables import Cell, Key, PlanningTables, cell_at, order_of_strikes


class Both(NamedTuple):
    """Forces with the interceptors of the protection met, and with those of the protection on the ground."""

    met: Forces
    ground: Forces


class PartedTables(PlanningTables):
    """Tables of strikes that meet one protection and destroy what another lets through."""

    def __init__(self, met: PlanningTables, ground: PlanningTables):
        super().__init__(met.world, met.situation)
        self.ground = ground
        self._both: dict[tuple[int, int, int, tuple[int, ...]], Both] = {}

    def both(self, observer: int, first: int, rung: int, path: tuple[int, ...]) -> Both:
        """Forces after these strikers have struck in this order; who can strike is known from the ground alone."""
        if not path:
            return Both(self.today(rung), self.ground.today(rung))
        key = observer, first, rung, path
        if key not in self._both:
            before, striker = path[:-1], path[-1]
            now = self.both(observer, first, rung, before)
            if can_strike(self.world, striker, rung, self.ground.forces(striker, first, rung, before)):
                now = self.strike(now, observer, first, rung, striker)
            self._both[key] = now
        return self._both[key]

    def strike(self, now: Both, observer: int, first: int, rung: int, striker: int) -> Both:
        """Units lost by the striker are those shot down where it strikes; the victim loses means on the ground."""
        victim = other(striker)
        met = planned_strike(self.eyes(observer, first), now.met, striker, rung)[1]
        ground = planned_strike(self.ground.eyes(observer, first), now.ground, striker, rung)[1]
        met.stock[victim], met.launch[victim] = list(ground.stock[victim]), list(ground.launch[victim])
        ground.stock[striker], ground.launch[striker] = list(met.stock[striker]), list(met.launch[striker])
        return Both(met, ground)

    def work_out(self, observer: int, first: int, mover: int, rung: int, own: int, others: int) -> Cell:
        """The cell: what is possible by the forces on the ground, its effects by the protection met."""
        path = order_of_strikes(mover, own, others)
        mine = self.ground.forces(mover, first, rung, path)
        forces = self.both(observer, first, rung, path).met
        return cell_at(self.eyes(observer, first), forces, mine, mover, rung, own)


class MixedTables(PlanningTables):
    """Tables of a striker that sees denial's protection, and of a struck side that sees impunity's."""

    def __init__(self, own: PlanningTables, denial: PlanningTables, impunity: PlanningTables):
        super().__init__(own.world, own.situation)
        self.denial, self.impunity = denial, impunity

    def work_out(self, observer: int, first: int, mover: int, rung: int, own: int, others: int) -> Cell:
        """The observer's cell; of the other's objective the mover concedes by impunity, the other claims by denial."""
        key = observer, first, mover, rung, own, others
        wins, suffers = self.denial[key], self.impunity[key]
        if observer == mover:
            return wins._replace(left_other=suffers.left_other)
        return suffers._replace(left_other=wins.left_other)


class ReasonLadder(RaidLadder):
    """A ladder whose pressure sees a protection of its own."""

    def __init__(self, rules: Rules, tables: PlanningTables, felt: PlanningTables, bare: PlanningTables):
        super().__init__(rules, tables, Root(), bare)
        self.felt = felt

    def suffered(self, state: State) -> tuple[Suffered, Suffered]:
        """What the mover has just suffered by restraint's protection, and by the baseline's."""
        if state.how not in (STRUCK, LIGHTLY):
            return Suffered(), Suffered()
        m, o = state.mover, other(state.mover)
        first = o if state.first is None else state.first
        key: Key = m, first, o, state.rung, state.counts[o] - 1, state.counts[m]
        found = [cell.strike if state.how == STRUCK else cell.light for cell in (self.felt[key], self.bare_tables[key])]
        return Suffered(found[0].toll, found[0].stopped), Suffered(found[1].toll, found[1].stopped)


def believing(world: Plain, owners: Plain) -> Plain:
    """The world in which every side thinks of its own shield, and of its hosts', as in another world."""
    minds = [{o} | {soil.place for soil in (soils_of(world, o) if o < 2 else [])} for o in range(len(world.sides))]
    sides = [side._replace(neglect=base.neglect) for side, base in zip(world.sides, owners.sides, strict=True)]
    beliefs = [
        [owners.beliefs[o][j] if j in minds[o] else world.beliefs[o][j] for j in range(len(row))]
        for o, row in enumerate(world.beliefs)
    ]
    return world._replace(sides=sides, beliefs=beliefs)


def crisis_by_reason(
    world: World, baseline: World, on: frozenset[str], points: int = 233, pair: int = 0
) -> dict[str, float]:
    """The exact crisis in which the places of these reasons see the policy's protection, all others the baseline's."""
    policy = facing(read(world), pair)
    calm = under_protection(policy, facing(read(baseline), pair))
    protection = {True: policy, False: calm}
    belief = protection["delusion" in on]

    def tables(met: bool) -> PlanningTables:
        whole = first_tables(believing(protection["survival" in on], belief))
        return PartedTables(first_tables(believing(protection[met], belief)), whole)

    mixed = MixedTables(first_tables(policy), tables("denial" in on), tables("impunity" in on))
    rules = Rules(policy.sides, policy.steps, policy.rungs, policy.rules)
    ladder = ReasonLadder(rules, mixed, tables("restraint" in on), first_tables(calm))
    totals: dict[str, float] = defaultdict(float)
    for v, l in public_points(policy, points):
        game = Game(ladder, stakes(v, l, policy.rules.resolve_spread), policy.rules.precision)
        Forward(game, openers(policy)).add_to(totals, 1.0 / points)
    return {key: totals[key] for key in keys(len(policy.rungs))}
