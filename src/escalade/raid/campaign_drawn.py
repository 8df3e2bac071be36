"""Campaigns drawn many times: for those that are too large to be computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalade.luck.address import Moment
from escalade.raid.campaign import Campaign, CampaignCount, Day, limited
from escalade.raid.campaign_exact import STEPS, TOLERANCE, exact_campaign
from escalade.raid.distribution import Distribution
from escalade.raid.drawn import taking_part
from escalade.raid.exact_classes import TooLarge
from escalade.raid.planned import new_salvo
from escalade.raid.sampled import INTERCEPTORS, new_course, sampled_raid
from escalade.raid.shield import records
from escalade.worlds import THREAT_CLASSES, Reals

DRAWS = 4_000
"""Campaigns that are drawn: a standard error of at most .008 in every probability."""


def count_campaign(campaign: Campaign, seed: int = 0) -> CampaignCount:
    """The exact count, or ``DRAWS`` drawn campaigns where that would take too long."""
    try:
        return exact_campaign(campaign, TOLERANCE, STEPS)
    except TooLarge:
        return drawn_campaign(campaign, DRAWS, seed)


@dataclass(frozen=True)
class _Drawn:
    """What came of drawn campaigns: leakers and deaths [n, d], interceptors used and left, and refusals [n, d, l]."""

    leakers: Reals
    deaths: Reals
    used: Reals
    stock: Reals
    refused: Reals


def drawn_campaign(campaign: Campaign, draws: int, seed: int = 0) -> CampaignCount:
    """Count a campaign by drawing it ``draws`` times (>= 1), each with luck of its own."""
    days, layers = campaign.days, len(campaign.raid.layers)
    shape = draws, days
    drawn = _Drawn(np.zeros(shape), np.zeros(shape), *(np.zeros((*shape, layers)) for _ in range(3)))
    for k in range(draws):
        _draw(campaign, k, seed, drawn)
    names = [layer.name for layer in campaign.raid.layers]
    places = [names.index(layer.name) for layer in limited(campaign)]
    first = np.cumsum(drawn.refused, axis=1) == 1.0
    reserve = {names[l]: (first & (drawn.refused > 0.0))[:, :, l].mean(axis=0) for l in places}
    return CampaignCount(campaign, tuple(_day(campaign, d, drawn) for d in range(days)), reserve, draws)


def _draw(campaign: Campaign, k: int, seed: int, drawn: _Drawn) -> None:
    """One campaign, day by day, into place k."""
    arms, serving, layers, kill = records(campaign.raid)
    shape = len(arms), len(THREAT_CLASSES), len(layers)
    salvo, course, left = new_salvo(*shape), new_course(*shape), layers["stock"].copy()
    committed = taking_part(layers, Moment(seed, 0, k, 0, 0, 0, 0))
    for d in range(campaign.days):
        left += [campaign.arriving(layer, d + 1) for layer in campaign.raid.layers]
        salvo.flights["launched"] = campaign.launched(d + 1)
        sampled_raid(
            arms, serving, layers, kill, campaign.raid.shift, campaign.raid.sigma, committed, left,
            float(campaign.raid.raids), arms["stock"], Moment(seed, 0, k, 0, 0, 0, d), salvo, course,
        )  # fmt: skip
        left -= salvo.used
        drawn.leakers[k, d] = salvo.swarms["threatening"][serving].sum()
        drawn.deaths[k, d] = salvo.flights["leakers"] @ arms["deaths"]
        drawn.used[k, d], drawn.stock[k, d] = salvo.used, left
        drawn.refused[k, d] = course.refused == INTERCEPTORS


def _day(campaign: Campaign, d: int, drawn: _Drawn) -> Day:
    low, high = np.quantile(drawn.deaths[:, d], (0.05, 0.95))
    names = [threat.name for threat in campaign.raid.threats]
    finite = {layer.name for layer in limited(campaign)}
    layers = list(enumerate(campaign.raid.layers))
    return Day(
        launched=dict(zip(names, campaign.launched(d + 1), strict=True)),
        leakers=_distribution(drawn.leakers[:, d]),
        deaths=float(drawn.deaths[:, d].mean()),
        deaths_range=(float(low), float(high)),
        used={layer.name: _distribution(drawn.used[:, d, l], layer.shots) for l, layer in layers},
        stock={layer.name: _stock(drawn.stock[:, d, l]) for l, layer in layers if layer.name in finite},
    )


def _distribution(drawn: Reals, step: int = 1) -> Distribution:
    return Distribution.of(np.bincount((drawn / step).astype(int)).astype(float), step)


def _stock(drawn: Reals) -> Distribution:
    least = int(drawn.min())
    return Distribution.of(np.bincount((drawn - least).astype(int)).astype(float), first=least)
