"""The years: arsenals, spending, shields, shelter on the expected path; what slow forces do to the effect."""

from __future__ import annotations

from escalade.report.drawing import drawn
from escalade.report.figure import of_chart
from escalade.report.findings import Findings
from escalade.report.race import HOW_TO_READ_CHARTS as READ_COURSES
from escalade.report.race import charts
from escalade.report.section import Section
from escalade.report.slow import HOW_TO_READ as READ_FORCES
from escalade.report.slow import table
from escalade.study.race import stored_race


def section(found: Findings) -> Section | None:
    """The expected path under the headline's policy; nothing where neither it nor the slow forces are known."""
    policy = found.said.policy
    race = None if policy is None else stored_race(found.run, policy)
    made = [] if race is None else charts(race)
    if found.slow is None and not made:
        return None
    pictures = [(chart, drawn(chart)) for chart in made]
    phrase = "" if policy is None else found.words.policies[policy]
    shown = {
        "charts": pictures,
        "phrase": phrase,
        "courses": READ_COURSES,
        "forces": None if found.slow is None else table(found.slow),
        "read": READ_FORCES,
    }
    figures = tuple(of_chart(chart, picture, f"{READ_COURSES} {phrase}") for chart, picture in pictures)
    return Section("years", "The years", shown, figures)
