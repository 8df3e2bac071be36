"""Notes: every number on the page has one, from the registry; unknown numbers are refused."""

import re
from html import unescape

import pytest

from escalade.quantities import RUN_NUMBERS
from escalade.report.findings import findings
from escalade.report.notes import RUN_VALUES, Notes, note
from escalade.report.sentence import Sentence
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("notes") / "tiny.run", kernels=kernels()))


def test_every_number_about_a_run_has_its_values():
    assert set(RUN_VALUES) == {number.id for number in RUN_NUMBERS}


@pytest.mark.parametrize("key", [f"run.{number.id}" for number in RUN_NUMBERS])
def test_numbers_about_the_run_say_what_they_are(found, key):
    made = note(found, key)
    assert made.what.endswith(".")
    assert [word for word, _ in made.about] == ["of", "formula", "error"]
    assert not any("{" in words for _, words in made.about)
    assert made.values.sections[0].rows


@pytest.mark.parametrize("clock", ["crisis", "period"])
def test_a_note_has_every_policy_and_its_difference_to_the_baseline(found, clock):
    made = note(found, f"{clock}.war")
    levels, changes = made.values.sections
    assert [row.cells[0] for row in levels.rows] == list(found.names.values())
    assert len(changes.rows) == len(found.names) - 1
    assert [word for word, _ in made.about] == ["of", "formula", "from", "error"]
    assert made.what == found.comparison.quantities["war"].sentence


@pytest.mark.parametrize("key", ["crisis.nonsense", "period.", "run.luck", "war", "century.war"])
def test_a_number_without_an_entry_cannot_be_shown(found, key):
    with pytest.raises(KeyError):
        Notes(found).number(key, "7")


def test_the_numbers_of_a_sentence_open_and_its_words_are_text(found):
    notes = Notes(found)
    said = Sentence(
        "{who}: {one} & {other} <", {"who": "<b>{one}", "one": "3 more (1 to 5)", "other": "4"}, {"one": "crisis.war"}
    )
    html = str(notes.told(said))
    assert str(said) == "<b>{one}: 3 more (1 to 5) & 4 <"
    assert html.startswith("&lt;b&gt;{one}: <button")
    assert html.endswith(">3 more</button> (1 to 5) &amp; 4 &lt;")
    assert list(notes.used) == ["crisis.war"]


def test_every_sentence_of_a_headline_opens_all_its_numbers(found):
    notes = Notes(found)
    headline = found.said.headline
    for sentence in (headline.body, *headline.levels, *headline.details, *headline.warnings):
        shown = unescape(re.sub(r"<button.*?</button>", "", str(notes.told(sentence))))
        left = re.sub(r"[Oo]f 1[0,]+|[Ii]n 100|90 %|\(.*?\)|Over \d+ years?", "", shown)
        assert not re.search(r"\d", left), left
