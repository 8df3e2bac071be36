"""What the schema says about a place."""

import pytest

from escalade.scenario import parse_scenario
from escalade.scenario.fields import Part
from escalade.scenario.inputs import numbers
from escalade.scenario.lookup import parts_of, place
from escalade.scenario.schema import Scenario
from tests.scenario.texts import TINY

PLACES = [
    ("sides.north.shield.layers.upper.stock", "lever", "interceptors", "Interceptors in stock"),
    ("sides.north.shield.layers.*.stops.ballistic", "assumption", "probability per shot", "Stops one threat per shot"),
    ("sides.*.shelter.coverage", "lever", "share of people", "People with shelter"),
    ("sides.north.arms.x.class", "text", "text", "Threat class"),
    ("sides.north.arms.x.deliveries.0.units", "lever", "units", "Units delivered"),
    ("ladder.rungs.covert.concession", "assumption", "share of the objective", "Given up by yielding"),
    ("war_cost", "assumption", "median stakes", "Cost of war itself"),
]


@pytest.mark.parametrize(("path", "kind", "unit", "label"), PLACES, ids=[path for path, *_ in PLACES])
def test_a_place_has_the_meaning_of_its_field(path: str, kind: str, unit: str, label: str) -> None:
    found = place(tuple(int(part) if part.isdigit() else part for part in path.split(".")))
    assert found is not None
    assert (found.kind, found.unit, found.label) == (kind, unit, label)
    assert found.meaning.endswith(".")


@pytest.mark.parametrize("path", ["side", "sides.north.tolerances", "years.low", "ladder.rungs.x.y"])
def test_nothing_may_stand_where_the_schema_has_nothing(path: str) -> None:
    assert place(tuple(path.split("."))) is None


def test_the_limits_of_a_number_are_known() -> None:
    truth = place(("sides", "x", "shield", "truth"))
    assert truth is not None
    assert truth.form is not None
    assert truth.form.allowed == "more than 0 and at most 0.9"
    channels = place(("sides", "x", "shield", "layers", "y", "channels"))
    assert channels is not None
    assert channels.may_be_null
    assert channels.form is not None
    assert channels.form.whole


def test_every_number_of_a_scenario_has_a_place() -> None:
    found = [place(path) for path, _ in numbers(parse_scenario(TINY))]
    assert len(found) > 100
    assert all(item is not None and item.form is not None and item.kind != "text" for item in found)


def test_parts_have_the_names_of_the_file() -> None:
    arm = parse_scenario(TINY).sides["north"].arms["squadron"]
    assert {"class", "from", "to"} <= set(parts_of(arm))
    assert issubclass(Scenario, Part)
