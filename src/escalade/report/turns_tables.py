"""When an effect turns: tables, the text for a terminal, and the same as plain JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from escalade.analysis.boxes import Limit, Search
from escalade.analysis.priors import Weighing
from escalade.report.amounts import capital, whole_shares
from escalade.report.inputs import plain
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text
from escalade.report.turns import (
    Told,
    box_details,
    box_sentence,
    hundred,
    limit_words,
    matters_sentence,
    point_sentences,
    prevailing_words,
    priors_sentences,
    shift_words,
)

if TYPE_CHECKING:
    from escalade.scenario import Scenario

MOST = 10
"""Rows of what matters, and of tilts, that are shown."""

NOT_CLEAR = "chance"
CONDITIONS_READ = (
    "Chance: probability that the other conditions alone would do as well (quasi-p-value). Back: of 100 samples "
    "drawn anew from the same sets, in how many the same end is limited; from, to: where, in 90 of 100 of these."
)
POINTS_READ = "From, to: 90 % interval (bootstrap). Low, high: expected effect where the input is low, and high."
MATTERS_READ = (
    "Explains: of 100 parts of the spread of the effect, what chance would explain taken off (first-order index); "
    '"chance": cannot be told from chance. Low, high: mean effect in the lowest and the highest fifth of the input.'
)
WEIGHTS_READ = (
    "More, less, close: of 100 sets, weighed so. Worth: as many equally weighted sets; an answer from fewer than 30 "
    "is not to be trusted. Single ranges: those that move the shares most."
)
TILTS_READ = (
    "Moved: the smallest shift of the mean of one input, in its standard deviations, after which something else "
    "prevails (exponential tilt of the weights). Worth: as many equally weighted sets are left."
)


def tables(of: Told, scenario: Scenario) -> list[Table]:
    """Conditions, turning points, what matters most, other weights, tilts; what is empty is left out."""
    made = (conditions(of), points(of), matters(of), weights(of, scenario), tilts(of))
    return [table for table in made if table is not None]


def conditions(of: Told) -> Table | None:
    """Every condition of either box."""
    sections = []
    for search, direction in zip((of.found.more, of.found.less), of.directions, strict=True):
        if search.box is not None:
            sections.append(Section(capital(direction), tuple(_condition(of, limit) for limit in search.box.limits)))
    if not sections:
        return None
    heads = ("conditions", "chance", "back", "from", "to")
    return Table("Conditions, and how sure they are", heads, tuple(sections), CONDITIONS_READ)


def _condition(of: Told, limit: Limit) -> Row:
    chance = "<0.001" if limit.quasi_p < 0.001 else f"{limit.quasi_p:.3f}"
    ends = ("-", "-") if limit.span is None else tuple(plain(float(f"{end:.3g}")) for end in limit.span)
    return Row((limit_words(of, limit), chance, hundred(limit.again), *ends), key="run.box")


def points(of: Told) -> Table | None:
    """Turning points of single inputs."""
    rows = [
        Row(
            (
                capital(of.name(point.key)),
                *(plain(float(f"{value:.3g}")) for value in (point.at, point.low, point.high)),
                of.effect(point.below),
                of.effect(point.above),
            ),
            key="run.turning",
        )
        for point in of.found.points
    ]
    heads = ("input", "turns at", "from", "to", "low", "high")
    title = f"Where the expected effect changes its sign ({of.per})"
    return Table(title, heads, (Section("", tuple(rows)),), POINTS_READ) if rows else None


def matters(of: Told, most: int = MOST) -> Table | None:
    """The inputs that matter most."""
    rows = [
        Row(
            (
                capital(of.name(matter.key)),
                hundred(matter.share) if matter.clear else NOT_CLEAR,
                of.effect(matter.low),
                of.effect(matter.high),
            ),
            key="run.matters",
        )
        for matter in of.found.matters.matters[:most]
    ]
    title = f"What matters most for the effect ({of.per})"
    return (
        Table(title, ("input", "explains", "low", "high"), (Section("", tuple(rows)),), MATTERS_READ) if rows else None
    )


def weights(of: Told, scenario: Scenario) -> Table:
    """The shares under other weights."""
    found = of.found.priors
    sections = [Section("", (_weighing("as it is", found.base),))]
    record = [("without it", each) for each in found.of("record off")]
    record += [(f"without {_part(scenario, int(each.key))}", each) for each in found.of("record part")]
    ranges = [(of.name(each.key), each) for each in _moving(found.base, found.of("half"))]
    ranges += [("those that matter, together", each) for each in found.of("half clear")]
    ranges += [("all together", each) for each in found.of("half all")]
    for name, rows in (("The record of past crises", record), ("Ranges at half width", ranges)):
        if rows:
            sections.append(Section(name, tuple(_weighing(words, each) for words, each in rows)))
    heads = ("sets of assumptions weighed", "more", "less", "close", "worth")
    return Table("How far the shares hang on priors", heads, tuple(sections), WEIGHTS_READ)


def _part(scenario: Scenario, position: int) -> str:
    if scenario.record is None:
        return ""
    entry = scenario.record.crises[position]
    return f"{entry.period} ({scenario.policies[entry.policy].name})"


def _moving(base: Weighing, half: Sequence[Weighing]) -> list[Weighing]:
    """The five single ranges that move the shares most."""

    def moved(each: Weighing) -> float:
        return abs(each.shares.raises - base.shares.raises) + abs(each.shares.lowers - base.shares.lowers)

    return sorted(half, key=lambda each: (-moved(each), each.key))[:5]


def _weighing(words: str, each: Weighing) -> Row:
    shares = whole_shares([each.shares.raises, each.shares.lowers, each.shares.neither])
    return Row((capital(words), *map(str, shares), f"{each.effective:,.0f}"), key="run.weighing")


def tilts(of: Told, most: int = 5) -> Table | None:
    """The smallest tilts that change what prevails."""
    rows = [
        Row(
            (
                capital(of.name(tilt.key)),
                shift_words(tilt),
                *(plain(float(f"{value:.3g}")) for value in (tilt.before, tilt.after)),
                prevailing_words(of, tilt.to),
                f"{tilt.effective:,.0f}",
            ),
            key="run.tilt",
        )
        for tilt in of.found.priors.tilts[:most]
    ]
    heads = ("input", "moved", "mean", "to", "prevails", "worth")
    title = "The smallest tilt of one input that changes what prevails"
    return Table(title, heads, (Section("", tuple(rows)),), TILTS_READ) if rows else None


def as_text(of: Told, scenario: Scenario) -> str:
    """Question, sentences and tables, no line longer than 80 columns."""
    return "\n\n".join(_parts(of, scenario))


def _parts(of: Told, scenario: Scenario) -> Iterator[str]:
    yield _filled(scenario.question)
    yield _filled(CONDITIONAL)
    boxes = [
        " ".join(filter(None, (box_sentence(of, more), str(box_details(of, more) or "")))) for more in (True, False)
    ]
    yield from map(_filled, boxes)
    yield from (text(table) for table in (conditions(of),) if table is not None)
    yield _filled(" ".join(point_sentences(of)))
    yield from (text(table) for table in (points(of),) if table is not None)
    yield _filled(matters_sentence(of))
    yield from (text(table) for table in (matters(of),) if table is not None)
    yield _filled(" ".join(priors_sentences(of)))
    yield text(weights(of, scenario))
    yield from (text(table) for table in (tilts(of),) if table is not None)


def _filled(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_on_hyphens=False)


def as_json(of: Told) -> dict[str, Any]:
    """Everything as plain JSON values; shares from 0 to 1; ``null`` where there is no box."""
    found = of.found
    return {
        "policy": found.policy,
        "baseline": found.baseline,
        "outcome": found.outcome,
        "unit": of.unit,
        "margin": found.margin,
        "candidates": found.candidates,
        "effective": found.effective,
        "inputs": found.inputs,
        "boxes": {"more": _box_json(of, found.more, True), "less": _box_json(of, found.less, False)},
        "turning_points": [asdict(point) | {"sentence": str(said)} for point, said in _pointed(of)],
        "matters": {
            "sentence": str(matters_sentence(of)),
            "floor": found.matters.floor,
            "spread": found.matters.spread,
            "inputs": [asdict(matter) for matter in found.matters.matters],
        },
        "priors": {
            "sentences": [str(said) for said in priors_sentences(of)],
            "base": _weighing_json(found.priors.base),
            "weighings": [_weighing_json(each) for each in found.priors.weighings],
            "tilts": [asdict(tilt) for tilt in found.priors.tilts],
        },
    }


def _pointed(of: Told) -> list[tuple[Any, str]]:
    return list(zip(of.found.points, point_sentences(of), strict=True)) if of.found.points else []


def _box_json(of: Told, search: Search, more: bool) -> dict[str, Any]:
    return {
        "sentence": str(box_sentence(of, more)),
        "base": search.base,
        "chance": search.chance,
        "box": None if search.box is None else asdict(search.box),
    }


def _weighing_json(each: Weighing) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "key": each.key or None,
        "more": each.shares.raises,
        "less": each.shares.lowers,
        "neither": each.shares.neither,
        "verdict": each.verdict.value,
        "effective": each.effective,
        "enough": each.enough,
    }
