"""Strikes of bundled scenarios: what may be launched, what stocks allow, and what no shield stops."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.evidence.counts import Counts
from escalade.evidence.episodes import Exchange, exchanges
from escalade.evidence.exchange import predicted_exchange
from escalade.scenario import load_scenario
from escalade.worlds import Worlds

DRAWS = 16
EXCHANGES = exchanges()


@cache
def counted(number: int, policy: str | None = None) -> Counts:
    exchange = EXCHANGES[number]
    if policy is not None:
        exchange = exchange.model_copy(update={"policy": policy})
    return predicted_exchange(exchange, DRAWS, seed=2)


def built(exchange: Exchange) -> Worlds:
    scenario = load_scenario(exchange.scenario)
    base = scenario.policy(scenario.baseline)
    return worlds(scenario.policy(exchange.policy), base, draw(scenario, DRAWS, seed=2))[0]


@pytest.mark.parametrize("number", range(len(EXCHANGES)))
def test_the_first_strike_launches_what_effort_and_limits_say(number: int) -> None:
    exchange, here = EXCHANGES[number], built(EXCHANGES[number])
    scenario = load_scenario(exchange.scenario)
    side, rung = exchange.strikes[0]
    i, r = list(scenario.sides).index(side), scenario.rung_ids.index(rung)
    place = 0 if i == 0 else len(scenario.sides[next(iter(scenario.sides))].arms)
    for k, arm in enumerate(scenario.sides[side].arms.values()):
        row, step = here.arms[:, i, k], here.steps[:, i, r]
        usable = scenario.rung_ids.index(arm.lowest) <= r <= scenario.rung_ids.index(arm.highest)
        again = step["raids"] * np.minimum(row["stock"], row["launch"])
        once = np.minimum(row["stock"], step["raids"] * row["launch"])
        expected = usable * np.floor(step["effort"] * (again if arm.reusable else once) + 1e-9)
        assert counted(number).weapons["launched"][:, 0, place + k] == pytest.approx(expected)


@pytest.mark.parametrize("number", range(len(EXCHANGES)))
def test_only_the_striker_launches_and_nothing_exceeds_what_came_before(number: int) -> None:
    counts, exchange = counted(number), EXCHANGES[number]
    for strike, (side, _) in enumerate(exchange.strikes):
        others = [k for k, name in enumerate(counts.names[0]) if not name.startswith(f"{side}.")]
        assert (counts.weapons["launched"][:, strike, others] == 0).all()
    weapons = counts.weapons
    assert (weapons["got_through"] <= weapons["threatening"] + 1e-9).all()
    assert (weapons["arrived"] <= weapons["launched"]).all()
    assert (weapons["hit_people"] <= weapons["got_through"]).all()


@pytest.mark.parametrize("number", range(len(EXCHANGES)))
def test_missiles_and_interceptors_run_out(number: int) -> None:
    counts, here, exchange = counted(number), built(EXCHANGES[number]), EXCHANGES[number]
    scenario = load_scenario(exchange.scenario)
    place = 0
    for i, side in enumerate(scenario.sides.values()):
        for k, arm in enumerate(side.arms.values()):
            if not arm.reusable:
                assert (counts.weapons["launched"][:, :, place + k].sum(axis=1) <= here.arms["stock"][:, i, k]).all()
        place += len(side.arms)
    used = counts.used.sum(axis=1)
    stocks = np.concatenate([here.layers["stock"][:, j, : len(side.shield.layers)]
                             for j, side in enumerate(scenario.sides.values())], axis=1)  # fmt: skip
    assert (used <= stocks).all()


def test_without_a_shield_all_that_threatens_gets_through() -> None:
    number = next(k for k, one in enumerate(EXCHANGES) if one.scenario == "iran-april-2024")
    bare = counted(number, "without_shield")
    assert (bare.used == 0).all()
    assert bare.weapons["got_through"] == pytest.approx(bare.weapons["threatening"])
    assert (bare.weapons["launched"] == counted(number).weapons["launched"]).all()
    assert (bare.deaths.sum() > counted(number).deaths.sum()).all()
