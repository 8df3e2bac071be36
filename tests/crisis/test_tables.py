"""Planning tables (T14): every cell equals a literal recursion of F[i](a, b), and obeys what a strike must obey."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.crisis.forces import new_forces
from escalade.crisis.tables import Root, fill_outlook, new_plan, planning_tables
from escalade.worlds import Records, World
from tests.verification.worlds_by_hand import VARIANTS, pair_of_worlds
from verification.twin.reading import other, read
from verification.twin.strike import Forces, initial_forces
from verification.twin.tables import Cell, PlanningTables, Situation, cell_at, literal_forces

IDS = np.array([0, 1, 0, 0])
ROOTS = [(0, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1))]


def under_way(world: World, rung: int, counts: tuple[int, int]) -> Situation:
    """A crisis under way: some of everything is gone, beliefs have moved, partners have decided at its first strike."""
    plain = read(world)
    forces: Forces = initial_forces(plain)
    shifts = [list(row) for row in plain.beliefs]
    committed = None
    if counts != (0, 0):
        forces.left = [0.8, 0.9]
        forces.stock[1][0] -= 7.0
        forces.launch[0][0] *= 0.9
        forces.interceptors[0][0] -= 3.0
        shifts[1][0] -= 0.3
        committed = [
            [float((l + j) % 2 == 0 or one.partner == 0) for l, one in enumerate(plain.layers[j])] for j in (0, 1)
        ]
    return Situation(forces, rung, counts, shifts, committed)


def kernel_table(world: World, now: Situation) -> Records:
    """The kernels' table from the same situation [observer, first, mover, rung, own, other]."""
    arms, layers = world.arms.shape[1], world.layers.shape[1]
    plan = new_plan(arms, layers, world.kill.shape[2], len(world.rungs), int(world.rules["waves"]), 1)
    today = new_forces(arms, layers, 1)
    for name in ("stock", "launch", "interceptors", "left"):
        getattr(today, name)[:] = getattr(now.forces, name)
    unknown = np.where(world.layers["partner"] > 0, -1.0, 1.0)
    committed = unknown if now.committed is None else np.array(now.committed)
    fill_outlook(world, IDS, np.array(now.beliefs), committed, today.interceptors, plan.outlook)
    planning_tables(world, IDS, Root(now.rung, np.array(now.counts)), today, 2, plan)
    return plan.table


def literal_cell(
    tables: PlanningTables, observer: int, first: int, mover: int, rung: int, own: int, others: int
) -> Cell:
    """The cell by the definition of F, nothing remembered."""
    a, b = tables.since_root(mover, rung, own), tables.since_root(other(mover), rung, others)
    forces = literal_forces(tables, observer, first, rung, mover, a, b)
    mine = literal_forces(tables, mover, first, rung, mover, a, b)
    return cell_at(tables.eyes(observer, first), forces, mine, mover, rung, own)


def numbers(cell: Cell) -> list[float]:
    """A literal cell in the order of a table's fields."""
    strike, light = (
        [effect.gain, effect.deaths, effect.toll, effect.crew, effect.toll, effect.stopped]
        for effect in (cell.strike, cell.light)
    )
    rung = -1 if cell.light_rung is None else cell.light_rung
    chosen = (strike if cell.possible else [0.0] * 6) + (light if rung >= 0 else [0.0] * 6)
    return [float(cell.possible), float(rung), *chosen, cell.left_own, cell.left_other]


def ours(row: np.void) -> list[float]:
    """A kernel's cell; what is impossible counts as nothing, whatever an earlier solution left there."""
    values = [float(value) for value in row.tolist()]
    for condition, start in ((row["possible"] == 1, 2), (row["light"] >= 0, 8)):
        if not condition:
            values[start : start + 6] = [0.0] * 6
    return values


@pytest.mark.parametrize(("rung", "counts"), ROOTS)
@pytest.mark.parametrize("name", ["plain", "boost", "partner", "neglect", "scarce", "people", "strikes_from_the_start"])
def test_t14_tables_equal_the_literal_recursion(name: str, rung: int, counts: tuple[int, int]) -> None:
    """T14: F[i](a, b) = behind the other's strike from F[j](b - 1, a) if b >= a, else behind one's own.

    Counts from the root on; forces at the root are today's; above the root's rung objectives are whole again.
    """
    world = pair_of_worlds(name)[0]
    now = under_way(world, rung, counts)
    table, tables, cells = kernel_table(world, now), PlanningTables(read(world), now), 0
    waves = int(world.rules["waves"])
    for at in np.ndindex(table.shape):
        _, _, mover, t, own, others = at
        low = counts if t == rung else (0, 0)
        if t < rung or own < low[mover] or others < low[other(mover)] or own + others > 2 * waves:
            continue
        expected = numbers(literal_cell(tables, *at))
        assert ours(table[at]) == pytest.approx(expected, rel=1e-10, abs=1e-10), (name, at)
        cells += 1
    assert cells >= 48


@pytest.mark.parametrize("name", VARIANTS)
def test_cells_obey_what_a_strike_must_obey(name: str) -> None:
    """Shares within 0 and 1, no gain beyond what is left, objectives never grow along a path, light is lower."""
    world = pair_of_worlds(name)[0]
    table = kernel_table(world, under_way(world, 0, (0, 0)))
    strikes = table[table["possible"] == 1]
    assert len(strikes) > 0
    for prefix, cells in (("", strikes), ("light_", table[table["light"] >= 0])):
        assert (cells[f"{prefix}gain"] >= 0).all()
        assert (cells[f"{prefix}gain"] <= cells["left_own"] + 1e-12).all()
        assert (cells[f"{prefix}deaths"] >= 0).all()
        assert (cells[f"{prefix}losses"] >= 0).all()
        assert (np.abs(cells[f"{prefix}stopped"] - 0.5) <= 0.5 + 1e-12).all()
        assert np.array_equal(cells[f"{prefix}toll"], cells[f"{prefix}felt"])
        assert np.array_equal(cells[f"{prefix}toll"], cells[f"{prefix}deaths"])  # on its own soil
    assert (table["light"] < np.arange(table.shape[3])[:, None, None]).all()
    assert not table[:, :, :, :, -1]["possible"].any()  # nobody has more than K strikes
    left = table["left_own"]
    assert (left[:, :, :, :, 1:, 0] <= left[:, :, :, :, :-1, 0] + 1e-12).all()


def test_tables_of_the_two_observers_differ_by_beliefs_only() -> None:
    """With common beliefs and no neglect both sides expect the same, to the last bit."""
    world = pair_of_worlds("plain")[0]
    agreed = world._replace(beliefs=np.zeros((2, 2)))
    table = kernel_table(agreed, under_way(agreed, 0, (0, 0)))
    assert np.array_equal(table[0], table[1])
    table = kernel_table(world, under_way(world, 0, (0, 0)))
    assert not np.array_equal(table[0], table[1])


def test_a_new_solution_leaves_nothing_of_an_old_one() -> None:
    """The same scratch used twice gives the same table as fresh scratch: histories depend on it."""
    world = pair_of_worlds("scarce")[0]
    arms, layers = world.arms.shape[1], world.layers.shape[1]
    plan = new_plan(arms, layers, world.kill.shape[2], len(world.rungs), int(world.rules["waves"]), 1)
    for stocks in (1.0, 0.1, 1.0):
        today = new_forces(arms, layers, 1)
        today.stock[:], today.launch[:] = np.floor(world.arms["stock"] * stocks), world.arms["launch"]
        today.interceptors[:] = world.layers["stock"]
        fill_outlook(world, IDS, world.beliefs, np.ones((2, layers)), today.interceptors, plan.outlook)
        planning_tables(world, IDS, Root(0, np.zeros(2, np.int64)), today, 2, plan)
        seen = np.array([ours(row) for row in plan.table.ravel()])
        if stocks == 1.0:
            fresh = np.array([ours(row) for row in kernel_table(world, under_way(world, 0, (0, 0))).ravel()])
            assert np.array_equal(seen, fresh)
