"""Exported files: what was asked for, whole, named in order; nonsense refused before anything is written."""

import pytest
from pybtex.database import parse_string

from escalade.errors import EscaladeError, UsageError
from escalade.report.export import export
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return run(tiny_plan(), tmp_path_factory.mktemp("export") / "tiny.run", kernels=kernels())


def test_only_what_is_asked_for_is_written(done, tmp_path):
    made = export(done, tmp_path / "out", ["svg"], [])
    assert {path.suffix for path in made} == {".txt", ".bib", ".svg"}
    assert sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file()) == sorted(made)
    assert {path.suffix for path in export(done, tmp_path / "more", [], ["json"])} == {".txt", ".bib", ".json"}


def test_the_folder_explains_itself(done, tmp_path):
    export(done, tmp_path, [], ["csv"])
    text = (tmp_path / "README.txt").read_text("utf-8")
    assert done.plan.scenario.question in text
    assert "not a forecast" in text
    assert parse_string((tmp_path / "sources.bib").read_text("utf-8"), "bibtex").entries
    assert (tmp_path / "tables" / "dictionary.csv").is_file()


def test_the_same_run_gives_the_same_bytes(done, tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        export(done, folder, ["svg"], ["csv", "parquet"])
    one, other = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*.*")} for f in folders)
    assert one == other


@pytest.mark.parametrize(
    ("figures", "kinds", "message"),
    [(["pmg"], [], 'figures "pmg"; did you mean "png"'), ([], ["xlsx"], 'tables "xlsx"; there are csv, parquet, json')],
)
def test_unknown_kinds_are_refused_and_nothing_is_written(done, tmp_path, figures, kinds, message):
    with pytest.raises(UsageError, match=message):
        export(done, tmp_path / "out", figures, kinds)
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_way_is_named(done, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file: give a folder"):
        export(done, tmp_path / "out", [], ["csv"])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "tables").write_text("mine")
    with pytest.raises(EscaladeError, match="cannot be written"):
        export(done, tmp_path / "other", [], ["csv"])
