"""The raid by brute force: every course of events, one after the other, as slow and plain as can be.

A state is everything that the sampled raid remembers: units and objects by arm or class, what each layer has used.
Each step of ``raid.sampled`` replaces a state by all that may follow, with their chances; nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from math import comb, floor, inf
from typing import NamedTuple

from escalade.raid.mixing import Mixing
from escalade.raid.shield import Layer, Raid


class State(NamedTuple):
    """Units by threat; threatening and harmless objects by class; engagements and refusals by layer."""

    units: tuple[int, ...]
    threatening: tuple[int, ...] = ()
    harmless: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    refused: tuple[bool, ...] = ()


Chances = dict[State, float]


def binomial(n: int, p: float) -> Iterator[tuple[int, float]]:
    for k in range(n + 1):
        chance = comb(n, k) * p**k * (1.0 - p) ** (n - k)
        if chance > 0.0:
            yield k, chance


def hypergeometric(good: int, bad: int, drawn: int) -> Iterator[tuple[int, float]]:
    for k in range(max(0, drawn - bad), min(good, drawn) + 1):
        yield k, comb(good, k) * comb(bad, drawn - k) / comb(good + bad, drawn)


def after(states: Chances, step: Callable[[State], Iterator[tuple[State, float]]]) -> Chances:
    """Every state replaced by what may follow."""
    found: Chances = defaultdict(float)
    for state, chance in states.items():
        for following, part in step(state):
            found[following] += chance * part
    return found


def put(values: tuple, place: int, value: object) -> tuple:
    return (*values[:place], value, *values[place + 1 :])


def enumerate_raid(raid: Raid, mixing: Mixing) -> Chances:
    """Final states of a raid with their chances."""
    found: Chances = defaultdict(float)
    for weight, kill in zip(mixing.weight, mixing.kill, strict=True):
        for taking_part, chance in _commitments(raid):
            for state, part in _one_night(raid, kill, taking_part).items():
                found[state] += float(weight) * chance * part
    return found


def marginal(states: Chances, what: Callable[[State], int]) -> dict[int, float]:
    """Chances of one number of the final state."""
    found: dict[int, float] = defaultdict(float)
    for state, chance in states.items():
        found[what(state)] += chance
    return found


def _commitments(raid: Raid) -> Iterator[tuple[list[bool], float]]:
    """Who takes part: one uniform number a partner, compared with the commitment of each of its layers."""
    partners = sorted({layer.partner for layer in raid.layers if layer.partner is not None})
    edges = {p: sorted({0.0, 1.0, *(l.commitment for l in raid.layers if l.partner == p)}) for p in partners}
    for drawn in product(*(list(zip(edges[p][:-1], edges[p][1:], strict=True)) for p in partners)):
        u = dict(zip(partners, drawn, strict=True))
        chance = 1.0
        for low, high in drawn:
            chance *= high - low
        yield [layer.partner is None or u[layer.partner][1] <= layer.commitment for layer in raid.layers], chance


def _one_night(raid: Raid, kill, taking_part: list[bool]) -> Chances:
    none = (0,) * len(raid.layers), (False,) * len(raid.layers)
    states: Chances = {State(tuple(t.launched for t in raid.threats), used=none[0], refused=none[1]): 1.0}
    for k, threat in enumerate(raid.threats):

        def fly(state: State, k: int = k, rho: float = threat.reliability) -> Iterator[tuple[State, float]]:
            for n, chance in binomial(state.units[k], rho):
                yield state._replace(units=put(state.units, k, n)), chance

        states = after(states, fly)
    for boost in (True, False):
        if not boost:
            states = _release(raid, states)
        for l, layer in enumerate(raid.layers):
            if layer.boost == boost:
                works = layer.availability if taking_part[l] else 0.0
                met = _meet(raid, l, layer, kill[l], {s: works * p for s, p in states.items()})
                for state, chance in states.items():
                    met[state] += (1.0 - works) * chance
                states = met
    return states


def _release(raid: Raid, states: Chances) -> Chances:
    empty = (0,) * len(raid.classes)
    states = {s._replace(threatening=empty, harmless=empty): p for s, p in states.items()}
    for k, threat in enumerate(raid.threats):

        def release(state: State, k: int = k, threat=threat) -> Iterator[tuple[State, float]]:
            c, units, whole = raid.classes.index(threat.threat_class), state.units[k], floor(threat.decoys)
            for t, chance in binomial(units * threat.warheads, threat.threatening):
                for extra, part in binomial(units, threat.decoys - whole):
                    harmless = units * threat.warheads - t + units * whole + extra
                    yield (
                        state._replace(
                            threatening=put(state.threatening, c, state.threatening[c] + t),
                            harmless=put(state.harmless, c, state.harmless[c] + harmless),
                        ),
                        chance * part,
                    )

        states = after(states, release)
    return states


def _meet(raid: Raid, l: int, layer: Layer, kill, states: Chances) -> Chances:
    """All classes, all looks of one working layer."""
    for c, name in enumerate(raid.classes):
        if layer.kill.get(name, 0.0) <= 0.0:
            continue
        if layer.boost:
            for _ in range(layer.looks):
                states = after(states, lambda s, c=c: _look_at_units(raid, l, layer, c, float(kill[c]), s))
            continue
        split: dict[tuple[State, int], float] = defaultdict(float)
        for state, chance in states.items():
            for mistaken, part in binomial(state.harmless[c], 1.0 - layer.discrimination):
                split[state, mistaken] += chance * part
        for _ in range(layer.looks):
            following: dict[tuple[State, int], float] = defaultdict(float)
            for (state, mistaken), chance in split.items():
                for new, part in _look(raid, l, layer, c, float(kill[c]), state, mistaken):
                    following[new] += chance * part
            split = following
        states = defaultdict(float)
        for (state, _), chance in split.items():
            states[state] += chance
    return states


def _able(raid: Raid, l: int, layer: Layer, state: State) -> float:
    channels = inf if layer.channels == inf else floor(layer.channels * raid.raids)
    ready = layer.stock - layer.reserve - layer.shots * state.used[l]
    salvos = inf if ready == inf else floor(ready / layer.shots)
    return max(0, min(channels - state.used[l], salvos))


def _spend(state: State, l: int, live: int, engaged: int) -> State:
    return state._replace(
        used=put(state.used, l, state.used[l] + engaged),
        refused=put(state.refused, l, state.refused[l] or live > engaged),
    )


def _look_at_units(
    raid: Raid, l: int, layer: Layer, c: int, kill: float, state: State
) -> Iterator[tuple[State, float]]:
    arms = [k for k, threat in enumerate(raid.threats) if threat.threat_class == raid.classes[c]]
    live = sum(state.units[k] for k in arms)
    engaged = int(min(live, _able(raid, l, layer, state)))
    spent = _spend(state, l, live, engaged)

    def share(units: tuple[int, ...], killed: int, rest: list[int]) -> Iterator[tuple[tuple[int, ...], float]]:
        if not rest:
            yield units, 1.0
            return
        others = sum(units[k] for k in rest[1:])
        for taken, chance in hypergeometric(units[rest[0]], others, killed):
            for final, part in share(put(units, rest[0], units[rest[0]] - taken), killed - taken, rest[1:]):
                yield final, chance * part

    for killed, chance in binomial(engaged, kill):
        for units, part in share(state.units, killed, arms):
            yield spent._replace(units=units), chance * part


def _look(
    raid: Raid, l: int, layer: Layer, c: int, kill: float, state: State, mistaken: int
) -> Iterator[tuple[tuple[State, int], float]]:
    live = state.threatening[c] + mistaken
    engaged = int(min(live, _able(raid, l, layer, state)))
    spent = _spend(state, l, live, engaged)
    for real, chance in hypergeometric(state.threatening[c], mistaken, engaged):
        for stopped, part in binomial(real, kill):
            for wasted, third in binomial(engaged - real, kill):
                new = spent._replace(
                    threatening=put(state.threatening, c, state.threatening[c] - stopped),
                    harmless=put(state.harmless, c, state.harmless[c] - wasted),
                )
                yield (new, mistaken - wasted), chance * part * third
