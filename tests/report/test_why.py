"""Reasons as people read them: the sentence, parts that add up as printed, tables of 80 columns, JSON."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.why import PARTS, REASONS, Combinations, explain
from escalade.report.tables import WIDTH, text
from escalade.report.why import NOTHING, Decimals, as_json, sentence, tables
from tests.analysis.cases import CRISIS_COLUMNS, QUANTITIES

NAMES = {"shield": "A shield with a very long name indeed", "none": "No shield at all, as it was long ago"}


def explained(effects, other=0.0, name="war", base=0.2):
    """Reasons that add up, from what each of them adds."""
    bits = np.arange(2 ** len(REASONS))
    combined = np.full((2, 2 ** len(REASONS), len(CRISIS_COLUMNS)), base + other)
    for bit, size in enumerate(effects):
        combined[:, :, CRISIS_COLUMNS.index(name)] += size * (bits >> bit & 1)
    baseline = np.full((2, len(CRISIS_COLUMNS)), base)
    found = Combinations(CRISIS_COLUMNS, np.array([3, 8]), np.array([1, 2]), combined, baseline)
    return explain(found, QUANTITIES[name], policy="shield", baseline="none")


def test_the_sentence_of_the_design():
    why = explained([-0.04, 0.07, 0.01, 0.0, 0.0])
    assert sentence(why) == (
        "striking feels safer (impunity) +7.0, attack pays less (denial) -4.0, quiet nights (restraint) +1.0 "
        "= +4.0 in 100 crises"
    )


def test_large_and_small_effects_keep_two_digits():
    assert sentence(explained([0.0, 0.31, 0.0, 0.0, 0.0])) == "striking feels safer (impunity) +31 = +31 in 100 crises"
    assert sentence(explained([0.0, 0.0, 0.0, 0.00031, 0.0])).startswith("own means survive (survival) +0.031 =")
    dead = explained([0.0, 0.0, 0.0, -12.0, 0.0], other=-300.0, name="deaths.a")
    assert sentence(dead) == (
        "all else (leash, other changes) -300, own means survive (survival) -12 = -312 people per crisis"
    )


def test_nothing_to_explain():
    assert sentence(explained([0.0] * 5)) == NOTHING


@given(
    st.lists(st.floats(-1.0, 1.0), min_size=6, max_size=6),
    st.integers(0, 4),
)
def test_printed_parts_add_up_as_printed(values, digits):
    form = Decimals(100.0, digits, "")
    written, total = form.adding_up(values)
    steps = [round(float(text.replace(",", "")) * 10**digits) for text in [*written, total]]
    assert sum(steps[:-1]) == steps[-1]
    for value, step in zip(values, steps, strict=False):
        assert abs(step - value * 100 * 10**digits) < 1 + 1e-6
    assert all(text == "0" for value, text in zip(values, written, strict=True) if value == 0.0)


def test_tables_fit_a_terminal_and_show_every_part():
    why = explained([-0.04, 0.07, 0.01, 0.0, 0.0], other=0.002)
    made = tables(why, NAMES)
    assert len(made) == 1  # reasons that add up do nothing together
    lines = text(made[0]).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert all(any(name in line for line in lines) for name in REASONS)
    assert any(line.split()[:2] == ["together", "+4.2"] for line in lines)


def test_pairs_stand_by_size():
    why = replace(explained([0.01] * 5), together={("denial", "impunity"): 0.001, ("denial", "survival"): -0.02})
    rows = [row.cells for row in tables(why, NAMES)[1].sections[0].rows]
    assert rows == [("denial and survival", "-2.0"), ("denial and impunity", "+0.1")]


@pytest.mark.parametrize("other", [0.0, 0.03])
def test_json_adds_up(other):
    data = json.loads(json.dumps(as_json(explained([-0.04, 0.07, 0.01, 0.0, 0.0], other=other)), allow_nan=False))
    assert list(data["parts"]) == list(PARTS)
    assert sum(part["mean"] for part in data["parts"].values()) == pytest.approx(data["effect"], abs=1e-12)
    assert data["parts"]["other"]["alone"] is None
    assert len(data["together"]) == 10
    assert data["worlds"] == 3
