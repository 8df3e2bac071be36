"""What a nuclear exchange costs a side: damage to itself, and damage that its rival is spared.

The cost function of Kent and Thaler (1989, appendix C, page 61), as a public implementation quotes it:
``C = D^0.75 + 0.3 (1 - D'^0.75)``, where D is the share of one's own value that is destroyed and D' that of the
rival. Exponent and weight are judgement; with exponent 1 it is Canavan's cost but for a factor, which no ratio shows.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Damage = TypeVar("Damage", float, NDArray[np.float64])
"""Shares of value destroyed, from 0 to 1."""


class CostRule(NamedTuple):
    """How damage becomes cost.

    exponent : > 0; below 1 the first damage counts most
    weight : >= 0; what an unscathed rival costs, where the loss of all of one's own value costs 1
    """

    exponent: float = 0.75
    weight: float = 0.3


KENT_THALER = CostRule()


def cost(own: Damage, rival: Damage, rule: CostRule = KENT_THALER) -> Damage:
    """Cost of an exchange to a side, from 0 to ``1 + rule.weight``.

    own, rival : shares of value destroyed, in [0, 1]; numbers or arrays of one shape

    Examples
    --------
    >>> cost(1.0, 0.0)  # the worst
    1.3
    >>> round(cost(0.5, 0.8), 3)
    0.641
    """
    price: Damage = own**rule.exponent + rule.weight * (1.0 - rival**rule.exponent)
    return price
