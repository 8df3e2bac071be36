"""Cards for notebooks: escaped, whole in themselves, without script or address."""

import re
from html.parser import HTMLParser

import pytest

from escalade.report import cards
from escalade.report.story import ToldRow, ToldTwins
from escalade.report.tables import Row, Section, Table

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=alert(1)>'
TABLE = Table(HOSTILE, ("", HOSTILE), (Section(HOSTILE, (Row((HOSTILE, "1")),)),), HOSTILE)
TWINS = ToldTwins(
    HOSTILE, HOSTILE, HOSTILE, HOSTILE,
    (
        ToldRow((HOSTILE,), (HOSTILE,), "year"),
        ToldRow((HOSTILE,), ("other",), "move", parts=True),
    ),
    HOSTILE, HOSTILE,
)  # fmt: skip


class Balanced(HTMLParser):
    """Checks that every element is closed, and collects their names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    "card",
    [
        cards.card(HOSTILE, cards.paragraphs([HOSTILE]), cards.table(TABLE), cards.small(HOSTILE)),
        cards.card(HOSTILE, cards.twins(TWINS)),
    ],
    ids=["table", "twins"],
)
def test_everything_is_escaped_and_closed(card):
    parser = Balanced()
    parser.feed(card)
    assert parser.open == []
    assert parser.seen <= {"div", "p", "b", "table", "caption", "tr", "th", "td"}
    assert not re.search(r"https?:|url\(|<script|<img", card)
    assert "&lt;script&gt;" in card


def test_twins_span_both_columns_where_they_say_the_same():
    shown = str(cards.twins(TWINS))
    assert shown.count('colspan="2"') == 1
    assert shown.count("border-top:2px") == 1


def test_a_history_alone_has_one_column():
    alone = ToldTwins("", "opening", "with", "", (ToldRow(("one",), (), "move"),), "", "")
    assert str(cards.twins(alone)).count("<td") == 1
