"""What a solved game leads to: exact probabilities of every outcome, by one forward pass.

Types persist along a path, so reaching probabilities are kept per pair of types.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.crisis.solve import TYPES, Solution
from escalade.crisis.tree import ACCIDENT, END, LIGHT, STAND, YIELD, Tree
from escalade.jit import kernel, kernel_inline
from escalade.worlds import Reals

FORESEEN, MISJUDGED, TREMBLE, BY_ACCIDENT = range(4)
"""Labels of a war, by the move that began it."""

WAR_BY, LABELS, FIRST_BY, YIELDS, CONCEDED, STAND_OFF, STRUCK, RESTRAINED, BOUGHT, STRIKES, DEATHS = (
    0,
    2,
    6,
    8,
    10,
    12,
    13,
    15,
    17,
    19,
    21,
)
RUNG_REACHED = 23
"""Offsets into an outcome vector; by side where two wide, then by rung, so many blocks as ``BY_RUNG`` says."""

BY_RUNG = 6
"""Blocks by rung: reached; of the first strike; at which side 0, side 1 yields; of stand-offs; of settlements."""


def outcome_width(rungs: int) -> int:
    """Length of an outcome vector for a ladder of that many rungs."""
    return RUNG_REACHED + BY_RUNG * rungs


class Flow(NamedTuple):
    """Reaching probabilities of a node by type of side 0, type of side 1 and stake point."""

    reach: Reals  # [node, type 0, type 1, point]
    work: Reals  # scratch [point]


def new_flow(nodes: int, points: int) -> Flow:
    """Empty flow for games of that many nodes at that many stake points."""
    return Flow(np.zeros((nodes, TYPES, TYPES, points)), np.zeros(points))


@kernel_inline
def label_of(expected: float, chosen: float) -> int:
    """Label of a war: how likely the other side, and the mover's own type, held the move that began it."""
    if expected >= 0.5:
        return FORESEEN
    return MISJUDGED if chosen >= 0.5 else TREMBLE


@kernel
def edge_mass(e: int, mover: int, node: int, successor: int, choice: Reals, flow: Flow) -> float:
    """Flow along an edge, summed over types and points; added to the successor's if there is one."""
    reach, work, points = flow.reach, flow.work, flow.reach.shape[3]
    for s in range(points):
        work[s] = 0.0
    for a in range(TYPES):
        for b in range(TYPES):
            shift = (b if mover == 1 else a) * points
            if successor >= 0:
                for s in range(points):
                    mass = reach[node, a, b, s] * choice[e, shift + s]
                    work[s] += mass
                    reach[successor, a, b, s] += mass
            else:
                for s in range(points):
                    work[s] += reach[node, a, b, s] * choice[e, shift + s]
    total = 0.0
    for s in range(points):
        total += work[s]
    return total


@kernel
def label_war(e: int, mover: int, node: int, solution: Solution, flow: Flow, out: Reals) -> None:
    """Add the flow along a war-beginning edge to the labels."""
    points = flow.reach.shape[3]
    for a in range(TYPES):
        for b in range(TYPES):
            t = b if mover == 1 else a
            for s in range(points):
                chosen = solution.choice[e, t * points + s]
                out[LABELS + label_of(solution.expected[e, s], chosen)] += flow.reach[node, a, b, s] * chosen


@kernel_inline
def ending(action: int, actor: int, quiet: int) -> int:
    """Block by rung that an edge which ends the crisis counts in. Rungs never fall: its rung is the highest."""
    if action == YIELD:
        return 2 + actor
    return 4 if quiet else 5


@kernel_inline
def count_edge(tree: Tree, e: int, mass: float, struck: int, out: Reals) -> None:
    """Add an edge's flow to the outcomes that it stands for."""
    edge = tree.edges[e]
    actor = edge.actor
    rungs = (out.shape[0] - RUNG_REACHED) // BY_RUNG
    if edge.next == END:
        out[RUNG_REACHED + ending(edge.action, actor, edge.quiet) * rungs + edge.rung] += mass
    if edge.strike >= 0:
        out[STRIKES + actor] += mass
        out[DEATHS + 1 - actor] += mass * edge.deaths
    if edge.opens:
        out[FIRST_BY + actor] += mass
        out[RUNG_REACHED + rungs + edge.strike] += mass
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
def node_mass(node: int, flow: Flow) -> float:
    """Probability of reaching a node, summed over stake points."""
    total = 0.0
    for a in range(TYPES):
        for b in range(TYPES):
            for s in range(flow.reach.shape[3]):
                total += flow.reach[node, a, b, s]
    return total


@kernel_inline
def flow_from(tree: Tree, node: int, solution: Solution, flow: Flow, out: Reals) -> None:
    """Pass a node's flow along its edges and count outcomes."""
    at = tree.nodes[node]
    if at.struck:
        out[STRUCK + at.mover] += node_mass(node, flow)
        out[BOUGHT + at.mover] += edge_mass(node, at.mover, node, END, solution.bought, flow)
    for e in range(at.start, at.stop):
        edge = tree.edges[e]
        mass = edge_mass(e, at.mover, node, edge.next, solution.choice, flow)
        if edge.rung > at.rung:
            out[RUNG_REACHED + edge.rung] += mass
        if edge.crosses and edge.action != ACCIDENT:
            label_war(e, at.mover, node, solution, flow, out)
        count_edge(tree, e, mass, at.struck, out)


@kernel
def flow_forward(tree: Tree, weights: Reals, solution: Solution, flow: Flow, points: int, out: Reals) -> None:
    """Add the outcomes of a solved game to ``out``, summed over stake points.

    weights : probability of each root [2]
    points : stake points that count; the lanes of the others are empty
    out : outcome vector; see the offsets above
    """
    for node in range(tree.size[0]):
        for a in range(TYPES):
            for b in range(TYPES):
                for s in range(flow.reach.shape[3]):
                    flow.reach[node, a, b, s] = 0.0
    for at in range(2):
        if tree.roots[at] >= 0 and weights[at] > 0.0:
            for a in range(TYPES):
                for b in range(TYPES):
                    for s in range(points):
                        flow.reach[tree.roots[at], a, b, s] += weights[at] / (TYPES * TYPES)
            out[RUNG_REACHED + tree.nodes[tree.roots[at]].rung] += weights[at] * points
    for node in range(tree.size[0]):
        flow_from(tree, node, solution, flow, out)
