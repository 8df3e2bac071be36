"""Other structures: each changes what it says and nothing else, ladders keep what stands on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw, sobol
from escalade.ensemble.structure import evenly, on_ladder, rung_ids, same, taken, threat_rung, variants
from escalade.scenario import load_scenario
from escalade.worlds import Worlds
from tests.study.fakes import TINY

UKRAINE = load_scenario("ukraine-2022")
RUNGS = len(UKRAINE.rung_ids)


@pytest.fixture(scope="module")
def built() -> Worlds:
    base = UKRAINE.policy(UKRAINE.baseline)
    return worlds(base, base, draw(UKRAINE, 4, seed=1))[0]


RULES = {
    "waves": ("waves", {"2": 2, "3": 3, "4": 4}),
    "precision": ("precision", {"10": 10, "20": 20, "40": 40, "200": 200}),
    "stake_spread": ("stake_spread", {"0.2": 0.2, "0.8": 0.8}),
    "resolve_spread": ("resolve_spread", {"0.3": 0.3, "1": 1.0}),
    "opener": ("opener", {"russia": 0, "ukraine": 1}),
    "light_replies": ("light_replies", {"on": 1, "off": 0}),
}


def test_every_structure_of_the_reference_is_tried() -> None:
    tried: dict[str, list[str]] = {}
    for variant in variants(UKRAINE):
        tried.setdefault(variant.group, []).append(variant.value)
    expected = {group: list(values) for group, (_, values) in RULES.items()}
    assert tried == {**expected, "threats": ["fewer", "more"], "costs": ["0.75", "1.5"]}


@pytest.mark.parametrize("group", RULES)
def test_a_rule_is_set_in_every_world_and_nothing_else_changes(built: Worlds, group: str) -> None:
    field, values = RULES[group]
    for variant in variants(UKRAINE):
        if variant.group != group:
            continue
        changed = variant.change(built)
        assert set(changed.rules[field].tolist()) == {values[variant.value]}
        rules = changed.rules.copy()
        rules[field] = built.rules[field]
        assert same(changed._replace(rules=rules), built)


def test_costs_are_those_of_strikes_and_of_being_first(built: Worlds) -> None:
    half_more = next(variant for variant in variants(UKRAINE) if variant.key == "costs 1.5").change(built)
    np.testing.assert_allclose(half_more.steps["cost"], 1.5 * built.steps["cost"])
    np.testing.assert_allclose(half_more.sides["first_cost"], 1.5 * built.sides["first_cost"])
    np.testing.assert_array_equal(half_more.steps["audience"], built.steps["audience"])


def test_the_threat_of_a_ladder_is_found() -> None:
    threat = threat_rung(UKRAINE)
    assert threat is not None
    assert UKRAINE.rung_ids[threat] == "build_up"
    assert threat_rung(load_scenario("iran-june-2025")) is None
    assert not [variant for variant in variants(load_scenario(TINY)) if variant.group == "threats"]


def test_with_its_own_rungs_a_ladder_is_the_same(built: Worlds) -> None:
    assert same(on_ladder(built, range(RUNGS)), built)


@given(st.integers(1, RUNGS - 2))
def test_a_rung_twice_and_then_once_is_the_ladder_as_it_was(rung: int) -> None:
    base = UKRAINE.policy(UKRAINE.baseline)
    built = worlds(base, base, draw(UKRAINE, 2, seed=1))[0]
    twice = on_ladder(built, sorted((*range(RUNGS), rung)))
    assert same(on_ladder(twice, [n for n in range(RUNGS + 1) if n != rung]), built)


@given(st.sets(st.integers(0, RUNGS - 1), min_size=2))
def test_on_another_ladder_arms_may_be_used_at_the_same_rungs(kept: set[int]) -> None:
    base = UKRAINE.policy(UKRAINE.baseline)
    built, ladder = worlds(base, base, draw(UKRAINE, 1, seed=1))[0], sorted(kept)
    changed = on_ladder(built, ladder)
    for place, rung in enumerate(ladder):
        before = (built.arms["low"] <= rung) & (rung <= built.arms["high"])
        after = (changed.arms["low"] <= place) & (place <= changed.arms["high"])
        np.testing.assert_array_equal(before, after)
        np.testing.assert_array_equal(built.steps[:, :, rung], changed.steps[:, :, place])
        assert np.all((rung >= built.rules["war_rung"]) == (place >= changed.rules["war_rung"]))


def test_a_rung_that_stands_there_again_has_an_id_of_its_own() -> None:
    assert rung_ids(UKRAINE, (0, 1, 1, 3)) == ("frozen_conflict", "build_up", "build_up_again", "invasion")


def test_worlds_are_taken_by_number(built: Worlds) -> None:
    few = taken(built, np.array([3, 1]))
    np.testing.assert_array_equal(few.rules, built.rules[[3, 1]])
    assert same(taken(built, np.arange(4)), built)
    assert not same(few, taken(built, np.array([1, 3])))


@pytest.mark.parametrize(("candidates", "most", "count"), [(1024, 256, 256), (256, 256, 256), (64, 256, 64), (2, 1, 1)])
def test_candidates_are_thinned_evenly(candidates: int, most: int, count: int) -> None:
    chosen = evenly(candidates, most)
    assert chosen.size == count
    points = sobol(candidates, 3, seed=2)[chosen]
    for axis in points.T:  # one in every stratum, as in the whole design
        assert sorted((axis * count).astype(int).tolist()) == list(range(count))
