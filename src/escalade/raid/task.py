"""A raid taken apart: classes that some layer engages together are one task, the others are counted alone.

Given the night and who takes part, tasks are independent of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from escalade.raid.shield import Layer, Raid, Threat
from escalade.worlds import Reals


@dataclass(frozen=True)
class Task:
    """Classes that meet the same layers.

    classes : indices into ``Raid.classes``, in serving order
    threats : by class of the task
    layers : indices into ``Raid.layers``, those of the boost phase first; boosts : how many those are
    shield : the layers themselves
    serves : by layer, the classes that it engages: indices into ``classes``
    able : engagements that the layer can make, by layer; a number never reached where nothing limits them
    harmless : by class, whether some layer takes harmless objects of the class for threats
    """

    classes: tuple[int, ...]
    threats: tuple[tuple[Threat, ...], ...]
    layers: tuple[int, ...]
    boosts: int
    shield: tuple[Layer, ...]
    serves: tuple[tuple[int, ...], ...]
    able: tuple[int, ...]
    harmless: tuple[bool, ...]

    @property
    def plain(self) -> bool:
        """Whether one count is all that has to be followed."""
        return len(self.classes) == 1 and not self.harmless[0]


def tasks(raid: Raid) -> tuple[Task, ...]:
    """The tasks of a raid, in serving order of their first class."""
    return tuple(_task(raid, classes) for classes in _groups(raid))


def most_objects(threats: tuple[Threat, ...], *, harmless: bool = True) -> int:
    """The most objects that these threats can release."""
    return sum(
        threat.launched * (threat.warheads + (int(np.ceil(threat.decoys)) if harmless else 0)) for threat in threats
    )


def commitments(raid: Raid, *, lasting: bool = False) -> tuple[tuple[float, Reals], ...]:
    """Who takes part, once for all layers of a partner: chances of the cases, and P(layer works) in each [l].

    A partner takes part with every layer whose commitment exceeds one uniform number, so that layers of unequal
    commitment are nested. In a single raid a partner with one layer makes that layer less available, and no case of its
    own; where the decision is ``lasting``, for all raids of a campaign, it does.
    """
    cases = [(1.0, np.array([layer.availability for layer in raid.layers]))]
    for partner in {layer.partner for layer in raid.layers if layer.partner is not None}:
        own = np.array([layer.partner == partner for layer in raid.layers])
        commitment = np.array([layer.commitment for layer in raid.layers])
        if own.sum() == 1 and not lasting:
            cases = [(chance, np.where(own, works * commitment, works)) for chance, works in cases]
            continue
        steps = sorted({0.0, 1.0, *commitment[own]})
        cases = [
            (chance * (high - low), np.where(own & (commitment < high), 0.0, works))
            for chance, works in cases
            for low, high in pairwise(steps)
        ]
    return tuple(case for case in cases if case[0] > 0.0)


def _groups(raid: Raid) -> Iterator[tuple[int, ...]]:
    """Classes joined by layers that engage more than one of them."""
    groups = [{c} for c in range(len(raid.classes))]
    for layer in raid.layers:
        served = {c for c, name in enumerate(raid.classes) if layer.kill.get(name, 0.0) > 0.0}
        joined = [group for group in groups if group & served]
        if joined:
            groups = [group for group in groups if not group & served] + [set().union(*joined)]
    yield from sorted(tuple(sorted(group)) for group in groups)


def _task(raid: Raid, classes: tuple[int, ...]) -> Task:
    names = [raid.classes[c] for c in classes]
    engaging = [l for l, layer in enumerate(raid.layers) if any(layer.kill.get(name, 0.0) > 0.0 for name in names)]
    order = tuple(sorted(engaging, key=lambda l: not raid.layers[l].boost))
    shield = tuple(raid.layers[l] for l in order)
    threats = tuple(raid.of_class(name) for name in names)
    return Task(
        classes=classes,
        threats=threats,
        layers=order,
        boosts=sum(layer.boost for layer in shield),
        shield=shield,
        serves=tuple(tuple(c for c, name in enumerate(names) if layer.kill.get(name, 0.0) > 0.0) for layer in shield),
        able=tuple(_able(raid, layer, threats) for layer in shield),
        harmless=tuple(_mistakes(shield, name, threats[c]) for c, name in enumerate(names)),
    )


def _able(raid: Raid, layer: Layer, threats: tuple[tuple[Threat, ...], ...]) -> int:
    """Engagements that a layer can make: never more than every look at every object would take."""
    never = layer.looks * sum(most_objects(of_class) for of_class in threats)
    return int(min(layer.salvos, raid.channels(layer), never))


def _mistakes(shield: tuple[Layer, ...], name: str, threats: tuple[Threat, ...]) -> bool:
    fooled = any(not l.boost and l.kill.get(name, 0.0) > 0.0 and l.discrimination < 1.0 for l in shield)
    return fooled and any(threat.has_harmless for threat in threats)
