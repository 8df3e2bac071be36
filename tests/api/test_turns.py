"""Turns: printed, shown, as frames, with the names that other commands use."""

from __future__ import annotations

import json

import pytest

import escalade


def test_it_prints_shows_and_gives_frames(real: escalade.Run) -> None:
    turns = real.turns()
    assert (turns.policy, turns.baseline, turns.outcome) == ("as_was", "no_shield", "war")
    assert max(map(len, str(turns).splitlines())) <= 80
    assert turns._repr_html_().count("<table") >= 2
    assert turns.table().height == turns.found.inputs
    assert turns.priors().height == 1 + len(turns.found.priors.weighings)
    assert set(turns.conditions()["direction"]) <= {"more", "less"}
    assert all(sentence in " ".join(str(turns).split()) for sentence in turns.sentences)
    json.dumps(turns.data(), allow_nan=False)


def test_what_is_not_there_is_refused(real: escalade.Run) -> None:
    with pytest.raises(escalade.UsageError, match="as_wass"):
        real.turns("as_wass")
    with pytest.raises(escalade.UsageError, match="not computed per crisis"):
        real.turns(outcome="wars")
