"""Citations in words: numbered, wrapped, with the warning that nothing here is a forecast."""

from escalade.report.citations import Citations, Source
from escalade.report.citing import as_data, as_text

FOUND = Citations(
    scenario="tiny",
    title="North and South",
    version="1.2.3",
    run="scenario tiny, seed 7",
    hash="ab" * 32,
    seed=7,
    sources=(
        Source("A very long title " * 5, "The Gazette", "2030-01", "https://example.org/" + "x" * 90, ("a.b",), ("u",)),
        Source("Another", "", "", "", (), ("first", "second")),
    ),
    assumptions=3,
    inputs=9,
)


def test_sources_are_numbered_and_say_what_for():
    text = as_text(FOUND)
    assert "Sources (2)" in text
    assert "\n2. Another.\n   For: first; second." in text
    assert "Figures: a.b." in text
    assert "not a forecast" in text


def test_an_address_stays_whole():
    assert "   " + FOUND.sources[0].url in as_text(FOUND).splitlines()


def test_programs_get_the_same():
    data = as_data(FOUND)
    assert data["sources"][1] == {
        "title": "Another", "publisher": "", "date": "", "url": "", "facts": (), "uses": ("first", "second"),
    }  # fmt: skip
    assert data["run"]["seed"] == 7
