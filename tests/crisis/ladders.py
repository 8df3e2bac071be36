"""Scalar ladders for tests: one by hand, and any number of random ones."""

from __future__ import annotations

import random
from typing import Any

Spec = dict[str, Any]


def side(**changes: Any) -> Spec:
    """A side of a five-rung ladder, the upper three of which are strikes."""
    five: Spec = {
        "strike": [0, 0, 1, 1, 1],
        "gain": [0, 0, 0.1, 0.2, 0.4],
        "cost": [0, 0.02, 0.05, 0.15, 0.4],
        "harm": [0, 0, 0.05, 0.2, 0.5],
        "audience": [0, 0.05, 0.05, 0.1, 0.1],
        "value": 1,
        "loss": 1,
        "press": 0.5,
        "affront": 0.1,
        "may_climb": [True] * 5,
    }
    return five | changes


def five_rungs(**changes: Any) -> Spec:
    """A five-rung ladder between equals."""
    five: Spec = {
        "war_rung": 3,
        "K": 2,
        "lambda": 20,
        "opener": None,
        "light_replies": True,
        "allow_yield": True,
        "spread": 0.4,
        "private_resolve": 0.6,
        "concession": [0, 0.15, 0.3, 0.6, 1],
        "autonomous_risk": [0] * 5,
        "sides": [side(), side()],
    }
    return five | changes


def two_rungs(first: Spec, second: Spec, **changes: Any) -> Spec:
    """Two rungs, one strike each, nobody yields, stakes at their medians and nothing hidden; side 0 opens."""
    rules = {"war_rung": 1, "K": 1, "allow_yield": False, "concession": [0, 0], "autonomous_risk": [0, 0]}
    plain = {"opener": 0, "spread": 0, "private_resolve": 0, "sides": [first, second]}
    return five_rungs(**rules | plain | changes)


def random_ladder(seed: int) -> Spec:
    """A random ladder of two to six rungs; every switch of the game comes up."""
    draw = random.Random(seed)
    rungs = draw.randint(2, 6)
    war = draw.randint(1, rungs - 1)

    def numbers(low: float, high: float) -> list[float]:
        return [round(draw.uniform(low, high), 6) for _ in range(rungs)]

    def one_side() -> Spec:
        return {
            "strike": [1 if rung > war or draw.random() < 0.5 else 0 for rung in range(rungs)],
            "gain": numbers(0, 0.5),
            "cost": numbers(-0.05, 0.4),
            "harm": numbers(0, 0.6),
            "audience": numbers(0, 0.2),
            "value": draw.uniform(0.5, 2),
            "loss": draw.uniform(0.5, 2),
            "press": draw.uniform(0, 1.5),
            "affront": draw.uniform(0, 0.3),
            "may_climb": [draw.random() < 0.85 for _ in range(rungs)],
        }

    return {
        "war_rung": war,
        "K": draw.randint(1, 3),
        "lambda": draw.choice([0, 1, 5, 20, "inf"]),
        "opener": draw.choice([None, 0, 1]),
        "light_replies": draw.random() < 0.7,
        "allow_yield": draw.random() < 0.8,
        "spread": draw.choice([0, 0, 0, 0.4]),
        "private_resolve": draw.choice([0, 0.6]),
        "concession": numbers(0, 1),
        "autonomous_risk": [draw.choice([0, 0, 0.02, 0.3]) for _ in range(rungs)],
        "sides": [one_side(), one_side()],
    }
