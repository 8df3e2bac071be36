"""Compiling ahead: every kernel that a run calls has been called."""

import pytest

from escalade import jit
from escalade.crisis import exact
from escalade.history import simulate
from escalade.study.warm import warm, years_ahead


def test_every_entry_is_compiled_and_told() -> None:
    told: list[str] = []
    warm(told.append)
    assert told == ["crises", "years"]
    for kernel in (exact._exact_crises, simulate._simulate):
        assert getattr(kernel, "signatures", ["NUMBA_DISABLE_JIT"])


def test_the_years_are_compiled_in_another_process_once_per_version(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str], **_: object) -> None:
            began.append(command)

        def wait(self) -> int:
            return 0

        def kill(self) -> None:
            pass

    monkeypatch.setattr("subprocess.Popen", Child)
    for compiled, processes in ((True, 0), (False, 1)):
        monkeypatch.setattr("escalade.jit.is_compiled", lambda compiled=compiled: compiled)
        with years_ahead() as wait:
            wait()
        assert len(began) == (processes if jit.CACHE is not None else 0)
