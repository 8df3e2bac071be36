"""Figures in words: 80 columns, one unit said once, nothing left out."""

from __future__ import annotations

import dataclasses
import json

import pytest

from escalade import facts
from escalade.facts.library import all_statements
from escalade.report.facts import as_data, as_text, contents, date_words, rival_words, value_words
from escalade.scenario.rivals import RivalSources

FIGURES, STATEMENTS = facts.all_facts(), all_statements()


def narrow(text: str) -> bool:
    """Whether every line fits 80 columns, or is an address."""
    return all(len(line) <= 80 or line.strip().startswith("http") for line in text.splitlines())


@pytest.mark.parametrize("full", [False, True])
def test_the_whole_library_fits_eighty_columns(full: bool) -> None:
    text = as_text(FIGURES, STATEMENTS, full)
    assert narrow(text)
    assert f"{len(FIGURES) + len(STATEMENTS)} entries." in text


def test_in_full_every_id_source_and_address_is_shown() -> None:
    lines = as_text(FIGURES, STATEMENTS, full=True).splitlines()
    stripped = {line.strip() for line in lines}
    assert {entry.id for entry in (*FIGURES, *STATEMENTS)} <= stripped
    assert {entry.url for entry in (*FIGURES, *STATEMENTS) if entry.url} <= stripped


def test_figures_of_one_quantity_stand_under_one_head() -> None:
    text = as_text(facts.group("iron_dome.reported_intercept_rate"), ())
    assert text.startswith("Iron Dome: reported intercept rate, of rockets engaged; 5 figures, 75 to 95 %\n")
    assert text.count("[iron_dome.reported_intercept_rate]") == 1
    values = [line.split("  ")[1] for line in text.splitlines() if line.startswith("  ") and "%" in line[:8]]
    assert values == ["75 %", "86 % (84 to 90 %)", "91 % (90 to 92 %)", "90 %", "95 %"]


def test_a_few_figures_are_told_in_full() -> None:
    text = as_text(facts.group("thaad.unit_cost.2025"), ())
    assert "thaad.unit_cost.2025" in text
    assert "Source: US spent billions on missiles defending Israel." in text
    assert "https://san.com" in text
    assert "--full" not in text


def figure(**changes: object) -> facts.Fact:
    return dataclasses.replace(facts.get("thaad.unit_cost.2025"), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "mode", "high", "unit", "words"),
    [
        (0.84, 0.86, 0.9, "fraction", "86 % (84 to 90 %)"),
        (0.86, 0.86, 0.86, "probability", "86 %"),
        (11e6, 12e6, 13e6, "USD", "12 m (11 to 13 m)"),
        (0.5e9, 1e9, 3.6e12, "USD", "1 bn (500 m to 3600 bn)"),
        (40_000, 40_000, 40_000, "USD", "40,000"),
        (1, 1, 1, "yes or no", "yes"),
        (0, 0, 0, "yes or no", "no"),
        (1, 1.5, 2, "interceptors per engagement", "1.5 (1 to 2)"),
    ],
)
def test_values_in_words(low: float, mode: float, high: float, unit: str, words: str) -> None:
    assert value_words(figure(low=low, mode=mode, high=high, unit=unit)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [("2025-06-24", "24 June 2025"), ("2025-06", "June 2025"), ("2025", "2025"), ("2012 to 2014", "2012 to 2014")],
)
def test_dates_in_words(day: str, words: str) -> None:
    assert date_words(day) == words


def test_the_contents_list_every_system_once() -> None:
    text = contents()
    assert narrow(text)
    for system in facts.all_systems():
        assert sum(line.split()[1:2] == [system] for line in text.splitlines()) == 1


def test_data_are_plain_json_and_whole() -> None:
    data = json.loads(json.dumps(as_data(FIGURES, STATEMENTS), allow_nan=False))
    assert [facts.Fact(**entry) for entry in data["figures"]] == list(FIGURES)
    assert {entry["id"] for entry in data["statements"]} == {said.id for said in STATEMENTS}
    assert data["systems"]["iron_dome"] == "Iron Dome"


@pytest.mark.parametrize(
    ("facts_from", "having", "words"),
    [
        ("all", 0, "all; no input names figures of the library, so that no reading changes any"),
        (
            "all",
            8,
            "all; 8 inputs name figures of the library: official ones alone would re-draw 1, independent ones alone 2",
        ),
        (
            "independent",
            8,
            "independent ones alone; 8 inputs name figures of the library: 2 re-drawn from those of this kind, 6 "
            "without any, which keep what they had",
        ),
    ],
)
def test_whom_a_scenario_believes_in_words(facts_from: str, having: int, words: str) -> None:
    assert rival_words(RivalSources(facts_from, having, {"official": 1, "independent": 2})) == words
