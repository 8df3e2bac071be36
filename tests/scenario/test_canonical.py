"""Canonical text: stable, whole, and read back the same."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario import bundled_names, canonical_yaml, load_scenario, parse_scenario
from escalade.scenario.canonical import canonical_data, scalar
from escalade.scenario.limits import MAX_LINE
from escalade.scenario.reading import read
from tests.scenario.texts import TINY, TINY_FILE, edited


@pytest.mark.parametrize("where", [str(TINY_FILE), *bundled_names()])
def test_it_reads_back_as_the_same_scenario(where: str) -> None:
    scenario = load_scenario(where)
    text = canonical_yaml(scenario)
    assert parse_scenario(text) == scenario
    assert canonical_yaml(parse_scenario(text)) == text
    assert max(len(line) for line in text.splitlines()) < MAX_LINE


def test_it_does_not_depend_on_layout_comments_or_spelling() -> None:
    text = edited(
        ("# A small complete", "# Another\n# small complete"),
        ("    pressure: 0.5", "    pressure: 5e-1   # half"),
        ("  precision: 20", "  precision: {value: 20.0}"),
        ("shelter: {coverage: 0.1, effect: 0.5}", "shelter:\n      effect: .5\n      coverage: .1"),
    )
    assert canonical_yaml(parse_scenario(text)) == canonical_yaml(parse_scenario(TINY))


def test_numbers_of_a_policy_are_written_in_one_way_only() -> None:
    texts = {
        canonical_yaml(parse_scenario(edited(("lower.reserve: {plus: 5}", f"lower.reserve: {{plus: {number}}}"))))
        for number in ("5", "5.0", "0.5e1")
    }
    assert len(texts) == 1
    large = parse_scenario(edited(("lower.reserve: {plus: 5}", f"lower.reserve: {{plus: {'9' * 30}}}")))
    assert parse_scenario(canonical_yaml(large)) == large


def test_it_changes_when_a_number_or_a_reason_does() -> None:
    texts = {
        canonical_yaml(parse_scenario(edited(edit)))
        for edit in [
            ("pressure: 0.5", "pressure: 0.5"),
            ("pressure: 0.5", "pressure: 0.51"),
            ("Gazette, 1", "Courier, 1"),
        ]
    }
    assert len(texts) == 3


def test_it_is_the_same_under_every_policy() -> None:
    scenario = parse_scenario(TINY)
    assert canonical_yaml(scenario.policy("no_shield")) == canonical_yaml(scenario)


def test_what_is_left_out_stays_out() -> None:
    data = canonical_data(parse_scenario(TINY))
    assert "production" not in data["sides"]["south"]["shield"]["layers"]["guns"]
    assert "talks" not in data["sides"]["north"]["ladder"]


def test_it_reads_like_a_scenario() -> None:
    text = canonical_yaml(parse_scenario(TINY))
    assert text.startswith("escalade: 1\nname: tiny\n")
    assert "    - id: border_raid\n      name: A raid across the border\n      concession: 0.2\n" in text


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=1_200)


@given(texts)
def test_any_text_reads_back(text: str) -> None:
    assert read(f"a: {scalar(text)}\n".encode(), "war.yaml").data == {"a": text}


@pytest.mark.parametrize(
    "text",
    ["", " ", "no", "true", "1e3", "012", "~", "- a", "a: b", "# a", "'", '"', "é\u2028\x85\ufeff", "😀", " a" * 600],
)
def test_treacherous_texts_read_back(text: str) -> None:
    assert read(f"a: {scalar(text)}\n".encode(), "war.yaml").data == {"a": text}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_reads_back(value: float) -> None:
    assert read(f"a: {scalar(value)}\n".encode(), "war.yaml").data == {"a": value}


@pytest.mark.parametrize("value", [None, True, False, [], {}])
def test_other_values_read_back(value: Any) -> None:
    assert read(f"a: {scalar(value)}\n".encode(), "war.yaml").data == {"a": value}


def test_random_scenarios_read_back() -> None:
    rng = random.Random(1)
    for _ in range(40):
        numbers = [f"{rng.uniform(0, 1):.17g}" for _ in range(3)]
        low, mode, high = sorted(numbers, key=float)
        scenario = parse_scenario(edited(("    calm: 0.2", f"    calm: {{low: {low}, mode: {mode}, high: {high}}}")))
        assert parse_scenario(canonical_yaml(scenario)) == scenario
