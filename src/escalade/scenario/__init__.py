"""What a user writes: schema, uncertain numbers, policies, variants, and loading with line numbers."""

from escalade.scenario.canonical import canonical_yaml
from escalade.scenario.inputs import Input, inputs
from escalade.scenario.loading import Loaded, load, load_scenario, parse_scenario, scenario_from_data
from escalade.scenario.schema import Scenario
from escalade.scenario.sources import bundled_names

__all__ = [
    "Input",
    "Loaded",
    "Scenario",
    "bundled_names",
    "canonical_yaml",
    "inputs",
    "load",
    "load_scenario",
    "parse_scenario",
    "scenario_from_data",
]
