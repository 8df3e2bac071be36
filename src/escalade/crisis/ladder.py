"""The ladder game: states, actions and utilities, compiled to a tree.

A state is (rung, mover, how, strikes of side 0 and of side 1 at this rung, who
struck first). The tree is finite and acyclic: strikes raise a count up to K,
climbing raises the rung, and two sides that stand in turn end the crisis.
Actions stand in one order (yield, stand, light reply, answer, climb), on which
the coupling under common random numbers depends.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.crisis.tree import (
    ACCIDENT,
    ANSWER,
    CHANCE,
    CLIMB,
    EDGE,
    END,
    LIGHT,
    NODE,
    PASS,
    STAND,
    THREAT,
    YIELD,
    L,
    Tree,
    V,
)
from escalade.jit import kernel, kernel_inline
from escalade.worlds import Reals, Records, Wholes, World

OPEN, STRUCK, STRUCK_LIGHTLY, STOOD = range(4)
"""How the mover came to move: at the start or after a threat; just struck; the other has just stood down."""

NOBODY = 0
"""Who struck first: nobody; side s is s + 1; where it does not matter who, somebody is 1."""


class State(NamedTuple):
    """A state of the crisis."""

    rung: int
    mover: int
    how: int
    own: int  # strikes of the mover at this rung
    other: int  # strikes of the other side
    first: int


IF_STRUCK_FIRST, IF_STRIKING_FIRST = 1, 2
"""When partners may take part with their layers."""


class Game(NamedTuple):
    """What the compiler of the ladder reads."""

    world: World
    ids: Wholes  # of the pair, see ``crisis.soil``
    table: Records  # CELL [observer, first striker, mover, rung, own, other]
    calm_table: Records  # the same under the baseline's protection
    fired: Wholes  # 1: partner layers have fired for the side in this crisis [2]
    helped: Wholes  # when partner layers could still fire for the side: IF_STRUCK_FIRST + IF_STRIKING_FIRST [2]
    suffered: Reals  # toll, share stopped at the root; then behind the baseline's protection; -1: no strike [4]
    firsts: int  # tables by first striker: 1 or 2
    apart: int  # 1: states keep apart who struck first


class Scratch(NamedTuple):
    """Working memory of the compiler."""

    seen: Wholes  # node of a state + 1; 0: not reached
    sizes: Wholes  # rungs, counts per side


def new_tree(rungs: int, waves: int) -> tuple[Tree, Scratch]:
    """Empty tree and scratch, large enough for any ladder of that many rungs and strikes per rung."""
    states = rungs * 2 * 4 * (waves + 1) ** 2 * 3
    tree = Tree(np.zeros(2 * states, NODE), np.zeros(8 * states, EDGE), np.zeros(2, np.int64), np.full(2, END))
    return tree, Scratch(np.zeros(states, np.int64), np.array([rungs, waves + 1]))


@kernel_inline
def code(state: State, counts: int) -> int:
    """Number of a state. ``counts`` = K + 1."""
    at = (state.rung * 2 + state.mover) * 4 + state.how
    return ((at * counts + state.own) * counts + state.other) * 3 + state.first


@kernel_inline
def decode(number: int, counts: int) -> State:
    """The state with that number; inverse of ``code``."""
    at, first = divmod(number, 3)
    at, other = divmod(at, counts)
    at, own = divmod(at, counts)
    at, how = divmod(at, 4)
    rung, mover = divmod(at, 2)
    return State(rung, mover, how, own, other, first)


@kernel_inline
def table_first(game: Game, state: State, actor: int) -> int:
    """Which first striker's table holds for a strike of ``actor`` from a state."""
    if game.firsts == 1:
        return 0
    return actor if state.first == NOBODY else state.first - 1


@kernel_inline
def suffered_strike(game: Game, table: Records, state: State) -> tuple[float, float]:
    """Toll and share stopped of the strike that the mover of a struck state has just suffered, as it expects them."""
    m, first = state.mover, table_first(game, state, 1 - state.mover)
    cell = table[m, first, 1 - m, state.rung, state.other - 1, state.own]
    if state.how == STRUCK:
        return cell.felt, cell.stopped
    return cell.light_felt, cell.light_stopped


@kernel
def pressure(game: Game, state: State, baseline: bool, at_root: bool) -> tuple[float, float]:
    """Pressure on the mover to answer, and the part of it that a light reply leaves (the deaths), in stakes."""
    if state.how != STRUCK and state.how != STRUCK_LIGHTLY:
        return 0.0, 0.0
    if at_root:
        at = 2 if baseline else 0
        toll, stopped = game.suffered[at], game.suffered[at + 1]
    else:
        toll, stopped = suffered_strike(game, game.calm_table if baseline else game.table, state)
    side = game.world.sides[game.ids[state.mover]]
    grief = side.pressure * toll / side.tolerance
    return grief + side.pressure * side.affront * (1.0 - side.calm * stopped), grief


@kernel_inline
def striking_costs(game: Game, state: State, m: int, rung: int) -> float:
    """Cost of a strike of m at a rung from a state: its own, the leash of partners, and that of striking first."""
    side = game.world.sides[game.ids[m]]
    cost = game.world.steps[game.ids[m], rung].cost
    struck_by_other = (state.other if m == state.mover else state.own) > 0
    struck_first = state.first == 2 - m
    partners = game.helped[m] & (IF_STRUCK_FIRST if struck_first else IF_STRIKING_FIRST)
    if game.fired[m] or (partners and (struck_by_other or struck_first)):
        cost += side.leash
    if state.first == NOBODY:
        cost += side.first_cost
    return cost


@kernel_inline
def new_edge(tree: Tree, action: int, actor: int, rung: int, successor: int) -> int:
    """Append a blank edge; returns its number."""
    number = tree.size[1]
    edge = tree.edges[number]
    tree.size[1] += 1
    edge.action, edge.actor, edge.rung, edge.next = action, actor, rung, successor
    edge.strike, edge.opens, edge.crosses, edge.quiet = -1, 0, 0, 0
    edge.own_stake, edge.other_stake = V, L
    edge.chance, edge.share, edge.deaths, edge.toll = 1.0, 0.0, 0.0, 0.0
    edge.own_coef, edge.own_const, edge.calm_const = 0.0, 0.0, 0.0
    edge.other_coef, edge.other_const = 0.0, 0.0
    return number


@kernel
def add_strike(tree: Tree, game: Game, state: State, action: int, i: int, t: int, chance: float) -> None:
    """An edge on which side i strikes: at its light rung, at the present rung or, climbing, at rung t."""
    counts = game.world.rules.waves + 1
    climbs = action in (CLIMB, ACCIDENT)
    own = 0 if climbs else state.own
    other = 0 if climbs else state.other
    first = table_first(game, state, i)
    mine, theirs = game.table[i, first, i, t, own, other], game.table[1 - i, first, i, t, own, other]
    light = action == LIGHT
    fought = mine.light if light else t
    striker, struck = game.world.sides[game.ids[i]], game.world.sides[game.ids[1 - i]]
    soldiers = game.world.steps[game.ids[i], fought].soldiers + (mine.light_losses if light else mine.losses)
    led = state.first
    if led == NOBODY:
        led = i + 1 if game.apart else 1
    after = State(t, 1 - i, STRUCK_LIGHTLY if light else STRUCK, other, own + 1, led)
    edge = tree.edges[new_edge(tree, action, i, t, code(after, counts))]
    edge.strike, edge.chance, edge.opens = fought, chance, state.first == NOBODY
    war = game.world.rules.war_rung
    edge.crosses = not light and t >= war and (state.rung < war or (state.rung == war and state.own + state.other == 0))
    edge.own_coef = mine.light_gain if light else mine.gain
    edge.own_const = -striking_costs(game, state, i, fought) - soldiers / striker.tolerance
    if light:
        edge.own_const -= pressure(game, state, False, is_root(game, tree, state))[1]
    edge.calm_const = edge.own_const
    edge.deaths = theirs.light_deaths if light else theirs.deaths
    edge.toll = theirs.light_toll if light else theirs.toll
    edge.other_coef = -(theirs.light_gain if light else theirs.gain)
    edge.other_const = -edge.toll / struck.tolerance


@kernel_inline
def is_root(game: Game, tree: Tree, state: State) -> bool:
    """Whether a state is the one from which the crisis is solved anew after an actual strike."""
    return tree.roots[0] == code(state, game.world.rules.waves + 1) and game.suffered[0] >= 0.0


@kernel
def add_moves_without_force(tree: Tree, game: Game, state: State, heat: float, calm_heat: float) -> None:
    """Yielding and standing."""
    m, o = state.mover, 1 - state.mover
    counts = game.world.rules.waves + 1
    if state.rung >= 1 and not game.world.rules.no_yield:
        concession = game.world.rungs[state.rung].concession
        first = 0 if game.firsts == 1 or state.first == NOBODY else state.first - 1
        edge = tree.edges[new_edge(tree, YIELD, m, state.rung, END)]
        edge.own_stake, edge.other_stake = L, V
        edge.share = concession * game.table[m, first, m, state.rung, state.own, state.other].left_other
        audience = game.world.steps[game.ids[m], state.rung].audience
        edge.own_coef, edge.own_const, edge.calm_const = -edge.share, -audience - heat, -audience - calm_heat
        edge.other_coef = concession * game.table[o, first, m, state.rung, state.own, state.other].left_other
    after = State(state.rung, o, STOOD, state.other, state.own, state.first)
    edge = tree.edges[new_edge(tree, STAND, m, state.rung, END if state.how == STOOD else code(after, counts))]
    edge.own_const, edge.calm_const = -heat, -calm_heat
    edge.quiet = state.how == STOOD and state.first == NOBODY


@kernel
def add_climb(tree: Tree, game: Game, state: State, heat: float, calm_heat: float) -> None:
    """Climbing to the next rung: by a strike, or by a threat where the rung is none of force."""
    m, t = state.mover, state.rung + 1
    if t >= game.world.steps.shape[1]:
        return
    step = game.world.steps[game.ids[m], t]
    if not step.may_climb:
        return
    if step.effort > 0.0:
        if game.table[m, table_first(game, state, m), m, t, 0, 0].possible:
            add_strike(tree, game, state, CLIMB, m, t, 1.0)
        return
    edge = tree.edges[
        new_edge(tree, THREAT, m, t, code(State(t, 1 - m, OPEN, 0, 0, state.first), game.world.rules.waves + 1))
    ]
    edge.own_const, edge.calm_const = -step.cost - heat, -step.cost - calm_heat


@kernel
def add_decision(tree: Tree, game: Game, state: State, number: int) -> None:
    """The decision node of a state, with its edges."""
    at_root = is_root(game, tree, state)
    heat, grief = pressure(game, state, False, at_root)
    calm_heat, calm_grief = pressure(game, state, True, at_root)
    node = tree.nodes[tree.size[0]]
    tree.size[0] += 1
    node.mover, node.rung, node.state, node.start = state.mover, state.rung, number, tree.size[1]
    node.struck = state.how == STRUCK or state.how == STRUCK_LIGHTLY
    add_moves_without_force(tree, game, state, heat, calm_heat)
    if state.own < game.world.rules.waves:
        mine = game.table[
            state.mover, table_first(game, state, state.mover), state.mover, state.rung, state.own, state.other
        ]
        if node.struck and mine.light >= 0:
            add_strike(tree, game, state, LIGHT, state.mover, state.rung, 1.0)
            tree.edges[tree.size[1] - 1].calm_const += grief - calm_grief
        if mine.possible:
            add_strike(tree, game, state, ANSWER, state.mover, state.rung, 1.0)
    add_climb(tree, game, state, heat, calm_heat)
    node.stop = tree.size[1]


@kernel_inline
def accident_of(game: Game, state: State, i: int) -> float:
    """Chance that arriving in a state makes side i strike at the next rung by no decision of anybody."""
    t = state.rung + 1
    if t >= game.world.steps.shape[1] or game.world.rungs[state.rung].risk <= 0.0:
        return 0.0
    step = game.world.steps[game.ids[i], t]
    able = step.effort > 0.0 and step.may_climb and game.table[i, table_first(game, state, i), i, t, 0, 0].possible
    return 0.5 * game.world.rungs[state.rung].risk if able else 0.0


@kernel
def add_chance(tree: Tree, game: Game, state: State, number: int) -> None:
    """The chance node before a state's decision, if accidents can happen there. It leads to the next node."""
    chances = accident_of(game, state, 0), accident_of(game, state, 1)
    if chances[0] + chances[1] <= 0.0:
        return
    node = tree.nodes[tree.size[0]]
    tree.size[0] += 1
    node.mover, node.rung, node.state, node.struck, node.start = CHANCE, state.rung, number, 0, tree.size[1]
    edge = tree.edges[new_edge(tree, PASS, 0, state.rung, -2)]
    edge.chance = 1.0 - chances[0] - chances[1]
    for i in range(2):
        if chances[i] > 0.0:
            add_accident(tree, game, state, i, chances[i])
    node.stop = tree.size[1]


@kernel
def add_accident(tree: Tree, game: Game, state: State, i: int, chance: float) -> None:
    """An accidental strike of side i, seen from a state in which either side may be the mover."""
    seen = state
    if i != state.mover:
        seen = State(state.rung, i, state.how, state.other, state.own, state.first)
    add_strike(tree, game, seen, ACCIDENT, i, state.rung + 1, chance)


@kernel
def add_state(tree: Tree, game: Game, scratch: Scratch, state: State) -> None:
    """Nodes and edges of a state if the game can reach it; marks the states that they lead to."""
    number = code(state, game.world.rules.waves + 1)
    if scratch.seen[number] == 0:
        return
    begin = tree.size[1]
    scratch.seen[number] = tree.size[0] + 1
    add_chance(tree, game, state, number)
    add_decision(tree, game, state, number)
    for e in range(begin, tree.size[1]):
        if tree.edges[e].next >= 0:
            scratch.seen[tree.edges[e].next] = 1


@kernel
def visit_rung(tree: Tree, game: Game, scratch: Scratch, rung: int) -> None:
    """Add the reached states of a rung, fewer strikes before more, standing after the rest."""
    waves = game.world.rules.waves
    for total in range(2 * waves + 1):
        for how in range(4):
            for own in range(max(0, total - waves), min(waves, total) + 1):
                for m in range(2):
                    for first in range(3 if game.apart else 2):
                        add_state(tree, game, scratch, State(rung, m, how, own, total - own, first))


@kernel
def compile_ladder(tree: Tree, game: Game, scratch: Scratch, roots: tuple[int, int]) -> None:
    """Compile the part of the ladder game that can be reached from ``roots`` (state numbers; END: none)."""
    for at in range(2):
        tree.size[at], tree.roots[at] = 0, roots[at]
    for number in range(scratch.seen.shape[0]):
        scratch.seen[number] = 0
    lowest = game.world.steps.shape[1]
    for at in range(2):
        if roots[at] >= 0:
            scratch.seen[roots[at]] = 1
            lowest = min(lowest, decode(roots[at], game.world.rules.waves + 1).rung)
    for rung in range(lowest, game.world.steps.shape[1]):
        visit_rung(tree, game, scratch, rung)
    for node in range(tree.size[0]):
        for e in range(tree.nodes[node].start, tree.nodes[node].stop):
            if tree.edges[e].next == -2:
                tree.edges[e].next = node + 1
            elif tree.edges[e].next >= 0:
                tree.edges[e].next = scratch.seen[tree.edges[e].next] - 1
    for at in range(2):
        if roots[at] >= 0:
            tree.roots[at] = scratch.seen[roots[at]] - 1
