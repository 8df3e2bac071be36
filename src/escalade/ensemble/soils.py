"""On whose soil the strikes of every pair fall: the hosts of a side, its own soil, and what reaches which.

The units of an arm go to the hosts that it reaches, in proportion to the hosts'
shares; what these leave of one falls on the side's own soil. Units of an arm
that reaches none of the soils with a share fall evenly on those that it does
reach. An arm that reaches no soil is not used against that side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalade.worlds import SOIL

if TYPE_CHECKING:
    from escalade.ensemble.build import Drawn, Names
    from escalade.scenario.schema import Arm, Host, Pair, Scenario

Floats = NDArray[np.float64]


class Soils(NamedTuple):
    """``Worlds.soils`` [w, p, s, h] and ``Worlds.falls`` [w, p, s, h, k]."""

    soils: NDArray[np.void]
    falls: Floats


class _Soil(NamedTuple):
    """One soil of a side: whose it is, and as a host, if it is none of its own."""

    side: str
    host: Host | None


def soils(scenario: Scenario, labels: Names, drawn: Drawn) -> Soils:
    """The soils of both sides of every pair, and where the units of every arm of the rival go."""
    places = [[_soils_of(scenario, pair, s) for s in (0, 1)] for pair in scenario.pairs]
    widest = max(len(soil) for sides in places for soil in sides)
    arms = max(1, *(len(ids) for ids in labels.arms))
    shape = (drawn.count, len(scenario.pairs), 2, widest)
    found, falls = np.zeros(shape, SOIL), np.zeros((*shape, arms))
    found["side"] = -1
    for p, pair in enumerate(scenario.pairs):
        for s in (0, 1):
            rival = scenario.sides[pair.sides[1 - s]]
            for h, soil in enumerate(places[p][s]):
                found["side"][:, p, s, h] = labels.sides.index(soil.side)
                found["care"][:, p, s, h] = 1.0 if soil.host is None else drawn.real(soil.host.care)
            shares = _shares(places[p][s], drawn)
            for k, arm in enumerate(rival.arms.values()):
                reached = [reaches(arm, soil.side) for soil in places[p][s]]
                falls[:, p, s, : len(reached), k] = in_turn(shares, np.array(reached))
    return Soils(found, falls)


def reaches(arm: Arm, side: str) -> bool:
    """Whether an arm can hit a side's soil."""
    return arm.reaches is None or side in arm.reaches


def _soils_of(scenario: Scenario, pair: Pair, s: int) -> list[_Soil]:
    """The soils of a side of a pair, hosts first; its own only where something may fall on it."""
    name, rival = pair.sides[s], scenario.sides[pair.sides[1 - s]]
    hosts = pair.hosts.get(name, {})
    found = [_Soil(host, entry) for host, entry in hosts.items()]
    left = any(entry.share is not None for entry in hosts.values())
    missed = any(not any(reaches(arm, host) for host in hosts) for arm in rival.arms.values())
    return [*found, _Soil(name, None)] if left or missed or not hosts else found


def _shares(found: list[_Soil], drawn: Drawn) -> Floats:
    """Share of each soil [w, h] of what reaches all: as written, or evenly on all hosts; home has what is left."""
    hosts = [soil.host for soil in found if soil.host is not None]
    out = np.zeros((drawn.count, len(found)))
    for h, host in enumerate(hosts):
        out[:, h] = 1.0 / len(hosts) if host.share is None else drawn.real(host.share)
    if len(hosts) < len(found):
        out[:, -1] = np.maximum(0.0, 1.0 - out[:, :-1].sum(axis=1))
    return out


def in_turn(shares: Floats, reached: NDArray[np.bool_]) -> Floats:
    """What goes to each soil of what earlier ones left [w, h]; 1 on the last that is reached.

    shares : of each soil [w, h]; reached : which soils the arm can hit [h]
    Told soil after soil, so that whole units can be shared out without a rest.
    """
    weight = np.where(reached, shares, 0.0)
    nothing = weight.sum(axis=1) <= 0.0
    weight[nothing] = reached
    rest = weight[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.where(rest > 0.0, weight / np.where(rest > 0.0, rest, 1.0), 0.0)
