"""Forces of the reference year."""

import numpy as np

from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.scenario import load_scenario
from escalade.study.reference import in_year
from tests.study.fakes import TINY


def _tiny():
    scenario = load_scenario(TINY)
    base = scenario.policy("as_is")
    return worlds(base, scenario.policy("no_shield"), modes(scenario))


def test_the_first_year_is_the_first_year():
    built, _ = _tiny()
    assert in_year(built, 1) is built


def test_the_second_year_has_a_years_production_and_both_deliveries():
    built, names = _tiny()
    later = in_year(built, 2)
    upper = names.layers[0].index("upper")
    # 30 at the start, 10 made in the first year, 10 delivered in the second.
    assert built.layers["stock"][0, 0, upper] == 30
    assert later.layers["stock"][0, 0, upper] == 50
    missiles = names.arms[1].index("missiles")
    # 120 at the start, 10 delivered in the first year, 20 made in it; nothing is delivered in the second.
    assert later.arms["stock"][0, 1, missiles] == 150
    assert not later.layer_deliveries[..., 0].any()
    assert not later.arm_deliveries[..., 0].any()


def test_the_yardstick_and_the_original_stay():
    built, _ = _tiny()
    before = built.arms["stock"].copy()
    later = in_year(built, 2)
    assert np.array_equal(built.arms["stock"], before)
    assert np.array_equal(later.needs, built.needs)
