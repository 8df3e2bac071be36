"""The JSON Schema: shipped as generated, and complete."""

import json
from collections.abc import Iterator
from typing import Any

from escalade.scenario.export import json_schema, schema_text, shipped_schema
from escalade.scenario.forms import FORMS_MARK
from escalade.scenario.variants import KEYS

SCHEMA = json_schema()


def test_the_shipped_schema_is_the_one_of_the_models() -> None:
    assert shipped_schema() == schema_text(), "write escalade.scenario.export.schema_text() to the schema file"


def properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"].items()
        for inner in node.values():
            yield from properties(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from properties(inner)


def test_every_field_says_what_it_is() -> None:
    found = list(properties(SCHEMA))
    assert len(found) > 100
    for name, field in found:
        assert field["description"].endswith("."), name
        assert field["label"][0].isupper(), name
        assert field["unit"], name
        assert field["kind"] in ("lever", "assumption", "text"), name


def test_references_lead_somewhere() -> None:
    text = json.dumps(SCHEMA)
    assert FORMS_MARK not in text
    for name in {part.partition('"')[0] for part in text.split("#/$defs/")[1:]}:
        assert name in SCHEMA["$defs"]


def test_a_file_that_extends_is_a_variant() -> None:
    assert SCHEMA["if"] == {"required": ["extends"]}
    variant = SCHEMA["$defs"]["Variant"]
    assert set(variant["properties"]) == set(KEYS)
    assert variant["additionalProperties"] is False


def test_limits_are_in_the_schema() -> None:
    layer = SCHEMA["$defs"]["Layer"]["properties"]
    assert layer["availability"]["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 1}
    assert layer["stock"]["whole"] is True
    assert SCHEMA["$defs"]["Shield"]["properties"]["believes"]["anyOf"][0]["exclusiveMaximum"] == 1
