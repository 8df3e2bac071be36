r"""What past crises say about each candidate world.

A scenario lists what happened in past crises: how many there were, how many
became wars and who began them, in how many anybody struck. The exact crisis of
a candidate world gives every one of these a probability. Their likelihood is
Dirichlet-multinomial over four outcomes of a crisis,

    war begun by the first side, war begun by the second side,
    strikes but no war, no strike,

with the exact probabilities as means and a *precision* :math:`A` that stands
for model error and for the dependence of crises on each other,

.. math::

    \log L = \log\frac{n!}{\prod_c n_c!}
             + \sum_c \sum_{m=0}^{n_c-1} \log\Bigl(p'_c + \frac mA\Bigr)
             - \sum_{m=0}^{n-1} \log\Bigl(1 + \frac mA\Bigr),
    \qquad p'_c = \frac{p_c + 10^{-6}}{1 + 10^{-6} k}.

The sums are :math:`\Gamma(A p' + n)/\Gamma(A p')` written out: counts are small,
and in this form the multinomial limit :math:`A \to \infty` is exact where a
difference of log-gamma functions loses every digit. Outcomes that a record does
not tell apart are merged into one cell before anything else; k is the number of
cells that are left. The floor of one in a million keeps a world that rules out
what happened from being ruled out by rounding.

Who struck first is not part of the likelihood, because its coding is disputed;
it is compared with the model afterwards.
"""

from __future__ import annotations

from math import lgamma
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalade.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from escalade.scenario.schema import PastCrises, Scenario

Reading = Literal["reading", "low", "high"]
"""Which reading of every count: the usual one, or the lowest or highest defensible one."""

WAR_BY_FIRST, WAR_BY_SECOND, STRIKES_ONLY, NO_STRIKE = range(4)
"""Outcomes of a crisis, as indices into ``outcome_probabilities``."""

FLOOR = 1e-6
"""Added to every cell's probability before they are scaled to sum to one."""


class Cells(NamedTuple):
    """Past crises, counted by what the record tells apart.

    ``groups[c]`` lists the outcomes that cell c merges, ``counts[c]`` the crises
    that ended in one of them. Every outcome is in exactly one cell.
    """

    groups: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]


def cells(entry: PastCrises, reading: Reading = "reading") -> Cells:
    """Counts of one record entry, with the outcomes that it does not tell apart merged.

    Who began a war, and whether anybody struck, are coded for the usual reading
    only. The low or high reading keeps such a split where the usual one implies
    it (the same number; or fewer crises of which all, or none, had strikes);
    otherwise it does not tell the outcomes apart.

    Raises ``UsageError`` if the counts contradict each other (more wars than crises).
    """
    crises, wars = getattr(entry.crises, reading), getattr(entry.wars, reading)
    begun = _wars_begun(entry, wars)
    struck = _with_any_strike(entry, crises, wars)
    groups: list[tuple[int, ...]] = []
    counts: list[int] = []
    if begun is None:
        groups, counts = [(WAR_BY_FIRST, WAR_BY_SECOND)], [wars]
    else:
        groups, counts = [(WAR_BY_FIRST,), (WAR_BY_SECOND,)], list(begun)
    if struck is None:
        groups.append((STRIKES_ONLY, NO_STRIKE))
        counts.append(crises - wars)
    else:
        groups += [(STRIKES_ONLY,), (NO_STRIKE,)]
        counts += [struck - wars, crises - struck]
    if min(counts) < 0:
        raise UsageError(
            f"record of {entry.policy}, {entry.period}: its {reading} counts contradict each other "
            f"({crises} crises, {struck} with strikes, {wars} wars)"
        )
    return Cells(tuple(groups), tuple(counts))


def _wars_begun(entry: PastCrises, wars: int) -> tuple[int, int] | None:
    """Wars begun by either side of the entry, or None where that is not known."""
    if wars == 0:
        return 0, 0
    if entry.wars_begun is None:
        return None
    first, second = (entry.wars_begun.get(side) for side in entry.sides)
    total = entry.wars.reading
    if first is None and second is not None:
        first = total - second
    if second is None and first is not None:
        second = total - first
    if first is None or second is None:
        return None
    return _implied_split(first, second, wars)


def _with_any_strike(entry: PastCrises, crises: int, wars: int) -> int | None:
    """Crises in which anybody struck, or None where that is not known."""
    if entry.with_any_strike is None:
        return crises if wars == crises else None
    split = _implied_split(entry.with_any_strike, entry.crises.reading - entry.with_any_strike, crises)
    return None if split is None else split[0]


def _implied_split(first: int, second: int, total: int) -> tuple[int, int] | None:
    """Split of ``total`` cases that is certain, given the split of the usual reading.

    A part of cases that are all of one kind is of that kind; of a mixed lot, or
    of more cases than the usual reading knows, nothing follows.
    """
    if total == first + second:
        return first, second
    if total < first + second and second == 0:
        return total, 0
    if total < first + second and first == 0:
        return 0, total
    return None


def outcome_probabilities(sides: Sequence[str], exact: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Probabilities of the four outcomes of a crisis [outcome, world].

    ``sides`` are the ids of the two sides of a record entry; ``exact`` holds the
    exact crisis under one policy, per candidate: ``war_by.SIDE`` and
    ``first_strike.SIDE``. A war is a strike, so that "strikes but no war" is what
    first strikes are left with after wars; differences within rounding of zero
    are zero.
    """
    wars = np.stack([np.asarray(exact[f"war_by.{side}"], dtype=np.float64) for side in sides])
    struck = sum(np.asarray(exact[f"first_strike.{side}"], dtype=np.float64) for side in sides)
    war = wars[0] + wars[1]
    return np.stack([wars[0], wars[1], np.maximum(0.0, struck - war), np.maximum(0.0, 1.0 - struck)])


def log_likelihood(counts: Sequence[int], means: NDArray[np.float64], precision: ArrayLike) -> NDArray[np.float64]:
    """Dirichlet-multinomial log-probability of counts, per world.

    Parameters
    ----------
    counts
        Crises per cell, whole numbers >= 0, k of them.
    means
        Expected share of each cell [k, world], summing to one over cells.
    precision
        A > 0, one number or one per world; infinity gives the multinomial.

    Reference: Mosimann (1962), Biometrika 49, 65-82.
    """
    k, n = len(counts), sum(counts)
    share = (means + FLOOR) / (1.0 + FLOOR * k)
    spread = 1.0 / np.asarray(precision, dtype=np.float64)
    total = np.zeros(means.shape[1])
    for cell, count in enumerate(counts):
        # Summed cell by cell, so that swapping the sides of an entry changes no digit.
        total += sum((np.log(share[cell] + m * spread) for m in range(count)), np.zeros(means.shape[1]))
    for m in range(n):
        total -= np.log1p(m * spread)
    return total + (lgamma(n + 1.0) - sum(lgamma(count + 1.0) for count in counts))


def log_weights(
    scenario: Scenario,
    exact: Mapping[str, Mapping[str, NDArray[np.float64]]],
    *,
    reading: Reading = "reading",
    entries: Sequence[int] | None = None,
    precision: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Log-likelihood of the scenario's record in each candidate world.

    Parameters
    ----------
    scenario
        Its ``record`` is used; without one every world gets 0.
    exact
        Policy -> quantity (``war_by.SIDE``, ``first_strike.SIDE``) -> array over
        candidates, at the forces of the first year, for every policy that the
        record names (more do no harm).
    reading
        Reading of all counts. Never compare weights across readings.
    entries
        Positions of the record's entries to use: all by default, ``()`` switches
        the record off.
    precision
        In place of the most likely value of the record's own; infinity for
        independent crises and a perfect model.

    Raises ``UsageError`` if ``exact`` lacks a policy that the record names.
    """
    total = np.zeros(_candidates(exact))
    if scenario.record is None:
        return total
    chosen = range(len(scenario.record.crises)) if entries is None else entries
    strength = scenario.record.precision.mode if precision is None else precision
    for position in chosen:
        entry = scenario.record.crises[position]
        if entry.policy not in exact:
            raise UsageError(f"the record speaks of policy {entry.policy}, whose exact crises were not computed")
        counted = cells(entry, reading)
        outcomes = outcome_probabilities(entry.sides, exact[entry.policy])
        means = np.stack([outcomes[list(group)].sum(axis=0) for group in counted.groups])
        total = total + log_likelihood(counted.counts, means, strength)
    return total


def _candidates(exact: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> int:
    """Number of candidate worlds in the exact crises."""
    for quantities in exact.values():
        for values in quantities.values():
            return len(values)
    raise UsageError("no exact crisis to weigh: give at least one policy with one quantity")


def weights(log_weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights that sum to one, from their logarithms (any common constant is fine).

    Equal logarithms give exactly equal weights. Raises ``UsageError`` if one is
    not a number or all are minus infinity.
    """
    if log_weight.size == 0 or not np.isfinite(np.max(log_weight)):
        raise UsageError("weights need at least one finite logarithm and no NaN")
    raw = np.exp(log_weight - np.max(log_weight))
    return np.asarray(raw / raw.sum(), dtype=np.float64)


def effective_sample_size(weight: NDArray[np.float64]) -> float:
    """Number of equally weighted worlds that would be as good: (sum w)^2 / sum w^2.

    Between 1 and the number of worlds (Kong 1992).
    """
    return float(np.sum(weight) ** 2 / np.sum(weight * weight))
