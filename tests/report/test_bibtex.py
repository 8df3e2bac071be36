"""BibTeX that an independent parser reads: every text comes back, every key is used once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.scanner import PybtexSyntaxError

from escalade.report.bibtex import COMMANDS, address, bibtex, escaped, unique
from escalade.report.citations import Citations, Source

BACK = {command: char for char, command in COMMANDS.items()}
PRINTED = re.compile("|".join(re.escape(command) for command in sorted(BACK, key=len, reverse=True)))


def found(*sources):
    return Citations("tiny", "North & South: 100%", "1.2.3", "scenario tiny, seed 1", "ab" * 32, 1, sources, 3, 9)


def read_back(text):
    """A field as TeX prints it."""
    inner = text[1:-1] if text.startswith("{") else text
    return " ".join(PRINTED.sub(lambda match: BACK[match[0]], inner).split())


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@settings(max_examples=40)
@given(title=words, publisher=words, use=words)
def test_whatever_a_source_is_called_it_comes_back(title, publisher, use):
    source = Source(title, publisher, "2025-06-24", "https://example.org/a%20b_c?x={1}&y=#z", ("a_b.c",), (use,))
    entries = parse_string(bibtex(found(source)), "bibtex").entries
    assert len(entries) == 3
    entry = list(entries.values())[-1]
    assert read_back(entry.fields["title"]) == title
    assert entry.fields["year"] == "2025"
    assert entry.fields["month"] == "June"
    assert read_back(entry.fields["note"]) == f"Figures a_b.c; used for: {use}"
    # The parser has no names for months or persons in braces taken apart: one author, whole.
    assert len(entry.persons["author"]) == 1
    assert read_back(str(entry.persons["author"][0])) == publisher


def test_keys_are_unique_and_as_many_as_sources():
    source = Source("Title", "The Gazette", "2024", "", (), ("x",))
    entries = parse_string(bibtex(found(*[source] * 4)), "bibtex").entries
    assert list(entries)[2:] == ["the-gazette-2024", "the-gazette-2024-2", "the-gazette-2024-3", "the-gazette-2024-4"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"]), max_size=8))
def test_made_unique_nothing_is_lost(keys):
    made = unique(keys)
    assert len(set(made)) == len(made) == len(keys)
    assert all(new.startswith(old) for new, old in zip(made, keys, strict=True))


def test_what_is_not_known_is_left_out():
    (*_, entry) = parse_string(bibtex(found(Source("Only this", "", "", "", (), ("x",)))), "bibtex").entries.values()
    assert set(entry.fields) == {"title", "note"}
    assert not entry.persons


def test_no_line_but_an_address_is_longer_than_eighty_columns():
    source = Source("Long words " * 20, "P" * 20, "2024", "https://example.org/" + "a" * 90, (), ("much use " * 30,))
    for line in bibtex(found(source)).splitlines():
        assert len(line) <= 80 or len(line.split()) == 1


def test_addresses_keep_their_meaning_and_lose_what_would_end_them():
    assert address("https://a.org/%E2%80?b=1&c={d}\\") == "https://a.org/%E2%80?b=1&c=%7Bd%7D%5C"


def test_without_escaping_the_parser_would_object():
    with pytest.raises(PybtexSyntaxError):
        parse_string("@misc{a, title = {un{balanced}}", "bibtex")
    assert escaped("un{balanced") == r"un\textbraceleft{}balanced"
