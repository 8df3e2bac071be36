"""Planned = realised (T13): where strikes leave everything as it was, what is planned is what happens.

Physics without surprises: stocks never end, nothing is destroyed on the ground, every probability is 0 or 1, launches
are whole, planners do not neglect saturation, and a strike is rewarded by a negative cost instead of a share of an
objective that others may take too. The game itself (ladder, stakes, resolve, affront, deaths, partners, accidents) is
that of the world at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from escalade.crisis.exact import (
    LATTICE_POINTS,
    new_workspace,
    opening_weights,
    resolve_deviates,
    set_up,
    spread_stakes,
    stake_lattice,
)
from escalade.crisis.forward import flow_forward, outcome_width
from escalade.crisis.ladder import STRUCK, State, decode
from escalade.crisis.play import solve_behind
from escalade.crisis.solve import TYPES, solve
from escalade.crisis.tree import ANSWER, CHANCE, CLIMB, LIGHT, STAND, YIELD, Tree
from escalade.ensemble.build import worlds as build
from escalade.ensemble.design import draw
from escalade.history.simulate import new_memory
from escalade.scenario import bundled_names, load_scenario
from escalade.worlds import Reals, Row, World, Worlds, world_at
from tests.crisis.cases import IDS, Solved, exact, solved
from tests.history.cases import histories, told
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds

ENDLESS = 1e9
CANDIDATES = 4
ONE_YEAR = 1
FEW_WARS = 50


def without_surprises(world: World) -> World:
    """The world with physics that plans foresee; about one crisis a year, of the first pair."""
    sides, arms, layers, steps = (getattr(world, name).copy() for name in ("sides", "arms", "layers", "steps"))
    for name in ("sigma", "truth", "neglect"):
        sides[name] = 0.0
    arms["stock"] = np.where(arms["stock"] > 0.0, ENDLESS, 0.0)
    arms["launch"] = 8.0 * np.ceil(arms["launch"] / 8.0)
    steps["effort"] = np.ceil(8.0 * steps["effort"]) / 8.0  # of launch limits in eights: whole launches
    for name in ("exposed_launchers", "exposed_stock"):
        arms[name] = 0.0
    for name in ("reliability", "threatening", "decoys"):
        arms[name] = np.rint(arms[name])
    usable = layers["stock"] - layers["reserve"] >= layers["shots"]
    layers["stock"] = np.where(usable, ENDLESS, 0.0)
    for name in ("availability", "defends", "joins"):
        layers[name] = np.rint(layers[name])
    layers["discrimination"] = 1.0
    # Which of several arms' units a boost layer misses is left to chance unless it can meet all.
    layers["channels"] = np.where(layers["boost"] == 1, np.inf, np.rint(layers["channels"]))
    steps["cost"] -= steps["objective"]
    steps["objective"] = 0.0
    pairs = world.pairs.copy()
    pairs["rate"] = np.arange(len(pairs)) == 0
    reached = world.falls > 0.0  # all units on the first soil that they reach: shares of whole units are rounded
    falls = (reached & (np.cumsum(reached, axis=2) == 1)).astype(float)
    none = {"arm_deliveries": 0.0 * world.arm_deliveries, "layer_deliveries": 0.0 * world.layer_deliveries}
    kill = (world.kill >= 0.3).astype(float)
    changes = {"sides": sides, "arms": arms, "layers": layers, "steps": steps, "pairs": pairs, "falls": falls}
    return world._replace(kill=kill, **changes, **none)


# --- what happens is as frequent as planned -------------------------------------------------------------------------


def compare(world: World, baseline: World, number: int) -> None:
    """Histories of one year in which there was exactly one crisis, against the exact crisis."""
    world, baseline = without_surprises(world), without_surprises(baseline)
    planned = exact(world, baseline, points=233)
    happened = histories(world, baseline, number, years=ONE_YEAR)
    one = happened["crises"] == 1
    for name, expected in planned.items():
        outcome, _, place = name.partition(".")
        if outcome == "reach":
            sample = (happened["highest_rung"] >= int(place))[one].astype(float)
        elif outcome in ("stand_off", "first_strike_rung") or outcome.startswith("end_"):
            continue  # a history does not keep them
        elif outcome == "deaths" and planned["war"] * one.sum() < FEW_WARS:
            continue  # nearly all deaths are those of a few wars: the sample does not know its own error
        else:
            sample = sum(happened[column] for column in columns_of(world, outcome, place))[one]
        assert_mean(sample, expected, name)


def columns_of(world: World, outcome: str, place: str) -> list[str]:
    """Columns of a history for one of an exact crisis: sides of the first pair by place; deaths on all their soils."""
    if not place:
        return [outcome]
    s = int(place)
    if outcome == "deaths":
        return [f"deaths.{side}" for side in world.soils[0, s]["side"] if side >= 0]
    return [f"{outcome}.{world.pairs[0]['second' if s else 'first']}"]


def assert_mean(sample: np.ndarray, expected: float, name: str) -> None:
    """Within four standard errors; of a probability, the larger of theory's and the sample's, and one event more."""
    spread = sample.std()
    if 0.0 <= expected <= 1.0:
        spread = max(spread, np.sqrt(expected * (1.0 - expected)))
    error = spread / np.sqrt(len(sample))
    gap = abs(sample.mean() - expected)
    assert gap <= 4.0 * error + 1.0 / len(sample), f"{name}: {sample.mean()} +- {error}, planned {expected}"


@cache
def drawn(name: str, policy: str) -> tuple[Worlds, Worlds]:
    """Candidate worlds of a bundled scenario under a policy and under its baseline."""
    scenario = load_scenario(name)
    baseline = scenario.policy(scenario.baseline)
    design = draw(scenario, CANDIDATES, seed=13)
    return build(scenario.policy(policy), baseline, design)[0], build(baseline, baseline, design)[0]


def focus_and_baseline() -> Iterator[tuple[str, str]]:
    for name in bundled_names():
        scenario = load_scenario(name)
        yield from ((name, policy) for policy in (scenario.focus, scenario.baseline))


def every_policy() -> Iterator[tuple[str, str]]:
    for name in bundled_names():
        yield from ((name, policy) for policy in load_scenario(name).policies)


@pytest.mark.parametrize("name", ["partner", "risk", "no_light", "threats_above"])
def test_t13_planned_is_realised(name: str) -> None:
    """T13: first strikes, wars and their labels, yields, restraint, strikes, deaths and every rung reached."""
    compare(*pair_of_worlds(name), number=1_000)


@pytest.mark.parametrize(("name", "policy"), list(focus_and_baseline()))
def test_t13_planned_is_realised_in_bundled_scenarios(name: str, policy: str) -> None:
    worlds, baseline = drawn(name, policy)
    compare(world_at(worlds, 0), world_at(baseline, 0), number=1_000)


@pytest.mark.verify
@pytest.mark.parametrize("name", VARIANTS)
def test_t13_planned_is_realised_in_every_world_by_hand(name: str) -> None:
    compare(*pair_of_worlds(name), number=10_000)


@pytest.mark.verify
@pytest.mark.parametrize(("name", "policy"), list(every_policy()))
def test_t13_planned_is_realised_under_every_policy(name: str, policy: str) -> None:
    worlds, baseline = drawn(name, policy)
    for w in range(CANDIDATES):
        compare(world_at(worlds, w), world_at(baseline, w), number=3_000)


def planned_light_replies(world: World) -> Reals:
    """Light replies per crisis by side [2], by a forward pass over the solved game at all lattice points."""
    lattice = stake_lattice(LATTICE_POINTS)
    points = lattice.shape[1]
    space = new_workspace(bundle(world), points)
    set_up(world, world, IDS, space)
    spread_stakes(world, IDS, lattice, 0, resolve_deviates(), space.stakes)
    solve(space.tree, space.stakes, float(world.rules["precision"]), 0, space.solution)
    out = np.zeros(outcome_width(len(world.rungs)))
    flow_forward(space.tree, opening_weights(world, IDS), space.solution, space.flow, points, out)
    replies = np.zeros(2)
    for node in range(int(space.tree.size[0])):
        at = space.tree.nodes[node]
        if at["mover"] != CHANCE:
            reach = space.flow.reach[node].sum(axis=1 - at["mover"])  # [type of the mover, point]
            for e in edges_of(at):
                if space.tree.edges[e]["action"] == LIGHT:
                    replies[at["mover"]] += (reach * space.solution.choice[e].reshape(TYPES, -1)).sum()
    return replies / points


@pytest.mark.parametrize("name", ["plain", "exchanged_ids"])
def test_t13_light_replies_are_as_frequent_as_planned(name: str) -> None:
    """T13: four standard errors; clustered, since a crisis may see several."""
    world, baseline = (without_surprises(each) for each in pair_of_worlds(name))
    planned = planned_light_replies(world)
    stories = [told(world, baseline, history, years=ONE_YEAR) for history in range(500)]
    crises = [tale.crises[0] for tale in stories if len(tale.crises) == 1]
    for side in (0, 1):
        replies = [sum(move.action == LIGHT and move.side == side for move in crisis.moves) for crisis in crises]
        assert planned[side] > 0.01
        assert_mean(np.array(replies, float), float(planned[side]), f"light replies of side {side}")


# --- the game solved anew is the game that was planned --------------------------------------------------------------

Place = tuple[int, int, int, int, int]
"""Rung, mover, how it came to move, its strikes and the other's."""


def decisions(tree: Tree, counts: int, first: set[int]) -> dict[Place, int]:
    """Decision nodes by their place in the game, of states in which one of ``first`` has struck first."""
    found = {}
    for node in range(int(tree.size[0])):
        if tree.nodes[node]["mover"] != CHANCE:
            state = decode(int(tree.nodes[node]["state"]), counts)
            if state.first in first:
                found[tuple(state[:5])] = node
    return found


def suffered(game: Solved, state: State, led: int, tables_apart: bool) -> tuple[float, float]:
    """Deaths and share stopped of the strike that leads to a state, as its mover planned them."""
    first = led if tables_apart else 0
    cell = game.table[state.mover, first, 1 - state.mover, state.rung, state.other - 1, state.own]
    light = "" if state.how == STRUCK else "light_"
    return float(cell[f"{light}felt"]), float(cell[f"{light}stopped"])


def solved_anew(world: World, game: Solved, state: State, led: int) -> tuple[Tree, np.ndarray]:
    """The game solved again after the strike that leads to ``state``, where side ``led`` struck first."""
    memory = new_memory(bundle(world), ONE_YEAR)
    live, table = memory.live, memory.table
    partners = world.layers["partner"] > 0
    joined = np.where(np.arange(2)[:, None] == led, world.layers["joins"], world.layers["defends"])
    live.committed[:] = np.where(partners, joined, 1.0)
    live.today.stock[:], live.today.launch[:] = world.arms["stock"], world.arms["launch"]
    live.today.interceptors[:] = world.layers["stock"]
    live.beliefs[:] = world.beliefs
    live.led[0] = led
    live.strikes[state.mover], live.strikes[1 - state.mover] = state.own, state.other
    apart = bool(((world.layers["defends"] != world.layers["joins"]) & partners).any())
    live.suffered[:2] = live.suffered[2:] = suffered(game, state, led, apart)
    table.stakes[:] = game.stakes[:, :, :, 0]
    solve_behind(world, IDS, state.rung, 1 - state.mover, state.how, live, table)
    return table.tree, table.solution.choice


def first_strikers(game: Solved, counts: int) -> Iterator[tuple[int, set[int]]]:
    """Who may have struck first, with the mark that the opening's states put on it."""
    marks = {decode(int(node["state"]), counts).first for node in game.tree.nodes[: game.tree.size[0]]}
    apart = 2 in marks
    yield from ((led, {led + 1 if apart else 1}) for led in ((0, 1) if apart else (0,)))


@pytest.mark.parametrize("name", ["plain", "partner", "risk", "threats_above", "three_waves", "strikes_from_the_start"])
def test_t13_the_game_solved_anew_is_the_game_that_was_planned(name: str) -> None:
    """T13: counts and all: after every strike that can happen, every later choice is the planned one, to 1e-12."""
    world = without_surprises(pair_of_worlds(name)[0])
    sides = world.sides.copy()
    sides["leash"] = 0.0  # that partners have fired is known after a strike only
    world = world._replace(sides=sides)
    game, counts = solved(world, [(0.4, -0.7)]), int(world.rules["waves"]) + 1
    compared = 0
    for led, marks in first_strikers(game, counts):
        planned = decisions(game.tree, counts, marks)
        for place in [place for place, node in planned.items() if game.tree.nodes[node]["struck"]]:
            tree, choice = solved_anew(world, game, State(*place, first=min(marks)), led)
            for again, node in decisions(tree, counts, {0, 1, 2}).items():
                compared += 1
                assert_same_choice(game, planned[again], tree, choice, node)
    assert compared > 100


def edges_of(node: Row) -> range:
    """Numbers of the edges that leave a node."""
    return range(node["start"], node["stop"])


def assert_same_choice(game: Solved, node: int, tree: Tree, choice: np.ndarray, other: int) -> None:
    """The same actions with the same probabilities for every type."""
    edges, others = edges_of(game.tree.nodes[node]), edges_of(tree.nodes[other])
    assert np.array_equal(game.tree.edges[edges]["action"], tree.edges[others]["action"])
    assert choice[others] == pytest.approx(game.solution.choice[edges], abs=1e-12)


def test_the_comparison_sees_every_kind_of_move() -> None:
    game = solved(without_surprises(pair_of_worlds("plain")[0]))
    nodes = game.tree.nodes[: game.tree.size[0]]
    moves = {int(game.tree.edges[e]["action"]) for node in nodes[nodes["struck"] == 1] for e in edges_of(node)}
    assert moves == {YIELD, STAND, LIGHT, ANSWER, CLIMB}
