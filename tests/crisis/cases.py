"""Exact crises of hand-made worlds, by name of quantity, and their solved games."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalade.crisis.exact import exact_crises, new_workspace, place_stakes, quantities, resolve_deviates, set_up
from escalade.crisis.solve import TYPES, Solution, solve
from escalade.crisis.tree import Tree
from escalade.worlds import Reals, Records, Row, World
from tests.verification.worlds_by_hand import bundle

IDS = np.array([0, 1, 0, 0])


def exact(world: World, baseline: World | None = None, points: int = 13) -> dict[str, float]:
    """The exact crisis; rungs go by their number. ``baseline``: whose protection restraint is bought against."""
    names = quantities(["0", "1"], [str(r) for r in range(len(world.rungs))])
    base = world if baseline is None else baseline
    values = exact_crises(bundle(world), bundle(base), np.array([0]), points)[0]
    return dict(zip(names, values.tolist(), strict=True))


class Solved(NamedTuple):
    """The game of a crisis that has not begun, solved at some points of the public stakes."""

    tree: Tree
    solution: Solution
    table: Records  # planning table, CELL [observer, first striker, mover, rung, own, other]
    stakes: Reals  # [side, V or L, type, point]

    def opening(self, side: int) -> Row:
        """The node at which a side opens."""
        return self.tree.nodes[self.tree.roots[side]]

    def edge(self, node: Row, action: int) -> int:
        """Number of the node's edge with that action."""
        (found,) = (e for e in range(node["start"], node["stop"]) if self.tree.edges[e]["action"] == action)
        return int(found)

    def choice(self, e: int) -> Reals:
        """Probability that a type of the mover takes an edge [type, point]."""
        return self.solution.choice[e].reshape(TYPES, -1)

    def utility(self, e: int) -> Reals:
        """What an edge is worth to a type of its actor, with all that follows [type, point]."""
        edge = self.tree.edges[e]
        now = edge["own_const"] + edge["own_coef"] * self.stakes[edge["actor"], edge["own_stake"]]
        if edge["next"] < 0:
            return np.asarray(now)
        return np.asarray(now + self.solution.value[edge["actor"], edge["next"]].reshape(TYPES, -1))


def solved(world: World, points: Sequence[tuple[float, float]] = ((0.0, 0.0),)) -> Solved:
    """The game solved at points of the public stakes: normal deviates of the sides with the lower and the higher id."""
    space = new_workspace(bundle(world), len(points))
    set_up(world, world, IDS, space)
    for n, (low, high) in enumerate(points):
        place_stakes(world, IDS, low, high, n, resolve_deviates(), space.stakes)
    solve(space.tree, space.stakes, float(world.rules["precision"]), 0, space.solution)
    return Solved(space.tree, space.solution, space.plan.table, space.stakes.reshape(2, 2, TYPES, -1))
