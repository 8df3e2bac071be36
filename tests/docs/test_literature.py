"""Every work that the reference and the explanations cite stands in the list of literature, which is in order."""

import re

import pytest

from tests.docs.fences import DOCS, pages

CITED = re.compile(r"([A-Z][\w'-]+)(?: and others)? \(?((?:19|20)\d\d)\b")
NO_NAMES = {
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    *("December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Gaza", "Ukraine"),
}
"""Words before a year that name a time or a place."""

PAGES = [page for page in pages() if {"reference", "explanation"} & set(page.parts) and page.stem != "literature"]


def entries() -> list[str]:
    """Entries of the list, one line each."""
    text = (DOCS / "reference" / "literature.md").read_text("utf-8")
    return [" ".join(entry.split()) for entry in re.split(r"\n(?=- |#)", text) if entry.startswith("- ")]


def cited(text: str) -> set[tuple[str, str]]:
    """Last name and year of every work that a text cites."""
    found = {(name.removesuffix("'s"), year) for name, year in CITED.findall(" ".join(text.split()))}
    return {(name, year) for name, year in found if name not in NO_NAMES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_works_are_listed(page):
    listed = entries()
    missing = [
        (name, year)
        for name, year in sorted(cited(page.read_text("utf-8")))
        if not any(name in entry.partition("(")[0] and f"({year})" in entry for entry in listed)
    ]
    assert missing == []


def test_the_list_is_in_order_under_each_heading():
    text = (DOCS / "reference" / "literature.md").read_text("utf-8")
    for part in text.split("\n## ")[1:]:
        names = [line for line in part.splitlines() if line.startswith("- ")]
        assert names == sorted(names)


def test_citations_are_found():
    assert cited("(Wilkening 1999); Eyster and Rabin (2005); Loader's (2000) formula; in June 2025") == {
        ("Wilkening", "1999"),
        ("Rabin", "2005"),
        ("Loader", "2000"),
    }
