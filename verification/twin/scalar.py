"""The scalar ladder: the same game with given numbers for each rung, without raids.

For teaching and for the theory tests. Per rung and side: strike or threat, gain (share of the objective),
cost, harm (own deaths over tolerance when struck there), audience cost. Gains shrink with what is left of
the objective; harm and gain are otherwise constant.
"""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from .exact import Forward, correlated, lattice
from .game import Game, public_stakes, stakes
from .ladder import Ladder, Rules
from .luck import normal_quantile
from .reading import other
from .strike import NOTHING, Effect, Suffered
from .tables import Cell, Key

Spec = dict[str, Any]


class ScalarTables(dict[Key, Cell]):
    """Planning tables of a scalar ladder: all observers agree."""

    def __init__(self, spec: Spec):
        super().__init__()
        self.sides, self.waves = spec["sides"], spec["K"]

    def __missing__(self, key: Key) -> Cell:
        self[key] = cell = self.work_out(*key[2:])
        return cell

    def left(self, side: int, rung: int, strikes: int) -> float:
        """``w = (1 - g)^n``: what is left of the objective after n strikes at the rung."""
        return float((1.0 - self.sides[side]["gain"][rung]) ** strikes)

    def work_out(self, mover: int, rung: int, own: int, others: int) -> Cell:
        """The cell at these counts."""
        left, left_other = self.left(mover, rung, own), self.left(other(mover), rung, others)
        strikes = self.sides[mover]["strike"]
        if own >= self.waves:
            return Cell(NOTHING, NOTHING, left, left_other, False, None)
        light_rung = max((lower for lower in range(rung) if strikes[lower]), default=None)
        light = NOTHING if light_rung is None else self.effect(mover, light_rung, left)
        strike = self.effect(mover, rung, left) if strikes[rung] else NOTHING
        return Cell(strike, light, left, left_other, bool(strikes[rung]), light_rung)

    def effect(self, mover: int, rung: int, left: float) -> Effect:
        """A strike with the means of the rung."""
        harm = self.sides[other(mover)]["harm"][rung]
        return Effect(gain=self.sides[mover]["gain"][rung] * left, deaths=harm, toll=harm, bare=Suffered(harm))


def rules_of(spec: Spec) -> Rules:
    """The numbers of a scalar ladder where a world has its records; tolerance 1, so that harm is deaths."""
    rungs = range(len(spec["sides"][0]["strike"]))
    sides = [
        SimpleNamespace(
            tolerance=1.0,
            affront=s["affront"],
            pressure=s["press"],
            calm=0.0,
            leash=0.0,
            first_cost=s.get("first_cost", 0.0),
        )
        for s in spec["sides"]
    ]
    steps = [
        [
            SimpleNamespace(
                effort=float(s["strike"][r]),
                cost=s["cost"][r],
                soldiers=0.0,
                audience=s["audience"][r],
                may_climb=s["may_climb"][r],
            )
            for r in rungs
        ]
        for s in spec["sides"]
    ]
    levels = [SimpleNamespace(concession=spec["concession"][r], risk=spec["autonomous_risk"][r]) for r in rungs]
    rules = SimpleNamespace(
        war_rung=spec["war_rung"],
        waves=spec["K"],
        light_replies=spec["light_replies"],
        no_yield=not spec["allow_yield"],
    )
    return Rules(sides, steps, levels, rules)


def public_points(spec: Spec) -> list[tuple[list[float], list[float]]]:
    """Public stakes (v, l): the lattice, or the medians where nothing is spread."""
    draws = [(normal_quantile(a), normal_quantile(b)) for a, b in lattice()] if spec["spread"] > 0.0 else [(0.0, 0.0)]
    points = []
    for pair in draws:
        v, l = public_stakes(correlated(*pair, spec.get("correlation", 0.0)), spec["spread"])
        values = [x * s["value"] for x, s in zip(v, spec["sides"], strict=True)]
        losses = [x * s["loss"] for x, s in zip(l, spec["sides"], strict=True)]
        points.append((values, losses))
    return points


def scalar_game(spec: Spec, v: list[float], l: list[float]) -> Game:
    """The game of a scalar ladder at these public stakes."""
    ladder = Ladder(rules_of(spec), ScalarTables(spec))
    return Game(ladder, stakes(v, l, spec["private_resolve"]), spec["lambda"])


def scalar_totals(spec: Spec) -> dict[str, float]:
    """Probabilities and means of one crisis, with the names of the exact crisis."""
    openers = {0: 0.5, 1: 0.5} if spec["opener"] is None else {spec["opener"]: 1.0}
    totals: dict[str, float] = defaultdict(float)
    points = public_points(spec)
    for v, l in points:
        Forward(scalar_game(spec, v, l), openers).add_to(totals, 1.0 / len(points))
    return totals


def scalar_crisis(spec: Spec) -> Spec:
    """The answer of a scalar ladder; labels are shares of wars."""
    totals = scalar_totals(spec)
    war = totals["war"]
    names = ("foreseen", "misjudged", "tremble", "accident")
    return {
        "first_strike": [totals["first_strike.0"], totals["first_strike.1"]],
        "war": war,
        "war_begun_by": [totals["war_by.0"], totals["war_by.1"]],
        "yield": [totals["yield.0"], totals["yield.1"]],
        "stand_off": totals["stand_off"],
        "labels": {name: totals[f"war_{name}"] / war if war > 0.0 else 0.0 for name in names},
    }
