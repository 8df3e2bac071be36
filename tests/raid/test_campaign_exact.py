"""The exact campaign against brute force day by day, and what no campaign may break."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.raid.campaign import Campaign, CampaignCount
from escalade.raid.campaign_exact import deaths_per_hit, exact_campaign
from escalade.raid.exact import exact_raid
from escalade.raid.exact_classes import TooLarge
from escalade.raid.mixing import ordinary_night
from escalade.raid.shield import Layer, Raid, Threat
from tests.raid.brute_force import enumerate_raid

likely = st.sampled_from([1.0, 0.7])


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    """Small campaigns, of up to two layers, every limit of which may bind."""
    layers = tuple(
        Layer(
            f"layer {l}",
            {"ballistic": draw(st.sampled_from([0.3, 0.8, 1.0]))},
            shots=draw(st.integers(1, 2)),
            looks=draw(st.integers(1, 2)),
            stock=draw(st.integers(0, 9) | st.just(math.inf)),
            reserve=draw(st.integers(0, 1)),
            channels=draw(st.sampled_from([2.0, 4.0, math.inf])),
            availability=draw(likely),
        )
        for l in range(draw(st.integers(1, 2)))
    )
    threat = Threat("missiles", "ballistic", draw(st.integers(1, 3)), reliability=draw(likely))
    resupply = {layer.name: draw(st.sampled_from([0.0, 1.5])) for layer in layers if not math.isinf(layer.stock)}
    return Campaign(Raid((threat,), layers), 3, resupply, {"missiles": draw(st.integers(2, 9))}, draw(likely) - 0.7)


@settings(max_examples=25)
@given(campaigns())
def test_every_day_equals_brute_force(campaign: Campaign) -> None:
    """All stocks, and whether a layer has ever refused for want of interceptors, followed one by one."""
    campaign = replace(campaign, launchers_lost=max(0.0, campaign.launchers_lost))
    found = exact_campaign(campaign, tolerance=1e-12)
    raid, layers = campaign.raid, campaign.raid.layers
    states = {(tuple(layer.stock for layer in layers), (False,) * len(layers)): 1.0}
    for d, day in enumerate(found.days):
        following: dict = defaultdict(float)
        leakers: dict[int, float] = defaultdict(float)
        for (stocks, flags), chance in states.items():
            stocks = tuple(s + campaign.arriving(layer, d + 1) for s, layer in zip(stocks, layers, strict=True))
            shield = tuple(replace(layer, stock=stock) for layer, stock in zip(layers, stocks, strict=True))
            today = replace(campaign.raid_of(d + 1), layers=shield)
            for state, part in enumerate_raid(today, ordinary_night(today)).items():
                leakers[state.threatening[0]] += chance * part
                left = tuple(s - l.shots * u for s, l, u in zip(stocks, layers, state.used, strict=True))
                want = [s.salvos < raid.channels(s) and r for s, r in zip(shield, state.refused, strict=True)]
                key = left, tuple(f or w for f, w in zip(flags, want, strict=True))
                following[key] += chance * part
        states = following
        for count, chance in enumerate(day.leakers.chance):
            assert chance == pytest.approx(leakers.get(count, 0.0), abs=1e-10)
        for l, layer in enumerate(layers):
            if layer.name in day.stock:
                mean = sum(chance * stocks[l] for (stocks, _), chance in states.items())
                assert day.stock[layer.name].mean == pytest.approx(mean, abs=1e-9)
                flagged = sum(chance for (_, flags), chance in states.items() if flags[l])
                assert found.reserve[layer.name][: d + 1].sum() == pytest.approx(flagged, abs=1e-10)


def campaign(**changes: object) -> Campaign:
    shield = (Layer("upper", {"ballistic": 0.6}, stock=40, looks=2), Layer("lower", {"ballistic": 0.7}, stock=30))
    raid = Raid((Threat("missiles", "ballistic", 12, reliability=0.9, deaths=2.0),), shield)
    return Campaign(**{"raid": raid, "days": 5, "resupply": {"upper": 1.0}} | changes)  # type: ignore[arg-type]


def test_the_first_day_is_one_raid() -> None:
    first, alone = exact_campaign(campaign()).days[0], exact_raid(campaign().raid)
    pairs = [(first.leakers, alone.total), *((first.used[name], used) for name, used in alone.used.items())]
    for ours, theirs in pairs:
        assert [ours.at_most(k) for k in range(60)] == pytest.approx([theirs.at_most(k) for k in range(60)], abs=1e-9)
    assert first.deaths == pytest.approx(2.0 * alone.total.mean)


def test_interceptors_are_conserved() -> None:
    """What was there and what arrived is used or left, in expected numbers."""
    found = exact_campaign(campaign())
    assert found.used("upper") + found.days[-1].stock["upper"].mean == pytest.approx(40 + 4)
    assert found.used("lower") + found.days[-1].stock["lower"].mean == pytest.approx(30)


def test_reserve_days_are_a_distribution() -> None:
    found = exact_campaign(campaign())
    for chances in found.reserve.values():
        assert (chances >= 0.0).all()
        assert chances.sum() <= 1.0 + 1e-9
    assert found.reserve_day("upper", 0.0) == 1
    assert found.reserve_day("upper", 0.5) == 1 + int(np.searchsorted(np.cumsum(found.reserve["upper"]), 0.5))


def test_a_common_mode_spreads_every_day() -> None:
    shaken = replace(campaign().raid, sigma=0.8)
    calm, spread = exact_campaign(campaign()), exact_campaign(campaign(raid=shaken))
    assert spread.days[0].leakers.variance > calm.days[0].leakers.variance
    alone = exact_raid(shaken).total
    ours = [spread.days[0].leakers.at_most(k) for k in range(13)]
    assert ours == pytest.approx([alone.at_most(k) for k in range(13)], abs=1e-7)


@settings(max_examples=10)
@given(st.integers(0, 3), st.integers(0, 30))
def test_more_supplies_let_fewer_through(arrive: int, stock: int) -> None:
    def leakers(count: CampaignCount) -> list[float]:
        return list(np.cumsum([day.leakers.mean for day in count.days]))

    single = Raid(campaign().raid.threats, (Layer("only", {"ballistic": 0.6}, stock=stock),))
    few = exact_campaign(Campaign(single, 4, {"only": float(arrive)}))
    many = exact_campaign(Campaign(single, 4, {"only": float(arrive + 1)}))
    assert all(b <= a + 1e-9 for a, b in zip(leakers(few), leakers(many), strict=True))


def test_b06_published_fall_of_launches() -> None:
    """From 480 to 40 launches a day in nine days: a loss of 27.6 % a day (Bilar 2026)."""
    raid = Raid((Threat("missiles", "ballistic", 480),), (Layer("upper", {"ballistic": 0.5}),))
    fallen = Campaign(raid, 10, launchers_lost=1.0 - math.exp(-0.276100738865))
    assert fallen.launched(10)[0] == pytest.approx(40, abs=1)


def test_deaths_per_hit_are_those_of_what_arrives() -> None:
    out = (Threat("a", "drone", 10, deaths=1.0), Threat("b", "drone", 10, reliability=0.5, deaths=4.0))
    assert deaths_per_hit(Campaign(Raid(out, ()), 1)) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("threats", "layer"),
    [
        (("drone", "ballistic"), Layer("both", {"drone": 0.5, "ballistic": 0.5}, stock=9)),
        (("drone",), Layer("fooled", {"drone": 0.5}, stock=9, discrimination=0.5)),
    ],
)
def test_what_cannot_be_counted_says_so(threats: tuple[str, ...], layer: Layer) -> None:
    raid = Raid(tuple(Threat(name, name, 5, threatening=0.5) for name in threats), (layer,))
    with pytest.raises(TooLarge, match="one threat class"):
        exact_campaign(Campaign(raid, 2))
    with pytest.raises(TooLarge, match="too large"):
        exact_campaign(campaign(), steps=10.0)
