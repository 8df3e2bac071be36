"""The sampled raid against closed forms (T16), and what no raid may break.

Estimates are within four standard errors of theory, seeds are fixed.
"""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom, norm

from escalade.raid.sampled import engagements, shifted_kill
from tests.raid.cases import BALLISTIC, DRONE, Case, agree, agree_variance, arm, layer

N = 4_000


# --- limits of the raid ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("threats", "kill"), [(20, 0.7), (300, 0.9), (50, 0.2)])
def test_t16_leakage_is_binomial(threats: int, kill: float) -> None:
    """Endless interceptors, one shot each, independent kills: leakers ~ Binomial(n, 1 - p)."""
    leakers = Case([arm(threats)], [layer(kill)]).sample(N).leakers[:, 0]
    agree(leakers, threats * (1.0 - kill))
    agree_variance(leakers, threats * kill * (1.0 - kill))


def test_t16_leakage_has_the_binomial_distribution() -> None:
    """The whole distribution function, not only two moments (Kolmogorov's distance, 1 in 10,000 by chance)."""
    leakers = Case([arm(20)], [layer(0.7)]).sample(N).leakers[:, 0]
    distance = max(abs((leakers <= k).mean() - binom.cdf(k, 20, 0.3)) for k in range(21))
    assert distance < 2.23 / np.sqrt(N)


@pytest.mark.parametrize("shots", [1, 2, 4])
def test_t16_wilkening_with_the_track_probability(shots: int) -> None:
    """Wilkening (1999): n warheads, each met by s shots of kill probability p, after a common track probability t.

    P(no leaker) = t (1 - (1 - p)^s)^n; E[leakers] = n (1 - t + t (1 - p)^s): a failed track lets all through at once,
    which is the availability of the layer here.
    """
    track, kill, threats = 0.9, 0.6, 8
    leakers = Case([arm(threats)], [layer(kill, shots=shots, availability=track)]).sample(N).leakers[:, 0]
    missed = (1.0 - kill) ** shots
    agree((leakers == 0).astype(float), track * (1.0 - missed) ** threats, "P(no leaker)")
    agree(leakers, threats * (1.0 - track + track * missed))


def test_t16_shoot_look_shoot_kills_like_a_salvo_and_saves_interceptors() -> None:
    """Two looks of one shot kill 1 - (1 - p)^2 like a salvo of two, with n (2 - p) interceptors in place of 2n."""
    threats, kill = 30, 0.6
    looks = Case([arm(threats)], [layer(kill, looks=2.0)]).sample(N)
    salvo = Case([arm(threats)], [layer(kill, shots=2.0)]).sample(N)
    for raids in (looks, salvo):
        agree(raids.leakers[:, 0], threats * (1.0 - kill) ** 2)
        agree_variance(raids.leakers[:, 0], threats * (1.0 - kill) ** 2 * (1.0 - (1.0 - kill) ** 2))
    agree(looks.used[:, 0], threats * (2.0 - kill))
    assert (salvo.used[:, 0] == 2 * threats).all()


def test_t16_two_layers_are_a_markov_chain() -> None:
    """Menq, Tuan and Liu: what one layer leaves is what the next one meets; the state is the number still flying.

    Distribution of leakers = first row of the product of the layers' transition matrices (here with a stock of 12
    interceptors in the second layer).
    """
    threats, stock = 25, 12

    def matrix(kill: float, engaged: list[int]) -> np.ndarray:
        rows = [
            [binom.pmf(live - left, e, kill) for left in range(threats + 1)]
            for live, e in zip(range(threats + 1), engaged, strict=True)
        ]
        return np.array(rows)

    counts = list(range(threats + 1))
    chain = matrix(0.5, counts) @ matrix(0.8, [min(n, stock) for n in counts])
    raids = Case([arm(threats)], [layer(0.5), layer(0.8, stock=float(stock))]).sample(N)
    for k in range(threats + 1):
        assert abs((raids.leakers[:, 0] == k).mean() - chain[threats, k]) <= 4 * np.sqrt(chain[threats, k] / N) + 1e-9


def test_t16_finite_stock() -> None:
    """With m interceptors, s a salvo, r kept back: floor((m - r) / s) engagements; the rest leak for sure."""
    raids = Case([arm(40)], [layer(0.7, stock=23.0, reserve=4.0, shots=2.0)]).sample(N)
    engaged = 9
    assert (raids.engaged[:, 0, BALLISTIC] == engaged).all()
    assert (raids.used[:, 0] == 2 * engaged).all()
    agree(raids.leakers[:, 0], 40 - engaged * (1 - 0.3**2))
    agree_variance(raids.leakers[:, 0], engaged * (1 - 0.3**2) * 0.3**2)


@pytest.mark.parametrize(("raids", "engaged"), [(1.0, 7), (2.5, 17), (9.0, 40)])
def test_t16_finite_channels(raids: float, engaged: int) -> None:
    """Channels times raids engagements a strike, whatever the stock; a second look takes channels of the first."""
    once = Case([arm(40)], [layer(0.7, channels=7.0)], raids=raids).sample(N)
    assert (once.engaged[:, 0, BALLISTIC] == engaged).all()
    agree(once.leakers[:, 0], 40 - 0.7 * engaged)
    again = Case([arm(40)], [layer(0.7, channels=7.0, looks=2.0)], raids=raids).sample(50)
    assert (again.engaged[:, 0, BALLISTIC] <= 7 * raids).all()


def test_t16_harmless_objects_in_hypergeometric_proportion() -> None:
    """With certain kills and too few channels the threatening objects stopped ~ Hypergeometric(T, M, e).

    Here every harmless object is mistaken (discrimination 0): 20 units with 2 decoys each, 15 channels.
    """
    raids = Case([arm(20, decoys=2.0)], [layer(1.0, channels=15.0, discrimination=0.0)]).sample(N)
    stopped = 20 - raids.threatening[:, BALLISTIC]
    agree(stopped, hypergeom.mean(60, 20, 15))
    agree_variance(stopped, hypergeom.var(60, 20, 15))
    assert (raids.harmless[:, BALLISTIC] == 40 - (15 - stopped)).all()


def test_t16_harmless_objects_are_mistaken_one_by_one() -> None:
    """Engagements of an endless layer = T + Binomial(H, 1 - d); recognised objects cost nothing."""
    share, threatening = 0.7, 0.6
    raids = Case([arm(50, threatening=threatening)], [layer(0.5, discrimination=share)]).sample(N)
    engaged = raids.engaged[:, 0, BALLISTIC]
    mistaken = engaged - raids.released[:, BALLISTIC]
    agree(mistaken, 50 * (1 - threatening) * (1 - share))
    thinned = (1 - threatening) * (1 - share)
    agree_variance(mistaken, 50 * thinned * (1 - thinned))


def test_t16_failures_in_flight_thin_the_raid() -> None:
    """Reliability, threatening share and misses thin independently: leakers ~ Binomial(n, rho theta (1 - p))."""
    raids = Case([arm(60, reliability=0.8, threatening=0.7)], [layer(0.5)]).sample(N)
    chance = 0.8 * 0.7 * 0.5
    agree(raids.leakers[:, 0], 60 * chance)
    agree_variance(raids.leakers[:, 0], 60 * chance * (1 - chance))


def test_t16_fractional_decoys_are_a_whole_part_and_one_draw_a_unit() -> None:
    raids = Case([arm(30, decoys=1.4)], [layer(0.0)]).sample(N)
    harmless = raids.harmless[:, BALLISTIC]
    agree(harmless, 30 * 1.4)
    agree_variance(harmless, 30 * 0.4 * 0.6)


@pytest.mark.parametrize(("kill", "sigma", "threats"), [(0.9, 1.0, 50), (0.5, 2.0, 20), (0.97, 0.5, 200)])
def test_t16_common_mode_is_a_mixture_over_the_logit(kill: float, sigma: float, threats: int) -> None:
    """One normal logit shift a raid: mean and variance of leakers by numerical integration over it.

    E = n E[q], Var = n E[q(1 - q)] + n^2 Var[q] with q = 1 - expit(logit p + sigma z): the second term is
    what independent shots do not have.
    """
    z = np.linspace(-9, 9, 2_001)
    weight = norm.pdf(z) / norm.pdf(z).sum()
    q = 1.0 / (1.0 + np.exp(np.log(kill / (1 - kill)) + sigma * z))
    mean, spread = weight @ q, weight @ q**2 - (weight @ q) ** 2
    leakers = Case([arm(threats)], [layer(kill)], sigma=sigma).sample(N).leakers[:, 0]
    agree(leakers, threats * mean)
    variance = threats * (weight @ (q * (1 - q))) + threats**2 * spread
    agree_variance(leakers, variance)
    independent = threats * mean * (1 - mean)
    assert leakers.var() > 1.5 * independent


def test_layers_share_their_good_and_bad_nights() -> None:
    """Two layers under one common mode leak together: E[q1 q2] = E[q^2] > E[q]^2."""
    z = np.linspace(-9, 9, 2_001)
    weight = norm.pdf(z) / norm.pdf(z).sum()
    q = 1.0 / (1.0 + np.exp(np.log(4.0) + 1.5 * z))
    leakers = Case([arm(40)], [layer(0.8), layer(0.8)], sigma=1.5).sample(N).leakers[:, 0]
    agree(leakers, 40 * (weight @ q**2))
    assert leakers.mean() > 1.5 * 40 * (weight @ q) ** 2


def test_boost_kills_take_the_unit_with_all_it_carries() -> None:
    """Boost kills thin units, and so remove warheads in groups: Var = W^2 n p (1 - p), not W n p (1 - p)."""
    raids = Case([arm(20, warheads=3.0, decoys=2.0)], [layer(0.4, boost=1)]).sample(N)
    agree(raids.leakers[:, 0], 3 * 20 * 0.6)
    agree_variance(raids.leakers[:, 0], 9 * 20 * 0.4 * 0.6)
    assert (raids.harmless[:, BALLISTIC] == 2 * raids.units[:, 0]).all()


def test_boost_kills_are_spread_over_the_arms_at_random() -> None:
    """Of k units stopped among two arms of one class, those of the first ~ Hypergeometric."""
    raids = Case([arm(12), arm(30)], [layer(1.0, boost=1, channels=14.0)]).sample(N)
    stopped = 12 - raids.units[:, 0]
    agree(stopped, hypergeom.mean(42, 12, 14))
    agree_variance(stopped, hypergeom.var(42, 12, 14))
    assert (raids.flying.sum(axis=1) - raids.units.sum(axis=1) == 14).all()


def test_the_most_deadly_class_is_served_first() -> None:
    """A class uses all its looks before the next one is served: what is left of the channels is for the others."""
    arms = [arm(10, cls=DRONE, deaths=0.1), arm(10, deaths=5.0)]
    raids = Case(arms, [layer({BALLISTIC: 0.5, DRONE: 0.5}, looks=2.0, channels=16.0)]).sample(N)
    first, second = raids.engaged[:, 0, BALLISTIC], raids.engaged[:, 0, DRONE]
    agree(first, 10 + 10 * 0.5 - sum(max(0, k - 6) * comb(10, k) / 2**10 for k in range(11)))
    assert (second == 16 - first).all()


def test_an_uncommitted_layer_is_not_there() -> None:
    case = Case([arm(10)], [layer(1.0), layer(1.0)], committed=[0.0, 0.0])
    raids = case.sample(10)
    assert (raids.leakers == 10).all()
    assert (raids.used == 0).all()


def test_countermeasures_shift_the_logit() -> None:
    """Truth t moves every kill probability to expit(logit p + t)."""
    leakers = Case([arm(50)], [layer(0.8)], truth=-1.0).sample(N).leakers[:, 0]
    agree(leakers, 50 * (1 - 1 / (1 + np.exp(1.0 - np.log(4.0)))))


@given(p=st.floats(0.0, 1.0), shift=st.floats(-30.0, 30.0))
def test_shifted_kill_is_a_probability_that_grows_with_the_shift(p: float, shift: float) -> None:
    shifted = shifted_kill(p, shift)
    assert 0.0 <= shifted <= 1.0
    assert shifted_kill(p, shift + 1.0) >= shifted
    if p in (0.0, 1.0):
        assert shifted == p


@pytest.mark.parametrize(
    ("live", "channels", "ready", "shots", "expected"),
    [(5, np.inf, 9, 2, 4), (3, np.inf, 9, 2, 3), (5, 2, 9, 2, 2), (5, 2, -3, 1, 0), (5, -1, 9, 1, 0), (5, 9, 1, 2, 0)],
)
def test_engagements(live: float, channels: float, ready: float, shots: float, expected: int) -> None:
    assert engagements(float(live), float(channels), float(ready), float(shots)) == expected


# --- conservation ---------------------------------------------------------------------------------------------------

KINDS = st.sampled_from([BALLISTIC, DRONE])
ARMS = st.fixed_dictionaries(
    {
        "launched": st.integers(0, 60),
        "cls": KINDS,
        "reusable": st.integers(0, 1),
        "reliability": st.floats(0, 1),
        "threatening": st.floats(0, 1),
        "warheads": st.sampled_from([1.0, 2.0, 3.0]),
        "decoys": st.sampled_from([0.0, 0.5, 1.0, 2.25]),
        "deaths": st.sampled_from([0.5, 1.0, 4.0]),
    }
)
LAYERS = st.fixed_dictionaries(
    {
        "stock": st.integers(0, 80).map(float),
        "reserve": st.integers(0, 10).map(float),
        "shots": st.sampled_from([1.0, 2.0, 3.0]),
        "looks": st.sampled_from([1.0, 2.0, 3.0]),
        "channels": st.sampled_from([0.0, 3.0, 20.0, np.inf]),
        "availability": st.floats(0, 1),
        "discrimination": st.floats(0, 1),
        "boost": st.just(0),
        "kill": st.dictionaries(KINDS, st.floats(0, 1)),
    }
)


@given(
    arms=st.lists(ARMS, min_size=1, max_size=3),
    layers=st.lists(LAYERS, min_size=1, max_size=3),
    boost=st.integers(0, 1),
    sigma=st.floats(0, 3),
    raids=st.sampled_from([1.0, 2.0, 4.0]),
    seed=st.integers(0, 2**63 - 1),
)
@settings(max_examples=200)
def test_nothing_is_made_or_lost(
    arms: list[dict[str, Any]],
    layers: list[dict[str, Any]],
    boost: int,
    sigma: float,
    raids: float,
    seed: int,
) -> None:
    """Interceptors used are within stock less reserve and channels; arrivals = leakers + intercepted, by class.

    Units = failed in flight + killed before release + released, and an arm's leakers are its share of its class's.
    """
    rows = [arm(**one) for one in arms]  # type: ignore[arg-type]
    shield = [one | {"boost": boost if at == 0 else 0} for at, one in enumerate(layers)]
    case = Case(rows, shield, sigma=sigma, raids=raids)
    made = case.sample(1, seed)
    used, engaged, kills = made.used[0], made.engaged[0], made.kills[0]
    for l, one in enumerate(shield):
        assert 0 <= used[l] <= max(0.0, one["stock"] - one["reserve"])
        assert used[l] == one["shots"] * engaged[l].sum()
        assert engaged[l].sum() <= one["channels"] * raids
        assert (kills[l] >= 0).all()
        assert (kills[l] <= engaged[l]).all()
    met = [l for l, one in enumerate(shield) if not one["boost"]]
    for c in (BALLISTIC, DRONE):
        of_class = np.array([one["cls"] == c for one in rows])
        stopped = made.released[0, c] - made.threatening[0, c]
        objects = made.objects[0, of_class].sum()
        fooled = objects - made.released[0, c] - made.harmless[0, c]
        assert stopped >= 0
        assert fooled >= 0
        assert stopped + fooled == kills[met, c].sum()
        assert made.leakers[0, of_class].sum() == pytest.approx(made.threatening[0, c], abs=1e-9)
        in_boost = (made.flying[0] - made.units[0])[of_class].sum()
        assert in_boost == kills[[l for l in range(len(shield)) if l not in met], c].sum()
    launched = np.array([one["launched"] for one in rows])
    assert (made.units[0] <= made.flying[0]).all()
    assert (made.flying[0] <= launched).all()
    assert (made.leakers[0] >= 0).all()
    assert (made.downed[0] <= launched).all()
    assert (made.downed[0][[not one["reusable"] for one in rows]] == 0).all()


@pytest.mark.parametrize(("reliability", "kill"), list(product((0.0, 1.0), repeat=2)))
def test_certain_raids_have_no_luck(reliability: float, kill: float) -> None:
    """With probabilities of 0 and 1 every raid is the same."""
    raids = Case([arm(9, reliability=reliability)], [layer(kill)], sigma=2.0).sample(20)
    assert (raids.leakers[:, 0] == 9 * reliability * (1 - kill)).all()
    assert (raids.used[:, 0] == (9 * reliability if kill else 0)).all()
