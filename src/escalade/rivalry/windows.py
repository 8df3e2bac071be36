"""Windows: what a year is worth against the years to come.

The value to a side of a crisis with today's forces, less that of a crisis with
the forces of some years on, times the crises expected until then, is what it
loses (or gains) by letting this one pass; so much its objective is worth more
(or less) in this crisis. Both are read off the expected path with the solver of
the exact crisis.

After Powell (2006), War as a Commitment Problem, International Organization 60:169.
"""

from __future__ import annotations

import numpy as np

from escalade.crisis.exact import (
    BLOCK,
    LATTICE_POINTS,
    Workspace,
    new_workspace,
    opening_weights,
    resolve_deviates,
    set_up,
    spread_stakes,
    stake_lattice,
)
from escalade.crisis.soil import meeting
from escalade.crisis.solve import TYPES, solve
from escalade.jit import kernel_allocating
from escalade.rivalry.path import Path, expected_paths, in_year_of
from escalade.rivalry.standing import Standing
from escalade.worlds import Reals, Wholes, World, Worlds, world_at


@kernel_allocating
def value_of_crisis(world: World, ids: Wholes, lattice: Reals, deviates: Reals, space: Workspace, out: Reals) -> None:
    """Expected utility of a crisis to both sides of a pair, over stakes, types and openers, into ``out`` [2]."""
    set_up(world, world, ids, space)
    weights, points = opening_weights(world, ids), space.stakes.shape[2] // TYPES
    out[:] = 0.0
    for begin in range(0, lattice.shape[1], points):
        spread_stakes(world, ids, lattice, begin, deviates, space.stakes)
        solve(space.tree, space.stakes, world.rules.precision, 0, space.solution)
        for s in range(2):
            for at in range(2):
                for t in range(TYPES):
                    for n in range(min(points, lattice.shape[1] - begin)):
                        worth = space.solution.value[s, space.tree.roots[at], t * points + n]
                        out[s] += weights[at] * worth
    out /= lattice.shape[1] * TYPES


def crisis_values(worlds: Worlds, index: Wholes, pair: int, points: int = LATTICE_POINTS) -> Reals:
    """Value of a crisis of a pair to both its sides with the forces of the worlds' first year [n, side of the pair].

    index : worlds [n]; points : stake points, a Fibonacci number
    """
    space = new_workspace(worlds, min(BLOCK, points))
    lattice, deviates, out = stake_lattice(points), resolve_deviates(), np.zeros((len(index), 2))
    for n, w in enumerate(index):
        ids = meeting(worlds.pairs[w], pair)
        value_of_crisis(world_at(worlds, int(w)), ids, lattice, deviates, space, out[n])
    return out


def expected_crises(rate: Reals, patience: Reals, horizon: Reals) -> Reals:
    """Discounted number of crises until the horizon: ``psi = sum over y = 1..h of rate beta^y``, elementwise."""
    years = np.arange(1, int(np.max(horizon, initial=0)) + 1)
    counted = np.where(years <= np.asarray(horizon)[..., None], np.asarray(patience)[..., None] ** years, 0.0)
    return np.asarray(rate * counted.sum(axis=-1))


def objective(value: Reals, psi: Reals, today: Reals, later: Reals) -> Reals:
    """``max(0, vbar + min(1, psi (E(F) - E(F^h))))``, elementwise: what an objective is worth with its window."""
    return np.maximum(0.0, value + np.minimum(1.0, psi * (today - later)))


def with_windows(worlds: Worlds, index: Wholes, points: int = LATTICE_POINTS) -> Worlds:
    """The worlds with ``objectives`` that weigh each year against those to come, for the chosen worlds.

    index : worlds whose histories are to be simulated [n]; the others keep theirs
    """
    horizon = worlds.sides["horizon"][index]
    far = int(horizon.max(initial=0.0))
    if far == 0:
        return worlds
    years = worlds.objectives.shape[1]
    path = expected_paths(worlds, worlds, index, years + far)
    objectives = worlds.objectives.copy()
    for pair in range(worlds.pairs.shape[1]):
        values = _along(worlds, index, path, pair, horizon, points)
        for s, end in enumerate(("first", "second")):
            rows, side = np.arange(len(index)), worlds.pairs[end][index, pair]
            ahead, own = horizon[rows, side].astype(int), worlds.sides[index, side]
            psi = expected_crises(worlds.pairs["rate"][index, pair], own["patience"], own["horizon"])
            for year in range(years):
                today, later = values[rows, year, s], values[rows, year + ahead, s]
                objectives[index, year, pair, s] = objective(own["value"], psi, today, later)
    return worlds._replace(objectives=objectives)


def _along(worlds: Worlds, index: Wholes, path: Path, pair: int, horizon: Reals, points: int) -> Reals:
    """Value of a crisis to both sides in every year of the path [n, y, side of the pair]; equal years are solved once.

    Where nobody in the pair looks ahead, or nothing ever changes, values are left at 0.
    """
    years = path.spent.shape[1]
    values = np.zeros((len(index), years, 2))
    members = np.stack([worlds.pairs[end][index, pair] for end in ("first", "second")], axis=1)
    looks = np.take_along_axis(horizon, members, axis=1).max(axis=1) > 0
    known: list[dict[bytes, int]] = [{} for _ in index]
    for year in range(years):
        marks = [_mark(path.standing, n, year) for n in range(len(index))]
        new = np.array([n for n in range(len(index)) if looks[n] and marks[n] not in known[n]], np.int64)
        here = in_year_of(worlds, index, path, year)
        if new.size:
            values[new, year] = crisis_values(here, new, pair, points)
        for n in range(len(index)):
            values[n, year] = values[n, known[n].setdefault(marks[n], year)]
    return values


def _mark(standing: Standing, n: int, year: int) -> bytes:
    """What tells one standing of a world from another."""
    return b"".join(each[n, year].tobytes() for each in standing)
