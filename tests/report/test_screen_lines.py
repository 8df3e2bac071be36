"""Lines of the first screen: what a run has something to say in, in order, each leading to a part of the report."""

import dataclasses

import pytest

from escalade.report.findings import findings
from escalade.report.page import SECTIONS, html
from escalade.report.screen_lines import LINES, NOT_MODELLED, lines
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("lines") / "tiny.run", kernels=kernels()))


def test_what_is_not_known_has_no_line(found):
    assert [line.anchor for line in lines(found) if line.anchor != "turns"] == ["believed", "past", "sources"]
    alone = dataclasses.replace(found, said=dataclasses.replace(found.said, headline=None, policy=None))
    assert "past" not in [line.anchor for line in lines(alone)]


def test_every_line_of_a_real_run_leads_to_a_part_of_its_report(real_run):
    real = findings(real_run)
    made = lines(real)
    assert {"why", "believed"} <= {line.anchor for line in made}
    parts = {section.id for make in SECTIONS if (section := make(real)) is not None}
    assert {line.anchor for line in made} <= parts
    assert len(made) <= len(LINES)


def test_a_line_does_not_say_its_head_twice(found):
    (record,) = (line for line in lines(found) if line.anchor == "past")
    (said,) = record.said
    assert record.head not in said
    assert said[0].isupper() or said[0].isdigit()


def test_what_is_not_modelled_is_said_on_the_first_screen_and_among_the_numbers(found):
    page = html(found.run).replace("&#39;", "'")
    assert page.count(NOT_MODELLED) == 2
