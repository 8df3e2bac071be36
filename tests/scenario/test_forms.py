"""Every way to write a number, its limits, and what is said about a wrong one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from escalade import facts
from escalade.scenario.forms import Form, parse_number
from escalade.scenario.numbers import Fixed, Number, OneOf, Pert, Plus, Times, Uniform
from escalade.scenario.written import number_data, plain, shown

READ = [
    (0.8, Fixed(0.8)),
    (3, Fixed(3)),
    ({"value": 0.8}, Fixed(0.8)),
    ({"low": 1, "mode": 2, "high": 4}, Pert(1, 2, 4)),
    ({"low": 2, "mode": 2, "high": 2}, Fixed(2)),
    ({"uniform": [1, 3]}, Uniform(1, 3)),
    ({"uniform": [3, 3]}, Fixed(3)),
    ({"one_of": [2, 1]}, OneOf((2, 1))),
    ({"one_of": [2, 2]}, Fixed(2)),
    ({"of": 2, "times": {"uniform": [1, 3]}}, Times(Number(Fixed(2)), Number(Uniform(1, 3)))),
    (
        {"of": {"of": 2, "plus": -1}, "plus": 3},
        Plus(Number(Plus(Number(Fixed(2)), Number(Fixed(-1)))), Number(Fixed(3))),
    ),
]

WRONG: list[tuple[Any, tuple[Any, ...], str]] = [
    (None, (), "nothing is not a number"),
    (True, (), "true is not a number"),
    ("many", (), "the text 'many' is not a number"),
    ("80 %", (), "did you mean 0.8?"),
    ([1, 2], (), "a list is not a number"),
    ({}, (), "none of its keys says what the number is"),
    ({"source": "x"}, (), "none of its keys"),
    (10**400, (), "not a finite number"),
    ({"low": 3, "mode": 2, "high": 1}, ("low",), "low 3 is above high 1"),
    ({"low": 1, "mode": 4, "high": 2}, ("mode",), "4 lies outside 1 to 2; allowed: low <= mode <= high"),
    ({"low": 1, "high": 2}, ("mode",), ""),
    ({"low": "a", "mode": 1, "high": 2}, ("low",), ""),
    ({"low": 1, "mode": 1, "high": 2, "uniform": [1, 2]}, ("uniform",), ""),
    ({"uniform": [2, 1]}, ("uniform",), "2 is above 1"),
    ({"uniform": [1]}, ("uniform",), ""),
    ({"one_of": []}, ("one_of",), ""),
    ({"one_of": [1, "x"]}, ("one_of", 1), ""),
    ({"value": 1, "source": "a", "assumption": "b"}, ("assumption",), "either published or judged"),
    ({"value": 1, "source": ""}, ("source",), ""),
    ({"value": float("nan")}, ("value",), ""),
    ({"fact": "no.such.fact"}, ("fact",), "no fact is called 'no.such.fact'"),
    ({"of": 1, "times": 2, "plus": 3}, ("plus",), ""),
    ({"of": 1}, ("times",), ""),
    ({"times": 2}, ("of",), ""),
    ({"of": {"low": 2, "mode": 1, "high": 3}, "times": 2}, ("of", "mode"), "lies outside"),
    (
        {"of": {"uniform": [1, 2]}, "times": 2, "together": "a"},
        ("together",),
        "the factor is drawn, but that is certain",
    ),
    ({"of": 1, "plus": 2, "together": "a"}, ("together",), "inside of:, to draw that"),
    (
        {"of": 1, "plus": {"uniform": [1, 2], "together": "b"}, "together": "a"},
        ("together",),
        "drawn together with 'b' already; allowed: one of the two",
    ),
]


@pytest.mark.parametrize(("data", "spec"), READ, ids=[str(data) for data, _ in READ])
def test_every_form_is_read(data: Any, spec: Any) -> None:
    assert parse_number(data).spec == spec


@pytest.mark.parametrize(("data", "place", "words"), WRONG, ids=[str(data)[:40] for data, _, _ in WRONG])
def test_every_wrong_form_is_refused_at_its_place(data: Any, place: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_number(data)
    errors = caught.value.errors()
    assert place in [error["loc"] for error in errors]
    assert any(words in error["msg"] for error in errors)


def test_reasons_are_kept() -> None:
    number = parse_number({"value": 1, "source": "Gazette", "url": "https://example.org", "note": "n", "together": "t"})
    kept = (number.source, number.assumption, number.url, number.note, number.together)
    assert kept == ("Gazette", None, "https://example.org", "n", "t")


def test_a_reason_beside_a_change_belongs_to_the_change() -> None:
    number = parse_number({"of": {"value": 2, "source": "Gazette"}, "times": 2, "assumption": "twice"})
    base, factor = number.leaves()
    assert (base.source, factor.assumption, number.assumption) == ("Gazette", "twice", None)


@pytest.mark.parametrize("name", ["times", "plus"])
def test_together_beside_a_change_draws_the_change(name: str) -> None:
    number = parse_number({"of": {"uniform": [1, 2]}, name: {"uniform": [3, 4]}, "together": "a"})
    assert [leaf.together for leaf in number.leaves()] == [None, "a"]
    assert parse_number(number_data(number)) == number


def a_group_of_two_kinds() -> str:
    kinds: dict[str, set[str]] = {}
    for fact in facts.all_facts():
        kinds.setdefault(fact.group_id, set()).add(fact.kind)
    return next(name for name, found in kinds.items() if {"official_claim", "independent_estimate"} <= found)


def test_a_fact_brings_its_range_and_its_source() -> None:
    fact = next(fact for fact in facts.all_facts() if not fact.is_assumption and fact.low < fact.high and fact.url)
    number = parse_number({"fact": fact.id, "note": "as reported"})
    assert number.spec == Pert(fact.low, fact.mode, fact.high)
    assert (number.source, number.url, number.note) == (fact.citation, fact.url, "as reported")
    assert number_data(number) == {"fact": fact.id, "note": "as reported"}


def test_a_fact_that_nobody_published_is_an_assumption() -> None:
    fact = next(fact for fact in facts.all_facts() if fact.is_assumption)
    number = parse_number({"fact": fact.id})
    assert number.source is None
    assert number.assumption == fact.citation


def test_another_reason_for_a_fact_is_kept() -> None:
    fact = facts.all_facts()[0].id
    data = {"fact": fact, "assumption": "taken as a stand-in"}
    assert number_data(parse_number(data)) == data


def test_facts_from_chooses_among_rival_sources() -> None:
    group = a_group_of_two_kinds()
    official, independent, both = (
        parse_number({"fact": group}, {"facts_from": reading}) for reading in ("official", "independent", "all")
    )
    for reading, number in (("official", official), ("independent", independent), ("all", both)):
        fact = facts.get(group, reading)
        assert (number.low, number.mode, number.high) == (fact.low, fact.mode, fact.high)
        assert number_data(number) == {"fact": group}
    assert official != independent


@pytest.mark.parametrize(
    ("form", "inside", "outside", "allowed"),
    [
        (Form(), -1e300, None, "any number"),
        (Form(0, 1), 1, 1.01, "0 to 1"),
        (Form(0), 0, -0.001, "at least 0"),
        (Form(0, open_low=True), 0.1, 0, "more than 0"),
        (Form(0, 1, open_low=True, open_high=True), 0.5, 1, "more than 0 and less than 1"),
        (Form(0, 0.9, open_low=True), 0.9, 0.91, "more than 0 and at most 0.9"),
    ],
    ids=lambda value: value.allowed if isinstance(value, Form) else "",
)
def test_limits(form: Form, inside: float, outside: float | None, allowed: str) -> None:
    assert form.allowed == allowed
    assert form.admits(inside)
    assert outside is None or not form.admits(outside)


values = st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def written(draw: st.DrawFn, depth: int = 2) -> Any:
    """A number as a user may write it."""
    low, mode, high = sorted(draw(st.tuples(values, values, values)))
    forms: list[Any] = [
        {"value": low},
        {"low": low, "mode": mode, "high": high},
        {"uniform": [low, high]},
        {"one_of": draw(st.lists(values, min_size=1, max_size=4))},
    ]
    if depth:
        forms += [{"of": draw(written(depth - 1)), name: draw(written(depth - 1))} for name in ("times", "plus")]
    data = draw(st.sampled_from(forms))
    reason = draw(st.sampled_from(["source", "assumption", "note", None]))
    return data | ({reason: draw(words)} if reason else {})


@given(written())
def test_what_was_read_reads_back_the_same(data: Any) -> None:
    number = parse_number(data)
    again = parse_number(number_data(number))
    assert again == number
    assert number_data(again) == number_data(number)


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (200.0, "200"), (12_700_000.0, "12,700,000"), (1e-7, "1e-07")]
)
def test_numbers_for_readers(value: float, text: str) -> None:
    assert shown(value) == text


def test_whole_numbers_are_written_as_such() -> None:
    assert repr(plain(200.0)) == "200"
    assert repr(plain(0.5)) == "0.5"
    assert isinstance(plain(1e300), float)
