"""Crises solved anew: with no lever moved they are the stored ones, and a lever does what a variant does."""

import numpy as np
import pytest

from escalade.lab.ask import crises_of
from escalade.lab.solver import DRAGGING_POINTS, Solver

HALF = np.arange(8, dtype=np.int64)


def test_nothing_moved_gives_what_is_stored(real_run):
    one, other = Solver(real_run).solve("as_is", {}, HALF)
    stored = crises_of(real_run).values
    assert one == pytest.approx(stored["as_is"][:8], abs=1e-12)
    assert other == pytest.approx(stored["no_shield"][:8], abs=1e-12)


def test_fewer_points_are_near(real_run):
    rough, _ = Solver(real_run).solve("as_is", {}, HALF, DRAGGING_POINTS)
    assert rough[:, 0] == pytest.approx(crises_of(real_run).values["as_is"][:8, 0], abs=0.05)


def test_levers_move_the_worlds_that_they_name_and_no_other(real_run):
    solver = Solver(real_run)
    before, _ = solver.worlds("as_is", {}, HALF)
    after, calm_after = solver.worlds("as_is", {"sides.north.shelter.coverage": 0.9}, HALF)
    assert (after.sides["coverage"][:, 0] == 0.9).all()
    assert (calm_after.sides["coverage"][:, 0] == 0.9).all()
    assert (after.sides["coverage"][:, 1] == before.sides["coverage"][:, 1]).all()
    assert (after.arms["stock"] == before.arms["stock"]).all()


def test_a_policy_changes_the_moved_scenario(real_run):
    # The baseline takes the shield away: more interceptors change nothing in it.
    solver = Solver(real_run)
    after, calm_after = solver.worlds("as_is", {"sides.north.shield.layers.*.stock": {"times": 2.0}}, HALF)
    before, calm = solver.worlds("as_is", {}, HALF)
    assert (after.layers["stock"][:, 0].sum(axis=1) > before.layers["stock"][:, 0].sum(axis=1)).all()
    assert (calm_after.layers["stock"] == calm.layers["stock"]).all()
