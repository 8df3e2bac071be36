"""One crisis in words and as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escalade.crisis.courses import Step
from escalade.crisis.tree import ACCIDENT, ANSWER, CLIMB, LIGHT, STAND, THREAT, YIELD
from escalade.report.crisis import as_data, as_text, course_tree, step_words, tables
from escalade.report.tables import text
from escalade.scenario import load_scenario
from escalade.study.single import SingleCrisis, single_crisis
from tests.study.fakes import TINY

PLAIN = Step(0, STAND, 1, -1, False, False, False, 0.0, 0.5, 0.25)


@pytest.fixture(scope="module")
def single() -> SingleCrisis:
    return single_crisis(load_scenario(TINY))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "North stands down"),
        ({"action": YIELD, "share": 0.2}, "North backs down and gives up 20 % of what is at issue"),
        ({"action": CLIMB, "strike": 1, "opens": True}, "North strikes first: A raid across the border"),
        ({"action": CLIMB, "strike": 2, "rung": 2, "crosses": True}, "North climbs: Open war (war begins)"),
        ({"action": ANSWER, "strike": 1, "struck": True, "actor": 1}, "South answers: A raid across the border"),
        ({"action": ANSWER, "strike": 1}, "North strikes: A raid across the border"),
        ({"action": LIGHT, "strike": 1, "rung": 2}, "North replies lightly: A raid across the border"),
        ({"action": THREAT, "rung": 1}, "North threatens: A raid across the border"),
        ({"action": ACCIDENT, "strike": 2, "rung": 2, "opens": True}, "North strikes by accident: Open war"),
    ],
)
def test_steps_in_words(single: SingleCrisis, changes: dict[str, object], words: str) -> None:
    assert step_words(single, replace(PLAIN, **changes)) == words  # type: ignore[arg-type]


def test_every_policy_stands_in_the_tables(single: SingleCrisis) -> None:
    exact, kernel = tables(single)
    names = tuple(policy.name for policy in single.scenario.policies.values())
    assert exact.heads[1:] == kernel.heads[1:] == names
    rows = [row.cells[0] for section in exact.sections for row in section.rows]
    for name in ("war", "war begun by North", "war, misjudged", "North strikes first", "South backs down"):
        assert name in rows
    assert {
        "nobody strikes, both stand down",
        "restraint of North",
        "restraint bought by protection (number a crisis)",
    } <= set(rows)
    assert len(kernel.sections[0].rows) == 4


def test_rows_carry_the_sentences_of_the_registry(single: SingleCrisis) -> None:
    exact, _ = tables(single)
    notes = {row.note for section in exact.sections for row in section.rows}
    assert notes <= {quantity.sentence for quantity in single.quantities.values()}


def test_common_beginnings_are_told_once(single: SingleCrisis) -> None:
    tree = course_tree(single, "as_is").splitlines()
    courses = single.policies["as_is"].courses
    beginnings = {(c.opener, *c.steps[: depth + 1]) for c in courses for depth in range(len(c.steps))}
    assert sum(line.rstrip().endswith("]") for line in tree) == len(beginnings)
    assert f"These {len(courses)} courses" in " ".join(tree)


def test_no_line_is_wider_than_a_terminal(single: SingleCrisis) -> None:
    said = as_text(single, list(single.policies))
    assert max(map(len, said.splitlines())) <= 80
    assert said.endswith("Conditional on assumptions, not a forecast.")
    assert all(text(table) in said for table in tables(single))


def test_data_has_the_ids_of_the_registry(single: SingleCrisis) -> None:
    data = as_data(single)
    assert data["sides"] == ["north", "south"]
    for name, values in data["policies"].items():
        assert set(values) <= set(single.quantities)
        assert values["war"] == single.policies[name].values["war"]
        kernel = data["two_move"]["policies"][name]
        assert set(kernel) == {"strikes_first.north", "answers.south", "strikes_first.south", "answers.north"}
    step = data["courses"]["as_is"][0]["steps"][0]
    assert step["actor"] in data["sides"]
    assert step["rung"] in single.names.rungs
