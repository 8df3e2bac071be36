"""Boxes held against chance: what was planted is found with its limits, and what was not is not shown."""

import numpy as np
import pytest
from scipy.stats import binom

from escalade.analysis import boxes
from escalade.analysis.boxes import quasi_p, roundest, search, significant
from escalade.analysis.prim import HIGH, Box, Cases, End
from tests.analysis.planted import choice, even_factors

SIZE = 400


@pytest.fixture(autouse=True)
def _few_trials(monkeypatch):
    monkeypatch.setattr(boxes, "PERMUTATIONS", 19)
    monkeypatch.setattr(boxes, "RESAMPLES", 10)


def luck():
    return np.random.default_rng(5)


def test_a_planted_box_is_found_with_its_limits():
    factors = even_factors(SIZE)
    hit = (factors[0].values > 0.6) & (factors[1].values < 0.5)
    found = search(factors, hit.astype(float), np.ones(SIZE), luck())
    assert found.base == pytest.approx(hit.mean())
    assert found.chance == pytest.approx(1 / 20)
    first, second = found.box.limits
    assert (first.key, first.high, second.key, second.low) == ("a", None, "b", None)
    assert first.low == pytest.approx(0.6, abs=0.04)
    assert second.high == pytest.approx(0.5, abs=0.04)
    assert found.box.density > 0.95
    assert found.box.coverage > 0.9
    assert found.box.density >= found.box.promised > 0.8
    assert min(limit.again for limit in found.box.limits) > 0.8
    assert max(limit.quasi_p for limit in found.box.limits) < 1e-6


def test_an_alternative_is_kept_by_name():
    factors = [*even_factors(SIZE, "ab"), choice("kind", np.random.default_rng(2).integers(1, 4, SIZE))]
    found = search(factors, (factors[2].values == 3).astype(float), np.ones(SIZE), luck())
    (limit,) = found.box.limits
    assert (limit.key, limit.kept, limit.low, limit.high) == ("kind", (3.0,), None, None)


def test_a_condition_that_seldom_comes_back_is_dropped_where_a_firm_one_is_left():
    factors = even_factors(SIZE, "ab")
    hit = factors[0].values > 0.6
    cases = Cases(np.array([each.values for each in factors]), (False, False), hit.astype(float), np.ones(SIZE))
    box, alone = Box({0: 0.6, 1: 0.1}, {}), Box({0: 0.6}, {})
    assert boxes._firm(cases, box, [alone] * 9 + [box]).columns == (0,)
    assert boxes._firm(cases, box, [box] * 10) == box
    assert boxes._firm(cases, box, [Box({}, {})] * 10) == box


def test_at_most_three_inputs_are_limited():
    factors = even_factors(SIZE)
    hit = np.prod([each.values > 0.25 for each in factors[:5]], axis=0)
    found = search(factors, hit.astype(float), np.ones(SIZE), luck())
    assert 1 <= len({limit.key for limit in found.box.limits}) <= boxes.MOST_LIMITS


@pytest.mark.parametrize("seed", range(3))
def test_where_hits_fall_at_random_no_box_is_shown(seed):
    hit = np.random.default_rng(seed + 100).random(SIZE) < 0.3
    assert search(even_factors(SIZE), hit.astype(float), np.ones(SIZE), luck()).box is None


@pytest.mark.parametrize("share", [0.0, 0.01, 0.99, 1.0])
def test_too_few_hits_or_misses_are_not_searched(share):
    hit = np.arange(SIZE) < share * SIZE
    found = search(even_factors(SIZE), hit.astype(float), np.ones(SIZE), luck())
    assert (found.box, found.chance) == (None, None)
    assert found.base == pytest.approx(share)


def test_the_same_luck_gives_the_same_answer():
    factors = even_factors(SIZE)
    hit = (factors[0].values > 0.7).astype(float)
    assert search(factors, hit, np.ones(SIZE), luck()) == search(factors, hit, np.ones(SIZE), luck())


@pytest.mark.parametrize(("inside", "hits"), [(10, 8), (20, 11), (6, 6)])
def test_a_quasi_p_value_is_a_binomial_tail(inside, hits):
    values = np.arange(40.0)
    hit = np.zeros(40)
    hit[:hits] = hit[30:34] = 1.0
    found = quasi_p(Cases(values[None], (False,), hit, np.ones(40)), Box({}, {0: inside - 1.0}), End(0, HIGH))
    assert found == pytest.approx(binom.sf(hits - 1, inside, hit.mean()))


@pytest.mark.parametrize(
    ("low", "high", "number"), [(0.58, 0.63, 0.6), (241.0, 262.0, 250.0), (3.0, 4.0, 3.5), (1.234, 1.238, 1.2)]
)
def test_the_roundest_number_between_two_worlds(low, high, number):
    assert roundest(low, high, including=low) == pytest.approx(number)


def test_significant_digits():
    assert [significant(1234.0, 2), significant(0.0456, 1)] == [1200.0, 0.05]
