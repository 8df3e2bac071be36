"""Frames of turns: the same numbers, and columns even where there are no rows."""

from escalade.report.turns_frames import conditions, matters, priors
from tests.report.test_turns import FULL, KEY, OTHER, of


def test_conditions():
    frame = conditions(FULL.found)
    assert frame["key"].to_list() == [KEY, OTHER]
    assert frame["low"].to_list() == [300.0, None]
    assert frame["from"].to_list() == [280.0, 280.0]
    assert conditions(of().found).height == 0
    assert conditions(of().found).columns == frame.columns


def test_what_matters():
    assert matters(FULL.found)["clear"].to_list() == [True, False]


def test_weights_begin_with_the_run_s_own():
    frame = priors(FULL.found)
    assert frame["kind"].to_list()[0] == "base"
    assert frame.height == 1 + len(FULL.found.priors.weighings)
    assert priors(of().found)["key"].to_list() == [None]
