"""Mixing tables: nights, their weights, and how well engagements go in each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from escalade.errors import UsageError
from escalade.raid.mixing import Mixing, beta_nights, engagement_kills, one_factor_nights, raid_track
from escalade.raid.planned import engagement_kill
from escalade.raid.sampled import shifted_kill
from escalade.raid.shield import Layer, Raid, Threat

RAID = Raid(
    (Threat("a", "drone", 1, deaths=2.0), Threat("b", "icbm", 1)),
    (Layer("one", {"drone": 0.7, "icbm": 0.0}, shots=2), Layer("two", {"drone": 1.0, "icbm": 0.2})),
    sigma=0.8,
    shift=-0.3,
)


def test_engagements_are_those_of_the_sampled_raid() -> None:
    z = np.array([-3.0, 0.0, 1.5])
    found = engagement_kills(RAID, z)
    for g, deviation in enumerate(z):
        for l, layer in enumerate(RAID.layers):
            for c, name in enumerate(RAID.classes):
                shot = shifted_kill(layer.kill[name], RAID.shift + RAID.sigma * deviation)
                assert found[g, l, c] == pytest.approx(engagement_kill(shot, layer.shots), abs=1e-14)


def test_beta_nights_have_the_moments_of_the_beta_distribution() -> None:
    weight, kill = beta_nights(0.3, 0.2, nights=12)
    for power in range(1, 24):
        theory = np.prod([(0.3 * 4 + r) / (4 + r) for r in range(power)])
        assert weight @ (1 - kill) ** power == pytest.approx(theory, rel=1e-10)


def test_one_factor_nights_miss_as_often_as_they_should() -> None:
    weight, kill = one_factor_nights(0.2, 0.4)
    assert weight @ (1 - kill) == pytest.approx(0.2, abs=1e-12)
    pair = weight @ (1 - kill) ** 2
    quantile = norm.ppf(0.2)
    joint = float(np.asarray(_both_below(quantile, 0.4)))
    assert pair == pytest.approx(joint, abs=1e-6)


def _both_below(quantile: float, correlation: float) -> float:
    """Two normal numbers of that correlation below the same quantile: by Simpson's rule over one of them."""
    x = np.linspace(-9.0, quantile, 20_001)
    inner = norm.cdf((quantile - correlation * x) / np.sqrt(1 - correlation**2)) * norm.pdf(x)
    return float((x[1] - x[0]) / 3 * (inner[0] + inner[-1] + 4 * inner[1:-1:2].sum() + 2 * inner[2:-1:2].sum()))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Mixing(np.ones(2), np.ones((2, 1, 1))),
            "weights of a mixing table add up to 2; they must add up to 1",
        ),
        (lambda: Mixing(np.ones(1), np.ones(1)), "a mixing table needs weights"),
        (lambda: Mixing(np.ones(1), np.full((1, 1, 1), 1.2)), "kill probability of a mixing table is 1.2"),
        (lambda: raid_track(RAID, -0.1), "track probability is -0.1; allowed: 0 to 1"),
        (lambda: beta_nights(0.0, 0.2, 3), "mean miss 0 and correlation 0.2 must lie inside 0 to 1"),
        (lambda: one_factor_nights(0.5, 1.0), "mean miss 0.5 must lie inside 0 to 1 and correlation 1 in 0 to 1"),
    ],
)
def test_what_is_not_allowed_says_so(make: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make()
