"""An exponential that the compiler can turn into vector instructions.

The C library's ``exp`` is called one number at a time; solving a game needs
half a million of them. This one is arithmetic only (range reduction by
multiples of ln 2, a Taylor polynomial of degree 13 on |r| <= ln(2)/2, exponent
bits by integer shift), so that loops over lanes vectorise. Within 2 units in
the last place of the C library's for -700 <= x <= 0.
"""

from __future__ import annotations

import struct
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import config
from numba.extending import intrinsic

from escalade.jit import kernel_inline

LOG2_E = 1.4426950408889634
LN2_HIGH = 0.6931471803691238  # upper bits of ln 2, so that k * LN2_HIGH is exact
LN2_LOW = 1.9082149292705877e-10
ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest integer in the low bits
LOWEST = -700.0  # below, the result would leave the normal numbers; a choice this unlikely never happens


@intrinsic  # type: ignore[untyped-decorator]
def _bits(typing_context: Any, number: Any) -> Any:
    """The bits of a float64 as an int64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@intrinsic  # type: ignore[untyped-decorator]
def _number(typing_context: Any, bits: Any) -> Any:
    """The float64 with the bits of an int64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate


def _plain_bits(number: float) -> int:
    """``_bits`` in plain Python."""
    return int(struct.unpack("<q", struct.pack("<d", number))[0])


def _plain_number(bits: int) -> float:
    """``_number`` in plain Python: of the lower 64 bits, as the processor keeps them."""
    return float(struct.unpack("<d", struct.pack("<Q", bits % 2**64))[0])


if config.DISABLE_JIT:
    _bits, _number = _plain_bits, _plain_number


@kernel_inline
def exp_nonpositive(x: float) -> float:
    """``exp(x)`` for x <= 0; values below -700 count as -700."""
    x = x if x > LOWEST else LOWEST
    shifted = x * LOG2_E + ROUND
    whole = shifted - ROUND
    r = (x - whole * LN2_HIGH) - whole * LN2_LOW
    p = 1.0 / 6227020800.0
    p = p * r + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return _number(_bits(p) + (_bits(shifted) << 52))
