"""Variants: what they inherit, what they change, and where their problems stand."""

from pathlib import Path

import pytest

from escalade.errors import Problem, ScenarioError
from escalade.scenario import Scenario, bundled_names, canonical_yaml, inputs, load_scenario, parse_scenario
from escalade.scenario.numbers import Fixed, Pert, Times
from tests.scenario.texts import TINY, place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    return tmp_path


HEAD = "escalade: 1\nname: variant\nextends: tiny.yaml\n"


def variant(folder: Path, text: str, head: str = HEAD) -> Scenario:
    (folder / "variant.yaml").write_text(head + text, encoding="utf-8")
    return load_scenario(folder / "variant.yaml")


def wrong(folder: Path, text: str, head: str = HEAD) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        variant(folder, text, head)
    return caught.value.problems


def test_six_lines_are_a_scenario(folder: Path) -> None:
    scenario = variant(folder, "changes: {sides.north.calm: 0.5}\n")
    tiny = load_scenario(folder / "tiny.yaml")
    assert scenario.name == "variant"
    assert scenario.title == tiny.title
    assert scenario.sides["north"].calm.spec == Fixed(0.5)
    assert scenario.sides["south"] == tiny.sides["south"]
    assert scenario.policies == tiny.policies


def test_a_head_of_its_own(folder: Path) -> None:
    scenario = variant(folder, "title: Mine\nfocus: deeper_stocks\nmargin: 0.02\nyears: 3\n")
    assert (scenario.title, scenario.focus, scenario.margin, scenario.years) == ("Mine", "deeper_stocks", 0.02, 3)


def test_policies_are_added_replaced_and_taken_away(folder: Path) -> None:
    text = """\
policies:
  more_shelter: null
  as_is: {name: Renamed}
  mine: {name: Mine, changes: {sides.*.calm: 0}}
"""
    scenario = variant(folder, text)
    assert list(scenario.policies) == ["as_is", "no_shield", "deeper_stocks", "mine"]
    assert scenario.policies["as_is"].name == "Renamed"
    assert scenario.policy("mine").sides["south"].calm.spec == Fixed(0)


def test_times_and_plus_build_on_what_the_other_scenario_says_or_leaves_out(folder: Path) -> None:
    text = (
        "changes:\n  sides.north.tolerance: {times: 2}\n  sides.south.shield.layers.guns.availability: {times: 0.5}\n"
    )
    scenario = variant(folder, text)
    tolerance = scenario.sides["north"].tolerance
    assert (tolerance.low, tolerance.mode, tolerance.high) == (200, 800, 3000)
    assert scenario.sides["south"].shield.layers["guns"].availability.mode == 0.5


def test_a_star_with_a_range_is_drawn_together(folder: Path) -> None:
    text = "changes: {sides.north.shield.layers.*.stock: {times: {low: 1, mode: 2, high: 3}}}\n"
    layers = variant(folder, text).sides["north"].shield.layers
    factors = [list(layer.stock.leaves())[-1] for layer in layers.values()]
    assert {factor.spec for factor in factors} == {Pert(1, 2, 3)}
    assert len({factor.together for factor in factors}) == 1
    assert len({factor.key for factor in factors}) == 2


def test_a_star_may_be_drawn_together_with_something_else(folder: Path) -> None:
    text = (
        "changes:\n  sides.north.shield.layers.*.stock: {times: {low: 1, mode: 2, high: 3}, together: stocks}\n"
        "  sides.south.tolerance: {times: {uniform: [1, 2]}, together: stocks}\n"
    )
    sides = variant(folder, text).sides
    stocks = [layer.stock for layer in sides["north"].shield.layers.values()]
    assert {list(number.leaves())[-1].together for number in [*stocks, sides["south"].tolerance]} == {"stocks"}


def test_a_variant_may_change_what_a_policy_may_not(folder: Path) -> None:
    text = """\
changes:
  ladder.war: border_raid
  ladder.rungs.open_war.name: All-out war
  sides.south.arms.last_resort: null
  sides.north.shield.layers.third: {name: Third, order: 3, stops: {drone: 0.5}, stock: 5}
  record: null
"""
    scenario = variant(folder, text)
    assert scenario.war_rung == 1
    assert scenario.ladder.rungs[2].name == "All-out war"
    assert list(scenario.sides["south"].arms) == ["missiles"]
    assert list(scenario.sides["north"].shield.layers) == ["upper", "lower", "third"]
    assert scenario.record is None


def test_a_variant_of_a_variant(folder: Path) -> None:
    variant(folder, "changes: {sides.north.tolerance: {times: 2}}\n")
    text = "escalade: 1\nname: second\nextends: variant.yaml\nchanges: {sides.north.tolerance: {times: 3}}\n"
    (folder / "second.yaml").write_text(text, encoding="utf-8")
    scenario = load_scenario(folder / "second.yaml")
    assert scenario.sides["north"].tolerance.mode == 6 * 400
    spec = scenario.sides["north"].tolerance.spec
    assert isinstance(spec, Times)
    assert isinstance(spec.base.spec, Times)


def test_the_canonical_text_of_a_variant_stands_alone(folder: Path) -> None:
    scenario = variant(folder, "changes: {sides.north.shield.layers.*.stock: {times: {low: 1, mode: 2, high: 3}}}\n")
    alone = parse_scenario(canonical_yaml(scenario))
    assert alone == scenario
    assert [item.key for item in inputs(alone)] == [item.key for item in inputs(scenario)]


def test_a_bundled_scenario_can_be_extended_from_anywhere() -> None:
    scenario = parse_scenario("escalade: 1\nname: mine\nextends: iran-june-2025\nchanges: {war_cost: 0.1}\n")
    assert scenario.war_cost.spec == Fixed(0.1)


def test_problems_stand_where_they_were_written(folder: Path) -> None:
    text = """\
baseline: nothing
sides: {}
changes:
  sides.north.calm: 2
  sides.north.tolerance: {times: {low: -1, mode: 1, high: 2}}
  sides.south.calmm: 1
  sides.north.shield.layers.third: {name: Third, order: 3, stops: {drone: 5}, stock: 5}
policies:
  mine: {name: Mine, changes: {sides.north.calm: 3}}
"""
    found = wrong(folder, text)
    whole = HEAD + text
    expected = {
        "baseline": "baseline: |nothing",
        "sides": "|sides: {}",
        "sides.north.calm": "sides.north.calm: |2",
        "sides.north.tolerance": "sides.north.tolerance: |{times",
        "sides.south.calmm": "  |sides.south.calmm",
        "sides.north.shield.layers.third.stops.drone": "drone: |5",
        "policies.mine.changes[sides.north.calm]": "{sides.north.calm: |3",
    }
    assert {Path(problem.file).name for problem in found} == {"variant.yaml"}
    assert {problem.path: (problem.line, problem.column) for problem in found} == {
        path: place(whole, needle) for path, needle in expected.items()
    }


def test_a_problem_that_a_change_makes_elsewhere_stands_in_the_other_file(folder: Path) -> None:
    problem, another = wrong(
        folder, "changes: {ladder.war: open_war, sides.south.arms.last_resort.nuclear: false, years: 1}\n"
    )
    # The second year's delivery and limit stand in the file that is extended.
    assert [Path(each.file).name for each in (problem, another)] == ["tiny.yaml", "tiny.yaml"]
    assert "limits" in another.path
    assert (problem.line, problem.column) == place(TINY, "{year: |2, units")


def test_keys_that_a_variant_cannot_have_point_to_changes(folder: Path) -> None:
    (problem,) = wrong(folder, "war_cost: 1\n")
    assert problem.path == "war_cost"
    assert problem.message.startswith("cannot stand beside extends; allowed: escalade, name,")
    assert problem.message.endswith("to change it write its path under changes")


@pytest.mark.parametrize("changes", ["changes: 3\n", "changes: [a]\n"])
def test_changes_are_a_mapping(folder: Path, changes: str) -> None:
    (problem,) = wrong(folder, changes)
    assert problem.path == "changes"
    assert problem.message == "is not a mapping; allowed: dotted paths with their new values"


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ("iran-jun-2025", f"there is no bundled scenario 'iran-jun-2025'; allowed: {', '.join(bundled_names())}"),
        ("other.yaml", "there is no file 'other.yaml' in the same folder"),
        ("../tiny.yaml", "lies outside the scenario's folder; allowed: a file in the same folder"),
        ("/etc/passwd.yaml", "lies outside the scenario's folder"),
        ("'..\\tiny.yaml'", "lies outside the scenario's folder"),
        ("variant.yaml", "extends itself, directly or through others"),
        ("3", "is not a name; allowed: a bundled scenario"),
        ("", "is not a name"),
    ],
)
def test_what_cannot_be_extended(folder: Path, extends: str, words: str) -> None:
    head = f"escalade: 1\nname: variant\nextends: {extends}\n"
    (problem,) = wrong(folder, "", head)
    assert problem.path == "extends"
    assert problem.line == 3
    assert words in problem.message


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text(TINY, encoding="utf-8")
    (folder / "link.yaml").symlink_to(outside)
    (problem,) = wrong(folder, "", HEAD.replace("tiny.yaml", "link.yaml"))
    assert "lies outside" in problem.message


def test_circles_and_long_chains_are_refused(folder: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (folder / f"{name}.yaml").write_text(f"escalade: 1\nname: {name}\nextends: {other}.yaml\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="extends itself, directly or through others"):
        load_scenario(folder / "a.yaml")
    for number in range(12):
        text = f"escalade: 1\nname: n{number}\nextends: n{number + 1}.yaml\n"
        (folder / f"n{number}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match="extends too many others in a row; allowed: at most 8"):
        load_scenario(folder / "n0.yaml")


def test_problems_of_the_other_scenario_are_named_with_its_file(folder: Path) -> None:
    (folder / "tiny.yaml").write_text(TINY.replace("\nyears: 2\n", "\nyears: two\n"), encoding="utf-8")
    (problem,) = wrong(folder, "")
    assert Path(problem.file).name == "tiny.yaml"
    assert problem.path == "years"


def test_a_name_is_not_inherited(folder: Path) -> None:
    paths = [problem.path for problem in wrong(folder, "", "extends: tiny.yaml\n")]
    assert paths == ["escalade", "name"]
