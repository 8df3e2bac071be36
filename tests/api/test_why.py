"""Why: parts that add up, printed, shown, as a frame."""

from __future__ import annotations

import json

import pytest

import escalade


def test_parts_add_up_to_the_effect(real: escalade.Run) -> None:
    why = real.why("as_was")
    assert (why.policy, why.baseline, why.outcome) == ("as_was", "no_shield", "war")
    assert sum(why[reason] for reason in why.reasons) == pytest.approx(why.effect, abs=1e-12)
    assert why.table()["mean"].sum() == pytest.approx(why.effect, abs=1e-12)
    with pytest.raises(KeyError):
        why["luck"]


def test_it_prints_and_shows(real: escalade.Run) -> None:
    why = real.why(outcome="first_strike.israel")
    assert why.outcome == "first_strike.israel"
    assert max(map(len, str(why).splitlines())) <= 80
    assert why._repr_html_().count("<table") >= 1
    json.dumps(why.data(), allow_nan=False)


def test_what_is_not_there_is_refused(real: escalade.Run) -> None:
    with pytest.raises(escalade.UsageError, match="as_wass"):
        real.why("as_wass")
    with pytest.raises(escalade.UsageError, match="not computed per crisis"):
        real.why(outcome="wars")
