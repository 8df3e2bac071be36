"""Exact raids by size, beside sampling to the same error and beside a plain convolution in NumPy.

The plain convolution stands for what one writes first: the whole transition matrix of every layer, night by night.
"""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from scipy.stats import binom

from benchmarks.conftest import Rate
from escalade.raid.exact import exact_raid
from escalade.raid.mixing import engagement_kills
from escalade.raid.shield import Layer, Raid, Threat
from tests.raid.sampling import sample

pytestmark = pytest.mark.benchmark(group="exact raid")


def salvo(threats: int, looks: int = 2) -> Raid:
    """Three layers with finite stocks and channels under a common mode."""
    shield = tuple(
        Layer(name, {"ballistic": kill}, looks=looks, stock=int(stock * threats), channels=int(0.9 * threats))
        for name, kill, stock in (("first", 0.6, 0.8), ("second", 0.7, 0.6), ("third", 0.5, 0.5))
    )
    return Raid((Threat("missiles", "ballistic", threats, reliability=0.9),), shield, sigma=0.6)


@pytest.mark.parametrize(("threats", "tolerance"), [(20, 1e-10), (300, 1e-10), (10_000, 1e-6), (10_000, 1e-10)])
def test_one_class(rate: Rate, threats: int, tolerance: float) -> None:
    raid = salvo(threats)
    assert rate(1, "raids", lambda: exact_raid(raid, tolerance=tolerance)).total.mean > 0


def test_three_classes_of_sixty(benchmark: BenchmarkFixture) -> None:
    names = ("ballistic", "cruise", "drone")
    shield = (
        Layer("upper", {"ballistic": 0.7, "cruise": 0.5}, looks=2, stock=100),
        Layer("lower", dict(zip(names, (0.5, 0.7, 0.8), strict=True)), looks=2, channels=80),
    )
    out = tuple(Threat(name, name, 60, reliability=0.9, deaths=3.0 - c) for c, name in enumerate(names))
    raid = Raid(out, shield, sigma=0.5)
    assert benchmark.pedantic(lambda: exact_raid(raid, tolerance=1e-6), rounds=1).total.mean > 0


def test_sampling_to_an_error_of_one_in_a_hundred(rate: Rate) -> None:
    """2,500 raids: a standard error of .01 in the distribution function; 1e-10 would take 2.5e19."""
    raid = salvo(300)
    assert rate(2_500, "raids", sample, raid, 2_500).leakers.mean() > 0


def test_plain_convolution(rate: Rate) -> None:
    """The same 300 threats, one look, endless interceptors: whole matrices, 125 nights."""
    raid = salvo(300, looks=1)
    z = np.linspace(-7.0, 7.0, 125)
    weight = np.exp(-z * z / 2.0)

    def plain() -> float:
        counts, found = np.arange(301), np.zeros(301)
        for part, kill in zip(weight / weight.sum(), engagement_kills(raid, z), strict=True):
            live = binom.pmf(counts, 300, 0.9)
            for layer in kill[:, 0]:
                live = live @ binom.pmf(counts[None, :], counts[:, None], 1.0 - layer)
            found += part * live
        return float(found @ counts)

    assert rate(1, "raids", plain) > 0
