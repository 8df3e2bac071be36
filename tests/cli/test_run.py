"""``escalade run``, ``compare`` and ``report``: what is printed where, exit codes, interruption from outside."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from escalade.cli.main import main
from escalade.scenario import canonical_yaml
from tests.study.fakes import TINY, kernels, simulate
from tests.study.rivals import rival_scenario

SIZES = ("--candidates", "64", "--worlds", "16", "--histories", "16")


@pytest.fixture
def escalade(monkeypatch):
    """Calls the command line with fake kernels."""
    monkeypatch.setattr("escalade.study.run.compiled", lambda names: kernels())
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="escalade")


@pytest.fixture
def folder(escalade, tmp_path):
    """A finished run."""
    assert escalade("run", TINY, "--out", tmp_path / "tiny.run", *SIZES).exit_code == 0
    return tmp_path / "tiny.run"


def test_the_answer_is_on_stdout_and_progress_on_stderr(escalade, tmp_path):
    done = escalade("run", TINY, "--out", tmp_path / "a.run", *SIZES)
    assert done.exit_code == 0
    assert done.stdout.startswith("Does North's shield make war")
    assert done.stdout.rstrip().endswith(f"Report: {tmp_path / 'a.run' / 'report.html'}")
    assert "Conditional on assumptions, not a forecast." in done.stdout
    assert "exact crises: 1 parts" in done.stderr
    assert max(map(len, done.stdout.split("\n\nReport:")[0].splitlines())) <= 80
    assert (tmp_path / "a.run" / "report.html").is_file()


def test_the_default_folder_is_named_after_the_scenario(escalade, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert escalade("run", TINY, *SIZES).exit_code == 0
    assert (tmp_path / "tiny.run" / "manifest.json").is_file()


def test_json_is_one_document_with_folder_and_answer(escalade, tmp_path):
    done = escalade("run", TINY, "--out", tmp_path / "a.run", *SIZES, "--json")
    data = json.loads(done.stdout)
    assert data["run"] == str(tmp_path / "a.run")
    assert data["policies"]["as_is"]["war"]["mean"] > 0
    again = json.loads(escalade("compare", tmp_path / "a.run", "--json").stdout)
    assert again["policies"] == data["policies"]
    assert again["pairs"] == data["pairs"]


def test_a_second_call_goes_on_and_says_the_same(escalade, folder):
    first = escalade("run", TINY, "--out", folder, *SIZES)
    assert first.exit_code == 0
    assert "parts" not in first.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--seed", "2"), "seed (1 there, 2 now)"),
        (("--policy", "as_it_is"), 'did you mean "as_is"?'),
        (("--candidates", "100"), "power of two"),
        (("--workers", "0"), "workers"),
        (("--effort", "huge"), "huge"),
    ],
)
def test_wrong_input_is_refused_with_code_2(escalade, folder, arguments, words):
    done = escalade("run", TINY, "--out", folder, *SIZES, *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_missing_scenario_is_wrong_input(escalade, tmp_path):
    done = escalade("run", tmp_path / "nothing.yaml")
    assert done.exit_code == 2
    assert "nothing.yaml" in done.stderr


def test_compare_prints_every_pair_within_80_columns(escalade, folder):
    done = escalade("compare", folder)
    assert done.exit_code == 0
    for title in ("Per crisis, exact", "Over 2 years, simulated", "Per crisis: The shield as it is, less No shield"):
        assert title in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_compare_with_another_baseline_and_outcome(escalade, folder):
    data = json.loads(escalade("compare", folder, "--baseline", "as_is", "--outcome", "deaths.north", "--json").stdout)
    assert (data["baseline"], data["outcome"]) == ("as_is", "deaths.north")
    assert {pair["baseline"] for pair in data["pairs"]} == {"as_is"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--outcome", "restrain"), 'did you mean "restraint"?'),
        (("--baseline", "nobody"), 'no policy "nobody" in this run; there are as_is, no_shield'),
    ],
)
def test_compare_refuses_unknown_names_with_code_2(escalade, folder, arguments, words):
    done = escalade("compare", folder, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.parametrize("command", ["compare", "report"])
def test_what_is_no_run_is_wrong_input(escalade, tmp_path, command):
    done = escalade(command, tmp_path)
    assert done.exit_code == 2
    assert "not the folder of a run" in done.stderr


def test_report_is_written_anew(escalade, folder):
    before = (folder / "report.html").read_bytes()
    (folder / "report.html").unlink()
    done = escalade("report", folder)
    assert done.stdout.strip() == str(folder / "report.html")
    assert (folder / "report.html").read_bytes() == before


SLOW = """
import sys
import escalade.study.run as job
from escalade.cli.main import main
from escalade.scenario import canonical_yaml
from tests.study.fakes import kernels
job.compiled = lambda names: kernels(pause=0.1)
main(sys.argv[1:], prog_name="escalade")
"""


def _started(folder, **options):
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, "run", str(TINY), "--out", str(folder), "--workers", "2",
         "--candidates", "64", "--worlds", "32", "--histories", "32"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def _until(folder, pattern, process):
    for _ in range(3000):
        if list(folder.glob(pattern)) or process.poll() is not None:
            return
        time.sleep(0.01)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("kind", ["Ctrl-C", "Ctrl-C in a job of a script", "terminate"])
def test_ctrl_c_leaves_a_run_that_can_be_read_and_gone_on_with(escalade, tmp_path, kind):
    folder = tmp_path / "slow.run"
    ignoring = (lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)) if "script" in kind else None
    process = _started(folder, preexec_fn=ignoring)
    _until(folder, "part-*.parquet", process)
    process.send_signal(signal.SIGTERM if kind == "terminate" else signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "the same command goes on with it" in err
    assert "Traceback" not in err
    assert not list(folder.glob("*.tmp"))
    done = escalade("compare", folder)
    assert done.exit_code == 0
    assert "This run is not finished" in done.stdout
    sizes = ("--candidates", "64", "--worlds", "32", "--histories", "32")
    assert escalade("run", TINY, "--out", folder, *sizes).exit_code == 0
    assert escalade("run", TINY, "--out", tmp_path / "whole.run", *sizes).exit_code == 0
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "whole.run" / path.name).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_second_process_is_refused_while_the_first_one_works(escalade, tmp_path):
    folder = tmp_path / "slow.run"
    process = _started(folder)
    try:
        _until(folder, "crisis-*.parquet", process)
        done = escalade("run", TINY, "--out", folder, *SIZES)
        assert done.exit_code == 1
        assert "another process" in done.stderr
    finally:
        process.kill()
        process.communicate()


def test_the_report_of_a_run_at_work_says_what_may_be_quoted(tmp_path, monkeypatch):
    def stopped(*arguments):
        if len(arguments[2]):
            raise KeyboardInterrupt
        return simulate(*arguments)

    monkeypatch.setattr("escalade.study.run.compiled", lambda names: kernels(simulate=stopped))
    arguments = ["run", str(TINY), "--out", str(tmp_path / "a.run"), *SIZES]
    assert CliRunner().invoke(main, arguments).exit_code == 130
    page = (tmp_path / "a.run" / "report.html").read_text("utf-8")
    assert "Final, and fit to quote: the single crisis and its reasons." in page
    assert "Still to come: simulated years, slow forces, rival sources and when it turns." in page
    monkeypatch.setattr("escalade.study.run.compiled", lambda names: kernels())
    done = CliRunner().invoke(main, arguments)
    assert "Still to come: slow forces, rival sources and when it turns." in done.stderr
    assert "Still at work" not in (tmp_path / "a.run" / "report.html").read_text("utf-8")
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 0
    assert "Still at work" not in again.stderr


def test_whose_figures_are_believed_is_another_run(escalade, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "rival.yaml"
    source.write_text(canonical_yaml(rival_scenario()), "utf-8")
    done = escalade("run", source, *SIZES, "--facts-from", "official", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["run"] == "tiny-official.run"
    assert "facts_from: official" in (tmp_path / "tiny-official.run" / "scenario.yaml").read_text("utf-8")
    as_written = escalade("run", source, *SIZES, "--facts-from", "all", "--json")
    assert json.loads(as_written.stdout)["run"] == "tiny.run"


def test_a_run_is_compared_by_whom_one_believes(escalade, tmp_path, monkeypatch):
    source = tmp_path / "rival.yaml"
    source.write_text(canonical_yaml(rival_scenario()), "utf-8")
    folder = tmp_path / "rival.run"
    assert escalade("run", source, "--out", folder, *SIZES).exit_code == 0
    plain, official = escalade("compare", folder), escalade("compare", folder, "--facts-from", "official")
    assert "official claims only" in plain.stdout
    assert "Believed: official claims only." in " ".join(official.stdout.split())
    data = json.loads(escalade("compare", folder, "--facts-from", "official", "--json").stdout)
    assert data["facts_from"] == "official"
    found = data["believed"]["readings"]["official"]
    assert found["effect"] == data["pairs"][0]["crisis"]["war"]["mean"]
    assert all(len(line) <= 80 for line in official.stdout.splitlines())
