"""Lists of histories in words and as data."""

from __future__ import annotations

from escalade.report.histories import ADDRESS, columns_text, columns_told, listing_data, listing_text
from escalade.study.histories import Found, outcome_columns
from escalade.study.results import StoredRun

ROWS = [Found(12, 3, {"war": 1.0, "deaths.north": 1234.5678}), Found(15, 0, {"war": 1.0, "deaths.north": 0.0})]


def test_every_column_is_explained(real_run: StoredRun) -> None:
    told = columns_told(real_run)
    assert list(told) == [*ADDRESS, *outcome_columns(real_run)]
    for name, words in told.items():
        assert words
        assert words != name or name in ("war", "crises")
    assert told["interceptors.north.upper"] == "interceptors used: The ally's upper layer"
    assert told["war_misjudged"] == "war, misjudged"
    assert max(map(len, columns_text(told).splitlines())) <= 80


def test_a_list_in_words() -> None:
    assert listing_text("a.run", "as_is", "war", (ROWS, 7, 64)) == (
        '7 of 64 histories under policy "as_is" meet war; the first 2 are:\n'
        "  --world 12 --history 3, war = 1, deaths.north = 1,234.57\n"
        "  --world 15 --history 0, war = 1, deaths.north = 0\n"
        "The first one, told:\n"
        "  escalade replay a.run --policy as_is --world 12 --history 3"
    )
    assert listing_text("a.run", "as_is", "war", (ROWS[:1], 1, 64)).startswith(
        '1 of 64 histories under policy "as_is" meets war:\n'
    )
    assert listing_text("a.run", "as_is", "war", ([], 0, 64)) == '0 of 64 histories under policy "as_is" meet war.'


def test_a_list_as_data() -> None:
    data = listing_data("as_is", "no_shield", "war", (ROWS, 7, 64))
    assert (data["policy"], data["twin"], data["where"], data["met"], data["of"]) == (
        "as_is",
        "no_shield",
        "war",
        7,
        64,
    )
    assert data["histories"][0] == {"world": 12, "history": 3, "values": {"war": 1.0, "deaths.north": 1234.5678}}
