"""The journal of a history: what happened, event by event, for whoever wants to tell it.

Kernels write events into rows of one array, if it has any: a simulation without
rows does the same and notes nothing. A row holds the kind of the event and then
its fields, in the order of the classes below. Sides of events inside a crisis
are 0 and 1, the first and the second of its pair.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from escalade.crisis.ladder import decode
from escalade.crisis.solve import TYPES, Solution
from escalade.crisis.strike import Effects
from escalade.crisis.tree import ANSWER, CHANCE, CLIMB, STAND, Tree
from escalade.jit import kernel
from escalade.luck.address import Moment, draw
from escalade.luck.streams import OUTAGE
from escalade.raid.planned import Salvo
from escalade.raid.sampled import Course
from escalade.worlds import Reals, Records, Wholes


class Journal(NamedTuple):
    """Events in the order in which they happened."""

    rows: Reals  # kind, then the fields of that kind [event, WIDTH]; no rows: nothing is noted
    used: Wholes  # events so far; more than there are rows: the last ones are lost [1]
    reach: Reals  # scratch: probability of coming to a node [node]


class YearEvent(NamedTuple):
    """A year begins, after its deliveries."""

    year: Any  # 0 is the first


class ArmEvent(NamedTuple):
    """What a side has of an arm as a year begins."""

    side: Any  # world's side index
    arm: Any
    stock: Any
    launch: Any  # units that can be launched in one raid


class StoreEvent(NamedTuple):
    """Interceptors of a layer as a year begins."""

    side: Any  # world's side index
    layer: Any
    stock: Any


class CrisisEvent(NamedTuple):
    """A crisis begins."""

    pair: Any
    crisis: Any  # of the pair in the year, 0 is the first
    date: Any  # in (0, 1)
    first: Any  # world's side index of side 0
    second: Any  # of side 1


class StakesEvent(NamedTuple):
    """What is at stake in the crisis, in median stakes, and how much more a side cares than it shows."""

    opener: Any
    stake_0: Any  # public value of side 0's objective
    stake_1: Any
    resolve_0: Any  # factor of side 0's private resolve
    resolve_1: Any
    tolerance_0: Any  # deaths that side 0 would accept to win a median stake
    tolerance_1: Any


class MoveEvent(NamedTuple):
    """A decision; its options follow, the chosen one by number."""

    arrival: Any  # arrivals at states in this crisis before
    mover: Any
    rung: Any
    how: Any  # OPEN, STRUCK, STRUCK_LIGHTLY, STOOD
    own: Any  # strikes of the mover at this rung
    other: Any  # strikes of the other side
    chosen: Any
    pressure: Any  # to answer the strike just suffered, in stakes
    calm_pressure: Any  # the same behind the baseline's protection
    bought: Any  # restraint bought by the protection; 0 for a side that was not just struck


class OptionEvent(NamedTuple):
    """One action open to the mover.

    Its utility to the mover is constant + prize + onward, in stakes, and onward is won + lost - price less
    the toll over the tolerance, all of it as the mover expects.
    """

    action: Any
    rung: Any  # at which the crisis stands afterwards
    strike: Any  # rung whose strike is carried out; -1: none
    chance: Any  # probability with which this mover takes it
    expected: Any  # probability that the other side expects
    constant: Any  # costs, losses, pressure
    prize: Any  # share of the objective won or given up, times what it is worth
    onward: Any  # value of what follows
    share: Any  # of the objective, given up by yielding
    harm: Any  # deaths that the other side expects from it
    reply_rung: Any  # rung of the other side's full strike in reply; -1: it has none
    reply_chance: Any  # probability of a reply by force, as the mover expects it
    reply_deaths: Any  # deaths of the mover's side by a full reply, as the mover expects them
    toll: Any  # deaths of the mover's side in all that follows, those of hosts' people by its care for them
    price: Any  # costs of its own later actions, and pressure that they leave
    won: Any  # what its own later actions win or give up
    lost: Any  # what the other side's actions take from it, or concede to it
    war: Any  # probability that this action, or what follows, begins a war


class AccidentEvent(NamedTuple):
    """A strike by nobody's decision."""

    arrival: Any
    actor: Any
    rung: Any  # before
    strike: Any  # rung whose strike is carried out


class WarEvent(NamedTuple):
    """The move just noted begins a war."""

    label: Any  # see ``crisis.forward``


class RaidEvent(NamedTuple):
    """The strike of the move just noted; the soils on which it fell follow."""

    striker: Any
    strike: Any  # rung whose strike was carried out
    opens: Any  # 1: the first strike of the crisis
    deaths: Any  # by it, on all soils
    stopped: Any  # share of the threatening objects stopped
    calm_deaths: Any  # by the same salvo behind the baseline's protection
    calm_stopped: Any
    soldiers: Any  # soldiers and crews of the striker lost
    gain: Any  # share of the striker's objective attained
    disarmed: Any  # share of the exposed launchers destroyed


class SoilEvent(NamedTuple):
    """Where the strike just noted fell: on the struck side's own soil, or a host's. Its flights and all else follow."""

    side: Any  # world's side index of the side whose soil, people and shield these are
    deaths: Any
    night: Any  # logit shift of that shield in this raid: its true one, and a good or bad night


class FlightEvent(NamedTuple):
    """One arm in a raid (units, objects)."""

    arm: Any
    launched: Any
    flying: Any  # units that did not fail in flight
    released: Any  # units that no boost layer stopped
    objects: Any  # objects that these carried
    threats: Any  # of which would hit something that matters
    leakers: Any  # of which got through (a share of its class: may be fractional)
    downed: Any  # units lost that would have come back


class SwarmEvent(NamedTuple):
    """One threat class in a raid (objects)."""

    cls: Any
    threats: Any  # released that would hit something that matters
    through: Any  # of which got through
    harmless: Any  # harmless objects at the end
    killed: Any  # objects destroyed, harmless ones too
    calm_through: Any  # that got through behind the baseline's protection


class LayerEvent(NamedTuple):
    """One layer of the shield in a raid."""

    layer: Any
    before: Any  # interceptors before the raid
    used: Any
    engaged: Any  # engagements
    kills: Any
    takes_part: Any  # 0: the partner stays out of this crisis
    works: Any  # 0: out of service in this raid


class BeliefEvent(NamedTuple):
    """What an observer learns about the shield (logit shifts)."""

    observer: Any  # world's side index
    before: Any
    after: Any
    truth: Any


class EndEvent(NamedTuple):
    """The crisis ends."""

    arrivals: Any


EVENTS: tuple[Any, ...] = (
    YearEvent,
    ArmEvent,
    StoreEvent,
    CrisisEvent,
    StakesEvent,
    MoveEvent,
    OptionEvent,
    AccidentEvent,
    WarEvent,
    RaidEvent,
    FlightEvent,
    SwarmEvent,
    LayerEvent,
    BeliefEvent,
    EndEvent,
    SoilEvent,
)
"""Classes of events by kind."""
(YEAR, ARM, STORE, CRISIS, STAKES, MOVE, OPTION, ACCIDENT, WAR, RAID, FLIGHT, SWARM, LAYER, BELIEF, END, SOIL) = range(
    16
)
WIDTH = 1 + max(len(event._fields) for event in EVENTS)


def new_journal(rows: int, nodes: int = 0) -> Journal:
    """An empty journal for that many events of games of so many nodes."""
    return Journal(np.zeros((rows, WIDTH)), np.zeros(1, np.int64), np.zeros(nodes))


@kernel
def note(journal: Journal, kind: int, event: Any) -> None:
    """Write an event; in a full journal over the last one. ``event`` : its class, all fields floats."""
    at = min(journal.used[0], journal.rows.shape[0] - 1)
    journal.used[0] += 1
    journal.rows[at, 0] = kind
    for field in range(len(event)):
        journal.rows[at, 1 + field] = event[field]


@kernel
def note_year(journal: Journal, year: int, stock: Reals, launch: Reals, interceptors: Reals) -> None:
    """A year begins with these forces of all sides [side, k], [side, k], [side, l]."""
    note(journal, YEAR, YearEvent(float(year)))
    for i in range(stock.shape[0]):
        for k in range(stock.shape[1]):
            note(journal, ARM, ArmEvent(float(i), float(k), stock[i, k], launch[i, k]))
        for l in range(interceptors.shape[1]):
            note(journal, STORE, StoreEvent(float(i), float(l), interceptors[i, l]))


@kernel
def note_stakes(
    journal: Journal, opener: int, stakes: Reals, types: Wholes, tolerance_0: float, tolerance_1: float
) -> None:
    """Stakes and resolve of both sides; stakes : [side, V or L, type] of one stake point."""
    usual = TYPES // 2
    stake_0, stake_1 = stakes[0, 0, usual], stakes[1, 0, usual]
    resolve_0, resolve_1 = stakes[0, 0, types[0]] / stake_0, stakes[1, 0, types[1]] / stake_1
    event = StakesEvent(float(opener), stake_0, stake_1, resolve_0, resolve_1, tolerance_0, tolerance_1)
    note(journal, STAKES, event)


@kernel
def reply_to(tree: Tree, solution: Solution, e: int) -> tuple[float, float, float]:
    """The other side's reply to edge e: rung of its full strike, probability of any strike, deaths by the full one.

    As the side that takes edge e expects them. The full strike is the one at the rung reached, or
    the climb where there is none.
    """
    rung, chance, deaths = -1.0, 0.0, 0.0
    node = tree.edges[e].next
    if node >= 0 and tree.nodes[node].mover == CHANCE:
        node += 1
    if node >= 0:
        for reply in range(tree.nodes[node].start, tree.nodes[node].stop):
            edge = tree.edges[reply]
            if edge.strike >= 0:
                chance += solution.expected[reply, 0]
                if edge.action == ANSWER or (edge.action == CLIMB and rung < 0.0):
                    rung, deaths = float(edge.strike), edge.deaths
    return rung, chance, deaths


@kernel
def what_follows(
    tree: Tree, solution: Solution, stakes: Reals, reach: Reals, e: int, lane: int
) -> tuple[float, float, float, float, float]:
    """Toll, price, won, lost and war of an ``OptionEvent``, for the side that takes edge e.

    It expects the average type of the other side, and of itself what its own type, ``lane``, does.
    Nodes stand in an order in which every edge leads forward.
    """
    mover, first = tree.edges[e].actor, tree.edges[e].next
    toll, price, won, lost, war = 0.0, 0.0, 0.0, 0.0, float(tree.edges[e].crosses)
    if first < 0:
        return toll, price, won, lost, war
    for node in range(first, tree.size[0]):
        reach[node] = 0.0
    reach[first] = 1.0
    for node in range(first, tree.size[0]):
        for a in range(tree.nodes[node].start, tree.nodes[node].stop):
            edge = tree.edges[a]
            decides = tree.nodes[node].mover == mover
            come = reach[node] * (solution.choice[a, lane] if decides else solution.expected[a, 0])
            war += come * edge.crosses
            if edge.actor == mover:
                price -= come * edge.own_const
                won += come * edge.own_coef * stakes[mover, edge.own_stake, lane]
            else:
                toll += come * edge.toll
                lost += come * edge.other_coef * stakes[mover, edge.other_stake, lane]
            if edge.next >= 0:
                reach[edge.next] += come
    return toll, price, won, lost, war


@kernel
def note_option(journal: Journal, tree: Tree, solution: Solution, stakes: Reals, e: int, lane: int) -> None:
    """One edge of a decision node, as the mover of type ``lane`` sees it."""
    edge = tree.edges[e]
    onward = solution.value[edge.actor, edge.next, lane] if edge.next >= 0 else 0.0
    rung, chance, deaths = reply_to(tree, solution, e)
    toll, price, won, lost, war = what_follows(tree, solution, stakes, journal.reach, e, lane)
    option = OptionEvent(
        float(edge.action),
        float(edge.rung),
        float(edge.strike),
        solution.choice[e, lane],
        solution.expected[e, 0],
        edge.own_const,
        edge.own_coef * stakes[edge.actor, edge.own_stake, lane],
        onward,
        edge.share,
        edge.deaths,
        rung,
        chance,
        deaths,
        toll,
        price,
        won,
        lost,
        war,
    )
    note(journal, OPTION, option)


@kernel
def note_move(
    journal: Journal,
    tree: Tree,
    solution: Solution,
    stakes: Reals,
    node: int,
    chosen: int,
    lane: int,
    counts: int,
    arrival: int,
) -> None:
    """The decision at a node and its options. ``counts`` = K + 1; ``lane`` : the mover's type."""
    at = tree.nodes[node]
    state = decode(at.state, counts)
    heat, calm_heat = 0.0, 0.0
    for e in range(at.start, at.stop):
        if tree.edges[e].action == STAND:
            heat, calm_heat = 0.0 - tree.edges[e].own_const, 0.0 - tree.edges[e].calm_const
    move = MoveEvent(
        float(arrival),
        float(at.mover),
        float(at.rung),
        float(state.how),
        float(state.own),
        float(state.other),
        float(chosen - at.start),
        heat,
        calm_heat,
        solution.bought[node, lane] if at.struck else 0.0,
    )
    note(journal, MOVE, move)
    for e in range(at.start, at.stop):
        note_option(journal, tree, solution, stakes, e, lane)


@kernel
def note_raid(
    journal: Journal,
    striker: int,
    strike: int,
    opens: int,
    soldiers: float,
    effects: Effects,
    calm_deaths: float,
    calm_stopped: float,
) -> None:
    """A strike as a whole; ``calm_deaths``, ``calm_stopped`` : behind the baseline's protection."""
    raid = RaidEvent(
        float(striker),
        float(strike),
        float(opens),
        effects.deaths,
        effects.stopped,
        calm_deaths,
        calm_stopped,
        soldiers + effects.losses,
        effects.gain,
        effects.disarmed,
    )
    note(journal, RAID, raid)


@kernel
def note_soil(journal: Journal, side: int, deaths: float, night: float) -> None:
    """The raid on one soil: whose it is, deaths there, logit shift of its shield in this raid."""
    note(journal, SOIL, SoilEvent(float(side), deaths, night))


@kernel
def note_flights(journal: Journal, salvo: Salvo, course: Course, calm_swarms: Records) -> None:
    """The arms and the threat classes of the raid on one soil; what flew not is left out."""
    for k in range(salvo.flights.shape[0]):
        flight = salvo.flights[k]
        if flight.launched > 0.0:
            objects, threats = course.objects[k], course.threats[k]
            event = FlightEvent(
                float(k),
                flight.launched,
                course.flying[k],
                course.units[k],
                objects,
                threats,
                flight.leakers,
                flight.downed,
            )
            note(journal, FLIGHT, event)
    for c in range(salvo.swarms.shape[0]):
        swarm = salvo.swarms[c]
        if swarm.threatening + swarm.harmless + course.killed[c] > 0.0:
            through = calm_swarms[c].threatening
            note(
                journal,
                SWARM,
                SwarmEvent(float(c), course.released[c], swarm.threatening, swarm.harmless, course.killed[c], through),
            )


@kernel
def note_layers(
    journal: Journal,
    layers: Records,
    owner: int,
    salvo: Salvo,
    course: Course,
    interceptors: Reals,
    committed: Reals,
    moment: Moment,
) -> None:
    """The layers of a shield in a strike; those that have no interceptors are left out.

    layers : LAYER [side, l]; owner : world's side index
    interceptors : after the strike [l]; committed : 0 where a partner stays out [l]; moment : of the strike
    """
    for l in range(layers.shape[1]):
        engaged, kills = 0.0, 0.0
        for c in range(course.engaged.shape[1]):
            engaged += course.engaged[l, c]
            kills += course.kills[l, c]
        before = interceptors[l] + salvo.used[l]
        if before > 0.0:
            works = 1.0 if draw(moment, OUTAGE, l) < layers[owner, l].availability else 0.0
            note(journal, LAYER, LayerEvent(float(l), before, salvo.used[l], engaged, kills, committed[l], works))


@kernel
def note_crisis(journal: Journal, pair: int, crisis: int, date: float, ids: Wholes) -> None:
    """A crisis of a pair begins. ``ids`` : world's side index of its sides [2]."""
    note(journal, CRISIS, CrisisEvent(float(pair), float(crisis), date, float(ids[0]), float(ids[1])))


@kernel
def note_accident(journal: Journal, arrival: int, actor: int, rung: int, strike: int) -> None:
    """A strike happens by accident, on arrival at a rung."""
    note(journal, ACCIDENT, AccidentEvent(float(arrival), float(actor), float(rung), float(strike)))


@kernel
def note_war(journal: Journal, label: int) -> None:
    """The move just noted begins a war."""
    note(journal, WAR, WarEvent(float(label)))


@kernel
def note_belief(journal: Journal, observer: int, before: float, after: float, truth: float) -> None:
    """A side has learned from a strike."""
    note(journal, BELIEF, BeliefEvent(float(observer), before, after, truth))


@kernel
def note_end(journal: Journal, arrivals: int) -> None:
    """The crisis ends."""
    note(journal, END, EndEvent(float(arrivals)))
