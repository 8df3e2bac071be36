"""The most likely courses of a solved game, each with the probability of every step.

Best first: the likeliest unfinished course is carried on until enough have ended. A course never becomes likelier, so
these are the likeliest of all. Types persist along a course, so it is followed for every pair of types at once.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from escalade.crisis.solve import TYPES, Solution
from escalade.crisis.tree import CHANCE, PASS, Tree
from escalade.worlds import Reals


@dataclass(frozen=True)
class Step:
    """One move of a course, or an accident.

    actor : side that acts, 0 or 1; action : what it does (``ACTION_NAMES``)
    rung : at which the crisis stands afterwards; strike : rung whose strike is carried out, -1 for none
    struck : whether the actor had just been struck; opens, crosses : first strike of the crisis, strike that begins war
    share : of the objective, given up by yielding
    chosen : probability of the step once the course has come so far
    mass : probability of the course up to this step, this step included
    """

    actor: int
    action: int
    rung: int
    strike: int
    struck: bool
    opens: bool
    crosses: bool
    share: float
    chosen: float
    mass: float


@dataclass(frozen=True)
class Course:
    """A way in which a crisis can go, from the first mover's choice to the end."""

    opener: int
    steps: tuple[Step, ...]
    probability: float


@dataclass(frozen=True)
class _Open:
    """A course that has not ended: reaching probability by type of either side [type 0, type 1]."""

    node: int
    reach: Reals
    opener: int
    steps: tuple[Step, ...]


MOST_LOOKED_AT = 20_000
"""Unfinished courses after which the search for a war gives up: all that remain are very unlikely."""


def likely_courses(tree: Tree, solution: Solution, weights: Reals, most: int) -> tuple[Course, ...]:
    """The ``most`` likeliest courses of a game solved at one stake point, likeliest first.

    weights : probability of each root [2]
    """
    ended = (_told(course) for course in _likeliest_first(tree, solution, weights) if course.node < 0)
    return tuple(islice(ended, most))


def likeliest_to_war(tree: Tree, solution: Solution, weights: Reals) -> Course | None:
    """The likeliest course up to the strike that begins the war; None where war is out of reach, or nearly so."""
    looked_at = islice(_likeliest_first(tree, solution, weights), MOST_LOOKED_AT)
    return next((_told(course) for course in looked_at if course.steps and course.steps[-1].crosses), None)


def _told(course: _Open) -> Course:
    return Course(course.opener, course.steps, float(course.reach.sum()))


def _likeliest_first(tree: Tree, solution: Solution, weights: Reals) -> Iterator[_Open]:
    """All courses, unfinished ones too, from the likeliest on."""
    order = count()  # equally likely courses stand in the order in which they were found
    waiting: list[tuple[float, int, _Open]] = []
    for opener in range(2):
        if tree.roots[opener] >= 0 and weights[opener] > 0.0:
            reach = np.full((TYPES, TYPES), weights[opener] / TYPES**2)
            root = _Open(int(tree.roots[opener]), reach, opener, ())
            heapq.heappush(waiting, (-float(weights[opener]), next(order), root))
    while waiting:
        _, _, course = heapq.heappop(waiting)
        yield course
        for onward in _carried_on(tree, solution, course) if course.node >= 0 else ():
            heapq.heappush(waiting, (-float(onward.reach.sum()), next(order), onward))


def _carried_on(tree: Tree, solution: Solution, course: _Open) -> Iterator[_Open]:
    """The course with each possible next step."""
    node = tree.nodes[course.node]
    before = float(course.reach.sum())
    for e in range(node["start"], node["stop"]):
        edge, share = tree.edges[e], solution.choice[e]
        by_type = share[:, None] if node["mover"] != 1 else share[None, :]
        reach = course.reach * by_type
        mass = float(reach.sum())
        if mass <= 0.0:
            continue
        step = Step(
            int(edge["actor"]),
            int(edge["action"]),
            int(edge["rung"]),
            int(edge["strike"]),
            bool(node["struck"]),
            bool(edge["opens"]),
            bool(edge["crosses"]),
            float(edge["share"]),
            mass / before,
            mass,
        )
        # That no accident happens is no step of anybody.
        silent = node["mover"] == CHANCE and edge["action"] == PASS
        steps = course.steps if silent else (*course.steps, step)
        yield _Open(int(edge["next"]), reach, course.opener, steps)
