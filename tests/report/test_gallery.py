"""Figures on their own: those of the report, each with its source and its conditions inside."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from escalade.report.findings import findings
from escalade.report.gallery import HEADLINE, WORDS_ONLY, gallery, png, print_headline
from escalade.report.page import SECTIONS
from escalade.report.sentences import CONDITIONAL
from escalade.study.plan import Effort, plan
from escalade.study.run import run
from tests.report.reports import HOSTILE, hostile_scenario
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("gallery") / "tiny.run", kernels=kernels()))


@pytest.fixture(scope="module")
def figures(found):
    return dict(gallery(found))


def text_of(svg):
    return " ".join(" ".join(ElementTree.fromstring(svg).itertext()).split())


def test_every_picture_of_the_report_is_there(found, figures):
    made = [section for make in SECTIONS if make not in WORDS_ONLY and (section := make(found)) is not None]
    assert len(figures) == 1 + sum(len(section.figures) for section in made)
    assert next(iter(figures)) == HEADLINE
    for section in made:
        if any(section.shown[key] for key in section.shown if "picture" in key or "chart" in key):
            assert section.figures, section.id


def test_the_pictures_are_those_of_the_report(found, figures):
    """The marks inside a figure are, byte by byte, those that the page shows."""
    for section in (make(found) for make in SECTIONS if make not in WORDS_ONLY):
        for figure in section.figures if section else ():
            for panel in figure.panels:
                inside = panel.picture.partition("</title>")[2].removesuffix("</svg>")
                assert inside in figures[figure.name]


def test_each_says_where_it_comes_from_and_that_it_is_no_forecast(found, figures):
    for name, svg in figures.items():
        text = text_of(svg)
        assert CONDITIONAL in text, name
        assert f"Source: escalade 0.1.0, scenario tiny (as of 2030-01-01, {found.run.plan.scenario_hash[:12]})" in text
        assert "http://" not in svg.replace("http://www.w3.org/", "")


def test_the_headline_figure_says_what_the_report_says(found, figures):
    text = text_of(figures[HEADLINE])
    assert found.scenario.question in text
    assert str(found.said.headline.body) in text


def test_without_a_headline_there_is_no_such_figure(found):
    alone = replace(found, said=replace(found.said, headline=None, policy=None))
    assert print_headline(alone) is None
    assert HEADLINE not in dict(gallery(alone))


def test_a_figure_becomes_a_png(figures):
    assert png(figures["cases"]).startswith(b"\x89PNG")


def test_hostile_names_stay_texts(tmp_path):
    done = run(plan(hostile_scenario(tmp_path), effort=Effort(16, 4, 2)), tmp_path / "h.run", kernels=kernels())
    for _, svg in gallery(findings(done)):
        assert not [tag for tag in ElementTree.fromstring(svg).iter() if tag.tag.endswith("script")]
    assert HOSTILE.partition("{")[0] in text_of(print_headline(findings(done)))
