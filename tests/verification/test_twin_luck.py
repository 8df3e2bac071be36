"""Addressed luck of the readable twin: known answers, and inverse distributions against sums of their masses."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest

from verification.twin.luck import Luck, Purpose, binomial, hypergeometric, philox, poisson, uniform

# Random123 1.14, examples/kat_vectors, philox4x32 with ten rounds: counter, key, result.
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> tuple[int, ...]:
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_philox_gives_the_known_answers_of_random123(counter: str, key: str, expected: str) -> None:
    assert philox(words(counter), words(key)) == words(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_uniform_is_half_a_step_inside_the_unit_interval(seed: int) -> None:
    u = uniform(seed, 3, 5, 7, 11)
    assert 0.0 < u < 1.0
    assert (u * 2**52) % 1.0 == 0.5
    assert u != uniform(seed + 1, 3, 5, 7, 11)


def test_no_two_places_purposes_or_slots_share_a_number() -> None:
    here = Luck(1, 2, 3)
    places = [here.at(year=y, pair=p, crisis=c, move=m) for y, p, c, m in itertools.product((0, 1), repeat=4)]
    drawn = [luck.uniform(purpose, slot) for luck in places for purpose in Purpose for slot in (0, 1)]
    assert len(set(drawn)) == len(drawn)


def smallest(masses: list[float], u: float) -> int:
    """The definition: smallest k with P(at most k) >= u."""
    below = 0.0
    for k, mass in enumerate(masses):
        below += mass
        if below >= u:
            return k
    return len(masses) - 1


@pytest.mark.parametrize("p", [0.01, 0.3, 0.5])
@pytest.mark.parametrize("u", [0.013, 0.27, 0.5, 0.81, 0.9999])
def test_binomial_is_the_inverse_of_its_distribution_function(p: float, u: float) -> None:
    n = 60
    assert binomial(n, p, u) == smallest([math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)], u)


def test_binomial_above_one_half_counts_the_failures() -> None:
    assert all(binomial(50, 0.8, u) == 50 - binomial(50, 1.0 - 0.8, 1.0 - u) for u in (0.1, 0.4, 0.9))
    assert (binomial(7, 0.0, 0.9), binomial(7, 1.0, 0.1), binomial(0, 0.4, 0.9)) == (0, 7, 0)


@pytest.mark.parametrize("u", [0.02, 0.3, 0.5, 0.77, 0.999])
@pytest.mark.parametrize(("good", "bad", "drawn"), [(30, 20, 12), (5, 40, 44), (200, 300, 100), (3, 0, 2), (0, 4, 3)])
def test_hypergeometric_is_the_inverse_of_its_distribution_function(good: int, bad: int, drawn: int, u: float) -> None:
    total = math.comb(good + bad, drawn)
    masses = [
        float(Fraction(math.comb(good, k) * math.comb(bad, drawn - k) if k <= drawn else 0, total))
        for k in range(good + 1)
    ]
    assert hypergeometric(good, bad, drawn, u) == smallest(masses, u)


@pytest.mark.parametrize("mean", [0.4, 3.0, 90.0])
@pytest.mark.parametrize("u", [0.02, 0.5, 0.97])
def test_poisson_is_the_inverse_of_its_distribution_function(mean: float, u: float) -> None:
    masses = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(300)]
    assert poisson(mean, u) == smallest(masses, u)
