"""The page of claims: every claim with the verdict that was computed, never one that was typed."""

import json
import sys

import pytest

from escalade.evidence.claims_file import bundled
from escalade.evidence.tried import Verdict
from escalade.study.claims import WORLDS, read_found, tried_claims
from tests.docs.fences import DOCS
from tools.claims_verdicts import FILE

sys.path.insert(0, str(DOCS / "_extensions"))

import claims_reference

KEPT = json.loads(FILE.read_text("utf-8"))


def test_every_trial_that_can_be_tried_has_been():
    read = bundled()
    assert KEPT["worlds"] == WORLDS
    for name, claim in read.claims.claims.items():
        found = KEPT["found"].get(name, [])
        there = [number < len(found) and found[number] is not None for number in range(len(claim.trials))]
        assert there == [(name, number) in read.posed for number in range(len(claim.trials))], (
            f"{name}: python tools/claims_verdicts.py"
        )


def test_every_claim_stands_on_the_page_with_its_verdict():
    page = claims_reference.claims()
    for one in claims_reference.known():
        assert f"({one.id})=" in page
        assert f"| {one.verdict.value} |" in page
        assert one.claim.says in page
        assert one.claim.not_testable is None or one.verdict is Verdict.NOT_TESTABLE


@pytest.mark.verify
def test_tried_again_the_claims_have_the_same_verdicts(tmp_path):
    for now, kept in zip(tried_claims(bundled(), cache=tmp_path), claims_reference.known(), strict=True):
        assert now.verdict is kept.verdict, f"{now.id}: python tools/claims_verdicts.py"
        for one, before in zip(now.trials, KEPT["found"].get(now.id, []), strict=True):
            if one.found is not None:
                found = read_found(before)
                for field in ("level", "baseline", "raises", "lowers", "effective"):
                    assert getattr(one.found, field) == pytest.approx(getattr(found, field), rel=1e-3, abs=1e-4)
