"""The rule by which trials become verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.evidence.claims import Claim, Trial
from escalade.evidence.tried import Found, TriedClaim, TriedTrial, Verdict, together

S, C, T, N = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.TURNS, Verdict.NOT_TESTABLE


def found(raises: float, lowers: float, *, rare: bool = False) -> Found:
    return Found(0.2, 0.1, 0.1, -0.1, 0.3, raises, lowers, 1 - raises - lowers, rare, 64, 30.0)


def trial(expects: str = "more", **more: Any) -> Trial:
    return Trial(tries="Something", scenario="tiny", expects=expects, **more)  # type: ignore[arg-type]


def tried(*trials: TriedTrial, **more: Any) -> TriedClaim:
    claim = Claim(title="A claim", says="Something.", trials=tuple(each.trial for each in trials), **more)
    return TriedClaim("one", claim, trials)


@pytest.mark.parametrize(
    ("expects", "raises", "lowers", "verdict"),
    [
        ("more", 0.6, 0.19, S),
        ("more", 0.6, 0.2, T),
        ("more", 0.59, 0.0, T),
        ("more", 0.2, 0.5, T),
        ("more", 0.19, 0.0, C),
        ("more", 0.0, 1.0, C),
        ("less", 0.0, 1.0, S),
        ("less", 1.0, 0.0, C),
        ("same", 0.2, 0.0, T),
        ("same", 0.19, 0.19, S),
        ("same", 0.9, 0.0, C),
    ],
)
def test_the_share_in_which_it_holds_decides(expects: str, raises: float, lowers: float, verdict: Verdict) -> None:
    assert TriedTrial(trial(expects), None, found(raises, lowers)).verdict is verdict


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_and_less_are_mirror_images(raises: float, share: float) -> None:
    lowers = (1 - raises) * share
    one = TriedTrial(trial("more"), None, found(raises, lowers)).verdict
    assert one is TriedTrial(trial("less"), None, found(lowers, raises)).verdict


def test_what_is_too_rare_or_waits_is_not_testable() -> None:
    assert TriedTrial(trial(), None, found(1, 0, rare=True)).verdict is N
    assert TriedTrial(trial(waits="its scenario"), None, None).verdict is N


@pytest.mark.parametrize(
    ("verdicts", "verdict"), [([S, S], S), ([C], C), ([S, C], T), ([T, S], T), ([C, T, C], T), ([T], T), ([], N)]
)
def test_trials_that_disagree_turn_the_claim(verdicts: list[Verdict], verdict: Verdict) -> None:
    assert together(verdicts) is verdict


def test_smaller_steps_and_waiting_trials_do_not_count() -> None:
    beside = TriedTrial(trial(beside=True), None, found(0, 1))
    waiting = TriedTrial(trial(waits="its scenario"), None, None)
    assert tried(TriedTrial(trial(), None, found(1, 0)), beside, waiting).verdict is S
    assert tried(beside, waiting).verdict is N


def test_by_construction_never_counts_as_support() -> None:
    supported = TriedTrial(trial(), None, found(1, 0))
    assert tried(supported, by_construction="No other answer is possible.").verdict is Verdict.CONSTRUCTION
    assert tried(supported, not_testable="Out of scope.").verdict is N


@pytest.mark.parametrize(
    ("raises", "lowers", "sign"), [(0.5, 0.1, "more"), (0.1, 0.5, "less"), (0.3, 0.3, "both"), (0.1, 0.1, "neither")]
)
def test_the_sign_that_was_found(raises: float, lowers: float, sign: str) -> None:
    assert found(raises, lowers).sign == sign
