"""What no answer may hang on (T6): units of utility and deaths, the order of the sides; and no gain beyond all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.crisis.scalar import scalar_crisis, scalar_tree
from escalade.crisis.scalar_file import ladder_from_data
from escalade.crisis.tree import YIELD, Tree
from escalade.history.story import Crisis
from escalade.worlds import World
from tests.crisis.cases import exact, solved
from tests.crisis.ladders import random_ladder
from tests.crisis.test_solve import PRECISIONS, random_tree, stakes_of
from tests.crisis.test_solve import solved as solved_tree
from tests.history.cases import (
    Rows,
    Setup,
    edited,
    histories,
    mirrored,
    other_side,
    pair_of,
    setups,
    told,
    with_rules,
)
from tests.verification import worlds_by_hand as by_hand
from tests.verification.worlds_by_hand import VARIANTS, pair_of_worlds

FACTORS = st.floats(0.01, 100.0)
SEEDS = st.integers(0, 100_000)


def scaled(setup: Setup, part: str, factor: float, *fields: str, defaults: Setup | None = None) -> Setup:
    """A set-up with fields of all sides, arms or steps times a factor."""

    def times(one: Setup) -> Setup:
        whole = (defaults or {}) | one
        return one | {field: whole[field] * factor for field in fields if field in whole}

    rows = setup[part]
    return setup | {part: [times(row) if isinstance(row, dict) else [times(one) for one in row] for row in rows]}


# --- units of utility -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("precision", PRECISIONS)
@given(seed=SEEDS, factor=FACTORS)
@settings(max_examples=30)
def test_t6_the_unit_of_utility_does_not_matter_in_any_game(precision: float, seed: int, factor: float) -> None:
    """T6: (utilities x c, lambda / c) leaves every choice of every type as it is; values grow by c."""
    tree, stakes = random_tree(seed), stakes_of(seed)
    larger = tree._replace(edges=tree.edges.copy())
    for name in ("own_const", "other_const", "calm_const"):
        larger.edges[name] *= factor
    one, other = solved_tree(tree, stakes, precision), solved_tree(larger, stakes * factor, precision / factor)
    if np.isfinite(precision):
        assert other.choice == pytest.approx(one.choice, abs=1e-10)
        assert other.value == pytest.approx(one.value * factor, rel=1e-9, abs=1e-10 * factor)
    else:  # rounding may part what is equal, but not turn what is not
        assert ((other.choice > 0) & (one.choice == 0)).sum() == 0


@given(seed=SEEDS, factor=FACTORS)
@settings(max_examples=40)
def test_t6_the_unit_of_utility_does_not_matter_on_a_scalar_ladder(seed: int, factor: float) -> None:
    """T6: value, loss, costs, harm, audience and affront x c, lambda / c."""
    spec = random_ladder(seed)
    if spec["lambda"] == "inf":
        spec["lambda"] = 7
    sides = []
    for side in spec["sides"]:
        lists = {name: [factor * x for x in side[name]] for name in ("cost", "harm", "audience")}
        sides.append(side | lists | {name: factor * side[name] for name in ("value", "loss", "affront")})
    one = scalar_crisis(ladder_from_data(spec)).as_data()
    other = scalar_crisis(ladder_from_data(spec | {"sides": sides, "lambda": spec["lambda"] / factor})).as_data()
    labels = one.pop("labels"), other.pop("labels")
    for name, expected in one.items():
        assert other[name] == pytest.approx(expected, abs=1e-9), name
    if one["war"] > 1e-6:
        assert labels[1] == pytest.approx(labels[0], abs=1e-4)  # a label may hang on a probability of one half


def utility_scaled(setup: Setup, c: float) -> Setup:
    """Costs, audience, affront, deaths per tolerance and what a yield gives up, all x c; lambda / c."""
    sides = [by_hand.SIDE_DEFAULTS | side for side in setup["sides"]]
    dearer = scaled(setup | {"sides": sides}, "sides", c, "affront", "first_cost", "leash")
    dearer = scaled(dearer, "steps", c, "cost", "audience")
    dearer = scaled(dearer, "sides", 1.0 / c, "tolerance")
    rungs = [(concession * c, risk) for concession, risk in setup["rungs"]]
    precision = (by_hand.RULES_DEFAULTS | setup["rules"])["precision"]
    return with_rules(dearer | {"rungs": rungs}, precision=precision / c)


def rewarded(setup: Setup) -> Setup:
    """The same with rewards of striking as negative costs: no objective is shared out, so that stakes scale too."""
    steps = [
        [one | {"objective": 0.0, "cost": one["cost"] - one["objective"]} for one in side] for side in setup["steps"]
    ]
    return setup | {"steps": steps}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("factor", [0.5, 0.3])
def test_t6_the_unit_of_utility_does_not_matter_with_raids(name: str, factor: float) -> None:
    """T6, exact crisis and simulation: the same probabilities and the same histories; only concessions shrink by c."""
    setup = rewarded(by_hand.SETUPS[name]())
    plain, other = pair_of(setup), pair_of(utility_scaled(setup, factor))
    compare_crises(exact(*plain), exact(*other), {"conceded": factor})
    compare_histories(histories(*plain, 12), histories(*other, 12), {"conceded": factor}, exactly=factor == 0.5)


def compare_crises(one: dict[str, float], other: dict[str, float], factors: dict[str, float]) -> None:
    """Equal to rounding, but for the quantities that grow by a factor."""
    for column, value in one.items():
        expected = value * factors.get(column.split(".")[0], 1.0)
        assert other[column] == pytest.approx(expected, rel=1e-9, abs=1e-10), column


def compare_histories(one: Rows, other: Rows, factors: dict[str, float], exactly: bool) -> None:
    """The same histories, but for the outcomes that grow by a factor (bit by bit if that is a power of two)."""
    for column, values in one.items():
        expected = values * factors.get(column.split(".")[0], 1.0)
        if exactly:
            assert np.array_equal(other[column], expected), column
        else:
            assert other[column] == pytest.approx(expected, rel=1e-9, abs=1e-10), column


# --- units of deaths ------------------------------------------------------------------------------------------------


def deaths_scaled(setup: Setup, c: float) -> Setup:
    """Tolerance, deaths per hit, crews, own soldiers and people at risk, all x c."""
    larger = scaled(setup, "sides", c, "tolerance", "people", defaults=by_hand.SIDE_DEFAULTS)
    larger = scaled(larger, "arms", c, "deaths", "crew", defaults=by_hand.ARM_DEFAULTS)
    return scaled(larger, "steps", c, "soldiers", defaults=by_hand.STEP_DEFAULTS)


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("factor", [4.0, 0.03])
def test_t6_deaths_count_against_tolerance_only(name: str, factor: float) -> None:
    """T6: (T, D, crew, L, N all x c) moves no decision, in the exact crisis or in the simulation; deaths grow by c."""
    setup = by_hand.SETUPS[name]()
    plain, other = pair_of(setup), pair_of(deaths_scaled(setup, factor))
    grown = {"deaths": factor, "soldiers": factor}
    compare_crises(exact(*plain), exact(*other), grown)
    compare_histories(histories(*plain, 12), histories(*other, 12), grown, exactly=factor == 4.0)


@given(setup=setups(), factor=FACTORS)
@settings(max_examples=30)
def test_t6_deaths_count_against_tolerance_only_in_random_worlds(setup: Setup, factor: float) -> None:
    setup = with_rules(setup, precision=20.0)
    one, other = pair_of(setup), pair_of(deaths_scaled(setup, factor))
    compare_crises(exact(*one, points=3), exact(*other, points=3), {"deaths": factor})


# --- exchange of the sides ------------------------------------------------------------------------------------------


def compare_mirrored(world: World, baseline: World) -> None:
    one, mirror = exact(world, baseline), exact(mirrored(world), mirrored(baseline))
    for column, value in one.items():
        assert mirror[other_side(column)] == pytest.approx(value, rel=1e-12, abs=1e-13), column


@pytest.mark.parametrize("name", VARIANTS)
def test_t6_exchange_of_the_sides_mirrors_the_exact_crisis(name: str) -> None:
    """T6: the sides' places in the file do not matter (histories: see the tests of the simulation)."""
    compare_mirrored(*pair_of_worlds(name))


@given(setup=setups())
@settings(max_examples=30)
def test_t6_exchange_of_the_sides_mirrors_random_crises(setup: Setup) -> None:
    compare_mirrored(*pair_of(with_rules(setup, precision=20.0)))


# --- nobody wins more than everything -------------------------------------------------------------------------------


def most_won(tree: Tree, side: int, rung: int) -> float:
    """The most that a side can win of its objective at one rung: its strikes there, and what the other then yields."""
    best, most = np.zeros(int(tree.size[0])), 0.0
    for node in reversed(range(int(tree.size[0]))):
        at = tree.nodes[node]
        for edge in tree.edges[at["start"] : at["stop"]]:
            if edge["rung"] == rung:  # a climb counts where it leads
                further = best[edge["next"]] if edge["next"] >= 0 else 0.0
                most_here = won(edge, side) + further
                most = max(most, most_here)
                best[node] = max(best[node], most_here) if at["rung"] == rung else best[node]
    return most


def won(edge: np.void, side: int) -> float:
    """Share of a side's objective that it wins along an edge."""
    if edge["strike"] >= 0:
        return float(edge["own_coef"]) if edge["actor"] == side else 0.0
    return float(edge["other_coef"]) if edge["action"] == YIELD and edge["actor"] != side else 0.0


def rungs_of(tree: Tree) -> Iterator[tuple[int, int]]:
    """All sides and rungs of a game."""
    for side in (0, 1):
        for rung in range(int(tree.nodes["rung"].max()) + 1):
            yield side, rung


@given(seed=SEEDS)
@settings(max_examples=60)
def test_t6_no_path_of_a_scalar_ladder_wins_more_than_everything(seed: int) -> None:
    """T6: along every path the gains at one rung, yields included, are at most the objective (light replies: below)."""
    ladder = ladder_from_data(random_ladder(seed) | {"light_replies": False})
    tree = scalar_tree(ladder)
    for side, rung in rungs_of(tree):
        assert most_won(tree, side, rung) <= 1.0 + 1e-12


@pytest.mark.parametrize("name", VARIANTS)
def test_t6_no_planned_path_wins_more_than_everything(name: str) -> None:
    """T6: the same as planned with raids, light replies and interceptors that run out.

    Without disarming, since what is left of an objective is read off the alternating path: where the order of the
    strikes matters to what they win, other orders are planned with what is left along that one.
    """
    world, _ = pair_of(edited(by_hand.SETUPS[name](), arm={"exposed_launchers": 0.0, "exposed_stock": 0.0}))
    tree = solved(world).tree
    for side, rung in rungs_of(tree):
        assert most_won(tree, side, rung) <= 1.0 + 1e-12


def gains_at_one_rung(crisis: Crisis) -> Iterator[float]:
    """What a side has won of its objective at the present rung, after each strike and yield of a crisis."""
    won_so_far, rung = {0: 0.0, 1: 0.0}, 0
    for move in crisis.moves:
        reached = move.rung + 1 if move.option is None else move.option.rung
        if reached > rung:
            won_so_far, rung = {0: 0.0, 1: 0.0}, reached
        won_so_far[move.side] += 0.0 if move.raid is None else move.raid.gain
        won_so_far[move.other] += move.option.share if move.option is not None and move.action == YIELD else 0.0
        yield from won_so_far.values()


@pytest.mark.parametrize("name", ["plain", "risk", "three_waves", "strikes_from_the_start", "coin_toss"])
def test_t6_no_history_wins_more_than_everything(name: str) -> None:
    """T6, simulation: with disarming and all, real gains at a rung never add up to more than the objective."""
    world, baseline = pair_of(by_hand.SETUPS[name]() | {"rate": 4.0})
    gains = [
        gain
        for history in range(25)
        for crisis in told(world, baseline, history).crises
        for gain in gains_at_one_rung(crisis)
    ]
    assert 0.3 < max(gains) <= 1.0 + 1e-12
