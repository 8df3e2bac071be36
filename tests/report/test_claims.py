"""Claims in words and tables: every verdict has its sentence, nothing is wider than a terminal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from escalade.evidence.claims import Claim, Evidence, Origin, Trial
from escalade.evidence.claims_file import Posed
from escalade.evidence.condition import Condition
from escalade.evidence.tried import Found, TriedClaim, TriedTrial
from escalade.quantities import REGISTRY
from escalade.report.claims import as_data, as_text, evidence, hangs_on, verdict_sentence
from escalade.scenario import load_scenario
from tests.study.fakes import TINY

SCENARIO = load_scenario(TINY)
WAR = next(quantity for quantity in REGISTRY if quantity.id == "war")
ORIGIN = Origin(author="A. Writer", title="Shields for all", published="The Daily, 1 March 2030")
CUT = Condition("sides.north.tolerance", 512.345, 0.81, 0.12)


def tried(raises: float, lowers: float, cut: Condition | None = None, **more: Any) -> TriedTrial:
    trial = Trial(tries="A shield, against none", scenario="tiny", expects="more", **more)
    found = Found(0.2, 0.1, 0.1, -0.1, 0.3, raises, lowers, 1 - raises - lowers, False, 64, 30.0, cut)
    return TriedTrial(trial, Posed(trial, SCENARIO, "as_is", "no_shield", WAR), found)


WAITING = TriedTrial(Trial(tries="Later", scenario="mars", expects="more", waits="a base on Mars"), None, None)
EVIDENCE = (
    Evidence(speaks="against", says="A thing.", source="The Gazette, 2030"),
    Evidence(speaks="for", says="Another.", assumption="Nobody has counted."),
)


def claim(*trials: TriedTrial, **more: Any) -> TriedClaim:
    said = Claim(
        title="Shields kill", says="Somehow.", trials=tuple(t.trial for t in trials), evidence=EVIDENCE, **more
    )
    return TriedClaim("c77", said, trials)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (claim(tried(1, 0)), "Supported in its one trial."),
        (claim(tried(0, 1), tried(0.1, 0.2)), "Contradicted in all of its 2 trials."),
        (claim(tried(0.4, 0.2)), "Turns in its one trial."),
        (
            claim(tried(1, 0), tried(0, 1), tried(0.5, 0)),
            "It turns on the case: supported in 1, contradicted in 1, turns in 1 of its 3 trials.",
        ),
        (claim(WAITING), "Not testable here. It waits for a base on Mars."),
        (claim(not_testable="It is about Mars."), "Not testable here. It is about Mars."),
        (
            claim(tried(1, 0), by_construction="It is put in."),
            "True by construction, which counts as no support. It is put in.",
        ),
    ],
)
def test_sentences(one: TriedClaim, said: str) -> None:
    assert verdict_sentence(one) == said


def test_on_what_a_trial_hangs() -> None:
    label = 'It holds in 81 of 100 sets where "'
    assert hangs_on(tried(0.4, 0.3, CUT)).startswith(label)
    assert hangs_on(tried(0.4, 0.3, CUT)).endswith("is above 512 deaths, in 12 elsewhere.")
    assert hangs_on(tried(0.4, 0.3)) == "No single number tells the sets in which it holds from the others."
    assert hangs_on(tried(1, 0, CUT)) == ""
    assert hangs_on(WAITING) == ""


def test_evidence_for_comes_first_and_says_what_is_an_assumption() -> None:
    assert list(evidence(EVIDENCE)) == [
        "For: Another. [assumption: Nobody has counted]",
        "Against: A thing. [The Gazette, 2030]",
    ]


def test_a_claim_in_full_has_everything_and_fits_a_terminal() -> None:
    one = claim(tried(0.4, 0.3, CUT), tried(1, 0, beside=True), WAITING)
    text = as_text([one], ORIGIN, full=True)
    flat = " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80
    parts = ("c77 Shields kill", "After A. Writer", "Turns in its one trial", "tiny: war, of 100 crises", "(supported)")
    for part in (*parts, "It waits for a base on Mars", "For: Another", "Conditional on assumptions"):
        assert part in flat


def test_the_list_has_a_row_for_every_claim() -> None:
    text = as_text([claim(tried(1, 0)), claim(WAITING)], ORIGIN, full=False)
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("c77  Shields kill") == 2
    assert "supported" in text
    assert "not testable here" in " ".join(text.split())


def test_json_is_whole() -> None:
    one = claim(tried(0.4, 0.3, CUT), WAITING)
    data = json.loads(json.dumps(as_data([one], ORIGIN), allow_nan=False))
    (said,) = data["claims"]
    assert said["verdict"] == "turns"
    assert [trial["verdict"] for trial in said["trials"]] == ["turns", "not testable here"]
    assert said["trials"][0]["found"]["sign"] == "both"
    assert said["trials"][1]["found"] is None
    assert data["origin"]["author"] == "A. Writer"
