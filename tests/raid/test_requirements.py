"""The raid the other way round: requirements, breaking points, sweeps, and what one threat more costs."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from escalade.errors import UsageError
from escalade.raid.exact import exact_raid
from escalade.raid.requirements import (
    Goal,
    breaking_point,
    cost_exchange,
    interceptors_needed,
    sized_layer,
    sweep,
    with_stock,
)
from escalade.raid.shield import Layer, Raid, Threat

REFERENCE = Path(__file__).parents[2] / "verification" / "reference" / "raids.json"


def raid(threats: int = 20, **changes: object) -> Raid:
    layer = {"shots": 2, "stock": 30, "unit_cost": 3.0} | changes
    return Raid(
        (Threat("missiles", "ballistic", threats, unit_cost=2.0),), (Layer("only", {"ballistic": 0.7}, **layer),)
    )


@settings(max_examples=20)
@given(
    st.integers(1, 30), st.integers(0, 4), st.sampled_from([0.5, 0.9, 0.99]), st.integers(1, 3), st.integers(0, 5),
    st.integers(1, 2),
)  # fmt: skip
def test_needed_is_the_smallest_stock_that_meets_the_goal(
    threats: int, at_most: int, confidence: float, shots: int, reserve: int, looks: int
) -> None:
    asked, goal = raid(threats, shots=shots, reserve=reserve, looks=looks), Goal(at_most, confidence)
    needed = interceptors_needed(asked, goal)
    if needed.stock is None:
        assert not goal.met(exact_raid(with_stock(asked, "only", math.inf)))
        return
    assert goal.met(exact_raid(with_stock(asked, "only", needed.stock)))
    if needed.stock > 0:
        assert not goal.met(exact_raid(with_stock(asked, "only", needed.stock - 1)))


def test_needed_in_closed_form() -> None:
    """One shot each and at most K of n get through: the smallest m with P(Binomial(m, p) >= n - K) >= Q."""
    needed = interceptors_needed(raid(12, shots=1), Goal(6, 0.9))
    enough = [m for m in range(13) if binom.sf(12 - 6 - 1, m, 0.7) >= 0.9]
    assert needed.stock == enough[0]
    assert needed.chance == pytest.approx(binom.sf(5, enough[0], 0.7), abs=1e-7)


def test_no_stock_is_enough_where_shots_miss_too_often() -> None:
    needed = interceptors_needed(raid(20, shots=1), Goal(0, 0.9))
    assert needed.stock is None
    assert needed.chance == pytest.approx(0.7**20, abs=1e-7)


def test_at_most_and_sweep_agree() -> None:
    goal = Goal(3, 0.9)
    needed = interceptors_needed(raid(), goal)
    assert needed.stock is not None
    swept = sweep(raid(), "stock", range(needed.stock - 4, needed.stock + 5))
    for value, count in zip(swept.values, swept.counts, strict=True):
        assert goal.met(count) == (value >= needed.stock)


def test_break_and_sweep_agree() -> None:
    goal = Goal(3, 0.9)
    breaks = breaking_point(raid(), goal)
    assert breaks.launched is not None
    swept = sweep(raid(), "threats", range(breaks.launched - 3, breaks.launched + 4))
    for value, count in zip(swept.values, swept.counts, strict=True):
        assert (1.0 - goal.chance(count) >= goal.confidence) == (value >= breaks.launched)
        assert count.losses["ballistic"].launched == value


def test_a_perfect_shield_does_not_break() -> None:
    perfect = Raid((Threat("drones", "drone", 5),), (Layer("wall", {"drone": 1.0}),))
    breaks = breaking_point(perfect, Goal(0, 0.5))
    assert (breaks.launched, breaks.chance) == (None, 0.0)


def test_t16_cost_exchange_of_published_case() -> None:
    """Four interceptors at 75 against a warhead at 25, with decoys that come free: 12, 24, 60 dollars to one."""
    case = next(case for case in json.loads(REFERENCE.read_text("utf-8")) if case["id"].startswith("A38"))
    inputs = case["inputs"]
    for decoys, expected in zip(inputs["decoys_per_rv"], case["output"]["ratio"], strict=True):
        layer = Layer(
            "gbi", {"icbm": 0.5}, shots=inputs["n_per_rv"], stock=44, discrimination=1 - inputs["p_dw"],
            unit_cost=inputs["c_interceptor"],
        )  # fmt: skip
        out = Threat("warheads", "icbm", 30, decoys=decoys, unit_cost=inputs["c_rv"])
        found = cost_exchange(Raid((out,), (layer,)), "warheads")
        assert found.ratio == pytest.approx(expected)


@settings(max_examples=10)
@given(st.integers(1, 40), st.floats(0.1, 1.0), st.integers(1, 3), st.floats(0.0, 1.0))
def test_the_margin_is_the_difference_of_two_raids(threats: int, reliability: float, looks: int, sigma: float) -> None:
    """US dollars of interceptors for one threat more, in any raid in which nothing binds."""
    out = Threat("missiles", "ballistic", threats, reliability=reliability, unit_cost=2.0)
    shield = (Layer("a", {"ballistic": 0.6}, looks=looks, unit_cost=3.0), Layer("b", {"ballistic": 0.4}, unit_cost=5.0))
    few = Raid((out,), shield, sigma=sigma)
    many = replace(few, threats=(replace(out, launched=threats + 1),))
    margin = exact_raid(many).defence_cost - exact_raid(few).defence_cost
    assert cost_exchange(few, "missiles").defence == pytest.approx(margin, abs=1e-6)


def test_a_free_threat_has_no_ratio() -> None:
    free = Raid((Threat("missiles", "ballistic", 3),), raid().layers)
    assert cost_exchange(free, "missiles").ratio is None


def test_the_layer_that_is_sized() -> None:
    two = Raid(raid().threats, (Layer("Arrow 3", {}, stock=3), Layer("endless", {})))
    assert sized_layer(two).name == "Arrow 3"
    assert sized_layer(two, "arrow_3").name == "Arrow 3"
    assert sized_layer(Raid(two.threats, two.layers[1:])).name == "endless"


@pytest.mark.parametrize(
    ("what", "values", "of", "message"),
    [
        ("stok", [1.0], None, 'a sweep cannot run over "stok"; did you mean "stock"?'),
        ("stock", [1.0], "ony", 'no layer is called "ony"; did you mean "only"?'),
        ("stock", [1.5], None, "only: stock is 1.5; allowed: whole numbers from 0 to 1,000,000"),
        ("threats", [1.0], "drone", 'no threat is called "drone"; known: missiles'),
        ("threats", [], None, "a sweep of 0 values; allowed: 1 to 200"),
        ("reliability", [2.0], "ballistic", "missiles: reliability is 2; allowed: 0 to 1"),
    ],
)
def test_sweeps_that_cannot_be(what: str, values: list[float], of: str | None, message: str) -> None:
    with pytest.raises(UsageError) as error:
        sweep(raid(), what, values, of)
    assert str(error.value) == message


@pytest.mark.parametrize("what", ["pk", "looks", "availability"])
def test_sweeps_over_a_layer_change_it(what: str) -> None:
    few, many = sweep(raid(), what, [0.0 if what != "looks" else 1.0, 1.0 if what != "looks" else 3.0]).counts
    assert many.total.mean <= few.total.mean


@pytest.mark.parametrize(
    ("at_most", "confidence", "message"),
    [
        (-1, 0.9, "at most is -1; allowed: whole numbers from 0"),
        (1, 1.0, "confidence is 1; allowed: between 0 and 1, without the ends"),
        (1, 1.5, "confidence is 1.5; allowed: 0 to 1"),
    ],
)
def test_goals_that_cannot_be(at_most: int, confidence: float, message: str) -> None:
    with pytest.raises(UsageError) as error:
        Goal(at_most, confidence)
    assert str(error.value) == message
