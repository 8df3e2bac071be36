"""Raids and strikes of the readable twin."""

from __future__ import annotations

import math
from statistics import fmean, stdev

import pytest

from tests.verification.worlds_by_hand import VARIANTS, pair_of_worlds
from verification.twin.luck import Luck
from verification.twin.raid import Raid, Shield, planned_raid, simulated_raid
from verification.twin.reading import Plain, Record, read
from verification.twin.strike import can_strike, deaths, initial_forces, salvo, simulated_strike

HERE = Luck(seed=11, world=0, history=0)


def world(name: str) -> Plain:
    return read(pair_of_worlds(name)[0])


def shield_of(plain: Plain, side: int, **changes: object) -> Shield:
    record = plain.sides[side]
    stock = [layer.stock for layer in plain.layers[side]]
    parts: dict[str, object] = {"sigma": record.sigma, "shift": record.truth, "interceptors": stock}
    parts |= {"commitment": [1.0 for _ in stock]} | changes
    return Shield(plain.layers[side], plain.kill[side], **parts)  # type: ignore[arg-type]


def raids(name: str, n: int, launched: list[int], **changes: object) -> tuple[list[Raid], Plain]:
    plain = world(name)
    shield = shield_of(plain, 0, **changes)
    flown = [
        simulated_raid(launched, plain.arms[1], plain.serving[1], shield, 2.0, HERE.at(year=h % 900, move=h // 900))
        for h in range(n)
    ]
    return flown, plain


def test_single_shots_without_limits_leak_binomially() -> None:
    """One class, one look, endless stock and channels: leakers are binomial, mean n q and variance n q (1 - q)."""
    layer = world("certain").layers[0][0]._replace(stock=1e6, reserve=0.0, channels=math.inf)
    arm = world("certain").arms[1][0]
    shield = Shield([layer], [[0.0] * 3 + [0.7]], 0.0, 0.0, [1e6], [1.0])
    n, leak = 20, 0.3
    sample = [
        simulated_raid([n], [arm], [3], shield, 1.0, HERE.at(year=h % 900, move=h // 900)).leakers[0]
        for h in range(4000)
    ]
    error = math.sqrt(n * leak * (1 - leak) / len(sample))
    assert abs(fmean(sample) - n * leak) <= 4 * error
    assert abs(stdev(sample) ** 2 - n * leak * (1 - leak)) <= 4 * n * leak * (1 - leak) * math.sqrt(2 / len(sample))


def test_certain_kills_are_planned_as_they_happen() -> None:
    """Probabilities 0 or 1 and whole launches: the mean field is the raid itself."""
    plain = world("certain")
    shield = shield_of(plain, 0)
    launched = [40] + [0] * (len(plain.arms[1]) - 1)
    real = simulated_raid(launched, plain.arms[1], plain.serving[1], shield, 2.0, HERE)
    plan = planned_raid([float(q) for q in launched], plain.arms[1], plain.serving[1], shield, 2.0)
    assert plan.leakers == pytest.approx(real.leakers)
    assert plan.used == pytest.approx(real.used)
    assert plan.stopped == pytest.approx(real.stopped)
    assert sum(real.leakers) == 40 - (20 - 4)  # what the stock above the reserve allows


def test_plans_are_the_limit_of_large_raids() -> None:
    """The mean field: without common mode and outages, a raid and a shield twenty times as large go as planned."""
    plain, scale = world("boost"), 20
    layers = [
        layer._replace(
            availability=1.0, stock=scale * layer.stock, reserve=scale * layer.reserve, channels=scale * layer.channels
        )
        for layer in plain.layers[0]
    ]
    stock = [layer.stock for layer in layers]
    shield = Shield(layers, plain.kill[0], 0.0, -0.2, stock, [1.0 for _ in layers])
    launched = [20 * scale, 6 * scale, 20 * scale]
    parts = plain.arms[1], plain.serving[1], shield, 2.0
    real = [simulated_raid(launched, *parts, HERE.at(year=h)) for h in range(200)]
    plan = planned_raid([float(q) for q in launched], *parts)
    for k, leakers in enumerate(plan.leakers):
        assert fmean(raid.leakers[k] for raid in real) == pytest.approx(leakers, rel=0.03)
    for l, used in enumerate(plan.used):
        assert fmean(raid.used[l] for raid in real) == pytest.approx(used, rel=0.01)
    assert fmean(raid.stopped for raid in real) == pytest.approx(plan.stopped, rel=0.01)


@pytest.mark.parametrize("name", ["boost", "neglect", "certain", "partner"])
def test_nothing_is_engaged_beyond_stock_reserve_and_channels(name: str) -> None:
    flown, plain = raids(name, 200, [25] * len(world(name).arms[1]))
    for raid in flown:
        for l, layer in enumerate(plain.layers[0]):
            engaged = sum(e for (at, _), (e, _) in raid.seen.items() if at == l)
            assert raid.used[l] == layer.shots * engaged
            assert raid.used[l] <= max(0.0, layer.stock - layer.reserve)
            assert engaged <= layer.channels * 2.0
        assert 0.0 <= raid.stopped <= 1.0
        assert all(k <= e for e, k in raid.seen.values())


def test_nobody_takes_part_who_has_not_come() -> None:
    flown, _ = raids("partner", 20, [25, 25], commitment=[1.0, 0.0, 1.0, 0.0])
    assert all(raid.used[1] == raid.used[3] == 0.0 for raid in flown)


def test_saturation_neglect_kills_more_and_uses_no_more() -> None:
    plain = world("neglect")
    launched = [60.0] + [30.0] * (len(plain.arms[1]) - 1)
    sober, deluded = (
        planned_raid(launched, plain.arms[1], plain.serving[1], shield_of(plain, 0, neglect=nu), 1.0)
        for nu in (0.0, 1.0)
    )
    assert sum(deluded.leakers) < sum(sober.leakers)
    assert deluded.used == pytest.approx(sober.used)


def test_deaths_saturate_and_never_exceed_the_people_at_risk() -> None:
    plain = world("people")
    victim: Record = plain.sides[0]
    step, arms = plain.steps[1][4], plain.arms[1]
    few, many = (deaths(victim, arms, step, [h, 0.0]) for h in (1e-6, 1e6))
    assert few == pytest.approx(1e-6 * 0.4 * 20.0 * (1 - 0.8 * 0.9))
    assert many == pytest.approx(victim.people)


@pytest.mark.parametrize("name", VARIANTS)
def test_stocks_stay_whole_and_are_conserved(name: str) -> None:
    plain, baseline = (read(w) for w in pair_of_worlds(name))
    forces = initial_forces(plain, baseline)
    everybody = [[1.0] * len(layers) for layers in plain.layers]
    committed = everybody, everybody
    for move, (striker, rung) in enumerate([(0, 2), (1, 4), (0, 4), (1, 3), (0, 3), (1, 4)]):
        if not can_strike(plain, striker, rung, forces):
            continue
        before = forces.copy()
        launched = [math.floor(q) for q in salvo(plain, striker, rung, forces)]
        blow = simulated_strike(plain, baseline, forces, striker, rung, committed, HERE.at(move=move))
        assert blow.launched == launched
        for k, arm in enumerate(plain.arms[striker]):
            lost = before.stock[striker][k] - forces.stock[striker][k]
            assert lost == launched[k] if not arm.reusable else 0 <= lost <= launched[k]
        for stock in (*forces.stock, *forces.interceptors, *forces.bare):
            assert all(units >= 0 and units == int(units) for units in stock)
        assert blow.effect.gain == pytest.approx(before.left[striker] - forces.left[striker])
