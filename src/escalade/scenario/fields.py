"""Fields of the schema: what each means, its unit, its label, and whether it is a lever or an assumption.

A *lever* is what a government chooses, an *assumption* what nobody knows; *text* is neither: names, ids, and what a
scenario is about (its sides, arms, rungs), which policies cannot change.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticUndefined

Kind = Literal["lever", "assumption", "text"]


class Part(BaseModel):
    """Base of every part of a scenario: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_by_alias=True, validate_by_name=False)


def lever(meaning: str, *, unit: str, label: str, default: Any = PydanticUndefined, **limits: Any) -> Any:
    """A field that a government chooses."""
    return _field("lever", meaning, unit, label, default, limits)


def assumption(meaning: str, *, unit: str, label: str, default: Any = PydanticUndefined, **limits: Any) -> Any:
    """A field that nobody knows."""
    return _field("assumption", meaning, unit, label, default, limits)


def text(meaning: str, *, label: str, unit: str = "text", default: Any = PydanticUndefined, **limits: Any) -> Any:
    """A field that names or structures; policies cannot change it."""
    return _field("text", meaning, unit, label, default, limits)


def _field(kind: Kind, meaning: str, unit: str, label: str, default: Any, limits: dict[str, Any]) -> Any:
    extra = {"unit": unit, "label": label, "kind": kind}
    return Field(default, description=meaning, json_schema_extra=extra, **limits)  # type: ignore[arg-type]
