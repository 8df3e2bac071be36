"""Dotted paths: written, read, expanded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario.paths import (
    Path,
    PathError,
    allowed,
    dotted,
    expand,
    get,
    keys,
    members,
    near,
    parts,
    printable,
    put,
)

DATA = {
    "sides": {"north": {"stock": 1, "name": "N"}, "south": {"stock": 2}},
    "rungs": [{"id": "talks", "risk": 0}, {"id": "raid", "risk": 1}],
    "list": [10, 20],
}

EXPANDED: list[tuple[str, list[Path]]] = [
    ("sides.north.stock", [("sides", "north", "stock")]),
    ("sides.*.stock", [("sides", "north", "stock"), ("sides", "south", "stock")]),
    ("sides.*.name", [("sides", "north", "name")]),
    ("rungs.raid.risk", [("rungs", 1, "risk")]),
    ("rungs.1.risk", [("rungs", 1, "risk")]),
    ("rungs[1].risk", [("rungs", 1, "risk")]),
    ("rungs.*.risk", [("rungs", 0, "risk"), ("rungs", 1, "risk")]),
    ("list[0]", [("list", 0)]),
]

NOWHERE = [
    ("sides.nroth.stock", "there is no 'nroth' in sides; allowed: north, south; did you mean north?"),
    ("side.north", "there is no 'side' in the scenario; allowed: sides, rungs, list; did you mean sides?"),
    ("sides.north.stock.low", "there is no 'low' in sides.north.stock, which has no parts"),
    ("rungs.war.risk", "there is no 'war' in rungs; allowed: talks, raid"),
    ("rungs.7.risk", "there is no '7' in rungs; allowed: talks, raid"),
    ("list.2", "there is no '2' in list; allowed: 0, 1"),
    ("sides.*.nmae", "there is no 'nmae' in sides.north; allowed: stock, name; did you mean name?"),
    ("sides.north.stock.*", "there is nothing here for * to stand for"),
    ("", "is not a path; allowed: names joined by dots, as in sides.SIDE.tolerance"),
    ("sides..north", "is not a path; allowed: names joined by dots, as in sides.SIDE.tolerance"),
]


@pytest.mark.parametrize(("written", "places"), EXPANDED, ids=[written for written, _ in EXPANDED])
def test_a_path_stands_for_places(written: str, places: list[Path]) -> None:
    assert expand(DATA, written) == places


@pytest.mark.parametrize(("written", "message"), NOWHERE, ids=[written or "nothing" for written, _ in NOWHERE])
def test_a_path_that_leads_nowhere_says_where_it_ends(written: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        expand(DATA, written)
    assert str(caught.value) == message


def test_only_the_last_part_may_be_added() -> None:
    assert expand(DATA, "sides.west", may_add=True) == [("sides", "west")]
    with pytest.raises(PathError, match="there is no 'west' in sides"):
        expand(DATA, "sides.west.stock", may_add=True)


def test_paths_are_written_as_people_do() -> None:
    assert dotted(("pairs", 0, "sides", 1)) == "pairs[0].sides[1]"
    assert dotted(("policies", "p", "changes", "a.*.b", "low")) == "policies.p.changes[a.*.b].low"
    assert dotted(("a", "b\x1b[31m")) == "a[b\\x1b[31m]"
    assert dotted(()) == ""


names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@given(st.lists(names, min_size=1, max_size=6))
def test_a_path_of_names_reads_back(path: list[str]) -> None:
    assert list(parts(dotted(tuple(path)))) == path


def test_reading_and_writing_at_a_path() -> None:
    data = {"a": [{"b": 1}]}
    put(data, ("a", 0, "b"), 2)
    assert get(data, ("a", 0, "b")) == 2
    assert get(data, ("a", 3, "b")) is None
    assert get(data, ("a", 0, "b", "c")) is None


def test_keys_and_members() -> None:
    assert keys(DATA["rungs"]) == ["talks", "raid"]
    assert keys(DATA["list"]) == ["0", "1"]
    assert keys(7) == []
    assert members(DATA["rungs"], "raid") == [{"id": "raid", "risk": 1}]
    assert members(DATA["list"], "*") == [10, 20]
    assert members(DATA["sides"], "west") == []


def test_lists_of_names_are_cut_and_near_ones_proposed() -> None:
    assert allowed([f"n{n}" for n in range(15)]).endswith("n11 and 3 more")
    assert near("stok", ["stock", "shots"]) == "; did you mean stock?"
    assert near("zzz", ["stock"]) == ""
    assert printable("x" * 300, 10) == "xxxxxxx..."
