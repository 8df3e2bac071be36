"""Drawn campaigns agree with computed ones, and stand in for them."""

from __future__ import annotations

import math

import pytest

from escalade.raid.campaign import Campaign
from escalade.raid.campaign_drawn import DRAWS, count_campaign, drawn_campaign
from escalade.raid.campaign_exact import exact_campaign
from escalade.raid.shield import Layer, Raid, Threat


def test_drawn_campaigns_agree_with_computed_ones() -> None:
    """Leakers, stocks and days of reserve within four standard errors of 2,000 draws."""
    shield = (
        Layer("upper", {"ballistic": 0.6}, stock=12, looks=2, partner="ally", commitment=0.8),
        Layer("lower", {"ballistic": 0.7}, shots=2, stock=27, reserve=3, availability=0.9),
    )
    raid = Raid((Threat("missiles", "ballistic", 6, reliability=0.9, deaths=2.0),), shield, sigma=0.3)
    campaign = Campaign(raid, 4, {"upper": 2.5}, {"missiles": 20}, 0.1)
    drawn, exact = drawn_campaign(campaign, 2_000), exact_campaign(campaign)
    for ours, theirs in zip(drawn.days, exact.days, strict=True):
        assert ours.launched == theirs.launched
        pairs = [(ours.leakers, theirs.leakers)]
        pairs += [(ours.used[name], theirs.used[name]) for name in theirs.used]
        pairs += [(ours.stock[name], theirs.stock[name]) for name in theirs.stock]
        for sampled, theory in pairs:
            assert abs(sampled.mean - theory.mean) <= 4.0 * math.sqrt(theory.variance / 2_000) + 1e-6
        assert ours.deaths == pytest.approx(2.0 * ours.leakers.mean)
    for name, chances in exact.reserve.items():
        for ours, theory in zip(drawn.reserve[name], chances, strict=True):
            assert abs(ours - theory) <= 4.0 * math.sqrt(theory * (1.0 - theory) / 2_000) + 1e-6


def test_several_classes_are_drawn() -> None:
    out = (Threat("missiles", "ballistic", 3, deaths=5.0), Threat("drones", "drone", 4, deaths=1.0))
    campaign = Campaign(Raid(out, (Layer("both", {"drone": 0.5, "ballistic": 0.5}, stock=9),)), 2)
    found = count_campaign(campaign)
    assert found.draws == DRAWS
    first = found.days[0]
    assert first.launched == {"missiles": 3, "drones": 4}
    assert 0.0 < first.deaths < 3 * 5 + 4
    assert first.deaths_range[0] <= first.deaths <= first.deaths_range[1]
