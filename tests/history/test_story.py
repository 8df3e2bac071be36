"""A story holds what its history holds: every column of the outcome, added up from the events."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from escalade.crisis.ladder import STOOD, STRUCK, STRUCK_LIGHTLY
from escalade.crisis.tree import ACCIDENT, ANSWER, CLIMB, LIGHT, STAND, YIELD
from escalade.history import simulate as module
from escalade.history.simulate import replay, simulate
from escalade.history.story import Crisis, Move, Raid, Story, story
from escalade.worlds import World
from tests.history.cases import CANDIDATE, SEED, YEARS, names
from tests.verification.worlds_by_hand import SEVERAL, VARIANTS, bundle, pair_of_worlds

HISTORIES = 3
LABELS = ("foreseen", "misjudged", "tremble", "accident")


@cache
def told(name: str, history: int) -> tuple[World, dict[str, float], Story]:
    """A history of a variant under its policy: world, outcome by column, story."""
    world, baseline = pair_of_worlds(name)
    row, journal = replay(bundle(world), bundle(baseline), 0, CANDIDATE, history, YEARS, SEED)
    return world, dict(zip(names(world), row, strict=True)), story(journal)


every_history = pytest.mark.parametrize(
    ("name", "history"), [(name, history) for name in VARIANTS for history in range(HISTORIES)]
)


WITHOUT_RACE = [name for name in (*VARIANTS, *SEVERAL) if not name.startswith("race")]
"""Set-ups in whose years no belief changes but by raids."""

with_several_sides = pytest.mark.parametrize(
    ("name", "history"), [(name, history) for name in WITHOUT_RACE for history in range(HISTORIES)]
)


@with_several_sides
def test_a_replay_is_the_simulated_history(name: str, history: int) -> None:
    world, baseline = pair_of_worlds(name)
    one = np.array([0])
    row = simulate(bundle(world), bundle(baseline), one, one + CANDIDATE, one + history, YEARS, SEED)[0]
    assert told(name, history)[1] == dict(zip(names(world), row, strict=True))


@with_several_sides
def test_events_add_up_to_the_outcome(name: str, history: int) -> None:
    world, row, tale = told(name, history)
    sums = books(world, tale)
    for column, value in row.items():
        if not column.startswith(("stock_end", "interceptors_end", "cost", "spending")):
            assert sums[column] == pytest.approx(value, rel=1e-12, abs=1e-12), column
    assert set(sums) <= set(row)


def books(world: World, tale: Story) -> dict[str, float]:
    """Outcome columns from the events alone."""
    sums: dict[str, float] = defaultdict(float)
    for crisis in tale.crises:
        sums["crises"] += 1
        sums[f"crises_between.{crisis.pair}"] += 1
        sums[f"war_between.{crisis.pair}"] = max(sums[f"war_between.{crisis.pair}"], crisis.war is not None)
        for move in crisis.moves:
            add_move(sums, crisis, move)
            if move.raid is not None:
                add_raid(sums, world, crisis, move.raid)
    return sums


def add_move(sums: dict[str, float], crisis: Crisis, move: Move) -> None:
    option, side = move.option, move.side
    sums["highest_rung"] = max(sums["highest_rung"], move.rung + 1 if option is None else option.rung)
    if move.how in (STRUCK, STRUCK_LIGHTLY) and option is not None:
        sums[f"struck.{side}"] += 1
        sums[f"restrained.{side}"] += move.action in (STAND, LIGHT)
        sums[f"restraint_bought.{side}"] += move.bought
    if move.action == YIELD and option is not None:
        sums[f"yield.{side}"] += 1
        sums[f"conceded.{side}"] += option.share
    if move.label is not None:
        sums["wars"] += 1
        if not sums["war"]:
            sums["war"], sums["war_year"], sums[f"war_by.{side}"] = 1, crisis.year + 1, 1
            sums[f"war_{LABELS[move.label]}"] = 1


def add_raid(sums: dict[str, float], world: World, crisis: Crisis, raid: Raid) -> None:
    i = raid.striker
    if raid.opens:
        sums[f"first_strike.{i}"] += 1
        if not sums["any_strike"]:
            sums["any_strike"] = 1
            sums["belief_gap"] = raid_gap(world, crisis, raid)
    sums[f"strikes.{i}"] += 1
    for soil in raid.soils:
        sums[f"deaths.{soil.side}"] += soil.deaths
    sums[f"soldiers.{i}"] += raid.soldiers
    for flight in raid.flights:
        sums[f"fired.{i}.{flight.arm}"] += flight.launched
    for layer in raid.layers:
        sums[f"interceptors.{layer.owner}.{layer.layer}"] += layer.used


def raid_gap(world: World, crisis: Crisis, raid: Raid) -> float:
    """The first striker's delusion about its own, or its first host's, shield: nobody has learned about it before."""
    home = world.soils[crisis.pair, crisis.sides.index(raid.striker), 0]["side"]
    return float(world.beliefs[raid.striker, home] - world.sides[home]["truth"])


@every_history
def test_moves_are_decisions(name: str, history: int) -> None:
    _, _, tale = told(name, history)
    for crisis in tale.crises:
        assert [move.arrival for move in crisis.moves] == list(range(len(crisis.moves)))
        first = crisis.moves[0]
        assert first.rung == 0
        assert first.action == ACCIDENT or first.side == crisis.opener
        for move in crisis.moves:
            if move.option is None:
                assert move.raid is not None
                continue
            assert sum(option.chance for option in move.options) == pytest.approx(1.0)
            assert sum(option.expected for option in move.options) == pytest.approx(1.0)
            assert move.option.chance > 0.0
            assert (move.raid is not None) == (move.option.strike is not None)
            assert move.pressure >= 0.0
            assert (move.pressure > 0.0) <= (move.how in (STRUCK, STRUCK_LIGHTLY))


@every_history
def test_choice_is_logit_on_the_utilities_told(name: str, history: int) -> None:
    world, _, tale = told(name, history)
    precision = float(world.rules["precision"])
    for crisis in tale.crises:
        for move in crisis.moves:
            if not move.options or np.isinf(precision):
                continue
            weights = np.exp(precision * (np.array([each.utility for each in move.options]) - move.options[0].utility))
            chances = [each.chance for each in move.options]
            np.testing.assert_allclose(chances, weights / weights.sum(), rtol=1e-9, atol=1e-12)


@every_history
def test_a_crisis_ends_when_a_side_backs_down_or_both_stand(name: str, history: int) -> None:
    for crisis in told(name, history)[2].crises:
        last = crisis.moves[-1]
        assert last.action in (YIELD, STAND)
        assert last.action == YIELD or last.how == STOOD
        assert (crisis.yielded is last) == (last.action == YIELD)
        assert all(move.action != YIELD for move in crisis.moves[:-1])


@every_history
def test_what_flies_is_kept_track_of(name: str, history: int) -> None:
    world, _, tale = told(name, history)
    for raid in tale.raids:
        for flight in raid.flights:
            arm = world.arms[raid.striker, flight.arm]
            assert flight.failed + flight.stopped_early <= flight.launched
            units = flight.launched - flight.failed - flight.stopped_early
            assert flight.objects >= units * arm["warheads"]
            assert flight.threats <= flight.objects
        for swarm in raid.swarms:
            flights = [each for each in raid.flights if world.arms[raid.striker, each.arm]["cls"] == swarm.cls]
            assert swarm.intercepted + swarm.through == sum(each.threats for each in flights)
            whole = swarm.intercepted + swarm.through + swarm.harmless_shot + swarm.left_alone
            assert whole == sum(each.objects for each in flights)
            assert min(swarm.intercepted, swarm.through, swarm.harmless_shot, swarm.left_alone) >= 0
            assert sum(each.leakers for each in flights) == pytest.approx(swarm.through)
        for layer in raid.layers:
            assert layer.used <= layer.before
            assert layer.kills <= layer.engaged
            assert layer.used == layer.engaged * world.layers[layer.owner, layer.layer]["shots"]
            assert layer.takes_part or layer.used == 0


@every_history
def test_beliefs_go_on_from_raid_to_raid(name: str, history: int) -> None:
    world, _, tale = told(name, history)
    believed = world.beliefs.copy()
    for raid in tale.raids:
        assert {lesson.observer for lesson in raid.lessons} == {raid.striker, raid.struck}
        for lesson in raid.lessons:
            assert lesson.before == believed[lesson.observer, raid.struck]
            assert lesson.truth == world.sides[raid.struck]["truth"]
            believed[lesson.observer, raid.struck] = lesson.after


def test_replies_are_the_next_move_as_expected() -> None:
    """What a mover expects of the reply to a threat or to standing is what stands in the next node."""
    found = 0
    for name in VARIANTS:
        for crisis in told(name, 0)[2].crises:
            for move, after in zip(crisis.moves, crisis.moves[1:], strict=False):
                if move.option is None or move.raid is not None or after.option is None:
                    continue
                strikes = [each for each in after.options if each.strike is not None]
                assert move.option.reply_chance == pytest.approx(sum(each.expected for each in strikes))
                full = [each for each in strikes if each.action in (ANSWER, CLIMB)]
                assert (move.option.reply is None) == (not full)
                found += 1
    assert found > 20


def test_what_follows_is_as_likely_as_the_moves_that_lead_there() -> None:
    """A war that an option begins is certain with it; deaths follow only if a reply may."""
    found = 0
    for name in VARIANTS:
        for crisis in told(name, 0)[2].crises:
            for move in crisis.moves:
                for option in move.options:
                    assert -1e-12 <= option.war <= 1.0 + 1e-9
                    assert option.toll >= 0.0
                    tolerance = crisis.tolerance[crisis.sides.index(move.side)]
                    follows = option.won + option.lost - option.price - option.toll / tolerance
                    assert follows == pytest.approx(option.onward, abs=1e-9)
                    if option.action == YIELD:
                        assert (option.war, option.toll) == (0.0, 0.0)
                    if option.reply_chance > 0.0 and option.reply_deaths > 0.0:
                        assert option.toll > 0.0
                    found += 1
                if move.label is not None and move.option is not None:
                    assert move.option.war == pytest.approx(1.0)
    assert found > 100


def test_deaths_to_come_are_at_least_those_of_a_strike_at_once() -> None:
    """Standing leaves the move to the other side: deaths to come are at least those of its strike at once."""
    for name in VARIANTS:
        for crisis in told(name, 1)[2].crises:
            first = crisis.moves[0]
            for option in first.options:
                if option.action == STAND and option.reply is not None:
                    assert option.toll >= option.reply_chance * option.reply_deaths * (1.0 - 1e-9)


def test_nights_and_outages_are_those_of_the_luck() -> None:
    """A layer that is out of service fires nothing; without a common mode every night is the usual one."""
    for name in VARIANTS:
        world, _, tale = told(name, 0)
        for raid in tale.raids:
            for layer in raid.layers:
                assert layer.works or layer.used == 0
                if world.layers[layer.owner, layer.layer]["availability"] >= 1.0:
                    assert layer.works
            (soil,) = raid.soils
            assert (soil.side, soil.deaths) == (raid.struck, raid.deaths)
            if world.sides[soil.side]["sigma"] == 0.0:
                assert soil.night == world.sides[soil.side]["truth"]


def test_a_long_history_gets_the_rows_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    world, baseline = pair_of_worlds("plain")
    address = (bundle(world), bundle(baseline), 0, CANDIDATE, 0, YEARS, SEED)
    row, journal = replay(*address)
    monkeypatch.setattr(module, "FIRST_EVENTS", 3)
    again, rows = replay(*address)
    assert len(rows) > 3
    np.testing.assert_array_equal(row, again)
    np.testing.assert_array_equal(journal, rows)


def test_forces_of_the_first_year_are_those_of_the_world() -> None:
    world, _, tale = told("plain", 0)
    first = tale.years[0]
    delivered = world.arm_deliveries[:, :, 0]
    np.testing.assert_array_equal(first.stock, world.arms["stock"] + delivered)
    np.testing.assert_array_equal(first.launch, world.arms["launch"])
    np.testing.assert_array_equal(first.interceptors, world.layers["stock"] + world.layer_deliveries[:, :, 0])
    assert len(tale.years) == YEARS
