"""The API at the design of somebody else's tool: a Saltelli design goes in, indices of the crisis come out."""

from __future__ import annotations

import numpy as np
from scipy.stats import qmc

import escalade


def test_a_design_for_first_order_indices_is_solved(case: escalade.Case) -> None:
    # The design of Saltelli (2010), as SALib and the EMA Workbench make it: A, B, and A with one column of B.
    bounds = {"sides.north.tolerance": (100.0, 1500.0), "crisis.choice_precision": (10.0, 40.0)}
    # Beside them an input that a crisis does not know: how often there are crises. Its index must be zero.
    bounds["pairs[0].crises_per_year"] = (0.1, 5.0)
    low, high = np.array(list(bounds.values())).T
    unit = qmc.Sobol(2 * len(bounds), rng=np.random.default_rng(1)).random(32)
    a, b = unit[:, : len(bounds)], unit[:, len(bounds) :]
    mixed = [np.where(np.arange(len(bounds)) == k, b, a) for k in range(len(bounds))]
    points = low + (high - low) * np.vstack([a, b, *mixed])

    solved = case.solve(dict(zip(bounds, points.T, strict=True)), ["as_is"])

    war = solved["war"].to_numpy().reshape(2 + len(bounds), -1)
    total = np.mean((war[0] - war[2:]) ** 2, axis=1) / (2 * np.var(war[:2]))  # Jansen (1999)
    assert total[2] == 0.0
    assert total[:2].max() > 0.1
