"""The exact raid against brute force and against sampled raids, and what its distributions may not break."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.errors import UsageError
from escalade.raid.count import RaidCount
from escalade.raid.exact import exact_raid
from escalade.raid.exact_classes import TooLarge
from escalade.raid.mixing import Mixing, engagement_kills
from escalade.raid.shield import Layer, Raid, Threat
from escalade.worlds import THREAT_CLASSES
from tests.raid.brute_force import enumerate_raid, marginal
from tests.raid.random_raids import nights_of, raids
from tests.raid.sampling import plan, sample

TIGHT = 1e-12


def against_brute_force(raid: Raid, mixing: Mixing) -> None:
    """Every distribution of the exact raid equals that of the enumerated courses of events."""
    found = exact_raid(raid, mixing, tolerance=TIGHT)
    states = enumerate_raid(raid, mixing)
    for c, name in enumerate(raid.classes):
        equal(found.leakers[name].chance, 1, marginal(states, lambda s, c=c: s.threatening[c]))
        left = sum(chance * state.harmless[c] for state, chance in states.items())
        assert found.losses[name].left_alone == pytest.approx(left, abs=1e-9)
    equal(found.total.chance, 1, marginal(states, lambda s: sum(s.threatening)))
    for l, layer in enumerate(raid.layers):
        used = marginal(states, lambda s, l=l, shots=layer.shots: shots * s.used[l])
        equal(found.used[layer.name].chance, layer.shots, used)
        refused = sum(chance for state, chance in states.items() if state.refused[l])
        assert found.refused[layer.name] == pytest.approx(refused, abs=1e-10)


def equal(chance: np.ndarray, step: int, expected: dict[int, float]) -> None:
    for place, value in enumerate(chance):
        assert value == pytest.approx(expected.get(step * place, 0.0), abs=1e-10)
    assert all(value < 1e-10 for count, value in expected.items() if count > step * (len(chance) - 1))


@settings(max_examples=25)
@given(raids(classes=1, harmless=False, most=5), st.data())
def test_one_class_equals_brute_force(raid: Raid, data: st.DataObject) -> None:
    against_brute_force(raid, data.draw(nights_of(raid)))


@settings(max_examples=12)
@given(raids(classes=1, harmless=True, most=3), st.data())
def test_harmless_objects_equal_brute_force(raid: Raid, data: st.DataObject) -> None:
    against_brute_force(raid, data.draw(nights_of(raid)))


@settings(max_examples=12)
@given(raids(classes=3, harmless=False, most=2), st.data())
def test_several_classes_equal_brute_force(raid: Raid, data: st.DataObject) -> None:
    against_brute_force(raid, data.draw(nights_of(raid)))


@settings(max_examples=6)
@given(raids(classes=2, harmless=True, most=2), st.data())
def test_several_classes_with_harmless_objects_equal_brute_force(raid: Raid, data: st.DataObject) -> None:
    against_brute_force(raid, data.draw(nights_of(raid)))


@pytest.mark.verify
@settings(max_examples=300, deadline=None)
@given(raids(classes=2, harmless=True, most=2), st.data())
def test_many_raids_equal_brute_force(raid: Raid, data: st.DataObject) -> None:
    against_brute_force(raid, data.draw(nights_of(raid)))


# --- the common mode ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("threats", "sigma", "tolerance"), [(40, 0.5, 1e-10), (300, 1.2, 1e-10), (2_000, 0.6, 1e-6)])
def test_the_common_mode_is_integrated_to_the_tolerance(threats: int, sigma: float, tolerance: float) -> None:
    """Against a trapezoid rule of 2,401 nights, far finer than needed."""
    raid = salvo(threats, sigma=sigma)
    z = np.linspace(-7.2, 7.2, 2_401)
    weight = np.exp(-z * z / 2.0)
    fine = exact_raid(raid, Mixing(weight / weight.sum(), engagement_kills(raid, z)), tolerance=TIGHT)
    found = exact_raid(raid, tolerance=tolerance)
    assert found.nights < 600
    for ours, theirs in zip(distributions(found), distributions(fine), strict=True):
        size = max(ours.size, theirs.size)
        gap = np.cumsum(np.pad(ours, (0, size - ours.size)) - np.pad(theirs, (0, size - theirs.size)))
        assert np.abs(gap).max() < tolerance


def salvo(threats: int, **changes: float) -> Raid:
    """Two layers, limited by stock and by channels."""
    shield = (
        Layer("first", {"ballistic": 0.6}, looks=2, stock=threats, availability=0.9),
        Layer("second", {"ballistic": 0.7}, shots=2, channels=threats // 3),
    )
    return Raid((Threat("missiles", "ballistic", threats, reliability=0.9),), shield, **changes)


def distributions(found: RaidCount) -> list[np.ndarray]:
    return [d.chance for d in (*found.leakers.values(), found.total, *found.used.values())]


# --- large raids ----------------------------------------------------------------------------------------------------

LARGE = {
    "one class, two layers": salvo(400, sigma=0.5, shift=-0.2),
    "warheads, decoys taken for them, boost": Raid(
        (Threat("missiles", "icbm", 15, reliability=0.9, warheads=2, decoys=1.5, threatening=0.8),),
        (
            Layer("boost", {"icbm": 0.3}, stock=10, boost=True, availability=0.8),
            Layer("midcourse", {"icbm": 0.5}, looks=2, stock=44, shots=2, discrimination=0.6),
        ),
        sigma=0.4,
    ),
    "three classes, a partner": Raid(
        (
            Threat("missiles", "ballistic", 20, deaths=9.0),
            Threat("cruise missiles", "cruise", 15, deaths=5.0),
            Threat("drones", "drone", 25, reliability=0.9),
        ),
        (
            Layer("upper", {"ballistic": 0.7}, stock=18, partner="ally", commitment=0.7),
            Layer("lower", {"ballistic": 0.5, "cruise": 0.6, "drone": 0.8}, looks=2, channels=45),
            Layer("guns", {"drone": 0.4, "cruise": 0.2}, partner="ally", commitment=0.7, stock=30),
        ),
    ),
}


@pytest.mark.parametrize("case", LARGE)
def test_large_raids_agree_with_sampled_ones(case: str) -> None:
    """Means, and the distribution function at five places, within four standard errors of 4,000 sampled raids."""
    raid, sampled = LARGE[case], sample(LARGE[case], 4_000)
    found = exact_raid(raid, tolerance=1e-7)
    pairs = [(found.leakers[name], sampled.leakers[:, c]) for c, name in enumerate(raid.classes)]
    pairs += [(found.used[layer.name], sampled.used[:, l]) for l, layer in enumerate(raid.layers)]
    for exact, drawn in [*pairs, (found.total, sampled.leakers.sum(axis=1))]:
        assert abs(drawn.mean() - exact.mean) <= 4.0 * math.sqrt(exact.variance / len(drawn)) + 1e-6
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            count = exact.quantile(share)
            theory = exact.at_most(count)
            error = math.sqrt(theory * (1.0 - theory) / len(drawn))
            assert abs((drawn <= count).mean() - theory) <= 4.0 * error + 1e-6


def test_ten_thousand_threats() -> None:
    """The same raid ten times as large: shares of the threats hardly move, and bad nights keep their spread."""
    small, large = (exact_raid(salvo(n, sigma=0.4), tolerance=1e-4).total for n in (1_000, 10_000))
    assert large.mean / 10.0 == pytest.approx(small.mean, rel=0.02)
    assert math.sqrt(large.variance) == pytest.approx(10.0 * math.sqrt(small.variance), rel=0.02)


def test_too_large_a_raid_says_so() -> None:
    with pytest.raises(TooLarge, match="more than 20,000 objects"):
        exact_raid(Raid((Threat("drones", "drone", 20_001),), ()))
    threats = tuple(Threat(c, c, 400, decoys=1.0) for c in ("rocket", "drone", "cruise"))
    shield = (Layer("all", {"rocket": 0.5, "drone": 0.5, "cruise": 0.5}, stock=900, discrimination=0.5),)
    with pytest.raises(TooLarge, match="too large"):
        exact_raid(Raid(threats, shield, sigma=0.5), steps=1e7)


def test_too_large_a_raid_is_refused_before_it_fills_the_memory() -> None:
    """Steps without limit, joint counts of 10^12: nothing of that size is ever made."""
    threats = tuple(Threat(c, c, 1_000, threatening=0.5) for c in ("drone", "cruise"))
    shield = (Layer("all", {"drone": 0.5, "cruise": 0.5}, stock=900, discrimination=0.5),)
    with pytest.raises(TooLarge, match="too large"):
        exact_raid(Raid(threats, shield), steps=1e300)


# --- what no raid may break -----------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(raids(classes=2, harmless=True, most=3))
def test_distributions_sum_to_one_and_losses_add_up(raid: Raid) -> None:
    found = exact_raid(raid, tolerance=1e-9)
    for chance in distributions(found):
        assert abs(chance.sum() - 1.0) < 1e-12
        assert (chance >= 0.0).all()
    if not any(layer.boost for layer in raid.layers):
        stopped = sum(loss.intercepted for loss in found.losses.values())
        assert sum(found.stopped.values()) == pytest.approx(stopped, abs=1e-8)
    for loss in found.losses.values():
        assert loss.failed + loss.intercepted + loss.left_alone + loss.got_through == pytest.approx(loss.launched)
        assert min(loss.failed, loss.left_alone, loss.got_through, loss.intercepted, loss.stopped) > -1e-9


@settings(max_examples=30)
@given(
    raids(classes=1, harmless=False, most=12),
    st.sampled_from(["stock", "channels", "looks", "availability", "commitment"]),
    st.data(),
)
def test_more_defence_never_lets_more_through(raid: Raid, what: str, data: st.DataObject) -> None:
    """For one class in one raid: stochastic dominance, in every distribution of leakers."""
    l = data.draw(st.integers(0, len(raid.layers) - 1))
    layer = raid.layers[l]
    more = {
        "stock": layer.stock + 2 * layer.shots,
        "channels": layer.channels + 1,
        "looks": min(8, layer.looks + 1),
        "availability": 1.0,
        "commitment": 1.0,
    }
    better = replace(layer, **{what: more[what]})
    stronger = replace(raid, layers=(*raid.layers[:l], better, *raid.layers[l + 1 :]))
    weak, strong = exact_raid(raid, tolerance=1e-9).total, exact_raid(stronger, tolerance=1e-9).total
    assert all(strong.at_most(k) >= weak.at_most(k) - 1e-8 for k in range(weak.chance.size))


@settings(max_examples=15)
@given(raids(classes=1, harmless=False, most=9), st.integers(0, 3))
def test_one_threat_more_never_lets_fewer_through(raid: Raid, more: int) -> None:
    larger = (replace(raid.threats[0], launched=raid.threats[0].launched + more), *raid.threats[1:])
    few, many = exact_raid(raid).total, exact_raid(replace(raid, threats=larger)).total
    assert all(many.at_most(k) <= few.at_most(k) + 1e-8 for k in range(many.chance.size))


def test_the_mean_is_the_planned_one_where_nothing_binds() -> None:
    """Endless stocks and no common mode: expected leakers are a product of shares, whatever else happens."""
    shield = (Layer("a", {"ballistic": 0.6}, looks=2, availability=0.9), Layer("b", {"ballistic": 0.3}, shots=2))
    found = exact_raid(Raid((Threat("missiles", "ballistic", 80, reliability=0.7, threatening=0.5),), shield))
    assert found.total.mean == pytest.approx(80 * 0.7 * 0.5 * (1 - 0.9 * (1 - 0.4**2)) * 0.7**2)
    assert found.used["a"].mean == pytest.approx(0.9 * 80 * 0.7 * 0.5 * (1 + 0.4))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tolerance": 1.0}, "tolerance is 1; allowed: 1e-13 to 0.1"),
        ({"mixing": Mixing(np.ones(1), np.ones((1, 1, 1)))}, r"layers and classes \(1, 1\); the raid has \(2, 1\)"),
    ],
)
def test_wrong_arguments(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        exact_raid(salvo(10), **changes)


@settings(max_examples=15)
@given(raids(classes=2, harmless=True, most=3))
def test_the_planned_raid_is_the_mean_where_nothing_binds(raid: Raid) -> None:
    """Endless stocks and channels, no common mode, no chance that depends on another: expected numbers are exact."""
    layers = tuple(replace(l, stock=math.inf, channels=math.inf, partner=None, commitment=1.0) for l in raid.layers)
    endless = replace(raid, layers=layers, sigma=0.0)
    found, planned = exact_raid(endless, tolerance=1e-9), plan(endless)
    for c, name in enumerate(endless.classes):
        swarm = planned.swarms[THREAT_CLASSES.index(name)]
        assert found.leakers[name].mean == pytest.approx(swarm["threatening"], abs=1e-7), c
        assert found.losses[name].left_alone == pytest.approx(swarm["harmless"], abs=1e-7)
    for l, layer in enumerate(endless.layers):
        assert found.used[layer.name].mean == pytest.approx(planned.used[l], abs=1e-7)
