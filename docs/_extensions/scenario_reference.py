"""Tables of a scenario file's keys, from the schema."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from escalade.scenario.fields import Part
from escalade.scenario.forms import FORMS, Form
from escalade.scenario.lookup import SCENARIO, Place, place
from escalade.scenario.numbers import Fixed, Number, Pert
from escalade.scenario.paths import Path, schema_path
from escalade.scenario.written import shown

HEADS = ("key", "meaning", "allowed", "unit", "default", "kind")
WORDS = {bool: "`true` or `false`", int: "a whole number", float: "a number"}


def part(written: str) -> str:
    """The table of the part of a scenario at a path, such as ``sides.SIDE.arms.ARM``; empty: the scenario itself."""
    path = schema_path(written) if written else ()
    return table(HEADS, [_row((*path, key), info) for key, info in keys(path)])


def keys(path: Path) -> Iterator[tuple[str, FieldInfo]]:
    """Keys of the part at a path, as they are written in files, with what the schema says of them."""
    found = place(path) if path else SCENARIO
    if found is None or found.model is None:
        raise KeyError(f"no part of a scenario stands at {path}")
    for name, info in found.model.model_fields.items():
        yield info.alias or name, info


def number_forms() -> str:
    """The ways of writing a number, and the keys that each of them has."""
    rows = []
    for form in dict.fromkeys(FORMS.values()):
        own = [(name, info) for name, info in form.model_fields.items() if info.is_required()]
        words = "; ".join(f"`{name}`: {(info.description or '').rstrip('.')}" for name, info in own)
        rows.append((cell(" ".join((form.__doc__ or "").split())), cell(words)))
    return table(("form", "keys"), rows)


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def cell(text: str) -> str:
    """Text that neither ends a cell nor begins an equation."""
    return text.replace("|", "\\|").replace("$", "\\$")


def default(info: FieldInfo) -> str:
    """What stands in where a key is left out."""
    value = info.get_default()
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, Number):
        return number(value)
    if value is None:
        return "`null`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "none" if isinstance(value, Part) or not value else f"`{value}`"


def number(value: Number) -> str:
    """A default number as people read it."""
    match value.spec:
        case Fixed(certain):
            return shown(certain)
        case Pert(low, mode, high):
            return f"{shown(mode)} ({shown(low)} to {shown(high)})"
    raise TypeError(f"no default is written like {value.spec!r}")


def _row(path: Path, info: FieldInfo) -> tuple[str, ...]:
    found = place(path)
    assert found is not None
    unit = "" if found.unit == "text" else found.unit
    return f"`{path[-1]}`", cell(found.meaning), _allowed(path, found), unit, default(info), found.kind


def _allowed(path: Path, found: Place) -> str:
    """What a key may hold, in words."""
    form = found.form
    words = _form(form) if form is not None else _parts(path, found) or _type(found.annotation)
    return f"{words}, or `null`" if found.may_be_null else words


def _form(form: Form) -> str:
    return f"a whole number, {form.allowed}" if form.whole else f"a number, {form.allowed}"


def _parts(path: Path, found: Place) -> str:
    """A part of its own, or several of them."""
    if found.model is not None:
        return _see(found)
    for step, words in ((0, "a list"), ("NAME", "by name")):
        inner = place((*path, step))
        if inner is not None and inner.model is not None:
            return f"{words}: {_see(inner)}"
        if inner is not None and inner.form is not None:
            return f"{words}: {_form(inner.form)}"
    return ""


def _see(found: Place) -> str:
    """A link to the table of a part; the page that holds it has the anchor."""
    assert found.model is not None
    name = found.model.__name__
    return f"[{name}](#part-{name.lower()})"


def _type(annotation: Any) -> str:
    """A plain type in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0])
    if origin in (Union, types.UnionType):
        return _type(next(argument for argument in arguments if argument is not type(None)))
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in arguments)
    if origin in (tuple, list):
        return f"a list of {len(arguments)}"
    return "by name" if origin is dict else WORDS.get(annotation, "text")
