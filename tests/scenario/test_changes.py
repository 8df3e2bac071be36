"""Changes by dotted path: what they make, and where it came from."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario.changes import Change, apply, operation, origin, tied
from escalade.scenario.paths import PathError

DATA: dict[str, Any] = {
    "layers": {"upper": {"stock": 10}, "lower": {"stock": {"low": 1, "mode": 2, "high": 3}}},
    "off": None,
}


def test_a_value_replaces_what_was_there_everywhere_it_matches() -> None:
    changed, made = apply(DATA, {"layers.*.stock": 0})
    assert changed["layers"] == {"upper": {"stock": 0}, "lower": {"stock": 0}}
    assert [change.target for change in made] == [("layers", "upper", "stock"), ("layers", "lower", "stock")]
    assert DATA["layers"]["upper"] == {"stock": 10}


def test_times_and_plus_build_on_what_was_there_in_the_order_written() -> None:
    changed, _ = apply(DATA, {"layers.upper.stock": {"times": 2}, "layers.*.stock": {"plus": 1, "assumption": "more"}})
    assert changed["layers"]["upper"]["stock"] == {"of": {"of": 10, "times": 2}, "plus": 1, "assumption": "more"}
    assert changed["layers"]["lower"]["stock"]["of"] == {"low": 1, "mode": 2, "high": 3}


def test_there_must_be_a_number_to_build_on() -> None:
    with pytest.raises(PathError, match="there is no number to change by times"):
        apply(DATA, {"off": {"times": 2}})


def test_a_whole_product_is_a_value() -> None:
    assert operation({"of": 2, "times": 3}) == ""
    assert operation({"plus": 3, "source": "x"}) == "plus"
    assert operation(3) == ""


def test_the_origin_of_a_part_is_found_through_layers_of_changes() -> None:
    path = ("layers", "upper", "stock")
    made = [Change("layers.upper.stock", path, "times"), Change("layers.*.stock", path, "plus")]
    assert origin(made, (*path, "plus", "low")) == ("layers.*.stock", ("plus", "low"))
    assert origin(made, (*path, "of", "times")) == ("layers.upper.stock", ("times",))
    assert origin(made, (*path, "of", "of", "mode")) == (None, (*path, "mode"))
    assert origin(made, ("layers", "lower", "stock")) == (None, ("layers", "lower", "stock"))
    assert origin(made, path) == ("layers.*.stock", ())


def test_a_value_hides_what_was_changed_before() -> None:
    path = ("layers", "upper", "stock")
    made = [Change("layers.upper.stock", path, "times"), Change("layers.*.stock", path)]
    assert origin(made, (*path, "low")) == ("layers.*.stock", ("low",))


def test_uncertain_values_are_tied_by_name() -> None:
    spread = {"low": 1, "mode": 2, "high": 3}
    assert tied(spread, "n") == {"together": "n", **spread}
    assert tied({"together": "own", **spread}, "n") == {"together": "own", **spread}
    assert tied({"times": spread}, "n") == {"times": {"together": "n, times", **spread}}
    assert tied({"of": spread, "times": spread, "together": "own"}, "n") == {
        "of": {"together": "n, of", **spread},
        "times": spread,
        "together": "own",
    }
    assert tied(2, "n") == 2
    assert tied({"name": "a layer"}, "n") == {"name": "a layer"}


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(), min_size=1), st.integers())
def test_changing_one_part_changes_nothing_else(data: dict[str, int], value: int) -> None:
    name = min(data)
    changed, _ = apply(data, {name: value})
    assert changed == {**data, name: value}
