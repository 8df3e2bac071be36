"""Two thousand broken inputs of every kind: each is accepted or refused in words."""

from __future__ import annotations

import pytest

from verification.fuzz import __main__ as fuzz
from verification.fuzz.targets import TARGETS

SEEDS = 4


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_broken_inputs_are_refused_in_words(name: str, seed: int) -> None:
    count = 2000 // len(TARGETS) // SEEDS
    report = fuzz.run(fuzz.Batch(name, 0, count, seed, None))
    assert not report.findings, "\n".join(report.findings)
    # Both ends are met: most mutations break something, blanks and comments do not.
    assert 0 < report.accepted < count
    assert report.slowest < fuzz.SECONDS


def test_cases_are_the_same_again() -> None:
    for target in TARGETS.values():
        assert target.case(7, 1) == target.case(7, 1)
        assert len({target.case(number) for number in range(20)}) > 10


def test_a_reader_that_fails_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    def fails(content: bytes) -> bool:
        raise KeyError(len(content))

    monkeypatch.setitem(TARGETS, "scalar", fuzz.TARGETS["scalar"].__class__("scalar", TARGETS["scalar"].seeds, fails))
    report = fuzz.run(fuzz.Batch("scalar", 0, 3, 0, tmp_path))
    assert len(report.findings) == 3
    assert all("KeyError" in found for found in report.findings)
    assert (tmp_path / "scalar-0-2").read_bytes() == TARGETS["scalar"].case(2)


def test_a_reader_that_hangs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(content: bytes) -> bool:
        while True:
            pass

    monkeypatch.setattr(fuzz, "SECONDS", 0.05)
    monkeypatch.setitem(TARGETS, "scalar", fuzz.TARGETS["scalar"].__class__("scalar", TARGETS["scalar"].seeds, hangs))
    report = fuzz.run(fuzz.Batch("scalar", 0, 1, 0, None))
    assert len(report.findings) == 1
    assert "TooSlowError" in report.findings[0]


@pytest.mark.parametrize("cases", [1, 99, 100, 1001])
def test_every_target_gets_its_share(cases: int) -> None:
    names = list(TARGETS)
    dealt = fuzz.batches(names, cases, 0, None)
    for name in names:
        numbers = [n for batch in dealt if batch.target == name for n in range(batch.first, batch.first + batch.count)]
        assert numbers == list(range(-(-cases // len(names))))
