"""``escalade export``: kinds as people list them, names of files on stdout."""

import json

import pytest
from click.testing import CliRunner

from escalade.cli.main import main
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels()).folder.path


def export(*arguments):
    return CliRunner().invoke(main, ["export", *map(str, arguments)], prog_name="escalade")


def test_the_files_are_named(folder, tmp_path):
    done = export(folder, "--tables", " CSV ,csv,", "--json")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert data["folder"] == "tiny-export"
    assert data["files"].count("tiny-export/tables/comparison.csv") == 1
    assert all((tmp_path / name).is_file() for name in data["files"])


def test_another_folder(folder, tmp_path):
    done = export(folder, "--tables", "json", "--out", tmp_path / "deep" / "er")
    assert done.exit_code == 0
    assert (tmp_path / "deep" / "er" / "tables" / "worlds.json").is_file()


def test_a_wrong_kind_is_the_user_s_mistake(folder):
    done = export(folder, "--figures", "pdf")
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'no kind of figures "pdf"; there are svg, png' in done.stderr
