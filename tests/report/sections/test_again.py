"""Do it again: the commands of a report give the same numbers."""

import shlex

from click.testing import CliRunner

from escalade.cli.main import main
from escalade.report.sections import again
from tests.study.fakes import contents, kernels


def test_the_commands_of_a_report_make_the_same_run(found, tmp_path, monkeypatch):
    monkeypatch.setattr("escalade.study.run.compiled", lambda names: kernels())
    monkeypatch.chdir(tmp_path)
    original = found.run.folder.path
    (tmp_path / "scenario.yaml").write_bytes((original / "scenario.yaml").read_bytes())
    install, *commands = again.commands(found)
    assert install.startswith("pip install escalade==")
    for command in commands:
        program, *arguments = shlex.split(command)
        done = CliRunner().invoke(main, arguments, prog_name=program)
        assert done.exit_code == 0, done.output
    made, there = contents(tmp_path / "again.run"), contents(original)
    compared = [name for name in there if name.endswith((".parquet", ".json", ".yaml"))]
    assert len(compared) > 5
    for name in compared:
        assert made[name] == there[name], name
