"""The exact crisis under every combination of the five reasons why protection changes decisions.

A protection enters the decisions of a crisis in five places, told apart by whose
payoff they touch. Each place may see the policy's protection or the baseline's:
2^5 crises for one world. The planning tables know nothing of it. They are built
for three plain choices (the protection that strikes meet, the one that decides
what they destroy on the ground, and whose belief the owner holds); the other
reasons pick fields of finished tables (``mixed``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

import numpy as np

from escalade.crisis.exact import BLOCK, LATTICE_POINTS, resolve_deviates, stake_lattice, with_protection_of
from escalade.crisis.forces import CELL
from escalade.crisis.forward import outcome_width
from escalade.crisis.parted import Bench, fill_tables, matters_under_both, new_bench, solve_table
from escalade.crisis.soil import meeting
from escalade.worlds import Reals, Records, Wholes, World, Worlds, world_at

REASONS = ("denial", "impunity", "restraint", "survival", "delusion")
"""In a combination's number the first is the lowest bit: 1 if its place sees the policy's protection."""

Variants: TypeAlias = dict[tuple[int, int], World]
"""A world by protection and by the owners' belief about it; 1: the policy's, 0: the baseline's."""

COMBINATIONS = 2 ** len(REASONS)

WINS = ("gain", "losses", "light_gain", "light_losses")
"""Fields that a striker reads of its own table: what it wins, and the crews it loses."""
SUFFERS = ("gain", "deaths", "toll", "light_gain", "light_deaths", "light_toll")
"""Fields that the struck side reads of its own table: what it loses and whom."""
FEELS = ("felt", "stopped", "light_felt", "light_stopped")
"""Fields that the struck side's pressure to answer is made of."""


def mixed(denial: Records, impunity: Records, restraint: Records) -> Records:
    """A planning table whose fields see different protections.

    denial, impunity, restraint : CELL [observer, first striker, mover, rung, own, other], built for the
        protection that each reason sees; alike in what is possible

    The other side of a shield is its rival: what a striker wins, and what it may still claim, is denial; what
    the struck side loses, and has still to concede, impunity; its pressure, restraint.
    """
    table = np.zeros_like(denial)
    for field in ("possible", "light"):
        table[field] = denial[field]
    for mover, other in ((0, 1), (1, 0)):
        striker, struck = (mover, slice(None), mover), (other, slice(None), mover)
        for field in WINS:
            table[field][striker] = denial[field][striker]
        for field in SUFFERS:
            table[field][struck] = impunity[field][struck]
        for field in FEELS:
            table[field][struck] = restraint[field][struck]
        # Of the other's objective what is left: the mover would concede it, the other claims it.
        table["left_other"][striker] = impunity["left_other"][striker]
        table["left_other"][struck] = denial["left_other"][struck]
    return table


def with_belief_of(world: World, other: World) -> World:
    """The world in which every side believes of its own shield, and of its hosts', what it does in ``other``."""
    sides, beliefs = world.sides.copy(), world.beliefs.copy()
    sides["neglect"] = other.sides["neglect"]
    np.fill_diagonal(beliefs, other.beliefs.diagonal())
    for p, pair in enumerate(world.pairs):
        for s, patron in enumerate((pair["first"], pair["second"])):
            hosts = [side for side in world.soils[p, s]["side"] if side >= 0]
            beliefs[patron, hosts] = other.beliefs[patron, hosts]
    return world._replace(sides=sides, beliefs=beliefs)


def variants(world: World, baseline: World) -> Variants:
    """The world with each protection and each belief of its owners."""
    protected = with_protection_of(world, baseline), world
    return {(one, other): with_belief_of(protected[one], protected[other]) for one, other in product((0, 1), repeat=2)}


def crises_by_reason(
    worlds: Worlds, baseline: Worlds, index: Wholes, points: int = LATTICE_POINTS, pair: int = 0
) -> Reals:
    """Exact crises of chosen worlds under every combination of the five reasons.

    worlds : under the policy; baseline : the same worlds under the baseline
    index : worlds to solve [n]
    points : stake points, a Fibonacci number; pair : whose crisis
    Returns float64 [n, combination, q] with the columns named by ``exact.quantities``. Combination 31 is the
    crisis under the policy; 0 has the baseline's protection and all else of the policy.
    """
    out = np.empty((len(index), COMBINATIONS, 1 + outcome_width(worlds.steps.shape[2])))
    bench = new_bench(worlds, min(BLOCK, points))
    stakes = stake_lattice(points), resolve_deviates()
    for n, w in enumerate(index):
        own, calm = (world_at(each, int(w)) for each in (worlds, baseline))
        _combine(variants(own, calm), pair, stakes, bench, out[n])
    return out


def _combine(by_choice: Variants, pair: int, stakes: tuple[Reals, Reals], bench: Bench, out: Reals) -> None:
    """All combinations of one world, into ``out``; what is the same game is solved once."""
    own, calm = by_choice[1, 1], by_choice[0, 0]
    ids = meeting(own.pairs, pair)
    helped = np.zeros(2, np.int64)
    matters = matters_under_both(own, calm, ids, helped, bench)
    known: dict[bytes, int] = {}
    calm_table = np.zeros_like(bench.ground.table)
    for number, table in _tables(by_choice, ids, matters[0], bench):
        if number == 0:
            calm_table = table
        same = known.setdefault(table.tobytes(), number)
        if same == number:
            solve_table(own, ids, (table, calm_table), helped, matters, *stakes, bench.space, out[number])
        else:
            out[number] = out[same]


def _tables(by_choice: Variants, ids: Wholes, firsts: int, bench: Bench) -> Iterator[tuple[int, Records]]:
    """Number and table of every combination, combination 0 first."""
    for delusion, survival in product((0, 1), repeat=2):
        fill_tables(by_choice[1 - survival, delusion], by_choice[survival, delusion], ids, firsts, bench)
        whole, parted = bench.ground.table.copy(), bench.space.plan.table.copy()
        for table in (whole, parted):
            table[:, firsts:] = np.zeros((), CELL)  # of another world, or of none
        by_protection = (parted, whole) if survival else (whole, parted)
        for restraint, impunity, denial in product((0, 1), repeat=3):
            number = denial + 2 * impunity + 4 * restraint + 8 * survival + 16 * delusion
            yield number, mixed(by_protection[denial], by_protection[impunity], by_protection[restraint])
