"""Every check across fields, with its place and its words."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario.checks import findings
from escalade.scenario.reading import read
from tests.scenario.texts import Case, edited, named, only_problem, place, problems


@named("checks")
def test_a_check_has_its_place_and_its_words(case: Case) -> None:
    problem = only_problem(case.text)
    assert problem.path == case.path
    assert (problem.line, problem.column) == place(case.text, case.at)
    assert case.says is None or problem.message == case.says


def test_a_rung_given_twice() -> None:
    text = edited(("id: border_raid, name", "id: talks, name"))
    found = [problem for problem in problems(text) if problem.path == "ladder.rungs[1].id"]
    assert [problem.message for problem in found] == ["'talks' is given twice; allowed: each rung once"]
    assert (found[0].line, found[0].column) == place(text, "{id: |talks, name: A raid")


def test_an_outcome_proposes_near_ones() -> None:
    problem = only_problem(edited(("headline: war", "headline: yield.nroth")))
    assert problem.message.endswith("did you mean yield.north?")
    assert "stock_end" not in problem.message  # not an outcome of a crisis


def test_what_is_unknown_is_no_contradiction() -> None:
    text = edited(
        ("wars_begun: {north: 1, south: 0}", "wars_begun: {north: 1, south: null}"),
        ("with_any_strike: 6", "with_any_strike: null"),
    )
    assert not list(findings(read(text.encode(), "war.yaml").data))


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = edited(
        ("baseline: no_shield", "baseline: nothing"),
        ("    pressure: 0.5", "    presure: 0.5"),
        ("order: 2", "order: 1"),
        ("reliability: 0.9\n", "reliability: .nan\n"),
        ("coverage: 0.9", "coverage: 9"),
    )
    found = problems(text)
    assert [problem.path for problem in found] == [
        "baseline",
        "sides.north.presure",
        "sides.north.shield.layers.lower.order",
        "sides.south.arms.missiles.reliability",
        "policies.more_shelter.changes[sides.north.shelter.coverage]",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


simple = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["north", "talks", "either", "x"])
keys = st.sampled_from(
    [
        "sides",
        "ladder",
        "rungs",
        "id",
        "arms",
        "from",
        "to",
        "record",
        "crises",
        "pairs",
        "policies",
        "shield",
        "layers",
        "order",
        "years",
        "deliveries",
        "year",
        "reading",
        "wars",
        "commitment",
        "reusable",
        "warheads",
        "headline",
    ]
)
trees = st.recursive(
    simple, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5), max_leaves=30
)


@given(trees)
def test_checks_bear_data_of_any_shape(data: Any) -> None:
    for finding in findings(data):
        assert finding.message
