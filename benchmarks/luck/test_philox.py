"""Uniform numbers a second, beside NumPy's own generator filling an array."""

import numpy as np
import pytest

from benchmarks.conftest import Rate
from escalade.jit import kernel
from escalade.luck.philox import uniform

COUNT = 1_000_000


@kernel
def sum_of_uniforms(seed: int, count: int) -> float:
    total = 0.0
    for slot in range(count):
        total += uniform(seed, 1, 2, 3, slot)
    return total


@pytest.mark.benchmark(group="uniform")
def test_uniform(rate: Rate) -> None:
    total = rate(COUNT, "numbers", sum_of_uniforms, 0, COUNT)
    assert abs(total / COUNT - 0.5) < 0.002


@pytest.mark.benchmark(group="uniform")
def test_uniform_by_numpy(rate: Rate) -> None:
    generator = np.random.Generator(np.random.Philox(key=0))
    total = rate(COUNT, "numbers", lambda: generator.random(COUNT).sum())
    assert abs(total / COUNT - 0.5) < 0.002
