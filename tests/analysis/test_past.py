"""Past crises beside the model."""

import numpy as np
import pytest

from escalade.analysis.past import past
from escalade.ensemble.tables import CrisisTable
from escalade.scenario import load_scenario
from tests.study.fakes import TINY

COLUMNS = ("war", "first_strike.north", "first_strike.south")


def _counts(as_is, weight):
    values = {"as_is@first": np.array(as_is), "no_shield": np.full((2, 3), 0.1)}
    table = CrisisTable(COLUMNS, values, np.array(weight), np.ones(2, dtype=np.int64), {})
    record = load_scenario(TINY).record.crises
    return past(table, record, {"as_is": "as_is@first", "no_shield": "no_shield"})


def test_expected_numbers_before_and_after_the_record():
    counts = _counts([[0.1, 0.3, 0.2], [0.3, 0.5, 0.4]], [0.75, 0.25])
    named = {(count.policy, count.what, count.side): count for count in counts}
    wars = named["as_is", "wars", None]
    assert (wars.crises, wars.recorded) == (9, 1)
    assert wars.prior == pytest.approx(9 * 0.2)
    assert wars.posterior == pytest.approx(9 * 0.15)
    strikes = named["as_is", "crises with a strike", None]
    assert strikes.posterior == pytest.approx(9 * (0.75 * 0.5 + 0.25 * 0.9))
    assert ("no_shield", "crises with a strike", None) not in named  # null in the record: not known
    assert ("no_shield", "first strikes", "north") not in named


def test_disputed_first_strikes_widen_what_was_recorded():
    counts = _counts([[0.1, 0.3, 0.2], [0.3, 0.5, 0.4]], [0.5, 0.5])
    north = next(count for count in counts if count.side == "north")
    assert (north.recorded, north.recorded_high) == (3, 4)
    assert not north.weighs
    assert all(count.weighs for count in counts if count.side is None)


def test_a_misfit_is_two_standard_deviations_away():
    # One sure world: 9 crises at p = .9, expected 8.1, standard deviation .9; recorded 3 or 4 first strikes by north.
    counts = _counts([[0.1, 0.9, 0.05], [0.1, 0.9, 0.05]], [0.5, 0.5])
    assert next(count for count in counts if count.side == "north").misfit
    # At p = .6: expected 5.4, standard deviation 1.47; 4 is .95 of it away.
    counts = _counts([[0.1, 0.6, 0.05], [0.1, 0.6, 0.05]], [0.5, 0.5])
    assert not next(count for count in counts if count.side == "north").misfit
