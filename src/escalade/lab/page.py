"""The lab as one page: templates, style and scripts in one file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from escalade.lab.bundle import bundle
from escalade.quantities import Quantity
from escalade.raid.quantities import RAID_NUMBERS
from escalade.report.findings import Findings, findings
from escalade.report.palette import DARK, FONT, LIGHT
from escalade.report.section import Section
from escalade.report.sections import stories, why
from escalade.report.sections.stories import Story
from escalade.report.turns import box_details, box_sentence, matters_sentence, point_sentences, told
from escalade.study import turns
from escalade.study.results import StoredRun

if TYPE_CHECKING:
    from jinja2 import Template

    from escalade.scenario import Scenario

SCRIPTS = (
    "weigh.js",
    "say.js",
    "draw.js",
    "count.js",
    "link.js",
    "controls.js",
    "shown.js",
    "panels.js",
    "guess.js",
    "live.js",
    "lab.js",
)
"""Scripts of the page in the order in which they stand; none of them needs a build step."""


def static_page(run: StoredRun) -> str:
    """The lab of a run as one HTML file. Raises as ``bundle`` does."""
    return rendered(run, bundle(run))


def rendered(run: StoredRun, data: Mapping[str, Any]) -> str:
    """The page of a bundle."""
    found = findings(run)
    return template("lab.html", found.scenario).render(
        data=data,
        json=_safe(data),
        script=script(),
        policy=content_policy(bool(data["live"])),
        why=_why(found),
        turns=_turns(run),
        stories=_stories(found),
        glossary=glossary(found.comparison.quantities),
        raid_numbers=[entry for entry in RAID_NUMBERS if "." not in entry.id],
        light=LIGHT,
        dark=DARK,
        font=FONT,
    )


@cache
def script() -> str:
    """All scripts of the page as one, so that one hash allows them."""
    folder = resources.files("escalade.lab").joinpath("page")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in SCRIPTS)


def content_policy(live: bool) -> str:
    """What the page may do: run its own script, and with a server ask that one; load nothing from anywhere."""
    digest = base64.b64encode(hashlib.sha256(_between_tags().encode()).digest()).decode()
    connect = "'self'" if live else "'none'"
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; connect-src {connect}; "
        "base-uri 'none'; form-action 'none'"
    )


def _between_tags() -> str:
    """The script exactly as it stands between its tags."""
    return f"\n{script()}\n"


def _safe(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the element in which it stands."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def glossary(quantities: Mapping[str, Quantity]) -> list[tuple[str, str]]:
    """Names and meanings of everything that is known of one crisis, from the registry."""
    return [(one.name, one.sentence) for one in quantities.values() if one.crisis is not None]


def _why(found: Findings) -> Section | None:
    """The reasons that the run worked out, if it did."""
    return why.section(found)


def _turns(run: StoredRun) -> list[str]:
    """When the answer turns, as the run worked it out, in sentences; none if it did not."""
    asked = turns.asked(run)
    kept = None if asked is None else turns.stored_turns(run, *asked)
    if asked is None or kept is None:
        return []
    of = told(kept, run.plan.scenario, asked[1])
    boxes = [sentence for more in (True, False) for sentence in (box_sentence(of, more), box_details(of, more))]
    return [str(sentence) for sentence in (*boxes, *point_sentences(of), matters_sentence(of)) if sentence is not None]


def _stories(found: Findings) -> list[Story]:
    """Told pairs of twins, if the run has years."""
    made = stories.section(found)
    return [] if made is None else list(made.shown["stories"])


def template(name: str, scenario: Scenario) -> Template:
    """A template of the lab, or one of the report's that it borrows."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
    from markupsafe import escape

    from escalade.report.page import minus

    environment = Environment(
        loader=ChoiceLoader([PackageLoader("escalade.lab", "page"), PackageLoader("escalade.report", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["minus"] = minus
    # Numbers of a run open their notes in its report; here they are plain.
    environment.globals |= {"number": lambda _, text: text, "told": escape, "scenario": scenario}
    return environment.get_template(name)
