"""Other structures of the same model: worlds in which a rule of the game is another one.

What a structure changes is no input that the record could teach, or a rule that nobody can check: how many waves a
side can fight at one level, how often leaders misjudge, how many threats stand on the ladder, who opens. Each is tried
at fixed values with everything else as drawn. Only arrays change, never their types: nothing is compiled anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from escalade.ensemble.build import names
from escalade.ensemble.record import Reading
from escalade.worlds import Wholes, Worlds

if TYPE_CHECKING:
    from escalade.scenario.schema import Scenario

WAVES, PRECISIONS = (2, 3, 4), (10.0, 20.0, 40.0, 200.0)
"""K, strikes per side and level; lambda, how sharply leaders choose."""

STAKE_SPREADS, RESOLVE_SPREADS = (0.2, 0.8), (0.3, 1.0)
"""Spread of what is at issue from crisis to crisis, and of what each side hides: the ends of their usual ranges."""

COSTS = (0.75, 1.5)
"""Factors on what a strike costs its side beyond its dead: at its level, being first, and war itself."""


@dataclass(frozen=True)
class Variant:
    """One structure: a group ("waves") and a value in it ("3"), what it makes of worlds, and of the ladder.

    ladder : numbers of the rungs of the scenario that it stands on, lowest first; None where it is the scenario's own
    """

    group: str
    value: str
    change: Callable[[Worlds], Worlds]
    ladder: tuple[int, ...] | None = None

    @property
    def key(self) -> str:
        """Name in files."""
        return f"{self.group} {self.value}"


READINGS: tuple[tuple[str, Reading | None], ...] = (("off", None), ("low", "low"), ("high", "high"))
"""Other readings of the record, which weigh the same crises anew; None: no record."""


def variants(scenario: Scenario) -> tuple[Variant, ...]:
    """Every structure that can be tried on a scenario, in the order in which tables show them."""
    return (
        *(_rule("waves", str(waves), "waves", waves) for waves in WAVES),
        *(_rule("precision", f"{value:g}", "precision", value) for value in PRECISIONS),
        *_threats(scenario),
        *(_rule("stake_spread", f"{value:g}", "stake_spread", value) for value in STAKE_SPREADS),
        *(_rule("resolve_spread", f"{value:g}", "resolve_spread", value) for value in RESOLVE_SPREADS),
        *(Variant("costs", f"{factor:g}", _costs(factor)) for factor in COSTS),
        *_openers(scenario),
        *(_rule("light_replies", value, "light_replies", on) for value, on in (("on", 1), ("off", 0))),
    )


def _rule(group: str, value: str, field: str, number: float) -> Variant:
    """A rule of the game at a fixed value."""

    def change(worlds: Worlds) -> Worlds:
        rules = worlds.rules.copy()
        rules[field] = number
        return worlds._replace(rules=rules)

    return Variant(group, value, change)


def _costs(factor: float) -> Callable[[Worlds], Worlds]:
    def change(worlds: Worlds) -> Worlds:
        steps, sides = worlds.steps.copy(), worlds.sides.copy()
        steps["cost"] *= factor
        sides["first_cost"] *= factor
        return worlds._replace(steps=steps, sides=sides)

    return change


def _openers(scenario: Scenario) -> tuple[Variant, ...]:
    """Either side of the pair in focus as the one that opens every crisis."""
    labels = names(scenario)
    uids = dict(zip(labels.sides, labels.uids, strict=True))
    return tuple(_rule("opener", side, "opener", uids[side]) for side in labels.matches[labels.focus])


def _threats(scenario: Scenario) -> tuple[Variant, ...]:
    """The ladder with its highest threat twice, and without it; none where no rung is a threat."""
    threat = threat_rung(scenario)
    if threat is None:
        return ()
    rungs = range(len(scenario.rung_ids))
    more = tuple(sorted((*rungs, threat)))
    fewer = tuple(rung for rung in rungs if rung != threat)
    return tuple(
        Variant("threats", value, lambda worlds, ladder=ladder: on_ladder(worlds, ladder), ladder)  # type: ignore[misc]
        for value, ladder in (("fewer", fewer), ("more", more))
    )


def threat_rung(scenario: Scenario) -> int | None:
    """Number of the highest rung between the lowest and war on which no side uses force; None without one."""
    sides = [scenario.sides[side] for pair in scenario.pairs for side in pair.sides]
    threats = [
        number
        for number, rung in enumerate(scenario.rung_ids)
        if 0 < number < scenario.war_rung and all(side.step(rung).effort.high == 0 for side in sides)
    ]
    return threats[-1] if threats else None


def on_ladder(worlds: Worlds, ladder: Sequence[int]) -> Worlds:
    """Worlds on a ladder made of some of their rungs, in order; a rung that is named twice stands there twice.

    What a side does, pays and gives up at a rung moves with it; arms keep the rungs that they may be used at.
    """
    order = np.array(ladder, dtype=np.int64)
    arms, rules = worlds.arms.copy(), worlds.rules.copy()
    arms["low"] = np.searchsorted(order, arms["low"], side="left")
    arms["high"] = np.searchsorted(order, arms["high"], side="right") - 1
    rules["war_rung"] = np.searchsorted(order, rules["war_rung"], side="left")
    steps, rungs = np.ascontiguousarray(worlds.steps[:, :, order]), np.ascontiguousarray(worlds.rungs[:, order])
    needs = np.ascontiguousarray(worlds.needs[..., order])
    return worlds._replace(arms=arms, rules=rules, steps=steps, rungs=rungs, needs=needs)


def rung_ids(scenario: Scenario, ladder: Sequence[int]) -> tuple[str, ...]:
    """Ids of the rungs of another ladder; a rung that stands there once more is marked."""
    ids = [scenario.rung_ids[number] for number in ladder]
    return tuple(f"{name}_again" if name in ids[:place] else name for place, name in enumerate(ids))


def taken(worlds: Worlds, chosen: Wholes) -> Worlds:
    """Some of the worlds, by number."""
    return Worlds._make(part[chosen] for part in worlds)


def same(one: Worlds, other: Worlds) -> bool:
    """Whether two bundles of worlds are the same in every number."""
    return all(a is b or np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def evenly(candidates: int, most: int) -> Wholes:
    """Numbers of at most ``most`` of the candidates (both powers of two): a design of the same kind as all of them.

    Every so-many-th candidate, because candidates stand in an order that may be thinned evenly; the first ones would
    leave gaps.
    """
    return np.arange(0, candidates, max(1, candidates // most), dtype=np.int64)
