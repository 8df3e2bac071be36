"""Effects under rival sources: the run's own where nothing changes, weighed anew where something does."""

import numpy as np
import pytest

from escalade.analysis.believed import READINGS, ReadCrises, compare_beliefs
from escalade.ensemble.tables import CrisisTable
from escalade.quantities import Measure, Quantity

WAR = Quantity("war", "war", "War.", "War", Measure(("war",), "share", "crises"))
RATIO = Quantity("r", "r", "R.", "War", Measure(("war",), "share", "wars", ("all",)))


def table(policy, baseline, weight=(0.25, 0.75), everything=1.0):
    values = {
        name: np.column_stack([np.asarray(war, float), np.full(2, everything)])
        for name, war in (("with", policy), ("without", baseline))
    }
    return CrisisTable(("war", "all"), values, np.asarray(weight), np.zeros(2, dtype=np.int64), {})


OWN = table([0.4, 0.2], [0.2, 0.2])


def beliefs(others, own="all", quantity=WAR):
    return compare_beliefs(own, OWN, others, quantity, ("with", "without"), 3)


def test_means_and_ranges_are_weighted():
    official = ReadCrises(("a",), ("a",), table([0.6, 0.2], [0.2, 0.2], (0.5, 0.5)))
    found = beliefs({"official": official, "independent": ReadCrises((), (), None)})
    by_name = {belief.reading: belief for belief in found.beliefs}
    assert list(by_name) == list(READINGS)
    assert by_name["all"].effect.mean == pytest.approx(0.05)
    assert by_name["official"].effect.mean == pytest.approx(0.2)
    assert by_name["official"].levels == pytest.approx((0.4, 0.2))
    assert (by_name["official"].effect.low, by_name["official"].effect.high) == pytest.approx((0.0, 0.4))
    assert by_name["official"].effective == pytest.approx(2.0)


def test_what_changes_nothing_has_the_run_s_own_effect():
    found = beliefs({"official": ReadCrises(("a", "b"), ("a",), None), "independent": ReadCrises((), (), None)})
    assert len({belief.effect for belief in found.beliefs}) == 1
    assert not found.matters
    assert [belief.own for belief in found.beliefs] == [False, False, True]


def test_a_reading_that_cannot_be_drawn_has_no_effect():
    found = beliefs({"official": ReadCrises((), (), None, "0.2 is above 0.1"), "independent": ReadCrises((), (), None)})
    assert found.beliefs[0].effect is None
    assert found.beliefs[0].problem


def test_readings_stand_in_one_order_whatever_the_run_believes():
    found = beliefs({"all": ReadCrises((), (), None), "independent": ReadCrises((), (), None)}, own="official")
    assert [(belief.reading, belief.own) for belief in found.beliefs] == [
        ("official", True), ("independent", False), ("all", False),
    ]  # fmt: skip


def test_ratios_are_ratios_of_means_and_of_nothing_there_is_none():
    assert beliefs({}, quantity=RATIO).beliefs[0].effect.mean == pytest.approx(0.05)
    nothing = table([0.1, 0.1], [0.1, 0.1], everything=0.0)
    assert compare_beliefs("all", nothing, {}, RATIO, ("with", "without"), 3) is None
