"""The report: one HTML file that needs no script and fetches nothing.

It is a list of sections. Each is a pure function of the findings; what a run does not know yet is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from escalade.ensemble.storage import REPORT
from escalade.report.findings import Findings, findings
from escalade.report.notes import Notes
from escalade.report.palette import DARK, FONT, LIGHT
from escalade.report.section import Section
from escalade.report.sections import (
    again,
    believed,
    claims,
    crises,
    forces,
    numbers,
    past,
    policies,
    priors,
    screen,
    sources,
    stories,
    structure,
    turns,
    why,
    years,
)
from escalade.report.sentences import CONDITIONAL
from escalade.study.results import StoredRun

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SECTIONS: tuple[Callable[[Findings], Section | None], ...] = (
    screen.section,
    why.section,
    turns.section,
    policies.section,
    crises.section,
    stories.section,
    forces.section,
    years.section,
    past.section,
    believed.section,
    priors.section,
    structure.section,
    claims.section,
    sources.section,
    numbers.section,
    again.section,
)
"""The report, in order."""


def write_report(run: StoredRun, at_work: str = "") -> None:
    """Write ``report.html`` into the run's folder; ``at_work`` says what is still to come, if anything is."""
    run.folder.write(REPORT, html(run, at_work).encode())


def html(run: StoredRun, at_work: str = "") -> str:
    """The report of what is there. Raises ``EscaladeError`` before the first answer."""
    found = findings(run, at_work)
    sections = [made for make in SECTIONS if (made := make(found)) is not None]
    notes = Notes(found)
    environment = _environment(notes)
    bodies = [(section, _body(environment, section, sections)) for section in sections]
    return environment.get_template("page.html").render(
        scenario=found.scenario,
        version=run.folder.manifest()["run"]["escalade"],
        conditional=CONDITIONAL.rstrip("."),
        bodies=bodies,
        notes=list(notes.used.values()),
        light=LIGHT,
        dark=DARK,
        font=FONT,
    )


def _environment(notes: Notes) -> Environment:
    """Templates that escape whatever they show; ``number`` and ``told`` make numbers that open."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("escalade.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["minus"] = minus
    environment.globals |= {"number": notes.number, "told": notes.told}
    return environment


def _body(environment: Environment, section: Section, sections: list[Section]) -> Markup:
    """A section as HTML."""
    from markupsafe import Markup

    contents = [other for other in sections if other.title]
    template = environment.get_template(f"sections/{section.id}.html")
    return Markup(template.render(**section.shown, contents=contents))


def minus(cell: str) -> str:
    """A number with a real minus sign; anything else as it is."""
    return "\N{MINUS SIGN}" + cell[1:] if cell[:1] == "-" and cell[1:2].isdigit() else cell
