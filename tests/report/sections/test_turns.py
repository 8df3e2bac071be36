"""The parts of the report about turns and priors: there once they were worked out, said on the first screen too."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalade.report.findings import Findings, findings
from escalade.report.page import html
from escalade.report.sections import priors, turns
from escalade.report.turns import box_sentence, first_line, priors_sentences
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from escalade.study.turns import file_name
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return run(tiny_plan(), tmp_path_factory.mktemp("turns") / "tiny.run", kernels=kernels())


def without(done: StoredRun, folder: Path) -> Findings:
    import shutil

    path = Path(shutil.copytree(done.folder.path, folder / "copy.run"))
    (path / file_name("as_is")).unlink()
    return findings(stored(path))


def test_before_it_is_worked_out_nothing_is_said(done: StoredRun, tmp_path: Path) -> None:
    found = without(done, tmp_path)
    assert (found.turns, turns.section(found), priors.section(found)) == (None, None, None)
    assert "When it turns" not in html(found.run)


def test_the_first_screen_and_both_sections_say_it(done: StoredRun) -> None:
    page, of = html(done), findings(done).turns
    assert of is not None
    assert page.count('id="turns"') == page.count('id="priors"') == 1
    assert '<a href="#turns">When it turns</a>' in page
    assert first_line(of)
    section = turns.section(findings(done))
    assert section is not None
    assert section.shown["boxes"][0][0] == box_sentence(of, more=True)
    weighed = priors.section(findings(done))
    assert weighed is not None
    assert weighed.shown["said"] == priors_sentences(of)


def test_the_picture_stands_alone_with_what_its_marks_mean(done: StoredRun) -> None:
    section = turns.section(findings(done))
    assert section is not None
    (figure,) = section.figures
    assert figure.name == "what-matters-most"
    assert "square" in figure.caption


def test_rows_of_the_picture_are_in_the_unit_of_its_title(done: StoredRun) -> None:
    of = findings(done).turns
    assert of is not None
    first, matter = turns.rows(of)[0], of.found.matters.matters[0]
    assert (first.low, first.high) == pytest.approx((100 * matter.low, 100 * matter.high))
