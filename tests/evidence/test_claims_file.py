"""Files of claims: the bundled one is whole, a user's is read with every problem at its line and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalade.errors import ScenarioError
from escalade.evidence.claims import citation
from escalade.evidence.claims_file import AGAINST, TRIED, bundled, bundled_claims, claims_in, read_claims
from escalade.scenario.inputs import inputs
from escalade.scenario.sources import Source, bundled_names

HEAD = """escalade_claims: 1
origin: {author: A. Writer, title: Shields, published: The Daily}
claims:
  one:
    title: A claim
    says: Something about a shield.
    trials:
      - tries: Something
        scenario: iran-june-2025
        expects: more
"""


def read(text: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return claims_in(path)


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_claims(Source("mine.yaml", text.encode()))
    return str(caught.value).splitlines()


def test_the_bundled_claims_are_the_twenty_one_of_the_article() -> None:
    claims = bundled_claims().claims
    assert list(claims) == [f"c{number:02d}" for number in range(21)]
    assert "Foreign Policy" in bundled_claims().origin.citation


def test_every_bundled_claim_is_tried_or_says_why_not() -> None:
    for name, claim in bundled_claims().claims.items():
        tried = any((name, number) in bundled().posed for number in range(len(claim.trials)))
        waits = any(trial.waits for trial in claim.trials)
        assert tried or waits or claim.by_construction or claim.not_testable, name
        assert claim.evidence, name


def test_evidence_has_a_source_or_is_called_an_assumption() -> None:
    for name, claim in bundled_claims().claims.items():
        for one in claim.evidence:
            assert one.source or one.assumption or one.facts, f"{name}: {one.says}"


def test_a_trial_waits_only_for_what_is_not_there() -> None:
    for name, claim in bundled_claims().claims.items():
        for trial in claim.trials:
            if trial.waits and "its scenario" in trial.waits:
                assert trial.scenario not in bundled_names(), f"{name} need not wait any longer"


def test_a_recalled_figure_is_cited_as_an_assumption() -> None:
    assert citation("iran_april_2024.ended.recalled").startswith("assumption: ")
    assert "Haaretz" in citation("gaza_2012.support_for_ground_war")


def test_policies_of_the_scenario_are_taken_by_name() -> None:
    posed = bundled().posed["c07", 0]
    assert (posed.policy, posed.baseline) == ("as_was", "no_shield")
    assert posed.outcome.id == "first_strike.israel"


def test_policies_that_a_claim_makes_up_are_policies_of_a_copy() -> None:
    posed = bundled().posed["c08", 3]
    assert (posed.policy, posed.baseline) == (TRIED, AGAINST)
    policies = posed.scenario.policies
    layers = {name: posed.scenario.policy(name).sides["israel"].shield.layers for name in (TRIED, AGAINST)}
    assert layers[TRIED]["arrow"].stock.mode > 0
    assert layers[AGAINST]["arrow"].stock.mode == 0
    assert set(policies) == {"as_was", "no_shield", TRIED, AGAINST}


def test_what_both_policies_change_alike_is_drawn_together() -> None:
    posed = bundled().posed["c08", 3]
    mine = {item.path: item.drawn_by for item in inputs(posed.scenario) if item.policy == TRIED and item.uncertain}
    theirs = {item.path: item.drawn_by for item in inputs(posed.scenario) if item.policy == AGAINST and item.uncertain}
    assert mine
    assert mine == theirs


def test_an_outcome_may_be_counted_of_another_one() -> None:
    outcome = bundled().posed["c02", 0].outcome
    assert outcome.crisis is not None
    assert outcome.crisis.formula == "(war_by.israel) / (struck.israel)"


def test_a_scenario_in_the_same_folder_is_found(tmp_path: Path) -> None:
    variant = "escalade: 1\nname: mine\ntitle: Mine\nquestion: Is it?\nextends: ukraine-2022\n"
    (tmp_path / "variant.yaml").write_text(variant, "utf-8")
    text = (
        HEAD.replace("iran-june-2025", "variant.yaml") + "        policy: one_patriot\n        baseline: thin_defence\n"
    )
    assert read(text, tmp_path).posed["one", 0].scenario.name == "mine"


SHIELD = "        policy: as_was\n        baseline: no_shield\n"
CASES = [
    (HEAD, "mine.yaml:8:9  claims.one.trials[0]: has no policy; needed"),
    (HEAD.replace("expects: more", "expects: most"), "trials[0].expects: is 'most'; allowed: more, less, same"),
    (HEAD.replace("says:", "sais:"), "claims.one.sais: is not a known key; allowed: title, says"),
    (HEAD.replace("        expects: more\n", ""), "trials[0].expects: is missing; needed: what the claim expects"),
    (HEAD.replace("title: A claim", "title: [1]"), "claims.one.title: is a list; allowed: text"),
    (HEAD + "        policy: as_wos\n        baseline: no_shield\n", "did you mean as_was?"),
    (HEAD + SHIELD + "        outcome: first_strik.israel\n",
     "there is no outcome of a crisis 'first_strik.israel'"),
    (HEAD + SHIELD + "        outcome: restraint.israel\n        per: war\n",
     "mine.yaml:14:14  claims.one.trials[0].per: would be a ratio of ratios"),
    (HEAD.replace("iran-june-2025", "iran") + SHIELD,
     "mine.yaml:9:19  claims.one.trials[0].scenario: there is no bundled scenario 'iran'"),
    (HEAD.replace("iran-june-2025", "../x.yaml") + SHIELD,
     "only a scenario in a file can extend a file"),
    (HEAD + "        policy: {changes: {sides.israel.tolerence: 5}}\n        baseline: as_was\n",
     "mine.yaml:11:28  claims.one.trials[0].policy.changes[sides.israel.tolerence]: there is no 'tolerence'"),
    (HEAD + "        policy: {changes: {sides.israel.tolerance: -5}}\n        baseline: as_was\n",
     "is -5; allowed: more than 0"),
    (HEAD + "    evidence:\n      - {speaks: for, says: So, facts: [iron_dome.nothing]}\n",
     "claims.one.evidence[0].facts[0]: no fact is called 'iron_dome.nothing'"),
    (HEAD + "        policy: as_was\n        baseline: {policies: [as_was]}\n",
     "mine.yaml:12:19  claims.one.trials[0].baseline: is the policy itself; allowed: another one"),
    (HEAD + "x: &anchor 1\n", "anchor"),
    ("[", "mine.yaml:"),
    ("7", "mine.yaml:1:1  is 7; allowed: a mapping of keys to values"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), CASES)
def test_problems_are_told_at_their_place(text: str, message: str) -> None:
    lines = problems(text)
    assert any(message in line for line in lines), lines
    assert all(re.match(r"mine\.yaml:\d+:\d+  ", line) for line in lines)


def test_all_problems_are_told_at_once() -> None:
    text = HEAD + "        policy: as_wos\n        baseline: no_shied\n        outcome: wor\n"
    assert len(problems(text)) == 3


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        claims_in(tmp_path / "none.yaml")
