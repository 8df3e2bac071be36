"""Past crises beside the model: what it expected before it saw them, and after.

The record weighs the worlds by wars and strikes; who struck first is left out of
the weights and only compared here. A count that lies more than two standard
deviations from what the weighted worlds expect is a misfit, to be said aloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.analysis import weighted
from escalade.ensemble.tables import CrisisTable

if TYPE_CHECKING:
    from escalade.scenario.schema import PastCrises

MISFIT = 2.0
"""Standard deviations from the expected number beyond which a count does not fit."""

FIRST_STRIKES = "first strikes"
DISPUTED = "disputed"
"""Key of first strikes of which nobody knows whose they were."""


@dataclass(frozen=True)
class PastCount:
    """One count of the record: how many crises it is of, what was recorded, what the worlds expect.

    ``recorded_high`` is above ``recorded`` where some cases are disputed.
    ``weighs`` says whether the count weighs the worlds; ``misfit`` compares it
    with the weighted worlds (luck of a crisis and spread of the worlds together).
    """

    policy: str
    period: str
    what: str
    side: str | None
    crises: int
    recorded: int
    recorded_high: int
    prior: float
    posterior: float
    weighs: bool
    misfit: bool


def past(table: CrisisTable, record: Sequence[PastCrises], keys: Mapping[str, str]) -> list[PastCount]:
    """Every count of the record beside the model.

    ``keys`` maps the policies of the record to those of ``table`` that hold the
    exact crises with the forces of the first year.
    """
    counts = []
    for entry in record:
        policy = keys[entry.policy]
        n = entry.crises.reading
        if n == 0:
            continue
        strikes = [f"first_strike.{side}" for side in entry.sides]
        wars = entry.wars.reading
        counts.append(_count(entry, "wars", None, (wars, wars), table.total(policy, ["war"]), table.weight))
        struck = entry.with_any_strike
        if struck is not None:
            probability = table.total(policy, strikes)
            counts.append(_count(entry, "crises with a strike", None, (struck, struck), probability, table.weight))
        first = entry.first_strikes or {}
        for side, column in zip(entry.sides, strikes, strict=True):
            if side in first:
                range_ = (first[side], first[side] + first.get(DISPUTED, 0))
                counts.append(_count(entry, FIRST_STRIKES, side, range_, table.total(policy, [column]), table.weight))
    return counts


def _count(
    entry: PastCrises,
    what: str,
    side: str | None,
    recorded: tuple[int, int],
    probability: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> PastCount:
    n = entry.crises.reading
    posterior = n * weighted.mean(probability, weight)
    luck = n * weighted.mean(probability * (1 - probability), weight)
    spread = weighted.mean((n * probability - posterior) ** 2, weight)
    off = max(recorded[0] - posterior, posterior - recorded[1])
    return PastCount(
        policy=entry.policy,
        period=entry.period,
        what=what,
        side=side,
        crises=n,
        recorded=recorded[0],
        recorded_high=recorded[1],
        prior=n * float(probability.mean()),
        posterior=posterior,
        weighs=what != FIRST_STRIKES,
        misfit=off > MISFIT * float(np.sqrt(max(0.0, luck + spread))) + 1e-9,
    )
