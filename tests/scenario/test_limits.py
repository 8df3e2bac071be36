"""Hostile texts: refused early, with a place, and without harm."""

import time

import pytest

from escalade.scenario.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES, TextError, decoded, events
from tests.scenario.texts import only_problem, problems

BOMB = "\n".join(
    [f"a0: &a0 [{', '.join(['x'] * 9)}]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
)

HOSTILE = {
    "brackets": "\n".join(["[" * 10_000] * 30),
    "braces": "\n".join(["{" * 10_000] * 30),
    "dashes": "- " * 9_000,
    "dashes, one a line": "\n".join(" " * depth + "-" for depth in range(300)),
    "question marks": "? " * 9_000,
    "two megabytes": "a: " + "b" * (2 * MAX_BYTES),
    "one long line": "a: " + "b" * 30_000,
    "sixty thousand keys": "\n".join(f"k{n}: 1" for n in range(60_000)),
    "an alias bomb": BOMB,
    "tags": "\n".join("!" * 19_999 for _ in range(50)),
    "two documents": "a: 1\n---\nb: 2\n",
    "an old version of YAML": "%YAML 1.1\n---\na: no\n",
    "a tag directive": "%TAG ! tag:example.org,2000:\n---\na: 1\n",
    "nothing": "",
    "a comment": "# nothing\n",
    "a list": "- 1\n",
    "a word": "war\n",
    "a half": "{a: [1, 2",
    "a tab": "a:\n\tb: 1\n",
    "a code point that does not exist": '"\\U99999999"',
    "half a character": 'a: "\\ud800"',
    "a python object": "a: !!python/object/apply:os.system [ls]\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_with_a_place_and_at_once(text: str) -> None:
    start = time.perf_counter()
    for problem in problems(text):
        assert problem.file == "war.yaml"
        assert len(str(problem)) < 1_000
    # Generous: the slowest needs about a second; the danger is minutes.
    assert time.perf_counter() - start < 20


def test_three_hundred_thousand_levels_cost_no_more_than_thirty_three() -> None:
    problem = only_problem("\n".join(["[" * 10_000] * 30))
    assert (problem.line, problem.column) == (1, MAX_DEPTH + 1)
    assert problem.message == "nested too deeply; allowed: at most 32 levels"


def test_thirty_two_levels_are_read() -> None:
    assert sum(1 for _ in events("[" * MAX_DEPTH + "]" * MAX_DEPTH)) == 2 * MAX_DEPTH + 4


def test_too_many_parts_are_refused_where_they_begin() -> None:
    problem = only_problem("\n".join(f"k{n}: 1" for n in range(60_000)))
    # The mapping itself is a part; then each key and each value.
    assert (problem.line, problem.column) == (MAX_NODES // 2, len(f"k{MAX_NODES // 2}: ") + 1)


def test_size_is_judged_before_anything_is_read() -> None:
    problem = only_problem(b"\xff" * (MAX_BYTES + 1))
    assert problem.line == 0
    assert "allowed: at most 1,048,576 bytes" in problem.message
    assert str(problem).startswith("war.yaml  is larger")


def test_bytes_that_are_not_text_have_a_place() -> None:
    problem = only_problem("a: 1\nb: é".encode("latin-1"))
    assert (problem.line, problem.column) == (2, 4)
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_is_no_matter() -> None:
    assert decoded(b"\xef\xbb\xbfa: 1") == "a: 1"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_characters_that_are_not_text_have_a_place(char: str) -> None:
    problem = only_problem(f"a: 1\nb: x{char}")
    assert (problem.line, problem.column) == (2, 5)
    assert problem.message == f"the character U+{ord(char):04X} is not allowed"


def test_text_that_is_not_yaml_has_a_place() -> None:
    with pytest.raises(TextError) as caught:
        list(events("a: 1\nb: 'x"))
    assert caught.value.line == 2
    assert "is not YAML" in str(caught.value)


def test_anchors_aliases_tags_and_merges_are_all_named_at_once() -> None:
    found = [
        problem
        for problem in problems("a: &x {b: 1}\nc: *x\nd: !mine 1\ne:\n  <<: {b: 2}\n")
        if "not allowed" in problem.message
    ]
    assert [(problem.line, problem.column, problem.path) for problem in found] == [
        (1, 4, "a"),
        (2, 4, "c"),
        (3, 4, "d"),
        (5, 3, "e.<<"),
    ]
