"""The report's figures as pictures of their own: title, marks, caption, source and conditions inside each.

They are the very pictures of the report: a section draws them once, and says here what they need where the page around
them is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from escalade.report.figure import Figure, Panel
from escalade.report.findings import Findings
from escalade.report.page import SECTIONS
from escalade.report.sections import again, numbers, sources, stories
from escalade.report.sections.screen import cases, worlds
from escalade.report.sentences import CONDITIONAL
from escalade.report.sheet import EDGE, Sheet

NARROW, WIDE = 440.0, 820.0
"""Width of the sheet of one picture, and of the headline's two beside each other."""

BETWEEN = 28.0
"""Distance of two columns."""

SCALE = 3.0
"""Pixels of a PNG to each unit: 288 dots to the inch at the SVG's own size."""

HEADLINE = "headline"
"""Name of the figure that says it all in one picture."""


WORDS_ONLY = (stories.section, sources.section, numbers.section, again.section)
"""Sections without pictures: they need not be made."""


def gallery(found: Findings) -> Iterator[tuple[str, str]]:
    """Every figure as (name, SVG): the headline's first, then those of the report's sections in their order.

    Names are used once: a second one of the same name gets a number.
    """
    seen: dict[str, int] = {}
    made = (make(found) for make in SECTIONS if make not in WORDS_ONLY)
    sections = [section for section in made if section is not None]
    headline = print_headline(found)
    if headline is not None:
        yield HEADLINE, headline
    for figure in (figure for section in sections for figure in section.figures):
        seen[figure.name] = seen.get(figure.name, 0) + 1
        number = seen[figure.name]
        yield figure.name if number == 1 else f"{figure.name}-{number}", alone(found, figure)


def alone(found: Findings, figure: Figure) -> str:
    """One figure as an SVG that needs nothing around it."""
    sheet = Sheet(NARROW)
    sheet.text(figure.title, 17, bold=True)
    if figure.marks:
        sheet.gap(4)
        sheet.marks(figure.marks, figure.kinds, 13)
    for panel in figure.panels:
        _panel(sheet, panel)
    _foot(sheet, found, figure.caption)
    return sheet.svg(figure.title, f"{figure.caption} {CONDITIONAL}".strip())


def print_headline(found: Findings) -> str | None:
    """Question, verdict, a hundred crises and every set of assumptions, fit to print; ``None`` without a headline."""
    said, crises, dots = found.said.headline, cases(found), worlds(found)
    if said is None or crises is None:
        return None
    sheet = Sheet(WIDE)
    sheet.text(found.scenario.question, 22, bold=True)
    sheet.gap(4)
    sheet.text(f"{said.lead} {said.body}", 15)
    for sentence in said.levels:
        sheet.text(str(sentence), 13, colour="muted")
    sheet.gap(10)
    top, width = sheet.y, (WIDE - 2 * EDGE - BETWEEN) / 2
    sheet.column(EDGE, width if dots else WIDE - 2 * EDGE, top)
    sheet.text(crises.title, 13, bold=True, colour="muted")
    for level in crises.levels:
        _panel(sheet, Panel(f"{level.count} of 100: {level.words}", level.picture))
    bottom = sheet.y
    if dots is not None:
        sheet.column(EDGE + width + BETWEEN, width, top)
        sheet.text("Every set of assumptions, one dot", 13, bold=True, colour="muted")
        _panel(sheet, Panel(dots.title, dots.picture))
        sheet.text(f"Left: {dots.less}. Right: {dots.more}. {dots.caption}", 12, colour="muted")
    sheet.column(EDGE, WIDE - 2 * EDGE, max(sheet.y, bottom))
    _foot(sheet, found, "")
    return sheet.svg(found.scenario.question, f"{said.lead} {said.body} {CONDITIONAL}")


def png(svg: str) -> bytes:
    """A figure as PNG, on the machine's own fonts or the renderer's."""
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=SCALE)
    return picture


def source_line(found: Findings) -> str:
    """Where a figure comes from: software, scenario, run."""
    plan = found.run.plan
    version = found.run.folder.manifest()["run"]["escalade"]
    return (
        f"Source: escalade {version}, scenario {plan.scenario.name} (as of {plan.scenario.as_of}, "
        f"{plan.scenario_hash[:12]}), seed {plan.seed}, {found.comparison.candidates:,} sets of assumptions."
    )


def _panel(sheet: Sheet, panel: Panel) -> None:
    sheet.gap(6)
    if panel.words:
        sheet.text(panel.words, 13)
        sheet.gap(4)
    sheet.picture(panel.picture)


def _foot(sheet: Sheet, found: Findings, caption: str) -> None:
    """Caption, source, and the words without which no figure leaves the report."""
    sheet.gap(10)
    if caption:
        sheet.text(caption, 12)
    sheet.gap(8)
    sheet.rule()
    sheet.gap(2)
    sheet.text(CONDITIONAL, 11, bold=True)
    sheet.text(source_line(found), 11, colour="muted")
