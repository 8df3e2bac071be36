"""Whom you believe: the effect under rival sources, and what each of them changes."""

from __future__ import annotations

from dataclasses import dataclass

from escalade.analysis.believed import Belief, Believed
from escalade.report.amounts import capital
from escalade.report.believed import NAMES, NO_FIGURES, sentence, standing, table, unit_words, value_words
from escalade.report.figure import Figure, Panel
from escalade.report.findings import Findings
from escalade.report.inputs import in_words
from escalade.report.section import Section
from escalade.report.strip import StripRow, strip
from escalade.scenario.inputs import Input, inputs
from escalade.scenario.rivals import believing


@dataclass(frozen=True)
class Changed:
    """An input that a reading draws anew: its name, its value in the run and under the reading, and the source."""

    name: str
    before: str
    after: str
    source: str


@dataclass(frozen=True)
class Reading:
    """A reading other than the run's: its name, how it stands, and what it changes."""

    name: str
    standing: str
    changed: tuple[Changed, ...]


def section(found: Findings) -> Section | None:
    """The readings of the sources; nothing where they were not computed."""
    believed = found.believed
    if believed is None:
        return None
    title = f"Change of {believed.outcome.name} {unit_words(believed)}, by whom you believe"
    picture = None if not believed.matters else strip(_rows(found, believed), _margin(found), title)
    read = "Lines hold 90 of 100 sets of assumptions. Shaded: too close to tell."
    shown = {
        "nothing": "" if believed.having else NO_FIGURES,
        "believed": sentence(believed),
        "having": believed.having,
        "picture": picture,
        "title": title,
        "read": read,
        "table": table(believed, (found.names[believed.policy], found.names[believed.baseline])),
        "readings": [_reading(found, belief) for belief in believed.beliefs if not belief.own],
    }
    figures = () if picture is None else (Figure("whom-you-believe", title, (Panel("", picture),), read),)
    return Section("believed", "Whom you believe", shown, figures)


def _rows(found: Findings, believed: Believed) -> list[StripRow]:
    factor = _factor(found)
    return [
        StripRow(
            capital(NAMES[belief.reading]),
            belief.effect.mean * factor,
            belief.effect.low * factor,
            belief.effect.high * factor,
            value_words(believed, belief).partition(" ")[0],
        )
        for belief in believed.beliefs
        if belief.effect is not None and (belief.own or belief.enters)
    ]


def _factor(found: Findings) -> float:
    measure = found.comparison.outcome.crisis
    return 100.0 if measure is not None and measure.unit == "share" else 1.0


def _margin(found: Findings) -> float:
    return found.comparison.margin["crisis"] * _factor(found)


def _reading(found: Findings, belief: Belief) -> Reading:
    if belief.problem:
        return Reading(capital(NAMES[belief.reading]), f"{standing(belief)}: {belief.problem}", ())
    before = {item.key: item for item in inputs(found.scenario)}
    after = {item.key: item for item in inputs(believing(found.scenario, belief.reading))}
    changed = tuple(_changed(before[key], after[key]) for key in belief.changed)
    return Reading(capital(NAMES[belief.reading]), standing(belief), changed)


def _changed(before: Input, after: Input) -> Changed:
    subject = f"{after.subject}: " if after.subject else ""
    unit = f" {after.unit}" if after.unit else ""
    reason = after.source or after.assumption or ""
    return Changed(f"{subject}{after.label}", in_words(before.spec), in_words(after.spec) + unit, reason)
