"""Policies: what they change, what they share, and what they may not touch."""

import pytest

from escalade.errors import ScenarioError
from escalade.scenario import inputs, parse_scenario
from escalade.scenario.numbers import Fixed, Plus, Times
from tests.scenario.texts import TINY, edited, only_problem, place

TINY_SCENARIO = parse_scenario(TINY)


def test_a_policy_replaces_values() -> None:
    under = TINY_SCENARIO.policy("no_shield")
    north = under.sides["north"]
    assert {layer.stock.spec for layer in north.shield.layers.values()} == {Fixed(0)}
    assert north.shield.believes.spec == Fixed(0.9)
    assert north.shield.layers["upper"].deliveries == ()
    assert under.sides["south"] == TINY_SCENARIO.sides["south"]


def test_a_policy_that_changes_nothing_is_the_scenario_itself() -> None:
    under = TINY_SCENARIO.policy("as_is")
    assert under.policy_name == "as_is"
    assert under.base is TINY_SCENARIO
    assert under.sides == TINY_SCENARIO.sides
    assert TINY_SCENARIO.policy_name is None


def test_times_and_plus_keep_the_scenarios_own_draw() -> None:
    layers = TINY_SCENARIO.policy("deeper_stocks").sides["north"].shield.layers
    stock = layers["upper"].stock.spec
    assert isinstance(stock, Times)
    assert stock.base.key == "sides.north.shield.layers.upper.stock"
    assert stock.factor.key == "deeper_stocks: sides.north.shield.layers.*.stock"
    assert stock.factor.assumption == "Twice, more or less."
    reserve = layers["lower"].reserve.spec
    assert isinstance(reserve, Plus)
    assert reserve.term.key == "deeper_stocks: sides.north.shield.layers.lower.reserve"


def test_a_star_is_one_draw_for_all_places() -> None:
    layers = TINY_SCENARIO.policy("deeper_stocks").sides["north"].shield.layers
    factors = {list(layer.stock.leaves())[-1].key for layer in layers.values()}
    assert factors == {"deeper_stocks: sides.north.shield.layers.*.stock"}
    # The product that the scenario itself writes keeps its two inputs under every policy.
    assert [leaf.key for leaf in layers["lower"].stock.leaves()][:2] == [
        "sides.north.shield.layers.lower.stock.of",
        "sides.north.shield.layers.lower.stock.times",
    ]


def test_numbers_that_a_policy_leaves_alone_keep_their_keys() -> None:
    base = {leaf.key for leaf in TINY_SCENARIO.sides["south"].arms["missiles"].stock.leaves()}
    for name in TINY_SCENARIO.policies:
        assert {leaf.key for leaf in TINY_SCENARIO.policy(name).sides["south"].arms["missiles"].stock.leaves()} == base


def test_one_policy_after_another_is_the_other() -> None:
    assert TINY_SCENARIO.policy("no_shield").policy("deeper_stocks") == TINY_SCENARIO.policy("deeper_stocks")


def test_the_order_and_number_of_policies_change_no_other_number() -> None:
    fewer = TINY[: TINY.index("  more_shelter:")]
    keys = {item.key: item.spec for item in inputs(parse_scenario(fewer))}
    assert keys.items() <= {item.key: item.spec for item in inputs(TINY_SCENARIO)}.items()


def test_an_unknown_policy_names_the_others() -> None:
    with pytest.raises(ScenarioError, match="there is no policy 'no_sheild'; allowed: as_is, no_shield, .*did you mean no_shield"):
        TINY_SCENARIO.policy("no_sheild")


OLD = "      sides.north.shelter.coverage: 0.9"
ABOVE = "policies.more_shelter.changes"
CASES = [
    # name, the change, path, column of the value (key if None), message
    ("unknown part", "sides.north.sheltr.coverage: 0.9", "sides.north.sheltr.coverage", False, "there is no 'sheltr' in sides.north; allowed: name, people, tolerance, affront, pressure, calm, leash, first_strike_cost, people_at_risk, conviction, saturation_neglect, shelter and 3 more; did you mean shelter?"),
    ("unknown layer", "sides.north.shield.layers.lowr.stock: 1", "sides.north.shield.layers.lowr.stock", False, "there is no 'lowr' in sides.north.shield.layers; allowed: upper, lower; did you mean lower?"),
    ("unknown side", "sides.nroth.calm: 1", "sides.nroth.calm", False, "there is no 'nroth' in sides; allowed: north, south; did you mean north?"),
    ("class that the layer does not stop", "sides.north.shield.layers.upper.stops.drone: 0.5", "sides.north.shield.layers.upper.stops.drone", False, "there is no 'drone' in sides.north.shield.layers.upper.stops; allowed: ballistic"),
    ("not a path", "sides..calm: 1", "sides..calm", False, "is not a path; allowed: names joined by dots, as in sides.SIDE.tolerance"),
    ("years", "years: 3", "years", False, "a policy cannot change 'years'; allowed: sides, crisis, ladder, pairs, war_cost"),
    ("war rung", "ladder.war: border_raid", "ladder.war", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("name of a rung", "ladder.rungs.talks.name: Chats", "ladder.rungs.talks.name", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("all arms", "sides.north.arms: {}", "sides.north.arms", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("a whole layer", "sides.north.shield.layers.upper: {}", "sides.north.shield.layers.upper", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("class of an arm", "sides.north.arms.squadron.class: drone", "sides.north.arms.squadron.class", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("sides of a pair", "pairs.0.sides: [south, north]", "pairs.0.sides", False, "a policy cannot change this: it is part of what the scenario is about"),
    ("value outside", "sides.north.shelter.coverage: 1.5", "sides.north.shelter.coverage", True, "is 1.5; allowed: 0 to 1"),
    ("end of a range outside", "sides.north.calm: {low: 0, mode: 1, high: 2}", "sides.north.calm].high", "high: |2}", "can be 2; allowed: 0 to 1"),
    ("text for a number", "sides.north.calm: much", "sides.north.calm", True, None),
    ("times a text", "sides.north.calm: {times: much}", "sides.north.calm].times", "times: |much", None),
    ("times of a switch", "crisis.light_replies: {times: 2}", "crisis.light_replies", False, "is not a number, so it cannot be changed by times"),
    ("times of nothing", "sides.north.arms.squadron.value_per_hit: {times: 2}", "sides.north.arms.squadron.value_per_hit", False, "there is no number to change by times"),
    ("product outside", "sides.north.shelter.coverage: {times: 3}", "sides.north.shelter.coverage", True, "is 1.5; allowed: 0 to 1"),
    ("product outside at one place", "sides.*.shelter.coverage: {times: {low: 1, mode: 1, high: 3}}", "sides.*.shelter.coverage", True, "can be 1.5; allowed: 0 to 1 (for sides.north.shelter.coverage)"),
    ("sum below nothing", "sides.south.shield.layers.guns.stock: {plus: -50}", "sides.south.shield.layers.guns.stock", True, "is -10; allowed: at least 0"),
    ("delivery after the end", "sides.north.shield.layers.lower.deliveries: [{year: 9, units: 1}]", "sides.north.shield.layers.lower.deliveries][0].year", "{year: |9", "is 9, after the period ends; allowed: 1 to 2"),
    ("unknown opener", "crisis.opener: west", "crisis.opener", True, "there is no side 'west'; allowed: either, north, south"),
    ("unknown key of a part", "sides.north.shelter: {coverage: 0.5, efect: 1}", "sides.north.shelter].efect", "|efect", "is not a known key; allowed: coverage, effect; did you mean effect?"),
    ("star for a field", "sides.north.*: 1", "sides.north.*", False, None),
]  # fmt: skip


@pytest.mark.parametrize(("change", "inside", "where", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_wrong_change_has_its_place_and_its_words(
    change: str, inside: str, where: bool | str, message: str | None
) -> None:
    text = edited((OLD, f"      {change}"))
    problem = only_problem(text)
    path = f"{ABOVE}[{inside}" if "]" in inside else f"{ABOVE}[{inside}]"
    assert problem.path == (f"{ABOVE}.{inside}" if inside.isidentifier() else path)
    key = change[: change.index(": ") + 2]
    needle = where if isinstance(where, str) else f"{key}|{change[len(key) :]}" if where else f"|{change}"
    line, column = place(text, f"      {change}")
    assert (problem.line, problem.column) == (line, column + 6 + (change.index(needle.replace("|", "")) + needle.index("|")))
    assert message is None or problem.message == message


def test_changes_are_checked_even_where_the_scenario_is_wrong_elsewhere() -> None:
    from tests.scenario.texts import problems

    found = problems(edited(("years: 2", "years: two"), (OLD, "      sides.north.sheltr.coverage: 0.9\n      sides.north.calm: 7")))
    assert [problem.path.partition("[")[0] for problem in found] == ["years", ABOVE, ABOVE]


def test_a_rung_that_a_side_leaves_out_can_be_changed() -> None:
    text = edited((OLD, "      sides.north.ladder.talks.cost: 0.1"))
    step = parse_scenario(text).policy("more_shelter").sides["north"].step("talks")
    assert step.cost.spec == Fixed(0.1)


def test_stars_pass_over_places_that_lack_the_part() -> None:
    text = edited((OLD, "      sides.north.shield.layers.*.stops.aircraft: 0.2"))
    layers = parse_scenario(text).policy("more_shelter").sides["north"].shield.layers
    assert layers["lower"].stops["aircraft"].spec == Fixed(0.2)
    assert "aircraft" not in layers["upper"].stops
