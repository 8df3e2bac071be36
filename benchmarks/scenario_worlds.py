"""Worlds of the bundled scenario, for benchmarks."""

from __future__ import annotations

from functools import cache

from escalade.ensemble.build import worlds as build
from escalade.ensemble.design import draw
from escalade.scenario import load_scenario
from escalade.worlds import World, Worlds, world_at

NAME = "iran-june-2025"
CANDIDATES = 16


@cache
def drawn(policy: str = "as_was") -> tuple[Worlds, Worlds]:
    """Worlds under a policy and under the baseline."""
    scenario = load_scenario(NAME)
    baseline = scenario.policy(scenario.baseline)
    design = draw(scenario, CANDIDATES, seed=1)
    return build(scenario.policy(policy), baseline, design)[0], build(baseline, baseline, design)[0]


def first(worlds: Worlds) -> World:
    """The first world alone."""
    return world_at(worlds, 0)
