"""Benchmarks: warm-up outside the timer, inputs made before it, results as things done a second.

Absolute times depend on the machine and on its load: compare two versions in one
session. Nothing here asserts a time.
"""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

Rate = Callable[..., Any]


@pytest.fixture
def rate(benchmark: BenchmarkFixture) -> Rate:
    """Time ``function(*arguments)``, which does ``count`` things, and note how many it does a second."""

    def measure(count: int, what: str, function: Callable[..., Any], *arguments: Any) -> Any:
        function(*arguments)  # compiles
        result = benchmark(function, *arguments)
        if benchmark.stats is not None:  # None under --benchmark-disable
            benchmark.extra_info[f"{what} a second"] = round(count / benchmark.stats.stats.median)
        return result

    return measure
