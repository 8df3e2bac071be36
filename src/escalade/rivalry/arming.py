"""Arming: what each side orders for the years to come, and what it may spend.

A side requires that its retaliation at the highest rung cause at least so many
deaths, after the rival's best disarming strike and through the rival's shield
seen with prudence; and it may require that the rival's full strike cause no
more than so many of its own. The share by which it falls short moves
production from the normal rate toward the surge rate, all of it at a shortfall
of one half. What is on order counts: a planner knows its own orders. The
rival is taken as it stands.

The money of a surge goes to the arm with the most penetrating harm per dollar,
as the side believes, up to its surge rate, then to the next; the same way to
the interceptors that avoid the most deaths per dollar. If the year's bill is
above the budget, everything is cut in proportion. Partners' layers are made
and paid for by the partner, at their normal rate.

Who owns an objective, and what it is worth, enters nowhere: rivals arm against
what a shield can do, not against what it is meant for. That is so by
construction, not a finding.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.crisis.exact import forget_commitment
from escalade.crisis.forces import Forces, new_forces
from escalade.crisis.soil import PAIR_AT, TURNED_AT, owner_of
from escalade.crisis.strike import carry_on
from escalade.crisis.tables import Plan, able_at, fill_outlook, load_today, new_plan, raid_here
from escalade.jit import kernel, kernel_inline
from escalade.rivalry.standing import Standing, Works
from escalade.worlds import Reals, Wholes, World

FULL_SURGE = 2.0
"""Share of the surge per share of the shortfall: all of it at a shortfall of one half."""

NO_STRIKE = -1
"""In place of a rung: the rival does not strike first."""


class Desk(NamedTuple):
    """Working memory of a side's planners: they are side 0, the rival is side 1."""

    ids: Wholes  # see ``crisis.soil``
    today: Forces
    beliefs: Reals  # the planners' believed logit shift of the shield at a place, for both sides [side, place]
    committed: Reals  # [place, l]
    plan: Plan
    room: Reals  # units that a full surge would add [n], n an arm or a layer
    price: Reals  # US dollars; 1 where none is given, so that money can be shared out
    worth: Reals  # deaths caused, or avoided, per dollar
    arms: Reals  # units that the side orders beyond normal production [k]
    layers: Reals  # interceptors [l]


def new_desk(sides: int, arms: int, layers: int, classes: int, soils: int) -> Desk:
    """Empty memory for that many sides, arms, layers, threat classes and soils of a side."""
    widest = max(arms, layers)
    return Desk(
        np.zeros(4, np.int64),
        new_forces(arms, layers, soils),
        np.zeros((sides, 2 * soils)),
        np.ones((2 * soils, layers)),
        new_plan(arms, layers, classes, 1, 0, soils),
        np.zeros(widest),
        np.zeros(widest),
        np.zeros(widest),
        np.zeros(arms),
        np.zeros(layers),
    )


# What a side expects


@kernel
def sit_down(
    world: World, i: int, j: int, prudence: float, year: int, standing: Standing, works: Works, desk: Desk
) -> None:
    """Put the forces of side i, with what is on order from ``year`` on, and of its rival j on the desk."""
    desk.ids[0], desk.ids[1] = i, j
    for p in range(world.pairs.shape[0]):
        if rival_in(world, p, i) == j:
            desk.ids[PAIR_AT], desk.ids[TURNED_AT] = p, world.pairs[p].second == i
    for s in range(2):
        for k in range(world.arms.shape[1]):
            ordered = on_order(works.arms, i, k, year) if s == 0 else 0.0
            desk.today.stock[s, k] = standing.stock[desk.ids[s], k] + ordered
            new = ordered if world.arms[i, k].whole_stock else 0.0
            desk.today.launch[s, k] = standing.launch[desk.ids[s], k] + new
    for place in range(desk.today.interceptors.shape[0]):
        owner, s = owner_of(world, desk.ids, place), place % 2
        if owner >= 0:
            for l in range(world.layers.shape[1]):
                ordered = on_order(works.layers, i, l, year) if owner == i else 0.0
                desk.today.interceptors[place, l] = standing.interceptors[owner, l] + ordered
            for o in range(2):
                desk.beliefs[desk.ids[o], place] = standing.beliefs[i, owner] + (prudence if s == 1 else 0.0)
    forget_commitment(world, desk.ids, desk.committed)


@kernel_inline
def on_order(orders: Reals, i: int, n: int, year: int) -> float:
    """Units on order that arrive in ``year`` or later."""
    total = 0.0
    for y in range(year, orders.shape[2]):
        total += orders[i, n, y]
    return total


@kernel
def look(world: World, memory: float, desk: Desk) -> None:
    """Shields as the planners see them; ``memory`` : 1 - saturation neglect about the own one."""
    fill_outlook(world, desk.ids, desk.beliefs, desk.committed, desk.today.interceptors, desk.plan.outlook)
    desk.plan.outlook.memory[0, 0], desk.plan.outlook.memory[0, 1] = memory, 1.0


@kernel
def retaliation(world: World, rung: int, desk: Desk) -> float:
    """Deaths of the rival by the side's strike at the highest rung, after the rival's first strike at ``rung``.

    Infinite where the rival cannot strike there.
    """
    plan, ids = desk.plan, desk.ids
    load_today(plan.here, desk.today, True)
    if rung != NO_STRIKE:
        if not able_at(world, ids, plan, 1, rung):
            return np.inf
        effects = raid_here(world, ids, plan, 0, 1, 1, rung)
        carry_on(world, ids, 1, effects, 1.0, plan.volley, plan.here)
    return raid_here(world, ids, plan, 0, 1, 0, world.steps.shape[1] - 1).deaths


@kernel
def best_disarming(world: World, desk: Desk) -> tuple[int, float]:
    """The rung of the rival's first strike that leaves the least retaliation, and the deaths that this still causes."""
    at, least = NO_STRIKE, retaliation(world, NO_STRIKE, desk)
    for rung in range(world.steps.shape[1]):
        deaths = retaliation(world, rung, desk)
        if deaths < least:
            at, least = rung, deaths
    return at, least


@kernel
def full_strike(world: World, desk: Desk) -> float:
    """Own deaths by the rival's first strike at the highest rung, as the side believes; hosts' by its care for them."""
    load_today(desk.plan.here, desk.today, True)
    return raid_here(world, desk.ids, desk.plan, 0, 1, 1, world.steps.shape[1] - 1).toll


@kernel_inline
def home(world: World, desk: Desk) -> int:
    """Place of the planners' own soil; -1 where the rival's strikes all fall on hosts."""
    for place in range(0, desk.today.interceptors.shape[0], 2):
        if owner_of(world, desk.ids, place) == desk.ids[0]:
            return place
    return -1


@kernel_inline
def rival_in(world: World, p: int, i: int) -> int:
    """The rival of side i in a pair; -1 if it is not in it."""
    if world.pairs[p].first == i:
        return world.pairs[p].second
    return world.pairs[p].first if world.pairs[p].second == i else -1


@kernel
def worst_rival(world: World, i: int, year: int, standing: Standing, works: Works, desk: Desk) -> tuple[int, float]:
    """The rival whose full strike side i fears most, and the deaths that it would cause; (-1, 0) if there is none."""
    worst, most = -1, 0.0
    for p in range(world.pairs.shape[0]):
        j = rival_in(world, p, i)
        if j >= 0:
            sit_down(world, i, j, 0.0, year, standing, works, desk)
            look(world, 1.0 - world.sides[i].neglect, desk)
            deaths = full_strike(world, desk)
            if deaths > most:
                worst, most = j, deaths
    return worst, most


@kernel
def feared_deaths(world: World, i: int, standing: Standing, works: Works, desk: Desk) -> float:
    """Own deaths by the worst full strike of a rival today, as side i believes."""
    return worst_rival(world, i, works.arms.shape[2], standing, works, desk)[1]


@kernel
def hardest_rival(world: World, i: int, year: int, standing: Standing, works: Works, desk: Desk) -> tuple[int, float]:
    """The rival whom the retaliation of side i threatens least, and its deaths; (-1, Q) if it need deter none."""
    hardest, least = -1, world.sides[i].required
    for p in range(world.pairs.shape[0]):
        j = rival_in(world, p, i)
        deters = world.pairs[p].first_deters if world.pairs[p].first == i else world.pairs[p].second_deters
        if j >= 0 and deters:
            sit_down(world, i, j, world.sides[i].prudence, year, standing, works, desk)
            look(world, 1.0, desk)
            deaths = best_disarming(world, desk)[1]
            if deaths < least:
                hardest, least = j, deaths
    return hardest, least


# What it orders


@kernel
def arm(world: World, calm: World, year: int, standing: Standing, works: Works, desk: Desk) -> None:
    """Every side decides on its production, all from the same standing, and places its orders.

    The shadow's interceptors follow the decisions of the side, at the rates of the baseline's protection.
    """
    for i in range(world.sides.shape[0]):
        plan_normal(world, calm, i, year, standing, works)
        for k in range(world.arms.shape[1]):
            desk.arms[k] = 0.0
        for l in range(world.layers.shape[1]):
            desk.layers[l] = 0.0
        if world.sides[i].required > 0.0:
            order_arms(world, i, year, standing, works, desk)
        if world.sides[i].acceptable < np.inf:
            order_layers(world, i, year, standing, works, desk)
        place(world, calm, i, year, share_paid(world, i, works, desk), works, desk)


@kernel
def plan_normal(world: World, calm: World, i: int, year: int, standing: Standing, works: Works) -> None:
    """Normal production of the year, no more than treaty limits leave room for."""
    at = min(year, world.arm_caps.shape[2] - 1)
    for k in range(world.arms.shape[1]):
        works.arms_made[i, k] = min(
            world.arms[i, k].production, room_below(world.arm_caps[i, k, at], standing.stock[i, k])
        )
    for l in range(world.layers.shape[1]):
        room = room_below(world.layer_caps[i, l, at], standing.interceptors[i, l])
        works.layers_made[i, l] = min(world.layers[i, l].production, room)
        works.shadow_made[i, l] = min(
            calm.layers[i, l].production, room_below(calm.layer_caps[i, l, at], standing.shadow[i, l])
        )


@kernel_inline
def room_below(cap: float, stock: float) -> float:
    """Units that a treaty limit still allows."""
    return max(0.0, cap - stock)


@kernel
def order_arms(world: World, i: int, year: int, standing: Standing, works: Works, desk: Desk) -> None:
    """What a side orders because it could not retaliate as it requires, into ``desk.arms``."""
    required = world.sides[i].required
    rival, deaths = hardest_rival(world, i, year, standing, works, desk)
    if rival < 0:
        return
    sit_down(world, i, rival, world.sides[i].prudence, year, standing, works, desk)
    look(world, 1.0, desk)
    rung, top, at = best_disarming(world, desk)[0], world.steps.shape[1] - 1, min(year, world.arm_caps.shape[2] - 1)
    for k in range(world.arms.shape[1]):
        one = world.arms[i, k]
        usable = one.low <= top <= one.high
        left = room_below(world.arm_caps[i, k, at], desk.today.stock[0, k] + works.arms_made[i, k])
        desk.room[k] = min(max(0.0, one.surge - one.production), left) if usable else 0.0
        desk.price[k] = one.unit_cost if one.unit_cost > 0.0 else 1.0
        desk.worth[k] = arm_worth(world, i, k, rung, deaths, desk) if desk.room[k] > 0.0 else 0.0
    if best_worth(world.arms.shape[1], desk) <= 0.0:  # nothing gets through yet: then what would, if anything did
        for k in range(world.arms.shape[1]):
            one = world.arms[i, k]
            hit = one.reliability * one.warheads * one.threatening * one.deaths
            desk.worth[k] = hit / desk.price[k] if desk.room[k] > 0.0 else 0.0
    share_out(min(1.0, FULL_SURGE * (required - deaths) / required), world.arms.shape[1], desk, desk.arms)


@kernel
def arm_worth(world: World, i: int, k: int, rung: int, deaths: float, desk: Desk) -> float:
    """Deaths per dollar that a full surge of arm k would add to the retaliation."""
    stock, launch = desk.today.stock[0, k], desk.today.launch[0, k]
    desk.today.stock[0, k] += desk.room[k]
    if world.arms[i, k].whole_stock:
        desk.today.launch[0, k] += desk.room[k]
    more = retaliation(world, rung, desk) - deaths
    desk.today.stock[0, k], desk.today.launch[0, k] = stock, launch
    return more / (desk.room[k] * desk.price[k])


@kernel
def order_layers(world: World, i: int, year: int, standing: Standing, works: Works, desk: Desk) -> None:
    """What a side orders because a full strike would cause more deaths than it accepts, into ``desk.layers``."""
    acceptable, at = world.sides[i].acceptable, min(year, world.layer_caps.shape[2] - 1)
    rival, deaths = worst_rival(world, i, year, standing, works, desk)
    if deaths <= acceptable:
        return
    sit_down(world, i, rival, 0.0, year, standing, works, desk)
    own = home(world, desk)
    if own < 0:
        return
    for l in range(world.layers.shape[1]):
        one = world.layers[i, l]
        left = room_below(world.layer_caps[i, l, at], desk.today.interceptors[own, l] + works.layers_made[i, l])
        desk.room[l] = min(max(0.0, one.surge - one.production), left) if one.partner == 0 else 0.0
        desk.price[l] = one.unit_cost if one.unit_cost > 0.0 else 1.0
        desk.worth[l] = 0.0
        if desk.room[l] > 0.0:
            desk.today.interceptors[own, l] += desk.room[l]
            look(world, 1.0 - world.sides[i].neglect, desk)
            desk.worth[l] = (deaths - full_strike(world, desk)) / (desk.room[l] * desk.price[l])
            desk.today.interceptors[own, l] -= desk.room[l]
    share_out(min(1.0, FULL_SURGE * (deaths - acceptable) / deaths), world.layers.shape[1], desk, desk.layers)


@kernel_inline
def best_worth(count: int, desk: Desk) -> float:
    """The highest worth of a dollar among the first ``count``."""
    best = 0.0
    for n in range(count):
        best = max(best, desk.worth[n])
    return best


@kernel
def share_out(share: float, count: int, desk: Desk, order: Reals) -> None:
    """Spend ``share`` of the money of a full surge where a dollar is worth most, then where it is worth next most.

    Nothing is bought that is worth nothing.
    """
    money = 0.0
    for n in range(count):
        money += share * desk.room[n] * desk.price[n]
    for _ in range(count):
        best = -1
        for n in range(count):
            if desk.room[n] > 0.0 and desk.worth[n] > (desk.worth[best] if best >= 0 else 0.0):
                best = n
        if best < 0:
            return
        order[best] = min(desk.room[best], money / desk.price[best])
        money = max(0.0, money - order[best] * desk.price[best])
        desk.room[best] = 0.0


@kernel
def share_paid(world: World, i: int, works: Works, desk: Desk) -> float:
    """Share of the year's bill of side i that its budget pays for, at most 1."""
    bill = 0.0
    for k in range(world.arms.shape[1]):
        bill += (works.arms_made[i, k] + desk.arms[k]) * world.arms[i, k].unit_cost
    for l in range(world.layers.shape[1]):
        if world.layers[i, l].partner == 0:
            bill += (works.layers_made[i, l] + desk.layers[l]) * world.layers[i, l].unit_cost
    budget = world.sides[i].budget
    return budget / bill if bill > budget else 1.0


@kernel
def place(world: World, calm: World, i: int, year: int, paid: float, works: Works, desk: Desk) -> None:
    """Cut production and orders to what is paid for, enter orders under their year of arrival, and add up the cost."""
    for k in range(world.arms.shape[1]):
        one = world.arms[i, k]
        works.arms_made[i, k] *= paid
        enter(works.arms, i, k, year + int(one.lead), paid * desk.arms[k])
        works.spent[i] += (works.arms_made[i, k] + paid * desk.arms[k]) * one.unit_cost
    for l in range(world.layers.shape[1]):
        own, bare = world.layers[i, l], calm.layers[i, l]
        if own.partner == 0:
            works.layers_made[i, l] *= paid
            works.shadow_made[i, l] *= paid
            enter(works.layers, i, l, year + int(own.lead), paid * desk.layers[l])
            pace = desk.layers[l] / (own.surge - own.production) if own.surge > own.production else 0.0
            enter(works.shadow, i, l, year + int(bare.lead), paid * pace * max(0.0, bare.surge - bare.production))
            works.spent[i] += (works.layers_made[i, l] + paid * desk.layers[l]) * own.unit_cost
    works.spending[i] += works.spent[i]


@kernel_inline
def enter(orders: Reals, i: int, n: int, year: int, units: float) -> None:
    """Enter an order; what would arrive after the end of the period is not kept."""
    if year < orders.shape[2]:
        orders[i, n, year] += units
