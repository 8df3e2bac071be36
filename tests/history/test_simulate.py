"""Simulated years: conservation, symmetry, common luck, independence of the company, choice by chance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.crisis.exact import exact_crises, quantities
from escalade.history.simulate import simulate
from escalade.worlds import World, Worlds
from tests.history.cases import (
    CANDIDATE,
    YEARS,
    Rows,
    Setup,
    edited,
    histories,
    mirrored,
    names,
    other_side,
    pair_of,
    paired,
    setups,
    with_bystander,
    with_rules,
)
from tests.verification import worlds_by_hand as by_hand
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds

ROUNDING = 1e-12
SMALL_RESIDUES = ("restraint_bought",)
"""Sums over actions, in another order where the sides are exchanged."""


def assert_equal(one: np.ndarray, other: np.ndarray, name: str) -> None:
    """Bit by bit, but for what is added up in another order."""
    if name.startswith(SMALL_RESIDUES):
        assert one == pytest.approx(other, abs=ROUNDING), name
    else:
        assert np.array_equal(one, other), name


# --- nothing comes from nowhere -------------------------------------------------------------------------------------

PRICES = (1.0, 1e5)
"""Of a side's first and second reusable arm; all else is free, so that the bill tells how many were lost."""


def itemised(setup: Setup) -> Setup:
    """The set-up with such prices."""
    arms = []
    for side in setup["arms"]:
        prices = iter(PRICES)
        arms.append([one | {"unit_cost": next(prices) if one.get("reusable") else 0.0} for one in side])
    return edited(setup, layer={"unit_cost": 0.0}) | {"arms": arms}


def spent(world: World, rows: Rows, i: int, k: int) -> np.ndarray:
    """Units of an arm that are gone: launched, or lost where the same unit flies again."""
    if not world.arms[i, k]["reusable"]:
        return rows[f"fired.{i}.{k}"]
    bill = rows[f"cost.{i}"]
    return bill // PRICES[1] if world.arms[i, k]["unit_cost"] == PRICES[1] else bill % PRICES[1]


def received(world: World, i: int, kind: str, years: int) -> np.ndarray:
    """Stock at the start, deliveries and production of a side's arms or layers over the years."""
    records = getattr(world, f"{kind}s")[i]
    delivered = getattr(world, f"{kind}_deliveries")[i, :, :years].sum(axis=1)
    return np.asarray(records["stock"] + delivered + years * records["production"])


def assert_conserved(setup: Setup, years: int, seed: int, number: int = 3) -> None:
    world, baseline = pair_of(itemised(setup))
    rows = histories(world, baseline, number, years, seed)
    for i in (0, 1):
        for k, stock in enumerate(received(world, i, "arm", years)):
            left, destroyed = rows[f"stock_end.{i}.{k}"], world.arms[i, k]["exposed_stock"] > 0
            assert (left >= 0).all()
            assert (left == np.floor(left)).all()
            gap = stock - spent(world, rows, i, k) - left
            assert (gap >= 0 if destroyed else gap == 0).all(), f"arm {k} of side {i}"
        for l, stock in enumerate(received(world, i, "layer", years)):
            left = rows[f"interceptors_end.{i}.{l}"]
            assert (left == stock - rows[f"interceptors.{i}.{l}"]).all(), f"layer {l} of side {i}"
            newest = world.layers[i, l]["production"]  # made after the last crisis
            assert (left >= newest + min(world.layers[i, l]["reserve"], stock - newest)).all()


@given(setup=setups(), years=st.integers(1, YEARS), seed=st.integers(0, 2**63 - 1))
def test_stocks_are_conserved_where_nothing_is_disarmed(setup: Setup, years: int, seed: int) -> None:
    """End = start + deliveries + production - fired (or lost), arm by arm and layer by layer; never below zero."""
    assert_conserved(edited(setup, arm={"exposed_stock": 0.0}), years, seed)


@given(setup=setups(), years=st.integers(1, YEARS), seed=st.integers(0, 2**63 - 1))
def test_what_strikes_destroy_is_missing_and_no_more(setup: Setup, years: int, seed: int) -> None:
    """With stocks exposed, no more is left than without; whole units, never below zero."""
    assert_conserved(setup, years, seed)


def test_disarming_strikes_destroy_stocks() -> None:
    """Where most of an arsenal is within reach of many strikes, some of it is destroyed on the ground."""
    setup = edited(by_hand.plain(), arm={"exposed_stock": 0.7}, rate=6.0)
    world, baseline = pair_of(itemised(with_rules(setup, precision=0.0)))
    rows = histories(world, baseline, 20)
    destroyed = received(world, 1, "arm", YEARS)[0] - spent(world, rows, 1, 0) - rows["stock_end.1.0"]
    assert (destroyed > 0).any()


@pytest.mark.parametrize("name", VARIANTS)
def test_without_crises_only_deliveries_and_production_happen(name: str) -> None:
    world, baseline = pair_of(by_hand.SETUPS[name]() | {"rate": 0.0})
    rows = histories(world, baseline, 2)
    for i in (0, 1):
        for kind, column in (("arm", "stock_end"), ("layer", "interceptors_end")):
            for at, stock in enumerate(received(world, i, kind, YEARS)):
                assert (rows.pop(f"{column}.{i}.{at}") == stock).all()
    assert all((rest == 0).all() for name, rest in rows.items() if not name.startswith("spending"))


@given(setup=setups(), seed=st.integers(0, 2**63 - 1))
def test_outcomes_fit_together(setup: Setup, seed: int) -> None:
    """Labels, beginners and years of wars; strikes and who struck first; yields and restraint among decisions."""
    world, baseline = pair_of(setup)
    rows = histories(world, baseline, 4, seed=seed)
    war, crises = rows["war"], rows["crises"]
    both = {name: rows[f"{name}.0"] + rows[f"{name}.1"] for name in ("war_by", "first_strike", "yield", "strikes")}
    labels = sum(rows[f"war_{label}"] for label in ("foreseen", "misjudged", "tremble", "accident"))
    assert (war == (rows["wars"] > 0)).all()
    assert (labels == war).all()
    assert (both["war_by"] == war).all()
    assert ((rows["war_year"] >= 1) == (war == 1)).all()
    assert (rows["war_year"] <= YEARS).all()
    assert (rows["highest_rung"] >= war * world.rules["war_rung"]).all()
    assert (rows["any_strike"] == (both["first_strike"] > 0)).all()
    assert (rows["wars"] <= both["first_strike"]).all()
    assert (both["first_strike"] <= np.minimum(crises, both["strikes"])).all()
    assert (both["yield"] <= crises).all()
    for i in (0, 1):
        assert (rows[f"conceded.{i}"] <= rows[f"yield.{i}"] * world.rungs["concession"].max()).all()
        assert (rows[f"restrained.{i}"] <= rows[f"struck.{i}"]).all()
        assert (abs(rows[f"restraint_bought.{i}"]) <= rows[f"struck.{i}"] + ROUNDING).all()
        assert (rows[f"struck.{i}"] <= rows[f"strikes.{1 - i}"]).all()
        if np.isfinite(world.sides[i]["people"]):
            assert (rows[f"deaths.{i}"] <= rows[f"strikes.{1 - i}"] * world.sides[i]["people"]).all()
    assert all((rows[name] >= 0).all() for name in rows if not name.startswith(("belief_gap", "restraint_bought")))


# --- symmetry -------------------------------------------------------------------------------------------------------


def assert_mirrored(world: World, baseline: World, seed: int) -> None:
    rows = histories(world, baseline, 12, seed=seed)
    mirror = histories(mirrored(world), mirrored(baseline), 12, seed=seed)
    for name, values in rows.items():
        assert_equal(values, mirror[other_side(name)], name)


@pytest.mark.parametrize("name", VARIANTS)
def test_relabelling_the_sides_mirrors_every_result(name: str) -> None:
    """Luck is addressed by a side's id, not by its place in the file: exchanged sides have exchanged histories."""
    assert_mirrored(*pair_of_worlds(name), seed=1)


@given(setup=setups(), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=40)
def test_relabelling_mirrors_random_worlds(setup: Setup, seed: int) -> None:
    assert_mirrored(*pair_of(setup), seed)


@pytest.mark.parametrize("name", VARIANTS)
def test_it_does_not_matter_who_stands_first_in_a_pair(name: str) -> None:
    world, baseline = pair_of_worlds(name)
    turned, bare = (paired(each, (1, 0, each.pairs[0]["rate"])) for each in (world, baseline))
    one, other = histories(world, baseline, 12), histories(turned, bare, 12)
    for column, values in one.items():
        assert_equal(values, other[column], column)


@pytest.mark.parametrize("name", ["plain", "partner", "scarce"])
def test_a_bystander_changes_nothing(name: str) -> None:
    """A third side without quarrels: the other two have the histories that they have without it."""
    world, baseline = pair_of_worlds(name)
    two = histories(world, baseline, 12)
    three = histories(with_bystander(world), with_bystander(baseline), 12)
    for column, values in two.items():
        outcome, *place = column.split(".")
        if place and not outcome.endswith("_between"):
            place[0] = {"0": "0", "1": "2"}[place[0]]
        assert np.array_equal(values, three[".".join([outcome, *place])]), column
    assert all((three[f"{outcome}.1"] == 0).all() for outcome in ("strikes", "deaths", "cost", "yield"))


def test_a_pair_without_crises_changes_nothing() -> None:
    world, baseline = pair_of_worlds("plain")
    rate = world.pairs[0]["rate"]
    one = histories(world, baseline, 12)
    more = [paired(each, (0, 1, rate), (0, 1, 0.0)) for each in (world, baseline)]
    two = histories(*more, 12)
    assert all(np.array_equal(values, two[name]) for name, values in one.items())


PAIRINGS = (
    [(0, 1, 2.0, 1, 1), (0, 1, 0.0, 1, 1)],
    [(0, 1, 0.0, 1, 1), (0, 1, 2.0, 1, 1)],
    [(0, 1, 2.0, 1, 1), (0, 1, 2.0, 1, 1)],
)


def test_every_pair_has_crises_of_its_own() -> None:
    """Two quarrels of the same sides: as many crises as both together, each with its own luck; none lost by date."""
    world, baseline = pair_of(edited(by_hand.plain(), arm={"stock": 0.0, "production": 0.0}))
    alone = [histories(paired(world, *rates), paired(baseline, *rates), 30)["crises"] for rates in PAIRINGS]
    assert np.array_equal(alone[0] + alone[1], alone[2])
    assert not np.array_equal(alone[0], alone[1])


# --- common luck ----------------------------------------------------------------------------------------------------

IDLE_CHANGES: dict[str, Setup] = {
    "nothing at all": {},
    "another name for the same layer": {"unit_cost": 5e6},
    "a layer that can engage nothing": {"stock": 80.0, "kill": {}},
    "a layer without rounds": {"stock": 3.0, "reserve": 3.0, "production": 0.0, "shots": 1.0, "kill": {1: 0.9, 3: 0.9}},
}


@pytest.mark.parametrize("change", IDLE_CHANGES)
@pytest.mark.parametrize("name", ["plain", "risk", "coin_toss"])
def test_a_policy_that_changes_nothing_makes_a_difference_of_exactly_nothing(change: str, name: str) -> None:
    """Prices, layers without rounds, layers that meet no class: no decision and no raid moves by a single bit."""
    setup = by_hand.SETUPS[name]()
    idle = {"stock": 0.0, "production": 0.0, "kill": {}, "reserve": 0.0}
    worlds = []
    for more in (idle, idle | IDLE_CHANGES[change]):
        shield = [[*setup["layers"][0], more], setup["layers"][1]]
        worlds.append(by_hand.world_of(setup | {"layers": shield}))
    baseline = by_hand.world_of(by_hand.without_shield(setup | {"layers": [[*setup["layers"][0], idle], shield[1]]}))
    one, other = (histories(world, baseline, 12) for world in worlds)
    for column in one:
        if not column.startswith(("cost.", "interceptors_end.0.2")):
            assert ((other[column] - one[column]) == 0.0).all(), column
    assert one["wars"].sum() > 0


@pytest.mark.parametrize("name", VARIANTS)
def test_the_baselines_own_protection_buys_no_restraint(name: str) -> None:
    """The same salvo with the same luck through the same shield: the deaths compared are the deaths suffered."""
    _, baseline = pair_of_worlds(name)
    rows = histories(baseline, baseline, 12)
    for i in (0, 1):
        assert (rows[f"restraint_bought.{i}"] == 0.0).all()


def test_policies_keep_their_luck_in_common() -> None:
    """Until a strike falls, all policies have the same crises: their number and dates do not hang on the shield."""
    worlds = [pair_of_worlds(name)[0] for name in ("plain", "people", "neglect", "certain", "best_reply")]
    crises = [histories(world, world, 50)["crises"] for world in worlds]
    assert all(np.array_equal(crises[0], others) for others in crises[1:])


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_seeds_are_worlds_of_luck_apart(seed: int) -> None:
    """Every seed gives the expected number of crises (within 4 standard errors), and no two give the same ones."""
    world, baseline = pair_of_worlds("plain")
    crises = histories(world, baseline, 400, seed=seed)["crises"]
    mean = YEARS * world.pairs[0]["rate"]
    assert abs(crises.mean() - mean) <= 4.0 * np.sqrt(mean / 400)
    assert not np.array_equal(crises, histories(world, baseline, 400, seed=seed ^ 2)["crises"])


# --- a row depends on its address only ------------------------------------------------------------------------------

COMPANY = ("plain", "risk", "three_waves", "best_reply", "threats_above", "known_resolve", "coin_toss")
ADDRESSES = [(w, history) for w in range(len(COMPANY)) for history in range(5)]


def company() -> tuple[Worlds, Worlds]:
    """Several worlds of one shape, under their policies and under the baseline."""
    pairs = [pair_of_worlds(name) for name in COMPANY]
    return bundle(*(world for world, _ in pairs)), bundle(*(baseline for _, baseline in pairs))


def rows_at(addresses: list[tuple[int, int]], worlds: Worlds, baseline: Worlds, years: int = YEARS) -> np.ndarray:
    index, history = np.array(addresses, dtype=np.int64).reshape(-1, 2).T
    return simulate(worlds, baseline, index, index + 10, history, years, 5)


@cache
def made_alone() -> dict[tuple[int, int], np.ndarray]:
    """Every history made in a call of its own, in a bundle of one world."""
    rows = {}
    for w, history in ADDRESSES:
        world, baseline = pair_of_worlds(COMPANY[w])
        one = np.array([0]), np.array([w + 10]), np.array([history])
        rows[w, history] = simulate(bundle(world), bundle(baseline), *one, YEARS, 5)[0]
    return rows


@given(st.lists(st.sampled_from(ADDRESSES), max_size=40))
def test_a_history_made_alone_equals_its_row_in_any_call(addresses: list[tuple[int, int]]) -> None:
    """Order, number, repetition and neighbours of the histories in a call change no digit of a row."""
    rows = rows_at(addresses, *company())
    assert rows.shape[0] == len(addresses)
    for address, row in zip(addresses, rows, strict=True):
        assert np.array_equal(row, made_alone()[address]), address


@given(st.permutations(range(len(COMPANY))), st.integers(1, len(COMPANY)))
@settings(max_examples=20)
def test_order_and_number_of_worlds_change_nothing(order: list[int], number: int) -> None:
    """Worlds in another order, or fewer of them: the address names the candidate, not its place."""
    worlds, baseline = company()
    chosen = np.array(order[:number])
    some, base = (Worlds(*(each[chosen] for each in all_worlds)) for all_worlds in (worlds, baseline))
    index, history = np.arange(number), np.zeros(number, np.int64)
    rows = simulate(some, base, index, chosen + 10, history, YEARS, 5)
    for w, row in zip(chosen, rows, strict=True):
        assert np.array_equal(row, made_alone()[int(w), 0])


def test_calls_on_several_threads_do_not_touch() -> None:
    """Memory of a call is its own."""
    worlds, baseline = company()
    parts = [ADDRESSES[at::4] for at in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda part: rows_at(part, worlds, baseline), parts))
    for part, rows in zip(parts, together, strict=True):
        assert all(np.array_equal(row, made_alone()[address]) for address, row in zip(part, rows, strict=True))


def test_a_longer_history_begins_as_a_shorter_one() -> None:
    """More years append: nothing that has happened is undone, and the first war stays the first."""
    worlds, baseline = company()
    labels = names(pair_of_worlds("plain")[0])
    by_years = [dict(zip(labels, rows_at(ADDRESSES, worlds, baseline, y).T, strict=True)) for y in (1, 2, YEARS)]
    growing = ("wars", "crises", "highest_rung", "strikes", "deaths", "yield", "fired", "interceptors.", "cost")
    for shorter, longer in pairwise(by_years):
        for name in labels:
            if name.startswith(growing):
                assert (longer[name] >= shorter[name]).all(), name
        begun = shorter["war"] == 1
        assert begun.any()
        for name in ("war_year", "war_foreseen", "war_misjudged", "war_tremble", "war_by.0", "war_by.1"):
            assert np.array_equal(longer[name][begun], shorter[name][begun])


def test_more_years_than_the_worlds_have_deliveries_for_are_refused() -> None:
    world, baseline = pair_of_worlds("plain")
    with pytest.raises(ValueError, match="deliveries"):
        histories(world, baseline, 1, years=by_hand.YEARS + 1)


# --- choice by chance -----------------------------------------------------------------------------------------------


def tossed(**changes: Any) -> Setup:
    """Choice by chance alone, with means that never run out; many crises a year."""
    endless = {"stock": 1e7, "exposed_launchers": 0.0, "exposed_stock": 0.0}
    setup = with_rules(by_hand.plain(), precision=0.0, **changes)
    return edited(setup, arm=endless, layer={"stock": 1e6}, rate=20.0)


def assert_frequency(rows: Rows, name: str, expected: float) -> None:
    """Number per crisis within four standard errors (of a ratio, clustered by history)."""
    crises, values = rows["crises"], rows[name]
    rest = values - expected * crises
    error = rest.std(ddof=1) / np.sqrt(len(rest)) / crises.mean()
    assert abs(rest.mean() / crises.mean()) <= 4.0 * error, f"{name}: {values.sum() / crises.sum()}, theory {expected}"


@pytest.mark.parametrize(("waves", "expected"), [(2, 3133 / 20736), (3, 603013 / 3981312)])
def test_t1_coin_toss(waves: int, expected: float) -> None:
    """T1: lambda = 0, five rungs, the upper three strikes, war rung 3: the probability of war counts paths."""
    rows = histories(*pair_of(tossed(waves=waves)), 25)
    assert_frequency(rows, "wars", expected)


def test_t1_no_policy_makes_a_difference() -> None:
    """T1: who is protected changes deaths, but not one decision: the paired difference is exactly 0."""
    world, baseline = pair_of(tossed())
    shielded, bare = histories(world, baseline, 5), histories(baseline, baseline, 5)
    decided = ("war", "first_strike", "yield", "strikes", "struck", "restrained", "highest_rung", "fired.1")
    for name in shielded:
        if name.startswith(decided):
            assert ((shielded[name] - bare[name]) == 0.0).all(), name
    assert shielded["deaths.0"].sum() < bare["deaths.0"].sum()


def test_equal_choice_has_the_frequencies_of_the_exact_crisis() -> None:
    """Where nothing is weighed, plans cannot err: all simulated frequencies are those of the exact crisis."""
    world, baseline = pair_of(tossed())
    rows = histories(world, baseline, 25)
    ids = ["0", "1"], [str(r) for r in range(by_hand.RUNGS)]
    values = exact_crises(bundle(world), bundle(baseline), np.array([0]), points=13)[0]
    exact = dict(zip(quantities(*ids), values, strict=True))
    for name in ("first_strike", "yield", "strikes", "struck", "restrained"):
        for i in (0, 1):
            assert_frequency(rows, f"{name}.{i}", exact[f"{name}.{i}"])


# --- the exact crisis is exact up to the first strike ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "partner", "risk", "neglect", "three_waves", "exchanged_ids"])
def test_first_strikes_are_as_frequent_as_the_exact_crisis_says(name: str) -> None:
    """Until somebody strikes nothing has happened that was not planned: exact for the simulation too.

    Histories of one year with exactly one crisis; four standard errors, and what the lattice of stakes may err.
    """
    world, baseline = pair_of(by_hand.SETUPS[name]() | {"rate": 1.0})
    values = exact_crises(bundle(world), bundle(baseline), np.array([0]), points=377)[0]
    exact = dict(zip(quantities(["0", "1"], [str(r) for r in range(by_hand.RUNGS)]), values, strict=True))
    rows = histories(world, baseline, 2000, years=1)
    one = rows["crises"] == 1
    for i in (0, 1):
        found, expected = rows[f"first_strike.{i}"][one].mean(), exact[f"first_strike.{i}"]
        error = np.sqrt(expected * (1.0 - expected) / one.sum())
        assert abs(found - expected) <= 4.0 * error + 0.0026, (i, found, expected, error)


def test_candidates_number_is_part_of_the_address() -> None:
    """The same world under two candidate numbers has two different lots of luck."""
    world, baseline = pair_of_worlds("plain")
    worlds, base = bundle(world, world), bundle(baseline, baseline)
    index, history = np.array([0, 1, 0]), np.array([7, 7, 7])
    rows = simulate(worlds, base, index, np.array([CANDIDATE, CANDIDATE, CANDIDATE + 1]), history, by_hand.YEARS, 5)
    assert np.array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[0], rows[2])
