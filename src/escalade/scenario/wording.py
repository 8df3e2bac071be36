"""What pydantic found, in words: what is wrong, what is allowed, what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from escalade.errors import Problem
from escalade.scenario.forms import FORMS
from escalade.scenario.lookup import SCENARIO, Place, place
from escalade.scenario.paths import Path, allowed, near, printable
from escalade.scenario.reading import Document, Mark
from escalade.scenario.written import shown


def problems(
    error: ValidationError,
    document: Document,
    above: Path = (),
    schema: Path | None = None,
    root: Place = SCENARIO,
) -> Iterator[Problem]:
    """Problems with their places in the document.

    ``above`` is the path at which the value that was validated stands, ``schema`` the path at which the schema says
    what it may be, where that is another one: that of the value which a change gives a new value. ``root`` is what
    the whole is, where it is no scenario.
    """
    for details in error.errors(include_url=False):
        path, at_key = located(details)
        message = word(details, (*(above if schema is None else schema), *path), root)
        yield document.problem((*above, *path), message, _mark(details, document, (*above, *path), at_key))


def located(details: ErrorDetails) -> tuple[Path, bool]:
    """Path of the part that is wrong, and whether its key is."""
    loc = details["loc"]
    if loc and loc[-1] == "[key]":
        return loc[:-1], True
    return loc, details["type"] == "extra_forbidden"


def _mark(details: ErrorDetails, document: Document, path: Path, at_key: bool) -> Mark:
    # What is missing has no place: the key above it is where it must be added.
    if details["type"] == "missing":
        return document.where_key(path[:-1])
    return document.where_key(path) if at_key else document.where(path)


def word(details: ErrorDetails, path: Path, root: Place = SCENARIO) -> str:
    """One problem in words; ``path`` tells what the schema of ``root`` allows there."""
    kind = details["type"]
    if kind == "escalade":
        return str(details["msg"])
    found = _WORDS.get(kind)
    if found is not None:
        return found(details, path, root)
    limit = next((text for name, text in _LIMITS.items() if kind == name), None)
    if limit is not None:
        bound = next(iter(details["ctx"].values()))
        return f"is {_shown(details['input'])}; allowed: {limit} {shown(bound)}"
    return printable(details["msg"], 200)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return printable(repr(value) if isinstance(value, str) else str(value), 60)


def _missing(details: ErrorDetails, path: Path, root: Place) -> str:
    meaning = _meaning(path, root)
    return f"is missing; needed: {meaning[:1].lower()}{meaning[1:].rstrip('.')}" if meaning else "is missing"


def _meaning(path: Path, root: Place) -> str:
    """What the schema says of a field; of a part of a number, what that part is."""
    found, outer = place(path, root), place(path[:-1], root)
    if outer is not None and outer.form is not None and path[-1] in FORMS:
        return FORMS[str(path[-1])].model_fields[str(path[-1])].description or ""
    return found.meaning if found is not None else ""


def _unknown(details: ErrorDetails, path: Path, root: Place) -> str:
    outer = place(path[:-1], root)
    names = outer.names if outer is not None else ()
    return f"is not a known key; {allowed(names)}{near(str(path[-1]), names)}"


def _literal(details: ErrorDetails, path: Path, root: Place) -> str:
    value = details["input"]
    names = [name.strip("' ") for name in details["ctx"]["expected"].replace(" or ", ", ").split(",")]
    hint = near(value, names) if isinstance(value, str) else ""
    return f"is {_shown(value)}; {allowed(names)}{hint}"


def _length(details: ErrorDetails, path: Path, root: Place) -> str:
    context = details["ctx"]
    least, most = context.get("min_length"), context.get("max_length")
    return f"has {context['actual_length']} entries; allowed: {f'at least {least}' if least else f'at most {most}'}"


def _expects(what: str) -> Callable[[ErrorDetails, Path, Place], str]:
    return lambda details, path, root: f"is {_shown(details['input'])}; allowed: {what}"


_TEXT = _expects("text (in quotes if it looks like a number)")
_NAME = _expects("small letters, digits and _ (- in a scenario's name), a letter first")
_MAPPING = _expects("a mapping of keys to values")
_LIST = _expects("a list")
_WHOLE = _expects("a whole number")
_NUMBER = _expects("a finite number, such as 0.8")
_YES_NO = _expects("true or false")
_DAY = _expects("a day, written 2025-06-12")

_WORDS: dict[str, Callable[[ErrorDetails, Path, Place], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _literal,
    "too_short": _length,
    "too_long": _length,
    "string_type": _TEXT,
    "string_pattern_mismatch": _NAME,
    "string_too_short": _expects("text that is not empty"),
    "string_too_long": lambda details, path, root: f"is too long; allowed: {details['ctx']['max_length']} characters",
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "value_error": _DAY,
}

_LIMITS = {
    "greater_than_equal": "at least",
    "greater_than": "more than",
    "less_than_equal": "at most",
    "less_than": "less than",
}
