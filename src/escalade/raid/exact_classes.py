"""The exact raid of several classes, or with harmless objects that matter: at moderate size.

Given the night and which layers work, the joint distribution of everything live is one array with an axis for the
threatening and one for the harmless objects of each class, no wider than the chances. A layer serves one class after
the other; what it is able to do and what is left of each class are then correlated, so the array has one more axis
until the layer is done. Layers that may be out part the ways: two narrow arrays are followed in place of a wide one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from escalade.errors import UsageError
from escalade.raid.arrivals import arriving, arriving_objects, flying, objects, same_load, threatening
from escalade.raid.joint import Joint, either, independent
from escalade.raid.mixture import Mixture, serve_last_mixed, serve_mixed
from escalade.raid.passage import Block, serve, serve_last
from escalade.raid.shield import Layer
from escalade.raid.tally import Tally
from escalade.raid.task import Task
from escalade.worlds import Reals

MOST_CELLS = 2e7
"""Joint counts that are followed at once: 160 MB, known before they are made."""


class TooLarge(UsageError):  # noqa: N818  (read aloud it is the message)
    """Counting this raid exactly would take too long: sample it."""


@dataclass
class Night:
    """One night of a task.

    kill : probability that an engagement destroys, by layer and class of the raid [l, c]
    works : probability that the layer takes part, by layer of the raid [l]
    cut : smallest chance that is followed
    tally : where what comes of it is added
    total : P(that many threatening objects get through), all classes of the task [n], added to
    most, steps : elementary steps that may be done, and that have been done
    """

    task: Task
    kill: Reals
    works: Reals
    cut: float
    tally: Tally
    total: Reals
    most: float
    steps: float = 0.0

    def terms(self, at: int, c: int) -> tuple[Layer, float, float]:
        """Layer number ``at``, how surely it destroys class c, and the share of harmless objects it is fooled by."""
        layer = self.task.shield[at]
        fooled = 0.0 if layer.boost or not self.task.harmless[c] else 1.0 - layer.discrimination
        return layer, float(self.kill[self.task.layers[at], self.task.classes[c]]), fooled

    def work(self, steps: float) -> None:
        """Count some elementary steps. Raises ``TooLarge`` when there are too many."""
        self.steps += steps
        if self.steps > self.most:
            raise TooLarge("this raid is too large to be counted exactly")


def start_classes(task: Task, cut: float) -> Joint:
    """What the first layer meets: of every class the threatening objects (before boost layers: units), the harmless.

    Raises ``TooLarge`` where different loads of one class would have to be followed through boost layers, and where
    there are more than ``MOST_CELLS`` joint counts.
    """
    parts = []
    for threats, harmless in zip(task.threats, task.harmless, strict=True):
        if task.boosts and not same_load(threats):
            raise TooLarge("units of one class that carry different loads cannot be counted through boost layers")
        if harmless and not task.boosts:
            chance = arriving_objects(threats, cut)
        else:
            chance = (flying(threats, cut) if task.boosts else arriving(threats, cut))[:, None]
        parts.append(Joint((0, 0), chance).trimmed(cut))
    if math.prod(float(part.chance.size) for part in parts) > MOST_CELLS:
        raise TooLarge("this raid is too large to be counted exactly")
    pairs = independent(parts)
    order = [*range(0, 2 * len(parts), 2), *range(1, 2 * len(parts), 2)]
    return Joint(tuple(pairs.starts[axis] for axis in order), pairs.chance.transpose(order))


def count_classes(night: Night, start: Joint) -> None:
    """Add one night to its tally; ``start`` from ``start_classes``."""
    _onward(night, start, 0, start, 1.0)


def _onward(night: Night, start: Joint, at: int, joint: Joint, weight: float) -> None:
    """From layer number ``at`` of the task to the end, with the layer and without it."""
    task = night.task
    if at == task.boosts and task.boosts:
        for c, name in enumerate(task.classes):
            night.tally.units[name] += weight * (start.mean(c) - joint.mean(c))
        joint = _release(task, joint, night.cut)
    if at == len(task.layers):
        _record(night, joint, weight)
        return
    l = task.layers[at]
    works = float(night.works[l])
    night.tally.used[l][0] += weight * (1.0 - works)
    if weight * (1.0 - works) >= night.cut:
        _onward(night, start, at + 1, joint, weight * (1.0 - works))
    if weight * works >= night.cut:
        _onward(night, start, at + 1, _meet(night, at, joint, weight * works), weight * works)


def _record(night: Night, joint: Joint, weight: float) -> None:
    task = night.task
    sums = np.zeros(1)
    for c, name in enumerate(task.classes):
        chance = joint.along(c)
        night.tally.leakers[name][joint.starts[c] : joint.starts[c] + chance.size] += weight * chance
        if task.harmless[c]:
            night.tally.harmless[name] += weight * joint.mean(len(task.classes) + c)
    sums = _sum_of(joint, len(task.classes))
    night.total[: sums.size] += weight * sums


def _sum_of(joint: Joint, classes: int) -> Reals:
    """P(that many threatening objects of all classes together)."""
    axes = tuple(range(classes, 2 * classes))
    chance = joint.chance.sum(axis=axes)
    counts = sum(np.ix_(*(start + np.arange(size) for start, size in zip(joint.starts, chance.shape, strict=False))))
    return np.bincount(np.asarray(counts).ravel(), weights=chance.ravel()).astype(float)


def _release(task: Task, joint: Joint, cut: float) -> Joint:
    """After the boost layers units release what they carry."""
    classes = len(task.classes)
    for c in range(classes):
        threat, units = task.threats[c][0], joint.chance.shape[c]
        rows = []
        for u in range(units):
            there = np.zeros(joint.starts[c] + units)
            there[joint.starts[c] + u] = 1.0
            rows.append(objects(threat, there, cut) if task.harmless[c] else threatening(threat, there, cut)[:, None])
        chance = np.tensordot(joint.chance, np.array(rows), axes=(c, 0))  # the new pair of axes comes last
        chance = np.moveaxis(np.moveaxis(chance, -2, c), -1, classes + c)
        chance = np.squeeze(chance, axis=classes + c + 1)
        starts = tuple(0 if axis in (c, classes + c) else start for axis, start in enumerate(joint.starts))
        joint = Joint(starts, chance).trimmed(cut)
    return joint


def _meet(night: Night, at: int, joint: Joint, weight: float) -> Joint:
    """What layer number ``at`` leaves when it works."""
    task, able = night.task, night.task.able[at]
    block, parts, refused = Joint((able, *joint.starts), joint.chance[None]), [], 0.0
    for c in task.serves[at][:-1]:
        block, spent = _serve(night, at, block, c)
        refused += float(spent.chance.sum())
        parts.append(spent)
    last, left, spent_last = _serve_last(night, at, block, task.serves[at][-1])
    used, refused = night.tally.used[task.layers[at]], refused + spent_last
    used[able - np.flatnonzero(left)] += weight * left[left != 0.0]
    used[able] += weight * refused
    night.tally.refused[task.layers[at]] += weight * refused
    left_over = either([last, *(part for part in parts if part.chance.any())]).trimmed(night.cut)
    night.tally.stopped[task.layers[at]] += weight * (_objects(joint) - _objects(left_over))
    return left_over


def _objects(joint: Joint) -> float:
    """Expected number of all objects together."""
    return sum(joint.mean(axis) for axis in range(joint.chance.ndim))


def _serve(night: Night, at: int, block: Joint, c: int) -> tuple[Joint, Joint]:
    """Layer number ``at`` serves class c of several; what is left where it can go on, and where it is spent.

    block : as a joint distribution, with what the layer is able to do on the first axis
    """
    layer, kill, fooled = night.terms(at, c)
    if fooled > 0.0:
        mixed, fold = _fold_mixed(block, c)
        night.work(steps_mixed(mixed, layer.looks))
        after, spent = serve_mixed(mixed, layer.looks, kill, fooled, night.cut)
        return fold.back((after.able, 0, 0), after.chance), fold.back((0, 0), spent)
    plain, fold = _fold(block, c)
    night.work(float(plain.chance.size) * plain.chance.shape[2] * layer.looks)
    now, lost = serve(plain, layer.looks, kill, night.cut)
    return fold.back((now.able, now.live), now.chance), fold.back((0,), lost)


def _serve_last(night: Night, at: int, block: Joint, c: int) -> tuple[Joint, Reals, float]:
    """The last class that the layer serves; what is left, P(that many more engagements), P(it was spent)."""
    layer, kill, fooled = night.terms(at, c)
    if fooled > 0.0:
        mixed, fold = _fold_mixed(block, c)
        night.work(steps_mixed(mixed, layer.looks))
        passed = serve_last_mixed(mixed, layer.looks, kill, fooled, night.cut)
        return fold.back((0, 0), passed.live), passed.able, passed.spent
    plain, fold = _fold(block, c)
    night.work(float(plain.chance.size) * plain.chance.shape[2] * layer.looks)
    passed = serve_last(plain, layer.looks, kill, night.cut)
    return fold.back((0,), passed.live), passed.able, passed.spent


def steps_mixed(mixture: Mixture, looks: int) -> float:
    """Elementary steps that serving a mixture takes, in the order of size."""
    _, _, threats, harmless = mixture.chance.shape
    return 10.0 * looks * mixture.chance.size * threats * (threats + harmless)


class Fold(NamedTuple):
    """How the axes of a joint distribution were folded: one class apart, all others together as spectators.

    axes : of the class in the joint distribution, without the axis of what the layer is able to do
    starts, sizes : of all axes there
    """

    axes: tuple[int, ...]
    starts: tuple[int, ...]
    sizes: tuple[int, ...]

    def back(self, starts: tuple[int, ...], chance: Reals) -> Joint:
        """Unfold chances [(able,) spectators, class ...]; ``starts`` of the able axis, if there, and of the class."""
        own, lead = len(self.axes), chance.ndim - 1 - len(self.axes)
        others = [size for axis, size in enumerate(self.sizes) if axis not in self.axes]
        chance = chance.reshape(*chance.shape[:lead], *others, *chance.shape[lead + 1 :])
        places = [axis + lead for axis in self.axes]
        chance = np.moveaxis(chance, list(range(-own, 0)), places)
        found = list(self.starts)
        for axis, start in zip(self.axes, starts[lead:], strict=True):
            found[axis] = start
        return Joint((*starts[:lead], *found), chance)


def _fold(block: Joint, c: int) -> tuple[Block, Fold]:
    """The threatening objects of class c apart, everything else as spectators."""
    fold = Fold((c,), block.starts[1:], block.chance.shape[1:])
    chance = np.moveaxis(block.chance, c + 1, -1)
    chance = np.ascontiguousarray(chance.reshape(chance.shape[0], -1, chance.shape[-1]))
    return Block(block.starts[0], block.starts[c + 1], chance), fold


def _fold_mixed(block: Joint, c: int) -> tuple[Mixture, Fold]:
    """The threatening and the harmless objects of class c apart, both counted from 0."""
    own = (c, (block.chance.ndim - 1) // 2 + c)
    block = block.from_zero([axis + 1 for axis in own])
    chance = np.moveaxis(block.chance, [axis + 1 for axis in own], (-2, -1))
    chance = np.ascontiguousarray(chance.reshape(chance.shape[0], -1, *chance.shape[-2:]))
    return Mixture(block.starts[0], chance), Fold(own, block.starts[1:], block.chance.shape[1:])
