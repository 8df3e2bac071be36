"""The years between: what is planned, what a side arms for, what it makes, what rivals take from its shield.

Order inside a year: planned changes, crises (``history``), arming, repair, production, countermeasures, shelter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .reading import Plain, Record, facing, order_of, other
from .strike import Effect, Eyes, Forces, add, can_strike, commitments, planned_strike
from .tables import armed

Kind = Literal["arms", "layers", "bare"]
"""What is made: arms, interceptors, and on paper the interceptors of the baseline's protection."""

Thing = tuple[Kind, int, int]
"""Kind, side, number."""


@dataclass
class Shields:
    """Condition of every side's shield and share of its people with shelter; ``bare``: of the baseline's protection."""

    truth: list[float]
    coverage: list[float]
    bare_truth: list[float]
    bare_coverage: list[float]

    def on(self, world: Plain, baseline: Plain) -> tuple[Plain, Plain]:
        """Both worlds with shields and shelters as they are now."""
        return dressed(world, self.truth, self.coverage), dressed(baseline, self.bare_truth, self.bare_coverage)


def dressed(world: Plain, truth: list[float], coverage: list[float]) -> Plain:
    """The world with shields and shelters in this condition."""
    sides = [side._replace(truth=t, coverage=c) for side, t, c in zip(world.sides, truth, coverage, strict=True)]
    return world._replace(sides=sides)


class Years:
    """The years of one history: what has been ordered, begun, seen and spent, besides forces and beliefs."""

    def __init__(self, world: Plain, baseline: Plain, forces: Forces, beliefs: list[list[float]], whole: bool = True):
        self.first_world, self.first_baseline = world, baseline
        self.forces, self.beliefs, self.whole = forces, beliefs, whole
        self.limits = [list(launch) for launch in forces.launch]
        self.orders: dict[tuple[Thing, int], float] = defaultdict(float)
        self.begun: dict[Thing, float] = defaultdict(float)
        self.seen = [False for _ in world.sides]
        self.spending = [0.0 for _ in world.sides]
        self.shields = Shields(
            [side.truth for side in world.sides],
            [side.coverage for side in world.sides],
            [side.truth for side in baseline.sides],
            [side.coverage for side in baseline.sides],
        )

    @property
    def world(self) -> Plain:
        """The world as it now is."""
        return self.shields.on(self.first_world, self.first_baseline)[0]

    @property
    def baseline(self) -> Plain:
        """The same with the baseline's protection."""
        return self.shields.on(self.first_world, self.first_baseline)[1]

    def sides(self) -> range:
        """All sides."""
        return range(len(self.first_world.sides))

    # planned changes

    def begin(self, year: int) -> None:
        """Deliveries arrive, treaty limits come into force."""
        world, bare = self.first_world, self.first_baseline
        for i in self.sides():
            arriving = [by_year[year] for by_year in world.arm_deliveries[i]]
            add(self.forces.stock[i], arriving)
            self.spending[i] += sum(n * arm.unit_cost for n, arm in zip(arriving, world.arms[i], strict=True))
            for k in range(len(world.arms[i])):
                self.hold(i, k, year)
            before = list(self.forces.interceptors[i])
            arriving = [by_year[year] for by_year in world.layer_deliveries[i]]
            add(self.forces.interceptors[i], arriving)
            self.spending[i] += sum(n * l.unit_cost for n, l in zip(arriving, world.layers[i], strict=True) if own(l))
            add(self.forces.bare[i], [by_year[year] for by_year in bare.layer_deliveries[i]])
            self.forces.interceptors[i] = capped(self.forces.interceptors[i], world.layer_caps[i], year)
            self.forces.bare[i] = capped(self.forces.bare[i], bare.layer_caps[i], year)
            self.seen[i] = any(now > then for now, then in zip(self.forces.interceptors[i], before, strict=True))

    def hold(self, i: int, k: int, year: int) -> None:
        """A treaty limit on an arm; where the whole stock can be launched it binds launchers too."""
        cap = self.first_world.arm_caps[i][k][year]
        self.forces.stock[i][k] = min(self.forces.stock[i][k], cap)
        if self.first_world.arms[i][k].whole_stock:
            self.forces.launch[i][k] = min(self.forces.launch[i][k], cap)
            self.limits[i][k] = min(self.limits[i][k], cap)

    # after the crises

    def note_use(self, before: list[list[float]]) -> None:
        """A shield that has fired since ``before`` has been seen at work."""
        for j in self.sides():
            if any(now < then for now, then in zip(self.forces.interceptors[j], before[j], strict=True)):
                self.seen[j] = True

    def end(self, year: int) -> None:
        """Arming, repair, production, countermeasures, shelter."""
        decisions = [Planner(self, i, year).decide() for i in self.sides()]
        for decision in decisions:
            self.enter(decision, year)
        self.repair()
        for decision in decisions:
            self.produce(decision, year)
        self.adapt()
        self.shelter()

    def enter(self, decision: Decision, year: int) -> None:
        """Orders, by the year of arrival."""
        for (kind, i, n), units in decision.orders.items():
            made_by = {"arms": self.first_world.arms, "layers": self.first_world.layers}
            record = made_by.get(kind, self.first_baseline.layers)[i][n]
            self.orders[(kind, i, n), year + int(record.lead)] += units
        self.spending[decision.side] += decision.cost

    def repair(self) -> None:
        """Launch limits recover: ``launch += (limit - launch)(1 - exp(-rate))``."""
        for i in self.sides():
            for k, arm in enumerate(self.first_world.arms[i]):
                missing = self.limits[i][k] - self.forces.launch[i][k]
                self.forces.launch[i][k] += missing * -math.expm1(-arm.repair)

    def produce(self, decision: Decision, year: int) -> None:
        """Normal production after cuts, and the surges ordered for this year, up to the treaty limits."""
        i = decision.side
        for (kind, _, n), normal in decision.normal.items():
            thing: Thing = (kind, i, n)
            units = self.finished(thing, normal + self.orders[thing, year])
            if kind == "arms":
                self.forces.stock[i][n] += units
                if self.first_world.arms[i][n].whole_stock:
                    self.forces.launch[i][n] += units
                    self.limits[i][n] += units
                self.hold(i, n, year)
            elif kind == "layers":
                grown = min(self.forces.interceptors[i][n] + units, self.first_world.layer_caps[i][n][year])
                self.seen[i] = self.seen[i] or grown > self.forces.interceptors[i][n]
                self.forces.interceptors[i][n] = grown
            else:
                grown = self.forces.bare[i][n] + units
                self.forces.bare[i][n] = min(grown, self.first_baseline.layer_caps[i][n][year])

    def finished(self, thing: Thing, more: float) -> float:
        """Whole units; the rest stays begun."""
        if not self.whole:
            return more
        total = self.begun[thing] + more
        units = float(math.floor(total + 1e-9))
        self.begun[thing] = max(0.0, total - units)
        return units

    def adapt(self) -> None:
        """Countermeasures against shields that were seen to grow or at work; all but the owner know by how much."""
        now = self.shields
        for j in self.sides():
            if not self.seen[j]:
                continue
            before = now.truth[j]
            now.truth[j] = min(0.0, before - self.first_world.sides[j].adaptation)
            now.bare_truth[j] = min(0.0, now.bare_truth[j] - self.first_baseline.sides[j].adaptation)
            for o in self.sides():
                if o != j:
                    self.beliefs[o][j] += now.truth[j] - before

    def shelter(self) -> None:
        """Coverage changes by ``build max(0, 1 - A / D) - decay``: the more faith, the less concrete."""
        now = self.shields
        fears = [feared(self.world, self.forces, self.beliefs, j) for j in self.sides()]
        for j, (_, dead) in enumerate(fears):
            side, bare = self.first_world.sides[j], self.first_baseline.sides[j]
            worry = max(0.0, 1.0 - side.acceptable / dead) if dead > 0.0 else 0.0
            now.coverage[j] = within_one(now.coverage[j] + side.build * worry - side.decay)
            now.bare_coverage[j] = within_one(now.bare_coverage[j] + bare.build * worry - bare.decay)


def own(layer: Record) -> bool:
    """Whether a layer is the side's own: a partner's is made and paid for by the partner."""
    return bool(layer.partner == 0)


def capped(stock: list[float], caps: list[list[float]], year: int) -> list[float]:
    """No more than the year's limits."""
    return [min(n, by_year[year]) for n, by_year in zip(stock, caps, strict=True)]


def within_one(x: float) -> float:
    """Between 0 and 1."""
    return min(1.0, max(0.0, x))


# --- what a side expects ---------------------------------------------------------------------------------------


class Facing(NamedTuple):
    """A side's view of a pair that it is in: the rival, which of the pair's sides it is, and the order of all sides."""

    pair: int
    rival: int
    me: int
    order: list[int]


def rivals(world: Plain, i: int, to_deter: bool = False) -> list[Facing]:
    """Those with whom it has crises; ``to_deter``: those against whom it requires a retaliation."""
    found = []
    for p, pair in enumerate(world.pairs):
        order = order_of(world, p)
        if pair.first == i and (pair.first_deters or not to_deter):
            found.append(Facing(p, pair.second, 0, order))
        if pair.second == i and (pair.second_deters or not to_deter):
            found.append(Facing(p, pair.first, 1, order))
    return found


def turned(forces: Forces, order: list[int]) -> Forces:
    """The same forces, sides in another order."""
    rows = (forces.stock, forces.launch, forces.interceptors, forces.bare)
    return Forces(*([list(each[side]) for side in order] for each in rows), list(forces.left))


def eyes(world: Plain, forces: Forces, at: Facing, beliefs: list[float], neglects: bool) -> tuple[Eyes, Forces]:
    """A side as it looks at a rival's first strike, and at its own answer to it; forces in the order of the pair."""
    if not neglects:
        world = world._replace(sides=[side._replace(neglect=0.0) for side in world.sides])
    faced, ours, first = facing(world, at.pair), turned(forces, at.order), other(at.me)
    committed = [armed(faced.layers[j], g, ours.interceptors[j]) for j, g in enumerate(commitments(faced, first))]
    return Eyes(faced, at.me, [beliefs[j] for j in at.order], committed), ours


def struck(seen: Eyes, forces: Forces, striker: int) -> Effect:
    """What a strike at the highest rung does."""
    return planned_strike(seen, forces, striker, len(seen.world.rungs) - 1)[0]


class Answer(NamedTuple):
    """Deaths by a side's retaliation after the rival's best disarming strike, at ``rung`` (None: no strike)."""

    at: Facing
    rung: int | None
    deaths: float


def retaliation(seen: Eyes, forces: Forces, rung: int | None) -> float:
    """Deaths of the rival by the answer at the highest rung to its first strike at ``rung``."""
    me = seen.observer
    if rung is not None:
        _, forces = planned_strike(seen, forces, other(me), rung)
    return struck(seen, forces, me).deaths


def least_retaliation(seen: Eyes, forces: Forces, at: Facing) -> Answer:
    """Over all first strikes that the rival has, and none."""
    rungs = [r for r in range(len(seen.world.rungs)) if can_strike(seen.world, other(at.me), r, forces)]
    answers = [Answer(at, rung, retaliation(seen, forces, rung)) for rung in (None, *rungs)]
    return min(answers, key=lambda answer: answer.deaths)


def fear(world: Plain, forces: Forces, beliefs: list[float], at: Facing) -> float:
    """Own deaths by the full strike of one rival as the side believes; those of hosts by its care for them."""
    seen, ours = eyes(world, forces, at, beliefs, neglects=True)
    return struck(seen, ours, other(at.me)).toll


def feared(world: Plain, forces: Forces, beliefs: list[list[float]], i: int) -> tuple[Facing | None, float]:
    """The rival whose full strike is worst, and its deaths as the side believes."""
    found = [(at, fear(world, forces, beliefs[i], at)) for at in rivals(world, i)]
    return max(found, key=lambda each: each[1], default=(None, 0.0))


# --- what it decides -------------------------------------------------------------------------------------------


class Decision(NamedTuple):
    """Normal production of the year and orders of a side, after cuts, and what it pays for both."""

    side: int
    normal: dict[Thing, float]
    orders: dict[Thing, float]
    cost: float


class Offer(NamedTuple):
    """What a surge could add: units, dollars a unit, deaths caused or avoided per dollar."""

    thing: Thing
    room: float
    price: float
    worth: float


class Planner:
    """One side at its desk."""

    def __init__(self, years: Years, i: int, year: int):
        self.years, self.i, self.year = years, i, year
        self.world, self.baseline, self.side = years.world, years.baseline, years.world.sides[i]
        self.forces = self.with_orders()
        self.normal = self.normal_production()

    def with_orders(self) -> Forces:
        """Today's forces, with everything that the side itself has on order."""
        forces = self.years.forces.copy()
        for ((kind, i, n), arrives), units in self.years.orders.items():
            if i != self.i or arrives < self.year:
                continue
            if kind == "arms":
                forces.stock[i][n] += units
                forces.launch[i][n] += units if self.world.arms[i][n].whole_stock else 0.0
            elif kind == "layers":
                forces.interceptors[i][n] += units
        return forces

    def room(self, thing: Thing, stock: float) -> float:
        """Units that a treaty limit still allows."""
        kind, i, n = thing
        caps = {"arms": self.world.arm_caps, "layers": self.world.layer_caps}.get(kind, self.baseline.layer_caps)
        return max(0.0, caps[i][n][self.year] - stock)

    def normal_production(self) -> dict[Thing, float]:
        """As always, up to the limits."""
        i, today = self.i, self.years.forces
        stocks: list[tuple[Kind, list[float], list[Record]]] = [
            ("arms", today.stock[i], self.world.arms[i]),
            ("layers", today.interceptors[i], self.world.layers[i]),
            ("bare", today.bare[i], self.baseline.layers[i]),
        ]
        return {
            (kind, i, n): min(record.production, self.room((kind, i, n), stock[n]))
            for kind, stock, records in stocks
            for n, record in enumerate(records)
        }

    def record(self, thing: Thing) -> Record:
        """Of an arm or a layer."""
        kind, i, n = thing
        return (self.world.arms if kind == "arms" else self.world.layers)[i][n]

    def pays_for(self, thing: Thing) -> bool:
        """Its arms, and interceptors of its own layers; what is made on paper only costs nothing."""
        return thing[0] == "arms" or (thing[0] == "layers" and own(self.record(thing)))

    def decide(self) -> Decision:
        """Surges as far as requirements are not met, cut to the budget."""
        surges = self.surge_of_arms() | self.surge_of_layers()
        paid_for = {
            t: n for t, n in self.normal.items() if t[0] == "arms" or (t[0] == "layers" and own(self.record(t)))
        }
        cost = [n * self.record(t).unit_cost for t, n in [*paid_for.items(), *surges.items()]]
        bill = sum(cost)
        paid = self.side.budget / bill if bill > self.side.budget else 1.0
        normal = {
            t: n * (paid if t[0] == "arms" or own(self.world.layers[self.i][t[2]]) else 1.0)
            for t, n in self.normal.items()
        }
        orders = {t: paid * n for t, n in surges.items()}
        return Decision(self.i, normal, orders | self.on_paper(orders), paid * bill)

    def on_paper(self, orders: dict[Thing, float]) -> dict[Thing, float]:
        """The same decision for the interceptors of the baseline's protection."""
        found: dict[Thing, float] = {}
        for (kind, i, n), units in orders.items():
            if kind == "layers":
                mine, bare = self.world.layers[i][n], self.baseline.layers[i][n]
                found["bare", i, n] = units / (mine.surge - mine.production) * max(0.0, bare.surge - bare.production)
        return found

    def beliefs(self, prudence: float) -> list[float]:
        """Its own, of the rival's shield with prudence."""
        b = self.years.beliefs[self.i]
        return [shift + (prudence if j != self.i else 0.0) for j, shift in enumerate(b)]

    def surge_of_arms(self) -> dict[Thing, float]:
        """Because it could not retaliate as it requires."""
        required, i = self.side.required, self.i
        if required <= 0.0:
            return {}
        beliefs = self.beliefs(self.side.prudence)
        answers = [
            least_retaliation(*eyes(self.world, self.forces, at, beliefs, neglects=False), at)
            for at in rivals(self.world, i, to_deter=True)
        ]
        hardest = min(answers, key=lambda answer: answer.deaths, default=None)
        if hardest is None or hardest.deaths >= required:
            return {}
        offers = [self.offer_of_arm(k, hardest) for k in range(len(self.world.arms[i]))]
        if all(offer.worth <= 0.0 for offer in offers):
            offers = [self.unopposed(offer) for offer in offers]
        return shared_out(min(1.0, 2.0 * (required - hardest.deaths) / required), offers)

    def offer_of_arm(self, k: int, now: Answer) -> Offer:
        """What a full surge of an arm would add to the retaliation."""
        i, arm, top = self.i, self.world.arms[self.i][k], len(self.world.rungs) - 1
        thing: Thing = ("arms", i, k)
        room = min(max(0.0, arm.surge - arm.production), self.room(thing, self.forces.stock[i][k] + self.normal[thing]))
        price = arm.unit_cost if arm.unit_cost > 0.0 else 1.0
        if room <= 0.0 or not arm.low <= top <= arm.high:
            return Offer(thing, 0.0, price, 0.0)
        more = self.forces.copy()
        more.stock[i][k] += room
        more.launch[i][k] += room if arm.whole_stock else 0.0
        seen, ours = eyes(self.world, more, now.at, self.beliefs(self.side.prudence), neglects=False)
        return Offer(thing, room, price, (retaliation(seen, ours, now.rung) - now.deaths) / (room * price))

    def unopposed(self, offer: Offer) -> Offer:
        """Where nothing gets through yet: the harm that a unit would do if it did."""
        arm = self.record(offer.thing)
        harm = arm.reliability * arm.warheads * arm.threatening * arm.deaths
        return offer._replace(worth=harm / offer.price if offer.room > 0.0 else 0.0)

    def surge_of_layers(self) -> dict[Thing, float]:
        """Because a full strike would cause more deaths than it accepts."""
        acceptable, i = self.side.acceptable, self.i
        if math.isinf(acceptable):
            return {}
        worst, dead = feared(self.world, self.forces, self.years.beliefs, i)
        if worst is None or dead <= acceptable:
            return {}
        offers = [self.offer_of_layer(l, worst, dead) for l in range(len(self.world.layers[i]))]
        return shared_out(min(1.0, 2.0 * (dead - acceptable) / dead), offers)

    def offer_of_layer(self, l: int, worst: Facing, dead: float) -> Offer:
        """Deaths that a full surge of a layer would avoid."""
        i, layer = self.i, self.world.layers[self.i][l]
        thing: Thing = ("layers", i, l)
        stock = self.forces.interceptors[i][l] + self.normal[thing]
        room = min(max(0.0, layer.surge - layer.production), self.room(thing, stock)) if own(layer) else 0.0
        price = layer.unit_cost if layer.unit_cost > 0.0 else 1.0
        if room <= 0.0:
            return Offer(thing, 0.0, price, 0.0)
        more = self.forces.copy()
        more.interceptors[i][l] += room
        avoided = dead - fear(self.world, more, self.years.beliefs[i], worst)
        return Offer(thing, room, price, avoided / (room * price))


def shared_out(share: float, offers: list[Offer]) -> dict[Thing, float]:
    """A share of the money of a full surge, spent where a dollar is worth most, then where it is worth next most."""
    money = 0.0
    for offer in offers:
        money += share * offer.room * offer.price
    bought: dict[Thing, float] = {}
    for offer in sorted(offers, key=lambda offer: -offer.worth):
        if offer.room > 0.0 and offer.worth > 0.0:
            bought[offer.thing] = min(offer.room, money / offer.price)
            money = max(0.0, money - bought[offer.thing] * offer.price)
    return bought
