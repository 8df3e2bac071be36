"""Draws a second, from small to large counts."""

import pytest

from benchmarks.conftest import Rate
from escalade.jit import kernel
from escalade.luck.draws import binomial, hypergeometric, normal_quantile, poisson
from escalade.luck.philox import uniform

COUNT = 10_000


@kernel
def sum_of_binomials(n: int, p: float, count: int) -> int:
    total = 0
    for slot in range(count):
        total += binomial(n, p, uniform(0, 0, 0, 0, slot))
    return total


@kernel
def sum_of_hypergeometrics(good: int, bad: int, drawn: int, count: int) -> int:
    total = 0
    for slot in range(count):
        total += hypergeometric(good, bad, drawn, uniform(0, 0, 0, 0, slot))
    return total


@kernel
def sum_of_poissons(mean: float, count: int) -> int:
    total = 0
    for slot in range(count):
        total += poisson(mean, uniform(0, 0, 0, 0, slot))
    return total


@kernel
def sum_of_normals(count: int) -> float:
    total = 0.0
    for slot in range(count):
        total += normal_quantile(uniform(0, 0, 0, 0, slot))
    return total


@pytest.mark.benchmark(group="draws")
@pytest.mark.parametrize("n", [10, 200, 2_000, 20_000])
@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
def test_binomial(rate: Rate, n: int, p: float) -> None:
    assert rate(COUNT, "draws", sum_of_binomials, n, p, COUNT) > 0


@pytest.mark.benchmark(group="draws")
@pytest.mark.parametrize("size", [20, 400, 20_000])
def test_hypergeometric(rate: Rate, size: int) -> None:
    assert rate(COUNT, "draws", sum_of_hypergeometrics, size // 4, size - size // 4, size // 2, COUNT) > 0


@pytest.mark.benchmark(group="draws")
@pytest.mark.parametrize("mean", [0.8, 100.0])
def test_poisson(rate: Rate, mean: float) -> None:
    assert rate(COUNT, "draws", sum_of_poissons, mean, COUNT) > 0


@pytest.mark.benchmark(group="draws")
def test_normal_quantile(rate: Rate) -> None:
    assert abs(rate(COUNT, "draws", sum_of_normals, COUNT)) < COUNT
