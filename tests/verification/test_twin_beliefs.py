"""Belief step of the readable twin: theory test T17."""

from __future__ import annotations

import math

import pytest

from verification.twin.beliefs import Seen, score_and_information, step
from verification.twin.raid import averaging


def expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def destroys(seen: Seen, b: float, sigma: float) -> float:
    """Probability that an engagement destroys, straight from its definition."""
    q = expit((math.log(seen.kill / (1.0 - seen.kill)) + b) / averaging(sigma))
    return 1.0 - (1.0 - q) ** seen.shots


def log_likelihood(cells: list[Seen], b: float, sigma: float) -> float:
    return sum(
        s.killed * math.log(destroys(s, b, sigma)) + (s.engaged - s.killed) * math.log(1.0 - destroys(s, b, sigma))
        for s in cells
    )


def maximum(function: object, low: float, high: float) -> float:
    """Golden section, to where a maximum can be told (the square root of rounding)."""
    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    for _ in range(200):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if function(left) > function(right):  # type: ignore[operator]
            high = right
        else:
            low = left
    return (low + high) / 2.0


def bisected(slope: object, low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2.0
        low, high = (middle, high) if slope(middle) > 0.0 else (low, middle)  # type: ignore[operator]
    return (low + high) / 2.0


CASES = [
    pytest.param(0.3, 20.0, [Seen(0.8, 1.0, 40, 30)], id="one layer"),
    pytest.param(-0.5, 5.0, [Seen(0.8, 1.0, 40, 39), Seen(0.4, 1.0, 12, 2)], id="two layers"),
    pytest.param(4.4, 20.0, [Seen(0.9, 1.0, 60, 20)], id="saturated logit"),
    pytest.param(0.0, 2.0, [Seen(0.9, 1.0, 30, 0)], id="nothing stopped"),
    pytest.param(0.0, 2.0, [Seen(0.9, 1.0, 30, 30)], id="everything stopped"),
]


@pytest.mark.parametrize(("b", "tau", "cells"), CASES)
def test_t17_single_shots_are_logistic_regression_with_a_normal_prior(b: float, tau: float, cells: list[Seen]) -> None:
    """T17: s = 1, sigma = 0: residuals ``sum (k - e expit(logit p + x)) = tau (x - b)`` at the mode."""

    def slope(x: float) -> float:
        residuals = sum(s.killed - s.engaged * expit(math.log(s.kill / (1.0 - s.kill)) + x) for s in cells)
        return residuals - tau * (x - b)

    mode, precision = step(b, tau, cells, 0.0)
    assert mode == pytest.approx(bisected(slope, -20.0, 20.0), abs=1e-8)
    weights = [expit(math.log(s.kill / (1.0 - s.kill)) + mode) for s in cells]
    assert precision == pytest.approx(tau + sum(s.engaged * q * (1 - q) for s, q in zip(cells, weights, strict=True)))


@pytest.mark.parametrize("b", [-1.5, 0.0, 2.0])
@pytest.mark.parametrize("sigma", [0.0, 0.8])
def test_t17_two_shots_by_numerical_derivative(b: float, sigma: float) -> None:
    """T17: s = 2: the score is the slope of the log likelihood, the information its expected square."""
    cells = [Seen(0.6, 2.0, 30, 26), Seen(0.35, 2.0, 9, 3)]
    score, information = score_and_information(cells, b, sigma)
    h = 1e-5
    slope = (log_likelihood(cells, b + h, sigma) - log_likelihood(cells, b - h, sigma)) / (2 * h)
    assert score == pytest.approx(slope, abs=1e-6)
    expected = 0.0
    for s in cells:
        dpi = (destroys(s, b + h, sigma) - destroys(s, b - h, sigma)) / (2 * h)
        pi = destroys(s, b, sigma)
        expected += s.engaged * dpi**2 / (pi * (1.0 - pi))
    assert information == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("sigma", [0.5, 1.2])
def test_the_mode_is_the_mode_of_the_tempered_posterior(sigma: float) -> None:
    cells, b, tau = [Seen(0.7, 2.0, 25, 15), Seen(0.5, 1.0, 10, 9)], 0.4, 20.0
    weight = 1.0 / (1.0 + score_and_information(cells, b, sigma)[1] * sigma**2)
    mode, precision = step(b, tau, cells, sigma)
    best = maximum(lambda x: weight * log_likelihood(cells, x, sigma) - tau * (x - b) ** 2 / 2.0, -5.0, 5.0)
    assert mode == pytest.approx(best, abs=1e-6)
    information = score_and_information(cells, mode, sigma)[1]
    assert precision == pytest.approx(tau + information / (1.0 + information * sigma**2))


def test_who_sees_nothing_learns_nothing() -> None:
    assert step(0.7, 20.0, [], 0.5) == (0.7, 20.0)
    assert step(0.7, 20.0, [Seen(0.8, 1.0, 0, 0)], 0.5) == (0.7, 20.0)
    assert step(0.7, 20.0, [Seen(1.0, 1.0, 10, 10)], 0.5) == (0.7, 20.0)
