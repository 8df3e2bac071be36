"""Which worlds are looked at: one value of every uncertain input per candidate world.

Inputs of the scenario itself are drawn by a scrambled Sobol' sequence (Owen
1998), one coordinate per uncertain input in canonical order; inputs that are
drawn together share one. An input that only a policy brings is drawn on its
own: one value in each of as many strata as there are worlds, in an order
shuffled by a generator that knows the seed and the input's key (the policy and
the path as written there) and nothing else.
Adding, removing or reordering policies therefore changes no other number of any
world.

The order of the worlds matters twice. Resampling thins them evenly in design
order, and a Sobol' sequence thinned evenly is a bad design: of every eighth
point the first coordinate covers only a quarter of its range. So world n takes
the Sobol' point whose binary digits are those of n in reverse. Every eighth
world is then a block of neighbours of the sequence, which is a Sobol' design
itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.errors import UsageError
from escalade.scenario.inputs import inputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalade.scenario.schema import Scenario

Floats = NDArray[np.float64]

MAX_CANDIDATES = 2**20
"""Most candidate worlds that a design may have."""

_SOBOL_STEP = 2.0**-30  # distance of the values that the sequence can take in one coordinate


@dataclass(frozen=True)
class Design:
    """Values of every input in every candidate world.

    ``values`` holds, by the key of the input, one number per world in people's
    units, as drawn: whole numbers are rounded when worlds are built. Certain
    inputs are in it too, the same in every world. ``uncertain`` lists the keys
    of those that were drawn, in canonical order. ``seed`` is None for the design
    of most likely values.
    """

    seed: int | None
    candidates: int
    values: Mapping[str, Floats]
    uncertain: tuple[str, ...]


def draw(scenario: Scenario, candidates: int, seed: int, like: Scenario | None = None) -> Design:
    """Candidate worlds of a scenario and all its policies.

    Parameters
    ----------
    scenario
        As loaded, or under any of its policies: the design is the same.
    candidates
        Number of worlds, a power of two from 1 to 2^20.
    seed
        0 to 2^63 - 1; the same seed gives the same worlds.
    like
        Another reading of the scenario, to be compared world by world: an input
        with the same range there has the same values, one with another range
        stands at the same quantile.

    Raises ``UsageError`` if ``candidates`` or ``seed`` is out of range.
    """
    _require_power_of_two(candidates)
    if not 0 <= seed < 2**63:
        raise UsageError(f"seed {seed}: must be a whole number from 0 to 2^63 - 1")
    found = inputs(scenario)
    drawn = [item for item in found if item.uncertain]
    first = [item for item in inputs(like or scenario) if item.uncertain]
    base = list(dict.fromkeys(item.drawn_by for item in first if item.policy is None))
    ranks = dict(zip(base, sobol(candidates, len(base), seed).T, strict=True))
    for name in {item.drawn_by for item in drawn} - ranks.keys():
        ranks[name] = strata(candidates, seed, name)
    certain = np.full(candidates, 0.5)
    values = {item.key: item.spec.quantile(ranks.get(item.drawn_by, certain)) for item in found}
    return Design(seed, candidates, MappingProxyType(values), tuple(item.key for item in drawn))


def modes(scenario: Scenario) -> Design:
    """The design of one world in which every uncertain input has its most likely value.

    The mode of a range, the middle of an even one, the first of alternatives.
    """
    found = inputs(scenario)
    values = {item.key: np.array([item.spec.mode], dtype=np.float64) for item in found}
    return Design(None, 1, MappingProxyType(values), tuple(item.key for item in found if item.uncertain))


def to_inputs_table(design: Design) -> dict[str, Floats]:
    """Columns of what was drawn, by key in canonical order, each [world]: people's units, before rounding."""
    return {key: design.values[key] for key in design.uncertain}


def sobol(candidates: int, coordinates: int, seed: int) -> NDArray[np.float64]:
    """Scrambled Sobol' points [world, coordinate] inside (0, 1), in an order that may be thinned evenly.

    ``candidates`` is a power of two. Each coordinate has exactly one point in
    each of ``candidates`` equal strata, and so has every block of worlds n with
    the same remainder modulo a power of two, with correspondingly wider strata.
    """
    if coordinates == 0:
        return np.empty((candidates, 0))
    from scipy.stats import qmc

    sequence = qmc.Sobol(coordinates, scramble=True, rng=generator(seed, "Sobol' sequence"))
    points = sequence.random_base2(candidates.bit_length() - 1)
    # Half a step off the grid: a value of 0 would be an infinite quantile of some distributions.
    return np.asarray(points[_reversed_digits(candidates)] + _SOBOL_STEP / 2, dtype=np.float64)


def strata(candidates: int, seed: int, name: str) -> NDArray[np.float64]:
    """One point in each of ``candidates`` equal strata of (0, 1), in random order [world].

    The order and the points depend on ``candidates``, ``seed`` and ``name`` only.
    """
    luck = generator(seed, name)
    return np.asarray((luck.permutation(candidates) + luck.random(candidates)) / candidates)


def generator(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for each seed and name."""
    digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
    words = [int.from_bytes(digest[start : start + 4], "little") for start in range(0, 16, 4)]
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed % 2**32, seed >> 32, *words])))


def _reversed_digits(count: int) -> NDArray[np.int64]:
    """Numbers from 0 to ``count - 1``, a power of two, with their binary digits in reverse order."""
    reverse = np.zeros(1, dtype=np.int64)
    while reverse.size < count:
        reverse = np.concatenate([2 * reverse, 2 * reverse + 1])
    return reverse


def _require_power_of_two(candidates: int) -> None:
    if not 1 <= candidates <= MAX_CANDIDATES or candidates & (candidates - 1):
        below = 1 << min(max(candidates, 1), MAX_CANDIDATES).bit_length() - 1
        hint = f"{below} or {2 * below}" if below < MAX_CANDIDATES else str(below)
        raise UsageError(f"{candidates} candidate worlds: must be a power of two from 1 to 2^20, for example {hint}")
