"""Philox against the published known answers, and its uniform numbers against theory."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.luck.philox import philox4x32, uniform

ALL_ONES = 0xFFFFFFFF
WORD = st.integers(0, ALL_ONES)

# Random123, tests/kat_vectors, philox4x32 10: counter, key, answer
KNOWN_ANSWERS = [
    pytest.param([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8], id="zeros"),
    pytest.param([ALL_ONES] * 4, [ALL_ONES] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD], id="ones"),
    pytest.param(
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        id="pi",
    ),
]


def words(counter: list[int], key: list[int]) -> list[int]:
    c0, c1, c2, c3 = (np.uint64(word) for word in counter)
    return [int(word) for word in philox4x32((c0, c1, c2, c3), np.uint64(key[0]), np.uint64(key[1]))]


def plain_philox(counter: list[int], key: list[int]) -> list[int]:
    """The algorithm as printed, in Python's whole numbers."""
    c, (k0, k1) = counter, key
    for _ in range(10):
        product0, product1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [product1 >> 32 ^ c[1] ^ k0, product1 & ALL_ONES, product0 >> 32 ^ c[3] ^ k1, product0 & ALL_ONES]
        k0, k1 = k0 + 0x9E3779B9 & ALL_ONES, k1 + 0xBB67AE85 & ALL_ONES
    return c


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers(counter: list[int], key: list[int], answer: list[int]) -> None:
    assert words(counter, key) == answer
    assert plain_philox(counter, key) == answer


@given(st.lists(WORD, min_size=4, max_size=4), st.lists(WORD, min_size=2, max_size=2))
def test_agrees_with_whole_numbers(counter: list[int], key: list[int]) -> None:
    assert words(counter, key) == plain_philox(counter, key)


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**63 - 1])
@pytest.mark.parametrize("address", [(0, 0, 0, 0), (1, 2, 3, 4), (ALL_ONES,) * 4])
def test_uniform_is_the_middle_of_one_of_2_to_52_cells(seed: int, address: tuple[int, int, int, int]) -> None:
    x0, x1, _, _ = plain_philox(list(address), [seed & ALL_ONES, seed >> 32])
    cell = (x0 << 20) | (x1 >> 12)
    assert uniform(seed, *address) == (cell + 0.5) / 2**52
    assert 0.0 < uniform(seed, *address) < 1.0


def test_every_word_of_the_address_and_both_halves_of_the_seed_matter() -> None:
    neighbours = {(0, 0, 0, 0, 0), (1, 0, 0, 0, 0), (2**32, 0, 0, 0, 0)}
    neighbours |= {(0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 0, 1)}
    assert len({uniform(*address) for address in neighbours}) == len(neighbours)


@pytest.mark.parametrize("axis", range(4), ids=["world", "history", "place", "slot"])
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_uniform_along_each_axis(seed: int, axis: int) -> None:
    n = 20_000
    addresses = np.zeros((n, 4), dtype=np.int64)
    addresses[:, axis] = np.arange(n)
    sample = np.array([uniform(seed, *(int(word) for word in address)) for address in addresses])
    assert len(set(sample)) == n  # 52 bits: a repetition has a chance of 4e-8
    assert abs(sample.mean() - 0.5) <= 4 * math.sqrt(1 / 12 / n)
    assert abs(np.corrcoef(sample[1:], sample[:-1])[0, 1]) <= 4 / math.sqrt(n)
    counts = np.histogram(sample, bins=64, range=(0.0, 1.0))[0]
    chi_square = float(((counts - n / 64) ** 2 / (n / 64)).sum())
    assert abs(chi_square - 63) <= 4 * math.sqrt(2 * 63)
