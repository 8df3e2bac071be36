"""A crisis: exact values by policy, printed, shown, as a frame."""

from __future__ import annotations

import json

import pytest

import escalade


@pytest.fixture(scope="module")
def crisis() -> escalade.Crisis:
    return escalade.load("iran-june-2025").crisis(["as_was", "no_shield"])


def test_values_by_policy_and_quantity(crisis: escalade.Crisis) -> None:
    assert crisis.policies == ("as_was", "no_shield")
    values = crisis["as_was"]
    assert values["war"] == pytest.approx(values["war_by.israel"] + values["war_by.iran"])
    with pytest.raises(KeyError):
        crisis["nobody"]


def test_its_frame_says_the_same(crisis: escalade.Crisis) -> None:
    table = crisis.table()
    assert table.columns == ["quantity", "name", "unit", "as_was", "no_shield"]
    assert table.filter(quantity="war")["no_shield"].item() == crisis["no_shield"]["war"]


def test_it_prints_and_shows(crisis: escalade.Crisis) -> None:
    assert max(map(len, str(crisis).splitlines())) <= 80
    assert "likeliest courses" in str(crisis)
    assert crisis._repr_html_().count("<table") >= 2
    json.dumps(crisis.data(), allow_nan=False)


def test_unknown_policies_are_refused() -> None:
    with pytest.raises(escalade.ScenarioError, match="did you mean as_was"):
        escalade.load("iran-june-2025").crisis(["as_wass"])
