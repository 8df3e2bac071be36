"""What holds for every bundled scenario: complete, sourced, fit to be compared, and solvable under every policy."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises
from escalade.ensemble.build import names, worlds
from escalade.ensemble.design import draw
from escalade.ensemble.kernels import crisis_columns
from escalade.scenario import bundled_names, inputs, load_scenario
from escalade.scenario.loading import load
from escalade.scenario.summary import warnings
from tests.scenarios.reading import file, numbers, page, triple

NAMES = sorted(bundled_names())
NUMBERS = [(name, path) for name in NAMES for path, _ in numbers(file(name))]
CRISES = [(name, entry) for name in NAMES for entry in file(name)["record"]["crises"]]
PLAUSIBLE = ("war", "first_strike.", "yield.", "reach.", "stand_off")


def ident(value: Any) -> str | None:
    return value["period"] if isinstance(value, dict) else None


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_and_names_its_policies(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert {scenario.baseline, scenario.focus} <= set(scenario.policies)
    assert scenario.baseline != scenario.focus
    assert scenario.question.endswith("?")
    for policy in scenario.policies:
        assert scenario.policy(policy).policy_name == policy
        assert scenario.policies[policy].short


@pytest.mark.parametrize("name", NAMES)
def test_all_that_check_wonders_at_are_ranges_of_figures(name: str) -> None:
    assert all("enters as hard limits" in found.message for found in warnings(load(name)))


@pytest.mark.parametrize(("name", "path"), NUMBERS)
def test_every_number_has_a_source_or_a_reason(name: str, path: str) -> None:
    number = dict(numbers(file(name)))[path]
    # A figure stands alone with its own source, or beside a number with another reason, as its rival.
    assert len({"source", "assumption"} & set(number)) == (0 if set(number) == {"fact"} else 1)
    assert len(number.get("assumption", number.get("source", number.get("fact")))) > 3
    assert "source" not in number or number["url"].startswith("http")


@pytest.mark.parametrize("name", NAMES)
def test_the_loader_and_the_page_count_what_the_file_says(name: str) -> None:
    found = dict(numbers(file(name)))
    written = [item for item in inputs(load_scenario(name)) if not item.is_default]
    sourced = [path for path, number in found.items() if "assumption" not in number]
    assert len(written) == len(found)
    assert len([item for item in written if item.source]) == len(sourced)
    assert all(item.source or item.assumption for item in written)
    told = re.sub(r"\s+", " ", page(name))
    counts = re.search(r"its (\d+) numbers (\d+) rest on a published figure and (\d+) are assumptions", told)
    assert counts is not None
    assert [int(count) for count in counts.groups()] == [len(found), len(sourced), len(found) - len(sourced)]


@pytest.mark.parametrize("name", NAMES)
def test_numbers_that_are_drawn_together_are_alike(name: str) -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for _, number in numbers(file(name)):
        if "together" in number:
            groups.setdefault(number["together"], []).append(number)
    for members in groups.values():
        low, mode, high = triple(members[0])
        assert len(members) > 1
        for number in members[1:]:  # so that one uniform orders their worlds in the same way
            assert (number["mode"] - number["low"]) / (number["high"] - number["low"]) == pytest.approx(
                (mode - low) / (high - low)
            )


@pytest.mark.parametrize(("name", "crises"), CRISES, ids=ident)
def test_an_entry_of_the_record_adds_up_and_ends_before_the_event(name: str, crises: dict[str, Any]) -> None:
    first, wars = crises["first_strikes"], crises["wars"]
    assert sum(first.values()) == crises["with_any_strike"] <= crises["crises"]["reading"]
    assert sum(crises["wars_begun"].values()) == wars["reading"]
    assert wars["low"] <= wars["reading"] <= wars["high"] <= crises["crises"]["high"]
    assert crises["crises"]["low"] <= crises["crises"]["reading"] <= crises["crises"]["high"]
    begins, ends = re.fullmatch(r"(\d{4}-\d\d) to (\d{4}-\d\d)", crises["period"]).groups()  # type: ignore[union-attr]
    assert begins < ends <= str(file(name)["as_of"])[:7]
    assert len(crises["source"]) > 20
    assert crises["url"].startswith("http")
    assert len(crises["note"]) > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_gives_finite_answers_that_leave_something_open(name: str) -> None:
    """16 sets of assumptions: probabilities are probabilities, and no step is certain everywhere."""
    scenario = load_scenario(name)
    base, design = scenario.policy(scenario.baseline), draw(scenario, 16, seed=3)
    calm, labels = worlds(base, base, design)
    columns = crisis_columns(labels)
    for policy in scenario.policies:
        here, there = worlds(scenario.policy(policy), base, design)
        assert there == names(scenario)
        values = exact_crises(here, calm, np.arange(16), 13, pair=labels.focus)
        assert np.isfinite(values).all()
        found = dict(zip(columns, values.T, strict=True))
        for column in (column for column in columns if column.startswith(PLAUSIBLE)):
            assert (found[column] >= -1e-12).all()
            assert (found[column] <= 1 + 1e-12).all()
        struck = sum(found[f"first_strike.{side}"] for side in labels.matches[labels.focus])
        assert 0 < found["war"].mean() < 0.9
        assert 0.01 < struck.mean() < 0.99
