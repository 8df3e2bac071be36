"""The ladder game of the readable twin: theory tests T1, T3 and T18 on scalar ladders."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.history.cases import other_side
from verification.twin.exact import Forward, opening
from verification.twin.game import logit, resolve_types
from verification.twin.ladder import STRUCK, State
from verification.twin.scalar import Spec, scalar_crisis, scalar_game, scalar_totals


def side(**changes: Any) -> Spec:
    """A side of a five-rung ladder, the upper three of which are strikes."""
    five = {
        "strike": [0, 0, 1, 1, 1],
        "gain": [0, 0, 0.1, 0.2, 0.4],
        "cost": [0, 0.02, 0.05, 0.15, 0.4],
        "harm": [0, 0, 0.05, 0.2, 0.5],
        "audience": [0, 0.05, 0.05, 0.1, 0.1],
        "value": 1,
        "loss": 1,
        "press": 0.5,
        "affront": 0.1,
        "may_climb": [True] * 5,
    }
    return five | changes


def ladder(**changes: Any) -> Spec:
    """A five-rung ladder between equals, stakes at their medians, no private resolve."""
    five = {
        "war_rung": 3,
        "K": 2,
        "lambda": 20.0,
        "opener": None,
        "light_replies": True,
        "allow_yield": True,
        "spread": 0.0,
        "private_resolve": 0.0,
        "concession": [0, 0.15, 0.3, 0.6, 1],
        "autonomous_risk": [0] * 5,
        "sides": [side(), side()],
    }
    return five | changes


@pytest.mark.parametrize(("waves", "expected"), [(2, 3133 / 20736), (3, 603013 / 3981312)])
@pytest.mark.parametrize("harm", [0.0, 0.7])
def test_t1_coin_toss(waves: int, expected: float, harm: float) -> None:
    """T1: choice by chance alone; the probability of war counts paths, whatever is at stake."""
    shielded = side(harm=[0, 0, harm, harm, harm])
    answer = scalar_crisis(ladder(K=waves, sides=[shielded, side()], **{"lambda": 0.0}))
    assert answer["war"] == pytest.approx(expected, abs=1e-14)
    assert sum(answer["labels"].values()) == pytest.approx(1.0)


def two_moves(opener: int, phi_b: float, harm_a: float) -> Spec:
    """T3's ladder: two rungs, one wave, nobody yields, only one side may open."""
    base = {"strike": [0, 1], "cost": [0, 0.4], "audience": [0, 0], "value": 1, "loss": 1, "press": 0.5, "affront": 0.1}
    a = base | {"gain": [0, 0.4], "harm": [0, harm_a], "may_climb": [True, opener == 0]}
    b = base | {"gain": [0, 0.4 * phi_b], "harm": [0, 0.3], "may_climb": [True, opener == 1]}
    rules = {"war_rung": 1, "K": 1, "allow_yield": False, "concession": [0, 0], "autonomous_risk": [0, 0]}
    return ladder(opener=opener, sides=[a, b], **rules, **{"lambda": 4.0})


@pytest.mark.parametrize(
    ("phi_b", "harm_a", "expected"),
    [
        pytest.param(1.0, 0.3, {"pi": 0.689974, "A first": 0.076994, "rho": 0.689974, "B first": 0.076994}, id="bare"),
        pytest.param(
            0.2, 0.06, {"pi": 0.382252, "A first": 0.416689, "rho": 0.579324, "B first": 0.033389}, id="shield"
        ),
    ],
)
def test_t3_two_move_kernel(phi_b: float, harm_a: float, expected: dict[str, float]) -> None:
    """T3: four logistic formulas."""
    found = {}
    for opener, answers, first in ((0, "pi", "A first"), (1, "rho", "B first")):
        totals = scalar_totals(two_moves(opener, phi_b, harm_a))
        found[first] = totals[f"first_strike.{opener}"]
        found[answers] = totals[f"strikes.{1 - opener}"] / totals[f"strikes.{opener}"]
    assert found == pytest.approx(expected, abs=5e-7)


def alone(cost: float, spread: float, precision: float = math.inf) -> Spec:
    """T18's ladder: one mover strikes for the whole objective, or stands."""
    base = {"cost": [0, cost], "audience": [0, 0], "value": 1, "loss": 1, "press": 0, "affront": 0, "harm": [0, 0]}
    mover = base | {"strike": [0, 1], "gain": [0, 1.0], "may_climb": [True, True]}
    idle = base | {"strike": [0, 0], "gain": [0, 0], "may_climb": [True, False]}
    rules = {"war_rung": 1, "K": 1, "allow_yield": False, "concession": [0, 0], "autonomous_risk": [0, 0]}
    return ladder(opener=0, sides=[mover, idle], private_resolve=spread, **rules, **{"lambda": precision})


@pytest.mark.parametrize("cost", [0.3, 0.6, 0.9, 1.2, 2.0, 5.0])
def test_t18_private_resolve(cost: float) -> None:
    """T18: P(strike) is the share of the types with rho v > k, and the rival expects that number."""
    expected = sum(rho > cost for rho in resolve_types(0.6)) / 5
    spec = alone(cost, 0.6)
    assert scalar_crisis(spec)["war"] == pytest.approx(expected)
    game = scalar_game(spec, [1.0, 1.0], [1.0, 1.0])
    assert game.choice(opening(0)).mean[-1] == pytest.approx(expected)


def test_t18_no_private_resolve_is_the_game_of_complete_information() -> None:
    """T18: with s_p = 0 all types choose as the one type would."""
    assert scalar_crisis(alone(0.9, 0.0, 4.0))["war"] == pytest.approx(1 / (1 + math.exp(-4.0 * 0.1)), abs=1e-14)
    game = scalar_game(ladder(), [1.0, 1.0], [1.0, 1.0])
    game.arrival(opening(0))
    for choice in game.choices.values():
        for probabilities in choice.by_type:
            assert probabilities == pytest.approx(choice.mean, abs=1e-15)


class Counted(Forward):
    """A forward pass that counts what ends."""

    ended = 0.0

    def take(self, state, action, flow, names):  # type: ignore[no-untyped-def]
        if action.next is None:
            self.ended += sum(map(sum, flow))
        super().take(state, action, flow, names)


@pytest.mark.parametrize("precision", [0.0, 1.0, 20.0, math.inf])
@pytest.mark.parametrize("light", [True, False])
def test_probabilities_sum_to_one(precision: float, light: bool) -> None:
    spec = ladder(light_replies=light, private_resolve=0.6, autonomous_risk=[0.01, 0.05, 0.1, 0, 0.2])
    game = scalar_game(spec | {"lambda": precision}, [1.1, 0.8], [0.8, 1.1])
    forward = Counted(game, {0: 0.5, 1: 0.5})
    assert forward.ended == pytest.approx(1.0, abs=1e-12)
    labels = [forward.totals[f"war_{name}"] for name in ("foreseen", "misjudged", "tremble", "accident")]
    assert sum(labels) == pytest.approx(forward.totals["war"])
    assert forward.totals["war_by.0"] + forward.totals["war_by.1"] == pytest.approx(forward.totals["war"])
    for choice in game.choices.values():
        for probabilities in (*choice.by_type, choice.mean):
            assert sum(probabilities) == pytest.approx(1.0)


def test_exchange_of_sides_mirrors_everything() -> None:
    weak, strong = side(value=0.7, press=1.0), side(gain=[0, 0, 0.2, 0.3, 0.5], affront=0.3)
    rules: Spec = {"autonomous_risk": [0, 0.02, 0.05, 0, 0], "private_resolve": 0.6}
    one = scalar_totals(ladder(sides=[weak, strong], **rules))
    two = scalar_totals(ladder(sides=[strong, weak], **rules))
    for key, value in one.items():
        assert two[other_side(key)] == pytest.approx(value, abs=1e-13), key


def test_utilities_times_c_and_precision_over_c_change_nothing() -> None:
    """T6: only utilities times precision matter."""

    def in_units(c: float) -> Spec:
        sides = []
        for s in (side(value=0.8), side(press=0.9)):
            scaled = {key: [c * x for x in s[key]] for key in ("cost", "harm", "audience")}
            sides.append(s | scaled | {key: c * s[key] for key in ("value", "loss", "affront")})
        return ladder(sides=sides, private_resolve=0.6, **{"lambda": 20.0 / c})

    assert dict(scalar_totals(in_units(4.0)) | {"deaths.0": 0, "deaths.1": 0}) == pytest.approx(
        dict(scalar_totals(in_units(1.0)) | {"deaths.0": 0, "deaths.1": 0}), abs=1e-12
    )


def test_actions_come_in_their_order() -> None:
    game = scalar_game(ladder(), [1.0, 1.0], [1.0, 1.0])
    struck = State(3, 0, STRUCK, (0, 1), 1)
    assert [action.kind for action in game.ladder.actions(struck)] == ["yield", "stand", "light", "answer", "climb"]
    assert [action.kind for action in game.ladder.actions(opening(0))] == ["stand", "climb"]


def test_the_best_actions_share_infinite_precision() -> None:
    assert logit([1.0, 2.0, 2.0], math.inf) == [0.0, 0.5, 0.5]
    assert logit([0.0, 1000.0], 20.0) == [0.0, 1.0]
