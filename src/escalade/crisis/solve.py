"""Solving a game: logit choices backward, outcomes forward.

Each side plays its own type and expects of the other the average over types
(fully cursed: Eyster and Rabin 2005, Econometrica 73:1623); choice is logit on
expected utilities, node by node (agent quantal response: McKelvey and Palfrey
1998, Experimental Economics 1:9). Many stake points are solved at once: the
innermost loops run over *lanes*, lane = type * points + point, so that the
compiler can use vector instructions.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.tree import CHANCE, LIGHT, STAND, Tree
from escalade.crisis.vector_exp import exp_nonpositive
from escalade.jit import kernel

TYPES = 5
"""Equally likely types of private resolve."""


class Solution(NamedTuple):
    """Choices and values of a game at several stake points. Lane = type * points + point."""

    value: NDArray[np.float64]  # expected utility [side, node, lane]
    choice: NDArray[np.float64]  # probability that a type of the mover takes an edge [edge, lane]
    expected: NDArray[np.float64]  # the same, averaged over types: what the other side expects [edge, point]
    bought: NDArray[np.float64]  # restraint bought at a node by a type [node, lane]
    work: NDArray[np.float64]  # scratch [3, lane]


def new_solution(nodes: int, edges: int, points: int) -> Solution:
    """Empty arrays for games of that many nodes and edges at that many stake points."""
    lanes = TYPES * points
    return Solution(
        np.zeros((2, nodes, lanes)),
        np.zeros((edges, lanes)),
        np.zeros((edges, points)),
        np.zeros((nodes, lanes)),
        np.zeros((3, lanes)),
    )


@kernel
def utility(
    constant: float, coefficient: float, stake: NDArray[np.float64], value: NDArray[np.float64], successor: int, out: NDArray[np.float64]
) -> None:
    """``out[lane] = constant + coefficient * stake[lane] + value[successor, lane]``."""
    if successor >= 0:
        onward = value[successor]
        for n in range(out.shape[0]):
            out[n] = constant + coefficient * stake[n] + onward[n]
    else:
        for n in range(out.shape[0]):
            out[n] = constant + coefficient * stake[n]


@kernel
def solve_chance(tree: Tree, node: int, stakes: NDArray[np.float64], solution: Solution) -> None:
    """Value of a chance node: the probability-weighted mean over its edges."""
    work = solution.work[0]
    solution.value[0, node] = 0.0
    solution.value[1, node] = 0.0
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        edge = tree.edges[e]
        solution.choice[e] = edge.chance
        solution.expected[e] = edge.chance
        for side in range(2):
            own = side == edge.actor
            stake = stakes[side, edge.own_stake if own else edge.other_stake]
            coefficient = edge.own_coef if own else edge.other_coef
            utility(edge.own_const if own else edge.other_const, coefficient, stake, solution.value[side], edge.next, work)
            total = solution.value[side, node]
            for n in range(work.shape[0]):
                total[n] += edge.chance * work[n]


@kernel
def choose(tree: Tree, node: int, precision: float, utilities: NDArray[np.float64], work: NDArray[np.float64]) -> None:
    """Turn utilities of a node's edges into logit probabilities, in place. Ties at infinite precision split equally."""
    start, stop = tree.nodes[node].start, tree.nodes[node].stop
    best, total = work[0], work[1]
    best[:] = utilities[start]
    for e in range(start + 1, stop):
        row = utilities[e]
        for n in range(best.shape[0]):
            best[n] = max(best[n], row[n])
    total[:] = 0.0
    for e in range(start, stop):
        row = utilities[e]
        if math.isinf(precision):
            for n in range(best.shape[0]):
                row[n] = 1.0 if row[n] == best[n] else 0.0
        else:
            for n in range(best.shape[0]):
                row[n] = exp_nonpositive(precision * (row[n] - best[n]))
        for n in range(best.shape[0]):
            total[n] += row[n]
    for e in range(start, stop):
        row = utilities[e]
        for n in range(best.shape[0]):
            row[n] /= total[n]


@kernel
def restraint_at(tree: Tree, node: int, choice: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """Probability of restraint (standing down or replying lightly) at a node, per lane."""
    out[:] = 0.0
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        if tree.edges[e].action == STAND or tree.edges[e].action == LIGHT:
            row = choice[e]
            for n in range(out.shape[0]):
                out[n] += row[n]


@kernel
def buy_restraint(tree: Tree, node: int, stakes: NDArray[np.float64], precision: float, solution: Solution) -> None:
    """Restraint under the actual pressure less restraint under the baseline's, at a struck node."""
    mover = tree.nodes[node].mover
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        edge = tree.edges[e]
        stake = stakes[mover, edge.own_stake]
        utility(edge.calm_const, edge.own_coef, stake, solution.value[mover], edge.next, solution.choice[e])
    choose(tree, node, precision, solution.choice, solution.work)
    restraint_at(tree, node, solution.choice, solution.bought[node])


@kernel
def solve_decision(tree: Tree, node: int, stakes: NDArray[np.float64], precision: float, priced: bool, solution: Solution) -> None:
    """Choices at a decision node, their value to the mover and, if ``priced``, the restraint bought there."""
    start, stop, mover = tree.nodes[node].start, tree.nodes[node].stop, tree.nodes[node].mover
    own, work = solution.value[mover, node], solution.work[2]
    points = solution.expected.shape[1]
    if priced:
        buy_restraint(tree, node, stakes, precision, solution)
    for e in range(start, stop):
        edge = tree.edges[e]
        utility(edge.own_const, edge.own_coef, stakes[mover, edge.own_stake], solution.value[mover], edge.next, solution.choice[e])
    choose(tree, node, precision, solution.choice, solution.work)
    own[:] = 0.0
    for e in range(start, stop):
        edge, row, mean = tree.edges[e], solution.choice[e], solution.expected[e]
        utility(edge.own_const, edge.own_coef, stakes[mover, edge.own_stake], solution.value[mover], edge.next, work)
        for n in range(own.shape[0]):
            own[n] += row[n] * work[n]
        mean[:] = 0.0
        for t in range(TYPES):
            for s in range(points):
                mean[s] += row[t * points + s] * (1.0 / TYPES)
    if priced:
        restraint_at(tree, node, solution.choice, work)
        bought = solution.bought[node]
        for n in range(work.shape[0]):
            bought[n] = work[n] - bought[n]


@kernel
def value_to_other(tree: Tree, node: int, stakes: NDArray[np.float64], solution: Solution) -> None:
    """Value of a decision node to the side that does not move: the mover's average choice."""
    other = 1 - tree.nodes[node].mover
    total, work = solution.value[other, node], solution.work[2]
    points = solution.expected.shape[1]
    total[:] = 0.0
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        edge, mean = tree.edges[e], solution.expected[e]
        utility(edge.other_const, edge.other_coef, stakes[other, edge.other_stake], solution.value[other], edge.next, work)
        for t in range(TYPES):
            for s in range(points):
                total[t * points + s] += mean[s] * work[t * points + s]


@kernel
def solve(tree: Tree, stakes: NDArray[np.float64], precision: float, priced: int, solution: Solution) -> None:
    """Solve a game backward.

    stakes : what is at stake, type's resolve included [side, V or L, lane]
    precision : lambda of logit choice, per stake; inf allowed
    priced : the restraint bought is computed at struck nodes with a lower number
    """
    for node in range(tree.size[0] - 1, -1, -1):
        if tree.nodes[node].mover == CHANCE:
            solve_chance(tree, node, stakes, solution)
        else:
            solve_decision(tree, node, stakes, precision, node < priced and tree.nodes[node].struck != 0, solution)
            value_to_other(tree, node, stakes, solution)
