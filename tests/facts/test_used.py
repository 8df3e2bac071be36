"""Every figure that a bundled scenario refers to exists."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from escalade.facts import read

SCENARIOS = sorted(file.name for file in (resources.files("escalade") / "scenarios").iterdir() if ".yaml" in file.name)


def referred_to(text: str) -> set[str]:
    """Ids after ``fact:`` (as values) and after ``facts:`` (in notes, separated by commas)."""
    values = re.findall(r"\bfact:\s*([\w.]+)", text)
    notes = re.findall(r"\b[Ff]acts:\s*((?:[\w.]+\.[\w.]+[,\s]*)+)", text)
    return {name.strip(".") for name in [*values, *re.split(r"[,\s]+", " ".join(notes))] if name.strip(".")}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_fact_used_in_a_bundled_scenario_exists(name: str) -> None:
    text = (resources.files("escalade") / "scenarios" / name).read_text(encoding="utf-8")
    ids = referred_to(text)
    for fact_id in ids:
        assert read(fact_id).fact.low <= read(fact_id).fact.high


def test_ids_are_found_in_values_and_in_notes() -> None:
    text = 'x: {fact: a.b.c, note: "ISW differs (facts: d.e,\n  f.g_h.2025_06)."}\ny: {note: "Facts: i.j."}'
    assert referred_to(text) == {"a.b.c", "d.e", "f.g_h.2025_06", "i.j"}
