"""The count of one raid by drawing it many times: for raids that are too large to be computed."""

from __future__ import annotations

import numpy as np

from escalade.luck.address import Moment, draw
from escalade.luck.streams import COMMIT, commitment_slot
from escalade.raid.count import RaidCount, losses
from escalade.raid.distribution import Distribution
from escalade.raid.exact import STEPS, TOLERANCE, exact_raid
from escalade.raid.exact_classes import TooLarge
from escalade.raid.planned import new_salvo
from escalade.raid.sampled import NOTHING, new_course, sampled_raid
from escalade.raid.shield import Raid, records
from escalade.worlds import THREAT_CLASSES, Reals, Records

DRAWS = 10_000
"""Raids that are drawn: a standard error of at most .005 in every probability."""


def count_raid(raid: Raid, tolerance: float = TOLERANCE, steps: float = STEPS, seed: int = 0) -> RaidCount:
    """The exact count, or ``DRAWS`` drawn raids where that would take more than ``steps`` elementary steps."""
    try:
        return exact_raid(raid, tolerance=tolerance, steps=steps)
    except TooLarge:
        return drawn_raid(raid, DRAWS, seed)


def drawn_raid(raid: Raid, draws: int, seed: int = 0) -> RaidCount:
    """Count a raid by drawing it ``draws`` times (>= 1), each with luck of its own."""
    arms, serving, layers, kill = records(raid)
    shape = len(arms), len(THREAT_CLASSES), len(layers)
    salvo, course = new_salvo(*shape), new_course(*shape)
    salvo.flights["launched"] = arms["stock"]
    through, harmless = np.zeros((draws, len(serving))), np.zeros((draws, len(serving)))
    used, stopped, refused = np.zeros((draws, len(layers))), np.zeros(len(layers)), np.zeros(len(layers))
    for k in range(draws):
        moment = Moment(seed, 0, k, 0, 0, 0, 0)
        sampled_raid(
            arms, serving, layers, kill, raid.shift, raid.sigma, taking_part(layers, moment), layers["stock"].copy(),
            float(raid.raids), arms["stock"], moment, salvo, course,
        )  # fmt: skip
        through[k], harmless[k] = salvo.swarms["threatening"][serving], salvo.swarms["harmless"][serving]
        used[k] = salvo.used
        stopped += course.kills.sum(axis=1)
        refused += course.refused > NOTHING
    return _counted(raid, through, harmless, used, stopped / draws, refused / draws)


def taking_part(layers: Records, moment: Moment) -> Reals:
    """Which layers take part, 0 or 1 [l]: their owners', and those of partners who join, once for all their layers."""
    part = np.ones(len(layers))
    for l, layer in enumerate(layers):
        if layer["partner"] > 0:
            part[l] = draw(moment, COMMIT, commitment_slot(0, int(layer["partner"]))) < layer["defends"]
    return part


def _counted(raid: Raid, through: Reals, harmless: Reals, used: Reals, stopped: Reals, refused: Reals) -> RaidCount:
    leakers = {name: _distribution(through[:, c]) for c, name in enumerate(raid.classes)}
    left_alone = {name: float(harmless[:, c].mean()) for c, name in enumerate(raid.classes)}
    return RaidCount(
        raid=raid,
        leakers=leakers,
        total=_distribution(through.sum(axis=1)),
        used={layer.name: _distribution(used[:, l], layer.shots) for l, layer in enumerate(raid.layers)},
        stopped={layer.name: float(stopped[l]) for l, layer in enumerate(raid.layers)},
        refused={layer.name: float(refused[l]) for l, layer in enumerate(raid.layers)},
        losses=losses(raid, {name: d.mean for name, d in leakers.items()}, left_alone),
        nights=0,
        draws=len(through),
    )


def _distribution(drawn: Reals, step: int = 1) -> Distribution:
    return Distribution.of(np.bincount((drawn / step).astype(int)).astype(float), step)
