"""Priors: narrower ranges as if drawn so, the record left out, the smallest tilt that turns."""

import numpy as np
import pytest
from scipy.stats import beta

from escalade.analysis import weighted
from escalade.analysis.compare import WorldShares
from escalade.analysis.priors import Judged, half_width, prevailing, priors, tilt
from escalade.analysis.verdict import Verdict
from escalade.ensemble.record import log_weights, weights
from escalade.scenario import load_scenario
from escalade.scenario.numbers import OneOf, Pert, Uniform
from tests.analysis.planted import even_factors, factor, twice
from tests.study.fakes import TINY

PLACES = (np.arange(20_000) + 0.5) / 20_000
TINY_SCENARIO = load_scenario(TINY)


def judged(effects, weight=None, drawn=None, exact=None, margin=0.01):
    weight = np.ones(len(effects)) if weight is None else np.asarray(weight)
    return Judged(np.asarray(effects), weight, margin, drawn or {}, exact or {})


@pytest.mark.parametrize("spec", [Pert(0, 2, 10), Pert(0, 0, 1), Pert(-3, 4, 4), Pert(1, 2, 3), Uniform(2, 6)])
def test_half_width_is_as_if_drawn_from_the_narrower_range(spec):
    values = spec.quantile(PLACES)
    ratio = half_width(spec, values)
    low, high = (spec.low + spec.mode) / 2, (spec.high + spec.mode) / 2
    narrow = Uniform(low, high) if isinstance(spec, Uniform) else Pert(low, spec.mode, high)
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    assert ratio.mean() == pytest.approx(1.0, abs=2e-3)
    assert weighted.quantiles(values, ratio, shares) == pytest.approx(narrow.quantile(np.array(shares)), abs=0.01)


def test_half_width_of_a_pert_is_the_ratio_of_two_beta_densities():
    spec, values = Pert(0, 2, 10), np.array([1.2, 2.0, 4.0, 5.9])
    narrow = beta.pdf(values, *spec.shape, loc=1, scale=5) / beta.pdf(values, *spec.shape, loc=0, scale=10)
    assert half_width(spec, values) == pytest.approx(narrow)


def test_alternatives_have_no_width():
    assert half_width(OneOf((1.0, 2.0)), np.array([1.0, 2.0])).tolist() == [1.0, 1.0]


def no_record():
    return TINY_SCENARIO.model_copy(update={"record": None})


def test_each_range_in_turn_those_that_matter_and_all():
    factors = even_factors(2000, "abc")
    effects = np.where(factors[0].values > 0.5, 0.1, -0.1)
    drawn = {each.key: each.values for each in factors}
    found = priors(no_record(), factors, judged(effects, drawn=drawn), ["a", "b"])
    assert [each.key for each in found.of("half")] == ["a", "b", "c"]
    (clear,), (every,) = found.of("half clear"), found.of("half all")
    assert clear.effective == pytest.approx(2000 / 4, rel=0.1)
    assert every.effective == pytest.approx(2000 / 8, rel=0.15)
    assert found.base.verdict is Verdict.DEPENDS
    assert not found.of("record off", "record part")


def test_a_range_cut_where_the_effect_turns_leaves_one_sign():
    factors = even_factors(1000, "ab")
    effects = np.where(factors[0].values > 0.76, 0.1, -0.1)
    found = priors(no_record(), factors, judged(effects, drawn={f.key: f.values for f in factors}), [])
    assert found.of("half")[0].shares.lowers == 1.0
    assert found.of("half")[0].verdict is Verdict.LESS


def test_the_record_and_each_of_its_parts_can_be_left_out():
    random = np.random.default_rng(5)
    names = ("war_by.north", "war_by.south", "first_strike.north", "first_strike.south")
    exact = {}
    for entry in TINY_SCENARIO.record.crises:
        shares = random.dirichlet([2, 2, 2, 2, 6], 50).T
        exact[entry.policy] = dict(zip(names, (shares[0], shares[1], *(shares[:2] + shares[2:4])), strict=True))
    weight = weights(log_weights(TINY_SCENARIO, exact))
    found = priors(TINY_SCENARIO, [], judged(random.normal(size=50), weight, exact=exact), [])
    (off,) = found.of("record off")
    assert off.effective == pytest.approx(50)
    assert found.base.effective < 50
    for part in found.of("record part"):
        rest = [k for k in range(len(TINY_SCENARIO.record.crises)) if str(k) != part.key]
        expected = weights(log_weights(TINY_SCENARIO, exact, entries=rest))
        assert part.effective == pytest.approx(1 / np.sum(expected**2))
    assert len(found.of("record part")) == (len(exact) if len(exact) > 1 else 0)


def test_the_smallest_tilt_of_a_normal_input_is_known():
    # Effects are more above the mean plus half a standard deviation; after a tilt of one half it is even.
    values = np.sort(np.random.default_rng(1).normal(size=40_000))
    effects = np.where(values > 0.5, 1.0, -1.0)
    found = tilt(factor("x", values), judged(effects))
    assert found.shift == pytest.approx(0.5, abs=0.02)
    assert found.to == "more"
    assert found.after - found.before == pytest.approx(0.5, abs=0.02)


def test_what_does_not_depend_on_an_input_no_tilt_of_it_turns():
    random = np.random.default_rng(2)
    effects = np.where(random.random(4000) < 0.8, 1.0, -1.0)
    assert tilt(factor("x", random.random(4000)), judged(effects)) is None


def test_a_world_of_weight_two_counts_like_two_worlds():
    factors = even_factors(400, "a")
    effects = np.where(factors[0].values > 0.6, 1.0, -1.0)
    chosen = np.arange(0, 400, 3)
    weight = np.ones(400)
    weight[chosen] = 2.0
    copied = twice(factors, chosen)
    one = tilt(factors[0], judged(effects, weight))
    other = tilt(copied[0], judged(np.concatenate([effects, effects[chosen]])))
    assert (one.shift, one.before, one.after) == pytest.approx((other.shift, other.before, other.after))
    assert one.to == other.to == "more"


@pytest.mark.parametrize(
    ("shares", "name"), [((0.5, 0.3, 0.2), "more"), ((0.2, 0.3, 0.5), "neither"), ((0.4, 0.4, 0.2), "more")]
)
def test_what_prevails_is_the_largest_share(shares, name):
    assert prevailing(WorldShares(*shares)) == name
