"""The exact raid: distributions of what gets through and of interceptors used, computed, not sampled.

Order of events as in the sampled raid (``raid.sampled``): units fail in flight, boost layers meet units, units release
threatening and harmless objects, the other layers follow in order, each serving the most deadly class first. Given the
night (the common mode) and who takes part, everything is a chain of binomial and hypergeometric steps; nights are
mixed by a table, or, for the normal common mode, by the trapezoid rule with as many nodes as the tolerance asks for
(for large raids the nights are separate lumps, and Gauss-Hermite rules of any usual size miss most of them).
"""

from __future__ import annotations

import numpy as np

from escalade.errors import UsageError
from escalade.raid.count import RaidCount, losses
from escalade.raid.distribution import Distribution
from escalade.raid.exact_classes import TooLarge
from escalade.raid.mixing import Mixing, ordinary_night
from escalade.raid.nights import normal_nights, table_of_nights
from escalade.raid.shield import Raid
from escalade.raid.tally import Tally
from escalade.raid.task import most_objects, tasks
from escalade.worlds import Reals

TOLERANCE = 1e-10
"""Error of a distribution function that is allowed unless the caller says otherwise."""

LARGEST = 20_000
"""Objects of a raid that is counted exactly."""

STEPS = 2e11
"""Elementary steps after which a raid of several classes is called too large: a minute or two of one processor."""


def exact_raid(
    raid: Raid, mixing: Mixing | None = None, tolerance: float = TOLERANCE, steps: float = STEPS
) -> RaidCount:
    """The exact distribution of one raid.

    mixing : nights, in place of the raid's own common mode
    tolerance : error of every distribution function that is allowed, 1e-13 to 0.1
    steps : elementary steps after which several classes or harmless objects are given up

    Raises ``TooLarge`` (a ``UsageError``) where that is exceeded: sample such a raid instead.
    """
    if not 1e-13 <= tolerance <= 0.1:
        raise UsageError(f"tolerance is {tolerance:g}; allowed: 1e-13 to 0.1")
    if most_objects(raid.threats) > LARGEST:
        raise TooLarge(f"a raid of more than {LARGEST:,} objects is too large to be counted exactly")
    shape = len(raid.layers), len(raid.classes)
    if mixing is not None and mixing.kill.shape[1:] != shape:
        raise UsageError(f"the mixing table has layers and classes {mixing.kill.shape[1:]}; the raid has {shape}")
    if mixing is None and raid.sigma <= 0.0:
        mixing = ordinary_night(raid)
    if mixing is None:
        return _result(raid, *normal_nights(raid, tolerance, steps))
    return _result(raid, *table_of_nights(raid, mixing, tolerance, steps))


def _result(raid: Raid, tally: Tally, nights: int) -> RaidCount:
    """What a tally says, as distributions."""
    weight = float(tally.weight[0])
    layers = list(zip(raid.layers, tally.used, tally.refused, strict=True))
    leakers = {name: Distribution.of(chance) for name, chance in zip(raid.classes, tally.leakers, strict=True)}
    return RaidCount(
        raid=raid,
        leakers=leakers,
        total=Distribution.of(tally.total),
        used={layer.name: Distribution.of(_or_none(used), layer.shots) for layer, used, _ in layers},
        stopped={
            layer.name: float(stopped) / weight for layer, stopped in zip(raid.layers, tally.stopped, strict=True)
        },
        refused={layer.name: float(refused) / weight for layer, _, refused in layers},
        losses=losses(raid, {name: d.mean for name, d in leakers.items()}, _left_alone(raid, tally)),
        nights=nights,
    )


def _or_none(used: Reals) -> Reals:
    """Chances of engagements; a layer that engages no class launched makes none."""
    return used if used.any() else np.ones(1)


def _left_alone(raid: Raid, tally: Tally) -> dict[str, float]:
    """Expected number of harmless objects that nobody destroyed, by class.

    Where no layer is fooled by them, only what boost layers did to the units that carry them counts.
    """
    weight = float(tally.weight[0])
    fooled = {task.classes[c]: one for task in tasks(raid) for c, one in enumerate(task.harmless)}
    found = {}
    for c, name in enumerate(raid.classes):
        threats = raid.of_class(name)
        flying = sum(threat.launched * threat.reliability for threat in threats)
        released = sum(t.launched * t.reliability * (t.warheads * (1.0 - t.threatening) + t.decoys) for t in threats)
        kept = 1.0 - tally.units[c] / weight / flying if flying > 0.0 else 1.0
        found[name] = float(tally.harmless[c] / weight if fooled[c] else released * kept)
    return found
