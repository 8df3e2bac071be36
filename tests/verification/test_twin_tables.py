"""Planning tables of the readable twin: theory test T14, and what each cell must obey."""

from __future__ import annotations

import dataclasses

import pytest

from tests.verification.worlds_by_hand import VARIANTS, pair_of_worlds
from verification.twin.reading import Plain, other, read
from verification.twin.strike import Forces, initial_forces
from verification.twin.tables import (
    PlanningTables,
    Situation,
    cell_at,
    literal_forces,
    order_of_strikes,
    planning_tables,
)


def situation(plain: Plain, baseline: Plain, rung: int, counts: tuple[int, int]) -> Situation:
    """A crisis under way: some of everything is gone."""
    forces: Forces = initial_forces(plain, baseline)
    forces.left = [0.8, 0.9] if counts != (0, 0) else [1.0, 1.0]
    forces.stock[1][0] -= 7.0 * sum(counts)
    forces.launch[0][0] *= 0.9
    return Situation(forces, rung, counts, plain.beliefs)


@pytest.mark.parametrize("name", ["plain", "boost", "partner", "neglect", "scarce", "three_waves"])
@pytest.mark.parametrize(("rung", "counts"), [(0, (0, 0)), (2, (1, 0)), (3, (1, 1))])
def test_t14_tables_equal_the_literal_recursion(name: str, rung: int, counts: tuple[int, int]) -> None:
    """T14: F[i](a, b) by its definition, nothing remembered, gives the same cell."""
    plain, baseline = (read(w) for w in pair_of_worlds(name))
    now = situation(plain, baseline, rung, counts)
    tables = planning_tables(plain, now)
    for (observer, first, mover, at, own, others), cell in list(tables.items()):
        a, b = tables.since_root(mover, at, own), tables.since_root(other(mover), at, others)
        forces = literal_forces(tables, observer, first, at, mover, a, b)
        mine = literal_forces(tables, mover, first, at, mover, a, b)
        assert cell_at(tables.eyes(observer, first), forces, mine, mover, at, own) == cell
    assert len(tables) == sum(1 for _ in tables) > 0


def test_paths_alternate() -> None:
    """The side that is to strike at equal counts has just been struck."""
    assert order_of_strikes(0, 2, 2) == (0, 1, 0, 1)
    assert order_of_strikes(1, 2, 2) == (1, 0, 1, 0)
    assert order_of_strikes(0, 2, 0) == (0, 0)
    assert order_of_strikes(0, 0, 2) == (1, 1)
    assert order_of_strikes(0, 1, 2) == (1, 0, 1)


@pytest.mark.parametrize("name", VARIANTS)
def test_cells_hold_shares_and_numbers_of_the_right_sign(name: str) -> None:
    plain, baseline = (read(w) for w in pair_of_worlds(name))
    for (_, _, mover, rung, own, _), cell in planning_tables(plain, situation(plain, baseline, 0, (0, 0))).items():
        assert 0.0 <= cell.left_own <= 1.0
        assert 0.0 <= cell.left_other <= 1.0
        assert cell.light_rung is None or cell.light_rung < rung
        assert not (cell.possible and own >= plain.rules.waves)
        for effect in (cell.strike, cell.light):
            assert 0.0 <= effect.gain <= cell.left_own + 1e-12
            assert 0.0 <= effect.stopped <= 1.0 + 1e-12
            assert effect.deaths >= 0.0
            assert effect.crew >= 0.0
        assert cell.possible or cell.strike.gain == 0.0
        assert plain.steps[mover][rung].effort > 0.0 or not cell.possible


def test_an_empty_layer_does_not_exist_for_planners_however_they_neglect_saturation() -> None:
    plain = read(pair_of_worlds("neglect")[0])
    deluded = plain._replace(sides=[side._replace(neglect=1.0) for side in plain.sides])
    now = situation(deluded, deluded, 0, (0, 0))
    empty = dataclasses.replace(now, forces=now.forces.copy())
    empty.forces.interceptors[0] = [4.0]  # one above the reserve of three, two shots an engagement
    key = (0, 1, 1, 3, 0, 0)
    assert PlanningTables(deluded, empty)[key].strike.stopped == 0.0
    assert PlanningTables(deluded, now)[key].strike.stopped > 0.5
