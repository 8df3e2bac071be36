"""Courses of a solved game: the likeliest ones, all of them together, and the one to war."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.crisis.courses import Course, likeliest_to_war, likely_courses
from escalade.crisis.scalar import scalar_crisis, scalar_stakes, scalar_tree
from escalade.crisis.scalar_file import ladder_from_data
from escalade.crisis.solve import Solution, new_solution, solve
from escalade.crisis.tree import ACCIDENT, PASS, STAND, YIELD, Tree
from tests.crisis.ladders import Spec, five_rungs, random_ladder, two_rungs

ALL = 10**6


def solved(spec: Spec) -> tuple[Tree, Solution, np.ndarray]:
    """A ladder's game at median stakes, and the weights of its openers."""
    ladder = ladder_from_data(spec)
    tree = scalar_tree(ladder)
    solution = new_solution(int(tree.size[0]), int(tree.size[1]), 1)
    solve(tree, scalar_stakes(ladder, np.zeros((2, 1))), ladder.precision, 0, solution)
    weights = np.array([0.5, 0.5]) if ladder.opener is None else np.eye(2)[ladder.opener]
    return tree, solution, weights


def small(seed: int) -> Spec:
    """A random ladder with few courses."""
    spec = random_ladder(seed) | {"K": 1, "spread": 0}
    return spec if len(spec["concession"]) <= 4 else small(seed + 1000)


@pytest.mark.parametrize("seed", range(20))
def test_all_courses_together_are_the_exact_crisis(seed: int) -> None:
    spec = small(seed)
    courses = likely_courses(*solved(spec), ALL)
    answer = scalar_crisis(ladder_from_data(spec))

    def sum_of(chosen: list[Course]) -> float:
        return sum(course.probability for course in chosen)

    assert sum_of(list(courses)) == pytest.approx(1.0, abs=1e-12)
    assert sum_of([c for c in courses if any(s.crosses for s in c.steps)]) == pytest.approx(answer.war, abs=1e-12)
    for i in range(2):
        opened = [c for c in courses if any(s.opens and s.actor == i for s in c.steps)]
        yielded = [c for c in courses if c.steps[-1].action == YIELD and c.steps[-1].actor == i]
        assert sum_of(opened) == pytest.approx(answer.first_strike[i], abs=1e-12)
        assert sum_of(yielded) == pytest.approx(answer.yields[i], abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_likeliest_first_and_steps_multiply_up(seed: int) -> None:
    courses = likely_courses(*solved(small(seed) | {"autonomous_risk": [0] * len(small(seed)["concession"])}), 12)
    probabilities = [course.probability for course in courses]
    assert probabilities == sorted(probabilities, reverse=True)
    for course in courses:
        assert course.steps[0].actor == course.opener
        mass = course.steps[0].mass / course.steps[0].chosen
        for step in course.steps:
            mass *= step.chosen
            assert step.mass == pytest.approx(mass, rel=1e-12)
        assert course.steps[-1].mass == pytest.approx(course.probability, rel=1e-12)


def test_accidents_are_steps_but_their_absence_is_not() -> None:
    courses = likely_courses(*solved(five_rungs(spread=0, autonomous_risk=[0, 0.5, 0, 0, 0])), 200)
    actions = {step.action for course in courses for step in course.steps}
    assert ACCIDENT in actions
    assert PASS not in actions


def test_the_likeliest_course_to_war_ends_where_the_war_begins() -> None:
    to_war = likeliest_to_war(*solved(five_rungs(spread=0)))
    assert to_war is not None
    assert [step.crosses for step in to_war.steps] == [False] * (len(to_war.steps) - 1) + [True]
    assert to_war.probability == to_war.steps[-1].mass


def test_no_way_to_war() -> None:
    idle = {"strike": [0, 1], "gain": [0, 0], "cost": [0, 0], "harm": [0, 0], "audience": [0, 0], "press": 0}
    game = solved(two_rungs(*(idle | {"affront": 0, "may_climb": [True, False]} for _ in range(2))))
    assert likeliest_to_war(*game) is None
    (only,) = likely_courses(*game, 12)
    assert [step.action for step in only.steps] == [STAND, STAND]
