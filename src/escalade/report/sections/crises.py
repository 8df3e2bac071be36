"""How crises run: the ladder as a staircase under both policies, and the ways in which crises end."""

from __future__ import annotations

from escalade.quantities import shown
from escalade.report import charts
from escalade.report.charts import Chart, StepRow
from escalade.report.drawing import drawn
from escalade.report.figure import of_chart
from escalade.report.findings import Findings
from escalade.report.paired import paired
from escalade.report.section import Section
from escalade.report.tables import Row, Table
from escalade.report.tables import Section as Rows

ENDINGS = ("stand_off", "settled", "yield.", "war_by.")
"""Quantities, or beginnings of their ids, that say how a crisis ends and who begins its war."""

CLIMB = "Pale: goes on to the next rung. Coloured, with its number on the right: goes no higher, and ends there."
"""How to read the staircase."""

KINDS = ("share_",)
"""The same for how wars begin."""


def section(found: Findings) -> Section | None:
    """How many of 100 crises come to which rung, and how they end; ``None`` where no rung is known."""
    stairs = [chart for policy in found.both if (chart := staircase(found, policy)) is not None]
    if not stairs:
        return None
    compared = [
        paired(found, "crisis", ENDINGS, "How crises end"),
        paired(found, "crisis", KINDS, "How wars begin"),
    ]
    steps = [(chart, drawn(chart)) for chart in stairs]
    ways = [(chart, drawn(chart)) for chart in compared if chart is not None]
    phrases = tuple(found.words.policies[name] for name in found.both)
    climb = CLIMB
    if endings(found, found.both[0]):
        first, *others = way_words(found)
        climb += f" From dark to light: {', '.join([first, *others])}."
    shown = {
        "stairs": steps,
        "climb": climb,
        "compared": ways,
        "phrases": phrases,
        "war_means": found.scenario.ladder.war_means,
    }
    figures = [of_chart(*each, climb, name=f"ladder-{policy}") for each, policy in zip(steps, found.both, strict=False)]
    figures += [of_chart(*each, "Lines hold 90 of 100 sets of assumptions.", phrases) for each in ways]
    return Section("crises", "How crises run", shown, tuple(figures))


def staircase(found: Findings, policy: str) -> Chart | None:
    """How many of 100 crises come to each rung under a policy, and how those end that go no higher."""
    rungs, answers = found.run.plan.names.vocabulary.rungs, found.comparison.policies[policy].crisis
    reached = [answers[f"reach.{rung}"].posterior.mean for rung in rungs if f"reach.{rung}" in answers]
    if len(reached) < len(rungs) or not rungs:
        return None
    ways = endings(found, policy)
    steps = [
        StepRow(name, 100 * here, 100 * onward, ways.get(rung) or (100 * (here - onward),))
        for (rung, name), here, onward in zip(rungs.items(), reached, [*reached[1:], 0.0], strict=True)
    ]
    phrase = found.words.policies[policy]
    kind = "without" if policy == found.comparison.baseline and len(found.both) > 1 else "with"
    words = f"Highest rung of 100 crises {phrase}: {', '.join(_told(found, step) for step in steps)}."
    title = f"A hundred crises {phrase}"
    heads = way_words(found) if ways else ()
    table = Table(
        title,
        ("rung", "come to it", "go no higher", *heads),
        (Rows("", tuple(_step(rung, step, len(heads)) for rung, step in zip(rungs, steps, strict=True))),),
        "Of 100 crises; mean over sets of assumptions.",
    )
    return Chart(title, words, charts.staircase(steps, kind, words), table)


def way_words(found: Findings) -> tuple[str, ...]:
    """Ways in which a crisis ends: nobody gives way, or either side does."""
    pair = found.scenario.pairs[0].sides
    return ("both stand down", *(f"{found.scenario.sides[side].name} backs down" for side in pair))


def endings(found: Findings, policy: str) -> dict[str, tuple[float, ...]]:
    """Of 100 crises, how many go no higher than each rung and end in each way; empty where that is not known.

    A run of an earlier version knows how crises end and how high they go, but not both together.
    """
    answers = found.comparison.policies[policy].crisis
    made = {}
    for rung in found.run.plan.names.vocabulary.rungs:
        yields = [f"end_yield.{side}.{rung}" for side in found.scenario.pairs[0].sides]
        names = (f"end_stand_off.{rung}", f"end_settled.{rung}", *yields)
        if any(name not in answers for name in names):
            return {}
        stand, settled, *given = (100 * answers[name].posterior.mean for name in names)
        made[rung] = (stand + settled, *given)
    return made


def _told(found: Findings, step: StepRow) -> str:
    """A rung with its number, and the ways that make up at least one of it."""
    told = f"{step.name} in {step.reached - step.onward:.0f}"
    if len(step.ways) == 1:
        return told
    ways = [f"{words} in {way:.0f}" for words, way in zip(way_words(found), step.ways, strict=True) if way >= 0.5]
    return f"{told} ({', '.join(ways)})" if ways else told


def _step(rung: str, step: StepRow, ways: int) -> Row:
    numbers = (step.reached, step.reached - step.onward, *(step.ways if ways else ()))
    return Row((step.name, *(shown(number / 100, "share") for number in numbers)), key=f"crisis.highest.{rung}")
