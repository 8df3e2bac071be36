"""Arrivals: who flies and what is released."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from escalade.raid.arrivals import arriving, arriving_objects, flying, objects, same_load, threatening
from escalade.raid.shield import Threat

A = Threat("a", "icbm", 6, reliability=0.8, threatening=0.5, warheads=2, decoys=1.5)
B = Threat("b", "icbm", 4, reliability=0.5)


def test_failures_in_flight() -> None:
    expected = [sum(binom.pmf(k, 6, 0.8) * binom.pmf(n - k, 4, 0.5) for k in range(n + 1)) for n in range(11)]
    assert flying([A, B], 1e-18) == pytest.approx(expected, abs=1e-15)


def test_single_threatening_warheads_are_thinned() -> None:
    one = Threat("c", "icbm", 9, reliability=0.8, threatening=0.5)
    assert arriving([one], 1e-18) == pytest.approx(binom.pmf(range(10), 9, 0.4), abs=1e-15)


def test_units_release_all_they_carry() -> None:
    units = binom.pmf(range(7), 6, 0.8)
    both = objects(A, units, 1e-18)
    assert both.sum(axis=1) == pytest.approx(threatening(A, units, 1e-18), abs=1e-14)
    mean = sum(chance * h for (_, h), chance in _places(both))
    assert mean == pytest.approx(6 * 0.8 * (2 * 0.5 + 1.5))
    least = {t: min(h for (k, h), chance in _places(both) if k == t and chance > 0) for t in range(13)}
    assert least[0] == 0
    assert least[12] == 6  # six units with both warheads threatening: at least the whole decoys


def test_loads_of_several_threats() -> None:
    both = arriving_objects([A, B], 1e-18)
    assert both.sum() == pytest.approx(1.0, abs=1e-14)
    assert both.sum(axis=1) == pytest.approx(arriving([A, B], 1e-18), abs=1e-14)
    assert not same_load([A, B])
    assert same_load([A, A])


def _places(both):
    return [((t, h), both[t, h]) for t in range(both.shape[0]) for h in range(both.shape[1])]
