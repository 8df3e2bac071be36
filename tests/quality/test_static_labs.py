"""The labs of the documentation: made from runs that are kept, and made again where a run is of another model."""

from functools import partial

import pytest

from escalade.scenario import load_scenario
from escalade.study.plan import Effort
from escalade.study.run import run
from tests.study.fakes import TINY, kernels
from tools import static_labs


@pytest.fixture
def tiny(monkeypatch):
    """The bundled scenarios are one, and its kernels are made up."""
    monkeypatch.setattr(static_labs, "bundled_names", lambda: ("tiny",))
    monkeypatch.setattr(static_labs, "load_scenario", lambda _: load_scenario(TINY))
    monkeypatch.setattr(static_labs, "SIZES", Effort(64, 8, 4))
    monkeypatch.setattr(static_labs, "run", partial(run, kernels=kernels()))


def test_pages_are_made_of_runs_that_are_kept(tiny, tmp_path, monkeypatch):
    arguments = [str(tmp_path / "runs"), str(tmp_path / "pages")]
    assert static_labs.main(arguments) == 0
    first = (tmp_path / "pages" / "tiny.html").read_text("utf-8")
    assert static_labs.main(arguments) == 0
    assert (tmp_path / "pages" / "tiny.html").read_text("utf-8") == first
    monkeypatch.setattr(static_labs, "SIZES", Effort(128, 8, 4))  # another run: the old one gives way
    assert static_labs.main(arguments) == 0
    assert '"candidates":128' in (tmp_path / "pages" / "tiny.html").read_text("utf-8")


def test_it_says_what_it_takes(capsys):
    assert static_labs.main([]) == 2
    assert "RUNS PAGES" in capsys.readouterr().err
