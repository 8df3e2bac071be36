"""Reports beside predictions: overlaps, directions of misses, and what belongs to a scenario."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade import facts
from escalade.evidence.backtest import BackTest, Check, back_test, reported_range
from escalade.evidence.episodes import Reported

PLACES = st.floats(0, 100)


def check(prediction: tuple[float, float], report: tuple[float, float], *, share: bool = False) -> Check:
    (low, high), (reported_low, reported_high) = sorted(prediction), sorted(report)
    return Check("", "", share, low, (low + high) / 2, high, reported_low, reported_high, ())


@given(st.tuples(PLACES, PLACES), st.tuples(PLACES, PLACES))
def test_an_overlap_is_a_value_in_common_and_a_miss_has_a_direction(
    prediction: tuple[float, float], report: tuple[float, float]
) -> None:
    one, mirrored = check(prediction, report, share=True), check(report, prediction, share=True)
    assert one.overlaps == mirrored.overlaps == (max(min(prediction), min(report)) <= min(max(prediction), max(report)))
    assert one.direction == -mirrored.direction
    assert (one.direction == 0) == one.overlaps


def test_numbers_of_people_are_compared_as_whole_ones_and_shares_as_they_are() -> None:
    assert check((0.2, 3.1), (0, 0)).overlaps
    assert not check((0.6, 3.1), (0, 0)).overlaps
    assert check((0.6, 3.1), (0, 0)).direction == 1
    assert not check((0.2, 0.3), (0, 0.1), share=True).overlaps


def test_a_reported_range_spans_all_figures_unless_it_was_worked_out() -> None:
    both = ("gaza_2012.deaths_israel", "gaza_2012.urban_impacts")
    ends = reported_range(Reported(what="deaths", of=("all",), facts=both))
    assert ends == (facts.get(both[0]).low, facts.get(both[1]).high)
    assert reported_range(Reported(what="deaths", of=("all",), facts=both, low=1, high=2)) == (1, 2)


@pytest.fixture(scope="module")
def small() -> BackTest:
    return back_test("iran-april-2024", draws=32, worlds=16)


def test_one_scenario_has_its_episodes_and_its_own_strikes(small: BackTest) -> None:
    assert {one.scenario for one in small.compared} == {"iran-april-2024"}
    assert [one.kind for one in small.compared] == ["foresight", "arithmetic"]
    assert all(one.checks for one in small.compared)
    for kind in ("foresight", "arithmetic"):
        hits, reports = small.overlap(kind)  # type: ignore[arg-type]
        assert 0 <= hits <= reports == len(small.of_kind(kind)[0].checks)  # type: ignore[arg-type]


def test_every_prediction_is_an_interval_around_its_mean(small: BackTest) -> None:
    for one in small.compared:
        for found in one.checks:
            assert found.low <= found.high
            assert all(math.isfinite(value) for value in (found.low, found.mean, found.high))
            assert found.reported_low <= found.reported_high
            assert found.facts


def test_an_unknown_scenario_has_nothing() -> None:
    assert back_test("my-own").compared == ()
    assert back_test("my-own").overlap("foresight") == (0, 0)
