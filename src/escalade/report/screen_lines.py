"""The lines below the first screen's pictures: one question each, answered in a sentence, with the way to the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from escalade.report import believed, slow, why
from escalade.report.findings import Findings
from escalade.report.sentence import Sentence
from escalade.report.sentences import NO_RECORD, RECORD
from escalade.report.structure import FADES, NEITHER, SAME
from escalade.report.turns import first_line

NOT_MODELLED = (
    "bargaining offers, learning about the rival's resolve within a crisis, who decides to deploy, domestic "
    "coalitions, geography, technology"
)
"""What the model leaves out."""


@dataclass(frozen=True)
class Line:
    """A line: its head, the section that it leads to, and what it says, in sentences."""

    head: str
    anchor: str
    said: tuple[Sentence, ...]


def lines(found: Findings) -> list[Line]:
    """All lines that a run has something to say in, in their order."""
    return [line for make in LINES if (line := make(found)) is not None]


def _turns(found: Findings) -> Line | None:
    return None if found.turns is None else Line("When it turns", "turns", tuple(first_line(found.turns)))


def _why(found: Findings) -> Line | None:
    return None if found.why is None else Line("Why, in a crisis", "why", (why.sentence(found.why),))


def _slow(found: Findings) -> Line | None:
    return None if found.slow is None else Line("Over the years", "years", (slow.sentence(found.slow),))


def _believed(found: Findings) -> Line | None:
    if found.believed is None:
        return None
    return Line("Whom you believe", "believed", (believed.sentence(found.believed),))


def _record(found: Findings) -> Line | None:
    said = _detail(found, RECORD, NO_RECORD)
    return None if said is None else Line("What past crises say", "past", (_after_colon(said),))


def _detail(found: Findings, *templates: str) -> Sentence | None:
    """The detail of the headline that is made from one of these templates."""
    details = found.said.headline.details if found.said.headline else ()
    return next((said for said in details if isinstance(said, Sentence) and said.template in templates), None)


def _after_colon(said: Sentence) -> Sentence:
    """The sentence without its own head ("What past crises say: ..."), as the line has one."""
    head, colon, rest = said.template.partition(": ")
    inside = "{" in head or not colon
    return said if inside else Sentence(rest[:1].upper() + rest[1:], said.words, said.opens)


def _structure(found: Findings) -> Line | None:
    said = _detail(found, SAME, FADES, NEITHER)
    return None if said is None else Line("How far it hangs on structure", "structure", (said,))


def _trust(found: Findings) -> Line:
    counted = found.standings
    words = {
        "assumed": str(counted["assumption"]),
        "sourced": str(counted["source"]),
        "all": str(sum(counted.values())),
        "left_out": NOT_MODELLED,
    }
    template = (
        "{assumed} of {all} numbers are assumptions, {sourced} have a published source. Not modelled: {left_out}."
    )
    opens = dict.fromkeys(("assumed", "sourced", "all"), "run.inputs")
    return Line("How far to trust it", "sources", (Sentence(template, words, opens),))


LINES: tuple[Callable[[Findings], Line | None], ...] = (_turns, _why, _slow, _believed, _record, _structure, _trust)
"""The lines in the order in which they stand; one that has nothing to say is left out."""
