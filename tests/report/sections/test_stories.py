"""Told twins: the quarrel in which the paths part is found, short stories are told whole."""

import pytest

from escalade.errors import EscaladeError
from escalade.report.page import html
from escalade.report.sections import stories
from escalade.report.story import ToldRow, ToldTwins

LETTERS = {"y": "year", "c": "crisis", "m": "move", "p": "move", "e": "end"}


def rows(letters):
    """Rows by letter: year, crisis, move, move that parts, end; each says its own place."""
    return tuple(ToldRow((str(k),), (), LETTERS[letter], letter == "p") for k, letter in enumerate(letters))


def told(letters):
    return ToldTwins("title", "opening", "left", "right", rows(letters), "note", "command")


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ("ycmmcmpmcme", "4567"),
        ("ycpe", "12"),
        ("ycmycme", ""),
        ("ycmpmmyce", "12345"),
        ("ycmpcpe", "123"),
    ],
)
def test_the_quarrel_in_which_the_paths_part(letters, shown):
    found = stories.quarrel(rows(letters)[:-1])
    assert "".join(row.left[0] for row in found) == shown


def test_a_short_story_is_told_whole():
    story = stories.story(told("ycmmpme"))
    assert len(story.parting) == 6
    assert story.whole == ()
    assert story.end.kind == "end"


def test_of_a_long_story_the_quarrel_comes_first_and_the_rest_on_request():
    letters = "y" + "cmm" * 10 + "cmpm" + "cm" * 5 + "e"
    story = stories.story(told(letters))
    assert len(story.parting) == 4
    assert len(story.whole) == len(letters)


def test_without_anything_to_tell_there_is_no_section(found, monkeypatch):
    monkeypatch.setattr(stories, "told_twins", lambda _: ())
    assert stories.section(found) is None
    monkeypatch.setattr(stories, "told_twins", lambda _: (told("yce"),))
    assert len(stories.section(found).shown["stories"]) == 1


def test_a_run_of_another_version_says_why_it_tells_nothing(found, monkeypatch):
    def refused(_):
        raise EscaladeError("made by <another> version")

    monkeypatch.setattr(stories, "told_twins", refused)
    made = stories.section(found)
    assert made.shown["stories"] == []
    assert made.shown["why"] == "made by <another> version"
    page = html(found.run)
    assert "No history is told: made by &lt;another&gt; version" in page
