"""Simulated years: planned changes, crises by date, and what follows them, year after year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.crisis.exact import forget_commitment, resolve_deviates, who_matters, with_protection_of
from escalade.crisis.forces import CELL, new_forces
from escalade.crisis.journal import Journal, new_journal, note_crisis, note_year
from escalade.crisis.ladder import new_tree
from escalade.crisis.play import ANY_STRIKE, BY_PAIR, BY_SIDE, COUNTS, Live, Table, Tally, climb, play_crisis
from escalade.crisis.soil import PAIR_AT, new_volley, owner_of
from escalade.crisis.solve import TYPES, new_solution
from escalade.crisis.tables import Plan, Root, fill_outlook, new_plan, planning_tables
from escalade.history.outcomes import row_width, write_row
from escalade.jit import kernel, kernel_allocating
from escalade.luck.address import Moment, draw
from escalade.luck.draws import poisson
from escalade.luck.streams import CRISES, CRISES_A_YEAR, DATE
from escalade.raid.sampled import new_course
from escalade.rivalry.arming import Desk, new_desk
from escalade.rivalry.path import Path, copy_standing_of
from escalade.rivalry.standing import Standing, Works, dress, empty_works, first_day, new_standing, new_works
from escalade.rivalry.year import begin_year, end_year
from escalade.worlds import SIDE, Reals, Records, Wholes, World, Worlds

FIRST_EVENTS = 4096
"""Rows of a journal at the first try; a history with more events is made again with enough."""


class Openings(NamedTuple):
    """Planning tables of crises in histories in which nobody has struck yet: the same for all histories of a world."""

    tables: Records  # CELL [year, pair, observer, first striker, mover, rung, own, other]
    known: Wholes  # 1: filled for the world at hand [year, pair]


class Calendar(NamedTuple):
    """The crises of a year: date in (0, 1), pair, number within the pair and year [entry]."""

    date: Reals
    pair: Wholes
    crisis: Wholes


class Memory(NamedTuple):
    """Working memory of the simulation."""

    standing: Standing
    fresh: Standing  # where every crisis begins, [world, year, ...]; without worlds: where the history has come to
    works: Works
    desk: Desk
    sides: Records  # SIDE, with the shields and shelters of the history at hand: under the policy, and ...
    calm_sides: Records  # ... with the baseline's protection
    live: Live
    table: Table
    plan: Plan  # tables of a crisis that has not begun
    openings: Openings
    calendar: Calendar
    tally: Tally


def new_tally(sides: int, pairs: int, arms: int, layers: int, journal: Journal) -> Tally:
    """Nothing has happened yet."""
    return Tally(
        np.zeros(COUNTS),
        np.zeros((sides, BY_SIDE)),
        np.zeros((pairs, BY_PAIR)),
        np.zeros((sides, arms)),
        np.zeros((sides, layers)),
        journal,
    )


def new_openings(years: int, pairs: int, rungs: int, waves: int) -> Openings:
    """Room for the tables of every year's crises that nobody has begun."""
    tables = np.zeros((years, pairs, 2, 2, 2, rungs, waves + 1, waves + 1), CELL)
    return Openings(tables, np.zeros((years, pairs), np.int64))


def new_live(sides: int, arms: int, layers: int, soils: int) -> Live:
    """Room for the two sides of a crisis, their soils and all who watch."""

    def whole(count: int) -> Wholes:
        return np.zeros(count, np.int64)

    return Live(
        new_forces(arms, layers, soils),
        np.zeros((2 * soils, layers)),
        np.zeros((sides, 2 * soils)),
        np.zeros((sides, 2 * soils)),
        np.ones((2 * soils, layers)),
        np.ones((2 * soils, layers)),
        whole(2),
        whole(2),
        whole(2),
        whole(1),
        whole(2),
        np.zeros(4),
    )


def new_memory(worlds: Worlds, years: int, events: int = 0, fresh: Path | None = None) -> Memory:
    """Memory for histories of worlds of this shape.

    events : rows of the journal; fresh : path from which every crisis begins, of all worlds (None: wear is on)
    """
    sides, arms, layers, classes = (
        worlds.sides.shape[1],
        worlds.arms.shape[2],
        worlds.layers.shape[2],
        worlds.kill.shape[3],
    )
    rungs, waves = worlds.steps.shape[2], int(worlds.rules["waves"].max())
    pairs, soils = worlds.soils.shape[1], worlds.soils.shape[3]
    tree, scratch = new_tree(rungs, waves)
    table = Table(
        new_plan(arms, layers, classes, rungs, waves, soils),
        tree,
        scratch,
        new_solution(len(tree.nodes), len(tree.edges), 1),
        np.zeros((2, 2, TYPES)),
        new_volley(soils, arms, classes, layers),
        new_course(arms, classes, layers, soils),
        new_volley(soils, arms, classes, layers),
        new_course(arms, classes, layers, soils),
    )
    entries = pairs * CRISES_A_YEAR
    calendar = Calendar(np.zeros(entries), np.zeros(entries, np.int64), np.zeros(entries, np.int64))
    return Memory(
        new_standing(sides, arms, layers),
        new_standing(sides, arms, layers, 0, years) if fresh is None else fresh.standing,
        new_works(sides, arms, layers, years),
        new_desk(sides, arms, layers, classes, soils),
        np.zeros(sides, SIDE),
        np.zeros(sides, SIDE),
        new_live(sides, arms, layers, soils),
        table,
        new_plan(arms, layers, classes, rungs, waves, soils),
        new_openings(years, pairs, rungs, waves),
        calendar,
        new_tally(sides, pairs, arms, layers, new_journal(events, len(tree.nodes))),
    )


@kernel_allocating
def enter(world: World, ids: Wholes, standing: Standing, live: Live) -> None:
    """Copy into a crisis the forces of a pair's sides, and the shields that strikes meet, with beliefs about them."""
    for s in range(2):
        live.today.stock[s] = standing.stock[ids[s]]
        live.today.launch[s] = standing.launch[ids[s]]
    for place in range(live.shadow.shape[0]):
        owner = owner_of(world, ids, place)
        if owner >= 0:
            live.today.interceptors[place] = standing.interceptors[owner]
            live.shadow[place] = standing.shadow[owner]
            live.beliefs[:, place] = standing.beliefs[:, owner]
            live.certainty[:, place] = standing.certainty[:, owner]


@kernel_allocating
def leave(world: World, ids: Wholes, standing: Standing, works: Works, live: Live) -> None:
    """Copy back after a crisis what ``enter`` has copied into it, and note whose shield has been at work."""
    for s in range(2):
        standing.stock[ids[s]] = live.today.stock[s]
        standing.launch[ids[s]] = live.today.launch[s]
    for place in range(live.shadow.shape[0]):
        owner = owner_of(world, ids, place)
        if owner >= 0:
            for l in range(live.today.interceptors.shape[1]):
                if live.today.interceptors[place, l] < standing.interceptors[owner, l]:
                    works.seen[owner] = 1.0
            standing.interceptors[owner] = live.today.interceptors[place]
            standing.shadow[owner] = live.shadow[place]
            standing.beliefs[:, owner] = live.beliefs[:, place]
            standing.certainty[:, owner] = live.certainty[:, place]


@kernel_allocating
def fill_opening(world: World, ids: Wholes, live: Live, plan: Plan) -> None:
    """Planning tables of a crisis that begins with the forces and beliefs in ``live``."""
    forget_commitment(world, ids, live.committed)
    firsts, _ = who_matters(world, ids, live.committed, live.today.interceptors, live.helped)
    climb(live)
    fill_outlook(world, ids, live.beliefs, live.committed, live.today.interceptors, plan.outlook)
    planning_tables(world, ids, Root(0, live.strikes), live.today, firsts, plan)


@kernel_allocating
def opening_table(world: World, ids: Wholes, year: int, p: int, memory: Memory) -> Records:
    """The planning table of the crisis at hand; remembered where no strike has made this history special."""
    untouched = memory.tally.counts[ANY_STRIKE] == 0.0 or memory.fresh.stock.shape[0] > 0
    if untouched and memory.openings.known[year, p]:
        return memory.openings.tables[year, p]
    fill_opening(world, ids, memory.live, memory.plan)
    if untouched:
        memory.openings.tables[year, p] = memory.plan.table
        memory.openings.known[year, p] = 1
    return memory.plan.table


@kernel
def draw_calendar(world: World, moment: Moment, calendar: Calendar) -> int:
    """Draw the year's crises of all pairs; returns how many there are."""
    total = 0
    for p in range(world.pairs.shape[0]):
        start = Moment(moment.seed, moment.world, moment.history, moment.year, p, 0, 0)
        for crisis in range(min(CRISES_A_YEAR, poisson(world.pairs[p].rate, draw(start, CRISES, 0)))):
            now = Moment(moment.seed, moment.world, moment.history, moment.year, p, crisis, 0)
            calendar.date[total], calendar.pair[total], calendar.crisis[total] = draw(now, DATE, 0), p, crisis
            total += 1
    return total


@kernel
def next_entry(calendar: Calendar, total: int) -> tuple[int, float]:
    """The entry with the earliest date that has not been played, and that date; it is then struck off."""
    earliest = 0
    for at in range(1, total):
        if calendar.date[at] < calendar.date[earliest]:
            earliest = at
    date = calendar.date[earliest]
    calendar.date[earliest] = np.inf
    return earliest, date


@kernel
def refresh(world: World, calm: World, w: int, year: int, memory: Memory) -> None:
    """Without wear every crisis begins where the expected path is."""
    if memory.fresh.stock.shape[0] > 0:
        copy_standing_of(memory.fresh, w, year, memory.standing)
        dress(world, calm, memory.standing)


@kernel_allocating
def play_year(world: World, calm: World, w: int, moment: Moment, deviates: Reals, memory: Memory) -> None:
    """The crises of one year, all pairs by date; w : number of the world, for ``memory.fresh``."""
    ids, calendar = np.zeros(4, np.int64), memory.calendar
    total = draw_calendar(world, moment, calendar)
    for _ in range(total):
        at, date = next_entry(calendar, total)
        p = calendar.pair[at]
        ids[0], ids[1], ids[PAIR_AT] = world.pairs[p].first, world.pairs[p].second, p
        for s in range(2):
            world.sides[ids[s]].value = world.objectives[moment.year, p, s]
        refresh(world, calm, w, moment.year, memory)
        enter(world, ids, memory.standing, memory.live)
        journal = memory.tally.journal
        if journal.rows.shape[0] > 0:
            note_crisis(journal, p, calendar.crisis[at], date, ids)
        opening = opening_table(world, ids, moment.year, p, memory)
        now = Moment(moment.seed, moment.world, moment.history, moment.year, p, calendar.crisis[at], 0)
        play_crisis(world, calm, ids, opening, now, deviates, memory.live, memory.table, memory.tally)
        leave(world, ids, memory.standing, memory.works, memory.live)


@kernel
def clear(tally: Tally) -> None:
    """Nothing has happened yet."""
    for at in range(tally.counts.shape[0]):
        tally.counts[at] = 0.0
    for p in range(tally.by_pair.shape[0]):
        for at in range(tally.by_pair.shape[1]):
            tally.by_pair[p, at] = 0.0
    for i in range(tally.by_side.shape[0]):
        for at in range(tally.by_side.shape[1]):
            tally.by_side[i, at] = 0.0
        for k in range(tally.fired.shape[1]):
            tally.fired[i, k] = 0.0
        for l in range(tally.used.shape[1]):
            tally.used[i, l] = 0.0


@kernel_allocating
def _simulate(
    worlds: Worlds,
    calm: Worlds,
    index: Wholes,
    candidate: Wholes,
    history: Wholes,
    years: int,
    seed: int,
    deviates: Reals,
    memory: Memory,
    out: Reals,
) -> None:
    # One function for all histories and years: each level of calls above the crisis costs
    # the compiler another pass over everything below it.
    last = -1
    for n in range(index.shape[0]):
        w = index[n]
        if w != last:
            memory.openings.known[:] = 0
            last = w
        memory.sides[:] = worlds.sides[w]
        memory.calm_sides[:] = calm.sides[w]
        world = World(
            memory.sides,
            worlds.beliefs[w],
            worlds.arms[w],
            worlds.layers[w],
            worlds.kill[w],
            worlds.serving[w],
            worlds.steps[w],
            worlds.rungs[w],
            worlds.rules[w],
            worlds.pairs[w],
            worlds.soils[w],
            worlds.falls[w],
            worlds.needs[w],
            worlds.arm_deliveries[w],
            worlds.layer_deliveries[w],
            worlds.arm_caps[w],
            worlds.layer_caps[w],
            worlds.objectives[w],
        )
        calm_world = World(
            memory.calm_sides,
            calm.beliefs[w],
            calm.arms[w],
            calm.layers[w],
            calm.kill[w],
            calm.serving[w],
            calm.steps[w],
            calm.rungs[w],
            calm.rules[w],
            calm.pairs[w],
            calm.soils[w],
            calm.falls[w],
            calm.needs[w],
            calm.arm_deliveries[w],
            calm.layer_deliveries[w],
            calm.arm_caps[w],
            calm.layer_caps[w],
            calm.objectives[w],
        )
        clear(memory.tally)
        first_day(world, calm_world, memory.standing)
        empty_works(memory.works)
        for year in range(years):
            begin_year(world, calm_world, year, memory.standing, memory.works)
            if memory.tally.journal.rows.shape[0] > 0:
                here = memory.standing
                note_year(memory.tally.journal, year, here.stock, here.launch, here.interceptors)
            play_year(world, calm_world, w, Moment(seed, candidate[n], history[n], year, 0, 0, 0), deviates, memory)
            end_year(world, calm_world, year, True, memory.standing, memory.works, memory.desk)
        write_row(memory.tally, memory.standing, memory.works, out[n])


def simulate(
    worlds: Worlds,
    baseline: Worlds,
    index: Wholes,
    candidate: Wholes,
    history: Wholes,
    years: int,
    seed: int,
    fresh: Path | None = None,
) -> Reals:
    """Simulated histories, one padded row each (see ``history.outcomes``).

    worlds : under the policy; baseline : the same worlds under the baseline,
        against whose protection restraint is bought
    index : which world [n]; candidate, history : numbers in the address of its luck [n]
    years : length of a history; seed : of the run, 0 to 2^63 - 1
    fresh : expected path of all the worlds, from which every crisis is to begin; None: where the last one ended
    Rows with the same world should follow each other: they share planning tables.
    Raises ``ValueError`` if the worlds have no deliveries for so many years.
    """
    memory = new_memory(worlds, years, fresh=fresh)
    return _rows(worlds, baseline, index, candidate, history, years, seed, memory)


def replay(
    worlds: Worlds, baseline: Worlds, index: int, candidate: int, history: int, years: int, seed: int
) -> tuple[Reals, Reals]:
    """One history made again, with its journal: the padded row of ``simulate``, and its events [event, field].

    Arguments as for ``simulate``, for one history; events are those of ``crisis.journal``.
    """
    address = (np.array([index]), np.array([candidate]), np.array([history]))
    events = FIRST_EVENTS
    while True:
        memory = new_memory(worlds, years, events)
        row = _rows(worlds, baseline, *address, years, seed, memory)[0]
        journal = memory.tally.journal
        if journal.used[0] <= events:
            return row, journal.rows[: journal.used[0]]
        events = int(journal.used[0])


def _rows(
    worlds: Worlds,
    baseline: Worlds,
    index: Wholes,
    candidate: Wholes,
    history: Wholes,
    years: int,
    seed: int,
    memory: Memory,
) -> Reals:
    if years > worlds.arm_deliveries.shape[-1]:
        raise ValueError(f"{years} years: these worlds have deliveries for {worlds.arm_deliveries.shape[-1]}")
    sides, pairs = worlds.sides.shape[1], worlds.pairs.shape[1]
    out = np.empty((len(index), row_width(sides, worlds.arms.shape[2], worlds.layers.shape[2], pairs)))
    calm = with_protection_of(worlds, baseline)
    at, numbers, ids = (np.ascontiguousarray(each, np.int64) for each in (index, candidate, history))
    _simulate(worlds, calm, at, numbers, ids, years, seed, resolve_deviates(), memory, out)
    return out
