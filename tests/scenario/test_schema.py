"""The schema on its own: names, defaults, and what it shares with the kernels."""

import datetime
from typing import get_args

from escalade.scenario import Scenario, parse_scenario
from escalade.scenario.fields import Part
from escalade.scenario.schema import SCHEMA_VERSION, Step
from escalade.scenario.sides import THREAT, ThreatClass
from escalade.worlds import THREAT_CLASSES
from tests.scenario.texts import HOSTED, TINY

SCENARIO = parse_scenario(TINY)


def test_threat_classes_are_those_of_the_kernels() -> None:
    assert get_args(ThreatClass) == THREAT_CLASSES


def test_the_version_is_one() -> None:
    assert SCENARIO.escalade == SCHEMA_VERSION == 1


def test_names_that_python_reserves_are_written_plainly() -> None:
    arm = SCENARIO.sides["south"].arms["missiles"]
    assert (arm.threat_class, arm.lowest, arm.highest) == ("ballistic", "border_raid", "open_war")


def test_words_of_a_policy_are_its_short_name_or_its_name() -> None:
    assert SCENARIO.policies["no_shield"].words == "without the shield"
    assert SCENARIO.policies["more_shelter"].words == "Shelter for nearly all"


def test_dates_are_dates() -> None:
    assert SCENARIO.as_of == datetime.date(2030, 1, 1)


def test_a_side_does_nothing_at_a_rung_that_nobody_described() -> None:
    assert SCENARIO.sides["north"].step("no_such_rung") == THREAT == Step()
    assert THREAT.effort.mode == 0
    assert THREAT.may_climb


def test_the_defaults_are_those_of_the_model_reference() -> None:
    crisis = Scenario.model_fields["crisis"].default
    values = [
        getattr(crisis, name) for name in ("waves_per_rung", "choice_precision", "stake_spread", "resolve_spread")
    ]
    assert [(value.low, value.mode, value.high) for value in values] == [
        (2, 2, 2),
        (20, 20, 20),
        (0.2, 0.4, 0.8),
        (0.3, 0.6, 1.0),
    ]
    assert all(value.is_default for value in values)


def test_the_small_scenarios_name_every_field() -> None:
    """The two scenarios that other tests build on leave no field of a part untried."""

    def unset(part: object, path: str = "") -> set[str]:
        if isinstance(part, Part):
            own = {
                f"{type(part).__name__}.{name}" for name in type(part).model_fields if name not in part.model_fields_set
            }
            return own.union(*(unset(getattr(part, name)) for name in part.model_fields_set))
        items = part.values() if isinstance(part, dict) else part if isinstance(part, tuple) else ()
        return set().union(*map(unset, items))

    fields = {f"{model.__name__}.{name}" for model in [Scenario, *subclasses(Part)] for name in model.model_fields}
    both = (SCENARIO, parse_scenario(HOSTED))
    always_unset = {
        name
        for name in fields
        if all(name in unset(each) for scenario in both for each in parts(scenario, name.split(".")[0]))
    }
    assert always_unset == set()


def subclasses(model: type[Part]) -> list[type[Part]]:
    return [inner for inner in model.__subclasses__() if inner.__module__.startswith("escalade.scenario.")]


def parts(value: object, name: str) -> list[object]:
    """Every part of a scenario of the model called ``name``."""
    if isinstance(value, Part):
        inner = [item for field in type(value).model_fields for item in parts(getattr(value, field), name)]
        return ([value] if type(value).__name__ == name else []) + inner
    items = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [found for item in items for found in parts(item, name)]
