"""Levers: made from the schema, moved in every world, and refused where they are none."""

import numpy as np
import pytest

from escalade.errors import UsageError
from escalade.lab.levers import controls, known_levers, moved, require_levers
from escalade.scenario import inputs, load_scenario
from tests.study.fakes import TINY

SCENARIO = load_scenario(TINY)
KNOWN = known_levers(SCENARIO)
CONTROLS = {one.path: one for one in controls(SCENARIO)}
STOCK = "sides.north.shield.layers.*.stock"


def test_every_control_is_a_lever_that_is_allowed_at_all_its_steps():
    for path, one in CONTROLS.items():
        for step in one.steps:
            require_levers(KNOWN, {path: {"times": step} if one.times else step})
        assert one.today in one.steps
        assert one.meaning
        assert one.unit


def test_whole_shields_shelter_and_partners_stand_first():
    first = [path for path, one in CONTROLS.items() if one.first]
    assert first == list(CONTROLS)[: len(first)]
    assert first[0] == STOCK
    assert {"sides.north.shelter.coverage", "sides.north.shield.layers.upper.commitment.if_struck_first"} <= set(first)


def test_only_partners_can_be_more_or_less_committed():
    assert not any(".lower.commitment." in path for path in CONTROLS)


def test_a_star_moves_all_layers_and_products_once():
    drawn = {
        "sides.north.shield.layers.upper.stock": np.array([30.0, 40.0]),
        "sides.north.shield.layers.lower.stock.of": np.array([20.0, 20.0]),
        "sides.north.shield.layers.lower.stock.times": np.array([2.0, 3.0]),
        "sides.north.tolerance": np.array([1.0, 2.0]),
    }
    twice = moved(drawn, {STOCK: {"times": 2.0}})
    assert twice["sides.north.shield.layers.upper.stock"].tolist() == [60.0, 80.0]
    product = [twice[f"sides.north.shield.layers.lower.stock.{part}"] for part in ("of", "times")]
    assert (product[0] * product[1]).tolist() == [80.0, 120.0]
    assert twice["sides.north.tolerance"] is drawn["sides.north.tolerance"]
    set_to = moved(drawn, {STOCK: 7.0})
    product = [set_to[f"sides.north.shield.layers.lower.stock.{part}"] for part in ("of", "times")]
    assert (product[0] * product[1]).tolist() == [7.0, 7.0]


def test_sums_grow_as_wholes():
    drawn = {"a.of": np.array([1.0]), "a.plus": np.array([3.0])}
    assert sum(moved(drawn, {"a": {"times": 2.0}}).values()).tolist() == [8.0]


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({"sides.north.tolerance": 3.0}, "no lever"),
        ({"sides.north.shelter.cover": 0.5}, 'did you mean "sides.north.shelter.coverage"'),
        ({"sides.north.shelter.coverage": 1.5}, "allowed: 0 to 1"),
        ({STOCK: {"times": -1.0}}, "allowed: at least 0"),
        ({"__class__": 1.0}, "no lever"),
    ],
)
def test_what_is_no_lever_is_refused(levers, words):
    with pytest.raises(UsageError, match=words):
        require_levers(KNOWN, levers)


def test_assumptions_are_no_levers():
    kinds = {item.key: item.kind for item in inputs(SCENARIO)}
    assert all(kinds.get(path, kinds.get(f"{path}.of", "lever")) == "lever" for path in CONTROLS)
