"""Cards: a result as a small piece of HTML for a notebook; no script, no style sheet, nothing fetched, all escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from escalade.report.answer import Answer, unfinished
from escalade.report.comparison import overview
from escalade.report.sentences import CONDITIONAL
from escalade.report.story import ToldTwins
from escalade.report.tables import Table
from escalade.study.results import StoredRun

_CARD = Markup(
    '<div style="font-family:system-ui,sans-serif;max-width:60rem;border:1px solid #8888;border-radius:6px;'
    'padding:0.6rem 1rem;overflow-x:auto"><p style="margin:0.2rem 0;font-size:1.1em"><b>{}</b></p>{}</div>'
)
_SMALL = "margin:0.3rem 0;font-size:0.85em;opacity:0.8"
_LEFT, _RIGHT = "text-align:left;padding:0.1rem 0.6rem", "text-align:right;padding:0.1rem 0.6rem"


def card(title: str, *parts: Markup) -> str:
    """A framed piece of HTML that takes its colours from the page around it."""
    return str(_CARD.format(title, Markup("").join(parts)))


def answer_card(run: StoredRun, said: Answer) -> str:
    """What a run says of one outcome: question, sentences, overview."""
    missing = unfinished(run)
    parts = [small(missing)] if missing else []
    parts += [paragraphs(said.sentences), table(overview(said.comparison, said.names)), small(CONDITIONAL)]
    return card(run.plan.scenario.question, *parts)


def paragraphs(sentences: Iterable[str], *, lead: bool = True) -> Markup:
    """Sentences one below the other, the first one in bold."""
    made = [Markup('<p style="margin:0.3rem 0">{}</p>').format(sentence) for sentence in sentences]
    if lead and made:
        made[0] = Markup("<b>{}</b>").format(made[0])
    return Markup("").join(made)


def small(text: str) -> Markup:
    """A remark under what it is about."""
    return Markup('<p style="{}">{}</p>').format(_SMALL, text)


def table(shown: Table) -> Markup:
    """A table with its title above and its caption below."""
    heads = _row("th", shown.heads)
    bodies = []
    for section in shown.sections:
        if section.name:
            bodies.append(
                Markup('<tr><th colspan="{}" style="{}">{}</th></tr>').format(len(shown.heads), _LEFT, section.name)
            )
        bodies += [_row("td", row.cells) for row in section.rows]
    body = Markup('<table style="border-collapse:collapse"><caption style="{}">{}</caption>{}{}</table>').format(
        f"{_LEFT};font-weight:600", shown.title, heads, Markup("").join(bodies)
    )
    return body + small(shown.caption) if shown.caption else body


def twins(told: ToldTwins) -> Markup:
    """A told history, beside its twin if it has one; what both say spans both columns."""
    rows = [_row("th", [told.left, told.right] if told.right else [told.left], left=True)]
    for row in told.rows:
        columns = [row.left] if row.same or not told.right else [row.left, row.right]
        span = 2 if told.right and row.same else 1
        cells = [
            Markup('<td colspan="{}" style="{};vertical-align:top;width:50%">{}</td>').format(
                span, _LEFT, paragraphs(column, lead=False)
            )
            for column in columns
        ]
        mark = Markup(' style="border-top:2px solid currentColor"') if row.parts else ""
        rows.append(Markup("<tr{}>{}</tr>").format(mark, Markup("").join(cells)))
    opening = paragraphs([told.opening], lead=False)
    body = Markup('<table style="border-collapse:collapse;width:100%">{}</table>').format(Markup("").join(rows))
    return opening + body + small(told.note)


def _row(tag: str, cells: Sequence[str], *, left: bool = False) -> Markup:
    made = [
        Markup('<{} style="{}">{}</{}>').format(Markup(tag), _LEFT if left or k == 0 else _RIGHT, cell, Markup(tag))
        for k, cell in enumerate(cells)
    ]
    return Markup("<tr>{}</tr>").format(Markup("").join(made))
