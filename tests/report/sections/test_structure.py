"""The part of the report about structures: there if they were tried, and a headline that says what turns it."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalade.report.answer import answer
from escalade.report.findings import findings
from escalade.report.page import html
from escalade.report.sections import structure as section
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from escalade.study.structure import structure
from tests.study.fakes import exact, kernels, tiny_plan


@pytest.fixture
def done(tmp_path: Path) -> StoredRun:
    return run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())


def test_without_a_trial_nothing_is_said(done: StoredRun) -> None:
    assert section.section(findings(done)) is None
    assert answer(done).structure is None


def test_the_report_has_the_table_and_the_first_screen_a_sentence(done: StoredRun) -> None:
    structure(done, exact=exact)
    page = html(stored(done.folder.path))
    assert '<section id="structure"' in page or 'id="structure"' in page
    assert "How far it hangs on structure" in page
    assert (
        page.count("of the model turns the sign") + page.count("sign does not hang") + page.count("sign prevail") >= 2
    )


def test_where_structures_disagree_the_headline_says_so(done: StoredRun) -> None:
    def turned(worlds, baseline, index):  # type: ignore[no-untyped-def]
        # With three waves what a shield does is turned over.
        own, calm = exact(worlds, baseline, index), exact(baseline, baseline, index)
        return 2 * calm - own if len(index) and worlds.rules["waves"][0] == 3 else own

    before = answer(done).headline
    structure(done, exact=turned)
    said = answer(stored(done.folder.path))
    assert said.structure is not None
    assert said.structure.depends
    assert said.headline is not None
    assert before is not None
    assert said.headline.lead == f"{before.lead} But it depends on the structure."
    assert said.sentences[-1].startswith("It depends on the structure of the model: ")
    assert answer(done, baseline="deeper_stocks").structure is None
