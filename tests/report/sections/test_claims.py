"""Claims in the report of a run: those that its own policies try, by its own numbers; nothing for other scenarios."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from escalade.evidence.claims import Claim, Claims, Origin, Trial
from escalade.report.findings import findings
from escalade.report.page import html
from escalade.report.sections import claims as section
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan

ORIGIN = Origin(author="A. Writer", title="Shields for all", published="The Daily")


def claims(*trials: Any) -> Claims:
    made = tuple(Trial(tries=f"Trial {n}", **each) for n, each in enumerate(trials))
    return Claims(escalade_claims=1, origin=ORIGIN, claims={"one": Claim(title="A claim", says="So.", trials=made)})


PLAIN = {"scenario": "tiny", "policy": "as_is", "baseline": "no_shield", "outcome": "war_by.north", "expects": "more"}
MADE_UP = {**PLAIN, "policy": {"policies": ["as_is"], "changes": {"sides.north.calm": 0}}}


@pytest.fixture
def done(tmp_path: Path) -> Any:
    return run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())


def test_a_scenario_of_which_no_claim_speaks_has_no_such_part(done: Any) -> None:
    assert section.section(findings(done)) is None


def test_trials_between_the_run_s_policies_are_answered_by_its_own_crises(
    done: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(section, "bundled_claims", lambda: claims(PLAIN, MADE_UP, {**PLAIN, "scenario": "other"}))
    found = findings(done)
    made = section.section(found)
    assert made is not None
    (table,) = made.shown["tables"]
    (row,) = table.sections[0].rows
    level = found.comparison.policies["as_is"].crisis["war_by.north"].posterior.mean
    assert row.cells[2] == f"{100 * level:.1f}"
    assert made.shown["others"] == "escalade claims one"
    assert "Claims that this scenario tries" in html(done)


def test_waiting_trials_are_not_promised(done: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section, "bundled_claims", lambda: claims(PLAIN, {**PLAIN, "waits": "something"}))
    made = section.section(findings(done))
    assert made is not None
    assert made.shown["others"] == ""


def test_of_a_run_without_the_policies_nothing_is_told_but_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(tiny_plan(policies=["as_is"]), tmp_path / "few.run", kernels=kernels())
    monkeypatch.setattr(section, "bundled_claims", lambda: claims({**PLAIN, "policy": "deeper_stocks"}))
    made = section.section(findings(replace(done)))
    assert made is not None
    assert made.shown["tables"] == []
    assert made.shown["others"] == "escalade claims one"
