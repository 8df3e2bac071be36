"""The small scenario of the tests, as it is or changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from escalade.scenario import Scenario, load_scenario, scenario_from_data

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"


@cache
def tiny() -> Scenario:
    """North and South, as the file has them."""
    return load_scenario(TINY)


def tiny_with(edit: Callable[[dict[str, Any]], object]) -> Scenario:
    """North and South after ``edit`` has changed the plain data of the file in place."""
    data = YAML(typ="safe").load(TINY)
    data["as_of"] = str(data["as_of"])
    edit(data)
    return scenario_from_data(data)
