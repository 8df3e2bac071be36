"""Weights by the record: Dirichlet-multinomial, its limits, and what a record does not tell apart."""

from __future__ import annotations

from math import comb, exp, lgamma, log, prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.analysis.compare import compare
from escalade.ensemble.record import (
    FLOOR,
    NO_STRIKE,
    STRIKES_ONLY,
    WAR_BY_FIRST,
    WAR_BY_SECOND,
    cells,
    effective_sample_size,
    log_likelihood,
    log_weights,
    outcome_probabilities,
    weights,
)
from escalade.errors import UsageError
from escalade.scenario import Scenario
from escalade.scenario.schema import PastCrises
from tests.analysis.cases import QUANTITIES, crisis_table
from tests.ensemble.cases import tiny, tiny_with

COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=4)


def reading(usual: int, low: int | None = None, high: int | None = None) -> dict[str, int]:
    return {"reading": usual, "low": usual if low is None else low, "high": usual if high is None else high}


def entry(crises: dict[str, int], wars: dict[str, int], **more: Any) -> PastCrises:
    known = {"policy": "as_is", "sides": ["north", "south"], "period": "once"}
    return PastCrises.model_validate(known | {"crises": crises, "wars": wars} | more)


def floored(means: np.ndarray) -> np.ndarray:
    return (means + FLOOR) / (1 + FLOOR * len(means))


def exact(
    war_north: list[float], war_south: list[float], first_north: list[float], first_south: list[float]
) -> dict[str, np.ndarray]:
    names = ("war_by.north", "war_by.south", "first_strike.north", "first_strike.south")
    return dict(zip(names, map(np.array, (war_north, war_south, first_north, first_south)), strict=True))


def random_exact(worlds: int, seed: int) -> dict[str, np.ndarray]:
    shares = np.random.default_rng(seed).dirichlet(np.ones(5), worlds).T
    return {
        "war_by.north": shares[0],
        "war_by.south": shares[1],
        "first_strike.north": shares[0] + shares[2],
        "first_strike.south": shares[1] + shares[3],
    }


def recorded(*past: dict[str, Any], precision: float = 20) -> Scenario:
    return tiny_with(lambda data: data.update(record={"precision": precision, "crises": list(past)}))


def past(policy: str, crises: int, begun: tuple[int, int], struck: int) -> dict[str, Any]:
    return {
        "policy": policy,
        "sides": ["north", "south"],
        "period": "once",
        "crises": reading(crises),
        "wars": reading(sum(begun)),
        "wars_begun": {"north": begun[0], "south": begun[1]},
        "with_any_strike": struck,
    }


# --- likelihood ---------------------------------------------------------------------------------------------------


@given(counts=COUNTS, precision=st.floats(0.5, 500), seed=st.integers(0, 1000))
@settings(max_examples=200, deadline=None)
def test_t20_likelihood_is_the_closed_form_by_log_gamma(counts: list[int], precision: float, seed: int) -> None:
    """T20: the Dirichlet-multinomial (Mosimann 1962), for any counts, means and precision."""
    means = np.random.default_rng(seed).dirichlet(np.ones(len(counts)), 3).T
    alpha = precision * floored(means)
    n = sum(counts)
    closed = [
        lgamma(n + 1)
        + lgamma(precision)
        - lgamma(n + precision)
        + sum(lgamma(c + a) - lgamma(a) - lgamma(c + 1) for c, a in zip(counts, alpha[:, w], strict=True))
        for w in range(3)
    ]
    assert log_likelihood(counts, means, precision) == pytest.approx(closed, abs=1e-9)


@given(counts=COUNTS, seed=st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_t20_infinite_precision_is_the_multinomial(counts: list[int], seed: int) -> None:
    """T20: a perfect model of independent crises."""
    means = np.random.default_rng(seed).dirichlet(np.ones(len(counts)), 1).T
    share = floored(means)[:, 0]
    ways = prod(comb(sum(counts[: c + 1]), counts[c]) for c in range(len(counts)))
    multinomial = log(ways) + sum(count * log(p) for count, p in zip(counts, share, strict=True))
    assert log_likelihood(counts, means, np.inf)[0] == pytest.approx(multinomial, abs=1e-9)


def test_t20_large_precision_approaches_the_multinomial_without_losing_digits() -> None:
    """T20: the limit is reached continuously."""
    means = np.array([[0.02], [0.03], [0.55], [0.4]])
    counts = (1, 0, 6, 3)
    limit = log_likelihood(counts, means, np.inf)[0]
    gaps = [abs(log_likelihood(counts, means, 10.0**power)[0] - limit) for power in range(3, 16)]
    # The gap falls like n^2 / A; a difference of log-gamma functions would be off by more than 1e-2 at 1e15.
    assert all(gap < 500 / 10.0**power + 1e-12 for power, gap in zip(range(3, 16), gaps, strict=True))


@pytest.mark.parametrize("precision", [0.7, 20.0, np.inf])
def test_probabilities_of_all_possible_counts_sum_to_one(precision: float) -> None:
    means = np.array([[0.1], [0.25], [0.65]])
    crises = 6
    possible = [(a, b, crises - a - b) for a in range(crises + 1) for b in range(crises + 1 - a)]
    total = sum(exp(log_likelihood(counts, means, precision)[0]) for counts in possible)
    assert total == pytest.approx(1.0, abs=1e-12)


def test_precision_may_differ_between_worlds() -> None:
    means = np.tile([[0.2], [0.8]], (1, 2))
    both = log_likelihood((3, 4), means, np.array([5.0, 80.0]))
    assert both[0] == log_likelihood((3, 4), means[:, :1], 5.0)[0]
    assert both[1] == log_likelihood((3, 4), means[:, :1], 80.0)[0]


def test_a_world_that_rules_out_what_happened_keeps_a_chance() -> None:
    assert np.isfinite(log_likelihood((1, 0), np.array([[0.0], [1.0]]), 20.0)).all()


@given(counts=st.lists(st.integers(0, 12), min_size=4, max_size=4), seed=st.integers(0, 1000))
@settings(max_examples=50, deadline=None)
def test_swapping_the_sides_changes_no_digit(counts: list[int], seed: int) -> None:
    means = np.random.default_rng(seed).dirichlet(np.ones(4), 5).T
    swapped = [1, 0, 2, 3]
    assert np.array_equal(
        log_likelihood(counts, means, 20.0), log_likelihood([counts[c] for c in swapped], means[swapped], 20.0)
    )


# --- cells --------------------------------------------------------------------------------------------------------


def test_cells_of_a_full_record() -> None:
    full = entry(reading(8), reading(3), wars_begun={"north": 2, "south": 1}, with_any_strike=6)
    assert cells(full) == (((WAR_BY_FIRST,), (WAR_BY_SECOND,), (STRIKES_ONLY,), (NO_STRIKE,)), (2, 1, 3, 2))


def test_unknown_beginnings_and_strikes_are_merged() -> None:
    vague = entry(reading(8), reading(3))
    assert cells(vague) == (((WAR_BY_FIRST, WAR_BY_SECOND), (STRIKES_ONLY, NO_STRIKE)), (3, 5))


@pytest.mark.parametrize("begun", [None, {"north": None, "south": None}, {}])
def test_wars_begun_by_nobody_knows_whom_are_one_cell(begun: dict[str, int | None] | None) -> None:
    counted = cells(entry(reading(5), reading(2), wars_begun=begun, with_any_strike=4))
    assert counted.groups[0] == (WAR_BY_FIRST, WAR_BY_SECOND)
    assert counted.counts == (2, 2, 1)


def test_one_known_beginner_tells_the_other() -> None:
    counted = cells(entry(reading(5), reading(2), wars_begun={"north": None, "south": 2}, with_any_strike=4))
    assert counted.counts == (0, 2, 2, 1)


def test_without_wars_nobody_began_one() -> None:
    assert cells(entry(reading(5), reading(0), with_any_strike=4)).counts == (0, 0, 4, 1)


def test_if_every_crisis_became_war_every_crisis_had_strikes() -> None:
    assert cells(entry(reading(2), reading(2))).counts == (2, 0, 0)


@pytest.mark.parametrize(
    ("struck", "low", "high"),
    [
        (8, (0, 0, 4, 0), (0, 0, 13)),  # all had strikes: so had any part of them, but not those beyond
        (0, (0, 0, 0, 4), (0, 0, 13)),
        (5, (0, 0, 4), (0, 0, 13)),  # a mixed lot: of a part of it nothing is known
    ],
)
def test_other_readings_keep_only_what_the_usual_one_implies(
    struck: int, low: tuple[int, ...], high: tuple[int, ...]
) -> None:
    record = entry(reading(8, 4, 13), reading(0), wars_begun={"north": 0, "south": 0}, with_any_strike=struck)
    assert cells(record, "low").counts == low
    assert cells(record, "high").counts == high


def test_other_readings_of_wars_keep_their_beginner_only_if_it_was_always_the_same() -> None:
    one = entry(reading(8), reading(3, 2, 4), wars_begun={"north": 3, "south": 0}, with_any_strike=8)
    both = entry(reading(8), reading(3, 2, 4), wars_begun={"north": 2, "south": 1}, with_any_strike=8)
    assert cells(one, "low").counts == (2, 0, 6, 0)
    assert cells(one, "high").counts == (4, 4, 0)
    assert cells(both, "low").counts == (2, 6, 0)


@pytest.mark.parametrize(
    "counts",
    [
        {"crises": reading(3), "wars": reading(4)},
        {"crises": reading(5), "wars": reading(3), "with_any_strike": 2},
        {"crises": reading(5), "wars": reading(3), "with_any_strike": 6},
        {"crises": reading(5), "wars": reading(3), "wars_begun": {"north": 4, "south": None}},
    ],
)
def test_contradicting_counts_are_an_error(counts: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="contradict"):
        cells(entry(**counts))


@given(seed=st.integers(0, 1000))
@settings(max_examples=50, deadline=None)
def test_outcomes_are_probabilities_in_the_order_of_the_sides(seed: int) -> None:
    made = random_exact(7, seed)
    outcomes = outcome_probabilities(("north", "south"), made)
    assert outcomes.sum(axis=0) == pytest.approx(np.ones(7), abs=1e-12)
    assert outcomes.min() >= 0
    assert np.array_equal(outcome_probabilities(("south", "north"), made), outcomes[[1, 0, 2, 3]])


def test_rounding_below_zero_is_zero() -> None:
    made = exact([0.3], [0.1], [0.3 + 1e-17], [0.1 - 1e-17])
    assert outcome_probabilities(("north", "south"), made)[STRIKES_ONLY, 0] == 0


# --- weights ------------------------------------------------------------------------------------------------------


def test_t20_no_record_leaves_equal_weights_bit_for_bit() -> None:
    """T20: no record, or none of its entries."""
    made = {"as_is": random_exact(1000, 1)}
    without = tiny().model_copy(update={"record": None})
    for log_weight in (log_weights(without, made), log_weights(tiny(), made, entries=())):
        assert np.array_equal(weights(log_weight), np.full(1000, 1 / 1000))
    assert effective_sample_size(weights(np.zeros(1024))) == 1024


def test_t20_a_record_without_crises_leaves_equal_weights_bit_for_bit() -> None:
    """T20: a record of nothing says nothing."""
    nothing = recorded(past("as_is", 0, (0, 0), 0))
    assert np.array_equal(log_weights(nothing, {"as_is": random_exact(64, 2)}), np.zeros(64))


@pytest.mark.parametrize("entries", [(), None])
def test_t20_no_record_leaves_the_unweighted_answer_bit_for_bit(entries: tuple[int, ...] | None) -> None:
    """T20: means, quantiles and shares of worlds after an empty record are those before any, to the last digit."""
    nothing = recorded(past("as_is", 0, (0, 0), 0)) if entries is None else tiny()
    rng = np.random.default_rng(12)
    exact_crises = {"as_is": random_exact(64, 12), "no_shield": random_exact(64, 13)}
    weight = weights(log_weights(nothing, exact_crises, entries=entries))
    war = {"shield": rng.random(64), "none": rng.random(64)}
    answer = compare(crisis_table(war, weight=weight), None, QUANTITIES, policies=list(war), baseline="none")
    for each in (*answer.policies.values(), *answer.pairs):
        for value in each.crisis.values():
            assert value.posterior == value.prior
    assert all(pair.worlds == pair.worlds_prior for pair in answer.pairs)
    assert answer.effective == 64


def test_weights_multiply_over_entries() -> None:
    made = {"as_is": random_exact(50, 3), "no_shield": random_exact(50, 4)}
    scenario = recorded(past("as_is", 9, (1, 0), 6), past("no_shield", 7, (0, 1), 4))
    each = [log_weights(scenario, made, entries=[position]) for position in (0, 1)]
    assert log_weights(scenario, made) == pytest.approx(each[0] + each[1], abs=1e-12)
    assert weights(each[0] + each[1]) == pytest.approx(
        weights(each[0]) * weights(each[1]) / np.sum(weights(each[0]) * weights(each[1]))
    )


def test_the_order_of_the_sides_in_a_record_does_not_matter() -> None:
    made = {"as_is": random_exact(50, 5)}
    one = past("as_is", 9, (2, 1), 6)
    other = {**one, "sides": ["south", "north"]}
    assert np.array_equal(log_weights(recorded(one), made), log_weights(recorded(other), made))


def test_precision_is_the_records_own_unless_another_is_given() -> None:
    made = {"as_is": random_exact(20, 6)}
    loose, strict = (recorded(past("as_is", 9, (1, 0), 6), precision=precision) for precision in (5, 100))
    assert np.array_equal(log_weights(loose, made, precision=100), log_weights(strict, made))
    assert not np.array_equal(log_weights(loose, made), log_weights(strict, made))


def test_the_tiny_record_counts_as_it_says() -> None:
    made = {"as_is": random_exact(8, 7), "no_shield": random_exact(8, 8)}
    shield, bare = (outcome_probabilities(("north", "south"), made[policy]) for policy in ("as_is", "no_shield"))
    merged = np.stack([bare[:2].sum(axis=0), bare[2:].sum(axis=0)])
    assert log_weights(tiny(), made) == pytest.approx(
        log_likelihood((1, 0, 5, 3), shield, 20) + log_likelihood((1, 6), merged, 20), abs=1e-12
    )


def test_t20_a_doubled_world_weighs_as_two() -> None:
    """T20: listing a world once more is giving it twice the weight."""
    once = random_exact(10, 9)
    twice = {name: np.append(values, values[3]) for name, values in once.items()}
    scenario = recorded(past("as_is", 9, (1, 0), 6))
    before = weights(log_weights(scenario, {"as_is": once}))
    after = weights(log_weights(scenario, {"as_is": twice}))
    assert after[3] == after[10]
    kept = np.arange(10) != 3
    assert (after[3] + after[10]) / after[:10][kept] == pytest.approx(2 * before[3] / before[kept], rel=1e-12)


def test_t20_records_from_a_known_world_concentrate_the_weights_near_it() -> None:
    """T20: as crises and precision grow together, the weights gather where the record came from."""
    truth, worlds = 0.3, np.linspace(0.005, 0.6, 120)
    made = {"as_is": exact(list(worlds), list(0 * worlds), list(worlds + 0.2), list(0 * worlds + 0.1))}
    rng = np.random.default_rng(10)
    spreads = []
    for crises in (10, 100, 1000):
        war, strikes, _ = rng.multinomial(crises, [truth, 0.3, 1 - truth - 0.3])
        scenario = recorded(past("as_is", crises, (int(war), 0), int(war + strikes)))
        weight = weights(log_weights(scenario, made, precision=10.0 * crises))
        mean = weight @ worlds
        spreads.append(np.sqrt(weight @ (worlds - mean) ** 2))
        assert abs(mean - truth) < 4 * np.sqrt(truth * (1 - truth) * 1.1 / crises)
    assert spreads[0] > 2 * spreads[1] > 4 * spreads[2]


def test_a_policy_that_was_not_computed_is_an_error() -> None:
    with pytest.raises(UsageError, match="no_shield"):
        log_weights(tiny(), {"as_is": random_exact(4, 0)})


@pytest.mark.parametrize("nothing", [{}, {"as_is": {}}])
def test_nothing_to_weigh_is_an_error(nothing: dict[str, dict[str, np.ndarray]]) -> None:
    with pytest.raises(UsageError, match="no exact crisis"):
        log_weights(tiny(), nothing)


@pytest.mark.parametrize("bad", [[], [-np.inf, -np.inf], [0.0, np.nan]])
def test_logarithms_that_make_no_weights_are_refused(bad: list[float]) -> None:
    with pytest.raises(UsageError, match="finite"):
        weights(np.array(bad))


@given(logs=st.lists(st.floats(-700, 700), min_size=1, max_size=40), shift=st.floats(-1e4, 1e4))
def test_weights_sum_to_one_and_forget_constants(logs: list[float], shift: float) -> None:
    weight = weights(np.array(logs))
    assert weight.sum() == pytest.approx(1)
    assert weights(np.array(logs) + shift) == pytest.approx(weight, rel=1e-9, abs=1e-300)
    assert 1 <= effective_sample_size(weight) + 1e-9 <= len(logs) + 1e-6


def test_effective_sample_size_counts_what_is_left() -> None:
    assert effective_sample_size(np.array([0.5, 0.5, 0.0, 0.0])) == 2
    assert effective_sample_size(np.array([0.0, 3.0])) == 1
