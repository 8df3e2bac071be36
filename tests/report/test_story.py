"""Told twins: what a reader gets, from a real run and from runs that have nothing to tell."""

from __future__ import annotations

import re

import pytest

from escalade.errors import EscaladeError
from escalade.report.story import TITLES, ToldTwins, told, told_twins
from escalade.study.replay import RULES, replay
from escalade.study.results import StoredRun, stored
from escalade.study.run import run
from tests.study.fakes import Effort, kernels, tiny_plan

STEPS = re.compile(r"\.[A-Z]|[{}]|  |\bnan\b|\binf\b|\bNone\b")
"""What no sentence may hold: a missing blank, an unfilled slot, a number that is none."""


@pytest.fixture(scope="module")
def twins(real_run: StoredRun) -> tuple[ToldTwins, ...]:
    return told_twins(real_run)


def test_a_run_tells_three_pairs_of_twins(twins: tuple[ToldTwins, ...]) -> None:
    assert [each.title for each in twins] == list(TITLES.values())
    for each, show in zip(twins, TITLES, strict=True):
        assert each.opening.endswith(f"{RULES[show].words}.")
        assert (each.left, each.right) == ("with the shield", "without the shield")
        assert [row.kind for row in each.rows].count("end") == 1
        assert each.rows[-1].kind == "end"
        assert [row.kind for row in each.rows].count("year") == 2


def test_the_parting_is_marked_once(twins: tuple[ToldTwins, ...]) -> None:
    for each in twins:
        marked = [row for row in each.rows if row.parts]
        words = [
            text for row in each.rows for text in (*row.left, *row.right) if text.startswith("Here the paths part")
        ]
        assert len(marked) == len(words) <= 1
        assert all(row.right[-1] == words[0] for row in marked)
    assert any(row.parts for row in twins[-1].rows)


def test_sentences_are_whole(twins: tuple[ToldTwins, ...]) -> None:
    for each in twins:
        for row in each.rows:
            for text in (*row.left, *row.right):
                assert text[0].isupper() or text[0].isdigit()
                assert text.endswith(".")
                assert not STEPS.search(text), text


def test_twins_of_the_same_policy_say_the_same(real_run: StoredRun) -> None:
    for show in ("war", "longest"):
        same = told(replay(real_run, show, policy="as_is", twin="as_is"), "tiny.run")
        assert all(row.same and not row.parts for row in same.rows)


def test_a_run_that_this_version_cannot_make_again_says_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    size = Effort(candidates=64, worlds=4, histories=2)
    made = run(tiny_plan(size), tmp_path / "fake.run", kernels=kernels())
    with pytest.raises(EscaladeError):
        told_twins(made)


def test_a_run_without_years_tells_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    size = Effort(candidates=64, worlds=4, histories=2)
    folder = run(tiny_plan(size), tmp_path / "fake.run", kernels=kernels()).folder
    for path in folder.path.glob("part-*.parquet"):
        path.unlink()
    assert told_twins(stored(folder.path)) == ()
