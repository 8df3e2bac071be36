"""Reasons of the effect: a line on the first screen, a picture and tables below; nothing where they are not known."""

from html import unescape

import pytest

from escalade.analysis.why import PARTS
from escalade.report.findings import findings
from escalade.report.page import html
from escalade.report.sections.why import section
from escalade.report.why import MEANING
from escalade.study.plan import Effort
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


def test_a_run_with_reasons_shows_them(real_run):
    found = findings(real_run)
    made = section(found)
    assert made is not None
    assert [fall.title.split(":")[0] for fall in made.shown["tables"]][-1] == "What two reasons do together"
    page = html(real_run)
    assert page.count('id="why"') == 1
    assert ">Why, in a crisis</a>" in page
    assert all(MEANING[name] in unescape(page) for name in PARTS)


def test_the_reasons_are_those_of_the_effect_that_the_headline_is_about(real_run):
    found = findings(real_run)
    drawn = real_run.results.crisis.multiplicity > 0
    assert found.why.by_world.sum(axis=0) == pytest.approx(found.pair.effects[drawn], abs=1e-12)


def test_a_report_without_reasons_does_without(tmp_path):
    done = run(tiny_plan(Effort(candidates=64, worlds=8, histories=2)), tmp_path / "tiny.run", kernels=kernels())
    assert section(findings(done)) is None
    assert "Why, in a crisis" not in html(done)
