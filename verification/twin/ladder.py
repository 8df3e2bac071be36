"""The rules of the ladder: which actions a state allows, in which order, what each pays and where it leads.

A state is (rung, mover, how, counts, first): ``counts`` are the strikes of side 0 and of side 1 at the
present rung, ``how`` the crisis has come to the mover, ``first`` who struck first in the crisis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .reading import other, soils_of
from .strike import Suffered, commitments, lent
from .tables import Cell, Key, PlanningTables

OPEN, STRUCK, LIGHTLY, STOOD = "open", "struck", "struck lightly", "stood"
YIELD, STAND, LIGHT, ANSWER, CLIMB, ACCIDENT = "yield", "stand", "light", "answer", "climb", "accident"


class State(NamedTuple):
    """Where a crisis stands when the mover is to decide."""

    rung: int
    mover: int
    how: str
    counts: tuple[int, int]
    first: int | None


class Payoff(NamedTuple):
    """``value x v - loss x l - cost``: linear in the stakes v and l of the side."""

    value: float = 0.0
    loss: float = 0.0
    cost: float = 0.0

    def utility(self, v: float, l: float) -> float:
        """In stakes."""
        return v * self.value - l * self.loss - self.cost


class Action(NamedTuple):
    """One thing that ``actor`` can do, or that happens to it.

    mine, theirs : payoffs at once, without the pressure;
    pressure, bare_pressure : cost to the actor of what stays unanswered, and what it would be under the baseline;
    next : where it leads; None ends the crisis;
    strike : rung whose means strike, None if nobody strikes; deaths : by it that the victim plans with;
    conceded : share of the other's whole objective that yielding gives up, read by the yielder.
    """

    kind: str
    actor: int
    mine: Payoff
    theirs: Payoff
    pressure: float
    bare_pressure: float
    next: State | None
    strike: int | None = None
    deaths: float = 0.0
    conceded: float = 0.0


class Rules(NamedTuple):
    """The ladder's numbers: a world, or a scalar ladder, read as SIDE, STEP [i][r], RUNG and RULES records."""

    sides: Sequence[Any]
    steps: Sequence[Sequence[Any]]
    rungs: Sequence[Any]
    rules: Any


class Root(NamedTuple):
    """What the state actually reached knows beyond plans.

    state : there; suffered, bare : in the strike just suffered, in truth and on paper under the baseline;
    fired : whether partner layers have fired for each side in this crisis.
    """

    state: State | None = None
    suffered: Suffered = Suffered()
    bare: Suffered = Suffered()
    fired: tuple[bool, bool] = (False, False)


class Ladder:
    """Actions and accidents at every state, with payoffs read from planning tables."""

    def __init__(
        self,
        rules: Rules,
        tables: Mapping[Key, Cell],
        root: Root | None = None,
        bare_tables: Mapping[Key, Cell] | None = None,
    ):
        self.sides, self.steps, self.rungs, self.rules = rules
        self.tables, self.root = tables, root or Root()
        self.bare_tables = tables if bare_tables is None else bare_tables
        self._actions: dict[State, list[Action]] = {}
        self._accidents: dict[State, list[tuple[float, Action]]] = {}

    # --- looking up ---

    def cell(self, observer: int, state: State, striker: int, rung: int, own: int, others: int) -> Cell:
        """The striker's cell; a strike in a crisis without strikes is the first."""
        first = striker if state.first is None else state.first
        return self.tables[observer, first, striker, rung, own, others]

    def here(self, observer: int, state: State) -> Cell:
        """The mover's cell at the state itself."""
        m = state.mover
        return self.cell(observer, state, m, state.rung, state.counts[m], state.counts[other(m)])

    def suffered(self, state: State) -> tuple[Suffered, Suffered]:
        """What the mover has just suffered, and would have under the baseline: real at the root, planned elsewhere."""
        if state == self.root.state:
            return self.root.suffered, self.root.bare
        if state.how not in (STRUCK, LIGHTLY):
            return Suffered(), Suffered()
        m, o = state.mover, other(state.mover)
        key = m, o if state.first is None else state.first, o, state.rung, state.counts[o] - 1, state.counts[m]
        planned, bare = (
            cell.strike if state.how == STRUCK else cell.light for cell in (self.tables[key], self.bare_tables[key])
        )
        return Suffered(planned.toll, planned.stopped), Suffered(bare.toll, bare.stopped)

    def could_fire(self, side: int, first: int) -> bool:
        """Whether partner layers of the side may still fire in this crisis; a ladder without raids has none."""
        return False

    # --- the parts of utilities ---

    def grief(self, m: int, suffered: Suffered) -> float:
        """``P d / T``: the deaths in the pressure."""
        return float(self.sides[m].pressure * suffered.toll / self.sides[m].tolerance)

    def pressure(self, state: State, suffered: Suffered) -> float:
        """``P (d / T + affront (1 - calm x share stopped))`` if the mover was struck, else 0."""
        if state.how not in (STRUCK, LIGHTLY):
            return 0.0
        side = self.sides[state.mover]
        affront = side.affront * (1.0 - side.calm * suffered.stopped)
        return float(self.grief(state.mover, suffered) + side.pressure * affront)

    def leash(self, state: State, striker: int) -> float:
        """Extra cost of striking once partner layers have fired, or are planned to have fired, for the striker."""
        o = other(striker)
        planned = state.first is not None and (state.counts[o] > 0 or state.first == o)
        if self.root.fired[striker] or (planned and self.could_fire(striker, state.first)):  # type: ignore[arg-type]
            return float(self.sides[striker].leash)
        return 0.0

    def cost(self, state: State, striker: int, rung: int) -> float:
        """``kappa`` of a strike, with leash and with ``kappa_first`` if nobody has struck yet."""
        first_cost = self.sides[striker].first_cost if state.first is None else 0.0
        return float(self.steps[striker][rung].cost + self.leash(state, striker) + first_cost)

    # --- actions ---

    def actions(self, state: State) -> list[Action]:
        """What the mover can do, in order: yield, stand, reply lightly, answer, climb."""
        if state not in self._actions:
            found = [
                self.yielding(state),
                self.standing(state),
                self.light(state),
                self.answer(state),
                self.climb(state),
            ]
            self._actions[state] = [action for action in found if action is not None]
        return self._actions[state]

    def idle(
        self, kind: str, state: State, mine: Payoff, theirs: Payoff, then: State | None, conceded: float = 0.0
    ) -> Action:
        """An action that leaves the pressure where it is."""
        suffered, bare = self.suffered(state)
        pressure, bare_pressure = self.pressure(state, suffered), self.pressure(state, bare)
        return Action(kind, state.mover, mine, theirs, pressure, bare_pressure, then, conceded=conceded)

    def yielding(self, state: State) -> Action | None:
        """Gives up the share ``c_r`` of what is left of the other's objective, and pays the price of backing down."""
        if state.rung < 1 or self.rules.no_yield:
            return None
        m, c = state.mover, self.rungs[state.rung].concession
        mine = c * self.here(m, state).left_other
        theirs = c * self.here(other(m), state).left_other
        lose = Payoff(loss=mine, cost=self.steps[m][state.rung].audience)
        return self.idle(YIELD, state, lose, Payoff(value=theirs), None, conceded=mine)

    def standing(self, state: State) -> Action:
        """Leaves it at that; two in a row end the crisis."""
        then = None if state.how == STOOD else state._replace(mover=other(state.mover), how=STOOD)
        return self.idle(STAND, state, Payoff(), Payoff(), then)

    def light(self, state: State) -> Action | None:
        """The strike of the next lower rung at which the mover can strike, fought at the present rung."""
        if state.how not in (STRUCK, LIGHTLY) or not self.rules.light_replies:
            return None
        lower = self.here(state.mover, state).light_rung
        if lower is None or state.counts[state.mover] >= self.rules.waves:
            return None
        reply = self.strike(LIGHT, state, state.mover, lower, state.rung, state.counts)
        suffered, bare = self.suffered(state)
        griefs = self.grief(state.mover, suffered), self.grief(state.mover, bare)
        return reply._replace(pressure=griefs[0], bare_pressure=griefs[1])

    def answer(self, state: State) -> Action | None:
        """A strike at the present rung."""
        m = state.mover
        if state.counts[m] >= self.rules.waves or not self.here(m, state).possible:
            return None
        return self.strike(ANSWER, state, m, state.rung, state.rung, state.counts)

    def climb(self, state: State) -> Action | None:
        """To the next rung: a strike where the mover has means for it, a threat only where the rung is one."""
        m, t = state.mover, state.rung + 1
        if t >= len(self.rungs) or not self.steps[m][t].may_climb:
            return None
        if self.steps[m][t].effort > 0.0:
            return self.strike_above(CLIMB, state, m)
        then = State(t, other(m), OPEN, (0, 0), state.first)
        return self.idle(CLIMB, state, Payoff(cost=self.steps[m][t].cost), Payoff(), then)

    def strike_above(self, kind: str, state: State, striker: int) -> Action | None:
        """A strike one rung up, if the striker may and can: counts there begin at 1 and 0."""
        t = state.rung + 1
        if t >= len(self.rungs) or not self.steps[striker][t].may_climb:
            return None
        if not self.cell(striker, state, striker, t, 0, 0).possible:
            return None
        return self.strike(kind, state, striker, t, t, (0, 0))

    def strike(self, kind: str, state: State, striker: int, rung: int, fought: int, counts: tuple[int, int]) -> Action:
        """A strike with the means of ``rung``, fought at rung ``fought`` from these counts there."""
        victim = other(striker)
        at = (state, striker, fought, counts[striker], counts[victim])
        mine, theirs = self.cell(striker, *at), self.cell(victim, *at)
        ours, felt = (mine.light, theirs.light) if kind == LIGHT else (mine.strike, theirs.strike)
        lost = self.steps[striker][rung].soldiers + ours.crew
        cost = self.cost(state, striker, rung) + lost / self.sides[striker].tolerance
        suffer = Payoff(loss=felt.gain, cost=felt.toll / self.sides[victim].tolerance)
        first = striker if state.first is None else state.first
        then = State(fought, victim, LIGHTLY if kind == LIGHT else STRUCK, one_more(counts, striker), first)
        win = Payoff(value=ours.gain, cost=cost)
        return Action(kind, striker, win, suffer, 0.0, 0.0, then, strike=rung, deaths=felt.deaths)

    # --- accidents ---

    def accidents(self, state: State) -> list[tuple[float, Action]]:
        """Autonomous strikes on arrival: each side's with probability ``f_r / 2``; who has no means is left out."""
        if state not in self._accidents:
            half = self.rungs[state.rung].risk / 2.0
            strikes = [self.strike_above(ACCIDENT, state, side) for side in (0, 1)] if half > 0.0 else []
            self._accidents[state] = [(half, strike) for strike in strikes if strike is not None]
        return self._accidents[state]


class RaidLadder(Ladder):
    """A ladder whose strikes are raids: partner layers can fire."""

    tables: PlanningTables

    def could_fire(self, side: int, first: int) -> bool:
        """Whether a partner layer of the side may take part and has rounds for one engagement today."""
        world, situation = self.tables.world, self.tables.situation
        committed, forces = situation.committed or commitments(world, first), situation.forces
        return any(
            borrowed and g > 0.0 and stock - layer.reserve >= layer.shots
            for place in (soil.place for soil in soils_of(world, side))
            for layer, borrowed, g, stock in zip(
                world.layers[place], lent(world, place), committed[place], forces.interceptors[place], strict=True
            )
        )


def one_more(counts: tuple[int, int], striker: int) -> tuple[int, int]:
    """The counts after one more strike."""
    return (counts[0] + 1, counts[1]) if striker == 0 else (counts[0], counts[1] + 1)
