"""The expected path of a scenario as curves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from escalade.errors import UsageError
from escalade.scenario import load_scenario
from escalade.study.race import Race, race
from tests.study.fakes import TINY

ARMING = Path(TINY).with_name("arming.yaml")


@pytest.fixture(scope="module")
def arming() -> Race:
    return race(load_scenario(ARMING), "as_is", 2)


def named(found: Race, group: str, side: str, name: str = "") -> np.ndarray:
    (one,) = [c for c in found.curves if (c.group, c.side) == (group, side) and name in c.name]
    return one.likely


def test_what_a_rival_makes_is_in_its_stock_a_year_later(arming: Race) -> None:
    stocks, made = (
        {c.name: c.likely for c in arming.curves if (c.group, c.side, c.unit.split()[0]) == (group, "south", "units")}
        for group in ("arms", "production")
    )
    assert stocks.keys() == made.keys()
    for name, stock in stocks.items():
        assert stock[1] - stock[0] == pytest.approx(made[name][0])


def test_ranges_enclose_what_sets_of_assumptions_give(arming: Race) -> None:
    assert all((curve.low <= curve.high).all() for curve in arming.curves)
    assert any((curve.low < curve.high).any() for curve in arming.curves)


def test_a_shield_that_grows_is_worn_by_countermeasures(arming: Race) -> None:
    left = named(arming, "shield", "north")
    assert left[1] < left[0] <= 90.0


@pytest.mark.parametrize("years", [0, 101])
def test_years_out_of_range_are_refused(years: int) -> None:
    with pytest.raises(UsageError, match="1 to 100"):
        race(load_scenario(TINY), None, years)
