"""Policies: what they change, what they share, and what they may not touch."""

import pytest

from escalade.errors import ScenarioError
from escalade.scenario import inputs, parse_scenario
from escalade.scenario.numbers import Fixed, Plus, Times
from tests.scenario.texts import TINY, Case, edited, named, only_problem, place, problems

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
    with pytest.raises(ScenarioError, match=r"there is no policy 'no_sheild'; allowed: .*; did you mean no_shield\?"):
        TINY_SCENARIO.policy("no_sheild")


OLD = "      sides.north.shelter.coverage: 0.9"
ABOVE = "policies.more_shelter.changes"


@named("policies")
def test_a_wrong_change_has_its_place_and_its_words(case: Case) -> None:
    text = edited((OLD, f"      {case.change}"))
    problem = only_problem(text)
    line, column = place(text, f"      |{case.change}")
    assert problem.path == case.path
    assert (problem.line, problem.column) == (line, column + place(case.change, case.at)[1] - 1)
    assert case.says is None or problem.message == case.says


def test_changes_are_checked_even_where_the_scenario_is_wrong_elsewhere() -> None:
    found = problems(
        edited(("years: 2", "years: two"), (OLD, "      sides.north.sheltr.coverage: 0.9\n      sides.north.calm: 7"))
    )
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
