"""The exact crisis: a forward pass over the solved game, averaged over public stakes, types and openers.

Nothing is sampled. Strikes do what leaders plan, so the probability of a first strike is that of the
simulation too, and everything later is the planned one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from escalade.worlds import World

from .game import TYPES, Game, public_stakes, stakes, worth
from .ladder import ACCIDENT, CLIMB, LIGHT, LIGHTLY, OPEN, STRUCK, YIELD, Action, RaidLadder, Rules, State
from .luck import normal_quantile
from .reading import Plain, by_uid, facing, other, read, under_protection
from .strike import deliver, initial_forces
from .tables import PlanningTables, Situation

WAR = ["war", "war_foreseen", "war_misjudged", "war_tremble", "war_accident"]
PER_SIDE = [
    "war_by",
    "first_strike",
    "yield",
    "conceded",
    "struck",
    "restrained",
    "restraint_bought",
    "strikes",
    "deaths",
]
"""Results kept for the war as a whole, and for each side: of the exact crisis and of a history alike."""

BY_RUNG = ["first_strike_rung", "reach"]
ENDINGS = ["end_yield.0", "end_yield.1", "end_stand_off", "end_settled"]
"""Ways in which a crisis ends, each kept by the highest rung that it came to."""

Flow = list[list[float]]
"""Probability of being somewhere, by type of side 0 and type of side 1."""


def previous_fibonacci(number: int) -> int:
    """The Fibonacci number below a Fibonacci number."""
    below, at = 1, 2
    while at < number:
        below, at = at, below + at
    return below


def lattice(points: int = 233, step: int = 144) -> list[tuple[float, float]]:
    """Fibonacci lattice in the unit square, ``((k + 1/2) / n, frac((step k + 1/2) / n))``."""
    return [((k + 0.5) / points, (step * k + 0.5) / points % 1.0) for k in range(points)]


def correlated(first: float, second: float, correlation: float) -> tuple[float, float]:
    """Two standard normal numbers with this correlation."""
    return first, correlation * first + (1.0 - correlation * correlation) ** 0.5 * second


def openers(world: Plain) -> dict[int, float]:
    """Probability of opening, by side: one half each, unless the rules name the id of one."""
    if world.rules.opener < 0:
        return {0: 0.5, 1: 0.5}
    return {side: 1.0 for side in (0, 1) if world.sides[side].uid == world.rules.opener}


def opening(side: int) -> State:
    """The state at which a crisis opens."""
    return State(0, side, OPEN, (0, 0), None)


def exact_crisis(world: World | Plain, baseline: World | Plain, points: int = 233, pair: int = 0) -> dict[str, float]:
    """Probabilities and means of one crisis of a pair in the first year, after its deliveries, nothing used up yet.

    ``restraint_bought.i`` compares with the pressure that the same planned salvos would cause under the
    protection of ``baseline``.
    """
    plain = facing(read(world), pair)
    bare = under_protection(plain, facing(read(baseline), pair))
    tables, bare_tables = first_tables(plain), first_tables(bare)
    ladder = RaidLadder(Rules(plain.sides, plain.steps, plain.rungs, plain.rules), tables, bare_tables=bare_tables)
    totals: dict[str, float] = defaultdict(float)
    lattice_points = list(public_points(plain, points))
    for v, l in lattice_points:
        game = Game(ladder, stakes(v, l, plain.rules.resolve_spread), plain.rules.precision)
        Forward(game, openers(plain)).add_to(totals, 1.0 / points)
    return {key: totals[key] for key in keys(len(plain.rungs))}


def first_tables(world: Plain) -> PlanningTables:
    """Planning tables of the first crisis: stocks and beliefs of the records, first deliveries included."""
    forces = initial_forces(world)
    deliver(world, world, forces, year=0)
    return PlanningTables(world, Situation(forces, 0, (0, 0), world.beliefs))


def public_points(world: Plain, points: int = 233) -> Iterator[tuple[list[float], list[float]]]:
    """Public stakes (v, l) of the lattice; its first coordinate belongs to the side with the lower id."""
    low, high = by_uid(world)
    for u0, u1 in lattice(points, previous_fibonacci(points)):
        z = [0.0, 0.0]
        z[low], z[high] = correlated(normal_quantile(u0), normal_quantile(u1), world.rules.correlation)
        yield worth(world.sides, public_stakes(z, world.rules.stake_spread))


def keys(rungs: int) -> list[str]:
    """Names of all results."""
    by_side = [f"{name}.{side}" for name in PER_SIDE for side in (0, 1)]
    by_rung = [f"{name}.{rung}" for name in (*BY_RUNG, *ENDINGS) for rung in range(rungs)]
    return [*WAR, "stand_off", *by_side, *by_rung]


class Forward:
    """Follows all the probability of one game at once, from its openings to its ends."""

    def __init__(self, game: Game, weights: dict[int, float]):
        self.game, self.ladder = game, game.ladder
        self.totals: dict[str, float] = defaultdict(float)
        self.flows: dict[State, Flow] = {}
        for side, weight in weights.items():
            game.arrival(opening(side))
            self.flow_into(opening(side), [[weight / len(TYPES) ** 2 for _ in TYPES] for _ in TYPES])
        self.totals["reach.0"] = sum(weights.values())
        # A state is solved after all that can follow it: backwards, that is an order of play.
        for state in reversed(game.choices):
            if state in self.flows:
                self.leave(state, self.flows.pop(state))

    def add_to(self, totals: dict[str, float], weight: float) -> None:
        """Adds what was found, weighted."""
        for key, value in self.totals.items():
            totals[key] += weight * value

    def flow_into(self, state: State, flow: Flow) -> None:
        """Probability that arrives."""
        old = self.flows.get(state)
        self.flows[state] = flow if old is None else plus(old, flow)

    def leave(self, state: State, flow: Flow) -> None:
        """Accidents first, then the mover's decision by its own type."""
        branches = self.ladder.accidents(state)
        for chance, accident in branches:
            names = ["war_accident" for _ in TYPES]
            self.take(state, accident, scaled(flow, state.mover, [chance for _ in TYPES]), names)
        calm = 1.0 - sum(chance for chance, _ in branches)
        flow = scaled(flow, state.mover, [calm for _ in TYPES])
        self.count_restraint(state, flow)
        choice = self.game.choice(state)
        for a, action in enumerate(choice.actions):
            own = [probabilities[a] for probabilities in choice.by_type]
            names = [label(choice.mean[a], p) for p in own]
            self.take(state, action, scaled(flow, state.mover, own), names)

    def take(self, state: State, action: Action, flow: Flow, names: list[str]) -> None:
        """Counts what an action does, and moves its probability on; ``names`` label a war by the mover's type."""
        amounts, totals = by_type(flow, state.mover), self.totals
        amount = sum(amounts)
        if amount == 0.0:
            return
        if begins_war(state, action, self.ladder.rules.war_rung):
            totals["war"] += amount
            totals[f"war_by.{action.actor}"] += amount
            for name, part in zip(names, amounts, strict=True):
                totals[name] += part
        if action.strike is not None:
            self.count_strike(state, action, amount)
        if action.kind == YIELD:
            totals[f"yield.{action.actor}"] += amount
            totals[f"conceded.{action.actor}"] += amount * action.conceded
        if action.kind in (CLIMB, ACCIDENT):
            totals[f"reach.{state.rung + 1}"] += amount
        if action.next is not None:
            self.flow_into(action.next, flow)
        else:
            self.count_end(state, action, amount)

    def count_end(self, state: State, action: Action, amount: float) -> None:
        """How a crisis ends, and at which rung; rungs never fall, so that it is the highest that it came to."""
        way = f"end_yield.{action.actor}" if action.kind == YIELD else "end_settled"
        if action.kind != YIELD and state.first is None:
            way = "end_stand_off"
            self.totals["stand_off"] += amount
        self.totals[f"{way}.{state.rung}"] += amount

    def count_strike(self, state: State, action: Action, amount: float) -> None:
        """Strikes, first strikes, and deaths as the victim itself plans them."""
        totals, actor = self.totals, action.actor
        totals[f"strikes.{actor}"] += amount
        totals[f"deaths.{other(actor)}"] += amount * action.deaths
        if state.first is None:
            totals[f"first_strike.{actor}"] += amount
            totals[f"first_strike_rung.{action.strike}"] += amount

    def count_restraint(self, state: State, flow: Flow) -> None:
        """Decisions of a struck side: how many, how many of restraint, and how many the protection bought."""
        if state.how not in (STRUCK, LIGHTLY):
            return
        m = state.mover
        restraint, bare = self.game.restraint(state), self.game.bare_restraint(state)
        for kind, amount in enumerate(by_type(flow, m)):
            self.totals[f"struck.{m}"] += amount
            self.totals[f"restrained.{m}"] += amount * restraint[kind]
            self.totals[f"restraint_bought.{m}"] += amount * (restraint[kind] - bare[kind])


def scaled(flow: Flow, side: int, shares: list[float]) -> Flow:
    """The flow times a share for each type of the side."""
    if side == 0:
        return [[share * p for p in row] for share, row in zip(shares, flow, strict=True)]
    return [[share * p for share, p in zip(shares, row, strict=True)] for row in flow]


def by_type(flow: Flow, side: int) -> list[float]:
    """Sums of the flow by type of the side."""
    return [sum(row) for row in flow] if side == 0 else [sum(column) for column in zip(*flow, strict=True)]


def plus(p: Flow, q: Flow) -> Flow:
    """The sum of two flows."""
    return [[x + y for x, y in zip(old, new, strict=True)] for old, new in zip(p, q, strict=True)]


def begins_war(state: State, action: Action, war_rung: int) -> bool:
    """Whether an action is the first full strike at or above the war rung.

    A light reply never begins a war. A crisis may reach the war rung by a threat; all rungs above are strikes.
    """
    begun = state.rung > war_rung or (state.rung == war_rung and state.counts != (0, 0))
    return not begun and action.strike is not None and action.kind != LIGHT and action.strike >= war_rung


def label(expected: float, own: float) -> str:
    """Name of a war: foreseen by the rival, misjudged by it, or a tremble of the one who made it."""
    if expected >= 0.5:
        return "war_foreseen"
    return "war_misjudged" if own >= 0.5 else "war_tremble"
