"""YAML 1.2 scalars, and the place of every part."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario.reading import Mark, plain_scalar, read

SCALARS: list[tuple[str, Any]] = [
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("n", "n"),
    ("1e3", 1000.0),
    ("1.0e3", 1000.0),
    ("1E-2", 0.01),
    ("012", 12),
    ("-012", -12),
    ("+3", 3),
    (".5", 0.5),
    ("5.", 5.0),
    ("0x1F", 31),
    ("0o17", 15),
    ("12:30", "12:30"),
    ("2024-01-01", "2024-01-01"),
    ("1_000", "1_000"),
    ("1,000", "1,000"),
    ("80%", "80%"),
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("False", False),
    ("e3", "e3"),
    ("-", "-"),
    (".", "."),
    ("1e", "1e"),
    ("nan", "nan"),
    ("inf", "inf"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=[text or "nothing" for text, _ in SCALARS])
def test_plain_scalars_follow_yaml_1_2(text: str, value: Any) -> None:
    found = plain_scalar(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".inf", "-.INF", "1e999", "-1e999", "9" * 500])
def test_numbers_that_are_not_finite_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        plain_scalar(text)
    document = read(f"a:\n  b: {text}\n".encode(), "war.yaml")
    (problem,) = document.problems
    assert (problem.line, problem.column, problem.path) == (2, 6, "a.b")
    assert "not a finite number" in problem.message


def test_quotes_make_text() -> None:
    document = read(b"""a: "012"\nb: '1e3'\nc: |\n  12\nd: "no"\n""", "war.yaml")
    assert document.data == {"a": "012", "b": "1e3", "c": "12\n", "d": "no"}


def test_every_part_has_its_place() -> None:
    document = read(b"a: {b: 1,  c: [x, yy]}\nd:\n  e:\n    - f: 2\n", "war.yaml")
    assert document.data == {"a": {"b": 1, "c": ["x", "yy"]}, "d": {"e": [{"f": 2}]}}
    assert document.values[("a", "c", 1)] == Mark("war.yaml", 1, 19)
    assert document.values[("d", "e", 0, "f")] == Mark("war.yaml", 4, 10)
    assert document.keys[("a", "c")] == Mark("war.yaml", 1, 12)
    assert document.keys[("d", "e")] == Mark("war.yaml", 3, 3)


def test_what_has_no_place_takes_that_of_what_contains_it() -> None:
    document = read(b"a:\n  b: 1\n", "war.yaml")
    assert document.where(("a", "b", "c", 0)) == Mark("war.yaml", 2, 6)
    assert document.where_key(("a", "z")) == Mark("war.yaml", 1, 1)
    assert document.where(("z",)) == Mark("war.yaml", 1, 1)


def test_a_key_given_twice_names_both_lines() -> None:
    document = read(b"a: 1\nb: {c: 1, c: 2}\na: 2\n", "war.yaml")
    assert document.data == {"a": 1, "b": {"c": 1}}
    assert [str(problem) for problem in document.problems] == [
        "war.yaml:2:11  b.c: is given twice; first on line 2",
        "war.yaml:3:1  a: is given twice; first on line 1",
    ]


def test_keys_are_names() -> None:
    document = read(b"1: a\nno: b\n? [x]\n: c\n", "war.yaml")
    assert document.data == {"1": "a", "no": "b", "?": "c"}
    assert [(problem.line, problem.column) for problem in document.problems] == [(3, 3)]


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_read_as_written(value: int) -> None:
    assert plain_scalar(str(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_as_python_writes_them(value: float) -> None:
    assert plain_scalar(repr(value)) == value
