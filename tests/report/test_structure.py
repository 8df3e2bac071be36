"""Words and table of the structures: golden sentences, a table of 80 columns, JSON that says the same."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from escalade.analysis.structure import Case, Structure, judged
from escalade.report.structure import as_json, as_text, sentence, table
from escalade.scenario import load_scenario
from tests.analysis.test_structure import BOTH, CLOSE, DOWN, UP, WAR
from tests.analysis.test_structure import table as crises
from tests.study.fakes import TINY

SIDES = {"north": "North", "south": "South"}


def found(base: list[float], *rows: tuple[str, str, list[float]]) -> Structure:
    cases = [Case(group, value, crises(effects)) for group, value, effects in rows]
    return judged(crises(base), cases, WAR, policy="shield", baseline="none", margin=0.01)


LESS = [-0.04] * 10
SENTENCES: Sequence[tuple[Structure, str]] = (
    (
        found(UP, ("waves", "3", LESS), ("opener", "south", [0.02] * 10), ("waves", "2", UP)),
        "It depends on the structure of the model: more war under 2, less war under 1 of 3 structures tried "
        "(-4.0 to +5.0 in 100 crises). Less war: strikes at one level: 3.",
    ),
    (
        found(UP, ("costs", "0.75", [0.02] * 10)),
        "The sign does not hang on the structure of the model: more war under all 2 tried "
        "(+2.0 to +5.0 in 100 crises).",
    ),
    (
        found(DOWN, ("record", "off", LESS), ("opener", "north", CLOSE)),
        "No structure of the model turns the sign: less war under 2, neither under 1 of 3 structures tried "
        "(-5.0 to +0.5 in 100 crises). Neither: opens every crisis: North.",
    ),
    (
        found(CLOSE, ("light_replies", "off", BOTH)),
        "Under none of 2 structures tried does one sign prevail (0 to +0.5 in 100 crises).",
    ),
    (
        found(DOWN, *(("precision", str(n), [0.02 + n / 1000] * 10) for n in range(4)), *[("waves", "4", LESS)] * 5),
        "It depends on the structure of the model: more war under 4, less war under 6 of 10 structures tried "
        "(-5.0 to +2.3 in 100 crises). More war: how sharply leaders choose: 0; how sharply leaders choose: 1; how "
        "sharply leaders choose: 2; how sharply leaders choose: 3.",
    ),
)


@pytest.mark.parametrize(("structure", "said"), SENTENCES)
def test_sentences(structure: Structure, said: str) -> None:
    assert sentence(structure, SIDES) == said


def test_a_sentence_names_a_few_and_counts_the_others() -> None:
    rows = [("waves", str(n), [-0.02 - n / 1000] * 10) for n in range(6)]
    more = [("costs", str(n), [0.02 + n / 1000] * 10) for n in range(9)]
    assert sentence(found(UP, *rows, *more), SIDES).endswith("strikes at one level: 3; and 2 others.")


def test_the_table_has_a_row_for_every_structure_and_signs_in_words() -> None:
    structure = found(UP, ("waves", "3", DOWN), ("threats", "fewer", CLOSE), ("light_replies", "off", BOTH))
    made = table(structure, {"shield": "A shield", "none": "None"}, SIDES)
    rows = [row.cells for section in made.sections for row in section.rows]
    assert [cells[0] for cells in rows] == ["as the scenario has it", "3", "one fewer", "not allowed"]
    assert [cells[-1] for cells in rows] == ["more", "less", "close", "both"]
    assert rows[0][1:4] == ("25.0", "20.0", "+5.0")


def test_text_and_json_say_the_same() -> None:
    scenario = load_scenario(TINY)
    cases = [Case("opener", "south", crises(DOWN))]
    tables = [crises(UP), *(case.table for case in cases)]
    for each in tables:
        each.values.update({"as_is": each.values["shield"], "no_shield": each.values["none"]})  # type: ignore[attr-defined]
    structure = judged(tables[0], cases, WAR, policy="as_is", baseline="no_shield", margin=0.01)
    text = as_text(structure, scenario)
    assert max(map(len, text.splitlines())) <= 80
    data = json.loads(json.dumps(as_json(structure, SIDES), allow_nan=False))
    assert data["depends"] is True
    assert data["sentence"].split(":")[0] in " ".join(text.split())
    assert [row["sign"] for row in data["rows"]] == [1, -1]
