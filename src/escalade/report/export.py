"""A run's figures and tables as files for papers, slides and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from escalade.errors import EscaladeError, UsageError, did_you_mean
from escalade.report.bibtex import bibtex
from escalade.report.citations import citations
from escalade.report.export_tables import FORMATS, tables, written
from escalade.report.findings import Findings, findings
from escalade.report.sentences import CONDITIONAL

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

PICTURES = ("svg", "png")
"""Kinds of files that figures are written as."""

README = """{question}

{sentences}

figures/     the report's pictures; caption, source and conditions are inside each
tables/      its numbers; the table "dictionary" explains every column
sources.bib  what to cite

{run}
{conditional}
"""
"""What lies in the folder."""


def export(run: StoredRun, out: Path, figures: Sequence[str], kinds: Sequence[str]) -> list[Path]:
    """Write figures (``PICTURES``) and tables (``FORMATS``) of a run into a folder; returns their paths in order.

    Files of the same name are replaced, others stay. Raises ``UsageError`` for an unknown kind or a folder that is
    a file, ``EscaladeError`` before the first answer or if the disk does not take a file.
    """
    for kind in figures:
        require(kind, PICTURES, "figures")
    for kind in kinds:
        require(kind, FORMATS, "tables")
    found = findings(run)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: give a folder with --out")
    made = []
    for name, data in _files(found, figures, kinds):
        path = out / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise EscaladeError(f"{path} cannot be written: {error.strerror or error}") from error
        made.append(path)
    return made


def require(kind: str, known: Sequence[str], what: str) -> None:
    """Raise ``UsageError`` for a kind of file that is none."""
    if kind not in known:
        raise UsageError(f'no kind of {what} "{kind}"; {did_you_mean(kind, known, "there are " + ", ".join(known))}')


def _files(found: Findings, figures: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Every file: its name in the folder, and its bytes."""
    cited = citations(found.run)
    said = "\n".join(found.said.sentences)
    run = f"escalade {cited.version}, {cited.run}."
    text = README.format(question=found.scenario.question, sentences=said, run=run, conditional=CONDITIONAL)
    yield "README.txt", text.encode()
    yield "sources.bib", (bibtex(cited) + "\n").encode()
    if figures:
        yield from _figures(found, figures)
    if kinds:
        about = {"escalade": json.dumps(found.run.folder.manifest()["provenance"], sort_keys=True)}
        for name, frame in tables(found).items():
            for kind in kinds:
                yield f"tables/{name}.{kind}", written(frame, kind, about)


def _figures(found: Findings, kinds: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    from escalade.report.gallery import gallery, png

    for name, picture in gallery(found):
        for kind in kinds:
            yield f"figures/{name}.{kind}", picture.encode() if kind == "svg" else png(picture)
