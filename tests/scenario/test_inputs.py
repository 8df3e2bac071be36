"""Inputs: every number once, by name, in canonical order."""

import numpy as np
import pytest

from escalade.scenario import Input, inputs, load_scenario, parse_scenario
from escalade.scenario.inputs import leaves, named, numbers, subject
from escalade.scenario.numbers import Fixed, OneOf, Pert, Uniform
from tests.scenario.texts import TINY, edited

SCENARIO = parse_scenario(TINY)
FOUND = {item.key: item for item in inputs(SCENARIO)}


def test_keys_are_unique_and_cover_every_number_under_every_policy() -> None:
    assert len(FOUND) == len(inputs(SCENARIO))
    for policy in (None, *SCENARIO.policies):
        under = SCENARIO if policy is None else SCENARIO.policy(policy)
        assert {number.key for _, number in leaves(under)} <= set(FOUND)


def test_draws_by_key_are_all_that_a_number_needs() -> None:
    draws = {key: item.spec.quantile(np.array([0.1, 0.9])) for key, item in FOUND.items()}
    for policy in SCENARIO.policies:
        for _, number in numbers(SCENARIO.policy(policy)):
            values = number.draw(draws)
            assert values.shape == (2,)
            assert np.all((values >= number.low) & (values <= number.high))


def test_canonical_order_is_base_by_path_then_policies_by_name_and_path() -> None:
    order = [(item.policy is not None, item.policy or "", item.path) for item in inputs(SCENARIO)]
    assert order == sorted(order)


def test_inputs_of_a_policy_are_those_of_the_scenario() -> None:
    assert inputs(SCENARIO.policy("no_shield")) == inputs(SCENARIO)


def test_an_input_tells_what_it_is() -> None:
    item = FOUND["sides.north.shield.layers.upper.stock"]
    assert item == Input(
        key="sides.north.shield.layers.upper.stock",
        drawn_by="sides.north.shield.layers.upper.stock",
        path="sides.north.shield.layers.upper.stock",
        spec=Pert(20, 30, 50),
        kind="lever",
        unit="interceptors",
        label="Interceptors in stock",
        subject="North, The ally's upper layer",
        whole=True,
        source=None,
        assumption="Invented.",
        url=None,
        note=None,
        fact=None,
        policy=None,
    )
    assert item.uncertain
    assert item.is_assumption


def test_an_input_of_a_policy_has_the_path_as_written() -> None:
    item = FOUND["deeper_stocks: sides.north.shield.layers.*.stock"]
    assert (item.path, item.policy) == ("sides.north.shield.layers.*.stock", "deeper_stocks")
    assert (item.kind, item.unit, item.subject) == ("lever", "interceptors", "North")
    assert item.spec == Pert(1.5, 2, 3)


def test_what_a_policy_sets_is_a_choice_and_what_it_guesses_an_assumption() -> None:
    assert not FOUND["no_shield: sides.north.shield.believes"].is_assumption
    assert FOUND["deeper_stocks: sides.north.shield.layers.*.stock"].is_assumption
    assert FOUND["sides.north.leash"].is_assumption
    assert not FOUND["sides.north.affront"].is_assumption


def test_defaults_are_inputs_that_say_so() -> None:
    item = FOUND["sides.south.shield.layers.guns.availability"]
    assert (item.spec, item.is_default, item.is_assumption) == (Fixed(1), True, False)


def test_rungs_are_named_by_their_id() -> None:
    assert FOUND["ladder.rungs.border_raid.concession"].subject == "A raid across the border"
    assert named(("ladder", "rungs", 1, "concession"), SCENARIO) == ("ladder", "rungs", "border_raid", "concession")
    assert FOUND["sides.north.ladder.open_war.effort"].subject == "North, Open war"


def test_every_form_is_an_input() -> None:
    assert FOUND["sides.north.calm"].spec == Uniform(0, 0.6)
    assert FOUND["sides.north.saturation_neglect"].spec == OneOf((0.2, 0, 0.8))
    assert FOUND["sides.south.pressure.of"].spec == Fixed(0.4)
    assert FOUND["sides.south.pressure.plus"].spec == Uniform(0, 0.2)
    assert FOUND["sides.north.shield.layers.lower.stock.times"].assumption == "Twenty a battery, two batteries or so."
    assert FOUND["sides.north.shield.layers.upper.unit_cost"].fact == "thaad.unit_cost"


def test_numbers_drawn_together_keep_their_own_ranges() -> None:
    text = edited(
        (
            "tolerance: {low: 100, mode: 400, high: 1500",
            "tolerance: {together: public, low: 100, mode: 400, high: 1500",
        ),
        (
            "tolerance: {low: 200, mode: 800, high: 3000",
            "tolerance: {together: public, low: 200, mode: 800, high: 3000",
        ),
    )
    found = {item.key: item for item in inputs(parse_scenario(text))}
    north, south = found["sides.north.tolerance"], found["sides.south.tolerance"]
    assert north.drawn_by == south.drawn_by == "together: public"
    assert north.spec != south.spec


def test_a_whole_part_that_a_policy_replaces_brings_its_numbers() -> None:
    text = edited(
        ("sides.north.shelter.coverage: 0.9", "sides.north.shelter: {coverage: 0.9, effect: {uniform: [0, 1]}}")
    )
    found = {item.key: item for item in inputs(parse_scenario(text))}
    effect = found["more_shelter: sides.north.shelter.effect"]
    assert (effect.spec, effect.kind, effect.label) == (Uniform(0, 1), "assumption", "Deaths avoided by shelter")


@pytest.mark.parametrize("path", ["sides.*.tolerance", "sides.nobody.tolerance", "war_cost"])
def test_what_has_no_name_has_no_subject(path: str) -> None:
    assert subject(SCENARIO, path) == ""


def test_levers_and_assumptions_are_told_apart_everywhere() -> None:
    kinds = {item.kind for item in inputs(load_scenario("iran-june-2025"))}
    assert kinds == {"lever", "assumption"}
