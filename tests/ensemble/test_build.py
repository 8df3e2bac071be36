"""From a scenario to arrays: units, rounding, order, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, log
from typing import Any

import numpy as np
import pytest

from escalade.ensemble.build import (
    ARM_COUNTS,
    ARM_FIELDS,
    LAYER_COUNTS,
    LAYER_FIELDS,
    RULES_FIELDS,
    SIDE_FIELDS,
    STEP_FIELDS,
    Names,
    first_strike_hits,
    logit_shift,
    names,
    serving_order,
    worlds,
)
from escalade.ensemble.design import draw, modes
from escalade.scenario import Scenario, inputs
from escalade.worlds import ARM, LAYER, PAIR, RULES, RUNG, SIDE, STEP, Worlds
from tests.ensemble.cases import tiny, tiny_with
from tests.history.cases import BY_SIDE

NORTH, SOUTH = 0, 1
TALKS, BORDER_RAID, OPEN_WAR = 0, 1, 2
AIRCRAFT, BALLISTIC = 1, 0
UPPER, LOWER = 0, 1


def logit(share: float) -> float:
    return log(share / (1 - share))


def at_modes(scenario: Scenario, policy: str = "as_is") -> tuple[Worlds, Names]:
    return worlds(scenario.policy(policy), scenario.policy(scenario.baseline), modes(scenario))


def drawn(scenario: Scenario, policy: str = "as_is", candidates: int = 64, seed: int = 1) -> Worlds:
    design = draw(scenario, candidates, seed)
    return worlds(scenario.policy(policy), scenario.policy(scenario.baseline), design)[0]


def edited(edit: Callable[[dict[str, Any]], object]) -> Worlds:
    return at_modes(tiny_with(edit))[0]


# --- what the indices stand for -----------------------------------------------------------------------------------


def test_names_stand_in_the_order_of_the_file() -> None:
    labels = names(tiny())
    assert labels.sides == ("north", "south")
    assert labels.uids == (0, 1)
    assert labels.arms == (("squadron",), ("missiles", "last_resort"))
    assert labels.layers == (("upper", "lower"), ("guns",))
    assert labels.rungs == ("talks", "border_raid", "open_war")
    assert labels.classes == ("ballistic", "aircraft")
    assert labels.partners == ("ally",)
    assert labels.vocabulary.sides == {"north": "North", "south": "South"}
    assert labels.vocabulary.layers["north"]["upper"] == "The ally's upper layer"
    assert labels.vocabulary.arms["south"]["missiles"] == "ballistic missiles"
    assert labels.vocabulary.rungs["open_war"] == "Open war"


def test_names_are_the_same_under_every_policy() -> None:
    assert {at_modes(tiny(), policy)[1].layers for policy in tiny().policies} == {names(tiny()).layers}


def test_layers_stand_as_threats_meet_them() -> None:
    def edit(data: dict[str, Any]) -> None:
        layers = data["sides"]["north"]["shield"]["layers"]
        layers["late_boost"] = {**layers["lower"], "order": 9, "boost": True}
        layers["first"] = {**layers["lower"], "order": 1}
        layers["upper"]["order"] = 2
        layers["lower"]["order"] = 3

    built, labels = at_modes(tiny_with(edit))
    assert labels.layers[NORTH] == ("late_boost", "first", "upper", "lower")
    assert built.layers["boost"][0, NORTH].tolist() == [1, 0, 0, 0]
    assert built.layers["partner"][0, NORTH].tolist() == [0, 0, 1, 0]


# --- units --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.05, 0.5, 0.88, 0.9, 0.97])
def test_a_shift_turns_a_shield_of_ninety_into_the_share(share: float) -> None:
    shift = logit_shift(np.array([share]))[0]
    assert 1 / (1 + exp(-(logit(0.9) + shift))) == pytest.approx(share, abs=1e-14)


def test_what_was_built_to_stop_ninety_and_does_has_no_shift() -> None:
    assert logit_shift(np.array([0.9]))[0] == 0


def test_shields_in_logits() -> None:
    built, _ = at_modes(tiny())
    assert built.sides["truth"][0] == pytest.approx([0, logit(0.88) - logit(0.9)])
    assert built.sides["sigma"][0] == pytest.approx([logit(0.9) - logit(0.82), logit(0.9) - logit(0.85)])
    believes = logit(0.94) - logit(0.9)
    assert built.beliefs[0] == pytest.approx(np.array([[believes, logit(0.88) - logit(0.9)], [0, 0]]))


def test_truth_and_common_mode_have_their_signs_in_every_world() -> None:
    built = drawn(tiny())
    assert built.sides["truth"].max() <= 0
    assert built.sides["sigma"].min() >= 0
    assert np.array_equal(built.beliefs[:, SOUTH, NORTH], built.sides["truth"][:, NORTH])
    assert np.array_equal(built.beliefs[:, NORTH, SOUTH], built.sides["truth"][:, SOUTH])


def test_the_baseline_believes_nothing_special() -> None:
    assert np.all(drawn(tiny(), "no_shield").beliefs[:, NORTH, NORTH] == 0)


def test_sides_at_their_modes() -> None:
    side = at_modes(tiny())[0].sides[0, NORTH]
    for field, value in {
        "uid": 0, "tolerance": 400, "affront": 0.1, "pressure": 0.5, "calm": 0.3, "leash": 0.1, "first_cost": 0.05,
        "people": 1e6, "coverage": 0.5, "effect": 0.6, "conviction": 20, "neglect": 0.2,
    }.items():  # fmt: skip
        assert side[field] == pytest.approx(value), field


def test_arms_at_their_modes() -> None:
    arm = at_modes(tiny())[0].arms[0, SOUTH, 0]
    for field, value in {
        "cls": BALLISTIC, "reusable": 0, "low": BORDER_RAID, "high": OPEN_WAR, "stock": 120, "launch": 30,
        "reliability": 0.9, "threatening": 0.6, "warheads": 1, "decoys": 0.5, "deaths": 3, "counterforce": 0.1,
        "value": 4, "crew": 0, "exposed_launchers": 0.6, "exposed_stock": 0.4, "repair": 0.5, "production": 20,
        "unit_cost": 500000,
    }.items():  # fmt: skip
        assert arm[field] == pytest.approx(value), field


def test_layers_at_their_modes() -> None:
    built = at_modes(tiny())[0]
    for field, value in {
        "stock": 30, "reserve": 4, "shots": 1, "looks": 1, "channels": 20, "availability": 0.95,
        "discrimination": 0.9, "partner": 1, "defends": 0.9, "joins": 0.6, "boost": 0, "production": 10,
    }.items():  # fmt: skip
        assert built.layers[field][0, NORTH, UPPER] == pytest.approx(value), field
    assert built.layers["stock"][0, NORTH, LOWER] == 40
    assert built.layers["looks"][0, NORTH, LOWER] == 2
    assert built.kill[0, NORTH, UPPER].tolist() == [0.6, 0]
    assert built.kill[0, NORTH, LOWER].tolist() == [0.5, 0.1]
    assert built.kill[0, SOUTH, 0].tolist() == [0, 0.05]


def test_rules_rungs_and_pairs() -> None:
    built = at_modes(tiny())[0]
    rules = {name: built.rules[name][0] for name in RULES.names or ()}
    assert rules == {
        "war_rung": 2, "waves": 2, "precision": 20, "stake_spread": 0.4, "resolve_spread": 0.6, "correlation": 0,
        "light_replies": 1, "no_yield": 0, "opener": -1,
    }  # fmt: skip
    assert built.rungs["concession"][0].tolist() == [0, 0.2, 1]
    assert built.rungs["risk"][0].tolist() == [0, 0, 0]
    assert built.pairs[0].tolist() == [(0, 1, 1.0, 1, 1)]


YEARS_BETWEEN = (
    "required", "acceptable", "prudence", "budget", "adaptation", "build", "decay", "horizon", "patience",
)  # fmt: skip


def test_every_field_that_is_copied_exists_once_on_both_sides() -> None:
    """No field of the arrays is forgotten and none is filled twice."""
    elsewhere = {
        SIDE: {"uid", "tolerance", "people", "coverage", "effect", "sigma", "truth", *YEARS_BETWEEN},
        ARM: {"cls", "reusable", "low", "high", "launch", "value", "whole_stock", "surge", "lead"},
        LAYER: {"channels", "partner", "sender", "defends", "joins", "boost", "surge", "lead"},
        STEP: {"raids", "may_climb"},
        RULES: {"war_rung", "waves", "light_replies", "no_yield", "opener"},
        RUNG: {"concession", "risk"},
        PAIR: {"first", "second", "rate", "first_deters", "second_deters"},
    }
    copied = {
        SIDE: [*SIDE_FIELDS],
        ARM: [*ARM_FIELDS, *ARM_COUNTS],
        LAYER: [*LAYER_FIELDS, *LAYER_COUNTS],
        STEP: [*STEP_FIELDS],
        RULES: [*RULES_FIELDS],
        RUNG: [],
        PAIR: [],
    }
    for dtype, fields in copied.items():
        assert sorted([*fields, *elsewhere[dtype]]) == sorted(dtype.names or ())


# --- whole numbers ------------------------------------------------------------------------------------------------

WHOLE = {
    "arms": (*ARM_COUNTS, "launch"),
    "layers": (*LAYER_COUNTS, "channels"),
    "steps": ("raids",),
    "rules": ("waves",),
}


def test_what_the_schema_counts_is_whole_in_every_world() -> None:
    built = drawn(tiny(), "deeper_stocks")
    for name, fields in WHOLE.items():
        for field in fields:
            values = getattr(built, name)[field]
            values = values[np.isfinite(values)]
            assert np.array_equal(values, np.round(values)), field
    for deliveries in (built.arm_deliveries, built.layer_deliveries):
        assert np.array_equal(deliveries, np.round(deliveries))


def test_the_schema_and_the_arrays_agree_on_what_is_whole() -> None:
    arm, layer = "sides.south.arms.missiles.", "sides.north.shield.layers.upper."
    whole = {item.path: item.whole for item in inputs(tiny())}
    assert all(whole[arm + field] for field in (*ARM_COUNTS, "launch_limit"))
    assert not any(whole[arm + name] for name in ARM_FIELDS.values())
    assert all(whole[layer + field] for field in (*LAYER_COUNTS, "channels"))
    assert not any(whole[layer + name] for name in LAYER_FIELDS)


@pytest.mark.parametrize(("value", "rounded"), [(2.49, 2), (2.5, 3), (3.5, 4), ({"uniform": [2, 3]}, 3)])
def test_halves_are_rounded_up_also_at_the_modes(value: Any, rounded: float) -> None:
    def edit(data: dict[str, Any]) -> None:
        layer = data["sides"]["north"]["shield"]["layers"]["lower"]
        layer.update(shots=value, looks=value, stock=value, reserve=value, channels=value, production=value)
        data["sides"]["south"]["arms"]["missiles"].update(stock=value, warheads=value, production=value)
        data["sides"]["south"]["ladder"]["open_war"]["raids"] = value
        data["crisis"]["waves_per_rung"] = value

    built = edited(edit)
    layer, arm = built.layers[0, NORTH, LOWER], built.arms[0, SOUTH, 0]
    assert {float(layer[field]) for field in (*LAYER_COUNTS, "channels")} == {rounded}
    assert {float(arm[field]) for field in ARM_COUNTS} == {rounded}
    assert built.steps["raids"][0, SOUTH, OPEN_WAR] == rounded
    assert built.rules["waves"][0] == rounded


def test_decoys_and_costs_stay_as_drawn() -> None:
    assert at_modes(tiny())[0].arms["decoys"][0, SOUTH, 0] == 0.5


# --- what is left out ---------------------------------------------------------------------------------------------


def test_no_limit_is_infinite() -> None:
    endless = tiny_with(lambda data: data["sides"]["south"].update(people_at_risk=None))
    built = at_modes(endless)[0]
    assert built.sides["people"][0, SOUTH] == inf
    assert built.layers["channels"][0, NORTH, LOWER] == inf


def test_a_hit_without_a_worth_of_its_own_counts_as_its_deaths() -> None:
    built = drawn(tiny())
    assert np.array_equal(built.arms["value"][:, NORTH, 0], built.arms["deaths"][:, NORTH, 0])
    assert np.all(built.arms["value"][:, SOUTH, 0] == 4)


def test_without_a_launch_limit_everything_in_stock_can_go() -> None:
    def edit(data: dict[str, Any]) -> None:
        missiles = data["sides"]["south"]["arms"]["missiles"]
        missiles.update(launch_limit=None, stock={"low": 80, "mode": 120, "high": 200}, deliveries=[])

    built = drawn(tiny_with(edit))
    assert np.array_equal(built.arms["launch"][:, SOUTH], built.arms["stock"][:, SOUTH])


def test_without_a_launch_limit_what_is_delivered_can_go_too() -> None:
    def edit(data: dict[str, Any]) -> None:
        deliveries = [{"year": 1, "units": 10}, {"year": 2, "units": 5}]
        data["sides"]["south"]["arms"]["missiles"].update(launch_limit=None, deliveries=deliveries)

    assert edited(edit).arms["launch"][0, SOUTH, 0] == 135


def test_padding_can_do_nothing() -> None:
    built = at_modes(tiny())[0]
    assert built.arms.shape == built.layers.shape == (1, 2, 2)
    arm, layer = built.arms[0, NORTH, 1], built.layers[0, SOUTH, 1]
    assert arm["low"] > arm["high"]
    assert arm["stock"] == layer["stock"] == 0
    assert built.kill[0, SOUTH, 1].tolist() == [0, 0]


def test_a_rung_that_a_side_leaves_out_is_a_threat() -> None:
    step = at_modes(tiny())[0].steps[0, NORTH, TALKS]
    assert step["effort"] == step["cost"] == 0
    assert step["may_climb"] == step["raids"] == 1


def test_a_shield_without_layers_has_padding_only() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["sides"]["south"]["shield"]["layers"] = {}

    built = edited(edit)
    assert np.all(built.kill[:, SOUTH] == 0)
    assert np.all(built.layers["stock"][:, SOUTH] == 0)


def test_sides_without_any_layer_still_have_arrays() -> None:
    def edit(data: dict[str, Any]) -> None:
        for side in data["sides"].values():
            side["shield"]["layers"] = {}
        data["policies"] = {"as_is": {"name": "As is", "changes": {}}}
        data.update(baseline="as_is", record=None)

    assert edited(edit).layers.shape == (1, 2, 1)


def test_ones_own_layer_always_takes_part() -> None:
    built = drawn(tiny())
    own = built.layers[:, NORTH, LOWER]
    assert np.all(own["defends"] == 1)
    assert np.all(own["joins"] == 1)
    assert np.unique(built.layers["joins"][:, NORTH, UPPER]).size > 1


@pytest.mark.parametrize(("opener", "uid"), [("either", -1), ("north", 0), ("south", 1)])
def test_the_opener_is_known_by_the_address_of_its_luck(opener: str, uid: int) -> None:
    assert edited(lambda data: data["crisis"].update(opener=opener)).rules["opener"][0] == uid


def test_deliveries_arrive_in_their_year() -> None:
    def edit(data: dict[str, Any]) -> None:
        deliveries = [{"year": 2, "units": 1.5}, {"year": 2, "units": 1.5}, {"year": 1, "units": 7}]
        data["sides"]["north"]["arms"]["squadron"]["deliveries"] = deliveries

    built = edited(edit)
    assert built.arm_deliveries[0, NORTH, 0].tolist() == [7, 4]  # each rounded by itself
    assert built.arm_deliveries[0, SOUTH].tolist() == [[10, 0], [0, 0]]
    assert built.layer_deliveries[0, NORTH].tolist() == [[0, 10], [0, 0]]


# --- cost of war, yardstick, order of fire ------------------------------------------------------------------------


def test_war_itself_costs_both_sides_the_same_from_the_war_rung_up() -> None:
    def lower_war(data: dict[str, Any]) -> None:
        data["ladder"]["war"] = "border_raid"

    built = at_modes(tiny())[0]
    assert built.steps["cost"][0, :, :] == pytest.approx(np.array([[0, 0.05, 0.3], [0, 0.05, 0.3]]))
    assert edited(lower_war).steps["cost"][0] == pytest.approx(np.array([[0, 0.25, 0.3], [0, 0.25, 0.3]]))


def test_the_cost_of_war_is_one_draw_for_both() -> None:
    design = draw(tiny(), 64, seed=1)
    built = worlds(tiny().policy("as_is"), tiny().policy("no_shield"), design)[0]
    south = built.steps["cost"][:, SOUTH, OPEN_WAR] - 0.1
    assert south == pytest.approx(design.values["war_cost"])
    north = built.steps["cost"][:, NORTH, OPEN_WAR] - design.values["sides.north.ladder.open_war.cost"]
    assert north == pytest.approx(south)


def test_the_yardstick_is_the_unopposed_first_strike() -> None:
    need = at_modes(tiny())[0].needs[0, 0]
    # Aircraft fly in every raid: effort x raids x min(stock, limit); a hit is worth its one death.
    assert need[NORTH] == pytest.approx([0, 0.2 * 1 * 40 * 0.98, 0.9 * 3 * 40 * 0.98])
    # Missiles go once: effort x min(stock + first delivery, raids x limit); the last resort only in open war.
    missiles = 0.9 * 0.6 * 4
    assert need[SOUTH] == pytest.approx([0, 0.1 * 30 * missiles, 0.8 * 60 * missiles + 0.8 * 1 * 500])


def test_first_deliveries_count_as_initial_forces_and_later_ones_do_not() -> None:
    arms, steps = np.zeros((1, 1, 1), ARM), np.ones((1, 1, 1), STEP)
    arms["stock"], arms["launch"] = 3, 100
    for field in ("reliability", "threatening", "warheads", "value"):
        arms[field] = 1
    assert first_strike_hits(arms, np.array([[[[4.0, 50.0]]]]), steps)[0, 0, 0, 0] == 7


def test_salvos_of_the_yardstick_are_not_rounded() -> None:
    arms, steps = np.zeros((1, 1, 1), ARM), np.ones((1, 1, 1), STEP)
    arms["stock"], arms["launch"] = 3, 3
    for field in ("reliability", "threatening", "warheads", "value"):
        arms[field] = 1
    steps["effort"] = 0.25
    assert first_strike_hits(arms, np.zeros((1, 1, 1, 1)), steps)[0, 0, 0, 0] == 0.75


def test_the_yardstick_is_the_baselines_under_every_policy() -> None:
    def edit(data: dict[str, Any]) -> None:
        changes = {
            "sides.south.arms.missiles.stock": {"times": 3},
            "sides.south.arms.missiles.launch_limit": 400,
            "sides.south.ladder.open_war.effort": 0.1,
        }
        data["policies"]["arms_race"] = {"name": "Arms race", "changes": changes}

    scenario = tiny_with(edit)
    race, calm = drawn(scenario, "arms_race"), drawn(scenario, "no_shield")
    assert np.array_equal(race.needs, calm.needs)
    assert np.all(race.steps["effort"][:, SOUTH, OPEN_WAR] == 0.1)
    assert np.all(race.arms["launch"][:, SOUTH, 0] == 400)


def arms_of(*records: tuple[int, float, bool]) -> np.ndarray:
    """Arms of one side in one world: class, deaths per hit, whether it is an arm at all."""
    arms = np.zeros((1, 1, len(records)), ARM)
    for k, (cls, deaths, real) in enumerate(records):
        arms["cls"][0, 0, k], arms["deaths"][0, 0, k], arms["low"][0, 0, k] = cls, deaths, 0 if real else 1
    return arms


def test_classes_are_served_by_their_deadliest_arm() -> None:
    arms = arms_of((0, 1.0, True), (1, 5.0, True), (0, 9.0, True), (2, 6.0, True))
    assert serving_order(arms, 3)[0, 0].tolist() == [0, 2, 1]


def test_ties_stand_by_index_and_classes_without_arms_last() -> None:
    arms = arms_of((3, 2.0, True), (1, 2.0, True), (2, 0.0, True), (0, 99.0, False))
    assert serving_order(arms, 5)[0, 0].tolist() == [1, 3, 2, 0, 4]


def test_serving_follows_the_deaths_of_each_world() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["sides"]["south"]["arms"]["last_resort"].update({"class": "rocket", "deaths_per_hit": {"uniform": [1, 8]}})

    built = drawn(tiny_with(edit))
    rocket_first = built.arms["deaths"][:, SOUTH, 1] >= built.arms["deaths"][:, SOUTH, 0]
    assert 0 < rocket_first.sum() < rocket_first.size
    assert np.array_equal(built.serving[:, SOUTH, 0] == 0, rocket_first)


# --- policies and symmetry ----------------------------------------------------------------------------------------


def test_a_policy_scales_the_draw_that_the_others_see() -> None:
    design = draw(tiny(), 64, seed=3)
    baseline = tiny().policy("no_shield")
    deep = worlds(tiny().policy("deeper_stocks"), baseline, design)[0]
    factor = design.values["deeper_stocks: sides.north.shield.layers.*.stock"]
    upper = design.values["sides.north.shield.layers.upper.stock"]
    assert np.array_equal(deep.layers["stock"][:, NORTH, UPPER], np.floor(upper * factor + 0.5))
    lower = 20 * design.values["sides.north.shield.layers.lower.stock.times"] * factor
    assert np.array_equal(deep.layers["stock"][:, NORTH, LOWER], np.floor(lower + 0.5))
    assert np.all(deep.layers["reserve"][:, NORTH, LOWER] == 5)


def differing(one: Worlds, other: Worlds) -> set[str]:
    return {name for name in Worlds._fields if not np.array_equal(getattr(one, name), getattr(other, name))}


def test_a_policy_that_changes_nothing_builds_the_same_worlds() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["policies"]["nothing"] = {"name": "Nothing", "changes": {}}

    scenario = tiny_with(edit)
    assert differing(drawn(scenario, "nothing"), drawn(scenario, "as_is")) == set()


def test_a_policy_changes_only_what_it_says() -> None:
    as_is, shelter = drawn(tiny()), drawn(tiny(), "more_shelter")
    assert differing(as_is, shelter) == {"sides"}
    for field in SIDE.names or ():
        assert np.array_equal(as_is.sides[field], shelter.sides[field]) == (field != "coverage")
    assert differing(as_is, drawn(tiny(), "no_shield")) == {"sides", "beliefs", "layers", "layer_deliveries"}


def test_worlds_are_built_each_by_itself() -> None:
    """A world does not depend on which others are built with it."""
    many = drawn(tiny(), candidates=64, seed=5)
    alone = at_modes(tiny())[0]
    again = drawn(tiny(), candidates=64, seed=5)
    assert differing(many, again) == set()
    assert all(len(getattr(many, name)) == 64 for name in Worlds._fields)
    assert all(getattr(alone, name).shape[1:] == getattr(many, name).shape[1:] for name in Worlds._fields)


def test_listing_the_sides_the_other_way_round_mirrors_every_array() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["sides"] = dict(reversed(data["sides"].items()))
        data["pairs"][0]["sides"].reverse()

    straight, mirrored = drawn(tiny(), "deeper_stocks"), drawn(tiny_with(edit), "deeper_stocks")
    turned = mirrored._replace(
        **{name: getattr(mirrored, name)[:, ::-1] for name in BY_SIDE},
        beliefs=mirrored.beliefs[:, ::-1, ::-1],
        falls=mirrored.falls[:, :, ::-1],
        needs=mirrored.needs[:, :, ::-1],
    )
    assert differing(straight, turned) == set()
    assert mirrored.sides["uid"][0].tolist() == [1, 0]
