"""When an effect turns, as frames: conditions, what matters, other weights; shares from 0 to 1."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from escalade.analysis.sensitivity import Matter
from escalade.analysis.turns import Turns

if TYPE_CHECKING:
    import polars as pl


def conditions(found: Turns) -> pl.DataFrame:
    """One row per condition; ``from`` and ``to`` hold where its end comes back in samples drawn anew."""
    import polars as pl

    number = pl.Float64
    schema: dict[str, Any] = {
        "direction": pl.String, "key": pl.String, "low": number, "high": number, "kept": pl.List(number),
        "quasi_p": number, "again": number, "from": number, "to": number,
    }  # fmt: skip
    rows = []
    for direction, search in (("more", found.more), ("less", found.less)):
        for limit in search.box.limits if search.box else ():
            one = asdict(limit)
            ends = one.pop("span") or (None, None)
            rows.append({"direction": direction, **one, "kept": list(limit.kept), "from": ends[0], "to": ends[1]})
    return pl.DataFrame(rows, schema=schema)


def matters(found: Turns) -> pl.DataFrame:
    """One row per input, the most important first."""
    import polars as pl

    every = found.matters.matters
    return pl.DataFrame({field.name: [getattr(each, field.name) for each in every] for field in fields(Matter)})


def priors(found: Turns) -> pl.DataFrame:
    """One row per way to weigh the sets of assumptions, the run's own first."""
    import polars as pl

    every = (found.priors.base, *found.priors.weighings)
    return pl.DataFrame(
        {
            "kind": [each.kind for each in every],
            "key": [each.key or None for each in every],
            "more": [each.shares.raises for each in every],
            "less": [each.shares.lowers for each in every],
            "neither": [each.shares.neither for each in every],
            "effective": [each.effective for each in every],
            "enough": [each.enough for each in every],
        },
        schema_overrides={"key": pl.String},
    )
