"""The ways to write a number, and the limits that a number must keep.

    0.8                                                certain
    {value: 0.8, source: "Name, date"}                 certain, with its reason
    {low: 0.6, mode: 0.8, high: 0.9}                   PERT distribution with hard limits
    {uniform: [0.6, 0.9]}                              all between equally likely
    {one_of: [0.6, 0.9]}                               alternatives
    {fact: iron_dome.reported_intercept_rate}          a figure, or a pooled group, of the library of facts
    {of: 300, times: {low: 1.5, mode: 2, high: 3}}     one number times another
    {of: 300, plus: 50}                                one number plus another

Each may carry ``source:`` or ``assumption:``, ``url:`` and ``note:``, and ``together:`` (numbers with the same words
there are drawn together). The forms before ``fact:`` may carry ``fact:`` too, the figures that speak of this very
number: they stand in for it if the scenario's ``facts_from`` asks for a kind that is among them. ``Form`` turns all of
them into a ``Number`` inside a pydantic model: ``Annotated[Number, Form(low=0, high=1)]``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypedDict

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from escalade import facts
from escalade.scenario.fields import text
from escalade.scenario.numbers import Fixed, Number, OneOf, Pert, Plus, Times, Uniform, between, with_reason_of
from escalade.scenario.written import number_data, shown

FORMS_HELP = (
    "a number is written 0.8, {low, mode, high}, {uniform: [a, b]}, {one_of: [a, b, ...]}, {fact: id} or {value: 0.8}"
)
FORMS_MARK = "x-uncertain-number"
"""Stands in the raw JSON Schema of a number for the reference to all ways of writing one."""

Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=1, max_length=4_000)]


def problem(message: str, at: tuple[str | int, ...] = ()) -> ValidationError:
    """An error for pydantic with a message of our own, at a place inside the value that is being checked."""
    # PydanticCustomError fills in {braces} from its context, so the message travels as one value.
    kind = PydanticCustomError("escalade", "{message}", {"message": message})
    return ValidationError.from_exception_data("number", [InitErrorDetails(type=kind, loc=at, input=None)])


@dataclass(frozen=True)
class Form:
    """Marks a pydantic field as a ``Number`` within limits.

    ``low`` and ``high`` are the limits, ``open_low`` and ``open_high`` say that the limit itself is not allowed, and
    ``whole`` that the number counts things and is rounded half up when it is drawn.
    """

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    whole: bool = False

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.low == -math.inf and self.high == math.inf:
            return "any number"
        if math.isfinite(self.high - self.low) and not (self.open_low or self.open_high):
            return f"{shown(self.low)} to {shown(self.high)}"
        parts = []
        if self.low > -math.inf:
            parts.append(f"{'more than' if self.open_low else 'at least'} {shown(self.low)}")
        if self.high < math.inf:
            parts.append(f"{'less than' if self.open_high else 'at most'} {shown(self.high)}")
        return " and ".join(parts)

    def admits(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below

    def parse(self, data: Any, info: core_schema.ValidationInfo) -> Number:
        """The number that ``data`` stands for; raises pydantic errors that point inside it."""
        number = data if isinstance(data, Number) else parse_number(data, info.context)
        for name in ("low", "high"):
            value = getattr(number, name)
            if not math.isfinite(value):
                raise problem(f"can reach {shown(value)}, which is not a finite number")
            if not self.admits(value):
                raise problem(self._refusal(number, value), _place(data, name))
        return number

    def _refusal(self, number: Number, value: float) -> str:
        reach = "is" if number.low == number.high else "can be"
        return f"{reach} {shown(value)}; allowed: {self.allowed}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda number: number_data(number)),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        plain: dict[str, Any] = {"type": "number"}
        if self.low > -math.inf:
            plain["exclusiveMinimum" if self.open_low else "minimum"] = self.low
        if self.high < math.inf:
            plain["exclusiveMaximum" if self.open_high else "maximum"] = self.high
        return {"anyOf": [plain, {FORMS_MARK: True}], "whole": self.whole}


def _place(data: Any, name: str) -> tuple[str | int, ...]:
    """Where in the data of a number its lowest (or highest) value stands."""
    if not isinstance(data, dict):
        return ()
    if name in data:
        return (name,)
    if "uniform" in data:
        return ("uniform", 0 if name == "low" else 1)
    if "one_of" in data:
        values = data["one_of"]
        return ("one_of", values.index(min(values) if name == "low" else max(values)))
    return tuple(key for key in ("value", "fact") if key in data)


AnyNumber = Annotated[Number, Form()]


class Reasons(TypedDict, total=False):
    """The fields of a ``Number`` that say where it comes from."""

    source: str | None
    assumption: str | None
    url: str | None
    note: str | None
    together: str | None


class Reason(BaseModel):
    """Where a number comes from: published, or judged; never both."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: Words | None = text("Who published the number, and when.", label="Source", default=None)
    assumption: Words | None = text(
        "Why this number, where nothing published gives it.", label="Assumption", default=None
    )
    url: Words | None = text("Address where it was read.", label="Address", default=None)
    note: Words | None = text("What a reader should know beside it.", label="Note", default=None)
    together: Words | None = text(
        "Numbers with the same words here are all high or all low, each in its own range.",
        label="Drawn together",
        default=None,
    )

    def reasons(self) -> Reasons:
        """The reason as fields of a ``Number``; raises a pydantic error if both kinds are given."""
        if self.source and self.assumption:
            raise problem("has a source and an assumption; a number is either published or judged", ("assumption",))
        return Reasons(
            source=self.source, assumption=self.assumption, url=self.url, note=self.note, together=self.together
        )


class Own(Reason):
    """A number that the scenario gives itself, with the figures that may stand in for it."""

    fact: Words | None = text(
        "Figures that stand in for the number if facts_from asks for a kind that is among them.",
        label="Rival figures",
        default=None,
    )

    def settled(self, spec: Fixed | Pert | Uniform | OneOf, context: Mapping[str, Any] | None) -> Number:
        """The number as written, or the rival figures in its place; raises if there is no such fact."""
        number = Number(spec, rivals=self.fact, **self.reasons())
        if self.fact is None:
            return number
        reading = _read(self.fact, context)
        return replace(_of_figure(reading.fact, self), written=number) if reading.redrawn else number


def _read(fact_id: str, context: Mapping[str, Any] | None) -> facts.Reading:
    """What an id of the library stands for in a scenario; raises a pydantic error if there is no such fact."""
    try:
        return facts.read(fact_id, (context or {}).get("facts_from", "all"))
    except facts.UnknownFact as error:
        raise problem(str(error), ("fact",)) from None


def _of_figure(figure: facts.Fact, form: Own | FromFacts) -> Number:
    """The number that a figure stands for, with the figure's own source and the form's note."""
    reason = "assumption" if figure.is_assumption else "source"
    return Number(
        between(figure.low, figure.mode, figure.high),
        fact=form.fact,
        rivals=form.fact,
        url=figure.url or None,
        note=form.note,
        together=form.together,
        **{reason: figure.citation},  # type: ignore[arg-type]
    )


class Value(Own):
    """A certain number with its reason."""

    value: Finite = text("The number.", label="Value", unit="as the field")

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The number."""
        return self.settled(Fixed(self.value), context)


class Range(Own):
    """Lowest, most likely and highest value: a PERT distribution with hard limits."""

    low: Finite = text("Nothing lower is possible.", label="Lowest", unit="as the field")
    mode: Finite = text("Most likely value.", label="Most likely", unit="as the field")
    high: Finite = text("Nothing higher is possible.", label="Highest", unit="as the field")

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The number; raises if the three are not in order."""
        low, mode, high = shown(self.low), shown(self.mode), shown(self.high)
        if self.low > self.high:
            raise problem(f"low {low} is above high {high}; allowed: low <= mode <= high", ("low",))
        if not self.low <= self.mode <= self.high:
            raise problem(f"{mode} lies outside {low} to {high}; allowed: low <= mode <= high", ("mode",))
        return self.settled(between(self.low, self.mode, self.high), context)


class Evenly(Own):
    """Any value between two limits, all equally likely."""

    uniform: list[Finite] = text(
        "Lowest and highest value.", label="Limits", unit="as the field", min_length=2, max_length=2
    )

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The number; raises if the limits are not in order."""
        low, high = self.uniform
        if low > high:
            raise problem(f"{shown(low)} is above {shown(high)}; allowed: the lower limit first", ("uniform",))
        return self.settled(Fixed(low) if low == high else Uniform(low, high), context)


class Alternatives(Own):
    """One of several values, all equally likely; the first is the central case."""

    one_of: list[Finite] = text(
        "The alternatives.", label="Alternatives", unit="as the field", min_length=1, max_length=64
    )

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The number."""
        values = tuple(self.one_of)
        return self.settled(Fixed(values[0]) if len(set(values)) == 1 else OneOf(values), context)


class FromFacts(Reason):
    """A figure of the library of facts, or the pooled figures of a group; its rivals of the kind of ``facts_from``."""

    fact: Words = text(
        "Id of a figure or of a group of figures (`escalade facts` lists them), or SHIELD.stops.CLASS.", label="Fact"
    )

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The number, with the fact's own source unless another reason is given; raises if there is no such fact."""
        own, number = self.reasons(), _of_figure(_read(self.fact, context).fact, self)
        if self.source or self.assumption:
            return replace(number, **own)
        return replace(number, url=self.url or number.url)


def _require_draw(number: Number, together: str | None, what: str) -> None:
    """Raise where ``together`` beside ``times`` or ``plus`` has nothing to say."""
    if together is None:
        return
    own = sorted({leaf.together for leaf in number.leaves() if leaf.together} - {together})
    if own:
        message = f"the {what} is drawn together with {own[0]!r} already; allowed: one of the two"
        raise problem(message, ("together",))
    if number.low == number.high:
        raise problem(
            f"says how the {what} is drawn, but that is certain; allowed: beside a range (inside of:, to draw that)",
            ("together",),
        )


class Multiple(Reason):
    """One number times another."""

    of: AnyNumber = text("The number that is multiplied.", label="Number", unit="as the field")
    times: AnyNumber = text("The factor.", label="Factor", unit="ratio")

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The product; a reason given beside it is that of the factor."""
        _require_draw(self.times, self.together, "factor")
        factor = with_reason_of(self.times, Number(Fixed(0), **self.reasons()))
        return Number(Times(self.of, factor))


class Sum(Reason):
    """One number plus another."""

    of: AnyNumber = text("The number that is added to.", label="Number", unit="as the field")
    plus: AnyNumber = text("What is added; may be negative.", label="Added", unit="as the field")

    def number(self, context: Mapping[str, Any] | None) -> Number:
        """The sum; a reason given beside it is that of what is added."""
        _require_draw(self.plus, self.together, "added number")
        term = with_reason_of(self.plus, Number(Fixed(0), **self.reasons()))
        return Number(Plus(self.of, term))


FORMS: dict[str, type[Value | Range | Evenly | Alternatives | FromFacts | Multiple | Sum]] = {
    "value": Value,
    "low": Range,
    "mode": Range,
    "high": Range,
    "uniform": Evenly,
    "one_of": Alternatives,
    "fact": FromFacts,
    "times": Multiple,
    "plus": Sum,
    "of": Multiple,
}
"""The form of a number by the key that gives it away."""


def parse_number(data: Any, context: Mapping[str, Any] | None = None) -> Number:
    """The number that plain data stands for, without limits; raises pydantic errors that point inside it."""
    if isinstance(data, bool) or data is None:
        raise problem(f"{'nothing' if data is None else str(data).lower()} is not a number; {FORMS_HELP}")
    if isinstance(data, int | float):
        return Number(Fixed(_finite(data)))
    if isinstance(data, str):
        raise problem(f"the text {data[:40]!r} is not a number; {_percent(data) or FORMS_HELP}")
    if not isinstance(data, dict):
        raise problem(f"a list is not a number; {FORMS_HELP}")
    form = form_of(data)
    if form is None:
        raise problem(f"none of its keys says what the number is; {FORMS_HELP}")
    return form.model_validate(data, context=context).number(context)


def _percent(text: str) -> str:
    """What to write instead of a percentage; empty if the text is none."""
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*%\s*", text)
    return f"shares are written from 0 to 1; did you mean {float(found[1]) / 100:.6g}?" if found else ""


def form_of(data: Mapping[str, Any]) -> type[Value | Range | Evenly | Alternatives | FromFacts | Multiple | Sum] | None:
    """The form that the keys of a written number call for; none if no key does."""
    return next((FORMS[key] for key in FORMS if key in data), None)


def _finite(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise problem("is not a finite number")
    return number
