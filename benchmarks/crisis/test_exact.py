"""Exact crises a second: the kernel at several sizes of the lattice, and the readable twin."""

import numpy as np
import pytest

from benchmarks.conftest import Rate
from benchmarks.scenario_worlds import CANDIDATES, drawn, first
from escalade.crisis.exact import exact_crises
from verification import twin


@pytest.mark.parametrize("points", [34, 233, 377])
def test_exact_crises(rate: Rate, points: int) -> None:
    worlds, baseline = drawn()
    rate(CANDIDATES, "exact crises", exact_crises, worlds, baseline, np.arange(CANDIDATES), points)


def test_twin(rate: Rate) -> None:
    worlds, baseline = drawn()
    rate(1, "exact crises", twin.exact_crisis, first(worlds), first(baseline), 34)
