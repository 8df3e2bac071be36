"""Claims tried with the real kernels on few sets: numbers are those of the exact crisis, kept, and read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, quantities
from escalade.ensemble.build import worlds
from escalade.ensemble.design import draw
from escalade.ensemble.record import log_weights, weights
from escalade.errors import UsageError
from escalade.evidence.claims_file import ReadClaims, read_claims
from escalade.evidence.tried import Verdict
from escalade.scenario import load_scenario
from escalade.scenario.sources import Source
from escalade.study import claims
from escalade.study.claims import Bench, name_of, named, tried_claims

TEXT = """escalade_claims: 1
origin: {author: A. Writer, title: Shields, published: The Daily}
claims:
  dense:
    title: A dense shield deters
    says: A dense shield deters.
    trials:
      - {tries: Dense, scenario: ukraine-2022, policy: sophisticated_shield, baseline: thin_defence, expects: less}
      - tries: Made up
        scenario: ukraine-2022
        policy: {policies: [sophisticated_shield], changes: {sides.ukraine.tolerance: {times: 2}}}
        baseline: {policies: [sophisticated_shield]}
        expects: more
      - {tries: Later, scenario: nowhere, expects: more, waits: something}
  nothing:
    title: What is the same makes no difference
    says: A policy less itself is nothing.
    trials:
      - tries: The same twice
        scenario: ukraine-2022
        policy: {name: One, policies: [sophisticated_shield], changes: {sides.ukraine.tolerance: {times: 1}}}
        baseline: {name: The same, policies: [sophisticated_shield]}
        outcome: deaths.ukraine
        expects: same
"""
WORLDS = 4


@pytest.fixture(scope="module")
def read() -> ReadClaims:
    return read_claims(Source("mine.yaml", TEXT.encode()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("claims")


@pytest.fixture(scope="module")
def tried(read: ReadClaims, folder: Path):  # type: ignore[no-untyped-def]
    return tried_claims(read, worlds=WORLDS, workers=2, cache=folder)


def test_a_trial_has_the_numbers_of_the_exact_crisis(tried) -> None:  # type: ignore[no-untyped-def]
    scenario = load_scenario("ukraine-2022")
    base, design = scenario.policy(scenario.baseline), draw(scenario, WORLDS, 1)
    calm, labels = worlds(base, base, design)
    columns = quantities(list(scenario.pairs[0].sides), list(labels.rungs))
    exact = {}
    for name in ("sophisticated_shield", "thin_defence"):
        here, _ = worlds(scenario.policy(name), base, design)
        exact[name] = dict(zip(columns, exact_crises(here, calm, np.arange(WORLDS)).T, strict=True))
    weight = weights(log_weights(scenario, exact))
    found = tried[0].trials[0].found
    effects = exact["sophisticated_shield"]["war"] - exact["thin_defence"]["war"]
    assert found.level == pytest.approx(exact["sophisticated_shield"]["war"] @ weight)
    assert found.effect == pytest.approx(effects @ weight)
    assert found.lowers == pytest.approx(weight[effects < -scenario.margin].sum())
    assert found.worlds == WORLDS


def test_uncertain_numbers_that_both_policies_change_are_the_same_in_both(tried) -> None:  # type: ignore[no-untyped-def]
    found = tried[1].trials[0].found
    assert found.effect == 0.0
    assert found.neither == 1.0


def test_what_waits_is_not_tried(tried) -> None:  # type: ignore[no-untyped-def]
    assert [each.found is None for each in tried[0].trials] == [False, False, True]


def test_what_was_found_is_kept_and_read_again(read: ReadClaims, folder: Path, tried,
                                               monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    monkeypatch.setattr(Bench, "tried", lambda *_: pytest.fail("tried again"))
    assert tried_claims(read, worlds=WORLDS, cache=folder) == tried
    assert tried_claims(read, ["nothing"], worlds=WORLDS, cache=folder) == tried[1:]


def test_a_damaged_file_is_not_taken(read: ReadClaims, tmp_path: Path, tried) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / f"{name_of(read.posed['nothing', 0], WORLDS)}.json"
    for content in ("", "{", "[]", "{}", '{"level": 1, "condition": null}'):
        file.write_text(content, "utf-8")
        assert tried_claims(read, ["nothing"], worlds=WORLDS, cache=tmp_path) == tried[1:]


def test_a_name_is_made_of_all_that_a_trial_is_made_of(read: ReadClaims, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {name_of(posed, WORLDS) for posed in read.posed.values()}
    names.add(name_of(read.posed["dense", 0], 2 * WORLDS))
    assert len(names) == 4
    monkeypatch.setattr(claims, "model_code", lambda _: "other code")
    assert name_of(read.posed["dense", 0], WORLDS) not in names


def test_without_a_cache_nothing_is_written(read: ReadClaims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALADE_NO_CACHE", "1")
    assert claims._user_cache() is None
    monkeypatch.setenv("ESCALADE_NO_CACHE", "0")
    kept = claims._user_cache()
    assert kept is not None
    assert kept.name == "claims"


def test_claims_are_named_in_capitals_or_not(read: ReadClaims) -> None:
    assert named(read, ["DENSE", "nothing"]) == ("dense", "nothing")
    with pytest.raises(UsageError, match='no claim "dens"; did you mean "dense"'):
        named(read, ["dens"])


def test_one_reason_alone_is_its_part_of_the_crises_by_reason() -> None:
    text = TEXT.replace("expects: less}", "expects: less, reason: denial}")
    posed = read_claims(Source("mine.yaml", text.encode())).posed["dense", 0]
    found = Bench(16, 1).tried(posed)
    whole = Bench(4, 1).tried(read_claims(Source("mine.yaml", TEXT.encode())).posed["dense", 0])
    assert found.worlds == 4
    assert found.level != whole.level
    assert found.baseline == pytest.approx(whole.baseline, rel=1e-3)  # no reason on: the shield of the baseline


YEARS = """escalade_claims: 1
origin: {author: A. Writer, title: Shields, published: The Daily}
claims:
  years:
    title: Over the years
    says: Nothing.
    trials:
      - tries: More missiles built are more missiles left
        scenario: ukraine-2022
        policy: {changes: {"sides.ukraine.shield.layers.patriot.stock": 500}}
        baseline: {changes: {"sides.ukraine.shield.layers.patriot.stock": 200}}
        clock: period
        outcome: interceptors_end.ukraine.patriot
        expects: more
      - tries: The same twice
        scenario: ukraine-2022
        policy: {policies: [one_patriot], changes: {"sides.ukraine.tolerance": {times: 1}}}
        baseline: {policies: [one_patriot]}
        clock: period
        outcome: deaths.ukraine
        per: wars
        expects: same
"""


def test_over_the_years_the_interval_of_the_difference_decides(tmp_path: Path) -> None:
    read = read_claims(Source("mine.yaml", YEARS.encode()))
    more, same = tried_claims(read, worlds=32, workers=1, cache=tmp_path)[0].trials
    assert more.found is not None
    assert more.verdict is Verdict.SUPPORTED
    assert 0 < more.found.low <= more.found.effect <= more.found.high <= 300
    assert same.found is not None
    assert (same.found.effect, same.verdict) == (0.0, Verdict.SUPPORTED)
