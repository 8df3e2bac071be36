"""First-strike stability of a whole scenario: what is asked for, what is refused, what the words and the JSON say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from escalade.errors import ScenarioError, UsageError
from escalade.report.stability import as_data, as_text
from escalade.scenario import Scenario, load_scenario, parse_scenario
from escalade.stability.index import TRULY
from escalade.stability.quantities import STABILITY_NUMBERS
from escalade.study.stability import stability
from tests.study.fakes import TINY


def armed() -> Scenario:
    """The tiny scenario with arms that could destroy either side."""
    text = Path(TINY).read_text(encoding="utf-8")
    deadly = 'deaths_per_hit: {low: 20000, mode: 40000, high: 60000, assumption: "Invented."}'
    for line in {line.strip() for line in text.split("\n") if line.strip().startswith("deaths_per_hit:")}:
        text = text.replace(line, deadly)
    return parse_scenario(text)


@pytest.fixture(scope="module")
def found():  # type: ignore[no-untyped-def]
    return stability(armed(), sweep=("north", (0.0, 20.0, 60.0)))


def test_every_policy_has_every_pair(found) -> None:  # type: ignore[no-untyped-def]
    scenario = found.scenario
    assert list(found.policies) == list(scenario.policies)
    for pairs in found.policies.values():
        assert [pair.sides for pair in pairs] == [tuple(pair.sides) for pair in scenario.pairs]


def test_a_shield_changes_what_the_answer_destroys(found) -> None:  # type: ignore[no-untyped-def]
    destroyed = {name: pairs[0].likely.exchanges["striker"][TRULY, 0, 0] for name, pairs in found.policies.items()}
    assert destroyed["as_is"] < destroyed["no_shield"]


def test_the_curve_begins_without_the_shield_and_passes_through_what_there_is(found) -> None:  # type: ignore[no-untyped-def]
    from escalade.ensemble.build import worlds
    from escalade.ensemble.design import modes
    from escalade.stability.postures import interceptors

    scenario, curve = found.scenario, found.curve
    here, _ = worlds(scenario.policy("as_is"), scenario.policy("no_shield"), modes(scenario))
    there = float(interceptors(here, 0)[0])
    whole = stability(scenario, ["as_is"], ("north", (there,)))
    assert whole.curve is not None
    assert whole.curve.index[0, 0] == pytest.approx(whole.policies["as_is"][0].likely.index[TRULY, 0])
    square = found.policies["as_is"][0].ragged["north"]
    assert curve.sizes[0] == 0.0
    assert np.isfinite(curve.index).all()
    assert square.incentive.shape == (1, 2, 2)


def test_words_fit_a_terminal_and_json_has_entries_in_the_registry(found) -> None:  # type: ignore[no-untyped-def]
    assert all(len(line) <= 80 for line in as_text(found).split("\n"))
    data = json.loads(json.dumps(as_data(found), allow_nan=False))
    known = {entry.id.split(".")[0] for entry in STABILITY_NUMBERS}
    for policy in data["policies"].values():
        for pair in policy["pairs"]:
            assert {key.split(".")[0] for key in pair} - {"sides"} == known
    assert data["curve"]["interceptors"] == [0.0, 20.0, 60.0]


def test_ids_of_the_registry_are_told_apart() -> None:
    ids = [entry.id for entry in STABILITY_NUMBERS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("sweep", "says"),
    [("shield", "name one of north, south"), ("nort", "did you mean"), ("xyz", "allowed: north, south")],
)
def test_a_sweep_of_a_shield_that_is_not_there_is_refused(sweep: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        stability(armed(), ["as_is"], (sweep, (0.0, 1.0)))


def test_unknown_policies_are_refused() -> None:
    with pytest.raises(ScenarioError):
        stability(armed(), ["as_iz"])


def test_a_scenario_without_strategic_forces_is_refused() -> None:
    with pytest.raises(UsageError, match="nuclear rung"):
        stability(load_scenario("iran-june-2025"))
    text = Path(TINY).read_text(encoding="utf-8").replace("people_at_risk: 2000000", "people_at_risk: null")
    with pytest.raises(UsageError, match=r"sides\.south\.people_at_risk"):
        stability(parse_scenario(text))
