"""From a scenario to worlds: the arrays that kernels read.

A scenario speaks people's units; worlds speak the kernel's. Everything between
the two is here: shares of a shield "that was built to stop 90 of 100" become
logit shifts, whole numbers are rounded half up, what is left out gets its
meaning (no launch limit, no limit of channels, no limit of people at risk), the
cost of war itself joins the cost of every rung that is war, layers are put in
the order in which threats meet them, and the yardstick of every side's success
is measured: the weighted hits of the baseline's own unopposed first strike.

A policy that multiplies or adds to an input changes the same draw that the
baseline sees. Sides stand in the order of the file; their addresses of luck do
not depend on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.soils import Soils, soils
from escalade.quantities import Vocabulary
from escalade.worlds import ARM, LAYER, PAIR, RULES, RUNG, SIDE, STEP, THREAT_CLASSES, Worlds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalade.ensemble.design import Design
    from escalade.scenario.numbers import Number
    from escalade.scenario.schema import Arm, Layer, Scenario, Side

Floats = NDArray[np.float64]

BUILT_TO_STOP = 0.9
"""Share that the layer of people's units was built to stop: where its logit shift is zero."""

SIDE_FIELDS = {
    "affront": "affront",
    "pressure": "pressure",
    "calm": "calm",
    "leash": "leash",
    "first_cost": "first_strike_cost",
    "conviction": "conviction",
    "neglect": "saturation_neglect",
    "value": "objective_value",
    "loss": "objective_loss",
}
"""Fields of ``SIDE`` that are taken as drawn, with their names in the scenario."""

ARM_FIELDS = {
    "reliability": "reliability",
    "threatening": "threatening",
    "decoys": "decoys",
    "deaths": "deaths_per_hit",
    "counterforce": "counterforce_per_hit",
    "crew": "crew",
    "exposed_launchers": "exposed_launchers",
    "exposed_stock": "exposed_stock",
    "repair": "repair_per_year",
    "unit_cost": "unit_cost",
}
"""The same for ``ARM``."""

ARM_COUNTS = ("stock", "warheads", "production")
"""Fields of ``ARM`` that are whole numbers."""

LAYER_FIELDS = ("availability", "discrimination", "unit_cost")
"""Fields of ``LAYER`` that are taken as drawn."""

LAYER_COUNTS = ("stock", "reserve", "shots", "looks", "production")
"""Fields of ``LAYER`` that are whole numbers."""

STEP_FIELDS = {
    "effort": "effort",
    "counterforce": "counterforce",
    "objective": "objective",
    "cost": "cost",
    "soldiers": "soldiers_lost",
    "audience": "audience_cost",
}
"""Fields of ``STEP`` that are taken as drawn, with their names in the scenario."""

RULES_FIELDS = {
    "precision": "choice_precision",
    "stake_spread": "stake_spread",
    "resolve_spread": "resolve_spread",
    "correlation": "stake_correlation",
}
"""The same for ``RULES``."""


@dataclass(frozen=True)
class Names:
    """What the indices of worlds stand for; the same under every policy of a scenario.

    ``sides``, ``rungs`` and ``classes`` are ids by index, ``arms[i]`` and
    ``layers[j]`` the ids of one side's arms and layers (padding has none), the
    layers in the order in which threats meet them. ``partners[n - 1]`` is
    partner number n. ``pairs`` are the ids of the pairs, ``matches`` their sides;
    ``focus`` is the number of the pair in focus, ``hosted`` its sides that have
    hosts. ``vocabulary`` holds the names that people read.
    """

    sides: tuple[str, ...]
    arms: tuple[tuple[str, ...], ...]
    layers: tuple[tuple[str, ...], ...]
    rungs: tuple[str, ...]
    classes: tuple[str, ...]
    partners: tuple[str, ...]
    pairs: tuple[str, ...]
    matches: tuple[tuple[str, str], ...]
    focus: int
    hosted: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def uids(self) -> tuple[int, ...]:
        """Address of each side's luck: the rank of its id in alphabetical order."""
        return tuple(sorted(self.sides).index(side) for side in self.sides)


def names(scenario: Scenario) -> Names:
    """What the indices of a scenario's worlds stand for."""
    sides = scenario.sides
    arms = [arm for side in sides.values() for arm in side.arms.values()]
    layers = [layer for side in sides.values() for layer in side.shield.layers.values()]
    words = Vocabulary(
        sides={name: side.name for name, side in sides.items()},
        rungs={rung.id: rung.name for rung in scenario.ladder.rungs},
        arms={name: {key: arm.name for key, arm in side.arms.items()} for name, side in sides.items()},
        layers={name: {key: layer.name for key, layer in _met_in_order(side)} for name, side in sides.items()},
        **_roles(scenario),
    )
    return Names(
        sides=tuple(sides),
        arms=tuple(tuple(side.arms) for side in sides.values()),
        layers=tuple(tuple(key for key, _ in _met_in_order(side)) for side in sides.values()),
        rungs=scenario.rung_ids,
        classes=tuple(name for name in THREAT_CLASSES if name in {arm.threat_class for arm in arms}),
        partners=tuple(sorted({layer.partner for layer in layers if layer.partner is not None})),
        pairs=tuple(pair.key for pair in scenario.pairs),
        matches=tuple(pair.sides for pair in scenario.pairs),
        focus=scenario.pair_in_focus,
        hosted=words.hosted,
        vocabulary=words,
    )


def _roles(scenario: Scenario) -> dict[str, Any]:
    """Who fights, whose crises are in focus, and the pairs if there are several, for the vocabulary."""
    pair = scenario.pairs[scenario.pair_in_focus]
    names = {name: side.name for name, side in scenario.sides.items()}
    pairs = {each.key: each.name or " and ".join(names[side] for side in each.sides) for each in scenario.pairs}
    members = {side for each in scenario.pairs for side in each.sides}
    return {
        "focus": tuple(side for side in scenario.sides if side in pair.sides),
        "hosted": tuple(side for side in scenario.sides if pair.hosts.get(side)),
        "pairs": pairs if len(pairs) > 1 else {},
        "fighting": tuple(side for side in scenario.sides if side in members),
    }


def worlds(scenario: Scenario, baseline: Scenario, design: Design) -> tuple[Worlds, Names]:
    """The worlds of a design under one policy.

    Parameters
    ----------
    scenario
        The scenario under the policy, from ``Scenario.policy``.
    baseline
        The scenario under its baseline policy: its initial forces set the
        yardstick ``need`` of every strike.
    design
        Values of all inputs, drawn for the scenario with all its policies.

    The leading axis of every array is the world, in design order.
    """
    labels, drawn = names(scenario), Drawn(design)
    steps, where = _steps(scenario, labels, drawn), soils(scenario, labels, drawn)
    yardstick = _forces(baseline, labels, drawn)
    hits = first_strike_hits(yardstick.arms, yardstick.deliveries, _steps(baseline, labels, drawn))
    forces = _forces(scenario, labels, drawn)
    layers, kill, layer_deliveries = _shields(scenario, labels, drawn)
    arm_caps, layer_caps = _caps(scenario, labels, drawn, forces.arms.shape, layers.shape)
    pairs = _pairs(scenario, labels, drawn)
    built = Worlds(
        sides=_sides(scenario, labels, drawn),
        beliefs=_beliefs(scenario, drawn),
        arms=forces.arms,
        layers=layers,
        kill=kill,
        serving=serving_order(forces.arms, len(labels.classes)),
        steps=steps,
        rungs=_rungs(scenario, drawn),
        rules=_rules(scenario, labels, drawn),
        pairs=pairs,
        soils=where.soils,
        falls=where.falls,
        needs=_needs(pairs, where, hits),
        arm_deliveries=forces.deliveries,
        layer_deliveries=layer_deliveries,
        arm_caps=arm_caps,
        layer_caps=layer_caps,
        objectives=np.zeros((drawn.count, scenario.years, len(scenario.pairs), 2)),
    )
    _fill_objectives(built)
    return built, labels


class Drawn:
    """Values of a scenario's numbers in the worlds of a design."""

    def __init__(self, design: Design) -> None:
        self.count = design.candidates
        self._values: Mapping[str, Floats] = design.values

    def real(self, number: Number) -> Floats:
        """The number in each world."""
        return number.draw(self._values)

    def whole(self, number: Number) -> Floats:
        """The number in each world, rounded half up."""
        return np.floor(self.real(number) + 0.5)


def logit_shift(share: Floats) -> Floats:
    """How far the kill probabilities of a shield are shifted, in logits, if of what was .9 only ``share`` is left."""
    return _logit(share) - _logit(np.full_like(share, BUILT_TO_STOP))


def stopping_share(shift: float) -> float:
    """Of what was built to stop .9, the share that a shield stops after a logit shift; inverse of ``logit_shift``."""
    return 1.0 / (1.0 + math.exp(-math.log(BUILT_TO_STOP / (1.0 - BUILT_TO_STOP)) - shift))


def _logit(share: Floats) -> Floats:
    return np.log(share) - np.log1p(-share)


def serving_order(arms: NDArray[np.void], classes: int) -> NDArray[np.int64]:
    """Classes of each attacker from most to least deadly [w, i, c].

    A class counts as its deadliest arm (deaths per hit); ties and classes
    without an arm stand in the order of their indices, the latter last.
    """
    deadliest = np.full((*arms.shape[:2], classes), -1.0)
    real = arms["low"] <= arms["high"]
    for index in range(classes):
        of_class = real & (arms["cls"] == index)
        deadliest[..., index] = np.where(of_class, arms["deaths"], -1.0).max(axis=2)
    return np.argsort(-deadliest, axis=2, kind="stable").astype(np.int64)


def first_strike_hits(arms: NDArray[np.void], deliveries: Floats, steps: NDArray[np.void]) -> Floats:
    """Weighted hits of each arm in its side's unopposed first strike at each rung [w, i, r, k].

    Initial forces include what arrives at the start of the first year; salvos
    are not rounded. See ``Worlds.needs``.
    """
    rungs = np.arange(steps.shape[2])[:, None]
    side = arms[:, :, None, :]
    stock = side["stock"] + deliveries[:, :, None, :, 0]
    effort, raids = steps["effort"][..., None], steps["raids"][..., None]
    again = raids * np.minimum(stock, side["launch"])
    once = np.minimum(stock, raids * side["launch"])
    usable = (side["low"] <= rungs) & (rungs <= side["high"])
    units = np.where(usable, effort * np.where(side["reusable"] == 1, again, once), 0.0)
    hits = units * side["reliability"] * side["warheads"] * side["threatening"]
    return np.asarray(side["value"] * hits, dtype=np.float64)


def _needs(pairs: NDArray[np.void], where: Soils, hits: Floats) -> Floats:
    """Weighted hits of the unopposed first strike of a pair's side s at each rung [w, p, s, r]: of arms that reach."""
    out = np.zeros((*where.soils.shape[:3], hits.shape[2]))
    for p in range(pairs.shape[1]):
        for s, name in enumerate(("first", "second")):
            reaches = where.falls[:, p, 1 - s].max(axis=1) > 0.0
            mine = hits[:, int(pairs[name][0, p])]
            out[:, p, s] = np.where(reaches[:, None, :], mine, 0.0).sum(axis=2)
    return out


def _sides(scenario: Scenario, labels: Names, drawn: Drawn) -> NDArray[np.void]:
    out = np.zeros((drawn.count, len(scenario.sides)), dtype=SIDE)
    for i, side in enumerate(scenario.sides.values()):
        out["uid"][:, i] = labels.uids[i]
        for field, name in SIDE_FIELDS.items():
            out[field][:, i] = drawn.real(getattr(side, name))
        # A side that only hosts decides nothing; whatever stands here is not read.
        out["tolerance"][:, i] = 1.0 if side.tolerance is None else drawn.real(side.tolerance)
        out["people"][:, i] = np.inf if side.people_at_risk is None else drawn.real(side.people_at_risk)
        out["coverage"][:, i] = drawn.real(side.shelter.coverage)
        out["effect"][:, i] = drawn.real(side.shelter.effect)
        out["sigma"][:, i] = 0.0 - logit_shift(drawn.real(side.shield.bad_night))
        out["truth"][:, i] = logit_shift(drawn.real(side.shield.truth))
        _fill_years_between(out[:, i], side, drawn)
    return out


def _fill_years_between(out: NDArray[np.void], side: Side, drawn: Drawn) -> None:
    """What a side arms for, with what money, how its shield and shelter change, and how far it looks ahead."""
    arming, shelter = side.arming, side.shelter
    out["required"] = drawn.real(arming.required_deaths)
    out["acceptable"] = np.inf if arming.acceptable_deaths is None else drawn.real(arming.acceptable_deaths)
    out["prudence"] = logit_shift(drawn.real(arming.prudent))
    out["budget"] = np.inf if arming.budget_per_year is None else drawn.real(arming.budget_per_year)
    out["adaptation"] = (0.0 - logit_shift(drawn.real(side.shield.after_ten_years))) / 10.0
    out["build"], out["decay"] = drawn.real(shelter.build_per_year), drawn.real(shelter.decay_per_year)
    out["horizon"], out["patience"] = drawn.whole(side.foresight.years), drawn.real(side.foresight.patience)


def _beliefs(scenario: Scenario, drawn: Drawn) -> Floats:
    """Prior means [w, observer, owner]: of its own shield, and of its hosts', what leaders believe; else the truth."""
    sides = list(scenario.sides.values())
    out = np.zeros((drawn.count, len(sides), len(sides)))
    for owner, side in enumerate(sides):
        out[:, :, owner] = logit_shift(drawn.real(side.shield.truth))[:, None]
        out[:, owner, owner] = logit_shift(drawn.real(side.shield.believes))
    index = {name: i for i, name in enumerate(scenario.sides)}
    for pair in scenario.pairs:
        for patron, hosts in pair.hosts.items():
            for name, host in hosts.items():
                believed = scenario.sides[name].shield.believes if host.believes is None else host.believes
                out[:, index[patron], index[name]] = logit_shift(drawn.real(believed))
    return out


class _Forces(NamedTuple):
    arms: NDArray[np.void]
    deliveries: Floats


def _forces(scenario: Scenario, labels: Names, drawn: Drawn) -> _Forces:
    """Arms [w, i, k] and what is delivered of them [w, i, k, y]."""
    shape = (drawn.count, len(labels.sides), max(1, *(len(ids) for ids in labels.arms)))
    arms, deliveries = np.zeros(shape, dtype=ARM), np.zeros((*shape, scenario.years))
    arms["low"] = 1  # padding may be used at no rung: low > high
    for i, side in enumerate(scenario.sides.values()):
        for k, arm in enumerate(side.arms.values()):
            deliveries[:, i, k] = _delivered(arm, scenario.years, drawn)
            _fill_arm(arms[:, i, k], arm, labels, drawn)
            _fill_launch(arms[:, i, k], arm, deliveries[:, i, k], drawn)
    return _Forces(arms, deliveries)


def _fill_arm(out: NDArray[np.void], arm: Arm, labels: Names, drawn: Drawn) -> None:
    out["cls"] = labels.classes.index(arm.threat_class)
    out["reusable"] = arm.reusable
    out["low"], out["high"] = labels.rungs.index(arm.lowest), labels.rungs.index(arm.highest)
    for field, name in ARM_FIELDS.items():
        out[field] = drawn.real(getattr(arm, name))
    for field in ARM_COUNTS:
        out[field] = drawn.whole(getattr(arm, field))
    out["value"] = out["deaths"] if arm.value_per_hit is None else drawn.real(arm.value_per_hit)
    out["whole_stock"] = arm.launch_limit is None
    _fill_surge(out, arm, drawn)


def _fill_surge(out: NDArray[np.void], part: Arm | Layer, drawn: Drawn) -> None:
    """The surge rate, never below the normal one, and its lead time."""
    out["surge"] = out["production"] if part.surge is None else np.maximum(out["production"], drawn.whole(part.surge))
    out["lead"] = drawn.whole(part.lead_years)


def _fill_objectives(built: Worlds) -> None:
    """Without windows an objective is worth the same in every year."""
    for p in range(built.pairs.shape[1]):
        for s, end in enumerate(("first", "second")):
            value = np.take_along_axis(built.sides["value"], built.pairs[end][:, [p]], axis=1)
            built.objectives[:, :, p, s] = value


def _caps(
    scenario: Scenario, labels: Names, drawn: Drawn, arms: tuple[int, ...], layers: tuple[int, ...]
) -> tuple[Floats, Floats]:
    """Treaty limits by year: of arms [w, i, k, y] and of layers [w, j, l, y]; inf where there is none."""
    arm_caps, layer_caps = (np.full((*shape, scenario.years), np.inf) for shape in (arms, layers))
    for i, side in enumerate(scenario.sides.values()):
        for k, arm in enumerate(side.arms.values()):
            _fill_caps(arm_caps[:, i, k], arm, drawn)
        for l, name in enumerate(labels.layers[i]):
            _fill_caps(layer_caps[:, i, l], side.shield.layers[name], drawn)
    return arm_caps, layer_caps


def _fill_caps(out: Floats, part: Arm | Layer, drawn: Drawn) -> None:
    """Each limit holds from its year on until the next one [w, y]."""
    for limit in sorted(part.limits, key=lambda limit: limit.year):
        out[:, limit.year - 1 :] = drawn.whole(limit.units)[:, None]


def _fill_launch(out: NDArray[np.void], arm: Arm, deliveries: Floats, drawn: Drawn) -> None:
    """Launch limits; without one everything in stock, now or when it has been delivered, can go at once."""
    everything = out["stock"] + deliveries.sum(axis=1)
    out["launch"] = everything if arm.launch_limit is None else drawn.whole(arm.launch_limit)


def _delivered(part: Arm | Layer, years: int, drawn: Drawn) -> Floats:
    """Units that arrive at the start of each year [w, y]; each delivery is rounded by itself."""
    out = np.zeros((drawn.count, years))
    for delivery in part.deliveries:
        out[:, delivery.year - 1] += drawn.whole(delivery.units)
    return out


def _met_in_order(side: Side) -> list[tuple[str, Layer]]:
    """A side's layers in the order in which threats meet them: boost phase, then rank, then id."""
    layers = list(side.shield.layers.items())
    return sorted(layers, key=lambda item: (not item[1].boost, item[1].order, item[0]))


def _shields(scenario: Scenario, labels: Names, drawn: Drawn) -> tuple[NDArray[np.void], Floats, Floats]:
    """Layers [w, j, l], kill probabilities [w, j, l, c] and deliveries [w, j, l, y]; padding has no stock."""
    shape = (drawn.count, len(labels.sides), max(1, *(len(ids) for ids in labels.layers)))
    layers, kill = np.zeros(shape, dtype=LAYER), np.zeros((*shape, len(labels.classes)))
    layers["shots"] = layers["looks"] = 1
    layers["sender"] = -1
    deliveries = np.zeros((*shape, scenario.years))
    for j, side in enumerate(scenario.sides.values()):
        for l, (_, layer) in enumerate(_met_in_order(side)):
            _fill_layer(layers[:, j, l], layer, labels, drawn)
            deliveries[:, j, l] = _delivered(layer, scenario.years, drawn)
            for c, name in enumerate(labels.classes):
                if name in layer.stops:
                    kill[:, j, l, c] = drawn.real(layer.stops[name])
    return layers, kill, deliveries


def _fill_layer(out: NDArray[np.void], layer: Layer, labels: Names, drawn: Drawn) -> None:
    for field in LAYER_FIELDS:
        out[field] = drawn.real(getattr(layer, field))
    for field in LAYER_COUNTS:
        out[field] = drawn.whole(getattr(layer, field))
    out["channels"] = np.inf if layer.channels is None else drawn.whole(layer.channels)
    out["boost"] = layer.boost
    out["partner"] = 0 if layer.partner is None else 1 + labels.partners.index(layer.partner)
    out["sender"] = labels.sides.index(layer.partner) if layer.partner in labels.sides else -1
    own = layer.partner is None
    out["defends"] = 1.0 if own else drawn.real(layer.commitment.if_struck_first)
    out["joins"] = 1.0 if own else drawn.real(layer.commitment.if_striking_first)
    _fill_surge(out, layer, drawn)


def _steps(scenario: Scenario, labels: Names, drawn: Drawn) -> NDArray[np.void]:
    """What each side does at each rung [w, i, r]."""
    out = np.zeros((drawn.count, len(labels.sides), len(labels.rungs)), dtype=STEP)
    for i, side in enumerate(scenario.sides.values()):
        for r, rung in enumerate(labels.rungs):
            step = side.step(rung)
            for field, name in STEP_FIELDS.items():
                out[field][:, i, r] = drawn.real(getattr(step, name))
            out["raids"][:, i, r] = drawn.whole(step.raids)
            out["may_climb"][:, i, r] = step.may_climb
    out["cost"][:, :, scenario.war_rung :] += drawn.real(scenario.war_cost)[:, None, None]
    return out


def _rungs(scenario: Scenario, drawn: Drawn) -> NDArray[np.void]:
    out = np.zeros((drawn.count, len(scenario.ladder.rungs)), dtype=RUNG)
    for r, rung in enumerate(scenario.ladder.rungs):
        out["concession"][:, r] = drawn.real(rung.concession)
        out["risk"][:, r] = drawn.real(rung.autonomous_risk)
    return out


def _rules(scenario: Scenario, labels: Names, drawn: Drawn) -> NDArray[np.void]:
    out, crisis = np.zeros(drawn.count, dtype=RULES), scenario.crisis
    out["war_rung"] = scenario.war_rung
    out["waves"] = drawn.whole(crisis.waves_per_rung)
    for field, name in RULES_FIELDS.items():
        out[field] = drawn.real(getattr(crisis, name))
    out["light_replies"] = crisis.light_replies
    out["no_yield"] = 0  # only textbook games forbid it
    out["opener"] = -1 if crisis.opener == "either" else labels.uids[labels.sides.index(crisis.opener)]
    return out


def _pairs(scenario: Scenario, labels: Names, drawn: Drawn) -> NDArray[np.void]:
    out = np.zeros((drawn.count, len(scenario.pairs)), dtype=PAIR)
    for p, pair in enumerate(scenario.pairs):
        out["first"][:, p], out["second"][:, p] = (labels.sides.index(side) for side in pair.sides)
        out["rate"][:, p] = drawn.real(pair.crises_per_year)
        for end, name in enumerate(pair.sides):
            deters = scenario.sides[name].arming.deters
            out["second_deters" if end else "first_deters"][:, p] = deters is None or pair.sides[1 - end] in deters
    return out
