"""Quantities under both policies: values, intervals and words as the comparison has them."""

import pytest

from escalade.report.findings import findings
from escalade.report.paired import paired, rounded
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("paired") / "tiny.run", kernels=kernels()))


def test_a_table_row_opens_the_note_of_its_quantity(found):
    chart = paired(found, "crisis", ("yield.",), "Who backs down")
    rows = chart.table.sections[0].rows
    assert [row.key for row in rows] == ["crisis.yield.north", "crisis.yield.south"]
    values = found.comparison.policies[found.both[0]].crisis["yield.north"].posterior
    assert rows[0].cells[1] == f"{100 * values.mean:.1f}"
    assert len(chart.table.heads) == len(rows[0].cells)


def test_the_words_of_a_chart_hold_both_values(found):
    chart = paired(found, "period", ("deaths.",), "Deaths")
    mean = found.comparison.policies[found.both[1]].period["deaths.north"].mean
    assert rounded(mean, "deaths") in chart.words
    assert chart.words.startswith("Deaths, people, in ")


def test_what_is_not_known_makes_no_chart(found):
    assert paired(found, "period", ("soldiers.",), "Soldiers") is None
    assert paired(found, "crisis", ("nonsense",), "Nothing") is None


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.074, "share", "7.4"),
        (0.684, "share", "68"),
        (2.994, "deaths", "2.99"),
        (1948.4, "count", "1,948"),
        (5.7e8, "dollars", "570.0 m"),
    ],
)
def test_values_beside_their_marks(value, unit, words):
    assert rounded(value, unit) == words
