"""The fast kernels against the readable twin on the bundled scenarios, under every policy."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, quantities
from escalade.ensemble.build import worlds as build
from escalade.ensemble.design import draw
from escalade.scenario import bundled_names, load_scenario
from escalade.worlds import Worlds, world_at
from tests.verification.test_kernels_match_twin import SIDES, assert_same, kernel_history
from verification import twin

CANDIDATES = 16
POLICIES = [(name, policy) for name in bundled_names() for policy in load_scenario(name).policies]


@cache
def drawn(name: str, policy: str) -> tuple[Worlds, Worlds, int]:
    """Worlds of a scenario under a policy and under its baseline, and the length of its histories."""
    scenario = load_scenario(name)
    baseline = scenario.policy(scenario.baseline)
    design = draw(scenario, CANDIDATES, seed=11)
    return build(scenario.policy(policy), baseline, design)[0], build(baseline, baseline, design)[0], scenario.years


def compare_histories(name: str, policy: str, histories: int, first: int = 0) -> None:
    """The same histories by kernel and twin, spread over the worlds."""
    worlds, baseline, years = drawn(name, policy)
    for history in range(first, first + histories):
        w = history % CANDIDATES
        ours = kernel_history(world_at(worlds, w), world_at(baseline, w), 5, w, history, years)
        theirs = twin.run(world_at(worlds, w), world_at(baseline, w), 5, w, history, years)
        assert_same(ours, theirs, f"{name}, {policy}, world {w}, history {history}")


def compare_exact(name: str, policy: str, candidates: range, points: int) -> None:
    """The same exact crises by kernel and twin."""
    worlds, baseline, _ = drawn(name, policy)
    names = quantities(SIDES, [str(r) for r in range(worlds.steps.shape[2])])
    for pair in range(worlds.pairs.shape[1]):
        found = exact_crises(worlds, baseline, np.array(candidates), points, pair=pair)
        for w, values in zip(candidates, found, strict=True):
            theirs = twin.exact_crisis(world_at(worlds, w), world_at(baseline, w), points, pair)
            assert_same(dict(zip(names, values, strict=True)), theirs, f"{name}, {policy}, pair {pair}, world {w}")


# The twin is slow by design (about a second a history): the default suite looks at one history and one world of every
# policy, `make verify` at two hundred histories of the demonstration and at some of every other scenario.
HISTORIES = {"iran-june-2025": 200}


@pytest.mark.parametrize(("name", "policy"), POLICIES)
def test_a_history(name: str, policy: str) -> None:
    compare_histories(name, policy, 1, first=POLICIES.index((name, policy)))


@pytest.mark.parametrize(("name", "policy"), POLICIES)
def test_exact_crisis(name: str, policy: str) -> None:
    w = POLICIES.index((name, policy)) % CANDIDATES
    compare_exact(name, policy, range(w, w + 1), 5)


@pytest.mark.verify
@pytest.mark.parametrize(("name", "policy"), POLICIES)
def test_many_histories(name: str, policy: str) -> None:
    compare_histories(name, policy, HISTORIES.get(name, 25))


@pytest.mark.verify
@pytest.mark.parametrize(("name", "policy"), POLICIES)
def test_exact_crisis_on_the_full_lattice(name: str, policy: str) -> None:
    compare_exact(name, policy, range(4), 233)
