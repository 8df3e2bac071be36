"""One crisis as it happens: real raids, real deaths, beliefs that learn, the game solved anew after every strike."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from .beliefs import Seen, step
from .exact import begins_war, correlated, label, openers, opening
from .game import TYPES, Game, Stakes, public_stakes, stakes, worth
from .ladder import LIGHT, LIGHTLY, STAND, STRUCK, YIELD, Action, RaidLadder, Root, Rules, State
from .luck import Luck, Purpose
from .raid import Raid
from .reading import Plain, by_uid, other, soils_of
from .strike import Blow, Forces, Suffered, drawn_commitment, lent, simulated_strike
from .tables import PlanningTables, Situation


@dataclass
class Minds:
    """What all sides believe of all shields: shift and its precision, observer by shield."""

    shift: list[list[float]]
    precision: list[list[float]]


@dataclass
class Outcome:
    """What came of a crisis; numbers by name, e.g. ``deaths.0``.

    war : label of the war, None if none came; war_by : who began it; first : who struck first, None if nobody;
    highest_rung : reached; belief_gap : of the first striker, about its own shield, just before it struck.
    """

    highest_rung: int = 0
    first: int | None = None
    war: str | None = None
    war_by: int | None = None
    belief_gap: float = 0.0
    totals: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class Draws(NamedTuple):
    """What chance decides before a crisis: stakes by type, the type of each side, and who opens."""

    stakes: Stakes
    types: list[int]
    opener: int


def draws(world: Plain, luck: Luck) -> Draws:
    """Public stakes, private resolve and opener, all at the crisis's move 0."""
    rules, (low, high) = world.rules, by_uid(world)
    z, types = [0.0, 0.0], [0, 0]
    uids = [side.uid for side in world.sides]
    first, second = (luck.normal(Purpose.STAKE, uids[side]) for side in (low, high))
    z[low], z[high] = correlated(first, second, rules.correlation)
    for side in (0, 1):
        types[side] = math.floor(len(TYPES) * luck.uniform(Purpose.RESOLVE, uids[side]))
    chances = openers(world)
    opener = low if luck.uniform(Purpose.OPENER) < chances.get(low, 0.0) else high
    public = worth(world.sides, public_stakes(z, rules.stake_spread))
    return Draws(stakes(*public, rules.resolve_spread), types, opener)


def play(world: Plain, baseline: Plain, forces: Forces, minds: Minds, luck: Luck) -> Outcome:
    """Plays one crisis of sides 0 and 1 to its end; ``forces`` and ``minds`` are left as it leaves them."""
    forces.left = [1.0, 1.0]
    return Crisis(world, baseline, forces, minds, luck).run()


class Crisis:
    """A crisis under way."""

    def __init__(self, world: Plain, baseline: Plain, forces: Forces, minds: Minds, luck: Luck):
        self.world, self.baseline, self.forces, self.minds, self.luck = world, baseline, forces, minds, luck
        self.draws = draws(world, luck)
        self.committed: list[list[float]] | None = None
        self.bare_committed: list[list[float]] | None = None
        self.fired = [False, False]
        self.outcome = Outcome()
        self.game = self.solve(opening(self.draws.opener), Root())

    def run(self) -> Outcome:
        """Arrival by arrival: an accident, or the mover's decision."""
        state: State | None = opening(self.draws.opener)
        move = 0
        while state is not None:
            state = self.arrive(state, self.luck.at(move=move))
            move += 1
        return self.outcome

    def solve(self, state: State, root: Root) -> Game:
        """The game from the state reached, with today's true forces and commitments."""
        world = self.world
        now = Situation(
            self.forces.copy(),
            state.rung,
            state.counts,
            [list(shifts) for shifts in self.minds.shift],
            self.committed,
        )
        ladder = RaidLadder(Rules(world.sides, world.steps, world.rungs, world.rules), PlanningTables(world, now), root)
        return Game(ladder, self.draws.stakes, world.rules.precision)

    def arrive(self, state: State, luck: Luck) -> State | None:
        """What happens at a state: the next one, None at the end."""
        accident = self.accident(state, luck.uniform(Purpose.RISK))
        if accident is not None:
            return self.follow(state, accident, "war_accident", luck)
        m = state.mover
        choice = self.game.choice(state)
        own = choice.by_type[self.draws.types[m]]
        a = pick(own, luck.uniform(Purpose.MOVE))
        self.count_decision(state, choice.actions[a])
        return self.follow(state, choice.actions[a], label(choice.mean[a], own[a]), luck)

    def accident(self, state: State, u: float) -> Action | None:
        """``u < f / 2``: the strike of the side with the lower id; ``f / 2 <= u < f``: of the other; if it can."""
        risk = self.world.rungs[state.rung].risk
        if u >= risk:
            return None
        low, high = by_uid(self.world)
        striker = low if u < risk / 2.0 else high
        return next((a for _, a in self.game.ladder.accidents(state) if a.actor == striker), None)

    def count_decision(self, state: State, action: Action) -> None:
        """Decisions of a struck side: restraint, and restraint bought by the protection."""
        if state.how not in (STRUCK, LIGHTLY):
            return
        m, kind, totals = state.mover, self.draws.types[state.mover], self.outcome.totals
        totals[f"struck.{m}"] += 1
        totals[f"restrained.{m}"] += action.kind in (STAND, LIGHT)
        totals[f"restraint_bought.{m}"] += self.game.restraint(state)[kind] - self.game.bare_restraint(state)[kind]

    def follow(self, state: State, action: Action, name: str, luck: Luck) -> State | None:
        """Carries an action out; ``name`` labels the war that it may begin."""
        outcome = self.outcome
        if action.kind == YIELD:
            conceded = self.world.rungs[state.rung].concession * self.forces.left[other(action.actor)]
            outcome.totals[f"yield.{action.actor}"] += 1
            outcome.totals[f"conceded.{action.actor}"] += conceded
        if action.next is not None and action.next.rung > state.rung:
            outcome.highest_rung = action.next.rung
            self.forces.left = [1.0, 1.0]
        if begins_war(state, action, self.world.rules.war_rung):
            outcome.war, outcome.war_by = name, action.actor
        if action.strike is not None:
            self.strike(action, action.strike, luck)
        return action.next

    def strike(self, action: Action, rung: int, luck: Luck) -> None:
        """The strike, what both sides learn from it, and the game solved anew with what was really suffered."""
        striker, victim = action.actor, other(action.actor)
        if self.committed is None or self.bare_committed is None:
            self.first_strike(striker)
        assert self.committed is not None
        assert self.bare_committed is not None
        committed = self.committed, self.bare_committed
        blow = simulated_strike(self.world, self.baseline, self.forces, striker, rung, committed, luck)
        self.count_strike(striker, rung, blow)
        for place, raid in blow.raids.items():
            self.learn(place, raid)
            if any(n > 0.0 and borrowed for n, borrowed in zip(raid.used, lent(self.world, place), strict=True)):
                self.fired[victim] = True
        assert action.next is not None
        effect = blow.effect
        suffered = Suffered(effect.toll, effect.stopped)
        self.game = self.solve(action.next, Root(action.next, suffered, effect.bare, (self.fired[0], self.fired[1])))

    def first_strike(self, striker: int) -> None:
        """Now it shows which partners take part."""
        luck, outcome = self.luck, self.outcome
        places = range(len(self.world.sides))
        self.committed = [drawn_commitment(self.world, place, striker, luck) for place in places]
        self.bare_committed = [drawn_commitment(self.baseline, place, striker, luck) for place in places]
        outcome.first = striker
        home = soils_of(self.world, striker)[0].place
        outcome.belief_gap = self.minds.shift[striker][home] - self.world.sides[home].truth

    def count_strike(self, striker: int, rung: int, blow: Blow) -> None:
        """Deaths, own losses, what was fired."""
        totals = self.outcome.totals
        totals[f"strikes.{striker}"] += 1
        totals[f"soldiers.{striker}"] += self.world.steps[striker][rung].soldiers + blow.effect.crew
        for k, n in enumerate(blow.launched):
            totals[f"fired.{striker}.{k}"] += n
        for place, raid in blow.raids.items():
            totals[f"deaths.{place}"] += blow.deaths[place]
            for l, used in enumerate(raid.used):
                totals[f"interceptors.{place}.{l}"] += used

    def learn(self, victim: int, raid: Raid) -> None:
        """Every observer, third sides too, sees engagements and kills and moves its belief about a soil's shield."""
        world, minds = self.world, self.minds
        seen = [
            Seen(world.kill[victim][l][c], world.layers[victim][l].shots, engaged, killed)
            for (l, c), (engaged, killed) in sorted(raid.seen.items())
        ]
        for observer in range(len(world.sides)):
            b, tau = minds.shift[observer][victim], minds.precision[observer][victim]
            b, tau = step(b, tau, seen, world.sides[victim].sigma)
            minds.shift[observer][victim], minds.precision[observer][victim] = b, tau


def pick(probabilities: list[float], u: float) -> int:
    """The first action whose cumulative probability exceeds u."""
    below = 0.0
    for a, p in enumerate(probabilities):
        below += p
        if u < below:
            return a
    return len(probabilities) - 1
