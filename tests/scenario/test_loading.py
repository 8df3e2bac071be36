"""Loading: whole scenarios, plain data, and thousands of broken files."""

import json
import random
import re
import time
from collections.abc import Callable
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalade.errors import ScenarioError
from escalade.scenario import Scenario, bundled_names, canonical_yaml, inputs, load, load_scenario, parse_scenario
from escalade.scenario.canonical import canonical_data
from escalade.scenario.loading import MAX_PROBLEMS, scenario_from_data
from tests.scenario.texts import TINY, TINY_FILE, edited, only_problem, problems


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
        parse_scenario(edited(("facts_from: all", f"facts_from: {reading}"), ("fact: thaad.unit_cost", f"fact: {GROUP}")))
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
    assert str(problem) == (
        "war.yaml:1:1  is not a scenario; allowed: a mapping of keys to values, escalade: 1 first"
    )


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


# --- Broken files: always a clean error, or a scenario that is right.

Mutation = Callable[[random.Random, str], str]
SCRAPS = [
    "", " ", "\n", "\t", ":", ": ", "-", "- ", "[", "]", "{", "}", ",", '"', "'", "#", "&a ", "*a", "!t ", "<<: ", "|", ">", "%", "?",
    "~", "null", "true", "no", "1e3", "012", "1e999", ".nan", "-.inf", "-1", "0", "0.5", "2", "9" * 30, "1_000", "80 %", "\x00",
    "\x1b[0m", "\x85", "\u2028", "\ufeff", "é", "²", "😀", "---\n", "...\n", "\r", "low", "mode", "times", "plus", "of", "together: x",
    "fact: iron_dome", "extends: iran-june-2025\n", "extends: tiny.yaml\n", "changes: {years: 3}\n", "sides", "*", ".", "..", "[0]",
    "{times: 2}", "{plus: {low: 0, mode: 1, high: 2}}", "{low: 0, mode: 1, high: 2}", "{uniform: [0, 1]}", "{one_of: [1]}", "north",
]  # fmt: skip


def cut(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    return text[:start] + text[start + rng.randrange(1, 80) :]


def insert(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    return text[:start] + rng.choice(SCRAPS) + text[start:]


def flip(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    return text[:start] + chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x110000)])) + text[start + 1 :]


def swap_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def drop_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def repeat_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "\n".join(lines)


def indent_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    lines[number] = " " * rng.randrange(4) + lines[number].lstrip()
    return "\n".join(lines)


def change_value(rng: random.Random, text: str) -> str:
    values = list(re.finditer(r"(?<=: )[^ ,{}\[\]\n]+", text))
    chosen = rng.choice(values)
    return text[: chosen.start()] + rng.choice([*SCRAPS, rng.choice(values).group()]) + text[chosen.end() :]


def change_key(rng: random.Random, text: str) -> str:
    found = list(re.finditer(r"[a-z_]+(?=:)", text))
    chosen = rng.choice(found)
    return text[: chosen.start()] + rng.choice(found).group() + text[chosen.end() :]


MUTATIONS: list[Mutation] = [
    cut, insert, flip, swap_lines, drop_line, repeat_line, indent_line, change_value, change_value, change_key, change_key
]  # fmt: skip


def outcome(text: str) -> Scenario | None:
    """The scenario, or nothing if it is refused properly; any other exception is a failure of the test."""
    try:
        scenario = parse_scenario(text.encode("utf-8", errors="surrogatepass"))
    except ScenarioError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.message
            assert "Traceback" not in problem.message
            # Nothing from the file moves the cursor or rings the bell.
            assert str(problem).isprintable()
        return None
    return scenario


def use(scenario: Scenario) -> None:
    """What a command does with a scenario that was accepted."""
    assert parse_scenario(canonical_yaml(scenario)) == scenario
    for item in inputs(scenario):
        assert item.spec.low <= item.spec.mode <= item.spec.high


SEEDS = {"tiny": TINY, "variant": "escalade: 1\nname: v\nextends: iran-june-2025\nfocus: mine\nchanges:\n  sides.israel.calm: 0.5\n  sides.*.shield.layers.*.stock: {times: {low: 1, mode: 2, high: 3}}\npolicies:\n  mine:\n    name: Mine\n    changes:\n      sides.iran.arms.mrbm.stock: {plus: 10}\n      war_cost: {uniform: [0, 1]}\n"}  # fmt: skip


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize(("name", "count"), [("tiny", 300), ("variant", 200)])
def test_thousands_of_broken_files_give_a_clean_error_or_a_right_scenario(name: str, count: int, part: int) -> None:
    rng = random.Random(part)
    accepted = 0
    for _ in range(count):
        text = SEEDS[name]
        for _ in range(rng.choice([1, 1, 2, 4])):
            text = rng.choice(MUTATIONS)(rng, text)
        scenario = outcome(text)
        if scenario is not None:
            accepted += 1
            if accepted % 10 == 0:
                use(scenario)
    # Both ends are met: most mutations break something, comments and spaces do not.
    assert 0 < accepted < count


def test_hundreds_of_broken_bundled_files_too() -> None:
    rng = random.Random(13)
    for name in bundled_names():
        seed = (resources.files("escalade") / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        for _ in range(60):
            outcome(rng.choice(MUTATIONS)(rng, seed))


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_refused_properly(text: str) -> None:
    assert outcome(text) is None


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_properly(content: bytes) -> None:
    with pytest.raises(ScenarioError):
        parse_scenario(content)
