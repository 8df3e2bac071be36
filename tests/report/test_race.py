"""Courses over the years, in the terminal and as charts."""

import numpy as np
import pytest

from escalade.report.race import BARS, NOTHING, as_data, as_text, charts, number, sparkline
from escalade.scenario import load_scenario
from escalade.study.race import Curve, Race
from tests.study.fakes import TINY


def a_race(*curves: Curve) -> Race:
    return Race(load_scenario(TINY), "as_is", 3, 64, curves)


def curve(group="arms", side="south", values=(10.0, 20.0, 40.0)) -> Curve:
    line = np.array(values)
    return Curve(group, side, "missiles", "units", line, 0.5 * line, 2.0 * line)


def test_a_course_goes_from_its_lowest_to_its_highest_bar() -> None:
    assert sparkline(np.arange(8.0)) == BARS
    assert sparkline(np.full(3, 7.0)) == BARS[0] * 3
    assert len(sparkline(np.arange(200.0))) == 20


@pytest.mark.parametrize(
    ("value", "said"),
    [(3.0, "3"), (3.14159, "3.14"), (31.4159, "31.4"), (314.159, "314"), (2.5e6, "2.5 m"), (-4e9, "-4.0 bn")],
)
def test_numbers_have_three_digits(value: float, said: str) -> None:
    assert number(value) == said


def test_what_stands_still_is_left_out_but_is_in_the_data() -> None:
    still = curve(values=(5.0, 5.0, 5.0))
    assert as_text(a_race(still)).endswith(NOTHING)
    assert len(as_data(a_race(still))["curves"]) == 1


def test_the_text_fits_80_columns() -> None:
    text = as_text(a_race(curve(), curve("spending", "north", (0.0, 3e9, 7e10))))
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "Arms in stock" in text
    assert "Conditional on assumptions." in text.replace("\n", " ")


def test_every_group_has_a_chart_with_words_and_a_table() -> None:
    (chart,) = charts(a_race(curve()))
    assert "missiles from 10 to 40" in chart.words
    assert chart.table.sections[0].name == "South"
