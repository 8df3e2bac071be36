"""The two-move kernel: its printed numbers, its signs, and the general solver."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from escalade.crisis.scalar import scalar_crisis
from escalade.crisis.scalar_file import ladder_from_data
from escalade.crisis.two_move import Strike, TwoMoves, logistic, two_moves
from tests.crisis.ladders import two_rungs

PRESSURE, AFFRONT = 0.5, 0.1


def strike(phi: float, harm: float) -> Strike:
    """A strike of the theory test: g .4, kappa .4, P .5, affront .1, stakes and tolerance 1."""
    return Strike(0.4 * phi, 0.4, 0.4 * phi, harm, PRESSURE * (harm + AFFRONT))


def both(phi_b: float, harm_a: float) -> tuple[TwoMoves, TwoMoves]:
    """A opens, B opens; A's shield cuts what B's strike wins and how many it kills."""
    by_a, by_b = strike(1.0, 0.3), strike(phi_b, harm_a)
    return two_moves(by_a, by_b, 4.0), two_moves(by_b, by_a, 4.0)


@pytest.mark.parametrize(
    ("phi_b", "harm_a", "expected"),
    [
        pytest.param(1.0, 0.3, (0.689974, 0.076994, 0.689974, 0.076994), id="no shield"),
        pytest.param(0.2, 0.06, (0.382252, 0.416689, 0.579324, 0.033389), id="shield on A"),
    ],
)
def test_t3_printed_numbers(phi_b: float, harm_a: float, expected: tuple[float, ...]) -> None:
    """T3: four logistic formulas."""
    a_opens, b_opens = both(phi_b, harm_a)
    found = (a_opens.answers, a_opens.strikes_first, b_opens.answers, b_opens.strikes_first)
    assert found == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("phi_b", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("harm_a", [0.0, 0.1, 0.2])
def test_t3_signs(phi_b: float, harm_a: float) -> None:
    """T3: a shield on A always raises A's first strikes and lowers both answers."""
    (a_bare, b_bare), (a_shield, b_shield) = both(1.0, 0.3), both(phi_b, harm_a)
    assert a_shield.strikes_first > a_bare.strikes_first
    assert a_shield.answers < a_bare.answers
    assert b_shield.answers < b_bare.answers


def test_t3_b_first_is_ambiguous() -> None:
    """T3: A's need to answer falls too, so B may strike first more often or less."""

    def b_first(gain_of_b: float, harm_a: float) -> float:
        by_a = Strike(0.4, 0.4, 0.4, 1.0, PRESSURE * 1.1)
        by_b = Strike(gain_of_b, 0.4, gain_of_b, harm_a, PRESSURE * (harm_a + AFFRONT))
        return two_moves(by_b, by_a, 4.0).strikes_first

    assert b_first(0.39, 0.1) > b_first(0.4, 1.0)  # the deaths it spares keep A from answering
    assert b_first(0.08, 0.9) < b_first(0.4, 1.0)  # what it denies B weighs more


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("precision", [0.0, 1.0, 20.0, math.inf])
def test_equal_to_the_general_solver(seed: int, precision: float) -> None:
    draw = random.Random(seed)

    def party() -> dict[str, Any]:
        names = ("gain", "cost", "harm", "value", "loss", "press", "affront")
        return {name: round(draw.uniform(0.05, 0.9), 6) for name in names}

    def as_side(p: dict[str, Any]) -> dict[str, Any]:
        per_rung = {name: [0, p[name]] for name in ("gain", "cost", "harm")}
        return p | per_rung | {"strike": [0, 1], "audience": [0, 0], "may_climb": [True, p is first]}

    first, second = party(), party()

    def by(striker: dict[str, Any], struck: dict[str, Any]) -> Strike:
        return Strike(
            gain=striker["value"] * striker["gain"],
            cost=striker["cost"],
            loss=struck["loss"] * striker["gain"],
            harm=struck["harm"],
            pressure=struck["press"] * (struck["harm"] + struck["affront"]),
        )

    kernel = two_moves(by(first, second), by(second, first), precision)
    spec = two_rungs(as_side(first), as_side(second), **{"lambda": "inf" if math.isinf(precision) else precision})
    answer = scalar_crisis(ladder_from_data(spec))
    assert answer.first_strike == pytest.approx((kernel.strikes_first, 0.0), abs=1e-12)


def test_logistic_at_its_limits() -> None:
    assert logistic(1e6, 1e6) == 1.0
    assert logistic(-1e6, 1e6) == 0.0
    assert logistic(0.0, math.inf) == 0.5
    assert logistic(5.0, 0.0) == 0.5
    assert logistic(0.3, 4.0) + logistic(-0.3, 4.0) == pytest.approx(1.0, abs=1e-15)
