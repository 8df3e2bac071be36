"""Citations as BibTeX: one entry each for the software, the run and every source, for any style that knows ``@misc``.

Texts stay UTF-8. What means something to TeX is written as a command: a brace too, because BibTeX counts braces even
behind a backslash.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from escalade.report.citations import AUTHOR, TITLE, Citations, Source
from escalade.report.tables import WIDTH

COMMANDS: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': "''",
    **{char: f"\\{char}" for char in "&%$#_"},
}
"""What stands for each character that TeX would not print."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Names of months that every style defines."""

KEY_WORDS = 2
"""Words of a publisher, or of a title, in a key."""


def bibtex(found: Citations) -> str:
    """All entries as one text, the software first, then the run, then the sources in their order."""
    keys = unique([f"escalade-{found.version}", f"run-{found.scenario}", *map(_key, found.sources)])
    entries = [
        _entry(
            keys[0],
            {
                "author": _whole(AUTHOR),
                "title": _whole(TITLE),
                "version": escaped(found.version),
                "howpublished": "Software",
            },
        ),
        _entry(
            keys[1],
            {
                "author": _whole(AUTHOR),
                "title": _whole(f"Run of escalade: {found.title}"),
                "howpublished": "Computed with escalade " + escaped(found.version),
                "note": escaped(found.run),
            },
        ),
        *(_source(key, source) for key, source in zip(keys[2:], found.sources, strict=True)),
    ]
    return "\n\n".join(entries)


def _source(key: str, source: Source) -> str:
    year, month = _date(source.date)
    figures = f"Figures {', '.join(source.facts)}; used for: " if source.facts else "Used for: "
    fields = {
        "author": _whole(source.publisher),
        "title": _whole(source.title),
        "year": year,
        "month": month,
        "url": address(source.url),
        "note": escaped(figures + "; ".join(source.uses)),
    }
    return _entry(key, {name: text for name, text in fields.items() if text.strip("{}")})


def _entry(key: str, fields: Mapping[str, str]) -> str:
    return f"@misc{{{key},\n" + ",\n".join(_field(*field) for field in fields.items()) + "\n}"


def _field(name: str, text: str) -> str:
    """A field in lines of at most 80 columns; an address stays whole."""
    line = f"  {name} = {text if name == 'month' else '{' + text + '}'}"
    if len(line) < WIDTH:
        return line
    if name == "url":
        return f"  url =\n    {{{text}}}"
    return textwrap.fill(line, WIDTH - 1, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def _whole(text: str) -> str:
    """A text in braces of its own: no style changes its capitals, or takes a publisher's name apart."""
    return "{" + escaped(text) + "}"


def escaped(text: str) -> str:
    """A text as TeX prints it, in one line."""
    return "".join(COMMANDS.get(char, char) for char in " ".join(text.split()))


def address(url: str) -> str:
    """An address as the command for addresses takes it: what would end it, or is no ASCII, is percent-encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._")


def _date(date: str) -> tuple[str, str]:
    """Year and month of a date, or of the end of a span; empty where there is none."""
    year, _, rest = date.rpartition(" ")[2].partition("-")
    if not re.fullmatch(r"\d{4}", year):
        return "", ""
    number = rest.partition("-")[0]
    return year, MONTHS[int(number) - 1] if number else ""


def _key(source: Source) -> str:
    """Publisher, or the beginning of the title, and year."""
    plain = unicodedata.normalize("NFKD", source.publisher or source.title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:KEY_WORDS] or ["source"]
    return "-".join([*words, *filter(None, _date(source.date)[:1])])


def unique(keys: Iterable[str]) -> list[str]:
    """The keys, each again with a number behind it where it was there before."""
    made: list[str] = []
    for key in keys:
        number, candidate = 1, key
        while candidate in made:
            number += 1
            candidate = f"{key}-{number}"
        made.append(candidate)
    return made
