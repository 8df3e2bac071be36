"""What a solved game leads to: exact probabilities of every outcome, by one forward pass.

Types persist along a path, so reaching probabilities are kept per pair of types.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.crisis.solve import TYPES, Solution
from escalade.crisis.tree import ACCIDENT, CHANCE, LIGHT, STAND, YIELD, Tree
from escalade.jit import kernel

FORESEEN, MISJUDGED, TREMBLE, BY_ACCIDENT = range(4)
"""Labels of a war, by the move that began it."""

WAR_BY, LABELS, FIRST_BY, YIELDS, CONCEDED, STAND_OFF, STRUCK, RESTRAINED, BOUGHT, STRIKES, DEATHS = 0, 2, 6, 8, 10, 12, 13, 15, 17, 19, 21
RUNG_REACHED = 23
"""Offsets into an outcome vector; by side where two wide, then by rung: reached, and of the first strike."""


def outcome_width(rungs: int) -> int:
    """Length of an outcome vector for a ladder of that many rungs."""
    return RUNG_REACHED + 2 * rungs


class Flow(NamedTuple):
    """Reaching probabilities of a node by type of side 0, type of side 1 and stake point."""

    reach: NDArray[np.float64]  # [node, type 0, type 1, point]


def new_flow(nodes: int, points: int) -> Flow:
    """Empty flow for games of that many nodes at that many stake points."""
    return Flow(np.zeros((nodes, TYPES, TYPES, points)))


@kernel
def label_of(expected: float, chosen: float) -> int:
    """Label of a war begun by a move that the other side expected and the mover's type chose with these probabilities."""
    if expected >= 0.5:
        return FORESEEN
    return MISJUDGED if chosen >= 0.5 else TREMBLE


@kernel
def pass_on(tree: Tree, e: int, mover: int, reach: NDArray[np.float64], choice: NDArray[np.float64], onward: NDArray[np.float64]) -> float:
    """Add an edge's flow to its successor's; returns the flow summed over types and points."""
    points = reach.shape[2]
    total = 0.0
    for a in range(TYPES):
        for b in range(TYPES):
            shift = (b if mover == 1 else a) * points
            for s in range(points):
                mass = reach[a, b, s] * choice[shift + s]
                onward[a, b, s] += mass
                total += mass
    return total


@kernel
def edge_mass(mover: int, reach: NDArray[np.float64], choice: NDArray[np.float64]) -> float:
    """Flow along an edge that ends the crisis, summed over types and points."""
    points = reach.shape[2]
    total = 0.0
    for a in range(TYPES):
        for b in range(TYPES):
            shift = (b if mover == 1 else a) * points
            for s in range(points):
                total += reach[a, b, s] * choice[shift + s]
    return total


@kernel
def label_war(mover: int, reach: NDArray[np.float64], choice: NDArray[np.float64], expected: NDArray[np.float64], labels: NDArray[np.float64]) -> None:
    """Add the flow along a war-beginning edge to the labels."""
    points = reach.shape[2]
    for a in range(TYPES):
        for b in range(TYPES):
            t = b if mover == 1 else a
            for s in range(points):
                chosen = choice[t * points + s]
                labels[label_of(expected[s], chosen)] += reach[a, b, s] * chosen


@kernel
def restraint_bought(mover: int, reach: NDArray[np.float64], bought: NDArray[np.float64]) -> float:
    """Expected restraint bought at a struck node."""
    return edge_mass(mover, reach, bought)


@kernel
def count_edge(tree: Tree, e: int, mass: float, struck: int, out: NDArray[np.float64]) -> None:
    """Add an edge's flow to the outcomes that it stands for."""
    edge = tree.edges[e]
    actor = edge.actor
    if edge.strike >= 0:
        out[STRIKES + actor] += mass
        out[DEATHS + 1 - actor] += mass * edge.deaths
    if edge.opens:
        out[FIRST_BY + actor] += mass
        out[RUNG_REACHED + (out.shape[0] - RUNG_REACHED) // 2 + edge.strike] += mass
    if edge.crosses:
        out[WAR_BY + actor] += mass
        if edge.action == ACCIDENT:
            out[LABELS + BY_ACCIDENT] += mass
    if edge.quiet:
        out[STAND_OFF] += mass
    if edge.action == YIELD:
        out[YIELDS + actor] += mass
        out[CONCEDED + actor] += mass * edge.share
    if struck and (edge.action == STAND or edge.action == LIGHT):
        out[RESTRAINED + actor] += mass


@kernel
def flow_from(tree: Tree, node: int, solution: Solution, flow: Flow, out: NDArray[np.float64]) -> None:
    """Pass a node's flow along its edges and count outcomes."""
    at = tree.nodes[node]
    reach, mover = flow.reach[node], at.mover
    if at.struck:
        mass = reach.sum()
        out[STRUCK + mover] += mass
        out[BOUGHT + mover] += restraint_bought(mover, reach, solution.bought[node])
    for e in range(at.start, at.stop):
        edge = tree.edges[e]
        if edge.next >= 0:
            mass = pass_on(tree, e, mover, reach, solution.choice[e], flow.reach[edge.next])
            if edge.rung > at.rung:
                out[RUNG_REACHED + edge.rung] += mass
        else:
            mass = edge_mass(mover, reach, solution.choice[e])
        if edge.crosses and edge.action != ACCIDENT:
            label_war(mover, reach, solution.choice[e], solution.expected[e], out[LABELS : LABELS + 4])
        count_edge(tree, e, mass, at.struck, out)


@kernel
def flow_forward(tree: Tree, weights: NDArray[np.float64], solution: Solution, flow: Flow, points: int, out: NDArray[np.float64]) -> None:
    """Add the outcomes of a solved game to ``out``, summed over stake points.

    weights : probability of each root [2]
    points : stake points that count; the lanes of the others are empty
    out : outcome vector; see the offsets above
    """
    flow.reach[: tree.size[0]] = 0.0
    for at in range(2):
        if tree.roots[at] >= 0 and weights[at] > 0.0:
            flow.reach[tree.roots[at], :, :, :points] += weights[at] / (TYPES * TYPES)
            out[RUNG_REACHED + tree.nodes[tree.roots[at]].rung] += weights[at] * points
    for node in range(tree.size[0]):
        flow_from(tree, node, solution, flow, out)
