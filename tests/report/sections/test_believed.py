"""Whom you believe in the report: a line on the first screen, a picture, and what every reading changes."""

from escalade.report.believed import NO_FIGURES
from escalade.report.findings import findings
from escalade.report.page import html
from escalade.report.sections.believed import section
from escalade.study.believe import file_name
from escalade.study.plan import Effort
from escalade.study.run import run
from tests.study.fakes import kernels
from tests.study.rivals import rival_plan

SMALL = Effort(candidates=64, worlds=8, histories=2)


def made(tmp_path, **options):
    return run(rival_plan(SMALL, **options), tmp_path / "tiny.run", kernels=kernels())


def test_readings_that_differ_are_drawn_and_explained(tmp_path):
    done = made(tmp_path)
    shown = section(findings(done)).shown
    assert shown["picture"] is not None
    official, independent = shown["readings"]
    assert [change.name for change in official.changed] == ["North: People with shelter"]
    assert official.changed[0].before == "0.2 to 0.7, most likely 0.5"
    assert "Comptroller" in official.changed[0].source
    assert len(independent.changed) == 1
    page = html(done)
    assert page.count('id="believed"') == 1
    assert ">Whom you believe</a>" in page
    assert "official claims only" in page


def test_without_figures_there_are_no_three_equal_rows(tmp_path):
    done = made(tmp_path, enters=False, price=False)
    shown = section(findings(done)).shown
    assert shown["nothing"] == NO_FIGURES
    assert shown["picture"] is None
    page = html(done)
    assert NO_FIGURES in page
    assert "official claims only" not in page


def test_a_report_of_a_run_without_them_does_without(tmp_path):
    done = made(tmp_path)
    for reading in ("official", "independent"):
        done.folder.remove(file_name(reading))
    assert section(findings(done)) is None
    assert "Whom you believe" not in html(done)
