"""Loading: whole scenarios, plain data, and thousands of broken files."""

import json
import random
import time
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.errors import ScenarioError
from escalade.scenario import Scenario, bundled_names, load, load_scenario, parse_scenario
from escalade.scenario.canonical import canonical_data
from escalade.scenario.loading import MAX_PROBLEMS, scenario_from_data
from tests.scenario.texts import TINY, TINY_FILE, edited, only_problem, problems
from verification.fuzz.mutations import broken
from verification.fuzz.targets import CORPUS, in_order, scenario_of


def test_a_scenario_is_loaded_with_its_document() -> None:
    loaded = load(TINY_FILE)
    assert loaded.scenario == load_scenario(str(TINY_FILE))
    assert loaded.document.where(("years",)).line == TINY[: TINY.index("\nyears:")].count("\n") + 2


def test_a_rung_that_a_side_leaves_out_is_a_threat() -> None:
    scenario = parse_scenario(TINY)
    for side in scenario.sides.values():
        assert list(side.ladder) == list(scenario.rung_ids)
    talks = scenario.sides["north"].ladder["talks"]
    assert talks.effort.mode == talks.cost.mode == 0
    assert scenario.war_rung == 2


def test_facts_from_reaches_the_numbers() -> None:
    official, independent = (
        parse_scenario(
            edited(("facts_from: all", f"facts_from: {reading}"), ("fact: thaad.unit_cost", f"fact: {GROUP}"))
        )
        for reading in ("official", "independent")
    )
    costs = [each.sides["north"].shield.layers["upper"].unit_cost for each in (official, independent)]
    assert costs[0] != costs[1]


GROUP = "iran_april_2024.ballistic_launched"


def test_json_is_checked_by_the_same_rules() -> None:
    data = json.loads(json.dumps(canonical_data(parse_scenario(TINY))))
    assert scenario_from_data(data) == parse_scenario(TINY)
    del data["sides"]["north"]["tolerance"]
    data["baseline"] = "nothing"
    with pytest.raises(ScenarioError) as caught:
        scenario_from_data(data)
    assert {problem.path for problem in caught.value.problems} == {"baseline", "sides.north.tolerance"}


@pytest.mark.parametrize("data", [None, 3, "war", [], {}, {"sides": []}, {"policies": {"a": {"changes": {"b": 1}}}}])
def test_data_of_any_shape_is_refused_with_paths(data: object) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_from_data(data)
    assert caught.value.problems


def test_a_file_that_is_no_scenario_says_what_one_is() -> None:
    problem = only_problem("- a\n- b\n")
    assert str(problem) == ("war.yaml:1:1  is not a scenario; allowed: a mapping of keys to values, escalade: 1 first")


def test_a_hopeless_file_is_cut_short() -> None:
    text = TINY + "".join(f"unknown_{number}: 1\n" for number in range(300))
    found = problems(text)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].message == "and 200 more problems"


def test_nothing_is_said_twice_about_one_place() -> None:
    problem = only_problem(edited(("reliability: 0.9\n", "reliability: .inf\n")))
    assert problem.message == ".inf is not a finite number; allowed: finite numbers"


def test_a_scenario_is_frozen() -> None:
    scenario = parse_scenario(TINY)
    with pytest.raises(Exception, match="frozen"):
        scenario.years = 3  # type: ignore[misc]


def test_loading_is_quick_enough_to_be_done_at_will() -> None:
    start = time.perf_counter()
    load_scenario("iran-june-2025")
    assert time.perf_counter() - start < 5  # takes a tenth of a second


# Broken files: always a clean error, or a scenario that is right.


def outcome(text: str) -> Scenario | None:
    """The scenario, or nothing if it is refused properly; any other exception is a failure of the test."""
    return scenario_of(text.encode("utf-8", errors="surrogatepass"))


VARIANT = (CORPUS / "scenario" / "variant.yaml").read_text(encoding="utf-8")
SEEDS = {"tiny": TINY, "variant": VARIANT}


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize(("name", "count"), [("tiny", 300), ("variant", 200)])
def test_thousands_of_broken_files_give_a_clean_error_or_a_right_scenario(name: str, count: int, part: int) -> None:
    rng = random.Random(part)
    accepted = 0
    for _ in range(count):
        scenario = outcome(broken(rng, SEEDS[name], rng.choice([1, 1, 2, 4])))
        if scenario is not None:
            accepted += 1
            if accepted % 10 == 0:
                in_order(scenario)
    # Both ends are met: most mutations break something, comments and spaces do not.
    assert 0 < accepted < count


def test_broken_bundled_files_too() -> None:
    rng = random.Random(13)
    for name in bundled_names():
        seed = (resources.files("escalade") / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        for _ in range(20):
            outcome(broken(rng, seed))


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_refused_properly(text: str) -> None:
    assert outcome(text) is None


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_properly(content: bytes) -> None:
    with pytest.raises(ScenarioError):
        parse_scenario(content)
