"""One history as a story: years, crises, moves, raids, read from its journal.

Sides, arms, layers, threat classes and rungs keep the numbers of the worlds'
arrays; words for them are the report's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from escalade.crisis import journal as noted
from escalade.crisis.tree import ACCIDENT, YIELD
from escalade.worlds import Reals

Part = TypeVar("Part", "Flight", "Swarm")


@dataclass(frozen=True)
class Option:
    """One action that a mover has.

    action : see ``crisis.tree``; rung : at which the crisis stands afterwards; strike : rung whose strike it carries
        out, None without one
    chance : probability with which this mover takes it; expected : probability that the other side expects
    constant, prize, onward : parts of its expected utility to the mover, in median stakes: costs, losses and pressure;
        what it wins or gives up; what follows
    share : of the objective, given up by yielding; harm : deaths that the other side expects from it
    reply : rung of the other side's full strike in reply, None if it has none; reply_chance : of any strike in reply;
        reply_deaths : of the mover's side by the full one; all this and what follows as the mover expects it
    toll : deaths of the mover's side in all that follows; price : costs of its own later actions, and pressure that
        they leave; won : what these win or give up; lost : what the other side's actions take from it (negative), or
        concede to it
    war : probability that a war begins with it or later
    """

    action: int
    rung: int
    strike: int | None
    chance: float
    expected: float
    constant: float
    prize: float
    onward: float
    share: float
    harm: float
    reply: int | None
    reply_chance: float
    reply_deaths: float
    toll: float
    price: float
    won: float
    lost: float
    war: float

    @property
    def utility(self) -> float:
        """Expected utility to the mover, in median stakes."""
        return self.constant + self.prize + self.onward


@dataclass(frozen=True)
class Flight:
    """One arm in a raid: units launched, failed in flight, stopped before they released; what the rest carried.

    ``leakers`` is the arm's part of what got through of its class and may be fractional; ``downed`` are units lost
    that would have come back.
    """

    arm: int
    launched: int
    failed: int
    stopped_early: int
    objects: int
    threats: int
    leakers: float
    downed: int


@dataclass(frozen=True)
class Swarm:
    """One threat class in a raid, as objects released: threats intercepted or got through, harmless ones shot or not.

    through_calm : threats that got through behind the baseline's protection
    """

    cls: int
    intercepted: int
    through: int
    harmless_shot: int
    left_alone: int
    through_calm: int


@dataclass(frozen=True)
class LayerUse:
    """One layer in a raid.

    owner : side in whose shield it stands
    takes_part : false where a partner stays out of the crisis; works : false where it is out of service for the raid
    """

    owner: int
    layer: int
    before: int
    used: int
    engaged: int
    kills: int
    takes_part: bool
    works: bool


@dataclass(frozen=True)
class Lesson:
    """What a side believed of the shield of ``owner`` before and after a raid, and the truth, as logit shifts."""

    observer: int
    owner: int
    before: float
    after: float
    truth: float


@dataclass(frozen=True)
class Soil:
    """Where a strike fell: whose soil, deaths there, and the logit shift of its shield in this raid.

    night : its true one, and a good or bad night
    """

    side: int
    deaths: float
    night: float


@dataclass(frozen=True)
class Raid:
    """A strike: who fought, what it did, and what the same salvo does behind the baseline's protection (``calm_``).

    strike : rung whose strike was carried out; opens : the first of the crisis
    deaths : of the struck side and its hosts; stopped : share of the threats stopped; soldiers : of the striker lost
    gain : share of the striker's objective; disarmed : share of the exposed launchers destroyed
    soils : where it fell: on the struck side's own soil, or on its hosts'; flights and swarms are those of all
    """

    striker: int
    struck: int
    strike: int
    opens: bool
    deaths: float
    stopped: float
    calm_deaths: float
    calm_stopped: float
    soldiers: float
    gain: float
    disarmed: float
    soils: tuple[Soil, ...]
    flights: tuple[Flight, ...]
    swarms: tuple[Swarm, ...]
    layers: tuple[LayerUse, ...]
    lessons: tuple[Lesson, ...]

    @property
    def interceptors(self) -> int:
        """Interceptors used by all layers."""
        return sum(layer.used for layer in self.layers)


@dataclass(frozen=True)
class Move:
    """A decision, or an accident (which has no options).

    arrival : arrivals at states in this crisis before; side : that acts; other : its rival
    rung, how : where the crisis stood and how the mover came to move (``crisis.ladder``); strikes : of both so far
    action : what was done; chosen : its number among the options, None for an accident
    pressure : to answer the strike just suffered, in stakes; calm_pressure : the same behind the baseline's protection
    bought : restraint bought by the protection; label : of the war that the move begins, None if it begins none
    """

    arrival: int
    side: int
    other: int
    rung: int
    how: int
    strikes: tuple[int, int]
    action: int
    options: tuple[Option, ...]
    chosen: int | None
    pressure: float
    calm_pressure: float
    bought: float
    label: int | None
    raid: Raid | None

    @property
    def option(self) -> Option | None:
        """The option chosen; None for an accident."""
        return None if self.chosen is None else self.options[self.chosen]


@dataclass(frozen=True)
class Crisis:
    """One crisis.

    year, pair, number : its address, all from 0; date : in (0, 1) of the year; sides : of the pair
    opener : side that may move first; stakes : public value of its objective to each of ``sides``, in median stakes
    resolve : how many times as much each of them cares as it shows
    tolerance : deaths that each of them would accept to win a median stake
    """

    year: int
    pair: int
    number: int
    date: float
    sides: tuple[int, int]
    opener: int
    stakes: tuple[float, float]
    resolve: tuple[float, float]
    tolerance: tuple[float, float]
    moves: tuple[Move, ...]

    @property
    def address(self) -> tuple[int, int, int]:
        """Year, pair and number: the same crisis under every policy."""
        return self.year, self.pair, self.number

    @property
    def raids(self) -> tuple[Raid, ...]:
        """Its strikes, in order."""
        return tuple(move.raid for move in self.moves if move.raid is not None)

    @property
    def war(self) -> Move | None:
        """The move that began the war, if one did."""
        return next((move for move in self.moves if move.label is not None), None)

    @property
    def yielded(self) -> Move | None:
        """The move by which a side backed down, if one did."""
        last = self.moves[-1]
        return last if last.action == YIELD else None


@dataclass(frozen=True)
class Year:
    """One year: forces of all sides as it begins, after deliveries, and its crises by date.

    stock, launch : units in stock, and that can be launched in one raid [side][arm]; interceptors : [side][layer]
    """

    number: int
    stock: tuple[tuple[float, ...], ...]
    launch: tuple[tuple[float, ...], ...]
    interceptors: tuple[tuple[float, ...], ...]
    crises: tuple[Crisis, ...]


@dataclass(frozen=True)
class Story:
    """A history, told."""

    years: tuple[Year, ...]

    @cached_property
    def crises(self) -> tuple[Crisis, ...]:
        """All crises in order."""
        return tuple(crisis for year in self.years for crisis in year.crises)

    @cached_property
    def raids(self) -> tuple[Raid, ...]:
        """All strikes in order."""
        return tuple(raid for crisis in self.crises for raid in crisis.raids)

    def deaths(self, side: int) -> float:
        """Deaths of a side."""
        return sum(soil.deaths for raid in self.raids for soil in raid.soils if soil.side == side)

    def interceptors(self, side: int) -> int:
        """Interceptors used by the layers in a side's shield."""
        return sum(layer.used for raid in self.raids for layer in raid.layers if layer.owner == side)

    @property
    def wars(self) -> int:
        """Crises that became wars."""
        return sum(crisis.war is not None for crisis in self.crises)


def story(journal: Reals) -> Story:
    """The story of a history from its journal, as ``history.simulate.replay`` gives it [event, field]."""
    reader = _Reader(journal)
    years = []
    while (year := reader.take(noted.YEAR)) is not None:
        years.append(_year(reader, int(year.year)))
    return Story(tuple(years))


class _Reader:
    """Events one by one."""

    def __init__(self, journal: Reals) -> None:
        self._events: Iterator[tuple[int, Any]] = chain(map(_event, journal), [(-1, None)])
        self._next = next(self._events)

    def take(self, kind: int) -> Any:
        """The next event if it is of that kind, else None."""
        if self._next[0] != kind:
            return None
        event, self._next = self._next[1], next(self._events)
        return event

    def all(self, kind: int) -> list[Any]:
        """The events of that kind that come next."""
        found = []
        while (event := self.take(kind)) is not None:
            found.append(event)
        return found


def _event(row: Reals) -> tuple[int, Any]:
    kind = int(row[0])
    cls = noted.EVENTS[kind]
    return kind, cls(*row[1 : 1 + len(cls._fields)].tolist())


def _year(reader: _Reader, number: int) -> Year:
    arms: list[list[Any]] = []
    stores: list[list[Any]] = []
    while found := reader.all(noted.ARM):
        arms.append(found)
        stores.append(reader.all(noted.STORE))
    crises = []
    while (begun := reader.take(noted.CRISIS)) is not None:
        crises.append(_crisis(reader, number, begun))
    return Year(
        number,
        tuple(tuple(arm.stock for arm in side) for side in arms),
        tuple(tuple(arm.launch for arm in side) for side in arms),
        tuple(tuple(store.stock for store in side) for side in stores),
        tuple(crises),
    )


def _crisis(reader: _Reader, year: int, begun: Any) -> Crisis:
    sides = (int(begun.first), int(begun.second))
    stakes = reader.take(noted.STAKES)
    moves = []
    while reader.take(noted.END) is None:
        moves.append(_move(reader, sides))
    return Crisis(
        year,
        int(begun.pair),
        int(begun.crisis),
        begun.date,
        sides,
        sides[int(stakes.opener)],
        (stakes.stake_0, stakes.stake_1),
        (stakes.resolve_0, stakes.resolve_1),
        (stakes.tolerance_0, stakes.tolerance_1),
        tuple(moves),
    )


def _move(reader: _Reader, sides: tuple[int, int]) -> Move:
    accident = reader.take(noted.ACCIDENT)
    if accident is not None:
        actor = int(accident.actor)
        move = noted.MoveEvent(accident.arrival, actor, accident.rung, 0, 0, 0, -1, 0.0, 0.0, 0.0)
    else:
        move = reader.take(noted.MOVE)
    options = tuple(map(_option, reader.all(noted.OPTION)))
    war = reader.take(noted.WAR)
    mover, chosen = int(move.mover), int(move.chosen)
    return Move(
        int(move.arrival),
        sides[mover],
        sides[1 - mover],
        int(move.rung),
        int(move.how),
        (int(move.own), int(move.other)),
        ACCIDENT if accident is not None else options[chosen].action,
        options,
        None if accident is not None else chosen,
        move.pressure,
        move.calm_pressure,
        move.bought,
        None if war is None else int(war.label),
        _raid(reader, sides),
    )


def _option(event: Any) -> Option:
    return Option(
        int(event.action),
        int(event.rung),
        _rung(event.strike),
        event.chance,
        event.expected,
        event.constant,
        event.prize,
        event.onward,
        event.share,
        event.harm,
        _rung(event.reply_rung),
        event.reply_chance,
        event.reply_deaths,
        event.toll,
        event.price,
        event.won,
        event.lost,
        event.war,
    )


def _rung(number: float) -> int | None:
    return None if number < 0 else int(number)


def _raid(reader: _Reader, sides: tuple[int, int]) -> Raid | None:
    raid = reader.take(noted.RAID)
    if raid is None:
        return None
    striker = int(raid.striker)
    soils, flights, swarms, layers, lessons = _soils(reader)
    return Raid(
        sides[striker],
        sides[1 - striker],
        int(raid.strike),
        bool(raid.opens),
        raid.deaths,
        raid.stopped,
        raid.calm_deaths,
        raid.calm_stopped,
        raid.soldiers,
        raid.gain,
        raid.disarmed,
        tuple(soils),
        tuple(flights),
        tuple(swarms),
        tuple(layers),
        tuple(lessons),
    )


def _soils(reader: _Reader) -> tuple[list[Soil], list[Flight], list[Swarm], list[LayerUse], list[Lesson]]:
    """The soils on which a strike fell, one after the other, and all that happened there."""
    soils: list[Soil] = []
    flights: list[Flight] = []
    swarms: list[Swarm] = []
    layers: list[LayerUse] = []
    lessons: list[Lesson] = []
    while (soil := reader.take(noted.SOIL)) is not None:
        owner = int(soil.side)
        soils.append(Soil(owner, soil.deaths, soil.night))
        flights += map(_flight, reader.all(noted.FLIGHT))
        swarms += map(_swarm, reader.all(noted.SWARM))
        layers += [_layer(event, owner) for event in reader.all(noted.LAYER)]
        for event in reader.all(noted.BELIEF):
            lessons.append(Lesson(int(event.observer), owner, event.before, event.after, event.truth))
    return (
        soils,
        _together(flights, lambda flight: flight.arm),
        _together(swarms, lambda swarm: swarm.cls),
        layers,
        lessons,
    )


def _together(parts: Iterable[Part], key: Callable[[Part], int]) -> list[Part]:
    """Parts with the same key (a whole number, their first field) as one, all other numbers added up."""
    sums: dict[int, Part] = {}
    for part in parts:
        before = sums.get(key(part))
        numbers = zip(*(astuple(each)[1:] for each in (before or part, part)), strict=True)
        sums[key(part)] = part if before is None else type(part)(key(part), *(sum(pair) for pair in numbers))
    return list(sums.values())


def _flight(event: Any) -> Flight:
    return Flight(
        int(event.arm),
        int(event.launched),
        int(event.launched - event.flying),
        int(event.flying - event.released),
        int(event.objects),
        int(event.threats),
        event.leakers,
        int(event.downed),
    )


def _swarm(event: Any) -> Swarm:
    intercepted = int(event.threats - event.through)
    return Swarm(
        int(event.cls),
        intercepted,
        int(event.through),
        int(event.killed) - intercepted,
        int(event.harmless),
        int(event.calm_through),
    )


def _layer(event: Any, owner: int) -> LayerUse:
    return LayerUse(
        owner,
        int(event.layer),
        int(event.before),
        int(event.used),
        int(event.engaged),
        int(event.kills),
        event.takes_part > 0.0,
        event.works > 0.0,
    )
