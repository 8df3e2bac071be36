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
    shown = {
        "stairs": steps,
        "compared": ways,
        "phrases": phrases,
        "war_means": found.scenario.ladder.war_means,
    }
    climb = "Pale: goes on to the next rung. Full, with its number: goes no higher."
    figures = [of_chart(*each, climb, name=f"ladder-{policy}") for each, policy in zip(steps, found.both, strict=False)]
    figures += [of_chart(*each, "Lines hold 90 of 100 sets of assumptions.", phrases) for each in ways]
    return Section("crises", "How crises run", shown, tuple(figures))


def staircase(found: Findings, policy: str) -> Chart | None:
    """How many of 100 crises come to each rung under a policy."""
    rungs, answers = found.run.plan.names.vocabulary.rungs, found.comparison.policies[policy].crisis
    reached = [answers[f"reach.{rung}"].posterior.mean for rung in rungs if f"reach.{rung}" in answers]
    if len(reached) < len(rungs) or not rungs:
        return None
    war = found.scenario.war_rung
    steps = [
        StepRow(name, 100 * here, 100 * onward, k >= war)
        for k, (name, here, onward) in enumerate(zip(rungs.values(), reached, [*reached[1:], 0.0], strict=True))
    ]
    phrase = found.words.policies[policy]
    kind = "without" if policy == found.comparison.baseline and len(found.both) > 1 else "with"
    parts = ", ".join(f"{step.name} in {step.reached - step.onward:.0f}" for step in steps)
    words = f"Highest rung of 100 crises {phrase}: {parts}."
    title = f"A hundred crises {phrase}"
    table = Table(
        title,
        ("rung", "come to it", "go no higher"),
        (Rows("", tuple(_step(found, rung, step) for rung, step in zip(rungs, steps, strict=True))),),
        "Of 100 crises; mean over sets of assumptions.",
    )
    return Chart(title, words, charts.staircase(steps, kind, words), table)


def _step(found: Findings, rung: str, step: StepRow) -> Row:
    cells = (shown(step.reached / 100, "share"), shown((step.reached - step.onward) / 100, "share"))
    return Row((step.name, *cells), key=f"crisis.highest.{rung}")
