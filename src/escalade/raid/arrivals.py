"""Who arrives and what is released, in distributions: the first steps of the exact raid."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from escalade.jit import kernel
from escalade.raid.looks import binomial_row
from escalade.raid.shield import Threat
from escalade.worlds import Reals


def flying(threats: Sequence[Threat], cut: float) -> Reals:
    """P(that many units do not fail in flight) [0 ..], of all the threats together."""
    return _sum([_flying(threat, cut) for threat in threats])


def threatening(threat: Threat, units: Reals, cut: float) -> Reals:
    """P(that many threatening objects) [0 ..] released by as many units as ``units`` [0 ..] says."""
    most = (units.size - 1) * threat.warheads
    found = np.zeros(most + 1)
    release_threatening(units, threat.warheads, threat.threatening, cut, np.empty(most + 2), found)
    return found


def arriving(threats: Sequence[Threat], cut: float) -> Reals:
    """P(that many threatening objects) [0 ..] of all the threats together, where nothing meets them in boost phase."""
    return _sum([threatening(threat, _flying(threat, cut), cut) for threat in threats])


def objects(threat: Threat, units: Reals, cut: float) -> Reals:
    """P(threatening, harmless objects) [0 .., 0 ..] released by as many units as ``units`` [0 ..] says."""
    most, whole = units.size - 1, math.floor(threat.decoys)
    carried = most * threat.warheads
    found = np.zeros((carried + 1, carried + most * (whole + (threat.decoys > whole)) + 1))
    rows = np.empty(carried + 2), np.empty(most + 2)
    release_objects(units, threat.warheads, threat.threatening, threat.decoys, cut, *rows, found)
    return found


def arriving_objects(threats: Sequence[Threat], cut: float) -> Reals:
    """P(threatening, harmless objects) of all the threats together, where nothing meets them in boost phase."""
    from scipy.signal import convolve

    found = np.ones((1, 1))
    for threat in threats:
        found = convolve(found, objects(threat, _flying(threat, cut), cut), method="direct")
    return found


def same_load(threats: Sequence[Threat]) -> bool:
    """Whether a unit of one is as good as a unit of another once they fly."""
    return len({(threat.warheads, threat.threatening, threat.decoys) for threat in threats}) == 1


@kernel
def release_threatening(units: Reals, warheads: int, threatening: float, cut: float, row: Reals, found: Reals) -> None:
    """Add to ``found`` the chances of threatening objects, a binomial number of each number of units.

    row : scratch [most objects + 2]; found : [most objects + 1]
    """
    for u in range(units.shape[0]):
        if units[u] >= cut:
            lo, hi = binomial_row(u * warheads, threatening, cut, row)
            for k in range(lo, hi + 1):
                found[k] += units[u] * row[k]


@kernel
def release_objects(
    units: Reals,
    warheads: int,
    threatening: float,
    decoys: float,
    cut: float,
    row: Reals,
    extra: Reals,
    found: Reals,
) -> None:
    """As ``release_threatening`` for the pair of threatening and harmless objects.

    Decoys are a whole part for every unit and one Bernoulli draw a unit for the rest; extra : scratch [most units + 2].
    """
    whole = int(math.floor(decoys))
    for u in range(units.shape[0]):
        if units[u] < cut:
            continue
        lo, hi = binomial_row(u * warheads, threatening, cut, row)
        first, last = binomial_row(u, decoys - whole, cut, extra)
        for k in range(lo, hi + 1):
            for d in range(first, last + 1):
                found[k, u * warheads - k + u * whole + d] += units[u] * row[k] * extra[d]


def _flying(threat: Threat, cut: float) -> Reals:
    units = np.zeros(threat.launched + 2)
    binomial_row(threat.launched, threat.reliability, cut, units)
    return units[:-1]


def _sum(parts: Sequence[Reals]) -> Reals:
    found = np.ones(1)
    for part in parts:
        found = np.convolve(found, part)
    return found
