"""Simulated histories of hand-made worlds, and those worlds seen from the other side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from escalade.history.outcomes import columns
from escalade.history.simulate import replay, simulate
from escalade.history.story import Story, story
from escalade.worlds import PAIR, SOIL, World
from tests.verification import worlds_by_hand as by_hand
from tests.verification.worlds_by_hand import bundle

CANDIDATE, SEED, YEARS = 3, 1, 4
Rows = dict[str, np.ndarray]
Setup = by_hand.Changes


def pair_of(setup: Setup) -> tuple[World, World]:
    """A set-up under its policy, and without the shield of side 0."""
    return by_hand.world_of(setup), by_hand.world_of(by_hand.without_shield(setup))


def edited(setup: Setup, arm: Setup | None = None, layer: Setup | None = None, **changes: Any) -> Setup:
    """A set-up with fields of every arm and every layer changed, and parts replaced."""
    arms = [[one | (arm or {}) for one in side] for side in setup["arms"]]
    layers = [[one | (layer or {}) for one in side] for side in setup["layers"]]
    return setup | {"arms": arms, "layers": layers} | changes


def with_rules(setup: Setup, **rules: Any) -> Setup:
    """A set-up with some rules of the game replaced."""
    return setup | {"rules": setup["rules"] | rules}


def names(world: World) -> list[str]:
    """Names of the columns; arms and layers go by their number."""
    sides = [str(i) for i in range(len(world.sides))]
    arms = {side: [str(k) for k in range(world.arms.shape[1])] for side in sides}
    layers = {side: [str(l) for l in range(world.layers.shape[1])] for side in sides}
    return columns(sides, arms, layers, [str(p) for p in range(len(world.pairs))])


def histories(world: World, baseline: World, number: int, years: int = YEARS, seed: int = SEED) -> Rows:
    """That many histories of one world, by name of column."""
    ids = np.arange(number)
    rows = simulate(bundle(world), bundle(baseline), 0 * ids, 0 * ids + CANDIDATE, ids, years, seed)
    return dict(zip(names(world), rows.T, strict=True))


def told(world: World, baseline: World, history: int, years: int = YEARS, seed: int = SEED) -> Story:
    """One of these histories as a story, with all its moves and raids."""
    return story(replay(bundle(world), bundle(baseline), 0, CANDIDATE, history, years, seed)[1])


BY_SIDE = (
    "sides",
    "arms",
    "layers",
    "kill",
    "serving",
    "steps",
    "arm_deliveries",
    "layer_deliveries",
    "arm_caps",
    "layer_caps",
)
"""Arrays of a world whose first axis is the side."""


def mirrored(world: World) -> World:
    """The same world with its two sides exchanged; each keeps the id that addresses its luck."""
    exchanged = {name: np.ascontiguousarray(getattr(world, name)[::-1]) for name in BY_SIDE}
    exchanged |= {name: np.ascontiguousarray(getattr(world, name)[:, ::-1]) for name in ("falls", "needs")}
    return world._replace(beliefs=np.ascontiguousarray(world.beliefs[::-1, ::-1]), **exchanged)


def paired(world: World, *pairs: tuple[float, ...]) -> World:
    """The same world with these pairs (first side, second side, crises per year; each deters the other), no hosts."""
    soils, falls = np.zeros((len(pairs), 2, 1), SOIL), np.ones((len(pairs), 2, 1, world.arms.shape[1]))
    soils["side"][:, :, 0], soils["care"] = [pair[:2] for pair in pairs], 1.0
    by_side = {int(world.pairs[0][name]): world.needs[0, s] for s, name in enumerate(("first", "second"))}
    needs = np.array([[by_side[side] for side in pair[:2]] for pair in pairs])
    quarrels = np.array([(*pair[:3], 1, 1) for pair in pairs], PAIR)
    objectives = np.repeat(world.objectives[:, :1], len(pairs), axis=1)
    return world._replace(pairs=quarrels, soils=soils, falls=falls, needs=needs, objectives=objectives)


BY_RUNG_OR_PAIR = ("reach", "first_strike_rung", "end_stand_off", "end_settled", "crises_between", "war_between")
"""Outcomes whose names go on with a rung or a pair, not with a side."""


def other_side(name: str) -> str:
    """The name of the same outcome for the other side: ``fired.0.2`` becomes ``fired.1.2``."""
    outcome, *place = name.split(".")
    if place and not outcome.startswith(BY_RUNG_OR_PAIR):
        place[0] = str(1 - int(place[0]))
    return ".".join([outcome, *place])


def with_bystander(world: World) -> World:
    """A third side, who has no quarrel with anybody, between the two."""
    where = np.array([0, 0, 1])  # the bystander has the first side's means

    def three(each: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(each[where])

    sides = three(world.sides)
    sides[1]["uid"] = 2
    beliefs = np.ascontiguousarray(world.beliefs[np.ix_(where, where)])
    pairs = np.array([(0, 2, world.pairs[0]["rate"], 1, 1)], PAIR)
    grown = {name: three(getattr(world, name)) for name in BY_SIDE if name != "sides"}
    soils = world.soils.copy()
    soils["side"] *= 2
    return world._replace(sides=sides, beliefs=beliefs, pairs=pairs, soils=soils, **grown)


def few(most: int) -> st.SearchStrategy[float]:
    """A whole number from 0, as records hold it."""
    return st.integers(0, most).map(float)


@st.composite
def setups(draw: Callable[..., Any]) -> Setup:
    """A hand-made world with random, mostly small stocks, deliveries and production, and much strife."""
    setup = by_hand.SETUPS[draw(st.sampled_from(by_hand.VARIANTS))]()
    units = st.fixed_dictionaries({"stock": few(60), "launch": few(30), "production": few(6)})
    rounds = st.fixed_dictionaries({"stock": few(40), "reserve": few(8), "production": few(6)})
    deliveries = [
        (kind, i, draw(st.integers(0, len(setup[what][i]) - 1)), draw(st.integers(0, YEARS - 1)), draw(few(20)))
        for kind, what in enumerate(("arms", "layers"))
        for i in (0, 1)
    ]
    return setup | {
        "arms": [[one | draw(units) for one in side] for side in setup["arms"]],
        "layers": [[one | draw(rounds) for one in side] for side in setup["layers"]],
        "deliveries": deliveries,
        "rate": draw(st.sampled_from([0.5, 2.0, 6.0])),
        "rules": setup["rules"] | {"precision": draw(st.sampled_from([0.0, 2.0, 20.0, np.inf]))},
    }
