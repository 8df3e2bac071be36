"""Kernels made of arithmetic instead of a model, for tests of the machinery around them.

Both depend on the world (tolerance, interceptors) and, for histories, on their
address alone, as real kernels do.
"""

import time
from pathlib import Path

import numpy as np

from escalade.analysis import boxes
from escalade.ensemble.kernels import Kernels
from escalade.scenario import load_scenario
from escalade.study.plan import Effort, plan

boxes.PERMUTATIONS, boxes.RESAMPLES = 19, 5
"""Few trials: here the machinery is tested, not the strength of the statistics."""

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"
SIDES = ("north", "south")
RUNGS = ("talks", "border_raid", "open_war")
SMALL = Effort(candidates=128, worlds=16, histories=20)

EXACT = (
    "war", "war_by.north", "war_by.south", "war_foreseen", "war_misjudged", "war_tremble", "war_accident",
    "first_strike.north", "first_strike.south", "yield.north", "yield.south", "stand_off",
    "struck.north", "struck.south", "restrained.north", "restrained.south", "deaths.north", "deaths.south",
    *(f"reach.{rung}" for rung in RUNGS),
)  # fmt: skip
HISTORY = (
    "war", "wars", "war_year", "highest_rung", "crises", "first_strike.north", "first_strike.south",
    "deaths.north", "deaths.south", "interceptors.north.upper", "interceptors.north.lower",
)  # fmt: skip


def tiny_plan(effort=SMALL, seed=1, policies=()):
    return plan(load_scenario(TINY), seed=seed, effort=effort, policies=policies)


def _protection(worlds, index):
    stock = worlds.layers["stock"][index, 0].sum(axis=1)
    return stock / (stock + 50.0) + 0.2 * worlds.sides["coverage"][index, 0]


def _risk(worlds, index):
    tolerance = worlds.sides["tolerance"][index, 0]
    return 0.4 * tolerance / (tolerance + 500.0) * (1.0 - 0.3 * _protection(worlds, index))


def exact(worlds, baseline, index):
    risk = _risk(worlds, index)
    out = np.empty((len(index), len(EXACT)))
    for q, name in enumerate(EXACT):
        out[:, q] = risk * (1.0 + q) / len(EXACT)
        if name == "war":
            out[:, q] = risk * 3.0 / len(EXACT) + risk * 2.0 / len(EXACT)  # war_by.north + war_by.south
    return out


def simulate(worlds, baseline, index, candidate, history, years, seed):
    risk = _risk(worlds, index)
    luck = np.array(
        [np.random.default_rng([seed, c, h]).random(len(HISTORY)) for c, h in zip(candidate, history, strict=True)]
    ).reshape(len(index), len(HISTORY))
    out = luck * (1.0 + risk[:, None])
    out[:, HISTORY.index("war")] = luck[:, 0] < 2 * risk
    out[:, HISTORY.index("wars")] = out[:, 0]
    out[:, HISTORY.index("war_year")] = out[:, 0] * (1 + (luck[:, 2] < 0.5))
    out[:, HISTORY.index("highest_rung")] = np.where(out[:, 0] > 0, 2, luck[:, 3] > 0.5)
    out[:, HISTORY.index("crises")] = np.floor(4 * luck[:, 4])
    return out


def kernels(pause=0.0, **replaced):
    """The fakes, each call taking ``pause`` seconds; ``replaced`` stands in for one of them."""

    def slowly(function):
        def call(*arguments):
            if len(arguments[2]):
                time.sleep(pause)
            return function(*arguments)

        return call

    parts = {"exact": exact, "simulate": simulate} | replaced
    return Kernels(
        slowly(parts["exact"]), EXACT, slowly(parts["simulate"]), HISTORY, parts.get("by_reason"), parts.get("unworn")
    )


def contents(folder):
    """Every file of a run by name, as bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
