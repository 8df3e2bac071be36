"""Campaigns as they are described: what is launched, what arrives, what is not allowed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.errors import UsageError
from escalade.raid.campaign import Campaign, limited
from escalade.raid.shield import Layer, Raid, Threat

RAID = Raid(
    (Threat("missiles", "ballistic", 60), Threat("drones", "drone", 10)),
    (Layer("upper", {"ballistic": 0.5}, stock=40), Layer("guns", {"drone": 0.5})),
)


@given(st.integers(1, 40), st.floats(0.0, 1.0), st.none() | st.integers(0, 300))
def test_launches_end_with_stock_and_launchers(days: int, lost: float, stock: int | None) -> None:
    stocks = {} if stock is None else {"missiles": stock}
    campaign = Campaign(RAID, days, stocks=stocks, launchers_lost=lost)
    missiles = [campaign.launched(day)[0] for day in range(1, days + 1)]
    assert all(number <= 60 * (1.0 - lost) ** d + 1e-6 for d, number in enumerate(missiles))
    assert stock is None or sum(missiles) <= stock
    assert missiles == sorted(missiles, reverse=True)
    assert campaign.raid_of(1).threats[0].launched == missiles[0]


@given(st.floats(0.0, 9.0), st.integers(2, 60))
def test_what_arrives_adds_up_to_the_rate(rate: float, days: int) -> None:
    campaign = Campaign(RAID, days, resupply={"upper": rate})
    arrived = [campaign.arriving(RAID.layers[0], day) for day in range(1, days + 1)]
    assert arrived[0] == 0
    assert sum(arrived) == math.floor(rate * (days - 1) + 1e-9)
    assert max(arrived[1:]) - min(arrived[1:]) <= 1


def test_layers_that_can_run_out() -> None:
    assert [layer.name for layer in limited(Campaign(RAID, 3))] == ["upper"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"days": 0}, "days is 0; allowed: whole numbers from 1 to 250"),
        ({"days": 251}, "days is 251; allowed: whole numbers from 1 to 250"),
        ({"launchers_lost": 1.2}, "launchers lost is 1.2; allowed: 0 to 1"),
        ({"resupply": {"upper": -1.0}}, "upper: resupply is -1; allowed: 0 or more"),
        ({"stocks": {"missiles": -1}}, "missiles: stock is -1; allowed: whole numbers from 0"),
        ({"stocks": {"rockets": 1}}, 'neither layer nor threat is called "rockets"'),
    ],
)
def test_what_is_not_allowed_says_so(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as error:
        Campaign(**{"raid": RAID, "days": 3} | changes)
    assert str(error.value) == message
