"""Progress on standard error: lines in logs, a live bar on a terminal."""

import re

import pytest

from escalade.cli.progress import Lines, Terminal, listener


class Compared:
    """Stands for a comparison with one pair."""

    pairs = (object(),)


def tell(comparison):
    return "war in 15 of 100"


def test_lines_come_when_it_is_time(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    lines = Lines(tell)
    lines.stage("crisis", 1, 4)
    for seconds in (3.0, 11.0, 12.0):
        now[0] = seconds
        lines.advance(Compared)
    assert capsys.readouterr().err.splitlines() == [
        "exact crises: 4 parts, 1 there already",
        "exact crises 3 of 4  war in 15 of 100",
    ]


def test_no_answer_is_computed_before_it_is_shown(monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 0.0)

    def never():
        raise AssertionError("nobody asked")

    Lines(tell).advance(never)


def test_a_stage_without_work_is_not_announced(capsys):
    Lines(tell).stage("years", 4, 4)
    assert capsys.readouterr().err == ""


def test_before_the_first_answer_only_the_count_is_told(capsys):
    lines = Lines(tell, every=0.0)
    lines.stage("years", 0, 2)
    lines.advance(lambda: None)
    assert capsys.readouterr().err.splitlines()[-1] == "simulated years 1 of 2"


def test_a_pipe_gets_lines(capsys):
    assert type(listener(tell)) is Lines


def test_a_terminal_shows_bar_and_answer_in_place(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    bar = Terminal(tell)
    bar.stage("crisis", 0, 4)
    bar.advance(Compared)
    bar.note("[compiling]")
    bar.close()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert "[compiling]" in plain
    assert "exact crises 1 of 4  war in 15 of 100" in plain


@pytest.mark.parametrize("made", [Lines, Terminal])
def test_both_can_be_closed(made, capsys):
    made(tell).close()
