"""Whom you believe in words: every standing of a reading, one table, plain values."""

import json

import pytest

from escalade.analysis.believed import Belief, Believed
from escalade.analysis.weighted import Spread
from escalade.quantities import Measure, Quantity
from escalade.report.believed import NO_FIGURES, as_json, note_rows, sentence, standing, table
from escalade.report.tables import text

WAR = Quantity("war", "war", "War.", "War", Measure(("war",), "share", "crises"))


def belief(reading, redrawn=0, changed=0, enters=False, mean=0.02, problem=""):
    keys = tuple(f"k{n}" for n in range(redrawn))
    effect = None if problem else Spread(mean, mean - 0.01, mean, mean + 0.03)
    levels = None if problem else (0.1 + mean, 0.1)
    return Belief(reading, reading == "all", keys, keys[:changed], enters, levels, effect, 50.0, problem)


def believed(*others, having=3):
    return Believed("with", "without", WAR, having, (*others, belief("all")))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (belief("official"), "no input has figures of that kind"),
        (belief("official", 2), "2 inputs with figures of that kind, which say the same"),
        (belief("official", 2, 1), "the same, as 1 input changed but it does not enter a crisis"),
        (belief("official", 2, 2), "the same, as 2 inputs changed but they do not enter a crisis"),
        (belief("official", 1, 1, enters=True), "1 input changed"),
        (belief("official", problem="too high"), "cannot be drawn"),
    ],
)
def test_how_a_reading_stands(one, words):
    assert standing(one) == words


def test_the_sentence_gives_numbers_only_where_something_differs():
    found = believed(belief("official", 2, 1, enters=True, mean=-0.004), belief("independent"))
    assert str(sentence(found)) == (
        "official claims only -0.4 (-1.4 to +2.6), 1 input changed; independent estimates only: no input has figures "
        "of that kind; all sources +2.0 (+1.0 to +5.0) in 100 crises"
    )
    assert set(sentence(found).opens) == {"official", "all"}


def test_where_no_input_names_figures_it_says_so_once():
    assert str(sentence(believed(belief("official"), belief("independent"), having=0))) == NO_FIGURES


def test_the_table_has_a_row_for_each_and_fits():
    found = believed(belief("official", problem="too high"), belief("independent", 2, 2, enters=True))
    made = table(found, ("A shield with a rather long name", "No shield"))
    assert [row.cells[0] for row in made.sections[0].rows] == [
        "official claims only", "independent estimates only", "all sources",
    ]  # fmt: skip
    assert all(len(line) <= 80 for line in text(made).splitlines())
    assert made.sections[0].rows[0].cells[3] == "unknown"


def test_programs_get_the_same():
    found = believed(belief("official", problem="too high"), belief("independent", 2, 1, enters=True))
    data = json.loads(json.dumps(as_json(found), allow_nan=False))
    assert data["readings"]["official"]["effect"] is None
    assert data["readings"]["independent"]["changed"] == ["k0"]
    assert [name for name, _ in note_rows(found)] == [
        "official claims only", "independent estimates only", "all sources",
    ]  # fmt: skip
