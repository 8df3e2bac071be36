"""The game's solution: logit choice with private resolve, one backward pass by recursion.

With ``V`` the expected utility on arrival at a state and ``a`` an action,

    U_m(a) = value v - loss l - cost - pressure + V_m(next),     P(a) = exp(lambda U_m(a)) / sum,

for each type of the mover m; of the other each side expects the mean over its types.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from .ladder import LIGHT, STAND, Action, Ladder, State
from .luck import normal_quantile
from .reading import other

TYPES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Quantiles of the five equally likely types of private resolve."""


class Stakes(NamedTuple):
    """Value of one's own objective and loss if the other attains its own: per side, per type."""

    value: list[list[float]]
    loss: list[list[float]]


def resolve_types(spread: float) -> list[float]:
    """``rho = exp(s_p eps)``, what each type multiplies v and l with."""
    return [math.exp(spread * normal_quantile(u)) for u in TYPES]


def stakes(values: Sequence[float], losses: Sequence[float], spread: float) -> Stakes:
    """Public stakes, times resolve."""
    types = resolve_types(spread)
    return Stakes([[v * rho for rho in types] for v in values], [[l * rho for rho in types] for l in losses])


def public_stakes(z: Sequence[float], spread: float) -> tuple[list[float], list[float]]:
    """``v_i = exp(s z_i)``, ``l_i = exp(s z_j)``: what one can win, the other can lose."""
    v = [math.exp(spread * z[0]), math.exp(spread * z[1])]
    return v, [v[1], v[0]]


def worth(sides: Sequence[Any], public: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    """``v_i = vbar_i exp(s z_i)``, ``l_i = lbar_i exp(s z_j)``: public stakes as the two sides value them."""
    v, l = public
    return (
        [side.value * x for side, x in zip(sides[:2], v, strict=True)],
        [side.loss * x for side, x in zip(sides[:2], l, strict=True)],
    )


def logit(utilities: Sequence[float], precision: float) -> list[float]:
    """Choice probabilities; at infinite precision the best actions share it equally."""
    best = max(utilities)
    if math.isinf(precision):
        weights = [1.0 if u == best else 0.0 for u in utilities]
    else:
        weights = [math.exp(precision * (u - best)) for u in utilities]
    total = sum(weights)
    return [w / total for w in weights]


class Choice(NamedTuple):
    """What the mover does at a state: probability of each action, by its type, and in the mean over types."""

    actions: list[Action]
    by_type: list[list[float]]
    mean: list[float]


Values = list[list[float]]
"""Expected utility per side and type."""


class Game:
    """A ladder at given stakes, solved from any state down as far as play can lead."""

    def __init__(self, ladder: Ladder, at: Stakes, precision: float):
        self.ladder, self.at, self.precision = ladder, at, precision
        self.kinds = range(len(at.value[0]))
        self.choices: dict[State, Choice] = {}
        self._arrivals: dict[State, Values] = {}

    def arrival(self, state: State | None) -> Values:
        """``V``: accidents may strike first, else the mover decides. The end is worth nothing more.

        All that can follow a state is solved before its own choice: the forward pass relies on that order.
        """
        if state is None:
            return [[0.0 for _ in self.kinds] for _ in (0, 1)]
        if state not in self._arrivals:
            branches = [(p, self.after(accident, accident.pressure)) for p, accident in self.ladder.accidents(state)]
            calm = 1.0 - sum(chance for chance, _ in branches)
            values = [[calm * v for v in side] for side in self.decision(state)]
            for chance, worth in branches:
                values = [
                    [v + chance * w for v, w in zip(*pair, strict=True)] for pair in zip(values, worth, strict=True)
                ]
            self._arrivals[state] = values
        return self._arrivals[state]

    def after(self, action: Action, pressure: float) -> Values:
        """Utility of the action to both sides, by type, with all that follows from it, under this pressure."""
        v, l, then = self.at.value, self.at.loss, self.arrival(action.next)
        worth = then.copy()
        actor, witness = action.actor, other(action.actor)
        for side, payoff, burden in ((actor, action.mine, pressure), (witness, action.theirs, 0.0)):
            worth[side] = [
                payoff.utility(v[side][kind], l[side][kind]) - burden + then[side][kind] for kind in self.kinds
            ]
        return worth

    def decision(self, state: State) -> Values:
        """The mover's choice, and what it is worth to both."""
        actions, m, o = self.ladder.actions(state), state.mover, other(state.mover)
        worths = [self.after(action, action.pressure) for action in actions]
        by_type = [logit([worth[m][kind] for worth in worths], self.precision) for kind in self.kinds]
        mean = [sum(p[a] for p in by_type) / len(by_type) for a in range(len(actions))]
        self.choices[state] = Choice(actions, by_type, mean)
        values: Values = [[], []]
        values[m] = [
            sum(p * worth[m][kind] for p, worth in zip(by_type[kind], worths, strict=True)) for kind in self.kinds
        ]
        values[o] = [sum(p * worth[o][kind] for p, worth in zip(mean, worths, strict=True)) for kind in self.kinds]
        return values

    def choice(self, state: State) -> Choice:
        """What the mover does at the state."""
        if state not in self.choices:
            self.arrival(state)
        return self.choices[state]

    def restraint(self, state: State) -> list[float]:
        """Probability that the mover stands down or replies lightly, by type."""
        choice = self.choice(state)
        return [restrained(choice.actions, probabilities) for probabilities in choice.by_type]

    def bare_restraint(self, state: State) -> list[float]:
        """The same with the pressure of the baseline's protection, and the same continuation."""
        actions, m = self.choice(state).actions, state.mover
        worths = [self.after(action, action.bare_pressure)[m] for action in actions]
        return [restrained(actions, logit([worth[kind] for worth in worths], self.precision)) for kind in self.kinds]


def restrained(actions: list[Action], probabilities: list[float]) -> float:
    """Probability of restraint: standing down or replying lightly."""
    return sum(p for action, p in zip(actions, probabilities, strict=True) if action.kind in (STAND, LIGHT))
