"""Crises in which places see different protections: the kernels against the readable twin."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.crisis.exact import quantities
from escalade.crisis.reasons import REASONS, crises_by_reason
from tests.verification.test_kernels_match_twin import SIDES, assert_same
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds
from verification.twin.reasons import crisis_by_reason

POINTS = 3


def compare(name: str, numbers: list[int], pair: int = 0) -> None:
    """Some combinations of one world by kernel and twin."""
    world, baseline = pair_of_worlds(name)
    found = crises_by_reason(bundle(world), bundle(baseline), np.array([0]), POINTS, pair)[0]
    names = quantities(SIDES, [str(r) for r in range(world.steps.shape[1])])
    for number in numbers:
        on = frozenset(reason for bit, reason in enumerate(REASONS) if number >> bit & 1)
        ours = dict(zip(names, found[number], strict=True))
        assert_same(ours, crisis_by_reason(world, baseline, on, POINTS, pair), f"{name}, with {', '.join(sorted(on))}")


@pytest.mark.parametrize("name", ["plain", "scarce", "partner", "strikes_from_the_start"])
def test_each_reason_alone_and_all_but_one(name: str) -> None:
    k = VARIANTS.index(name)
    alone, missing = 1 << k % 5, 31 - (1 << (k + 2) % 5)
    compare(name, [alone, missing, 0b01001])


@pytest.mark.parametrize(("name", "pair"), [("three_sides", 0), ("host", 0), ("many_soils", 0), ("many_soils", 1)])
def test_reasons_of_pairs_with_hosts(name: str, pair: int) -> None:
    """Delusion is also that of a patron about its hosts' shields; survival that of the patron's own means."""
    compare(name, [0b01000, 0b10111], pair)


@pytest.mark.verify
@pytest.mark.parametrize("name", VARIANTS)
def test_every_combination(name: str) -> None:
    compare(name, list(range(32)))
