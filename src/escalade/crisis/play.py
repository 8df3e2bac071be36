"""A simulated crisis: the game played move by move, raids and deaths as they fall.

After every strike both sides see what it did, the tables start from the true
forces, and the game is solved anew with the pressure of the deaths really
suffered. Between strikes the solution stands.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from escalade.crisis.beliefs import learn
from escalade.crisis.exact import forget_commitment, place_stakes, who_matters
from escalade.crisis.forces import Forces
from escalade.crisis.forward import label_of
from escalade.crisis.journal import (
    Journal,
    note_accident,
    note_belief,
    note_end,
    note_flights,
    note_layers,
    note_move,
    note_raid,
    note_soil,
    note_stakes,
    note_war,
)
from escalade.crisis.ladder import NOBODY, OPEN, STRUCK, STRUCK_LIGHTLY, Game, Scratch, State, code, compile_ladder
from escalade.crisis.soil import PAIR_AT, Volley, lent, owner_of, raid_on, share_out
from escalade.crisis.solve import TYPES, Solution, solve
from escalade.crisis.strike import Effects, deaths_on, load_volley, strike_effects
from escalade.crisis.tables import Plan, Root, fill_outlook, planning_tables
from escalade.crisis.tree import ACCIDENT, CHANCE, END, LIGHT, STAND, THREAT, YIELD, Tree
from escalade.jit import kernel, kernel_outer
from escalade.luck.address import Moment, at_move, draw, on_soil
from escalade.luck.draws import normal_quantile
from escalade.luck.streams import COMMIT, COMMON, MOVE, OPENER, RESOLVE, RISK, STAKE, commitment_slot
from escalade.raid.sampled import Course, course_of, sampled_raid
from escalade.worlds import Reals, Records, Wholes, World

WAR, WARS, WAR_YEAR, LABEL, HIGHEST, CRISES, GAP, ANY_STRIKE = 0, 1, 2, 3, 7, 8, 9, 10
"""Tally, one number each: any war, crises with war, year of the first (from 1), its label (4 wide), highest rung,
crises, belief gap at the first strike, any strike."""
COUNTS = 11
WAR_BY, FIRST_BY, YIELDS, CONCEDED, STRUCK_MOVES, RESTRAINED, BOUGHT, DEATHS, SOLDIERS, STRIKES, COST = range(11)
"""Tally by side."""
BY_SIDE = 11
CRISES_BETWEEN, WAR_BETWEEN = range(2)
"""Tally by pair: crises, any war."""
BY_PAIR = 2


class Tally(NamedTuple):
    """What a history has seen so far."""

    counts: Reals  # [COUNTS]
    by_side: Reals  # [side, BY_SIDE]
    by_pair: Reals  # [pair, BY_PAIR]
    fired: Reals  # units launched [side, k]
    used: Reals  # interceptors used [side, l]
    journal: Journal  # what happened, event by event, if it has rows


class Live(NamedTuple):
    """The two sides of a crisis as it goes on."""

    today: Forces
    shadow: Reals  # interceptors of the baseline's protection, which meets the same salvos [place, l]
    beliefs: Reals  # believed logit shift of the shield at a place [world's side index of the observer, place]
    certainty: Reals  # precision of that belief [observer, place]
    committed: Reals  # -1 unknown, 0, 1 [place, l]
    shadow_committed: Reals
    fired: Wholes  # partner layers have fired for the side [side]
    helped: Wholes
    strikes: Wholes  # at the present rung [side]
    led: Wholes  # who struck first in this crisis; -1: nobody [1]
    types: Wholes  # private resolve [side]
    suffered: Reals  # toll, share stopped; the same behind the baseline's protection [4]


class Table(NamedTuple):
    """Solver and memory of a simulated crisis."""

    plan: Plan
    tree: Tree
    scratch: Scratch
    solution: Solution
    stakes: Reals  # [side, V or L, type]
    volley: Volley
    course: Course  # [h, ...]
    shadow_volley: Volley
    shadow_course: Course


@kernel
def set_stakes(world: World, ids: Wholes, moment: Moment, deviates: Reals, live: Live, table: Table) -> None:
    """Draw the public stakes and the private resolve of a crisis."""
    low = 0 if world.sides[ids[0]].uid < world.sides[ids[1]].uid else 1
    z_low = normal_quantile(draw(moment, STAKE, world.sides[ids[low]].uid))
    z_high = normal_quantile(draw(moment, STAKE, world.sides[ids[1 - low]].uid))
    place_stakes(world, ids, z_low, z_high, 0, deviates, table.stakes)
    for s in range(2):
        live.types[s] = int(TYPES * draw(moment, RESOLVE, world.sides[ids[s]].uid))


@kernel
def draw_opener(world: World, ids: Wholes, moment: Moment) -> int:
    """The side of the pair that opens."""
    uid = world.rules.opener
    low = 0 if world.sides[ids[0]].uid < world.sides[ids[1]].uid else 1
    for s in range(2):
        if world.sides[ids[s]].uid == uid:
            return s
    return low if draw(moment, OPENER, 0) < 0.5 else 1 - low


@kernel
def draw_commitments(world: World, calm: World, ids: Wholes, striker: int, moment: Moment, live: Live) -> None:
    """At the first strike of a crisis partners decide whether to take part; then both sides know."""
    start = at_move(moment, 0)
    for place in range(live.committed.shape[0]):
        owner, s = owner_of(world, ids, place), place % 2
        if owner < 0:
            continue
        uid = world.sides[ids[s]].uid
        for l in range(world.layers.shape[1]):
            layer, shadow = world.layers[owner, l], calm.layers[owner, l]
            if lent(layer, ids[s]):
                u = draw(start, COMMIT, commitment_slot(uid, layer.partner))
                live.committed[place, l] = u < (layer.joins if s == striker else layer.defends)
                live.shadow_committed[place, l] = u < (shadow.joins if s == striker else shadow.defends)


@kernel
def fly(
    world: World,
    ids: Wholes,
    i: int,
    raids: float,
    committed: Reals,
    interceptors: Reals,
    stock: Reals,
    moment: Moment,
    volley: Volley,
    course: Course,
) -> None:
    """The units launched in ``volley`` against the shields that stand in their way in ``world``.

    committed, interceptors : [place, l]; stock : units of the striker [k]
    """
    share_out(world, ids, i, True, volley)
    for k in range(stock.shape[0]):
        volley.downed[k] = 0.0
    for h in range(world.soils.shape[2]):
        place = 2 * h + 1 - i
        owner = owner_of(world, ids, place)
        if owner < 0:
            continue
        sampled_raid(
            world.arms[ids[i]],
            world.serving[ids[i]],
            world.layers[owner],
            world.kill[owner],
            world.sides[owner].truth,
            world.sides[owner].sigma,
            committed[place],
            interceptors[place],
            raids,
            stock,
            on_soil(moment, h),
            raid_on(volley, h),
            course_of(course, h),
        )
        for k in range(stock.shape[0]):
            volley.downed[k] = min(stock[k], volley.downed[k] + volley.flights[h, k].downed)


@kernel_outer
def shadow_raid(
    world: World, calm: World, ids: Wholes, i: int, fought: int, moment: Moment, live: Live, table: Table
) -> float:
    """What the same salvo does behind the baseline's protection: toll and share stopped, into ``live.suffered``.

    Returns the deaths there.
    """
    shadow = table.shadow_volley
    for k in range(shadow.launched.shape[0]):
        shadow.launched[k] = table.volley.launched[k]
    fly(
        calm,
        ids,
        i,
        world.steps[ids[i], fought].raids,
        live.shadow_committed,
        live.shadow,
        live.today.stock[i],
        moment,
        shadow,
        table.shadow_course,
    )
    effects = strike_effects(world, calm.sides, ids, i, fought, live.today, shadow)
    live.suffered[2], live.suffered[3] = effects.toll, effects.stopped
    for h in range(world.soils.shape[2]):
        if owner_of(world, ids, 2 * h + 1 - i) >= 0:
            for l in range(live.shadow.shape[1]):
                live.shadow[2 * h + 1 - i, l] -= shadow.used[h, l]
    return effects.deaths


@kernel
def take_losses(world: World, ids: Wholes, i: int, effects: Effects, live: Live, table: Table) -> None:
    """Take what the strike used and destroyed out of the forces, in whole units."""
    j, today, volley = 1 - i, live.today, table.volley
    for k in range(world.arms.shape[1]):
        arm = world.arms[ids[i], k]
        today.stock[i, k] -= volley.downed[k] if arm.reusable else volley.launched[k]
        target = world.arms[ids[j], k]
        today.launch[j, k] *= 1.0 - effects.disarmed * target.exposed_launchers
        today.stock[j, k] -= math.floor(effects.disarmed * target.exposed_stock * today.stock[j, k] + 0.5)
    for h in range(world.soils.shape[2]):
        place = 2 * h + j
        owner = owner_of(world, ids, place)
        if owner < 0:
            continue
        for l in range(world.layers.shape[1]):
            today.interceptors[place, l] -= volley.used[h, l]
            if volley.used[h, l] > 0.0 and lent(world.layers[owner, l], ids[j]):
                live.fired[j] = 1
    today.left[i] -= effects.gain


@kernel_outer
def observe(world: World, ids: Wholes, place: int, live: Live, table: Table, journal: Journal) -> None:
    """All sides, third ones too, learn about the shield at a place from the engagements of the raid there."""
    owner, h = owner_of(world, ids, place), place // 2
    for o in range(world.sides.shape[0]):
        before = live.beliefs[o, place]
        live.beliefs[o, place], live.certainty[o, place] = learn(
            live.beliefs[o, place],
            live.certainty[o, place],
            world.sides[owner].sigma,
            world.layers,
            world.kill,
            owner,
            table.course.engaged[h],
            table.course.kills[h],
        )
        if journal.rows.shape[0] > 0:
            note_belief(journal, o, before, live.beliefs[o, place], world.sides[owner].truth)


@kernel_outer
def tell_and_learn(
    world: World, ids: Wholes, i: int, fought: int, moment: Moment, live: Live, table: Table, journal: Journal
) -> None:
    """What the strike of side i did on every soil, for the journal and for all who watch."""
    for h in range(world.soils.shape[2]):
        place = 2 * h + 1 - i
        owner = owner_of(world, ids, place)
        if owner < 0:
            continue
        if journal.rows.shape[0] > 0:
            here = on_soil(moment, h)
            side = world.sides[owner]
            night = side.truth + side.sigma * normal_quantile(draw(here, COMMON, 0))
            note_soil(journal, owner, deaths_on(world, world.sides, ids, i, fought, h, table.volley), night)
            raid, course = raid_on(table.volley, h), course_of(table.course, h)
            note_flights(journal, raid, course, table.shadow_volley.swarms[h])
            left, joined = live.today.interceptors[place], live.committed[place]
            note_layers(journal, world.layers, owner, raid, course, left, joined, here)
        observe(world, ids, place, live, table, journal)


@kernel
def count_strike(world: World, ids: Wholes, i: int, fought: int, effects: Effects, table: Table, tally: Tally) -> None:
    """Add a strike to the tally."""
    a, volley = ids[i], table.volley
    tally.by_side[a, STRIKES] += 1.0
    tally.by_side[a, SOLDIERS] += world.steps[a, fought].soldiers + effects.losses
    for k in range(world.arms.shape[1]):
        arm = world.arms[a, k]
        tally.fired[a, k] += volley.launched[k]
        tally.by_side[a, COST] += (volley.downed[k] if arm.reusable else volley.launched[k]) * arm.unit_cost
    for h in range(world.soils.shape[2]):
        owner = owner_of(world, ids, 2 * h + 1 - i)
        if owner < 0:
            continue
        tally.by_side[owner, DEATHS] += deaths_on(world, world.sides, ids, i, fought, h, volley)
        for l in range(world.layers.shape[1]):
            layer = world.layers[owner, l]
            tally.used[owner, l] += volley.used[h, l]
            bearer = layer.sender if layer.sender >= 0 else owner
            tally.by_side[bearer, COST] += volley.used[h, l] * layer.unit_cost


@kernel
def count_first_strike(world: World, ids: Wholes, i: int, live: Live, tally: Tally) -> None:
    """Add the first strike of a crisis to the tally."""
    a = ids[i]
    if tally.counts[ANY_STRIKE] == 0.0:
        tally.counts[ANY_STRIKE] = 1.0
        tally.counts[GAP] = live.beliefs[a, i] - world.sides[owner_of(world, ids, i)].truth
    tally.by_side[a, FIRST_BY] += 1.0


@kernel
def count_war(ids: Wholes, i: int, label: int, year: int, tally: Tally) -> None:
    """Add a war to the tally; the first one of a history leaves its year, its label and who began it."""
    tally.counts[WARS] += 1.0
    tally.by_pair[ids[PAIR_AT], WAR_BETWEEN] = 1.0
    if tally.counts[WAR] == 0.0:
        tally.counts[WAR] = 1.0
        tally.counts[WAR_YEAR] = year + 1.0
        tally.counts[LABEL + label] = 1.0
        tally.by_side[ids[i], WAR_BY] = 1.0


@kernel_outer
def carry_out(
    world: World, calm: World, ids: Wholes, e: int, rung: int, moment: Moment, live: Live, table: Table, tally: Tally
) -> None:
    """The strike of edge e, begun at ``rung``: raid, losses, learning, tally."""
    edge = table.tree.edges[e]
    i, fought = edge.actor, edge.strike
    if edge.opens:
        live.led[0] = i
        draw_commitments(world, calm, ids, i, moment, live)
        count_first_strike(world, ids, i, live, tally)
    if edge.rung > rung:
        climb(live)
    load_volley(world, ids, i, fought, live.today.stock, live.today.launch, table.volley)
    for k in range(table.volley.launched.shape[0]):
        table.volley.launched[k] = math.floor(table.volley.launched[k])
    step = world.steps[ids[i], fought]
    fly(
        world,
        ids,
        i,
        step.raids,
        live.committed,
        live.today.interceptors,
        live.today.stock[i],
        moment,
        table.volley,
        table.course,
    )
    calm_deaths = shadow_raid(world, calm, ids, i, fought, moment, live, table)
    effects = strike_effects(world, world.sides, ids, i, fought, live.today, table.volley)
    live.suffered[0], live.suffered[1] = effects.toll, effects.stopped
    take_losses(world, ids, i, effects, live, table)
    if tally.journal.rows.shape[0] > 0:
        stopped = live.suffered[3]
        note_raid(tally.journal, i, fought, edge.opens, step.soldiers, effects, calm_deaths, stopped)
    tell_and_learn(world, ids, i, fought, moment, live, table, tally.journal)
    live.strikes[i] += 1
    count_strike(world, ids, i, fought, effects, table, tally)


@kernel_outer
def solve_behind(world: World, ids: Wholes, rung: int, actor: int, how: int, live: Live, table: Table) -> None:
    """Solve the game anew after a strike of ``actor`` at ``rung``."""
    fill_outlook(world, ids, live.beliefs, live.committed, live.today.interceptors, table.plan.outlook)
    _, apart = who_matters(world, ids, live.committed, live.today.interceptors, live.helped)
    planning_tables(world, ids, Root(rung, live.strikes), live.today, 1, table.plan)
    game = Game(world, ids, table.plan.table, table.plan.table, live.fired, live.helped, live.suffered, 1, apart)
    first = live.led[0] + 1 if apart else 1
    state = State(rung, 1 - actor, how, live.strikes[1 - actor], live.strikes[actor], first)
    compile_ladder(table.tree, game, table.scratch, (code(state, world.rules.waves + 1), END))
    solve(table.tree, table.stakes, world.rules.precision, 2, table.solution)


@kernel
def accident_edge(world: World, ids: Wholes, node: int, moment: Moment, table: Table) -> int:
    """The accident that happens on arrival at a chance node; END: none."""
    at = table.tree.nodes[node]
    risk, u = world.rungs[at.rung].risk, draw(moment, RISK, 0)
    if u >= risk:
        return END
    low = 0 if world.sides[ids[0]].uid < world.sides[ids[1]].uid else 1
    actor = low if u < 0.5 * risk else 1 - low
    for e in range(at.start, at.stop):
        if table.tree.edges[e].action == ACCIDENT and table.tree.edges[e].actor == actor:
            return e
    return END


@kernel
def chosen_edge(node: int, lane: int, moment: Moment, table: Table) -> int:
    """The mover's choice at a decision node, by inverse CDF in the order of its actions."""
    u, total = draw(moment, MOVE, 0), 0.0
    stop = table.tree.nodes[node].stop
    for e in range(table.tree.nodes[node].start, stop):
        total += table.solution.choice[e, lane]
        if u < total:
            return e
    return stop - 1


@kernel
def count_decision(ids: Wholes, node: int, e: int, lane: int, table: Table, tally: Tally) -> None:
    """Add a decision to the tally: restraint of a struck side, restraint bought, yielding."""
    at, edge = table.tree.nodes[node], table.tree.edges[e]
    side = ids[at.mover]
    if at.struck:
        tally.by_side[side, STRUCK_MOVES] += 1.0
        tally.by_side[side, BOUGHT] += table.solution.bought[node, lane]
        if edge.action == STAND or edge.action == LIGHT:
            tally.by_side[side, RESTRAINED] += 1.0
    if edge.action == YIELD:
        tally.by_side[side, YIELDS] += 1.0
        tally.by_side[side, CONCEDED] += edge.share


@kernel_outer
def follow(
    world: World,
    calm: World,
    ids: Wholes,
    node: int,
    e: int,
    lane: int,
    moment: Moment,
    live: Live,
    table: Table,
    tally: Tally,
) -> int:
    """Carry out edge e of a node; returns the next node, or END."""
    edge, rung = table.tree.edges[e], table.tree.nodes[node].rung
    tally.counts[HIGHEST] = max(tally.counts[HIGHEST], edge.rung)
    if edge.strike < 0:
        if edge.action == THREAT:
            climb(live)
        return edge.next
    if edge.crosses:
        label = (
            3 if edge.action == ACCIDENT else label_of(table.solution.expected[e, 0], table.solution.choice[e, lane])
        )
        count_war(ids, edge.actor, label, moment.year, tally)
        if tally.journal.rows.shape[0] > 0:
            note_war(tally.journal, label)
    actor, reached, how = edge.actor, edge.rung, STRUCK_LIGHTLY if edge.action == LIGHT else STRUCK
    carry_out(world, calm, ids, e, rung, moment, live, table, tally)
    solve_behind(world, ids, reached, actor, how, live, table)
    return table.tree.roots[0]


@kernel
def climb(live: Live) -> None:
    """A new rung: both objectives whole again, no strikes yet."""
    for s in range(2):
        live.today.left[s] = 1.0
        live.strikes[s] = 0


@kernel
def begin(world: World, ids: Wholes, live: Live) -> None:
    """Clear what belongs to one crisis only."""
    climb(live)
    live.led[0] = -1
    for s in range(2):
        live.fired[s] = 0
    for at in range(4):
        live.suffered[at] = -1.0
    forget_commitment(world, ids, live.committed)
    forget_commitment(world, ids, live.shadow_committed)


@kernel_outer
def open_crisis(
    world: World,
    ids: Wholes,
    opening: Records,
    moment: Moment,
    deviates: Reals,
    live: Live,
    table: Table,
    journal: Journal,
) -> int:
    """Stakes, opener and first solution of a crisis; returns the node at which it begins."""
    begin(world, ids, live)
    set_stakes(world, ids, moment, deviates, live, table)
    opener = draw_opener(world, ids, moment)
    firsts, apart = who_matters(world, ids, live.committed, live.today.interceptors, live.helped)
    game = Game(world, ids, opening, opening, live.fired, live.helped, live.suffered, firsts, apart)
    root = code(State(0, opener, OPEN, 0, 0, NOBODY), world.rules.waves + 1)
    compile_ladder(table.tree, game, table.scratch, (root, END))
    solve(table.tree, table.stakes, world.rules.precision, 0, table.solution)
    if journal.rows.shape[0] > 0:
        tolerance = world.sides[ids[0]].tolerance, world.sides[ids[1]].tolerance
        note_stakes(journal, opener, table.stakes, live.types, tolerance[0], tolerance[1])
    return table.tree.roots[0]


@kernel_outer
def play_crisis(
    world: World,
    calm: World,
    ids: Wholes,
    opening: Records,
    moment: Moment,
    deviates: Reals,
    live: Live,
    table: Table,
    tally: Tally,
) -> None:
    """One simulated crisis between the pair's sides.

    world, calm : the world, and the same with the baseline's protection
    opening : planning table at today's forces and beliefs (CELL, see ``crisis.tables``)
    moment : address of the crisis; deviates : normal deviates of the types of resolve
    live : forces and beliefs, changed in place; tally : outcomes, added to
    """
    journal = tally.journal
    node = open_crisis(world, ids, opening, moment, deviates, live, table, journal)
    tally.counts[CRISES] += 1.0
    tally.by_pair[ids[PAIR_AT], CRISES_BETWEEN] += 1.0
    move = 0
    while node != END:
        now = at_move(moment, move)
        move += 1
        e, lane = END, 0
        if table.tree.nodes[node].mover == CHANCE:
            e = accident_edge(world, ids, node, now, table)
            if e == END:
                node += 1
            elif journal.rows.shape[0] > 0:
                note_accident(
                    journal,
                    move - 1,
                    table.tree.edges[e].actor,
                    table.tree.nodes[node].rung,
                    table.tree.edges[e].strike,
                )
        if e == END:
            lane = live.types[table.tree.nodes[node].mover]
            e = chosen_edge(node, lane, now, table)
            count_decision(ids, node, e, lane, table, tally)
            if journal.rows.shape[0] > 0:
                note_move(
                    journal, table.tree, table.solution, table.stakes, node, e, lane, world.rules.waves + 1, move - 1
                )
        node = follow(world, calm, ids, node, e, lane, now, live, table, tally)
    if journal.rows.shape[0] > 0:
        note_end(journal, move)
