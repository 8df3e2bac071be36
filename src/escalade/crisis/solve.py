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

from escalade.crisis.tree import CHANCE, LIGHT, STAND, Tree
from escalade.crisis.vector_exp import exp_nonpositive
from escalade.jit import kernel, kernel_inline
from escalade.worlds import Reals

TYPES = 5
"""Equally likely types of private resolve."""

BEST, TOTAL, SUM, UTILITY = range(4)
MOST_EDGES = 16
"""Edges of one node at most."""


class Solution(NamedTuple):
    """Choices and values of a game at several stake points. Lane = type * points + point."""

    value: Reals  # expected utility [side, node, lane]
    choice: Reals  # probability that a type of the mover takes an edge [edge, lane]
    expected: Reals  # the same, averaged over types: what the other side expects [edge, point]
    bought: Reals  # restraint bought at a node by a type [node, lane]
    work: Reals  # scratch: rows BEST, TOTAL, SUM, then utilities of a node's edges [row, lane]


def new_solution(nodes: int, edges: int, points: int) -> Solution:
    """Empty arrays for games of that many nodes and edges at that many stake points."""
    lanes = TYPES * points
    return Solution(
        np.zeros((2, nodes, lanes)),
        np.zeros((edges, lanes)),
        np.zeros((edges, points)),
        np.zeros((nodes, lanes)),
        np.zeros((UTILITY + MOST_EDGES, lanes)),
    )


@kernel
def solve_chance(tree: Tree, node: int, stakes: Reals, solution: Solution) -> None:
    """Value of a chance node: the probability-weighted mean over its edges."""
    value, choice, expected = solution.value, solution.choice, solution.expected
    lanes = choice.shape[1]
    for side in range(2):
        for n in range(lanes):
            value[side, node, n] = 0.0
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        edge = tree.edges[e]
        for n in range(lanes):
            choice[e, n] = edge.chance
        for s in range(expected.shape[1]):
            expected[e, s] = edge.chance
        for side in range(2):
            own = side == edge.actor
            constant, coefficient = (edge.own_const, edge.own_coef) if own else (edge.other_const, edge.other_coef)
            which = edge.own_stake if own else edge.other_stake
            for n in range(lanes):
                onward = value[side, edge.next, n] if edge.next >= 0 else 0.0
                value[side, node, n] += edge.chance * (constant + coefficient * stakes[side, which, n] + onward)


@kernel_inline
def utilities(tree: Tree, node: int, calm: bool, stakes: Reals, value: Reals, work: Reals) -> None:
    """Expected utility of the mover's edges into rows UTILITY and up, and the best of them into row BEST."""
    at, lanes = tree.nodes[node], work.shape[1]
    m = at.mover
    for n in range(lanes):
        work[BEST, n], work[TOTAL, n], work[SUM, n] = -np.inf, 0.0, 0.0
    for e in range(at.start, at.stop):
        edge, row = tree.edges[e], UTILITY + e - at.start
        constant, coefficient, which, onward = (
            edge.calm_const if calm else edge.own_const,
            edge.own_coef,
            edge.own_stake,
            edge.next,
        )
        if onward >= 0:
            for n in range(lanes):
                work[row, n] = constant + coefficient * stakes[m, which, n] + value[m, onward, n]
        else:
            for n in range(lanes):
                work[row, n] = constant + coefficient * stakes[m, which, n]
        for n in range(lanes):
            work[BEST, n] = work[row, n] if work[row, n] > work[BEST, n] else work[BEST, n]


@kernel_inline
def weights(start: int, stop: int, precision: float, choice: Reals, work: Reals) -> None:
    """Logit weights of the edges, their sum into row TOTAL. Ties at infinite precision weigh the same."""
    lanes, sharp = work.shape[1], math.isinf(precision)
    for e in range(start, stop):
        row = UTILITY + e - start
        if sharp:
            for n in range(lanes):
                choice[e, n] = 1.0 if work[row, n] == work[BEST, n] else 0.0
        else:
            for n in range(lanes):
                choice[e, n] = exp_nonpositive(precision * (work[row, n] - work[BEST, n]))
        for n in range(lanes):
            work[TOTAL, n] += choice[e, n]
            work[SUM, n] += choice[e, n] * work[row, n]


@kernel_inline
def buy_restraint(tree: Tree, node: int, stakes: Reals, precision: float, solution: Solution) -> None:
    """Restraint at a node under the baseline's pressure, the game behind it as it is, into ``solution.bought``."""
    at, work, bought = tree.nodes[node], solution.work, solution.bought
    lanes = work.shape[1]
    utilities(tree, node, True, stakes, solution.value, work)
    weights(at.start, at.stop, precision, solution.choice, work)
    for n in range(lanes):
        bought[node, n] = 0.0
    for e in range(at.start, at.stop):
        if tree.edges[e].action == STAND or tree.edges[e].action == LIGHT:
            for n in range(lanes):
                bought[node, n] += solution.choice[e, n] / work[TOTAL, n]


@kernel_inline
def less_restraint(tree: Tree, node: int, choice: Reals, work: Reals, bought: Reals) -> None:
    """Turn the restraint in ``bought`` into actual restraint less that: exactly 0 where the two are the same."""
    lanes = choice.shape[1]
    for n in range(lanes):
        work[SUM, n] = 0.0
    for e in range(tree.nodes[node].start, tree.nodes[node].stop):
        if tree.edges[e].action == STAND or tree.edges[e].action == LIGHT:
            for n in range(lanes):
                work[SUM, n] += choice[e, n]
    for n in range(lanes):
        bought[node, n] = work[SUM, n] - bought[node, n]


@kernel_inline
def normalise(start: int, stop: int, choice: Reals, expected: Reals, work: Reals) -> None:
    """Probabilities from weights, and what the other side expects: their mean over types."""
    points = expected.shape[1]
    for e in range(start, stop):
        for s in range(points):
            expected[e, s] = 0.0
        for t in range(TYPES):
            for s in range(points):
                choice[e, t * points + s] /= work[TOTAL, t * points + s]
                expected[e, s] += choice[e, t * points + s] * (1.0 / TYPES)


@kernel
def solve_decision(tree: Tree, node: int, stakes: Reals, precision: float, priced: bool, solution: Solution) -> None:
    """Choices at a decision node, their value to the mover and, if ``priced``, the restraint bought there."""
    at, value, work = tree.nodes[node], solution.value, solution.work
    if priced:
        buy_restraint(tree, node, stakes, precision, solution)
    utilities(tree, node, False, stakes, value, work)
    weights(at.start, at.stop, precision, solution.choice, work)
    for n in range(work.shape[1]):
        value[at.mover, node, n] = work[SUM, n] / work[TOTAL, n]
    normalise(at.start, at.stop, solution.choice, solution.expected, work)
    if priced:
        less_restraint(tree, node, solution.choice, work, solution.bought)


@kernel
def value_to_other(tree: Tree, node: int, stakes: Reals, solution: Solution) -> None:
    """Value of a decision node to the side that does not move: the mover's average choice."""
    at, value, expected = tree.nodes[node], solution.value, solution.expected
    o, points = 1 - at.mover, solution.expected.shape[1]
    for n in range(TYPES * points):
        value[o, node, n] = 0.0
    for e in range(at.start, at.stop):
        edge = tree.edges[e]
        constant, coefficient, which, onward = edge.other_const, edge.other_coef, edge.other_stake, edge.next
        for t in range(TYPES):
            shift = t * points
            if onward >= 0:
                for s in range(points):
                    utility = constant + coefficient * stakes[o, which, shift + s] + value[o, onward, shift + s]
                    value[o, node, shift + s] += expected[e, s] * utility
            else:
                for s in range(points):
                    value[o, node, shift + s] += expected[e, s] * (constant + coefficient * stakes[o, which, shift + s])


@kernel
def solve(tree: Tree, stakes: Reals, precision: float, priced: int, solution: Solution) -> None:
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
