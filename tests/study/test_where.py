"""Conditions: what they say, what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.errors import UsageError
from escalade.study.where import MOST_TOKENS, condition

COLUMNS = ("war", "deaths.north", "deaths.south", "twin.war")
ROWS = {
    "war": np.array([0.0, 1.0, 1.0, 0.0]),
    "deaths.north": np.array([0.0, 3.5, 120.0, 7.0]),
    "deaths.south": np.array([2.0, 2.0, 0.0, -1.0]),
    "twin.war": np.array([1.0, 1.0, 0.0, 0.0]),
}


def where(text: str) -> list[bool]:
    return condition(text, COLUMNS).holds(ROWS.__getitem__).tolist()


CASES = [
    ("war", [False, True, True, False]),
    ("not war", [True, False, False, True]),
    ("war = 1 and twin.war = 0", [False, False, True, False]),
    ("war == 1 AND NOT twin.war", [False, False, True, False]),
    ("deaths.north > 3.5", [False, False, True, True]),
    ("deaths.north >= 3.5 and deaths.north <= 1.2e2", [False, True, True, True]),
    ("deaths.north != deaths.south", [True, True, True, True]),
    ("deaths.south < -.5", [False, False, False, True]),
    ("deaths.south = -deaths.south", [False, False, True, False]),
    ("war or twin.war and deaths.north = 0", [True, True, True, False]),
    ("(war or twin.war) and deaths.north = 0", [True, False, False, False]),
    ("not (war or twin.war)", [False, False, False, True]),
    ("not not war", [False, True, True, False]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_condition_holds_where_it_says(text: str, expected: list[bool]) -> None:
    assert where(text) == expected


def test_the_columns_read_are_told_once_and_in_order() -> None:
    assert condition("deaths.south > 1 and war = 1 or deaths.south < 0", COLUMNS).columns == ("deaths.south", "war")


WRONG = [
    ("", "at the end"),
    ("war =", "at the end"),
    ("war = 1 or", "at the end"),
    ("and war", 'before "and"'),
    ("war = = 1", 'before "="'),
    ("(war = 1", 'closing ")"'),
    ("war = 1)", '")" is not expected'),
    ("war 1", '"1" is not expected'),
    ("war < 1 < 2", '"<" is not expected'),
    ("war ~ 1", '"~" is not understood'),
    ("war = 'yes'", '"\'" is not understood'),
    ("wars = 1", 'did you mean "war"?'),
    ("deaths.nort > 1", 'did you mean "deaths.north"?'),
    ("zzz = 1", "--list shows all columns"),
    ("__import__('os')", "is not understood"),
    ("__import__(1)", 'no column "__import__"'),
    ("war.__class__ = 1", 'no column "war.__class__"'),
    ("war or " * MOST_TOKENS + "war", f"more than {MOST_TOKENS} words"),
    ("(" * 99, "at the end"),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_no_condition_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        condition(text, COLUMNS)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


words = st.sampled_from([*COLUMNS, "and", "or", "not", "(", ")", "=", "<", ">=", "-", "1", "2.5", "x", "%", " "])


@given(st.lists(words, max_size=12).map(" ".join))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        found = condition(text, COLUMNS)
    except UsageError:
        return
    assert np.broadcast_to(found.holds(ROWS.__getitem__), (4,)).dtype == bool


@given(st.recursive(st.sampled_from(["war", "twin.war", "deaths.north > 3.5"]), lambda inner: st.one_of(
    inner.map(lambda text: f"not ({text})"),
    st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda three: f"({three[0]}) {three[1]} ({three[2]})"),
), max_leaves=6))  # fmt: skip
def test_conditions_mean_what_python_means_by_them(text: str) -> None:
    for n in range(4):
        values = {name: bool(rows[n]) for name, rows in ROWS.items()}
        python = text.replace("deaths.north > 3.5", str(ROWS["deaths.north"][n] > 3.5))
        python = python.replace("twin.war", str(values["twin.war"])).replace("war", str(values["war"]))
        assert where(text)[n] == eval(python)  # text of our own making
