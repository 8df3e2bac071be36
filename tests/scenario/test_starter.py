"""The first text of a variant."""

import pytest

from escalade.scenario import parse_scenario
from escalade.scenario.loading import load_scenario
from escalade.scenario.sources import bundled_names
from escalade.scenario.starter import slug, starter
from tests.scenario.texts import TINY, edited


@pytest.mark.parametrize("name", bundled_names())
def test_it_is_a_right_variant_of_every_bundled_scenario(name: str) -> None:
    base = load_scenario(name)
    text = starter(base, name, "mine")
    scenario = parse_scenario(text)
    assert scenario.name == scenario.focus.replace("my_policy", "mine")
    assert set(scenario.policies) == {*base.policies, "my_policy"}
    assert scenario.sides == base.sides | scenario.sides
    assert max(len(line) for line in text.splitlines()) <= 80


def test_it_is_short() -> None:
    lines = starter(parse_scenario(TINY), "tiny.yaml", "mine").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 15


def test_a_scenario_without_interceptors_gets_arms_to_change() -> None:
    text = edited()
    for stock in ('stock: {low: 20, mode: 30, high: 50, assumption: "Invented."}', "stock: 40"):
        text = text.replace(stock, "stock: 0")
    text = text.replace(
        'stock: {of: 20, times: {low: 1, mode: 2, high: 4, assumption: "Twenty a battery, two batteries or so."}}',
        "stock: 0",
    )
    assert "sides.north.arms.*.stock: {times: 1.5}" in starter(parse_scenario(text), "tiny.yaml", "mine")


def test_a_certain_number_is_restated_as_one() -> None:
    text = edited(('tolerance: {low: 100, mode: 400, high: 1500, assumption: "Invented."}', "tolerance: 400"))
    assert "{value: 400, assumption:" in starter(parse_scenario(text), "tiny.yaml", "mine")


@pytest.mark.parametrize(
    ("text", "name"), [("My Case!", "my-case"), ("iran-2027", "iran-2027"), ("é", "my-case"), ("a" * 200, "a" * 80)]
)
def test_names_are_made_of_small_letters(text: str, name: str) -> None:
    assert slug(text) == name
