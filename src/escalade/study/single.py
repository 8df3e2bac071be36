"""One crisis under each policy, every uncertain input at its most likely value: exact, and told.

Three views of the same crisis. The *exact* one averages over public stakes, private resolve and openers. The *courses*
are the likeliest ways through the game solved at median public stakes. The *two-move kernel* takes one strike of each
side at one rung out of the planning tables: four logistic formulas that show where signs come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalade.analysis.values import crisis_worlds
from escalade.crisis.courses import Course, likeliest_to_war, likely_courses
from escalade.crisis.exact import (
    Workspace,
    exact_crises,
    forget_commitment,
    load_forces,
    new_workspace,
    nothing_known,
    opening_weights,
    resolve_deviates,
    set_up,
    spread_stakes,
    who_matters,
    with_protection_of,
)
from escalade.crisis.ladder import IF_STRUCK_FIRST
from escalade.crisis.soil import meeting
from escalade.crisis.solve import solve
from escalade.crisis.two_move import Strike, TwoMoves, two_moves
from escalade.ensemble.build import Names, worlds
from escalade.ensemble.design import modes
from escalade.ensemble.kernels import crisis_columns
from escalade.ensemble.tables import CrisisTable
from escalade.quantities import Quantity, catalogue
from escalade.study.reference import in_year
from escalade.worlds import Records, World, Worlds, world_at

if TYPE_CHECKING:
    from escalade.scenario import Scenario

COURSES = 12
"""Courses of a crisis that are told."""


@dataclass(frozen=True)
class PolicyCrisis:
    """One crisis under one policy.

    values : by id of the quantity; what is a share of nothing is left out
    courses : likeliest first, at median public stakes; to_war : the likeliest that ends in war, up to its beginning
    two_moves : of the two-move kernel by opener, in the pair's order; None where that side cannot strike
    """

    values: Mapping[str, float]
    courses: tuple[Course, ...]
    to_war: Course | None
    two_moves: tuple[TwoMoves | None, TwoMoves | None]


@dataclass(frozen=True)
class SingleCrisis:
    """One crisis of a scenario under several policies, in the scenario's order.

    pair : ids of the two sides that have the crisis; sides 0 and 1 of courses and kernels
    rung : number of the rung whose strikes the two-move kernel is made of
    """

    scenario: Scenario
    names: Names
    quantities: Mapping[str, Quantity]
    pair: tuple[str, str]
    rung: int
    policies: Mapping[str, PolicyCrisis]


def single_crisis(scenario: Scenario, policies: Sequence[str] = (), courses: int = COURSES) -> SingleCrisis:
    """One crisis of a scenario at the most likely values of its inputs, with the forces of its reference year.

    policies : ids; all by default
    courses : how many courses are told of each

    Raises ``ScenarioError`` for an unknown policy.
    """
    design = modes(scenario)
    base = scenario.policy(scenario.baseline)
    asked = {name: scenario.policy(name) for name in policies or scenario.policies}
    calm, labels = worlds(base, base, design)
    calm = in_year(calm, scenario.reference_year)
    pair = labels.matches[labels.focus]
    meanings = catalogue(labels.vocabulary)
    columns = crisis_columns(labels)
    rung = _kernel_rung(scenario.war_rung, calm, labels.focus)
    found = {}
    for name in (name for name in scenario.policies if name in asked):
        here = in_year(worlds(asked[name], base, design)[0], scenario.reference_year)
        table = _table(name, columns, exact_crises(here, calm, np.array([0]), pair=labels.focus))
        told = solved_at_medians(here, calm, courses, rung, labels.focus)
        found[name] = PolicyCrisis(_values(table, meanings, name), *told)
    return SingleCrisis(scenario, labels, meanings, pair, rung, found)


def _table(policy: str, columns: tuple[str, ...], values: NDArray[np.float64]) -> CrisisTable:
    """The exact crisis as a table of one candidate world."""
    return CrisisTable(columns, {policy: values}, np.ones(1), np.ones(1, np.int64), {})


def _values(table: CrisisTable, meanings: Mapping[str, Quantity], policy: str) -> dict[str, float]:
    found = {name: crisis_worlds(table, quantity, policy) for name, quantity in meanings.items()}
    return {name: value.mean(table.weight) for name, value in found.items() if value is not None}


def solved_at_medians(
    here: Worlds, calm: Worlds, courses: int, rung: int, pair: int = 0
) -> tuple[tuple[Course, ...], Course | None, tuple[TwoMoves | None, TwoMoves | None]]:
    """Courses at median public stakes, the likeliest to war, and the two-move kernel of the same planning tables.

    here, calm : one world each, under the policy and under the baseline
    courses : how many; rung : of the kernel; pair : whose crisis
    """
    world, calm_world = world_at(here, 0), world_at(with_protection_of(here, calm), 0)
    ids = meeting(world.pairs, pair)
    space = new_workspace(here, 1)
    set_up(world, calm_world, ids, space)
    spread_stakes(world, ids, np.zeros((2, 1)), 0, resolve_deviates(), space.stakes)
    solve(space.tree, space.stakes, float(world.rules["precision"]), 0, space.solution)
    weights = opening_weights(world, ids)
    told = likely_courses(space.tree, space.solution, weights, courses)
    to_war = likeliest_to_war(space.tree, space.solution, weights)
    kernels = [_kernel(world, ids, space, opener, rung) for opener in range(2)]
    return told, to_war, (kernels[0], kernels[1])


def _kernel_rung(war: int, calm: Worlds, pair: int) -> int:
    """The rung of the two-move kernel: that of war, or the next one up at which both sides use force."""
    effort = calm.steps[0]["effort"][meeting(calm.pairs[0], pair)[:2]].min(axis=0)
    return next((rung for rung in range(war, effort.size) if effort[rung] > 0.0), war)


def _kernel(world: World, ids: NDArray[np.int64], space: Workspace, opener: int, rung: int) -> TwoMoves | None:
    """The two-move kernel of one opener, from the planning tables of a whole crisis."""
    helped, committed = np.zeros(2, np.int64), nothing_known(world)
    forget_commitment(world, ids, committed)
    load_forces(world, ids, space.today)
    firsts, _ = who_matters(world, ids, committed, space.today.interceptors, helped)
    table = space.plan.table[:, opener if firsts == 2 else 0]
    first = _strike(world, ids, table, opener, rung, answers=0)
    if first is None:
        return None
    answer = _strike(world, ids, table, 1 - opener, rung, answers=1, leashed=bool(helped[1 - opener] & IF_STRUCK_FIRST))
    return two_moves(first, answer, float(world.rules["precision"]))


def _strike(
    world: World, ids: NDArray[np.int64], table: Records, i: int, rung: int, *, answers: int, leashed: bool = False
) -> Strike | None:
    """A strike of side i at a rung, the first one or the answer to it, as each side expects it; None if it cannot.

    table : CELL [observer, mover, rung, own, other]
    """
    mine, theirs = table[i, i, rung, 0, answers], table[1 - i, i, rung, 0, answers]
    if not mine["possible"]:
        return None
    step, striker, struck = world.steps[ids[i], rung], world.sides[ids[i]], world.sides[ids[1 - i]]
    extra = striker["leash"] if leashed else 0.0 if answers else striker["first_cost"]
    harm = theirs["toll"] / struck["tolerance"]
    affront = struck["affront"] * (1.0 - struck["calm"] * theirs["stopped"])
    return Strike(
        gain=float(mine["gain"]),
        cost=float(step["cost"] + extra + (step["soldiers"] + mine["losses"]) / striker["tolerance"]),
        loss=float(theirs["gain"]),
        harm=float(harm),
        pressure=float(struck["pressure"] * (harm + affront)),
    )
