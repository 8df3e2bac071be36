"""Simulated histories and crises a second on one core: the kernel, and the readable twin."""

import numpy as np

from benchmarks.conftest import Rate
from benchmarks.scenario_worlds import CANDIDATES, drawn, first
from escalade.history.outcomes import SINGLE
from escalade.history.simulate import replay, simulate
from verification import twin

YEARS = 2
HISTORIES = 64


def test_histories(rate: Rate) -> None:
    worlds, baseline = drawn()
    world = np.repeat(np.arange(CANDIDATES), HISTORIES)
    history = np.tile(np.arange(HISTORIES), CANDIDATES)
    rate(len(world), "histories", simulate, worlds, baseline, world, world, history, YEARS, 0)


def test_crises(rate: Rate) -> None:
    worlds, baseline = drawn()
    world = np.repeat(np.arange(CANDIDATES), HISTORIES)
    history = np.tile(np.arange(HISTORIES), CANDIDATES)
    crises = simulate(worlds, baseline, world, world, history, YEARS, 0)[:, SINGLE.index("crises")].sum()
    rate(int(crises), "crises", simulate, worlds, baseline, world, world, history, YEARS, 0)


def test_twin(rate: Rate) -> None:
    worlds, baseline = drawn()
    rate(1, "histories", twin.run, first(worlds), first(baseline), 0, 0, 0, YEARS)


def test_replays(rate: Rate) -> None:
    """One history after the other, each with its journal."""
    worlds, baseline = drawn()

    def all_again() -> None:
        for world in range(CANDIDATES):
            replay(worlds, baseline, world, world, 0, YEARS, 0)

    rate(CANDIDATES, "replays", all_again)
