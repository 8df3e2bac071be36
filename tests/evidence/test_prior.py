"""What a scenario expects of its crises: shares, weights, and words of the record."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.evidence.prior import PriorCheck, _ratio, prior_check
from escalade.scenario import load_scenario
from tests.scenario.texts import TINY_FILE


@pytest.fixture(scope="module")
def gaza() -> tuple[PriorCheck, ...]:
    return prior_check(load_scenario("gaza-2012"), candidates=16)


def test_every_entry_of_the_record_has_its_check(gaza: tuple[PriorCheck, ...]) -> None:
    assert [one.period for one in gaza] == ["2005-09 to 2011-03", "2011-04 to 2012-10"]
    assert [one.crises for one in gaza] == [8, 6]
    assert all(1 <= one.effective <= one.candidates == 16 for one in gaza)


def test_expectations_are_shares_and_the_parts_fit_together(gaza: tuple[PriorCheck, ...]) -> None:
    for one in gaza:
        for weight in ("prior", "posterior"):
            found = {each.what: getattr(each, weight) for each in one.expected}
            assert all(0 <= value <= 1 + 1e-9 for value in found.values())
            first = [value for what, value in found.items() if what.endswith("strikes first")]
            assert sum(first) == pytest.approx(found["a first strike by anybody"])
            kinds = [value for what, value in found.items() if what.endswith("of all wars")]
            assert sum(kinds) == pytest.approx(1)  # no accidents in this scenario
            assert found["war"] <= found["a first strike by anybody"]


def test_the_record_is_told_beside_them(gaza: tuple[PriorCheck, ...]) -> None:
    before = {each.what: each.recorded for each in gaza[0].expected}
    assert before["war"] == "3 of 8 (2 to 4)"
    assert before["Israel strikes first"] == "3 of 8"
    assert before["a struck side stands down or replies lightly"] == "61 of 100 episodes, 2007 to 2014"
    assert before["foreseen, of all wars"] == ""


def test_a_scenario_without_a_record_has_none() -> None:
    without = load_scenario(TINY_FILE).model_copy(update={"record": None})
    assert prior_check(without, candidates=2) == ()


def test_ratios_are_of_weighted_means() -> None:
    weight = np.array([0.25, 0.75])
    assert _ratio(np.array([1.0, 0.0]), np.array([2.0, 2.0]), weight) == pytest.approx(0.125)
    assert np.isnan(_ratio(np.zeros(2), np.zeros(2), weight))
