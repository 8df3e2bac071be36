"""JSON Schema of scenario files, for editors and other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from escalade.scenario.forms import FORMS, FORMS_MARK
from escalade.scenario.numbers import Number
from escalade.scenario.schema import SCHEMA_VERSION, Scenario
from escalade.scenario.variants import HEAD
from escalade.scenario.written import number_data

NUMBER = "#/$defs/UncertainNumber"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file: a whole scenario, or a variant that extends one."""
    scenario = Scenario.model_json_schema(schema_generator=_Generator)
    parts = scenario.pop("$defs")
    forms = {form.__name__: form.model_json_schema(schema_generator=_Generator) for form in FORMS.values()}
    number = {"description": "An uncertain number.", "anyOf": [{"$ref": f"#/$defs/{name}"} for name in forms]}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"escalade scenario, version {SCHEMA_VERSION}",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/Variant"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": {
            **parts,
            **forms,
            "UncertainNumber": number,
            "Scenario": scenario,
            "Variant": _variant(scenario, parts),
        },
    }
    return _resolved(schema)  # type: ignore[no-any-return]


def schema_text() -> str:
    """The schema as it is shipped: indented JSON."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def shipped_schema() -> str:
    """The text of the schema file in the installed package."""
    file = resources.files("escalade") / "schema" / f"scenario-v{SCHEMA_VERSION}.json"
    return file.read_text(encoding="utf-8")


class _Generator(GenerateJsonSchema):
    """Pydantic's, with default numbers as people write them."""

    def encode_default(self, dft: Any) -> Any:
        return number_data(replace(dft, assumption=None)) if isinstance(dft, Number) else super().encode_default(dft)


def _variant(scenario: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    fields, scenario_changes = scenario["properties"], parts["Policy"]["properties"]["changes"]
    extends = {
        "description": "The scenario that this one changes: a bundled name, or a .yaml file in the same folder.",
        "label": "Extends",
        "unit": "text",
        "kind": "text",
        "type": "string",
    }
    changes = {**scenario_changes, "description": "New values by dotted path, as in a policy; they may add and remove."}
    return {
        "description": "A scenario that extends another one and changes a few values.",
        "type": "object",
        "properties": {**{key: fields[key] for key in (*HEAD, "policies")}, "extends": extends, "changes": changes},
        "required": ["escalade", "name", "extends"],
        "additionalProperties": False,
    }


def _resolved(schema: Any) -> Any:
    """The schema with references to the ways of writing a number, and without pydantic's generated titles."""
    if isinstance(schema, list):
        return [_resolved(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if FORMS_MARK in schema:
        return {"$ref": NUMBER}
    return {key: _resolved(value) for key, value in schema.items() if not (key == "title" and "label" in schema)}
