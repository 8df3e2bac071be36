"""An arms race as one picture in a file, fit to be shown alone."""

from __future__ import annotations

from pathlib import Path

import escalade
from escalade.errors import EscaladeError
from escalade.report.amounts import years
from escalade.report.drawing import drawn
from escalade.report.gallery import png
from escalade.report.race import HOW_TO_READ_CHARTS, NOTHING, charts
from escalade.report.sentences import CONDITIONAL
from escalade.report.sheet import Sheet
from escalade.study.race import Race

WIDE = 400


def svg(race: Race) -> str:
    """All charts of a race, one below the other, with how to read them, source and conditions."""
    sheet = Sheet(WIDE)
    policy = race.scenario.policies[race.policy].name
    title = f"{race.scenario.title}: {years(race.years)} under the policy {policy}"
    sheet.text(title, 17, bold=True)
    made = charts(race)
    for chart in made:
        sheet.gap(10)
        sheet.text(chart.title, 13, bold=True, colour="muted")
        sheet.gap(4)
        sheet.picture(drawn(chart))
    sheet.gap(10)
    sheet.text(HOW_TO_READ_CHARTS if made else NOTHING, 12)
    sheet.gap(8)
    sheet.rule()
    sheet.text(CONDITIONAL, 11, bold=True)
    sheet.text(f"Source: escalade {escalade.__version__}, scenario {race.scenario.name}.", 11, colour="muted")
    return str(sheet.svg(title, f"{' '.join(chart.words for chart in made)} {CONDITIONAL}".strip()))


def write_figure(race: Race, path: Path) -> None:
    """Write a picture as SVG or PNG, by the ending of its name. Raises ``EscaladeError`` if the disk refuses."""
    picture = svg(race)
    try:
        path.write_bytes(png(picture) if path.suffix == ".png" else picture.encode())
    except OSError as error:
        raise EscaladeError(f"{path} cannot be written: {error.strerror or error}") from error
