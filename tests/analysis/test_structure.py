"""The table of structures: sizes and signs of planted effects, by the headline's own rule."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.analysis.structure import Case, judged
from escalade.analysis.verdict import Verdict
from escalade.ensemble.tables import CrisisTable
from escalade.quantities import REGISTRY

WAR = next(quantity for quantity in REGISTRY if quantity.id == "war")
BASELINE = np.full(10, 0.2)


def table(effects: list[float], weight: list[float] | None = None, columns: tuple[str, ...] = ("war",)) -> CrisisTable:
    weights = np.array(weight or [0.1] * 10)
    values = {"shield": (BASELINE + effects)[:, None], "none": BASELINE[:, None]}
    return CrisisTable(columns, values, weights, np.ones(10, np.int64), {})


UP, DOWN, CLOSE, BOTH = [0.05] * 10, [-0.05] * 10, [0.005] * 10, [0.05] * 5 + [-0.05] * 5


def structure(*cases: list[float], base: list[float] = UP):  # type: ignore[no-untyped-def]
    tried = [Case("waves", str(number), table(effects)) for number, effects in enumerate(cases)]
    return judged(table(base), tried, WAR, policy="shield", baseline="none", margin=0.01)


@pytest.mark.parametrize(
    ("effects", "verdict", "sign"),
    [
        (UP, Verdict.MORE, 1),
        (DOWN, Verdict.LESS, -1),
        (CLOSE, Verdict.LITTLE, 0),
        (BOTH, Verdict.DEPENDS, 0),
        ([0.05] * 3 + [0.0] * 7, Verdict.LEANS_MORE, 1),
        ([-0.05] * 3 + [0.0] * 7, Verdict.LEANS_LESS, -1),
    ],
)
def test_a_row_has_the_size_and_the_sign_of_its_effect(effects: list[float], verdict: Verdict, sign: int) -> None:
    (row,) = structure(effects).rows
    assert row.effect.mean == pytest.approx(np.mean(effects))
    assert row.level - row.baseline == pytest.approx(row.effect.mean)
    assert (row.verdict, row.sign) == (verdict, sign)


@pytest.mark.parametrize(
    ("cases", "depends"),
    [([UP], False), ([UP, CLOSE], False), ([UP, DOWN], True), ([BOTH, CLOSE], False), ([DOWN, DOWN], True)],
)
def test_it_depends_where_one_structure_says_more_and_another_less(cases: list[list[float]], depends: bool) -> None:
    assert structure(*cases, base=UP).depends is depends


def test_what_is_as_the_scenario_has_it_counts_once() -> None:
    found = structure(UP, UP, DOWN, base=UP)
    assert len(found.rows) == 3
    assert len(found.distinct) == 2
    assert [len(found.with_sign(sign)) for sign in (1, -1, 0)] == [1, 1, 0]
    assert found.span == (pytest.approx(-0.05), pytest.approx(0.05))


def test_each_row_has_weights_of_its_own() -> None:
    weight = [1.0] + [0.0] * 9
    found = judged(
        table(BOTH), [Case("record", "low", table(BOTH, weight))], WAR, policy="shield", baseline="none", margin=0.01
    )
    assert found.base.effective == pytest.approx(10)
    assert found.rows[0].effective == pytest.approx(1)
    assert found.rows[0].effect.mean == pytest.approx(0.05)


def test_an_outcome_that_a_structure_does_not_have_leaves_its_row_empty() -> None:
    cases = [Case("threats", "fewer", table(UP, columns=("something",)))]
    found = judged(table(UP), cases, WAR, policy="shield", baseline="none", margin=0.01)
    assert found.rows[0].effect is None
    assert found.rows[0].sign is None
    assert not found.depends
