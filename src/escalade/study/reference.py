"""Forces of the reference year: the year for which the answer per crisis is computed."""

from __future__ import annotations

import numpy as np

from escalade.worlds import Worlds


def in_year(worlds: Worlds, year: int) -> Worlds:
    """Worlds whose first year has the forces, shields, shelters and beliefs of that year (from 1) on the expected path.

    The expected path is the years without crises (``rivalry.path``), here after
    the year's planned changes. Under every policy it is the policy's own: a
    rival's answer to a shield is in it.
    """
    if year == 1:
        return worlds
    from escalade.rivalry.path import expected_paths, in_year_of

    everyone = np.arange(len(worlds.sides))
    return in_year_of(worlds, everyone, expected_paths(worlds, worlds, everyone, year), year - 1)
