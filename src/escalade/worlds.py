"""What a kernel reads: worlds as record arrays.

A *world* is one draw of every uncertain input, in the kernel's units (logits,
counts, deaths). ``Worlds`` bundles one record array per concept; the leading
axis of each is the world. Kernels read ``arms[i, k].stock``, never column
numbers. Nothing here knows where the numbers come from: ``ensemble.build``
fills the arrays from a scenario, tests fill them by hand.

Index letters, used throughout the package: ``w`` world, ``i``, ``j``, ``o``
side (attacker, defender, observer), ``k`` arm, ``l`` layer, ``c`` threat class
(an index into the classes that the scenario uses), ``r`` rung, ``y`` year (0 is
the first), ``p`` pair, ``s`` which of a pair's two sides (0 or 1), ``h`` one of the
soils on which strikes on a side fall: its own, or a host's.

Sides with fewer arms or layers than others are padded with records whose stock
is zero (and, for arms, ``low > high``: allowed at no rung).
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Reals: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Records: TypeAlias = NDArray[np.void]
Row: TypeAlias = Any
"""One row of a record array (``np.void``): NumPy's types do not know its fields, ``step.effort``."""

THREAT_CLASSES = (
    "rocket",
    "drone",
    "cruise",
    "ballistic",
    "hypersonic",
    "icbm",
    "slbm",
    "aircraft",
    "ground",
    "tunnel",
)
"""Threat classes that a scenario may name."""


def record(fields: dict[str, str]) -> np.dtype[np.void]:
    """Type of records with these fields: ``row.field``, in compiled kernels and in plain Python alike."""
    return np.dtype((np.record, np.dtype(list(fields.items()), align=True)))


SIDE = record(
    {
        "uid": "i8",  # rank of the side's id in alphabetical order: addresses luck, whatever the order in the file
        "tolerance": "f8",  # T: own deaths accepted to win one median stake
        "affront": "f8",  # pressure of being struck at all, in stakes
        "pressure": "f8",  # P: weight of a death just suffered against a death expected
        "calm": "f8",  # share of the affront that a fully stopped salvo takes away
        "leash": "f8",  # extra cost of striking once partner layers have fired for the side
        "first_cost": "f8",  # kappa_first: extra cost of the first strike of a crisis
        "people": "f8",  # N: people at risk; inf makes deaths linear
        "coverage": "f8",  # share of people with shelter
        "effect": "f8",  # share of deaths that shelter avoids
        "sigma": "f8",  # common mode of the side's shield: sd of a logit shift per raid
        "truth": "f8",  # t: true logit shift of the side's shield, <= 0 by countermeasures
        "conviction": "f8",  # tau_0: precision of the side's prior beliefs, in units of information
        "neglect": "f8",  # nu: saturation neglect about its own shield
        # the years between:
        "value": "f8",  # vbar: what its whole objective is worth to it, in median stakes
        "loss": "f8",  # lbar: what it loses if the other attains its own, in median stakes
        "required": "f8",  # Q: deaths of a rival that its retaliation must be expected to cause; 0: none
        "acceptable": "f8",  # A: own deaths that a rival's full strike may be expected to cause; inf: any number
        "prudence": "f8",  # logit shift by which its planners think a rival's shield better than they believe
        "budget": "f8",  # US dollars a year for production and surges; inf: no limit
        "adaptation": "f8",  # net logit shift that rivals take from its shield in a year in which it grows or is used
        "build": "f8",  # share of people who get shelter in a year if the side is worried in full
        "decay": "f8",  # share of people whose shelter is lost in a year
        "horizon": "f8",  # h: years that its leaders look ahead (whole)
        "patience": "f8",  # beta: weight of next year against this one
    }
)

ARM = record(
    {
        "cls": "i8",  # threat class index
        "reusable": "i8",  # 1: the same unit flies again unless intercepted
        "low": "i8",  # lowest rung at which it may be used
        "high": "i8",  # highest rung
        "stock": "f8",  # units at the start (whole)
        "launch": "f8",  # units that can be launched in one raid
        "reliability": "f8",  # rho: share that does not fail in flight
        "threatening": "f8",  # theta: share of arriving objects that would hit something that matters
        "warheads": "f8",  # objects released per unit (whole)
        "decoys": "f8",  # harmless objects released per unit (may be fractional)
        "deaths": "f8",  # D: deaths per unopposed, unsheltered hit
        "counterforce": "f8",  # C: launch units destroyed per counterforce hit, plentiful targets
        "value": "f8",  # omega: what a hit counts toward the objective
        "crew": "f8",  # own deaths per intercepted unit
        "exposed_launchers": "f8",  # share of launchers exposed to a disarming strike
        "exposed_stock": "f8",  # share of stock exposed to a disarming strike
        "repair": "f8",  # rate per year at which lost launch limits recover
        "production": "f8",  # units per year at the normal rate (whole)
        "unit_cost": "f8",  # US dollars
        "whole_stock": "i8",  # 1: all that is in stock can be launched at once, so that new units count at once
        "surge": "f8",  # units per year at the surge rate (whole)
        "lead": "f8",  # years from the decision to surge to the arrival of what it adds (whole)
    }
)

LAYER = record(
    {
        "stock": "f8",  # interceptors at the start (whole)
        "reserve": "f8",  # interceptors always kept back (whole)
        "shots": "f8",  # interceptors per engagement (whole, >= 1)
        "looks": "f8",  # tries per raid (whole, >= 1)
        "channels": "f8",  # engagements possible in one raid; inf: unlimited
        "availability": "f8",  # probability that the layer works in a raid
        "discrimination": "f8",  # probability that a harmless object is recognised
        "partner": "i8",  # 0: the side's own; n > 0: belongs to partner n
        "sender": "i8",  # side index of that partner, if it is a side of the scenario; else -1
        "defends": "f8",  # g_def: probability that the partner joins when its client was struck first
        "joins": "f8",  # g_off: the same when the client struck first
        "boost": "i8",  # 1: meets units before they release
        "production": "f8",  # interceptors per year at the normal rate (whole)
        "unit_cost": "f8",  # US dollars
        "surge": "f8",  # interceptors per year at the surge rate (whole)
        "lead": "f8",  # years from the decision to surge to the arrival of what it adds (whole)
    }
)

STEP = record(
    {
        "effort": "f8",  # x: share of what could be launched; 0: the rung is a threat
        "counterforce": "f8",  # y: share of hits aimed at means
        "objective": "f8",  # g: share of what is left of the objective won at full penetration
        "cost": "f8",  # kappa: cost of one strike, in stakes (cost of war itself included)
        "soldiers": "f8",  # L: own soldiers lost per strike
        "audience": "f8",  # a: price of backing down here, in stakes
        "raids": "f8",  # B: raids in one strike (whole)
        "may_climb": "i8",  # 1: the side may begin this rung
    }
)

RUNG = record(
    {
        "concession": "f8",  # c: share of what is left given up by yielding here
        "risk": "f8",  # f: autonomous risk on each arrival here
    }
)

RULES = record(
    {
        "war_rung": "i8",  # first rung that counts as war
        "waves": "i8",  # K: strikes per side and rung
        "precision": "f8",  # lambda: logit precision of choice; inf allowed
        "stake_spread": "f8",  # s: sd of the log of public stakes
        "resolve_spread": "f8",  # s_p: sd of the log of private resolve
        "correlation": "f8",  # correlation of the two sides' public stakes
        "light_replies": "i8",  # 1: a struck side may reply at a lower rung's strength
        "opener": "i8",  # -1: drawn evenly; else the uid of the side that opens
        "no_yield": "i8",  # 1: nobody may back down (textbook games only)
    }
)

PAIR = record(
    {
        "first": "i8",  # side index
        "second": "i8",
        "rate": "f8",  # lambda0: crises per year
        "first_deters": "i8",  # 1: the first side requires a retaliation against the second
        "second_deters": "i8",
    }
)

SOIL = record(
    {
        "side": "i8",  # whose soil it is: its people, shelter and shield meet the strikes; -1: none (padding)
        "care": "f8",  # weight of a death there against one of its own to the side that is struck
    }
)


class Worlds(NamedTuple):
    """Worlds under one policy, leading axis = world."""

    sides: NDArray[np.void]  # SIDE [w, i]
    beliefs: NDArray[np.float64]  # prior mean b of observer o about the shield of j [w, o, j]
    arms: NDArray[np.void]  # ARM [w, i, k]
    layers: NDArray[np.void]  # LAYER [w, j, l], in the order in which threats meet them
    kill: NDArray[np.float64]  # kill probability per shot [w, j, l, c]; 0: cannot engage
    serving: NDArray[np.int64]  # classes of attacker i from most to least deadly [w, i, c]
    steps: NDArray[np.void]  # STEP [w, i, r]
    rungs: NDArray[np.void]  # RUNG [w, r]
    rules: NDArray[np.void]  # RULES [w]
    pairs: NDArray[np.void]  # PAIR [w, p]
    soils: NDArray[np.void]  # where strikes on a pair's side s fall: SOIL [w, p, s, h]
    falls: NDArray[
        np.float64
    ]  # of the rival's arm k, the share sent to soil h of what earlier ones left [w, p, s, h, k]
    needs: NDArray[np.float64]  # weighted hits of the baseline's unopposed first strike by side s [w, p, s, r]
    arm_deliveries: NDArray[np.float64]  # units that arrive at the start of year y [w, i, k, y]
    layer_deliveries: NDArray[np.float64]  # interceptors that arrive at the start of year y [w, j, l, y]
    arm_caps: NDArray[np.float64]  # most units in stock in year y; inf: no limit [w, i, k, y]
    layer_caps: NDArray[np.float64]  # most interceptors in stock in year y [w, j, l, y]
    objectives: NDArray[np.float64]  # what its objective is worth to a pair's first, second side in year y [w, y, p, 2]


class World(NamedTuple):
    """One world: the same arrays without the leading axis."""

    sides: NDArray[np.void]
    beliefs: NDArray[np.float64]
    arms: NDArray[np.void]
    layers: NDArray[np.void]
    kill: NDArray[np.float64]
    serving: NDArray[np.int64]
    steps: NDArray[np.void]
    rungs: NDArray[np.void]
    rules: Row
    pairs: NDArray[np.void]
    soils: NDArray[np.void]
    falls: NDArray[np.float64]
    needs: NDArray[np.float64]
    arm_deliveries: NDArray[np.float64]
    layer_deliveries: NDArray[np.float64]
    arm_caps: NDArray[np.float64]
    layer_caps: NDArray[np.float64]
    objectives: NDArray[np.float64]


def world_at(worlds: Worlds, w: int) -> World:
    """World number w of many: views of its arrays, not copies."""
    return World(*(part[w] for part in worlds))
