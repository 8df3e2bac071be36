"""Tables of turns: what each row shows; what is empty is left out."""

from escalade.report.turns_tables import conditions, matters, points, tables, tilts, weights
from tests.report.test_turns import FULL, SCENARIO, TILT, of


def test_conditions_stand_with_how_sure_they_are():
    table = conditions(FULL)
    assert [section.name for section in table.sections] == ["More war"]
    assert [row.cells[1:] for row in table.sections[0].rows] == [("<0.001", "80", "280", "340")] * 2


def test_what_is_empty_is_left_out():
    assert [conditions(of()), points(of()), tilts(of())] == [None, None, None]
    assert len(tables(of(), SCENARIO)) == 2


def test_a_turning_point_with_both_ends():
    assert points(FULL).sections[0].rows[0].cells[1:] == ("512", "401", "640", "-2.0", "+5.0")


def test_the_most_important_input_comes_first_and_no_more_than_asked():
    assert len(matters(FULL, most=1).sections[0].rows) == 1
    assert matters(FULL).sections[0].rows[0].cells[1:] == ("31", "-2.0", "+5.0")


def test_shares_under_every_weighing_add_up_to_100():
    rows = [row for section in weights(FULL, SCENARIO).sections for row in section.rows]
    assert len(rows) == 6
    assert all(sum(map(int, row.cells[1:4])) == 100 for row in rows)
    names = [section.name for section in weights(FULL, SCENARIO).sections]
    assert names == ["", "The record of past crises", "Ranges at half width"]


def test_tilts_say_what_prevails_after_them():
    assert tilts(of(tilts=[TILT])).sections[0].rows[0].cells[1:] == ("-0.42", "500", "380", "less war", "70")
