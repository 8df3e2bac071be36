"""Philox4x32-10: a uniform random number from an address, without state.

Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as
1, 2, 3, SC '11, section 4 (algorithm) and the Random123 library (known answers).
"""

from __future__ import annotations

import numpy as np

from escalade.jit import kernel

# All words are 32 bits wide and live in 64: Numba turns a mixture of signed and
# unsigned integers into floats, so every constant says its type.
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_ROUNDS = 10

_SHIFT_UP = np.uint64(20)
_SHIFT_DOWN = np.uint64(12)
_STEP = 2.0**-52

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


@kernel
def uniform(seed: int, world: int, history: int, place: int, slot: int) -> float:
    """The uniform number at an address: one of 2^52 values (k + 1/2) / 2^52, so never 0 and never 1.

    seed : key of the run, 0 to 2^63 - 1
    world, history, place, slot : the address, each 0 to 2^32 - 1; see ``escalade.luck.streams``

    Kernels check nothing: larger numbers wrap around.
    """
    key = np.uint64(seed)
    counter = (np.uint64(world) & _LOW, np.uint64(history) & _LOW, np.uint64(place) & _LOW, np.uint64(slot) & _LOW)
    x0, x1, _, _ = philox4x32(counter, key & _LOW, key >> _WORD)
    return (float((x0 << _SHIFT_UP) | (x1 >> _SHIFT_DOWN)) + 0.5) * _STEP


@kernel
def philox4x32(counter: Words, key0: np.uint64, key1: np.uint64) -> Words:
    """The four 32-bit words of Philox4x32-10 for a counter of four words and a key of two (all held in uint64)."""
    c0, c1, c2, c3 = counter
    for _ in range(_ROUNDS):
        product0 = _MULTIPLIER_0 * c0
        product1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product1 >> _WORD) ^ c1 ^ key0,
            product1 & _LOW,
            (product0 >> _WORD) ^ c3 ^ key1,
            product0 & _LOW,
        )
        key0 = (key0 + _WEYL_0) & _LOW
        key1 = (key1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3
