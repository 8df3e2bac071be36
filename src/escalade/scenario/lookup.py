"""What the schema says about a place in a scenario: the type that belongs there and the field that it is part of."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from escalade.scenario.fields import Kind, Part
from escalade.scenario.forms import FORMS, Form
from escalade.scenario.numbers import Number
from escalade.scenario.paths import Path
from escalade.scenario.schema import Scenario


@dataclass(frozen=True)
class Place:
    """What belongs at a path: its type, and the meaning, unit, label and kind of the field that it is part of."""

    annotation: Any
    meaning: str
    unit: str
    label: str
    kind: Kind

    @property
    def model(self) -> type[BaseModel] | None:
        """The model that belongs there, if it is one."""
        bare = _bare(self.annotation)
        return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None

    @property
    def names(self) -> tuple[str, ...]:
        """Keys that may stand there: those of a model, of the ways to write a number, or of a closed mapping."""
        if self.model is not None:
            return tuple(info.alias or name for name, info in self.model.model_fields.items())
        if _bare(self.annotation) is Number:
            return (*FORMS, "source", "assumption", "url", "note", "together")
        key = get_args(self.annotation)[0] if get_origin(self.annotation) is dict else None
        return tuple(get_args(key)) if get_origin(key) is Literal else ()

    @property
    def may_be_null(self) -> bool:
        """Whether null is a value here."""
        stripped = get_args(self.annotation)[0] if get_origin(self.annotation) is Annotated else self.annotation
        return get_origin(stripped) in (Union, types.UnionType) and type(None) in get_args(stripped)

    @property
    def form(self) -> Form | None:
        """Limits of the number that belongs there, if it is one."""
        found = [item for item in get_args(self.annotation) if isinstance(item, Form)]
        nested = [form for arg in get_args(self.annotation) for form in get_args(arg) if isinstance(form, Form)]
        return next(iter(found + nested), None)

    def check(self, value: Any, context: dict[str, Any]) -> None:
        """Raise pydantic's errors if a value does not belong there."""
        strict_already = self.model is not None or _bare(self.annotation) is Number
        config = None if strict_already else ConfigDict(strict=True)
        TypeAdapter(self.annotation, config=config).validate_python(value, context=context)


SCENARIO = Place(Scenario, "The scenario.", "", "Scenario", "text")


@lru_cache(maxsize=4096)
def place(path: Path, root: Place = SCENARIO) -> Place | None:
    """What the schema says about a path, ``*`` included; None if nothing may stand there.

    root : what the whole is, where it is no scenario
    """
    found: Place | None = root
    for part in path:
        found = None if found is None else _inside(found, part)
    return found


def _inside(outer: Place, part: str | int) -> Place | None:
    bare = _bare(outer.annotation)
    if outer.model is not None:
        info = next((f for name, f in outer.model.model_fields.items() if (f.alias or name) == part), None)
        return None if info is None else _field(info)
    inner = _element(bare, part)
    if inner is None:
        return outer if bare is Number else None
    return Place(inner, outer.meaning, outer.unit, outer.label, outer.kind)


def _element(bare: Any, part: str | int) -> Any:
    origin, args = get_origin(bare), get_args(bare)
    if origin is dict and isinstance(part, str):
        return args[1]
    if origin in (list, tuple):
        return args[0]
    return None


def _field(info: FieldInfo) -> Place:
    extra = info.json_schema_extra
    meta: dict[str, Any] = extra if isinstance(extra, dict) else {}
    annotation = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    unit, label = meta.get("unit", ""), meta.get("label", "")
    return Place(annotation, info.description or "", unit, label, meta.get("kind", "text"))


def _bare(annotation: Any) -> Any:
    """The annotation without ``Annotated`` and without ``| None``."""
    while True:
        origin, args = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation = args[0]
        elif origin in (Union, types.UnionType) and type(None) in args and len(args) == 2:
            annotation = next(arg for arg in args if arg is not type(None))
        else:
            return annotation


def parts_of(model: Part) -> dict[str, Any]:
    """The fields of a part by the names used in files."""
    return {info.alias or name: getattr(model, name) for name, info in type(model).model_fields.items()}
