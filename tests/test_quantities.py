"""The registry: ids, formulas, words."""

import pytest

from escalade.quantities import REGISTRY, RUN_NUMBERS, Vocabulary, catalogue, shown

VOCABULARY = Vocabulary(
    sides={"b": "Borduria", "a": "Syldavia"},
    rungs={"talk": "Talks", "war": "War"},
    arms={"b": {"rocket": "rockets"}, "a": {"jet": "jets", "drone": "drones"}},
    layers={"b": {}, "a": {"upper": "the upper layer", "lower": "the lower layer"}},
)


def test_patterns_are_filled_in_the_scenarios_order():
    ids = [key for key in catalogue(VOCABULARY) if key.startswith("deaths.")]
    assert ids == ["deaths.b", "deaths.a"]


def test_patterns_of_members_stay_with_their_side():
    ids = set(catalogue(VOCABULARY))
    assert {"fired.b.rocket", "fired.a.jet", "fired.a.drone", "interceptors.a.upper"} <= ids
    assert "fired.b.jet" not in ids


def test_stars_add_up_over_sides_or_over_the_layers_of_one_side():
    quantities = catalogue(VOCABULARY)
    assert quantities["restraint"].crisis.formula == "(restrained.b + restrained.a) / (struck.b + struck.a)"
    assert quantities["interceptors.a"].period.columns == ("interceptors.a.upper", "interceptors.a.lower")
    assert quantities["interceptors.b"].period.columns == ()


def test_control_is_the_same_outcome_of_one_crisis():
    quantities = catalogue(VOCABULARY)
    assert quantities["yield.a"].control == "yield.a"
    assert quantities["wars"].control == "war"
    assert quantities["interceptors.a"].control is None


def test_every_control_exists_on_the_crisis_clock():
    quantities = catalogue(VOCABULARY)
    for quantity in quantities.values():
        if quantity.control is not None:
            assert quantities[quantity.control].crisis is not None


def test_no_placeholder_is_left_in_any_text():
    for quantity in catalogue(VOCABULARY).values():
        assert "{" not in quantity.name + quantity.sentence
        assert not {"SIDE", "RUNG", "ARM", "LAYER"} & set(quantity.id.split("."))


def test_names_with_braces_appear_as_they_are():
    odd = Vocabulary({"a": "{side}{rung}"}, {}, {}, {})
    assert catalogue(odd)["deaths.a"].name == "deaths, {side}{rung}"


def test_every_entry_says_what_it_is_on_at_least_one_clock():
    assert len({entry.id for entry in REGISTRY}) == len(REGISTRY)
    for entry in REGISTRY:
        assert entry.name
        assert entry.sentence.endswith(".")
        measures = [measure for measure in (entry.crisis, entry.period) if measure]
        assert measures
        assert all(measure.of for measure in measures)


@pytest.mark.parametrize(
    ("value", "unit", "signed", "text"),
    [
        (0.1523, "share", False, "15.2"),
        (0.0004, "share", False, "0.04"),
        (0.00004, "share", False, "<0.01"),
        (0.00004, "share", True, "0"),
        (0.004, "deaths", False, "<0.01"),
        (0.0, "share", True, "0"),
        (-0.0000001, "share", True, "0"),
        (0.04, "share", True, "+4.0"),
        (12345.6, "deaths", False, "12,346"),
        (-12.34, "deaths", True, "-12.3"),
        (0.5, "count", False, "0.50"),
        (2.5e9, "dollars", True, "+2.5 bn"),
        (-0.2, "dollars", True, "0"),
        (1.63, "year", False, "1.6"),
    ],
)
def test_values_are_shown_in_few_digits(value, unit, signed, text):
    assert shown(value, unit, signed=signed) == text


def test_highest_rungs_and_ways_to_end_add_up_to_all_crises():
    quantities = catalogue(VOCABULARY)
    assert quantities["highest.talk"].crisis.formula == "reach.talk - reach.war"
    assert quantities["highest.war"].crisis.formula == "reach.war"
    ends = [quantities[name].crisis for name in ("settled", "stand_off", "yield.a", "yield.b")]
    added = sorted(column for end in ends for column in end.numerator)
    taken = sorted(column for end in ends for column in end.less)
    assert added == sorted([*taken, "reach.talk"])


def test_what_is_taken_away_has_to_be_there():
    assert set(catalogue(VOCABULARY)["highest.talk"].crisis.columns) == {"reach.talk", "reach.war"}


def test_numbers_about_a_run_are_explained():
    assert len({number.id for number in RUN_NUMBERS}) == len(RUN_NUMBERS)
    for number in RUN_NUMBERS:
        assert number.sentence.endswith(".")
        assert number.formula
        assert number.error.endswith(".")
