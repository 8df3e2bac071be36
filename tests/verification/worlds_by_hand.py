"""Small worlds made by hand, for tests of the kernels and of their readable twin.

``VARIANTS`` names pairs of worlds with two sides, ``SEVERAL`` some with more: under a policy, and under its
baseline (the same without the shield of side 0, unless the variant says otherwise). Together the variants reach
every branch of the model. All numbers are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from escalade.worlds import (
    ARM,
    LAYER,
    PAIR,
    RULES,
    RUNG,
    SIDE,
    SOIL,
    STEP,
    THREAT_CLASSES,
    World,
    Worlds,
)

DRONE, BALLISTIC, AIRCRAFT, GROUND = (THREAT_CLASSES.index(c) for c in ("drone", "ballistic", "aircraft", "ground"))
YEARS = 6
RUNGS = 5

SIDE_DEFAULTS: dict[str, Any] = {
    "tolerance": 400.0,
    "affront": 0.12,
    "pressure": 0.6,
    "calm": 0.7,
    "leash": 0.0,
    "first_cost": 0.02,
    "people": np.inf,
    "coverage": 0.3,
    "effect": 0.6,
    "sigma": 0.6,
    "truth": -0.2,
    "conviction": 20.0,
    "neglect": 0.0,
    "value": 1.0,
    "loss": 1.0,
    "required": 0.0,
    "acceptable": np.inf,
    "prudence": 0.0,
    "budget": np.inf,
    "adaptation": 0.0,
    "build": 0.0,
    "decay": 0.0,
    "horizon": 0.0,
    "patience": 0.9,
}
ARM_DEFAULTS: dict[str, Any] = {
    "cls": BALLISTIC,
    "reusable": 0,
    "low": 2,
    "high": 4,
    "stock": 300.0,
    "launch": 30.0,
    "reliability": 0.85,
    "threatening": 0.6,
    "warheads": 1.0,
    "decoys": 0.0,
    "deaths": 4.0,
    "counterforce": 0.5,
    "value": 1.0,
    "crew": 0.0,
    "exposed_launchers": 0.5,
    "exposed_stock": 0.2,
    "repair": 0.7,
    "production": 20.0,
    "unit_cost": 1e6,
    "whole_stock": 0,
    "surge": 20.0,
    "lead": 0.0,
}
LAYER_DEFAULTS: dict[str, Any] = {
    "stock": 60.0,
    "reserve": 4.0,
    "shots": 2.0,
    "looks": 1.0,
    "channels": 20.0,
    "availability": 0.95,
    "discrimination": 0.8,
    "partner": 0,
    "sender": -1,
    "defends": 1.0,
    "joins": 1.0,
    "boost": 0,
    "production": 6.0,
    "unit_cost": 2e6,
    "surge": 6.0,
    "lead": 0.0,
}
STEPS: list[dict[str, Any]] = [
    {"effort": 0.0, "cost": 0.0, "objective": 0.0},
    {"effort": 0.0, "cost": 0.02, "objective": 0.0, "audience": 0.05},
    {"effort": 0.25, "cost": 0.08, "objective": 0.15, "audience": 0.08},
    {"effort": 0.5, "cost": 0.2, "objective": 0.3, "audience": 0.1, "raids": 2.0, "counterforce": 0.4},
    {
        "effort": 0.8,
        "cost": 0.4,
        "objective": 0.45,
        "audience": 0.15,
        "raids": 3.0,
        "counterforce": 0.6,
        "soldiers": 25.0,
    },
]
STEP_DEFAULTS: dict[str, Any] = {"counterforce": 0.2, "soldiers": 0.0, "audience": 0.0, "raids": 1.0, "may_climb": 1}
RUNGS_DEFAULT = [(0.0, 0.0), (0.15, 0.0), (0.3, 0.0), (0.6, 0.0), (1.0, 0.0)]
RULES_DEFAULTS: dict[str, Any] = {
    "war_rung": 3,
    "waves": 2,
    "precision": 20.0,
    "stake_spread": 0.4,
    "resolve_spread": 0.6,
    "correlation": 0.0,
    "light_replies": 1,
    "opener": -1,
    "no_yield": 0,
}
ABSENT_ARM: dict[str, Any] = {"low": 1, "high": 0, "stock": 0.0, "launch": 0.0, "production": 0.0}
ABSENT_LAYER: dict[str, Any] = {"stock": 0.0, "reserve": 0.0, "production": 0.0, "kill": {}}

Changes = dict[str, Any]


def drones(**changes: Any) -> Changes:
    """A cheap second arm of another class, usable from the first strike rung."""
    return {"cls": DRONE, "stock": 200.0, "launch": 40.0, "reliability": 0.7, "deaths": 0.4, "value": 0.1} | changes


def squadron(**changes: Any) -> Changes:
    """Reusable aircraft with crews."""
    base = {"cls": AIRCRAFT, "reusable": 1, "low": 2, "stock": 24.0, "launch": 16.0, "reliability": 0.98}
    return base | {"threatening": 1.0, "deaths": 6.0, "crew": 1.5, "production": 1.0} | changes


def layer(kill: dict[int, float], **changes: Any) -> Changes:
    """A layer with its kill probability per class."""
    return changes | {"kill": kill}


PLAIN: Changes = {
    "sides": [{"uid": 0}, {"uid": 1, "tolerance": 900.0, "truth": 0.0, "affront": 0.08}],
    "arms": [
        [squadron(), drones(stock=80.0, launch=20.0)],
        [{}, drones()],
    ],
    "layers": [
        [layer({BALLISTIC: 0.6}, stock=40.0), layer({BALLISTIC: 0.3, DRONE: 0.8}, looks=2.0, shots=1.0, stock=80.0)],
        [layer({AIRCRAFT: 0.08, DRONE: 0.5}, shots=1.0, stock=90.0, channels=12.0)],
    ],
    "beliefs": [[0.5, 0.0], [-0.2, 0.3]],
    "steps": [STEPS, STEPS],
    "rungs": RUNGS_DEFAULT,
    "rules": {},
    "rate": 1.2,
    "pairs": [(0, 1)],
    "deliveries": [],
}


def world_of(setup: Changes) -> World:
    """The record arrays of a set-up: its changes laid over the defaults, padded to equal lengths."""
    arms = padded([[ARM_DEFAULTS | arm for arm in side] for side in setup["arms"]], ARM_DEFAULTS | ABSENT_ARM)
    layers = padded([[LAYER_DEFAULTS | l for l in side] for side in setup["layers"]], LAYER_DEFAULTS | ABSENT_LAYER)
    steps = [[STEP_DEFAULTS | step for step in side] for side in setup["steps"]]
    kill = np.array([[[l["kill"].get(c, 0.0) for c in range(len(THREAT_CLASSES))] for l in side] for side in layers])
    sides = len(setup["sides"])
    deliveries = np.zeros((sides, len(arms[0]), YEARS)), np.zeros((sides, len(layers[0]), YEARS))
    soils, falls = soils_of(setup, len(arms[0]))
    needs = [
        [
            [unopposed(arms[i], step, r, falls[p, 1 - s]) for r, step in enumerate(steps[i])]
            for s, i in enumerate(pair[:2])
        ]
        for p, pair in enumerate(setup.get("pairs", [(0, 1)]))
    ]
    for kind, side, number, year, units in setup["deliveries"]:
        deliveries[kind][side, number, year] += units
    worth = [(SIDE_DEFAULTS | side)["value"] for side in setup["sides"]]
    caps = np.full_like(deliveries[0], np.inf), np.full_like(deliveries[1], np.inf)
    for kind, side, number, year, units in setup.get("caps", []):
        caps[kind][side, number, year:] = units
    return World(
        sides=records(SIDE, [SIDE_DEFAULTS | side for side in setup["sides"]]),
        beliefs=np.array(setup["beliefs"]),
        arms=np.array([records(ARM, side) for side in arms]),
        layers=np.array([records(LAYER, side) for side in layers]),
        kill=kill,
        serving=np.array([serving(side) for side in arms], dtype=np.int64),
        steps=np.array([records(STEP, side) for side in steps]),
        rungs=np.array(setup["rungs"], dtype=RUNG),
        rules=records(RULES, [RULES_DEFAULTS | setup["rules"]])[0],
        pairs=np.array(
            [(*pair, setup["rate"], *setup.get("deter", (1, 1))) for pair in setup.get("pairs", [(0, 1)])], dtype=PAIR
        ),
        soils=soils,
        falls=falls,
        needs=np.array(needs),
        arm_deliveries=deliveries[0],
        layer_deliveries=deliveries[1],
        arm_caps=caps[0],
        layer_caps=caps[1],
        objectives=np.array([[[worth[side] for side in pair[:2]] for pair in setup.get("pairs", [(0, 1)])]] * YEARS),
    )


def soils_of(setup: Changes, arms: int) -> tuple[np.ndarray, np.ndarray]:
    """Soils [p, s, h] and what falls on them [p, s, h, k]: without hosts everything on the side's own.

    ``hosts`` of a set-up lists (pair, s, [(side, care, [what falls there of each of the rival's arms])]).
    """
    hosts = {(pair, s): rows for pair, s, rows in setup.get("hosts", [])}
    own = [
        [hosts.get((p, s), [(side, 1.0, [1.0] * arms)]) for s, side in enumerate(pair)]
        for p, pair in enumerate(setup.get("pairs", [(0, 1)]))
    ]
    widest = max(len(rows) for pair in own for rows in pair)
    soils, falls = np.zeros((len(own), 2, widest), SOIL), np.zeros((len(own), 2, widest, arms))
    soils["side"] = -1
    for p, pair in enumerate(own):
        for s, rows in enumerate(pair):
            for h, (side, care, shares) in enumerate(rows):
                soils[p, s, h] = (side, care)
                falls[p, s, h, : len(shares)] = shares
    return soils, falls


def padded(rows: list[list[Changes]], absent: Changes) -> list[list[Changes]]:
    """Rows of equal length."""
    longest = max(len(row) for row in rows)
    return [row + [absent] * (longest - len(row)) for row in rows]


def records(dtype: np.dtype[np.void], rows: list[Changes]) -> np.ndarray:
    """A record array from mappings, by field name."""
    return np.array([tuple(row[name] for name in dtype.names or ()) for row in rows], dtype=dtype)


def unopposed(arms: list[Changes], step: Changes, rung: int, falls: np.ndarray) -> float:
    """``need``: weighted hits of the first strike at the rung if nothing is stopped; ``falls`` [h, k]."""
    hits = 0.0
    for k, arm in enumerate(arms):
        if arm["low"] <= rung <= arm["high"] and falls[:, k].max() > 0.0:
            x, raids = step["effort"], step["raids"]
            sorties = (
                raids * min(arm["stock"], arm["launch"])
                if arm["reusable"]
                else min(arm["stock"], raids * arm["launch"])
            )
            hits += arm["value"] * x * sorties * arm["reliability"] * arm["warheads"] * arm["threatening"]
    return hits


def serving(arms: list[Changes]) -> list[int]:
    """Classes from the most to the least deadly."""
    deadly = dict.fromkeys(range(len(THREAT_CLASSES)), 0.0)
    for arm in arms:
        deadly[arm["cls"]] = max(deadly[arm["cls"]], arm["deaths"] if arm["stock"] > 0 else 0.0)
    return sorted(deadly, key=lambda c: -deadly[c])


def changed(setup: Changes, **changes: Any) -> Changes:
    """A set-up with some parts replaced."""
    return setup | changes


def each_side(setup: Changes, *changes: Changes) -> list[Changes]:
    """The sides of a set-up with fields changed, one mapping per side (or one for both)."""
    both = changes if len(changes) == 2 else (changes[0], changes[0])
    return [side | change for side, change in zip(setup["sides"], both, strict=True)]


def without_shield(setup: Changes, side: int = 0) -> Changes:
    """The baseline: the layers of a side without stock and production, and no delusion about them."""
    layers = [list(row) for row in setup["layers"]]
    layers[side] = [l | {"stock": 0.0, "reserve": 0.0, "production": 0.0} for l in layers[side]]
    beliefs = [list(row) for row in setup["beliefs"]]
    beliefs[side][side] = (SIDE_DEFAULTS | setup["sides"][side])["truth"]
    return changed(setup, layers=layers, beliefs=beliefs)


def steps_with(**by_rung: Changes) -> list[Changes]:
    """The default steps with changes at rungs, e.g. ``r3={"effort": 0.0}``."""
    return [step | by_rung.get(f"r{r}", {}) for r, step in enumerate(STEPS)]


# --- variants --------------------------------------------------------------------------------------------------


def plain() -> Changes:
    """Layers with looks and channels, aircraft with crews against missiles, hubris."""
    return PLAIN


def boost() -> Changes:
    """A boost layer against two arms of one class that carry several warheads and fractional decoys."""
    arms = [
        PLAIN["arms"][0],
        [{"warheads": 2.0, "decoys": 1.4}, {"stock": 60.0, "launch": 10.0, "decoys": 0.3, "deaths": 7.0}, drones()],
    ]
    early = layer({BALLISTIC: 0.35}, boost=1, shots=1.0, looks=2.0, stock=30.0, channels=8.0)
    return changed(PLAIN, arms=arms, layers=[[early, *PLAIN["layers"][0]], PLAIN["layers"][1]])


def partner() -> Changes:
    """Partner layers that come to defend more readily than to join, and a leash once they have fired."""
    ally = layer({BALLISTIC: 0.7}, partner=1, defends=0.9, joins=0.3, stock=30.0)
    second = layer({DRONE: 0.6}, partner=2, defends=0.6, joins=0.6, stock=25.0, shots=1.0)
    shield = [PLAIN["layers"][0][0], ally, PLAIN["layers"][0][1], second]
    sides = each_side(PLAIN, {"leash": 0.15}, {"leash": 0.05})
    return changed(PLAIN, layers=[shield, PLAIN["layers"][1]], sides=sides)


def leash_without_choice() -> Changes:
    """Partners that come whoever strikes first, with a leash; and an ally of the other side without one."""
    ally = layer({BALLISTIC: 0.7}, partner=3, defends=0.7, joins=0.7, stock=30.0)
    theirs = layer({AIRCRAFT: 0.1}, partner=1, defends=0.5, joins=0.5, stock=30.0, shots=1.0)
    layers = [[*PLAIN["layers"][0], ally], [*PLAIN["layers"][1], theirs]]
    return changed(PLAIN, layers=layers, sides=each_side(PLAIN, {"leash": 0.2}, {}))


def risk() -> Changes:
    """Strikes that nobody decided, on the rungs below the war."""
    rungs = [(0.0, 0.01), (0.15, 0.1), (0.3, 0.3), (0.6, 0.05), (1.0, 0.05)]
    return changed(PLAIN, rungs=rungs, steps=[STEPS, steps_with(r3={"may_climb": 0})])


def people() -> Changes:
    """Few people at risk, deep shelter, deadly warheads: deaths saturate."""
    sides = each_side(PLAIN, {"people": 150.0, "coverage": 0.8, "effect": 0.9}, {"people": 60.0})
    return changed(PLAIN, sides=sides, arms=[PLAIN["arms"][0], [{"deaths": 20.0}, drones(deaths=3.0)]])


def no_light() -> Changes:
    """One wave a rung, no light replies; side 1 opens."""
    return changed(PLAIN, rules={"waves": 1, "light_replies": 0, "opener": 1})


def three_waves() -> Changes:
    """Three waves a rung, less precise choice, correlated stakes."""
    return changed(PLAIN, rules={"waves": 3, "precision": 10.0, "correlation": -0.5, "stake_spread": 0.7})


def neglect() -> Changes:
    """Owners who forget that shots run out, behind small magazines and few channels."""
    layers = [
        [layer({BALLISTIC: 0.8, DRONE: 0.7}, stock=14.0, reserve=3.0, looks=2.0, channels=5.0, discrimination=0.3)],
        PLAIN["layers"][1],
    ]
    return changed(PLAIN, layers=layers, sides=each_side(PLAIN, {"neglect": 0.7, "sigma": 1.0}, {"neglect": 0.3}))


def threats_above() -> Changes:
    """Side 0 only threatens at the war rung, side 1 cannot begin it but may answer there."""
    steps = [steps_with(r3={"effort": 0.0}), steps_with(r3={"may_climb": 0})]
    return changed(PLAIN, steps=steps)


def strikes_from_the_start() -> Changes:
    """All rungs are strikes, the lowest too; ground forces that no layer engages; war at the second rung."""
    steps = [step | {"effort": max(step["effort"], 0.1), "objective": max(step["objective"], 0.05)} for step in STEPS]
    army = {"cls": GROUND, "reusable": 1, "low": 0, "high": 4, "stock": 50.0, "launch": 30.0, "counterforce": 4.0}
    arms = [[army, squadron(low=1)], [{"low": 0}, drones(low=0)]]
    return changed(PLAIN, steps=[steps, steps], arms=arms, rules={"war_rung": 2})


def scarce() -> Changes:
    """Stocks so small that strikes become impossible within a crisis; deliveries and production bring some back."""
    arms = [[squadron(stock=8.0, launch=5.0, production=1.0)], [{"stock": 12.0, "launch": 6.0, "production": 4.0}]]
    deliveries = [(0, 0, 0, 2, 5.0), (0, 1, 0, 1, 9.0), (1, 0, 0, 3, 8.0), (1, 1, 0, 0, 3.0)]
    return changed(PLAIN, arms=arms, deliveries=deliveries, rate=2.0, rules={"precision": 5.0})


def certain() -> Changes:
    """Kills that are certain, layers that always work, nothing harmless, no common mode."""
    layers = [
        [layer({BALLISTIC: 1.0}, shots=1.0, availability=1.0, discrimination=1.0, channels=np.inf, stock=20.0)],
        [layer({AIRCRAFT: 1.0}, shots=1.0, availability=1.0, discrimination=1.0, channels=3.0)],
    ]
    arms = [[squadron()], [{"reliability": 1.0, "threatening": 1.0}]]
    sides = each_side(PLAIN, {"sigma": 0.0, "truth": 0.0})
    return changed(PLAIN, layers=layers, arms=arms, sides=sides, beliefs=[[0.0, 0.0], [0.0, 0.0]])


def known_resolve() -> Changes:
    """No private resolve, stakes at their medians, noisy choice; backing down is not allowed."""
    return changed(PLAIN, rules={"resolve_spread": 0.0, "stake_spread": 0.0, "precision": 8.0, "no_yield": 1}, rate=2.5)


def best_reply() -> Changes:
    """Choice without error."""
    return changed(PLAIN, rules={"precision": np.inf})


def coin_toss() -> Changes:
    """Choice by chance alone: long crises that visit everything."""
    return changed(risk(), rules={"precision": 0.0, "waves": 3}, rate=2.0)


def exchanged_ids() -> Changes:
    """The side that stands second has the lower id."""
    first, second = partner()["sides"]
    return changed(partner(), sides=[first | {"uid": 1}, second | {"uid": 0}], rules={"opener": 0, "correlation": 0.4})


def race() -> Changes:
    """Both sides arm: for retaliation, for a shield, with lead times, within a budget that binds."""
    sides = each_side(
        PLAIN,
        {"required": 900.0, "acceptable": 40.0, "budget": 9e7, "prudence": 0.5, "neglect": 0.3, "value": 1.3},
        {"required": 1500.0, "acceptable": 500.0, "budget": 6e7, "prudence": 0.2, "loss": 0.8},
    )
    arms = [
        [squadron(surge=4.0, lead=2.0, unit_cost=9e6), drones(stock=80.0, launch=20.0, surge=90.0, lead=1.0)],
        [{"surge": 45.0, "lead": 1.0, "whole_stock": 1}, drones(surge=70.0)],
    ]
    faster = [[l | {"surge": 17.0, "lead": 1.0} for l in side] for side in PLAIN["layers"]]
    return changed(PLAIN, sides=sides, arms=arms, layers=faster, deliveries=[(1, 0, 1, 1, 7.0), (0, 1, 0, 2, 9.0)])


def treaty() -> Changes:
    """Limits on arms and interceptors, countermeasures against a shield that grows, shelter built for fear."""
    ally = layer({BALLISTIC: 0.7}, partner=1, defends=0.9, joins=0.3, stock=30.0, surge=20.0)
    sides = each_side(
        PLAIN,
        {"acceptable": 30.0, "adaptation": 0.2, "build": 0.1, "decay": 0.01, "neglect": 0.4},
        {"required": 4000.0, "adaptation": 0.05, "decay": 0.02},
    )
    arms = [PLAIN["arms"][0], [{"surge": 60.0, "whole_stock": 1, "launch": 300.0}, drones(unit_cost=0.0, surge=50.0)]]
    first = [l | {"surge": 30.0, "lead": 1.0} for l in PLAIN["layers"][0]]
    caps = [(0, 1, 0, 1, 310.0), (0, 1, 0, 3, 280.0), (1, 0, 0, 0, 55.0), (1, 0, 1, 2, 90.0)]
    layers = [[*first, ally], PLAIN["layers"][1]]
    return changed(PLAIN, sides=sides, arms=arms, layers=layers) | {"caps": caps, "deter": (1, 1)}


SETUPS: dict[str, Callable[[], Changes]] = {
    setup.__name__: setup
    for setup in (
        plain,
        boost,
        partner,
        leash_without_choice,
        risk,
        people,
        no_light,
        three_waves,
        neglect,
        threats_above,
        strikes_from_the_start,
        scarce,
        certain,
        known_resolve,
        best_reply,
        coin_toss,
        exchanged_ids,
        race,
        treaty,
    )
}


# --- several sides ---------------------------------------------------------------------------------------------

THIRD: Changes = {"uid": 2, "tolerance": 600.0, "truth": -0.4, "coverage": 0.1, "leash": 0.1}


def three_sides() -> Changes:
    """Three sides, each pair of which has crises; the third has lent a layer to the first."""
    lent = layer({BALLISTIC: 0.5}, partner=1, sender=2, defends=0.8, joins=0.2, stock=25.0)
    return changed(
        PLAIN,
        sides=[*PLAIN["sides"], THIRD],
        arms=[*PLAIN["arms"], [squadron(stock=12.0), {"stock": 90.0, "deaths": 3.0}]],
        layers=[[*PLAIN["layers"][0], lent], PLAIN["layers"][1], [layer({BALLISTIC: 0.5, DRONE: 0.4}, stock=30.0)]],
        beliefs=[[0.5, 0.0, 0.1], [-0.2, 0.3, 0.2], [0.4, -0.1, 0.6]],
        steps=[STEPS, STEPS, steps_with(r4={"objective": 0.2})],
        pairs=[(1, 0), (2, 1), (0, 2)],
    )


def host() -> Changes:
    """All strikes on the first side fall on a host, with layers of its own, lent ones, and one that its patron sent."""
    sent = layer({BALLISTIC: 0.6, DRONE: 0.3}, partner=1, sender=0, defends=0.4, joins=0.2, stock=20.0)
    lent = layer({BALLISTIC: 0.5}, partner=2, defends=0.8, joins=0.3, stock=25.0)
    hosting = THIRD | {"people": 300.0, "coverage": 0.5, "sigma": 0.9}
    return changed(
        PLAIN,
        sides=[*each_side(PLAIN, {"leash": 0.2, "neglect": 0.4}, {}), hosting],
        arms=[*PLAIN["arms"], []],
        layers=[*PLAIN["layers"], [layer({BALLISTIC: 0.4, DRONE: 0.6}, stock=50.0), sent, lent]],
        beliefs=[[0.5, 0.0, 0.8], [-0.2, 0.3, 0.2], [0.4, -0.1, 0.6]],
        steps=[STEPS, STEPS, STEPS],
        hosts=[(0, 0, [(2, 0.4, [1.0, 1.0])])],
    )


def many_soils() -> Changes:
    """Strikes on the first side fall on two hosts and at home, arm by arm; one of the hosts has crises of its own."""
    fourth = {"uid": 3, "tolerance": 1.0, "truth": -0.1, "conviction": 8.0}
    rest = three_sides()
    home, first, second = (0, 1.0, [1.0, 1.0]), (3, 0.3, [0.25, 0.0]), (2, 0.7, [2 / 3, 0.5])
    return changed(
        rest,
        sides=[*rest["sides"], fourth],
        arms=[*rest["arms"], []],
        layers=[*rest["layers"], [layer({BALLISTIC: 0.7}, stock=15.0, partner=1, sender=2), layer({DRONE: 0.7})]],
        beliefs=[[0.5, 0.0, 0.9, 0.2], [-0.2, 0.3, 0.2, 0.1], [0.4, -0.1, 0.6, 0.0], [0.1, 0.2, 0.3, 0.4]],
        steps=[*rest["steps"], STEPS],
        pairs=[(1, 0), (2, 1)],
        hosts=[(0, 1, [first, second, home]), (1, 1, [(1, 1.0, [1.0, 0.0])])],
        rungs=[(0.0, 0.02), (0.15, 0.1), (0.3, 0.1), (0.6, 0.0), (1.0, 0.0)],
    )


def race_of_three() -> Changes:
    """Three sides with hosts that arm, for retaliation and for fear, each in every pair that it is in."""
    base = many_soils()
    wishes = [
        {"required": 900.0, "acceptable": 40.0, "budget": 9e7, "prudence": 0.5, "neglect": 0.3},
        {"required": 1500.0, "acceptable": 100.0, "build": 0.1, "decay": 0.01, "adaptation": 0.1},
        {"required": 400.0, "acceptable": 60.0, "budget": 4e7, "adaptation": 0.05},
        {},
    ]
    arms = [[arm | {"surge": 45.0, "lead": 1.0} for arm in side] for side in base["arms"]]
    layers = [[l | {"surge": 20.0, "lead": 1.0} for l in side] for side in base["layers"]]
    sides = [side | wish for side, wish in zip(base["sides"], wishes, strict=True)]
    return changed(base, sides=sides, arms=arms, layers=layers, pairs=[(1, 0), (2, 1), (0, 2)])


SEVERAL: dict[str, Callable[[], Changes]] = {
    each.__name__: each for each in (three_sides, host, many_soils, race_of_three)
}


def pair_of_worlds(name: str) -> tuple[World, World]:
    """A variant under its policy, and under its baseline."""
    setup = (SETUPS | SEVERAL)[name]()
    return world_of(setup), world_of(without_shield(setup))


RACING = ("race", "treaty")
"""Set-ups whose years bring more than deliveries, repair and normal production."""
VARIANTS = tuple(name for name in SETUPS if name not in RACING)
"""Variants with two sides."""


def bundle(*worlds: World) -> Worlds:
    """Worlds with a leading axis."""
    return Worlds(*(np.stack([np.asarray(array) for array in arrays]) for arrays in zip(*worlds, strict=True)))
