"""Solving games (T5): random trees and random ladders against plain recursive solutions."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, new_workspace, place_stakes, resolve_deviates, set_up
from escalade.crisis.ladder import OPEN, STOOD, STRUCK, STRUCK_LIGHTLY, decode
from escalade.crisis.solve import TYPES, Solution, new_solution, solve
from escalade.crisis.tree import CHANCE, CLIMB, END, LIGHT, STAND, L, Tree, TreeBuilder, V
from tests.verification import worlds_by_hand as by_hand
from verification.twin import game as plain_game
from verification.twin import ladder as plain_ladder
from verification.twin.exact import first_tables
from verification.twin.reading import read, under_protection

PRECISIONS = (0.0, 1.0, 20.0, math.inf)
POINTS = 2


# --- random explicit trees ------------------------------------------------------------------------------------------


def random_tree(seed: int) -> Tree:
    """Up to 20 nodes, a fifth of them chance, up to 5 edges each; now and then two edges are exactly alike."""
    draw = random.Random(seed)
    game, nodes = TreeBuilder(), draw.randint(3, 20)
    movers = [draw.choice((0, 1, 0, 1, CHANCE)) for _ in range(nodes)]
    for mover in movers:
        game.node(mover)
    for node, mover in enumerate(movers):
        count = draw.randint(2, 5)
        chances = [draw.random() for _ in range(count)]
        fields: dict[str, Any] = {}
        for at in range(count):
            later = draw.randint(node + 1, nodes) if node + 1 < nodes else nodes
            if at == 0 or draw.random() > 0.1:
                fields = random_edge(draw)
            chance = chances[at] / sum(chances) if mover == CHANCE else 1.0
            actor = draw.randint(0, 1) if mover == CHANCE else mover
            game.edge(node, END if later == nodes else later, **fields | {"chance": chance, "actor": actor})
    tree = game.build()
    for node in range(nodes):
        tree.nodes[node]["struck"] = movers[node] != CHANCE and draw.random() < 0.5
    return tree


def random_edge(draw: random.Random) -> dict[str, Any]:
    """Utilities of all kinds: constants, and shares of either stake."""
    constants = ("own_const", "other_const", "calm_const", "own_coef", "other_coef")
    return {name: draw.uniform(-1, 1) for name in constants} | {
        "own_stake": draw.choice((V, L)),
        "other_stake": draw.choice((V, L)),
        "action": draw.randint(STAND - 1, CLIMB),
    }


class Recursive:
    """The same game solved by recursion over dictionaries, one stake point, straight from the definition."""

    def __init__(self, tree: Tree, stakes: np.ndarray, precision: float):
        self.tree, self.stakes, self.precision = tree, stakes, precision

    def edges(self, node: int) -> range:
        return range(self.tree.nodes[node]["start"], self.tree.nodes[node]["stop"])

    def along(self, e: int, side: int, kind: int, calm: bool = False) -> float:
        """Utility of an edge to a type of a side, with what follows."""
        edge = self.tree.edges[e]
        part = "own" if side == edge["actor"] else "other"
        constant = edge["calm_const"] if calm else edge[f"{part}_const"]
        now = constant + edge[f"{part}_coef"] * self.stakes[side, edge[f"{part}_stake"], kind]
        return float(now + (self.value(edge["next"], side, kind) if edge["next"] != END else 0.0))

    def choice(self, node: int, kind: int, calm: bool = False) -> list[float]:
        """Logit choice of a type of the mover."""
        if self.tree.nodes[node]["mover"] == CHANCE:
            return [float(self.tree.edges[e]["chance"]) for e in self.edges(node)]
        mover = int(self.tree.nodes[node]["mover"])
        worth = [self.along(e, mover, kind, calm) for e in self.edges(node)]
        best = max(worth)
        if math.isinf(self.precision):
            weights = [float(w == best) for w in worth]
        else:
            weights = [math.exp(self.precision * (w - best)) for w in worth]
        return [w / sum(weights) for w in weights]

    def value(self, node: int, side: int, kind: int) -> float:
        """Expected utility of a type of a side: its own choice, the other's averaged over types."""
        mover = self.tree.nodes[node]["mover"]
        kinds = [kind] if mover in (side, CHANCE) else range(TYPES)
        each = [self.choice(node, k) for k in kinds]
        mean = [sum(column) / len(each) for column in zip(*each, strict=True)]
        return sum(p * self.along(e, side, kind) for p, e in zip(mean, self.edges(node), strict=True) if p > 0.0)


class Remembering(Recursive):
    """Recursion that works nothing out twice."""

    def __init__(self, tree: Tree, stakes: np.ndarray, precision: float):
        super().__init__(tree, stakes, precision)
        self._values: dict[tuple[int, int, int], float] = {}

    def value(self, node: int, side: int, kind: int) -> float:
        key = int(node), side, kind
        if key not in self._values:
            self._values[key] = super().value(node, side, kind)
        return self._values[key]


def stakes_of(seed: int) -> np.ndarray:
    """Random positive stakes [side, V or L, lane]."""
    return np.random.default_rng(seed).lognormal(0.0, 0.6, (2, 2, TYPES * POINTS))


def solved(tree: Tree, stakes: np.ndarray, precision: float, priced: int = 0) -> Solution:
    solution = new_solution(int(tree.size[0]), int(tree.size[1]), stakes.shape[2] // TYPES)
    solve(tree, stakes, precision, priced, solution)
    return solution


@pytest.mark.parametrize("precision", PRECISIONS)
def test_t5_random_trees_equal_a_plain_recursion(precision: float) -> None:
    """T5: values and choices of every type at every node, and restraint bought, to 1e-12."""
    for seed in range(40):
        tree, stakes = random_tree(seed), stakes_of(seed)
        solution = solved(tree, stakes, precision, priced=len(tree.nodes))
        for point in range(POINTS):
            plain = Remembering(tree, stakes[:, :, point::POINTS], precision)
            for node in range(len(tree.nodes)):
                check_node(tree, node, point, plain, solution)


def check_node(tree: Tree, node: int, point: int, plain: Recursive, solution: Solution) -> None:
    edges = plain.edges(node)
    for kind in range(TYPES):
        lane = kind * POINTS + point
        choice = plain.choice(node, kind)
        assert solution.choice[edges.start : edges.stop, lane] == pytest.approx(choice, abs=1e-12)
        for side in (0, 1):
            assert solution.value[side, node, lane] == pytest.approx(plain.value(node, side, kind), abs=1e-12)
        if tree.nodes[node]["struck"]:
            calm = plain.choice(node, kind, calm=True)
            restraint = [tree.edges[e]["action"] in (STAND, LIGHT) for e in edges]
            bought = sum((p - q) for p, q, held in zip(choice, calm, restraint, strict=True) if held)
            assert solution.bought[node, lane] == pytest.approx(bought, abs=1e-12)
    expected = solution.choice[edges.start : edges.stop, point::POINTS].mean(axis=1)
    assert solution.expected[edges.start : edges.stop, point] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_stake_points_solved_side_by_side_do_not_touch(precision: float) -> None:
    """Each lane is a game of its own, bit for bit."""
    tree, stakes = random_tree(3), stakes_of(3)
    together = solved(tree, stakes, precision)
    for point in range(POINTS):
        alone = solved(tree, np.ascontiguousarray(stakes[:, :, point::POINTS]), precision)
        assert np.array_equal(alone.choice, together.choice[:, point::POINTS])


def test_equal_choice_without_precision() -> None:
    """lambda = 0: every action of every decision is equally likely, whatever it pays."""
    for seed in range(10):
        tree = random_tree(seed)
        solution = solved(tree, stakes_of(seed), 0.0)
        for node in range(len(tree.nodes)):
            start, stop = tree.nodes[node]["start"], tree.nodes[node]["stop"]
            if tree.nodes[node]["mover"] != CHANCE:
                assert (solution.choice[start:stop] == 1.0 / (stop - start)).all()


def test_ties_at_infinite_precision_split_equally() -> None:
    game = TreeBuilder()
    top = game.node(0)
    for worth in (0.25, 0.5, 0.5, 0.5):
        game.edge(top, END, own_const=worth)
    solution = solved(game.build(), np.ones((2, 2, TYPES)), math.inf)
    assert solution.choice[:, 0].tolist() == [0.0, 1 / 3, 1 / 3, 1 / 3]


# --- published software ---------------------------------------------------------------------------------------------

AGENT_QRE = [0.5046257851546408, 0.49537421484535915, 0.2431976074993088, 0.2584031893104306, 0.4983992031902606]
AGENT_QRE += [0.35434369377408204, 0.645656306225918, 0.4750208125210378, 0.5249791874789622]
"""Agent quantal response equilibrium at lambda = 1 of the tree in the test below, in the order of its decision edges.

Computed with pygambit 17.0.0b2, ``pygambit.qre.logit_solve_lambda(game, 1.0, first_step=0.001)`` (Savani and Turocy,
Gambit: The package for computation in game theory, gambit-project.org; method: Turocy 2010, Economic Theory 42:255).
"""


def test_t5_agent_qre_equals_gambit() -> None:
    """T5: without private resolve backward logit is the agent quantal response equilibrium of the tree, to 1e-6."""
    game = TreeBuilder()
    top, chance, reply, last, second = (game.node(m) for m in (0, CHANCE, 1, 0, 0))
    game.edge(top, END)
    game.edge(top, chance)
    game.edge(chance, reply, actor=0, chance=0.9)
    game.edge(chance, END, actor=0, chance=0.1, own_const=-1.5, other_const=-1.0)
    game.edge(reply, END, own_const=-0.8, other_const=1.0)
    game.edge(reply, last)
    game.edge(reply, second)
    game.edge(last, END, own_const=0.1, other_const=0.1)
    game.edge(last, END, own_const=0.7, other_const=-1.2)
    game.edge(second, END, own_const=-0.5, other_const=0.6)
    game.edge(second, END, own_const=-0.4, other_const=-0.7)
    tree = game.build()
    choice = solved(tree, np.ones((2, 2, TYPES)), 1.0).choice[:, 0]
    assert np.delete(choice, [2, 3]) == pytest.approx(AGENT_QRE, abs=1e-6)


# --- random ladders -------------------------------------------------------------------------------------------------

HOW = {OPEN: plain_ladder.OPEN, STRUCK: plain_ladder.STRUCK, STRUCK_LIGHTLY: plain_ladder.LIGHTLY, STOOD: "stood"}


def random_setup(seed: int) -> by_hand.Changes:
    """A random crisis with raids: accidents, partners with a leash, calm, light replies; every rule comes up."""
    draw = random.Random(seed)
    base = by_hand.SETUPS[draw.choice(("partner", "boost", "leash_without_choice", "strikes_from_the_start"))]()
    sides = [
        side
        | {
            "tolerance": draw.uniform(50, 900),
            "affront": draw.uniform(0, 0.3),
            "pressure": draw.uniform(0, 2),
            "calm": draw.uniform(0, 1),
            "leash": draw.choice((0.0, draw.uniform(0, 0.3))),
            "first_cost": draw.choice((0.0, draw.uniform(0, 0.2))),
            "neglect": draw.choice((0.0, draw.uniform(0, 1))),
        }
        for side in base["sides"]
    ]
    layers = [
        [
            one
            | {
                "stock": float(draw.randint(0, 60)),
                "defends": draw.choice((0.0, 0.5, 1.0)),
                "joins": draw.choice((0.0, draw.random())),
            }
            for one in side
        ]
        for side in base["layers"]
    ]
    steps = [[step | {"may_climb": int(draw.random() > 0.1)} for step in side] for side in base["steps"]]
    rungs = [(c, draw.choice((0.0, 0.2))) for c, _ in base["rungs"]]
    rules = {"waves": draw.randint(1, 2), "light_replies": draw.randint(0, 1), "no_yield": int(draw.random() < 0.2)}
    return base | {
        "sides": sides,
        "layers": layers,
        "steps": steps,
        "rungs": rungs,
        "rules": base["rules"] | rules,
        "beliefs": [[draw.gauss(0, 1) for _ in range(2)] for _ in range(2)],
    }


Choices = list[list[float]]


def solved_both_ways(setup: by_hand.Changes, precision: float) -> Iterator[tuple[plain_ladder.State, Choices, Choices]]:
    """Every reachable state with the kernels' choices [action, type] and those of the plain recursion."""
    setup = setup | {"rules": setup["rules"] | {"precision": precision}}
    world, baseline = by_hand.world_of(setup), by_hand.world_of(by_hand.without_shield(setup))
    space = new_workspace(by_hand.bundle(world), 1)
    ids, z = np.array([0, 1, 0, 0]), (0.3, -0.4)
    bare = under_protection(read(world), read(baseline))
    calm = world._replace(**{name: getattr(baseline, name) for name in ("layers", "kill", "beliefs")})
    set_up(world, calm, ids, space)
    place_stakes(world, ids, *z, 0, resolve_deviates(), space.stakes)
    solve(space.tree, space.stakes, precision, 0, space.solution)

    plain = read(world)
    rules = plain_ladder.Rules(plain.sides, plain.steps, plain.rungs, plain.rules)
    ladder = plain_ladder.RaidLadder(rules, first_tables(plain), bare_tables=first_tables(bare))
    v, l = plain_game.public_stakes(z, plain.rules.stake_spread)
    game = plain_game.Game(ladder, plain_game.stakes(v, l, plain.rules.resolve_spread), precision)
    for node in space.tree.nodes[: space.tree.size[0]]:
        if node["mover"] != CHANCE:
            state = plain_state(int(node["state"]), plain.rules.waves + 1)
            choice = space.solution.choice[node["start"] : node["stop"]]
            yield state, choice.tolist(), [list(row) for row in zip(*game.choice(state).by_type, strict=True)]


def plain_state(number: int, counts: int) -> plain_ladder.State:
    """The recursion's name of a state."""
    state = decode(number, counts)
    strikes = (state.own, state.other) if state.mover == 0 else (state.other, state.own)
    return plain_ladder.State(
        state.rung, state.mover, HOW[state.how], strikes, state.first - 1 if state.first else None
    )


@pytest.mark.parametrize("precision", PRECISIONS)
def test_t5_random_ladders_equal_a_plain_recursion(precision: float) -> None:
    """T5: every reachable state of 200 random games with accidents, leash, calm and light replies, to 1e-12."""
    begin = 50 * PRECISIONS.index(precision)
    for seed in range(begin, begin + 50):
        states = 0
        for state, ours, theirs in solved_both_ways(random_setup(seed), precision):
            assert np.array(ours) == pytest.approx(np.array(theirs), abs=1e-12), (seed, state)
            states += 1
        assert states >= 2


def test_a_partner_that_never_comes_is_no_partner() -> None:
    """Partner layers with commitment 0 cannot fire, so their leash cannot bind: the crisis is the one without them."""
    setup = by_hand.partner()
    absent = [[one | {"defends": 0.0, "joins": 0.0} if one.get("partner") else one for one in setup["layers"][0]]]
    alone = [[one | {"kill": {}, "partner": 0} if one.get("partner") else one for one in setup["layers"][0]]]
    outcomes = []
    for shield in (absent, alone):
        world = by_hand.bundle(by_hand.world_of(setup | {"layers": [*shield, setup["layers"][1]]}))
        outcomes.append(exact_crises(world, world, np.array([0]), points=13)[0])
    assert outcomes[0] == pytest.approx(outcomes[1], abs=1e-12)
