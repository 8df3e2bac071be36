"""Ragged retaliation (T7): a thin shield and a first strike are complements."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.stability.ragged import ragged
from escalade.worlds import Worlds
from tests.stability.cases import PEOPLE, case, found, interceptors, missiles, powers

WARHEADS, STOPPED, DEATHS = 100.0, 8.0, 1e5
STRIKE = 6000.0


def ladder(people: float = PEOPLE) -> Worlds:
    """Side 0 can destroy nine tenths of the 100 warheads of side 1, and its shield stops eight."""
    able = missiles(STRIKE, counterforce=np.log(10.0) * WARHEADS / STRIKE)
    return powers(
        [[able], [missiles(WARHEADS, deaths=DEATHS)]], [[interceptors(STOPPED)], [interceptors(0)]], (people, people)
    )


def crossed(values: np.ndarray) -> float:
    """What the shield adds to the gain of having struck first [shield, rival survivable or vulnerable]."""
    return float((values[0, 1] - values[1, 1]) - (values[0, 0] - values[1, 0]))


def test_t7_two_warheads_after_a_first_strike_and_92_without() -> None:
    two_by_two = ragged(ladder(), 0, 0, aim=1.0)
    answered = [[cell.exchanges["answered"][0, 0, 0] for cell in row] for row in two_by_two.cells]
    assert answered == [[pytest.approx(100.0), pytest.approx(10.0)], [pytest.approx(92.0), pytest.approx(2.0)]]


def test_t7_with_linear_deaths_shield_and_first_strike_add_up() -> None:
    people = 1e14  # so many that deaths stay in proportion
    harm = ragged(ladder(people), 0, 0, aim=1.0).harm[0] * people / DEATHS
    assert crossed(harm) == pytest.approx(0.0, abs=1e-4)


def test_t7_with_deaths_that_saturate_they_are_complements() -> None:
    """The shield takes more from a ragged answer than from a whole one: of the same eight warheads."""
    for people in (1e6, 1e7, 1e8):
        assert crossed(ragged(ladder(people), 0, 0, aim=1.0).harm[0]) > 0.0


def test_the_shield_adds_to_the_temptation_against_a_vulnerable_rival_only() -> None:
    incentive = ragged(ladder(), 0, 0).incentive[0]
    survivable, vulnerable = incentive[1] - incentive[0]
    assert vulnerable > 0.0
    assert vulnerable > 5.0 * abs(survivable)


def test_the_second_side_may_own_the_shield() -> None:
    here = ladder()
    there = powers(
        [[missiles(WARHEADS, deaths=DEATHS)], [missiles(STRIKE, counterforce=np.log(10.0) * WARHEADS / STRIKE)]],
        [[interceptors(0)], [interceptors(STOPPED)]],
    )
    one, other = ragged(here, 0, 0), ragged(there, 0, 1)
    assert other.harm == pytest.approx(one.harm, abs=1e-6)
    assert other.index == pytest.approx(one.index, abs=1e-6)


@pytest.mark.parametrize("place", [0, 1])
def test_e08_expected_penetrators_where_all_interceptors_are_used(place: int) -> None:
    """E08: where more survive than eleven the mean of the exact raid is the plan's; the rest is with the exact raid."""
    inputs, output, near = case("E08")
    survive = inputs["p_survive"][place]
    shield = interceptors(inputs["interceptors"], kill=inputs["p"], shots=float(inputs["shots"]))
    rest = missiles(inputs["arsenal"], exposed_launchers=1.0 - survive, exposed_stock=1.0 - survive)
    result = found(powers([[missiles(1e6)], [rest]], [[shield], [interceptors(0)]]), aim=1.0)
    (expected,) = [output["expected_penetrators"][place]]
    assert result.exchanges["answered"][0, 0, 0] == pytest.approx(expected, rel=1e-8 if place == 0 else 1e-5)
    assert near(expected) == expected
