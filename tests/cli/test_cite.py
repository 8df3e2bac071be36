"""``escalade cite``: text, BibTeX, JSON, before and after there is an answer."""

import json

from click.testing import CliRunner
from pybtex.database import parse_string

from escalade.cli.main import main
from escalade.ensemble.storage import opened
from escalade.report.citations import AUTHOR, TITLE
from tests.quality.test_rules import ROOT
from tests.study.fakes import tiny_plan


def cite(path, *options):
    done = CliRunner().invoke(main, ["cite", str(path), *options], prog_name="escalade")
    assert done.exit_code == 0, done.output
    return done.stdout


def begun(path):
    asked = tiny_plan()
    return opened(path, asked.origin, asked.manifest, asked.text).path


def test_a_run_without_an_answer_yet_can_be_cited(tmp_path):
    path = begun(tmp_path / "tiny.run")
    text = cite(path)
    assert "The North Gazette, 4 January 2030" in text
    entries = parse_string(cite(path, "--bibtex"), "bibtex").entries
    data = json.loads(cite(path, "--json", "--bibtex"))
    assert len(entries) == len(data["sources"]) + 2
    assert parse_string(data["bibtex"], "bibtex").entries.keys() == entries.keys()


def test_the_software_is_called_as_its_own_citation_file_says():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'title: "{TITLE}"' in text
    assert f"name: {AUTHOR}" in text
