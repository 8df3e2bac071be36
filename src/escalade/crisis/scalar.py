"""The crisis on a scalar ladder: the same game with given numbers for every rung, without raids.

For teaching, and for theory that has closed forms. Per side and rung a strike wins the share ``gain`` of what is left
of the objective, costs its side ``cost`` and the other side ``harm`` (its own deaths over its tolerance). Gains shrink
with what is left, ``(1 - gain)^n`` after n strikes at the rung; everything else is constant. A light reply is the
strike of the next lower rung at which the side strikes. The ladder is compiled, solved and followed forward by the very
code that serves whole scenarios.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from escalade.crisis.exact import BLOCK, LATTICE_POINTS, resolve_deviates, stake_lattice
from escalade.crisis.forces import CELL
from escalade.crisis.forward import (
    BY_ACCIDENT,
    FIRST_BY,
    FORESEEN,
    LABELS,
    MISJUDGED,
    STAND_OFF,
    TREMBLE,
    WAR_BY,
    YIELDS,
    flow_forward,
    new_flow,
    outcome_width,
)
from escalade.crisis.ladder import NOBODY, OPEN, Game, State, code, compile_ladder, new_tree
from escalade.crisis.scalar_file import ScalarLadder
from escalade.crisis.solve import new_solution, solve
from escalade.crisis.tree import Tree
from escalade.worlds import ARM, LAYER, PAIR, RULES, RUNG, SIDE, SOIL, STEP, Reals, Records, World

LABEL_NAMES = {"foreseen": FORESEEN, "misjudged": MISJUDGED, "tremble": TREMBLE, "accident": BY_ACCIDENT}


@dataclass(frozen=True)
class ScalarCrisis:
    """What a crisis on a scalar ladder leads to: probabilities, pairs by side (0, 1).

    ``labels`` are shares of wars by the move that began them (*foreseen* by the rival, *misjudged*, *tremble*,
    *accident*); all zero where there is no war.
    """

    first_strike: tuple[float, float]
    war: float
    war_begun_by: tuple[float, float]
    yields: tuple[float, float]
    stand_off: float
    labels: dict[str, float]

    def as_data(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "first_strike": list(self.first_strike),
            "war": self.war,
            "war_begun_by": list(self.war_begun_by),
            "yield": list(self.yields),
            "stand_off": self.stand_off,
            "labels": dict(self.labels),
        }


def scalar_crisis(ladder: ScalarLadder, points: int = LATTICE_POINTS) -> ScalarCrisis:
    """The exact crisis on a scalar ladder, averaged over public stakes, private resolve and openers.

    points : stake points, a Fibonacci number; not used where the stakes do not spread
    """
    out = _outcomes(ladder, scalar_tree(ladder), points)
    kinds = {name: float(out[LABELS + at]) for name, at in LABEL_NAMES.items()}
    wars = sum(kinds.values())
    return ScalarCrisis(
        first_strike=_by_side(out, FIRST_BY),
        war=float(out[WAR_BY] + out[WAR_BY + 1]),
        war_begun_by=_by_side(out, WAR_BY),
        yields=_by_side(out, YIELDS),
        stand_off=float(out[STAND_OFF]),
        labels={name: kind / wars if wars > 0.0 else 0.0 for name, kind in kinds.items()},
    )


def scalar_tree(ladder: ScalarLadder) -> Tree:
    """The compiled game; its roots are the openings of the two sides."""
    tree, scratch = new_tree(ladder.rungs, ladder.waves)
    table, nobody = scalar_table(ladder), np.zeros(2, np.int64)
    game = Game(scalar_world(ladder), np.array([0, 1, 0, 0]), table, table, nobody, nobody, np.full(4, -1.0), 1, 0)
    roots = tuple(code(State(0, side, OPEN, 0, 0, NOBODY), ladder.waves + 1) for side in range(2))
    compile_ladder(tree, game, scratch, (roots[0], roots[1]))
    return tree


def scalar_stakes(ladder: ScalarLadder, deviates: Reals) -> Reals:
    """What is at stake for every type, [side, V or L, type * points + point].

    deviates : standard normal deviates of the two sides' public stakes [side, point]
    """
    public = np.exp(ladder.spread * deviates)
    resolve = np.exp(ladder.private_resolve * resolve_deviates())
    stakes = np.empty((2, 2, resolve.size * deviates.shape[1]))
    for i, side in enumerate(ladder.sides):
        stakes[i, 0] = np.outer(resolve, side.value * public[i]).ravel()
        stakes[i, 1] = np.outer(resolve, side.loss * public[1 - i]).ravel()
    return stakes


def scalar_table(ladder: ScalarLadder) -> Records:
    """The planning table, CELL [observer, first striker, mover, rung, own, other]: all observers agree."""
    counts = ladder.waves + 1
    table = np.zeros((2, 2, 2, ladder.rungs, counts, counts), CELL)
    table["light"] = -1
    strikes = np.arange(counts, dtype=np.float64)
    for m, side in enumerate(ladder.sides):
        rival = ladder.sides[1 - m]
        for r in range(ladder.rungs):
            cells = table[:, :, m, r]
            left: Reals = np.asarray((1.0 - side.gain[r]) ** strikes[:, None], np.float64)
            cells["left_own"], cells["left_other"] = left, (1.0 - rival.gain[r]) ** strikes[None, :]
            _fill_strikes(cells[:, :, : ladder.waves], ladder, m, r, left[: ladder.waves])
    return table


def _fill_strikes(cells: Records, ladder: ScalarLadder, m: int, r: int, left: Reals) -> None:
    """The strike and the light reply of side m at rung r, cells [observer, first striker, own, other]."""
    side, harm = ladder.sides[m], ladder.sides[1 - m].harm
    if side.strike[r]:
        cells["possible"], cells["gain"] = 1, side.gain[r] * left
        cells["deaths"] = cells["toll"] = cells["felt"] = harm[r]
    lower = [rung for rung in range(r) if side.strike[rung]]
    if lower and ladder.light_replies:
        cells["light"], cells["light_gain"] = lower[-1], side.gain[lower[-1]] * left
        cells["light_deaths"] = cells["light_toll"] = cells["light_felt"] = harm[lower[-1]]


def scalar_world(ladder: ScalarLadder) -> World:
    """The ladder as a world without arms and layers; tolerances are 1, so that harm counts as deaths."""
    sides, steps = np.zeros(2, SIDE), np.zeros((2, ladder.rungs), STEP)
    for i, side in enumerate(ladder.sides):
        sides[i]["uid"], sides[i]["tolerance"] = i, 1.0
        sides[i]["value"] = sides[i]["loss"] = 1.0
        sides[i]["affront"], sides[i]["pressure"] = side.affront, side.press
        steps[i]["effort"], steps[i]["may_climb"] = side.strike, side.may_climb
        steps[i]["cost"], steps[i]["audience"] = side.cost, side.audience
    rungs = np.zeros(ladder.rungs, RUNG)
    rungs["concession"], rungs["risk"] = ladder.concession, ladder.autonomous_risk
    rules = np.zeros(1, RULES)[0]
    rules["war_rung"], rules["waves"], rules["precision"] = ladder.war_rung, ladder.waves, ladder.precision
    rules["light_replies"], rules["no_yield"] = ladder.light_replies, not ladder.allow_yield
    return World(
        sides,
        np.zeros((2, 2)),
        np.zeros((2, 1), ARM),
        np.zeros((2, 1), LAYER),
        np.zeros((2, 1, 1)),
        np.zeros((2, 1), np.int64),
        steps,
        rungs,
        rules,
        np.zeros(1, PAIR),
        np.zeros((1, 2, 1), SOIL),
        np.zeros((1, 2, 1, 1)),
        np.zeros((1, 2, ladder.rungs)),
        np.zeros((2, 1, 1)),
        np.zeros((2, 1, 1)),
        np.full((2, 1, 1), np.inf),
        np.full((2, 1, 1), np.inf),
        np.ones((1, 1, 2)),
    )


def _outcomes(ladder: ScalarLadder, tree: Tree, points: int) -> Reals:
    """Outcome vector of the solved game, averaged over public stakes."""
    deviates = stake_lattice(points) if ladder.spread > 0.0 else np.zeros((2, 1))
    count = deviates.shape[1]
    block = min(BLOCK, count)
    solution, flow = new_solution(int(tree.size[0]), int(tree.size[1]), block), new_flow(int(tree.size[0]), block)
    weights = np.array([0.5, 0.5]) if ladder.opener is None else np.eye(2)[ladder.opener]
    out = np.zeros(outcome_width(ladder.rungs))
    for begin in range(0, count, block):
        # Lanes beyond the last point repeat it; they are solved, but do not count.
        lanes = np.minimum(np.arange(begin, begin + block), count - 1)
        solve(tree, scalar_stakes(ladder, deviates[:, lanes]), float(ladder.precision), 0, solution)
        flow_forward(tree, weights, solution, flow, min(block, count - begin), out)
    return out / count


def _by_side(out: Reals, at: int) -> tuple[float, float]:
    return float(out[at]), float(out[at + 1])
