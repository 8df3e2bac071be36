"""A run as tables for other programs, with a dictionary of every column."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.ensemble.parts import CANDIDATE, INPUT, MULTIPLICITY, WEIGHT
from escalade.ensemble.storage import WORLDS
from escalade.quantities import UNIT_WORDS, Quantity
from escalade.report import frames
from escalade.report.citations import citations
from escalade.scenario.inputs import inputs
from escalade.study.plan import FIRST_YEAR

if TYPE_CHECKING:
    import polars as pl

    from escalade.report.findings import Findings

FORMATS = ("csv", "parquet", "json")
"""Kinds of files that tables are written as."""

DICTIONARY = "dictionary"
"""Name of the table that explains the columns of all others."""


@dataclass(frozen=True)
class Column:
    """What a column holds, and in which unit (empty: text, or as another column says)."""

    what: str
    unit: str = ""


COLUMNS: Mapping[str, Column] = {
    "quantity": Column("id of the quantity, explained in the table quantities"),
    "name": Column("what readers call it"),
    "clock": Column("crisis: of one crisis, computed; period: over the scenario's years, simulated"),
    "unit": Column("unit of the numbers in the row; shares run from 0 to 1"),
    "policy": Column("id of the policy"),
    "baseline": Column("the quantity under the baseline", "as unit says"),
    "level": Column("the quantity under the policy", "as unit says"),
    "mean": Column("mean over weighted sets of assumptions, or over simulated periods", "as unit says"),
    "change": Column("policy less baseline; over the years paired under the same luck", "as unit says"),
    "low": Column(
        "lower end: of 90 of 100 sets of assumptions (crisis), of the 90 % interval (period)", "as unit says"
    ),
    "high": Column("upper end of the same", "as unit says"),
    "se": Column("standard error, clustered by set of assumptions; period only", "as unit says"),
    "prior": Column("the same without the record of past crises; crisis only", "as unit says"),
    CANDIDATE: Column("number of the set of assumptions", "number"),
    WEIGHT: Column("how well the set explains the past crises on record; all weights add up to 1", "share"),
    MULTIPLICITY: Column("how often the set was drawn for the simulated years", "number"),
    "key": Column("name of the input"),
    "path": Column("its place in the scenario file"),
    "kind": Column("lever (a government chooses it), assumption (nobody knows it), or fact"),
    "label": Column("what readers call it"),
    "subject": Column("whose number it is"),
    "mode": Column("most likely value", "as unit says"),
    "source": Column("published source of the number"),
    "assumption": Column("why this number, where nothing published gives it"),
    "fact": Column("id of the figure in the library that it was taken from"),
    "title": Column("title of the source"),
    "publisher": Column("who printed it"),
    "date": Column("day, month or year"),
    "url": Column("address where it was read"),
    "facts": Column("ids of the library's figures that were read there, apart by semicolons"),
    "uses": Column("inputs or past crises that it is cited for, apart by semicolons"),
    "reason": Column("id of the reason"),
    "words": Column("the reason in words"),
    "alone": Column("what the reason adds without the others", "of the headline's quantity"),
    "last": Column("what it adds after the others", "of the headline's quantity"),
    "largest": Column("share of the drawn sets of assumptions in which it is the largest part", "share"),
    "sentence": Column("what it is, in a sentence"),
    "per_crisis": Column("formula per crisis, in stored columns"),
    "per_period": Column("formula over the years, in stored columns"),
    "table": Column("table"),
    "column": Column("column"),
    "what": Column("what the column holds"),
}
"""Every column with a fixed name; columns of the table of worlds are named by inputs, policies and quantities."""


def tables(found: Findings) -> dict[str, pl.DataFrame]:
    """All tables of a run that there are results for, by name; the dictionary is the last."""
    made = {name: frame for name, make in TABLES.items() if (frame := make(found)) is not None}
    return {**made, DICTIONARY: dictionary(found, made)}


def _comparison(found: Findings) -> pl.DataFrame:
    return frames.levels(found.comparison)


def _differences(found: Findings) -> pl.DataFrame | None:
    import polars as pl

    parts = [
        frames.changes(found.comparison, pair).with_columns(pl.lit(pair.policy).alias("policy"))
        for pair in found.comparison.pairs
    ]
    if not parts:
        return None
    # A column of empty cells has no type of its own until it stands below others.
    return pl.concat(parts, how="vertical_relaxed").select("policy", *frames.CHANGES)


def _worlds(found: Findings) -> pl.DataFrame | None:
    return found.run.folder.read_frame(WORLDS)


def _inputs(found: Findings) -> pl.DataFrame:
    return frames.inputs(found.scenario)


def _sources(found: Findings) -> pl.DataFrame:
    import polars as pl

    names = ("title", "publisher", "date", "url", "facts", "uses")
    rows = [
        {name: "; ".join(value) if isinstance(value := getattr(source, name), tuple) else value for name in names}
        for source in citations(found.run).sources
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))


def _reasons(found: Findings) -> pl.DataFrame | None:
    return None if found.why is None else frames.reasons(found.why)


def _quantities(found: Findings) -> pl.DataFrame:
    import polars as pl

    names = ("quantity", "name", "sentence", "unit", "per_crisis", "per_period")
    return pl.DataFrame(
        [dict(zip(names, _quantity(each), strict=True)) for each in found.comparison.quantities.values()],
        schema=dict.fromkeys(names, pl.String),
    )


def _quantity(quantity: Quantity) -> tuple[str, ...]:
    measures = [measure for measure in (quantity.crisis, quantity.period) if measure is not None]
    units = "; ".join(dict.fromkeys(measure.unit for measure in measures))
    formulas = [measure.formula if measure else "" for measure in (quantity.crisis, quantity.period)]
    return quantity.id, quantity.name, quantity.sentence, units, *formulas


TABLES: Mapping[str, Callable[[Findings], pl.DataFrame | None]] = {
    "comparison": _comparison,
    "differences": _differences,
    "worlds": _worlds,
    "reasons": _reasons,
    "inputs": _inputs,
    "sources": _sources,
    "quantities": _quantities,
}
"""Tables by name; ``None`` for one that this run has no results for."""


def dictionary(found: Findings, made: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per column of every table: what it holds, and its unit. Raises ``KeyError`` for one without words."""
    import polars as pl

    of_worlds = _of_worlds(found)
    names = ("table", "column", "what", "unit")
    rows = []
    for table, frame in [*made.items(), (DICTIONARY, None)]:
        for name in names if frame is None else frame.columns:
            column = of_worlds[name] if table == "worlds" and name in of_worlds else COLUMNS[name]
            rows.append(dict(zip(names, (table, name, column.what, column.unit), strict=True)))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))


def _of_worlds(found: Findings) -> dict[str, Column]:
    """Columns of the table of worlds: drawn inputs, and exact crises under every policy."""
    columns = {}
    for item in inputs(found.scenario):
        subject = f" ({item.subject})" if item.subject else ""
        columns[INPUT + item.key] = Column(f"drawn value: {item.label}{subject}", item.unit)
    for policy in found.crisis.values:
        for name in found.crisis.columns:
            columns[f"{policy}/{name}"] = _exact(found.comparison.quantities[name], policy)
    return columns


def _exact(quantity: Quantity, policy: str) -> Column:
    """A quantity of the exact crisis under one policy."""
    when = ", with the forces of the first year" if policy.endswith(FIRST_YEAR) else ""
    unit = "count" if quantity.crisis is None else quantity.crisis.unit
    about = f"{quantity.name}, per crisis under the policy {policy.removesuffix(FIRST_YEAR)}{when}: {quantity.sentence}"
    return Column(about, "share, 0 to 1" if unit == "share" else UNIT_WORDS[unit])


def written(frame: pl.DataFrame, kind: str, about: Mapping[str, str]) -> bytes:
    """A table as the bytes of a file of that kind; ``about`` goes into the metadata of Parquet.

    Numbers that do not exist are empty cells, or null.
    """
    import polars as pl
    import polars.selectors as cs

    plain = frame.with_columns(cs.float().fill_nan(None), cs.enum().cast(pl.String))
    if kind == "csv":
        return plain.write_csv().encode()
    if kind == "json":
        return (plain.write_json() + "\n").encode()
    buffer = io.BytesIO()
    options: dict[str, Any] = {"compression": "zstd", "metadata": dict(about)}
    plain.write_parquet(buffer, **options)
    return buffer.getvalue()
