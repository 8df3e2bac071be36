"""When it turns: conditions of more and of less, turning points of single inputs, what matters most."""

from __future__ import annotations

from escalade.report.amounts import capital
from escalade.report.figure import Figure, Panel
from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.tornado import TornadoRow, tornado
from escalade.report.turns import Told, box_details, box_sentence, hundred, matters_sentence, point_sentences
from escalade.report.turns_tables import conditions, matters, points

SHOWN = 8
"""Inputs in the picture."""

READ = (
    "Circle: mean effect where the input is high (its highest fifth); square: where it is low. On the right the share "
    "of the spread that it explains; a thin bar without a number cannot be told from chance."
)


def section(found: Findings) -> Section | None:
    """When the effect turns; nothing where that was not worked out."""
    of = found.turns
    if of is None:
        return None
    boxes = [[said for said in (box_sentence(of, more), box_details(of, more)) if said] for more in (True, False)]
    title = f"Effect on {of.quantity.name} {of.per}"
    picture = tornado(rows(of), of.found.margin * _factor(of), title) if of.found.matters.matters else None
    shown = {
        "boxes": boxes,
        "conditions": conditions(of),
        "points": point_sentences(of),
        "pointed": points(of),
        "said": matters_sentence(of),
        "picture": picture,
        "title": title,
        "read": READ,
        "matters": matters(of),
        "inputs": str(of.found.inputs),
    }
    figures = () if picture is None else (Figure("what-matters-most", title, (Panel("", picture),), READ),)
    return Section("turns", "When it turns", shown, figures)


def rows(of: Told) -> list[TornadoRow]:
    """The inputs that matter most, for the picture."""
    return [
        TornadoRow(
            capital(of.name(matter.key)),
            matter.low * _factor(of),
            matter.high * _factor(of),
            f"{hundred(matter.share)} of 100" if matter.clear else "",
            matter.clear,
        )
        for matter in of.found.matters.matters[:SHOWN]
    ]


def _factor(of: Told) -> float:
    return 100.0 if of.unit == "share" else 1.0
