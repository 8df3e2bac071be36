"""Exact crises of hand-made worlds, by name of quantity, and their solved games."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.crisis.exact import exact_crises, new_workspace, place_stakes, quantities, resolve_deviates, set_up
from escalade.crisis.solve import Solution, solve
from escalade.crisis.tree import Tree
from escalade.worlds import Records, World
from tests.verification.worlds_by_hand import bundle

IDS = np.array([0, 1])


def exact(world: World, baseline: World | None = None, points: int = 13) -> dict[str, float]:
    """The exact crisis; rungs go by their number. ``baseline``: whose protection restraint is bought against."""
    names = quantities(["0", "1"], [str(r) for r in range(len(world.rungs))])
    base = world if baseline is None else baseline
    values = exact_crises(bundle(world), bundle(base), np.array([0]), points)[0]
    return dict(zip(names, values.tolist(), strict=True))


class Solved(NamedTuple):
    """The game of a crisis that has not begun, solved at one pair of public stakes."""

    tree: Tree
    solution: Solution
    table: Records  # planning table, CELL [observer, first striker, mover, rung, own, other]

    def opening(self, side: int) -> Records:
        """The opening node of a side."""
        return self.tree.nodes[self.tree.roots[side]]

    def edge(self, node: Records, action: int) -> int:
        """Number of the node's edge with that action; -1: it has none."""
        found = [e for e in range(node["start"], node["stop"]) if self.tree.edges[e]["action"] == action]
        return found[0] if found else -1

    def utility(self, e: int, kind: int = 2) -> float:
        """What an edge is worth to a type of its actor at median stakes, with all that follows."""
        edge = self.tree.edges[e]
        onward = self.solution.value[edge["actor"], edge["next"], kind] if edge["next"] >= 0 else 0.0
        return float(edge["own_const"] + edge["own_coef"] + onward)


def solved(world: World, z: tuple[float, float] = (0.0, 0.0)) -> Solved:
    """The game solved where the sides' public stakes are at these normal deviates (of side 0, which must have id 0)."""
    space = new_workspace(bundle(world), 1)
    set_up(world, world, IDS, space)
    place_stakes(world, IDS, *z, 0, resolve_deviates(), space.stakes)
    solve(space.tree, space.stakes, float(world.rules["precision"]), 0, space.solution)
    return Solved(space.tree, space.solution, space.plan.table)
