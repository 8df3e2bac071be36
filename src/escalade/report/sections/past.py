"""Past crises beside the model, and what they taught: about the effect, and about the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.learned import Lesson, moved
from escalade.analysis.past import PastCount, past
from escalade.quantities import shown
from escalade.report import charts, figures
from escalade.report.amounts import capital
from escalade.report.charts import Chart, PairRow, Value
from escalade.report.drawing import drawn
from escalade.report.figure import Figure, Panel, of_chart
from escalade.report.findings import Findings
from escalade.report.inputs import plain
from escalade.report.section import Section
from escalade.report.tables import Row, Table
from escalade.report.tables import Section as Rows
from escalade.scenario.inputs import inputs
from escalade.study.plan import FIRST_YEAR

if TYPE_CHECKING:
    from markupsafe import Markup

MOST = 8
"""Inputs that are shown at most."""

CHECKS = "Past crises and the model"
EACH_DOT = "one dot for every hundredth of the weight of all sets of assumptions"

KINDS = ("ink", "neutral")
"""Roles in the palette of what holds with the record, and without it."""


def section(found: Findings) -> Section:
    """What past crises say; where none are on record, that all sets of assumptions count the same."""
    record = found.scenario.record
    compared = [checks(found), learned(found)] if record else []
    pictures = [(chart, drawn(chart)) for chart in compared if chart is not None]
    dots = effects(found) if record else []
    shown = {
        "crises": record.crises if record else (),
        "charts": pictures,
        "effects": dots,
        "each_dot": EACH_DOT,
        "candidates": f"{found.comparison.candidates:,}",
        "effective": f"{found.comparison.effective:,.0f}",
    }
    marks = ("with the record of past crises", "without it")
    told = ("Bars: recorded.", "Lines hold 90 of 100 sets of assumptions.")
    figures = [of_chart(*each, told[each[0].title != CHECKS], marks, KINDS) for each in pictures]
    if dots:
        panels = tuple(Panel(title, picture) for title, picture, _ in dots)
        figures.insert(0, Figure("record-effect", dots[0][2], panels, f"{dots[0][2]}: {EACH_DOT}."))
    return Section("past", "What past crises say", shown, tuple(figures))


def effects(found: Findings) -> list[tuple[str, Markup, str]]:
    """The effect under every set of assumptions without the record and with it, on one axis."""
    pair, outcome = found.pair, found.comparison.outcome
    if pair is None or pair.effects is None or outcome.crisis is None:
        return []
    share = outcome.crisis.unit == "share"
    factor, unit = (100.0, "in 100 crises") if share else (1.0, "per crisis")
    values, margin = pair.effects * factor, found.comparison.margin["crisis"] * factor
    there = ~np.isnan(values)
    weights = {"Without the record": np.ones_like(found.comparison.weight), "With the record": found.comparison.weight}
    spans = [figures.hundredths(values[there], weight[there]) for weight in weights.values()]
    ends = (float(min(span[0] for span in spans)), float(max(span[-1] for span in spans)))
    largest = min(figures.spacing(span, margin, ends) for span in spans)
    what = f"change of {outcome.name} {unit}"
    return [
        (title, figures.worlds(values, weight, margin, unit, f"{title}: {what}.", ends, largest), capital(what))
        for title, weight in weights.items()
    ]


def checks(found: Findings) -> Chart | None:
    """Past crises beside what the model expected of them, before and after it saw them."""
    counts = _counts(found)
    if not counts:
        return None
    rows, cells = [], []
    for count in counts:
        name = count.what + (f", {found.scenario.sides[count.side].name}" if count.side else "")
        values = (_share(count.posterior, count.crises), _share(count.prior, count.crises))
        recorded = (100 * count.recorded / count.crises, 100 * count.recorded_high / count.crises)
        rows.append(PairRow(capital(f"{name}, {count.period}"), values, recorded))
        cells.append(_count_row(found, count, name))
    words = "Past crises, of 100: " + "; ".join(
        f"{row.name}: recorded {row.recorded[0] if row.recorded else 0:.0f}, expected with the record "
        f"{row.values[0].words if row.values[0] else ''}, without it {row.values[1].words if row.values[1] else ''}"
        for row in rows
    )
    heads = ("past crises", "recorded", "expected without", "expected with", "")
    caption = "Expected numbers of the same crises under the model, before and after it is weighed by the record."
    table = Table(CHECKS, heads, (Rows("", tuple(cells)),), caption)
    return Chart(CHECKS, f"{words}.", charts.pairs(rows, words, "of 100 past crises", KINDS), table)


def _counts(found: Findings) -> list[PastCount]:
    scenario, crisis = found.scenario, found.crisis
    if scenario.record is None:
        return []
    keys = {
        entry.policy: entry.policy + FIRST_YEAR if entry.policy + FIRST_YEAR in crisis.values else entry.policy
        for entry in scenario.record.crises
    }
    return past(crisis, scenario.record.crises, keys)


def _share(expected: float, crises: int) -> Value:
    value = 100 * expected / crises
    return Value(value, value, value, f"{value:.0f}")


def _count_row(found: Findings, count: PastCount, name: str) -> Row:
    recorded = str(count.recorded)
    if count.recorded_high > count.recorded:
        recorded += f" to {count.recorded_high}"
    standing = "weighs the sets of assumptions" if count.weighs else "compared only"
    cells = (
        f"{found.scenario.policies[count.policy].name}, {count.period}: {name}",
        f"{recorded} of {count.crises}",
        f"{count.prior:.1f}",
        f"{count.posterior:.1f}",
        f"{standing}; DOES NOT FIT" if count.misfit else standing,
    )
    return Row(cells, key="run.expected")


def learned(found: Findings) -> Chart | None:
    """Inputs that the record moved or narrowed by more than chance does, most first; ``None`` if there are none."""
    effective = found.comparison.effective
    chosen = sorted(
        (lesson for lesson in found.lessons.values() if moved(lesson, effective)),
        key=lambda lesson: -max(abs(lesson.shift), lesson.contraction),
    )[:MOST]
    if not chosen:
        return None
    names = _names(found, chosen)
    rows = [_lesson_row(found, names[lesson.key], lesson) for lesson in chosen]
    words = "Inputs as shares of their range, from its low end (0) to its high end (100): " + "; ".join(
        f"{row.name}: {' before '.join(value.words for value in row.values if value is not None)}" for row in rows
    )
    cells = [_lesson_cells(names[lesson.key], lesson) for lesson in chosen]
    heads = ("input", "before", "from", "to", "after", "from", "to", "moved", "narrowed")
    caption = (
        "Mean and 90 of 100 sets of assumptions, in the input's own unit; moved: in standard deviations; narrowed: "
        "share of its variance, of 100."
    )
    table = Table("What past crises taught", heads, (Rows("", tuple(cells)),), caption)
    return Chart(
        "What past crises taught", f"{words}.", charts.pairs(rows, words, "from the low to the high end", KINDS), table
    )


def _names(found: Findings, chosen: Sequence[Lesson]) -> dict[str, str]:
    """Inputs in words, by the key that they are drawn by."""
    keys = {lesson.key for lesson in chosen}
    names: dict[str, str] = dict.fromkeys(keys, "")
    for item in inputs(found.scenario):
        for key in {item.key, item.drawn_by} & keys:
            names[key] = names[key] or item.label + (f" ({item.subject})" if item.subject else "")
    return {key: name or key for key, name in names.items()}


def _lesson_row(found: Findings, name: str, lesson: Lesson) -> PairRow:
    """An input after and before the record, as shares of the range that was drawn from."""
    drawn_values = found.crisis.inputs[lesson.key]
    low, high = float(drawn_values.min()), float(drawn_values.max())

    def share(value: float) -> float:
        return 100 * (value - low) / (high - low)

    values = [
        Value(share(s.mean), share(s.low), share(s.high), f"{share(s.mean):.0f}")
        for s in (lesson.posterior, lesson.prior)
    ]
    return PairRow(name, tuple(values))


def _lesson_cells(name: str, lesson: Lesson) -> Row:
    numbers = [plain(x) for s in (lesson.prior, lesson.posterior) for x in (s.mean, s.low, s.high)]
    return Row(
        (name, *numbers, f"{lesson.shift:+.2f}", shown(max(0.0, lesson.contraction), "share")), key="run.contraction"
    )
