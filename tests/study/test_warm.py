"""Compiling ahead: every kernel that a run calls has been called."""

from escalade.crisis import exact
from escalade.history import simulate
from escalade.study.warm import warm


def test_every_entry_is_compiled_and_told() -> None:
    told: list[str] = []
    warm(told.append)
    assert told == ["crises", "years"]
    for kernel in (exact._exact_crises, simulate._simulate):
        assert getattr(kernel, "signatures", ["NUMBA_DISABLE_JIT"])
